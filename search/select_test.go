package search_test

import (
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// constant is a model whose judge gives every plan one score, and no verdict that could end a search.
func constant(m searchtest.Model, score float64) searchtest.Model {
	return func(t *search.Tree, r search.Request) search.Outcome {
		o := m(t, r)
		if r.Kind == search.Judge && o.Failed == search.None {
			o.Verdict, o.Score = search.Rejected, score
		}
		return o
	}
}

// planOf is the plan that a strategy ends with, as its calls.
func planOf(t *testing.T, name string, o search.Options, m searchtest.Model) []search.ActionID {
	t.Helper()
	s, tree := mustNew(t, name, &o), search.NewTree(nil)
	searchtest.Run(s, tree, m, 1000)
	var plan []search.ActionID
	n, complete := s.Best(tree)
	if !complete || !s.Done(tree) {
		return nil
	}
	for _, x := range tree.Path(n) {
		plan = append(plan, tree.Action(x))
	}
	return plan
}

// TestSelections holds the choices among whole plans to their limits: a judge that scores all plans alike, or scores all 0,
// makes the weighted majority the majority; one plan that is accepted makes all choices equal; and it does not matter whether a choice is
// asked of bestofn or of majority.
func TestSelections(t *testing.T) {
	differ := 0
	for seed := range uint64(20) {
		f := &searchtest.Forest{Seed: seed, Breadth: 3, Depth: 2, Reject: .5, Scores: true}
		for _, base := range []string{search.Greedy, search.Vote, search.Outline} {
			with := func(how string, plans int) search.Options {
				return search.Options{Base: base, Plans: plans, Samples: 3, Select: how}
			}
			for _, score := range []float64{0, .3, 1} {
				m := constant(f.Answer, score)
				if v, w := planOf(t, search.Majority, with(search.ByVote, 7), m), planOf(t, search.Majority, with(search.Weighted, 7), m); !slices.Equal(v, w) {
					t.Errorf("seed %d, %s, all scores %v: by vote %v, weighted %v", seed, base, score, v, w)
				}
			}
			for _, how := range []string{search.ByJudge, search.ByVote, search.Weighted} {
				if a, b := planOf(t, search.BestOfN, with(how, 5), f.Answer), planOf(t, search.Majority, with(how, 5), f.Answer); !slices.Equal(a, b) {
					t.Errorf("seed %d, %s, %s: bestofn %v, majority %v", seed, base, how, a, b)
				}
				yes := &searchtest.Forest{Seed: seed, Breadth: 3, Depth: 2} // who rejects the one plan makes bestofn take one that was in passing
				if a, b := planOf(t, search.BestOfN, with(how, 1), yes.Answer), planOf(t, search.BestOfN, with(search.ByJudge, 1), yes.Answer); base != search.Outline && !slices.Equal(a, b) {
					t.Errorf("seed %d, %s, one plan: %s %v, by the judge %v", seed, base, how, a, b)
				}
			}
			if !slices.Equal(planOf(t, search.BestOfN, with(search.Weighted, 7), f.Answer), planOf(t, search.BestOfN, with(search.ByVote, 7), f.Answer)) {
				differ++
			}
		}
	}
	if differ == 0 {
		t.Error("scores never change the majority: the check says nothing")
	}
}
