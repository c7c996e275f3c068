package pancake_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/bench/puzzle/pancake"
	"github.com/azimuthdev/azimuth/search"
)

// distances walks all stacks from the sorted one, which works since a turn undoes itself.
func distances(p *pancake.Puzzle) map[pancake.State]int {
	at := map[pancake.State]int{p.Sorted(): 0}
	for queue := []pancake.State{p.Sorted()}; len(queue) > 0; queue = queue[1:] {
		for a := range p.Actions() {
			next, _, _ := p.Next(queue[0], a)
			if _, seen := at[next]; !seen {
				at[next] = at[queue[0]] + 1
				queue = append(queue, next)
			}
		}
	}
	return at
}

// TestDiameter: the pancake numbers, and a heuristic that is never too high, also for each turn.
func TestDiameter(t *testing.T) {
	for n, want := range map[int]int{2: 1, 3: 3, 4: 4, 5: 5, 6: 7, 7: 8} {
		p, err := pancake.New(n)
		if err != nil {
			t.Fatal(err)
		}
		at := distances(p)
		far, h, q, look := 0, make([]float64, 1), make([]float64, n-1), make([]float64, n-1)
		lookahead := search.Lookahead(p, p.H)
		for s, d := range at {
			far = max(far, d)
			p.H([]pancake.State{s}, h)
			p.Q([]pancake.State{s}, q)
			lookahead([]pancake.State{s}, look)
			if h[0] > float64(d) || (h[0] == 0) != (d == 0) || !slices.Equal(q, look) {
				t.Fatalf("%v: distance %d, h %v, q %v, by looking ahead %v", s[:n], d, h[0], q, look)
			}
		}
		if far != want {
			t.Errorf("the farthest stack of %d is %d turns away, want %d", n, far, want)
		}
	}
}

// TestOptimal holds A* and Q* to the walk over all stacks.
func TestOptimal(t *testing.T) {
	p, err := pancake.New(7)
	if err != nil {
		t.Fatal(err)
	}
	at, rng := distances(p), rand.New(rand.NewPCG(3, 1))
	for range 40 {
		s := p.Shuffled(rng)
		for name, o := range map[string]*search.GraphOptions[pancake.State]{
			"astar": {H: p.H}, "qstar": {Q: p.Q}, "qstar in batches": {Q: p.Q, Batch: 50}, "weighted": {Q: p.Q, Weight: new(.5)},
		} {
			g, err := search.NewGraph(p, s, o)
			if err != nil {
				t.Fatal(err)
			}
			sol, err := g.Solve()
			weight := 1.0
			if o.Weight != nil {
				weight = *o.Weight
			}
			if err != nil || sol.Cost*weight > float64(at[s]) || sol.Cost < float64(at[s]) || !sol.Proved {
				t.Errorf("%s: %+v, %v, distance %d", name, sol, err, at[s])
			}
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for _, n := range []int{1, 41} {
		if _, err := pancake.New(n); err == nil {
			t.Errorf("%d pancakes were fine", n)
		}
	}
}
