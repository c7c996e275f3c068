package search_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"pgregory.net/rapid"
)

// edge is a transition of a network; to < 0: the action can't be taken.
type edge struct {
	to   int
	cost float64
}

// network is a small graph with its edges in a table: edges[s][action].
type network struct {
	edges [][]edge
	goals []bool
}

func (n *network) Actions() int     { return len(n.edges[0]) }
func (n *network) Goal(s int) bool  { return n.goals[s] }
func (n *network) at(s, a int) edge { return n.edges[s][a] }
func (n *network) Next(s, a int) (int, float64, bool) {
	e := n.at(s, a)
	return e.to, e.cost, e.to >= 0
}

// rest is the true cost from each state to a goal, by relaxing all edges until nothing changes.
func (n *network) rest() []float64 {
	h := make([]float64, len(n.edges))
	for s := range h {
		if !n.goals[s] {
			h[s] = math.Inf(1)
		}
	}
	for changed := true; changed; {
		changed = false
		for s, out := range n.edges {
			for _, e := range out {
				if e.to >= 0 && e.cost+h[e.to] < h[s] {
					h[s], changed = e.cost+h[e.to], true
				}
			}
		}
	}
	return h
}

func drawNetwork(rt *rapid.T) (*network, *rand.Rand) {
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
	states, actions := rapid.IntRange(1, 14).Draw(rt, "states"), rapid.IntRange(1, 4).Draw(rt, "actions")
	round := rapid.Bool().Draw(rt, "round") // whole costs, 0 among them, make ties
	n := &network{goals: make([]bool, states)}
	for s := range states {
		var out []edge
		for range actions {
			e := edge{rng.IntN(states+2) - 1, rng.Float64() * 4}
			if round {
				e.cost = math.Floor(e.cost)
			}
			if e.to >= states {
				e.to = -1
			}
			out = append(out, e)
		}
		n.edges, n.goals[s] = append(n.edges, out), rng.IntN(states) == 0
	}
	return n, rng
}

// estimates draws an h below the true rest, state by state, so that it is admissible and as a rule not consistent; a q
// below the true cost through each edge, at times below the edge's own; and a q that is never that.
func estimates(n *network, rng *rand.Rand) (h, low, q func([]int, []float64)) {
	rest := n.rest()
	share := make([]float64, len(rest)*(1+2*n.Actions()))
	for i := range share {
		share[i] = float64(rng.IntN(3)) / 2
	}
	part := func(i int, of float64) float64 {
		if of == 0 || math.IsInf(of, 1) {
			return of
		}
		return share[i] * of
	}
	h = func(states []int, h []float64) {
		for i, s := range states {
			h[i] = part(s, rest[s])
		}
	}
	each := func(f func(k int, e edge) float64) func([]int, []float64) {
		return func(states []int, q []float64) {
			for i, s := range states {
				for a := range n.Actions() {
					q[i*n.Actions()+a] = math.NaN()
					if e := n.at(s, a); e.to >= 0 {
						q[i*n.Actions()+a] = f(len(rest)+2*(s*n.Actions()+a), e)
					}
				}
			}
		}
	}
	low = each(func(k int, e edge) float64 { return part(k, e.cost+rest[e.to]) })
	q = each(func(k int, e edge) float64 { return e.cost + part(k+1, rest[e.to]) })
	return h, low, q
}

func solve[S comparable](t fatal, d search.Domain[S], start S, o *search.GraphOptions[S]) search.Solution {
	g, err := search.NewGraph(d, start, o)
	if err != nil {
		t.Fatalf("new: %v", err)
	}
	sol, err := g.Solve()
	if err != nil {
		t.Fatalf("solve: %v", err)
	}
	cost, s := 0.0, start
	for _, a := range sol.Actions {
		next, c, ok := d.Next(s, a)
		if !ok {
			t.Fatalf("action %d can't be taken at %v", a, s)
		}
		s, cost = next, cost+c
	}
	if sol.Found && (!d.Goal(s) || cost != sol.Cost) {
		t.Fatalf("the path ends at %v (goal: %v) and costs %v, said was %v", s, d.Goal(s), cost, sol.Cost)
	}
	return sol
}

// TestGraphIsOptimal is checks 1 and 5 of core-planning 3.7, against relaxation of all edges: the cheapest path, or one
// that costs at most 1/weight of it, for every batch, however inconsistent the estimates are.
func TestGraphIsOptimal(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n, rng := drawNetwork(rt)
		h, low, q := estimates(n, rng)
		best := n.rest()[0]
		for name, o := range map[string]search.GraphOptions[int]{
			"dijkstra": {}, "astar": {H: h}, "qstar": {Q: q}, "qstar, below the edge": {Q: low},
			"qstar, h of astar": {Q: search.Lookahead(n, h)}, "qstar, h = 0": {Q: search.Lookahead(n, nil)},
			"qstar, first": {Q: q, First: true}, "astar, first": {H: h, First: true},
		} {
			for _, batch := range []int{1, 3, 64} {
				if o.First && batch > 1 {
					continue // promised for one at a time only
				}
				for _, weight := range []float64{1, .5, .1, 0} {
					if o.Batch, o.Weight = batch, &weight; o.First && weight < 1 {
						continue
					}
					sol := solve(rt, n, 0, &o)
					if sol.Found != !math.IsInf(best, 1) || !sol.Proved && !o.First {
						rt.Fatalf("%s, weight %v, batch %d: found %v, proved %v, cheapest %v", name, weight, batch, sol.Found, sol.Proved, best)
					}
					if sol.Counts.LowerBound > best+1e-9 {
						rt.Fatalf("%s, weight %v, batch %d: lower bound %v, cheapest %v", name, weight, batch, sol.Counts.LowerBound, best)
					}
					if sol.Found && (sol.Cost < best-1e-9 || weight*sol.Cost > best+1e-9) {
						rt.Fatalf("%s, weight %v, batch %d: cost %v, cheapest %v", name, weight, batch, sol.Cost, best)
					}
				}
			}
		}
	})
}

// TestQStarMakesNoMoreThanAStar is check 2: with the same consistent estimates and no ties, each edge that Q* takes leads
// to a state that A* generates too; and Q* makes one pass for each state it keeps, goals aside, and one for the start.
func TestQStarMakesNoMoreThanAStar(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n, rng := drawNetwork(rt)
		for _, out := range n.edges {
			for i := range out {
				out[i].cost = .5 + rng.Float64()
			}
		}
		rest, share := n.rest(), rng.Float64()
		h := func(states []int, h []float64) {
			for i, s := range states {
				if h[i] = rest[s]; h[i] <= math.MaxFloat64 {
					h[i] *= share
				}
			}
		}
		a := solve(rt, n, 0, &search.GraphOptions[int]{H: h})
		q := solve(rt, n, 0, &search.GraphOptions[int]{Q: search.Lookahead(n, h)})
		if a.Cost != q.Cost && math.Abs(a.Cost-q.Cost) > 1e-9 || q.Counts.Generated > a.Counts.Generated {
			rt.Fatalf("A* %+v\nQ* %+v", a, q)
		}
		kept := q.Counts.States
		if q.Found {
			kept-- // the goal
		}
		if q.Counts.Reopened > 0 || q.Counts.Evaluations != kept {
			rt.Fatalf("%d evaluations for %d states: %+v", q.Counts.Evaluations, kept, q)
		}
	})
}

// wide is a line of places with 300 edges each: a step on, which costs 1, and, dearer, ways back to the start.
type wide struct{ n int }

func (w wide) Actions() int    { return 300 }
func (w wide) Goal(s int) bool { return s == w.n }
func (w wide) Next(s, a int) (int, float64, bool) {
	if a == 299 {
		return s + 1, 1, true
	}
	return 0, 1 + float64(a%7)/100, a%2 == 0
}

// TestEdgesComeInOrder: all edges of a state that are better than the way on come up before it, the best first and each
// once, also when there are so many that they are sorted.
func TestEdgesComeInOrder(t *testing.T) {
	w := wide{3}
	g, err := search.NewGraph(w, 0, &search.GraphOptions[int]{Q: search.Lookahead(w, func(states []int, h []float64) {
		for i, s := range states {
			if h[i] = float64(w.n - s); s == 0 {
				h[i] = 0 // the ways back look best
			}
		}
	})})
	if err != nil {
		t.Fatal(err)
	}
	sol, err := g.Solve()
	if err != nil || sol.Cost != 3 || sol.Counts.States != 4 || sol.Counts.Evaluations != 3 {
		t.Fatalf("%+v, %v", sol, err)
	}
	// of the start all 150 ways back, f = 1 + a%7/100 < 3; of the places behind it those with f < 3: all of the first, and
	// of the second those that cost 1, as f = 2 + 1 ties with the way on and the lower action goes first
	if want := 3 + 150 + 150 + 22; sol.Counts.Popped != want || sol.Counts.Generated != want {
		t.Errorf("%d edges were taken, %d states generated, want %d", sol.Counts.Popped, sol.Counts.Generated, want)
	}
}

// TestFirstGoalMayMislead is check 3: where a q is below its own edge's cost the first goal that comes up may be dear, and
// the stop rule knows better.
func TestFirstGoalMayMislead(t *testing.T) {
	n := &network{edges: [][]edge{{{2, 5}, {1, 1}}, {{2, 1}, {-1, 0}}, {{-1, 0}, {-1, 0}}}, goals: []bool{false, false, true}}
	table := [][]float64{{0, 2}, {1, 0}, {0, 0}} // q(0, 0) is 0 for an edge that costs 5
	q := func(states []int, q []float64) {
		for i, s := range states {
			copy(q[2*i:], table[s])
		}
	}
	first := solve(t, n, 0, &search.GraphOptions[int]{Q: q, First: true})
	bound := solve(t, n, 0, &search.GraphOptions[int]{Q: q})
	if first.Cost != 5 || first.Proved || bound.Cost != 2 || !bound.Proved {
		t.Errorf("first goal costs %v (proved %v), with the bound %v (proved %v)", first.Cost, first.Proved, bound.Cost, bound.Proved)
	}
}

// TestReopens: an estimate that is not consistent sends both methods to state 2 the dear way first, and what was
// found behind it has to be corrected.
func TestReopens(t *testing.T) {
	n := &network{goals: []bool{false, false, false, false, true}, edges: [][]edge{
		{{1, 1}, {2, 3}}, {{2, 1}, {-1, 0}}, {{3, 5}, {-1, 0}}, {{4, 5}, {-1, 0}}, {{-1, 0}, {-1, 0}}}}
	table := []float64{0, 5, 0, 0, 0}
	h := func(states []int, h []float64) {
		for i, s := range states {
			h[i] = table[s]
		}
	}
	for _, c := range []struct {
		name     string
		o        search.GraphOptions[int]
		reopened int
	}{
		{"astar", search.GraphOptions[int]{H: h}, 2}, // 2, and 3 that was generated behind it
		{"qstar", search.GraphOptions[int]{Q: search.Lookahead(n, h)}, 1},
	} {
		sol := solve(t, n, 0, &c.o)
		if sol.Cost != 12 || len(sol.Actions) != 4 || sol.Counts.Reopened != c.reopened {
			t.Errorf("%s: %+v", c.name, sol)
		}
		if sol.Counts.Popped != 5 {
			t.Errorf("%s: %d taken, want 5: entries that were overtaken don't count", c.name, sol.Counts.Popped)
		}
	}
}

// TestGreedyIgnoresTheWay is check 4: with weight 0 dear ways to a state are as good as cheap ones.
func TestGreedyIgnoresTheWay(t *testing.T) {
	n := &network{goals: []bool{false, false, true}, edges: [][]edge{{{1, 9}, {2, 1}}, {{2, 9}, {-1, 0}}, {{-1, 0}, {-1, 0}}}}
	q := func(states []int, q []float64) {
		for i, s := range states {
			copy(q[2*i:], [][]float64{{0, 1}, {0, 1}, {}}[s])
		}
	}
	if sol := solve(t, n, 0, &search.GraphOptions[int]{Q: q, Weight: new(0.0)}); sol.Cost != 18 {
		t.Errorf("cost %v", sol.Cost)
	}
}

func TestGraphErrors(t *testing.T) {
	n := &network{edges: [][]edge{{{1, -1}}, {{0, 1}}}, goals: make([]bool, 2)}
	f := func([]int, []float64) {}
	for want, o := range map[string]*search.GraphOptions[int]{
		"weight": {Weight: new(1.5)}, "[1,1048576]": {Batch: -1}, "both": {H: f, Q: f}, "max generated": {MaxGenerated: -1},
	} {
		if _, err := search.NewGraph(n, 0, o); !errors.Is(err, search.ErrOptions) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := search.NewGraph(n, 0, nil); !errors.Is(err, search.ErrGraph) || !strings.Contains(err.Error(), "costs -1") {
		t.Errorf("a negative cost: %v", err)
	}
	n.edges[0][0].cost = 1
	line := &network{edges: [][]edge{{{1, 1}}, {{2, 1}}, {{3, 1}}, {{-1, 0}}}, goals: make([]bool, 4)}
	g, err := search.NewGraph(line, 0, &search.GraphOptions[int]{MaxGenerated: 2})
	if err != nil {
		t.Fatal(err)
	}
	if sol, err := g.Solve(); !errors.Is(err, search.ErrGraph) || !strings.Contains(err.Error(), "MaxGenerated") || sol.Found || sol.Proved {
		t.Errorf("%v, %+v", err, sol)
	}
}
