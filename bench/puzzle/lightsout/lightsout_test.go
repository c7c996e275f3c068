package lightsout_test

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/bench/puzzle/lightsout"
	"github.com/azimuthdev/azimuth/search"
)

func puzzle(t *testing.T, n int) *lightsout.Puzzle {
	t.Helper()
	p, err := lightsout.New(n)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestDistance tries all sets of presses: what the fewest of them reach is what the linear algebra says, and what none
// reaches it says can't be put out. Of the 3 x 3 and 2 x 2 states all can, of the 4 x 4 ones one in 16.
func TestDistance(t *testing.T) {
	for n, reachable := range map[int]int{2: 16, 3: 512, 4: 4096} {
		p, least := puzzle(t, n), map[lightsout.State]int{}
		for set := range uint64(1) << (n * n) {
			s := lightsout.State(0)
			for x := set; x != 0; x &= x - 1 {
				s, _, _ = p.Next(s, bits.TrailingZeros64(x))
			}
			if d, seen := least[s]; !seen || bits.OnesCount64(set) < d {
				least[s] = bits.OnesCount64(set)
			}
		}
		if len(least) != reachable {
			t.Errorf("%d x %d: %d states can be put out, want %d", n, n, len(least), reachable)
		}
		for s := range lightsout.State(1) << (n * n) {
			want, seen := least[s]
			if d := p.Distance(s); seen && d != float64(want) || !seen && !math.IsInf(d, 1) {
				t.Fatalf("%d x %d, %b: distance %v, want %d (%v)", n, n, s, d, want, seen)
			}
		}
	}
}

// TestQuietPatterns: the 5 x 5 field has four patterns that switch nothing, so three quarters of its states can't be put out.
func TestQuietPatterns(t *testing.T) {
	p, out, rng := puzzle(t, 5), 0, rand.New(rand.NewPCG(1, 1))
	for range 4000 {
		if !math.IsInf(p.Distance(lightsout.State(rng.Uint64N(1<<25))), 1) {
			out++
		}
	}
	if out < 900 || out > 1100 {
		t.Errorf("%d of 4000 states can be put out", out)
	}
}

// TestEstimates: the bound never exceeds the distance, and each one-pass Q is what making all presses would give.
func TestEstimates(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	for _, n := range []int{3, 5, 7} {
		p := puzzle(t, n)
		learned, learnedQ := p.Learned(.2, 9)
		for k := range n * n {
			states, h := []lightsout.State{p.Scrambled(rng, k)}, make([]float64, 1)
			if p.Count(states, h); h[0] > p.Distance(states[0]) || p.Distance(states[0]) > float64(k) {
				t.Fatalf("bound %v, distance %v, %d presses", h[0], p.Distance(states[0]), k)
			}
			q, look := make([]float64, n*n), make([]float64, n*n)
			for name, f := range map[string][2]func([]lightsout.State, []float64){
				"count": {p.Count, p.CountQ}, "exact": {p.Exact, p.ExactQ}, "learned": {learned, learnedQ},
			} {
				search.Lookahead(p, f[0])(states, look)
				if f[1](states, q); !slices.Equal(q, look) {
					t.Fatalf("%s: %v, by looking ahead %v", name, q, look)
				}
			}
		}
	}
}

// TestOptimal holds the searches to the linear algebra.
func TestOptimal(t *testing.T) {
	p, rng := puzzle(t, 5), rand.New(rand.NewPCG(4, 1))
	for range 20 {
		s := p.Scrambled(rng, 5)
		for name, o := range map[string]*search.GraphOptions[lightsout.State]{
			"astar": {H: p.Count}, "qstar": {Q: p.CountQ}, "qstar in batches": {Q: p.CountQ, Batch: 20}, "exact": {Q: p.ExactQ},
		} {
			g, err := search.NewGraph(p, s, o)
			if err != nil {
				t.Fatal(err)
			}
			sol, err := g.Solve()
			if err != nil || sol.Cost != p.Distance(s) || !sol.Proved {
				t.Errorf("%s: %+v, %v, distance %v", name, sol, err, p.Distance(s))
			}
			if name == "exact" && sol.Counts.Generated != len(sol.Actions) {
				t.Errorf("with exact distances Q* generated %d states for %d presses", sol.Counts.Generated, len(sol.Actions))
			}
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for _, n := range []int{1, 9} {
		if _, err := lightsout.New(n); err == nil {
			t.Errorf("%d x %d lamps were fine", n, n)
		}
	}
}
