package search_test

import (
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// Without a graph there is nothing to follow, and the strategy ends as all others do.
func TestCostaConforms(t *testing.T) {
	searchtest.Conformance(t, func() (search.Strategy, *search.Tree) {
		return mustNew(t, search.CoSTA, nil), search.NewTree(nil)
	})
}

// told is a run of costa on a graph of two subtasks with two tools each: which node's call fails, or what it is worth.
// The judge rejects plans with a call that is bad.
func follow(t *testing.T, o *search.Options, quality map[search.ActionID]float64, bad ...search.ActionID) (*search.Tree, search.NodeID, bool) {
	t.Helper()
	g := &search.ToolGraph{Nodes: []search.ToolNode{
		{Tool: -1, Subtask: -1, Quality: 1, Next: []int{1, 2}},
		{Tool: 0, Cost: 1, Quality: 1, Next: []int{3, 4}}, {Tool: 1, Cost: 2, Quality: 1, Next: []int{3, 4}},
		{Tool: 2, Subtask: 1, Cost: 1, Quality: 1}, {Tool: 3, Subtask: 1, Cost: 5, Quality: 1},
	}}
	at := map[search.NodeID]int{search.Root: 0}
	live, tree := mustNew(t, search.CoSTA, o), search.NewTree(nil)
	again, other := mustNew(t, search.CoSTA, o), search.NewTree(nil)
	for range 50 {
		reqs := live.Ask(tree, 1)
		if len(reqs) == 0 {
			break
		}
		r := reqs[0]
		out := search.Outcome{Failed: search.None, Samples: 1}
		switch a := tree.Action(r.Node); {
		case r.Kind == search.Judge:
			out.Verdict = search.Accepted
			for _, n := range tree.Path(r.Node) {
				if slices.Contains(bad, tree.Action(n)) {
					out.Verdict = search.Rejected
				}
			}
		case r.Node != search.Root && quality[a] < 0:
			out.Failed, out.Took = r.Node, 1
		default:
			n := at[r.Node]
			out.Took, out.Score = g.Nodes[n].Cost, quality[a]
			if r.Node == search.Root {
				out.Graph = g
			}
			for _, y := range g.Nodes[n].Next {
				for attempt := range 2 {
					out.Candidates = append(out.Candidates, search.Candidate{
						Parent: -1, Action: search.ActionID(10*y + attempt), Votes: 1, Remaining: -1, Prior: -1, Tool: int32(y),
					})
				}
			}
			if len(g.Nodes[n].Next) == 0 {
				out.Candidates = []search.Candidate{{Parent: -1, Action: 1, Finish: true, Votes: 1, Remaining: -1, Prior: -1}}
			}
		}
		live.Tell(tree, r, out)
		again.Tell(other, r, out)
		for c := range tree.Children(r.Node) {
			at[c] = int(tree.Action(c)) / 10
		}
	}
	if tree.Digest() != other.Digest() || !live.Done(tree) || !again.Done(other) {
		t.Error("the rebuilt tree differs, or the search doesn't end")
	}
	n, ok := live.Best(tree)
	return tree, n, ok
}

func TestCostaFollowsItsGraph(t *testing.T) {
	o := &search.Options{C: search.CostaOptions{Alpha: new(2.0), Deferred: true}}
	good := func(change map[search.ActionID]float64) map[search.ActionID]float64 {
		all := map[search.ActionID]float64{10: 1, 11: 1, 20: 1, 21: 1, 30: 1, 31: 1, 40: 1, 41: 1}
		for k, v := range change {
			all[k] = v
		}
		return all
	}
	for name, c := range map[string]struct {
		quality map[search.ActionID]float64
		path    []search.ActionID
		cost    float64
		bad     []search.ActionID
	}{
		"the cheapest":                   {good(nil), []search.ActionID{10, 30, 1}, 2, nil},
		"a rejected plan":                {good(map[search.ActionID]float64{30: .9}), []search.ActionID{10, 31, 1}, 2, []search.ActionID{30}},
		"a tool that is always rejected": {good(map[search.ActionID]float64{30: .9, 31: .9}), []search.ActionID{10, 40, 1}, 6, []search.ActionID{30, 31}},
		"the first of rejected plans":    {good(map[search.ActionID]float64{30: .9}), []search.ActionID{10, 30, 1}, 2, []search.ActionID{10, 11, 20, 21}},
		"another setting":                {good(map[search.ActionID]float64{30: .2}), []search.ActionID{10, 31, 1}, 2, nil},
		"another tool":                   {good(map[search.ActionID]float64{30: .2, 31: .3}), []search.ActionID{10, 40, 1}, 6, nil},
		"a tool that fails":              {good(map[search.ActionID]float64{10: -1, 11: -1}), []search.ActionID{20, 30, 1}, 3, nil},
		"a poor result rather than none": {good(map[search.ActionID]float64{30: .2, 31: .3, 40: -1, 41: -1}), []search.ActionID{10, 31, 1}, 2, nil},
	} {
		tree, n, ok := follow(t, o, c.quality, c.bad...)
		var path []search.ActionID
		for _, x := range tree.Path(n) {
			path = append(path, tree.Action(x))
		}
		if !ok || len(path) != 3 || path[0] != c.path[0] || path[1] != c.path[1] || tree.G(n) != c.cost {
			t.Errorf("%s: %v at %v, complete %v; want %v at %v", name, path, tree.G(n), ok, c.path, c.cost)
		}
	}
}

// TestCostaKeepsOrdersApart: washing and drying in either order are two places, whether or not they commute: a tool that comes
// to nothing in one of them would be out in all.
func TestCostaKeepsOrdersApart(t *testing.T) {
	graph := &search.ToolGraph{Nodes: []search.ToolNode{
		{Tool: -1, Subtask: -1, Quality: 1, Next: []int{1, 2}},
		{Tool: 0, Cost: 1, Quality: 1, Next: []int{3}}, {Tool: 1, Subtask: 1, Cost: 1, Quality: 1, Next: []int{4}},
		{Tool: 1, Subtask: 1, Cost: 1, Quality: 1}, {Tool: 0, Cost: 1, Quality: 1},
	}}
	s, tree := mustNew(t, search.CoSTA, &search.Options{Commutes: func(a, b search.ActionID) bool { return true }}), search.NewTree(nil)
	tell := func(n search.NodeID, o search.Outcome, tools ...int32) {
		o.Failed, o.Score = search.None, 1
		for _, y := range tools {
			o.Candidates = append(o.Candidates, search.Candidate{
				Parent: -1, Action: search.ActionID(graph.Nodes[y].Tool), Votes: 1, Remaining: -1, Prior: -1, Tool: y,
			})
		}
		s.Tell(tree, tree.Request(search.Expand, n), o)
	}
	tell(search.Root, search.Outcome{Graph: graph}, 1, 2)
	tell(1, search.Outcome{Took: 1}, 3)
	tell(2, search.Outcome{Took: 1}, 4)
	for n := range search.NodeID(tree.Len()) {
		if _, why := tree.Status(n); why != search.NoReason {
			t.Errorf("node %d: %s", n, why)
		}
	}
	if tree.Len() != 5 {
		t.Errorf("%d nodes, want 5", tree.Len())
	}
}

// TestCostaTakesTheGoalApartAgain: where no way passes its checks, or the plan is rejected and nothing rated its steps, another graph
// is asked for once, unless several samples agreed on the first; where none comes the first one stands.
func TestCostaTakesTheGoalApartAgain(t *testing.T) {
	one := func(tool int) *search.ToolGraph {
		return &search.ToolGraph{Nodes: []search.ToolNode{{Tool: -1, Subtask: -1, Quality: 1, Next: []int{1}}, {Tool: tool, Cost: 1, Quality: 1}}}
	}
	for name, c := range map[string]struct {
		second   *search.ToolGraph
		samples  int
		first    float64 // quality of the tool of the first graph
		verdict  search.Verdict
		action   search.ActionID
		accepted bool
		graphs   int
	}{
		"nothing passes":                  {one(1), 1, .2, search.Rejected, 20, true, 2},
		"the plan is rejected":            {one(1), 1, 1, search.Rejected, 20, true, 2},
		"the plan is accepted":            {one(1), 1, 1, search.Accepted, 10, true, 1},
		"several agreed":                  {one(1), 5, .2, search.Rejected, 10, false, 1},
		"no other list":                   {nil, 1, .2, search.Rejected, 10, false, 2},
		"no other list, and a right plan": {nil, 1, .2, search.Accepted, 10, true, 2},
		"a list that is none":             {&search.ToolGraph{}, 1, .2, search.Rejected, 10, false, 2},
	} {
		s, tree := mustNew(t, search.CoSTA, &search.Options{C: search.CostaOptions{Retries: -1}}), search.NewTree(nil)
		g, graphs := one(0), 0
		for range 20 {
			reqs := s.Ask(tree, 1)
			if len(reqs) == 0 {
				break
			}
			r, out := reqs[0], search.Outcome{Failed: search.None, Samples: 1}
			a := search.ActionID(0)
			for _, n := range tree.Path(r.Node) {
				a = max(a, tree.Action(n))
			}
			next := search.Candidate{Parent: -1, Votes: 1, Remaining: -1, Prior: -1, Finish: true, Action: 1}
			switch {
			case r.Kind == search.Judge:
				if out.Verdict = c.verdict; a == 20 {
					out.Verdict = search.Accepted
				}
			case r.Node == search.Root:
				if graphs++; graphs == 1 {
					out.Graph, out.Samples = g, c.samples
				} else if out.Graph = c.second; c.second != nil && len(c.second.Nodes) > 0 {
					g = c.second
				}
				next.Finish, next.Action, next.Tool = false, search.ActionID(10*(g.Nodes[1].Tool+1)), 1
			default:
				if out.Took, out.Score = 1, c.first; a == 20 {
					out.Score = 1
				}
			}
			if r.Kind == search.Expand {
				out.Candidates = []search.Candidate{next}
			}
			s.Tell(tree, r, out)
		}
		n, ok := s.Best(tree)
		v, _ := tree.Verdict(n)
		if path := tree.Path(n); !ok || !s.Done(tree) || tree.Action(path[0]) != c.action || (v == search.Accepted) != c.accepted || graphs != c.graphs {
			t.Errorf("%s: plan by %d, verdict %v, whole %v, after %d graphs; want %+v", name, tree.Action(path[0]), v, ok, graphs, c)
		}
	}
}
