package search_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
	"pgregory.net/rapid"
)

// errand answers a strategy in a network: each action is a call, and at a goal there is the final answer, which is free.
// It sets no state unless closed.
type errand struct {
	n      *network
	closed bool
}

const finish = 1 << 20

// place follows the calls on the path to n; -1 where one can't be made.
func (e errand) place(t *search.Tree, n search.NodeID) (s int) {
	for _, x := range t.Path(n) {
		if t.IsFinish(x) {
			break
		}
		if s = e.n.at(s, int(t.Action(x))).to; s < 0 {
			return s
		}
	}
	return s
}

func (e errand) answer(t *search.Tree, r search.Request) search.Outcome {
	s := e.place(t, r.Node)
	if s < 0 {
		return search.Outcome{Failed: r.Node}
	}
	o := search.Outcome{Failed: search.None, Verdict: search.Accepted}
	if r.Kind == search.Judge {
		return o
	}
	if e.closed {
		o.State = uint64(s) + 1
	}
	if e.n.Goal(s) {
		o.Candidates = []search.Candidate{{Parent: -1, Action: finish, Finish: true, Votes: 1}}
		return o
	}
	for a := range e.n.Actions() {
		o.Candidates = append(o.Candidates, search.Candidate{Parent: -1, Action: search.ActionID(a), Votes: 1})
	}
	return o
}

// scorer prices by the network's costs and by q, one pass for all children.
func (e errand) scorer(q func([]int, []float64), passes *int) search.Scorer {
	return search.NewQ(func(t *search.Tree, n search.NodeID, step, out []float64) {
		*passes++
		s := e.place(t, n)
		if e.n.Goal(s) {
			step[0], out[0] = 0, 0
			return
		}
		q([]int{s}, out)
		for a := range step {
			if step[a] = e.n.at(s, a).cost; e.n.at(s, a).to < 0 {
				step[a] = 0 // turns out when it is made
			}
		}
	})
}

// TestQStarTreeIsOptimal: the strategy finds what [search.Graph] finds, with and without knowing when two states are one,
// and prices the children of a node in one pass each.
func TestQStarTreeIsOptimal(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n, rng := drawNetwork(rt)
		for _, out := range n.edges {
			for i := range out {
				out[i].cost += .25 // so that the tree, which has no end, has one within the cheapest cost
			}
		}
		best := n.rest()[0]
		if best > 2 {
			return // no way, or one that is long in a tree
		}
		_, low, q := estimates(n, rng)
		for name, f := range map[string]func([]int, []float64){"q": q, "below the edge": low} {
			for _, weight := range []float64{1, .97, .6} {
				for _, closed := range []bool{true, false} {
					e, passes := errand{n, closed}, 0
					s := mustNew(t, search.QStar, &search.Options{MaxDepth: 40, Scorer: e.scorer(f, &passes), Q: search.QStarOptions{Weight: &weight, Batch: 1 + rng.IntN(3)}})
					tree := search.NewTree(nil)
					searchtest.Run(s, tree, e.answer, 3000)
					if !s.Done(tree) {
						return // too many ways without a closed list
					}
					plan, complete := s.Best(tree)
					if !complete || tree.G(plan) < best-1e-9 || tree.G(plan)*weight > best+1e-9 {
						rt.Fatalf("%s, weight %v, closed %v: %v (complete %v), cheapest %v", name, weight, closed, tree.G(plan), complete, best)
					}
					if passes > tree.Expansions() {
						rt.Fatalf("%d passes for %d expansions", passes, tree.Expansions())
					}
				}
			}
		}
	})
}

// TestQStarClosedList: of two ways to a state the cheaper one stays, also when it comes later, and the other says why.
func TestQStarClosedList(t *testing.T) {
	n := &network{goals: []bool{false, false, false, true}, edges: [][]edge{
		{{1, 1}, {2, 3}}, {{2, 1}, {-1, 0}}, {{3, 5}, {-1, 0}}, {{-1, 0}, {-1, 0}}}}
	table := [][]float64{{6, 3}, {1, 0}, {5, 0}, {0, 0}} // state 2 is reached the dear way first
	e, passes := errand{n, true}, 0
	scorer := e.scorer(func(states []int, q []float64) { copy(q, table[states[0]]) }, &passes)
	s, tree := mustNew(t, search.QStar, &search.Options{Scorer: scorer}), search.NewTree(nil)
	searchtest.Run(s, tree, e.answer, 50)
	plan, complete := s.Best(tree)
	if !complete || tree.G(plan) != 7 || tree.Depth(plan) != 4 {
		t.Errorf("plan of cost %v and depth %d, complete %v", tree.G(plan), tree.Depth(plan), complete)
	}
	dropped := 0
	for i := range tree.Len() {
		if _, why := tree.Status(search.NodeID(i)); why == search.SameState {
			dropped++
			if g := tree.G(search.NodeID(i)); g != 3 {
				t.Errorf("the way of cost %v was dropped", g)
			}
		}
	}
	if dropped != 1 {
		t.Errorf("%d nodes dropped for their state", dropped)
	}
}

// TestQStarThousandTools: however many candidates there are, a node is priced in one pass, and no state behind an
// edge that doesn't come up is looked at.
func TestQStarThousandTools(t *testing.T) {
	const tools, depth, good = 1000, 4, 77
	passes := 0
	scorer := search.NewQ(func(tr *search.Tree, n search.NodeID, step, q []float64) {
		passes++
		rng := rand.New(rand.NewPCG(uint64(n), 2))
		for i := range step {
			step[i], q[i] = 1, float64(depth-tr.Depth(n))
			if i != good {
				q[i] += 1 + rng.Float64()
			}
		}
	})
	answer := func(tr *search.Tree, r search.Request) search.Outcome {
		o := search.Outcome{Failed: search.None}
		for a := range tools {
			o.Candidates = append(o.Candidates, search.Candidate{Parent: -1, Action: search.ActionID(a), Votes: 1, Finish: tr.Depth(r.Node) == depth-1})
		}
		return o
	}
	s, tree := mustNew(t, search.QStar, &search.Options{Scorer: scorer}), search.NewTree(nil)
	told := searchtest.Run(s, tree, answer, 100)
	plan, complete := s.Best(tree)
	if !complete || tree.Depth(plan) != depth || len(told) != depth+1 || passes != depth || tree.Len() != 1+depth*tools {
		t.Errorf("%d told, %d passes, %d nodes, plan of depth %d (complete %v)", len(told), passes, tree.Len(), tree.Depth(plan), complete)
	}
}

// TestQStarRejected: the cheapest of the plans that the judge doesn't reject wins.
func TestQStarRejected(t *testing.T) {
	m := parse(t, `
: a*1, b*1, c*1
a: end*1
b: end*1
c: end*1
a end: judge reject
b end: judge accept
c end: judge accept`)
	costs := map[string]float64{"a": 1, "b": 3, "c": 2}
	scorer := search.NewQ(func(tr *search.Tree, n search.NodeID, step, q []float64) {
		i := 0
		for c := range tr.Children(n) {
			step[i] = costs[m.Name(tr.Action(c))]
			q[i] = math.Inf(1)
			if step[i] < 3 {
				q[i] = step[i]
			}
			i++
		}
	})
	s, tree := mustNew(t, search.QStar, &search.Options{Scorer: scorer}), search.NewTree(nil)
	searchtest.Run(s, tree, m.Answer, 50)
	if plan, complete := s.Best(tree); !complete || m.Key(tree, plan) != "c end" {
		t.Errorf("%q, complete %v", m.Key(tree, plan), complete)
	}
}

// TestQStarComesBackWithItsCost: a final answer whose q promised too much is judged first, and is not the plan.
func TestQStarComesBackWithItsCost(t *testing.T) {
	m := parse(t, ": end1*1, end2*1")
	scorer := search.NewQ(func(_ *search.Tree, _ search.NodeID, step, q []float64) {
		copy(step, []float64{5, 2})
		copy(q, []float64{0, 1})
	})
	for _, weight := range []float64{1, .9} {
		s, tree := mustNew(t, search.QStar, &search.Options{Scorer: scorer, Q: search.QStarOptions{Weight: &weight}}), search.NewTree(nil)
		told := searchtest.Run(s, tree, m.Answer, 50)
		if plan, complete := s.Best(tree); !complete || m.Key(tree, plan) != "end2" || len(told) != 3 {
			t.Errorf("weight %v: %q after %d outcomes, complete %v", weight, m.Key(tree, plan), len(told), complete)
		}
	}
}

func TestQStarOptions(t *testing.T) {
	for want, o := range map[string]search.QStarOptions{"weight": {Weight: new(-.1)}, "batch": {Batch: 1<<20 + 1}} {
		if _, err := search.New(search.QStar, &search.Options{Q: o}); !errors.Is(err, search.ErrOptions) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
