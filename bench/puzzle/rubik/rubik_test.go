package rubik_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/bench/puzzle/rubik"
	"github.com/azimuthdev/azimuth/search"
)

func cube(t testing.TB, size, length int) *rubik.Cube {
	t.Helper()
	c, err := rubik.New(size, length)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func patterns(t testing.TB, c *rubik.Cube, sets ...[]int) *rubik.Patterns {
	t.Helper()
	p, err := rubik.NewPatterns(c, sets...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ball is all states within a distance of the solved one, with their distances; turns can be undone, so it is the
// distance to it too.
func ball(c *rubik.Cube, radius int) (at map[rubik.State]int, counts []int) {
	at = map[rubik.State]int{c.Solved(): 0}
	edge := []rubik.State{c.Solved()}
	for d := 0; len(edge) > 0; d++ {
		counts = append(counts, len(edge))
		if d == radius {
			break
		}
		var next []rubik.State
		for _, s := range edge {
			for a := range c.Actions() {
				to, _, _ := c.Next(s, a)
				if _, seen := at[to]; !seen {
					at[to] = d + 1
					next = append(next, to)
				}
			}
		}
		edge = next
	}
	return at, counts
}

// TestMoves: as many states at each distance as are known for the two cubes in quarter turns.
func TestMoves(t *testing.T) {
	for size, want := range map[int][]int{2: {1, 6, 27, 120, 534, 2256, 8969, 33058}, 3: {1, 12, 114, 1068, 10011}} {
		if _, got := ball(cube(t, size, 1), len(want)-1); !slices.Equal(got, want) {
			t.Errorf("size %d: %v states, want %v", size, got, want)
		}
	}
}

// TestMetaActions: the sizes of the action sets, and that each meta-action is its turns at their cost.
func TestMetaActions(t *testing.T) {
	for size, want := range map[int][]int{2: {6, 42, 258}, 3: {12, 156, 1884}} {
		for i, n := range want {
			c := cube(t, size, i+1)
			if c.Actions() != n {
				t.Errorf("size %d, length %d: %d actions, want %d", size, i+1, c.Actions(), n)
			}
			for a := range n {
				s, cost, ok := c.Next(c.Solved(), a)
				each := c.Solved()
				for _, m := range c.Moves(a) {
					each, _, _ = c.Next(each, m)
				}
				if s != each || cost != float64(len(c.Moves(a))) || !ok {
					t.Fatalf("action %d is not its turns %v", a, c.Moves(a))
				}
			}
		}
	}
}

// TestPatterns: never too high, 0 at the goal, and Q is what making all moves would give, noise included.
func TestPatterns(t *testing.T) {
	c, rng := cube(t, 3, 2), rand.New(rand.NewPCG(1, 1))
	p := patterns(t, c, []int{0, 3, 5}, []int{8, 13, 19})
	at, _ := ball(cube(t, 3, 1), 3)
	h := make([]float64, 1)
	for s, d := range at {
		if p.H([]rubik.State{s}, h); h[0] > float64(d) {
			t.Fatalf("distance %d, h %v", d, h[0])
		}
	}
	if p.H([]rubik.State{c.Solved()}, h); h[0] != 0 {
		t.Errorf("h is %v at the goal", h[0])
	}
	learned, learnedQ := p.Learned(.2, 5)
	q, look := make([]float64, 2*c.Actions()), make([]float64, 2*c.Actions())
	for range 20 {
		states := []rubik.State{c.Scrambled(rng, 8), c.Scrambled(rng, 1)}
		for _, f := range [][2]func([]rubik.State, []float64){{p.H, p.Q}, {learned, learnedQ}} {
			search.Lookahead(c, f[0])(states, look)
			if f[1](states, q); !slices.Equal(q, look) {
				t.Fatal("q differs from looking ahead")
			}
		}
	}
}

// TestOptimal holds A* and Q*, with and without meta-actions, to breadth-first search on the 2x2x2.
func TestOptimal(t *testing.T) {
	at, _ := ball(cube(t, 2, 1), 7)
	rng := rand.New(rand.NewPCG(2, 1))
	for length := range 3 {
		c := cube(t, 2, length+1)
		p := patterns(t, c, []int{0, 1, 2}, []int{3, 4, 5}, []int{1, 4, 7})
		for range 4 {
			s := c.Scrambled(rng, 7)
			for name, o := range map[string]*search.GraphOptions[rubik.State]{
				"dijkstra": {}, "astar": {H: p.H}, "qstar": {Q: p.Q}, "qstar in batches": {Q: p.Q, Batch: 100}, "weighted": {Q: p.Q, Weight: new(.6)},
			} {
				if name == "dijkstra" && length > 0 {
					continue // slow
				}
				g, err := search.NewGraph(c, s, o)
				if err != nil {
					t.Fatal(err)
				}
				sol, err := g.Solve()
				most := float64(at[s])
				if o.Weight != nil {
					most /= *o.Weight
				}
				if err != nil || sol.Cost < float64(at[s]) || sol.Cost > most || !sol.Proved {
					t.Errorf("%s, %d actions: cost %v, distance %d, %v", name, c.Actions(), sol.Cost, at[s], err)
				}
			}
		}
	}
}

func TestRefuses(t *testing.T) {
	for _, c := range [][2]int{{4, 1}, {3, 0}, {3, 4}} {
		if _, err := rubik.New(c[0], c[1]); err == nil {
			t.Errorf("size %d, length %d was fine", c[0], c[1])
		}
	}
	c := cube(t, 2, 1)
	for _, set := range [][]int{{}, {0, 1, 2, 3, 4, 5}, {20}, {8}} {
		if _, err := rubik.NewPatterns(c, set); err == nil {
			t.Errorf("the set %v was fine", set)
		}
	}
}
