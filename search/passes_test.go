package search_test

import (
	"math"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// TestPassesAddUp: the root is visited once a pass; what every node holds is the arithmetic mean of what the passes through
// it brought, whatever it was worth at first, and stays within the range of rewards (checks of core-planning 7.3 and
// 7.4). A pass ends with a verdict here, as nothing fails.
func TestPassesAddUp(t *testing.T) {
	for _, name := range []string{search.MCTS, search.LATS} {
		for seed := range uint64(10) {
			g := &grid{f: searchtest.Forest{Seed: seed}, breadth: 3, depth: 4}
			const passes = 12
			s, tree := mustNew(t, name, &search.Options{Samples: 3, Tree: search.TreeOptions{Iterations: passes, Lambda: new(1.0)}}), search.NewTree(nil)
			sum, n := map[search.NodeID]float64{}, map[search.NodeID]int{}
			for _, x := range searchtest.Run(s, tree, g.answer, 2000) {
				if x.Request.Kind != search.Judge {
					continue
				}
				for _, p := range append(tree.Path(x.Request.Node), search.Root) {
					sum[p] += x.Outcome.Score
					n[p]++
				}
			}
			if visits, _ := tree.Visits(search.Root); visits != passes {
				t.Errorf("%s: %d visits of the root, want %d", name, visits, passes)
			}
			for i := range tree.Len() {
				x := search.NodeID(i)
				visits, mean := tree.Visits(x)
				if visits != n[x] || visits > 0 && math.Abs(mean-sum[x]/float64(visits)) > 1e-12 || mean < 0 || mean > 1 {
					t.Fatalf("%s, seed %d, node %d: %d visits, mean %v, want %d, %v", name, seed, x, visits, mean, n[x], sum[x]/float64(n[x]))
				}
			}
		}
	}
}

// TestPlanStepsAddUp is check 3 of core-planning 5.7: a place that was rated counts its own visit and those of its
// children, and every mean lies in [-1,1].
func TestPlanStepsAddUp(t *testing.T) {
	for seed := range uint64(20) {
		f := &searchtest.Forest{Seed: seed, Breadth: 3, Depth: 4, Chains: true, Reject: .9}
		s, tree := mustNew(t, search.CPL, nil), search.NewTree(nil)
		ended := map[search.NodeID]int{}
		for _, x := range searchtest.Run(s, tree, f.Answer, 60) {
			ended[x.Request.Node] = 1
		}
		for i := range tree.Len() {
			n := search.NodeID(i)
			visits, mean := tree.Visits(n)
			own := visits
			for c := range tree.Children(n) {
				v, _ := tree.Visits(c)
				own -= v
			}
			if mean < -1 || mean > 1 || own < 0 || own > 0 && ended[n] == 0 || n != search.Root && own > 1 {
				t.Fatalf("seed %d, node %d: %d visits, %d its own, mean %v", seed, n, visits, own, mean)
			}
		}
	}
}

// TestTreeSearchStops at the first plan that is accepted, and after its passes.
func TestTreeSearchStops(t *testing.T) {
	for _, name := range []string{search.MCTS, search.RAP, search.LATS, search.CPL} {
		f := &searchtest.Forest{Seed: 4, Breadth: 3, Depth: 3, Chains: true, Reject: .7}
		s, tree := mustNew(t, name, nil), search.NewTree(nil)
		told := searchtest.Run(s, tree, f.Answer, 2000)
		for i, x := range told {
			if x.Outcome.Verdict == search.Accepted && i != len(told)-1 {
				t.Errorf("%s goes on after a plan was accepted", name)
			}
		}
		g := &grid{breadth: 3, depth: 4}
		s, tree = mustNew(t, name, &search.Options{Tree: search.TreeOptions{Iterations: 4}}), search.NewTree(nil)
		searchtest.Run(s, tree, g.answer, 2000)
		if visits, _ := tree.Visits(search.Root); visits != 4 || !s.Done(tree) {
			t.Errorf("%s made %d passes, want 4", name, visits)
		}
	}
}
