package search_test

import (
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

// offer is what costa is proposed: calls of the tools of the graph, or the end of a plan.
func offer(tools ...int32) (out []search.Candidate) {
	for _, y := range tools {
		out = append(out, search.Candidate{
			Parent: -1, Action: search.ActionID(y), Votes: 1, Remaining: -1, Prior: -1, Tool: y, Finish: y == 0,
		})
	}
	return out
}

var washers = &search.ToolGraph{Nodes: []search.ToolNode{
	{Tool: -1, Subtask: -1, Quality: 1, Next: []int{1, 2}}, {Tool: 0, Cost: 1, Quality: 1}, {Tool: 1, Cost: 2, Quality: 1},
}}

// TestCostaTakesForeignOutcomes: a damaged journal may say anything of its graph. What is no tool of it is left out, and a graph
// that begins anywhere is no reason to price the root.
func TestCostaTakesForeignOutcomes(t *testing.T) {
	s, tree := mustNew(t, search.CoSTA, nil), search.NewTree(nil)
	expand := func(n search.NodeID, o search.Outcome) {
		o.Failed, o.Took = search.None, 1
		s.Tell(tree, tree.Request(search.Expand, n), o)
	}
	expand(search.Root, search.Outcome{Graph: washers, Candidates: offer(1, 99)})
	expand(2, search.Outcome{Score: .5, Candidates: offer(98, 97)})
	expand(3, search.Outcome{Score: .5, Candidates: offer(0)})
	for n := range search.NodeID(tree.Len()) {
		if tree.IsFinish(n) {
			s.Tell(tree, tree.Request(search.Judge, n), search.Outcome{Failed: search.None, Verdict: search.Rejected})
		}
	}
	s, tree = mustNew(t, search.CoSTA, nil), search.NewTree(nil)
	expand(search.Root, search.Outcome{Candidates: offer(1)})
	expand(1, search.Outcome{Graph: washers, Candidates: offer(1, 2)})
	expand(search.Root, search.Outcome{Score: 1, Candidates: offer(2)})
	if tree.G(search.Root) != 0 || !s.Done(tree) && len(s.Ask(tree, 1)) == 0 {
		t.Errorf("the root costs %v", tree.G(search.Root))
	}
}

// TestCostaWantsNoListBehindAnEffect: a list that was wanted when a budget ended is not asked for once the plan is carried out.
func TestCostaWantsNoListBehindAnEffect(t *testing.T) {
	s, tree := mustNew(t, search.CoSTA, nil), search.NewTree(nil)
	tell := func(k search.Kind, n search.NodeID, o search.Outcome) {
		o.Failed = search.None
		s.Tell(tree, tree.Request(k, n), o)
	}
	tell(search.Expand, search.Root, search.Outcome{Graph: washers, Samples: 1, Candidates: offer(1, 2)})
	tell(search.Expand, 1, search.Outcome{Took: 1, Score: 1, Candidates: offer(0)})
	tell(search.Expand, 2, search.Outcome{Took: 2, Score: 1, Candidates: offer(0)})
	plan, _ := s.Best(tree)
	tell(search.Judge, plan, search.Outcome{Verdict: search.Rejected})
	tell(search.Commit, tree.Parent(plan), search.Outcome{})
	for _, r := range s.Ask(tree, 5) {
		if r.Node == search.Root {
			t.Errorf("%+v is asked for, above what was carried out", r)
		}
	}
}
