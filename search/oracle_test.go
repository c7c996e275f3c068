package search_test

import (
	"math"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
	"pgregory.net/rapid"
)

// cheapest is the lowest g of all complete plans, by trying them all on a tree of its own.
func cheapest(t *testing.T, m searchtest.Model, depth int) float64 {
	s := mustNew(t, search.Uniform, &search.Options{MaxDepth: depth})
	tree := search.NewTree(nil)
	best := math.Inf(1)
	for n := search.NodeID(0); int(n) < tree.Len(); n++ { // telling grows the tree ahead of n
		if tree.IsFinish(n) {
			best = min(best, tree.G(n))
			continue
		}
		r := tree.Request(search.Expand, n)
		r.Samples = 5
		if status, _ := tree.Status(n); status != search.Pruned {
			s.Tell(tree, r, m(tree, r))
		}
	}
	return best
}

// TestUniformFindsTheCheapest is check 4 of core-planning 1.10: with h = 0 over a finite tree, the plan's g is the
// brute-force minimum, nodes are popped in non-decreasing g, and a plan is judged when it is popped, not before.
func TestUniformFindsTheCheapest(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := &searchtest.Forest{
			Seed: rapid.Uint64().Draw(rt, "seed"), Breadth: rapid.IntRange(1, 4).Draw(rt, "breadth"),
			Depth: rapid.IntRange(1, 4).Draw(rt, "depth"), Reject: -1,
		}
		depth := f.Depth + 1
		s, tree := mustNew(t, search.Uniform, &search.Options{MaxDepth: depth}), search.NewTree(nil)
		last := 0.0
		for !s.Done(tree) {
			r := s.Ask(tree, 1)[0]
			if g := tree.G(r.Node); g < last {
				rt.Fatalf("g %v popped after %v", g, last)
			} else {
				last = g
			}
			s.Tell(tree, r, f.Answer(tree, r))
		}
		n, complete := s.Best(tree)
		want := cheapest(t, f.Answer, depth)
		if !complete && !math.IsInf(want, 1) || complete && math.Abs(tree.G(n)-want) > 1e-12 {
			rt.Fatalf("found %v (complete %v), the cheapest is %v", tree.G(n), complete, want)
		}
	})
}

// TestInvariants holds for every strategy at every moment: g adds up, children never cost less than their parents, votes
// are positive, paths and depths agree, at most k children come of a request, and equal steps are one node.
func TestInvariants(t *testing.T) {
	for _, name := range []string{search.Uniform, search.Greedy, search.Vote, search.QStar} {
		rapid.Check(t, func(rt *rapid.T) {
			f := &searchtest.Forest{
				Seed: rapid.Uint64().Draw(rt, "seed"), Breadth: 3, Depth: 4, Chains: true,
				Fail: rapid.Float64Range(0, .3).Draw(rt, "fail"), Reject: rapid.Float64Range(-.1, 1).Draw(rt, "reject"),
			}
			s, tree := mustNew(t, name, nil), search.NewTree(nil)
			searchtest.Run(s, tree, f.Answer, 60)
			invariants(rt, tree)
		})
	}
}

type fatal interface{ Fatalf(string, ...any) }

func invariants(t fatal, tree *search.Tree) {
	for i := 1; i < tree.Len(); i++ {
		n := search.NodeID(i)
		p := tree.Parent(n)
		if !(tree.Step(n) >= 0) || math.Abs(tree.G(p)+tree.Step(n)-tree.G(n)) > 1e-9 {
			t.Fatalf("node %d: g %v after %v and a step of %v", n, tree.G(n), tree.G(p), tree.Step(n))
		}
		if tree.Depth(n) != tree.Depth(p)+1 || len(tree.Path(n)) != tree.Depth(n) || p >= n {
			t.Fatalf("node %d of depth %d follows %d of depth %d", n, tree.Depth(n), p, tree.Depth(p))
		}
		if math.IsNaN(tree.F(n)) || math.IsInf(tree.F(n), 0) || tree.Votes(n) < 0 || tree.IsFinish(p) {
			t.Fatalf("node %d: f %v, %d votes, below a finished plan: %v", n, tree.F(n), tree.Votes(n), tree.IsFinish(p))
		}
		for c := tree.NextSibling(n); c != search.None; c = tree.NextSibling(c) {
			if tree.Action(c) == tree.Action(n) && tree.IsFinish(c) == tree.IsFinish(n) && !tree.Obsolete(c) && !tree.Obsolete(n) {
				t.Fatalf("nodes %d and %d are the same step", n, c)
			}
		}
		status, why := tree.Status(n)
		if status == search.Committed || status == search.Pending {
			continue // true whatever became of the steps before
		}
		if _, whyParent := tree.Status(p); whyParent != search.NoReason && why == search.NoReason {
			t.Fatalf("node %d counts although %d does not: %v", n, p, whyParent)
		}
	}
}
