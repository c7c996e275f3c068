package search_test

import (
	"math"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

func parse(t *testing.T, script string) *searchtest.Script {
	t.Helper()
	s, err := searchtest.Parse(script)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestParallelKeepsTheBound: a judged plan is no answer while something asked for earlier could still beat it.
func TestParallelKeepsTheBound(t *testing.T) {
	m := parse(t, `
: a*3, b*2
a: end*5
b: end*5`)
	s, tree := mustNew(t, search.Uniform, nil), search.NewTree(nil)
	searchtest.Run(s, tree, m.Answer, 1)
	reqs := append([]search.Request(nil), s.Ask(tree, 2)...) // a and b
	if len(reqs) != 2 {
		t.Fatalf("asked %v", reqs)
	}
	s.Tell(tree, reqs[1], m.Answer(tree, reqs[1]))
	plan := s.Ask(tree, 1)[0] // b's end
	s.Tell(tree, plan, search.Outcome{Failed: search.None})
	if s.Done(tree) || len(s.Ask(tree, 1)) != 0 {
		t.Fatal("done, or asking, while the better call a is under way")
	}
	s.Tell(tree, reqs[0], m.Answer(tree, reqs[0]))
	searchtest.Run(s, tree, m.Answer, 5)
	if n, complete := s.Best(tree); !complete || m.Key(tree, n) != "a end" {
		t.Errorf("best is %q", m.Key(tree, n))
	}
}

// TestCrashAsksAgain: what was pending when a process died is asked for again under the same ids.
func TestCrashAsksAgain(t *testing.T) {
	m := parse(t, ": a*3, b*2\na: c*5\nb: d*5")
	live, tree := mustNew(t, search.Uniform, nil), search.NewTree(nil)
	told := searchtest.Run(live, tree, m.Answer, 1)
	lost := append([]search.Request(nil), live.Ask(tree, 2)...)
	fresh, other := mustNew(t, search.Uniform, nil), search.NewTree(nil)
	for _, x := range told {
		fresh.Tell(other, x.Request, x.Outcome)
	}
	again := fresh.Ask(other, 2)
	if len(again) != len(lost) || again[0] != lost[0] || again[1] != lost[1] {
		t.Errorf("lost %v, asked again %v", lost, again)
	}
}

func TestForeignOutcomesAreIgnored(t *testing.T) {
	m := parse(t, ": a*3, b*2")
	s, tree := mustNew(t, search.Uniform, nil), search.NewTree(nil)
	searchtest.Run(s, tree, m.Answer, 1)
	before := tree.Digest()
	o := search.Outcome{Failed: search.None, Samples: 1, Candidates: []search.Candidate{{Parent: -1, Action: 9, Votes: 1}}}
	for _, r := range []search.Request{
		{ID: 77, Node: 1},
		{ID: tree.Request(search.Expand, 1).ID, Node: 2},
		{ID: 0, Node: 99},
		{ID: 0, Node: 1, Kind: search.Judge},
		{ID: 0, Node: search.Root, Kind: search.Commit},
		{ID: 0, Node: 1, Kind: 9},
	} {
		s.Tell(tree, r, o)
		if tree.Digest() != before {
			t.Fatalf("%+v changed the tree", r)
		}
	}
}

// TestNonsenseCandidates: parents that come later, children of answers, votes below one and numbers that are none.
func TestNonsenseCandidates(t *testing.T) {
	s, tree := mustNew(t, search.Uniform, nil), search.NewTree([]string{"price"})
	s.Tell(tree, tree.Request(search.Expand, search.Root), search.Outcome{Failed: search.Root, Samples: -4, Candidates: []search.Candidate{
		{Parent: 3, Action: 1, Votes: 1},
		{Parent: -1, Action: 2, Votes: -7, Remaining: math.NaN(), Prior: math.Inf(1), Parts: []float64{math.NaN(), 3}},
		{Parent: -9, Action: 3, Votes: 1, Finish: true, Remaining: math.Inf(1), Prior: -1},
		{Parent: 2, Action: 4, Votes: 1},
		{Parent: 0, Action: 5, Votes: 1},
	}})
	if tree.Len() != 3 || tree.Samples(search.Root) != 2 || tree.Votes(1) != 1 || tree.Remaining(1) >= 0 || tree.Part(1, 0) != 1 {
		t.Errorf("%d nodes, %d samples, %d votes, remaining %v, part %v",
			tree.Len(), tree.Samples(search.Root), tree.Votes(1), tree.Remaining(1), tree.Part(1, 0))
	}
	invariants(t, tree)
}

// TestLateOutcomeBelowADroppedCall: it is kept, dropped like what it is below, and never asked about.
func TestLateOutcomeBelowADroppedCall(t *testing.T) {
	m := parse(t, ": a*5\na: b*3, c*2\na b: d*5\na c: d*5")
	s, tree := mustNew(t, search.Uniform, nil), search.NewTree(nil)
	searchtest.Run(s, tree, m.Answer, 2)
	reqs := append([]search.Request(nil), s.Ask(tree, 2)...)
	s.Tell(tree, reqs[0], search.Outcome{Failed: m.Find(tree, "a")})
	if !s.Done(tree) {
		t.Error("not done although the only call failed")
	}
	s.Tell(tree, reqs[1], m.Answer(tree, reqs[1]))
	n := m.Find(tree, "a c d")
	if status, why := tree.Status(n); status != search.Pruned || why != search.AboveDropped {
		t.Errorf("%v, %v", status, why)
	}
	if len(s.Ask(tree, 3)) != 0 {
		t.Error("asks below a call that failed")
	}
}
