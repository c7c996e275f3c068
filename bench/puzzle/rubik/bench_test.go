package rubik_test

import (
	"math/rand/v2"
	"testing"

	"github.com/azimuthdev/azimuth/bench/puzzle/rubik"
)

// BenchmarkQ is one pass over 1884 actions with five sets of four cubies.
func BenchmarkQ(b *testing.B) {
	c := cube(b, 3, 3)
	p := patterns(b, c, []int{0, 1, 2, 3}, []int{4, 5, 6, 7}, []int{8, 9, 10, 11}, []int{12, 13, 14, 15}, []int{16, 17, 18, 19})
	rng := rand.New(rand.NewPCG(1, 1))
	var states []rubik.State
	for range 64 {
		states = append(states, c.Scrambled(rng, 20))
	}
	q := make([]float64, c.Actions())
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		p.Q(states[i%64:i%64+1], q)
	}
}
