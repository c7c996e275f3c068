package search_test

import (
	"fmt"
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

// field is a square of side x side places with steps of cost 1; actions above 4 are jumps further in one of the four
// directions.
type field struct{ side, actions int }

func (g field) Actions() int      { return g.actions }
func (g field) Goal(s int) bool   { return s == g.side*g.side-1 }
func (g field) far(s int) float64 { return float64(2*(g.side-1) - s/g.side - s%g.side) }

func (g field) Next(s, a int) (int, float64, bool) {
	y, x, d := s/g.side, s%g.side, 1+a/4
	switch a % 4 {
	case 0:
		x += d
	case 1:
		y += d
	case 2:
		x -= d
	default:
		y -= d
	}
	return y*g.side + x, float64(d), x >= 0 && y >= 0 && x < g.side && y < g.side
}

func (g field) h(states []int, h []float64) {
	for i, s := range states {
		h[i] = g.far(s) / 2 // so that most of the field is searched
	}
}

// TestGraphAllocations: A* allocates next to nothing a state, Q* twice a pass, for a row of numbers for each state.
func TestGraphAllocations(t *testing.T) {
	g := field{100, 4}
	look := search.Lookahead(g, g.h)
	for _, c := range []struct {
		name string
		o    search.GraphOptions[int]
		most float64 // allocations a state kept
	}{
		{"astar", search.GraphOptions[int]{H: g.h}, .1}, {"qstar", search.GraphOptions[int]{Q: look}, 2.1}, {"qstar", search.GraphOptions[int]{Q: look, Batch: 64}, .2},
	} {
		states := 0
		allocs := testing.AllocsPerRun(2, func() { states = solve(t, g, 0, &c.o).Counts.States })
		if states < 5000 || allocs > c.most*float64(states) {
			t.Errorf("%s, batch %d: %v allocations for %d states", c.name, c.o.Batch, allocs, states)
		}
	}
}

// BenchmarkGraph is a state of the field each, with 4 and with 256 actions.
func BenchmarkGraph(b *testing.B) {
	for _, actions := range []int{4, 256} {
		g := field{60, actions}
		for name, o := range map[string]*search.GraphOptions[int]{"astar": {H: g.h}, "qstar": {Q: search.Lookahead(g, g.h)}} {
			b.Run(fmt.Sprintf("%s/actions=%d", name, actions), func(b *testing.B) {
				b.ReportAllocs()
				states := 0
				for b.Loop() {
					states += solve(b, g, 0, o).Counts.States
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(states), "ns/state")
			})
		}
	}
}

// From one corner of a field to the other with A*; Q in place of H would make it Q*.
func ExampleGraph() {
	f := field{side: 4, actions: 8}
	g, err := search.NewGraph(f, 0, &search.GraphOptions[int]{H: f.h})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := g.Solve()
	fmt.Println(s.Cost, s.Proved, err)
	// Output: 6 true <nil>
}
