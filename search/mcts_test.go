package search

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// twoLevel is a tree with a root and some children that were proposed once each, or as often as votes says.
func twoLevel(t *testing.T, o TreeOptions, name string, votes ...int32) (*mcts, *Tree) {
	t.Helper()
	s, err := New(name, &Options{Tree: o})
	if err != nil {
		t.Fatal(err)
	}
	tree := NewTree(nil)
	out := Outcome{Failed: None}
	for i, v := range votes {
		out.Candidates = append(out.Candidates, Candidate{Parent: -1, Action: ActionID(i), Votes: v, Remaining: -1, Prior: -1})
		out.Samples += int(v)
	}
	s.Tell(tree, tree.Request(Expand, Root), out)
	m := s.(*searcher).by.(*mcts)
	tree.stats = make([]stat, tree.Len())
	m.flying = make([]uint32, tree.Len())
	return m, tree
}

// TestPUCT is check 2 of core-planning 5.7: an unvisited child scores c P sqrt(N), and with c = 0 the highest mean wins.
func TestPUCT(t *testing.T) {
	m, tree := twoLevel(t, TreeOptions{}, CPL, 3, 1, 1)
	tree.stats[Root].visits = 9
	if got, want := m.score(tree, Root, 1), 1.5*.6*3; math.Abs(got-want) > 1e-12 {
		t.Errorf("an unvisited child scores %v, want %v", got, want)
	}
	tree.stats[2] = stat{visits: 3, sum: 1.5}
	if got, want := m.score(tree, Root, 2), .5+1.5*.2*3/4; math.Abs(got-want) > 1e-12 {
		t.Errorf("a visited child scores %v, want %v", got, want)
	}
	rapid.Check(t, func(rt *rapid.T) {
		m, tree := twoLevel(t, TreeOptions{Explore: new(0.0)}, CPL, 1, 1, 1, 1)
		best := math.Inf(-1)
		for n := NodeID(1); n <= 4; n++ {
			visits := rapid.Uint32Range(1, 9).Draw(rt, "visits")
			tree.stats[n] = stat{visits: visits, sum: rapid.Float64Range(-1, 1).Draw(rt, "mean") * float64(visits)}
			tree.stats[Root].visits += visits
			best = max(best, m.quality(tree, n))
		}
		if got := m.quality(tree, m.promising(tree, Root)); got != best {
			rt.Fatalf("a mean of %v was taken, the highest is %v", got, best)
		}
	})
}

// TestUCT: the paper's V + w sqrt(ln N / n), with the running mean taken as it is, and the prior in its place at first.
func TestUCT(t *testing.T) {
	m, tree := twoLevel(t, TreeOptions{Lambda: new(.25)}, LATS, 3, 2)
	tree.rate(Root, []float64{.8, .4})
	tree.stats[Root].visits = 5
	tree.stats[2] = stat{visits: 4, sum: 3}
	if got, want := m.score(tree, Root, 1), .25*.8+.75*.6+math.Sqrt(math.Log(5)); math.Abs(got-want) > 1e-12 {
		t.Errorf("an unvisited child scores %v, want %v", got, want)
	}
	if got, want := m.score(tree, Root, 2), .75+math.Sqrt(math.Log(5)/4); math.Abs(got-want) > 1e-12 {
		t.Errorf("a visited child scores %v, want %v", got, want)
	}
	m.flying[2] = 1
	if got, want := m.score(tree, Root, 2), .6+math.Sqrt(math.Log(5)/5); math.Abs(got-want) > 1e-12 {
		t.Errorf("with a pass under way it scores %v, want %v", got, want)
	}
}

// TestCalcAndCum: Q is CALC of what passes brought, each of which is CUM of the rewards from the node to the pass's end.
func TestCalcAndCum(t *testing.T) {
	for _, c := range []struct {
		cum, calc string
		want      float64 // at the first child, after passes through both of its children
	}{
		{Mean, Mean, ((.6+.75+goal*.5)/2 + (.6+.25+goal*.9)/2) / 2},
		{Mean, Max, (.6 + .25 + goal*.9) / 2},
		{Sum, Mean, ((.6 + .75 + goal*.5) + (.6 + .25 + goal*.9)) / 2},
		{Sum, Max, .6 + .25 + goal*.9},
	} {
		m, tree := twoLevel(t, TreeOptions{Cum: c.cum, Calc: c.calc}, RAP, 3, 2)
		n := tree.FirstChild(Root)
		tree.nodes[0][n].samples = 4
		for i, v := range []int32{3, 1} {
			tree.add(node{parent: n, first: None, last: None, next: None, action: ActionID(i), votes: v, depth: 2})
		}
		m.backup(tree, 3, .5)
		m.backup(tree, 4, .9)
		if got := m.quality(tree, n); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s of %s: %v, want %v", c.calc, c.cum, got, c.want)
		}
		if visits, _ := tree.Visits(Root); visits != 2 {
			t.Errorf("%d passes at the root, want 2", visits)
		}
	}
}
