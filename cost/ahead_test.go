package cost_test

import (
	"testing"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/search"
)

// TestOutlinesAreForeseen: while a place is asked for more samples, what the outlines so far say comes after it is what to
// work ahead on, down to the verdict on the plan.
func TestOutlinesAreForeseen(t *testing.T) {
	sc, err := cost.New(search.Outline, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := search.New(search.AStar, &search.Options{Preset: search.Outline, Scorer: sc})
	if err != nil {
		t.Fatal(err)
	}
	tree := search.NewTree(nil)
	s.Tell(tree, s.Ask(tree, 1)[0], search.Outcome{Failed: search.None, Samples: 1, Candidates: []search.Candidate{
		{Parent: -1, Action: 1, Votes: 1, Remaining: 2, Prior: -1},
		{Parent: 0, Action: 2, Imagined: true, Votes: 1, Remaining: 1, Prior: -1},
		{Parent: 1, Action: 3, Finish: true, Imagined: true, Votes: 1, Prior: -1},
	}})
	if r := s.Ask(tree, 1); len(r) != 1 || r[0].Node != search.Root {
		t.Fatalf("asks %v, want more samples of the beginning", r)
	}
	got := s.(search.Ahead).Ahead(tree, 8)
	if len(got) != 3 || got[0].Node != 1 || got[1].Node != 2 || got[2] != tree.Request(search.Judge, 3) {
		t.Errorf("ahead %v, want the two steps of the outline and its verdict", got)
	}
	if got := s.(search.Ahead).Ahead(tree, 1); len(got) != 1 {
		t.Errorf("ahead %v, want one", got)
	}
}
