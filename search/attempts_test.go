package search_test

import (
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// TestSamplesOfOnePlaceInAnyOrder: plans that begin side by side are asked for under ids of their own, which can be told in
// any order, once each; what was lost is asked for again under its own id.
func TestSamplesOfOnePlaceInAnyOrder(t *testing.T) {
	for name, o := range map[string]*search.Options{search.BestOfN: {Plans: 4}, search.Majority: {Plans: 4, Base: search.Vote}} {
		m := parse(t, ": a*5\na: end*5")
		s, tree := mustNew(t, name, o), search.NewTree(nil)
		asked := slices.Clone(s.Ask(tree, 3))
		if len(asked) != 3 || asked[0].Node != search.Root || asked[0].ID == asked[1].ID || asked[1].ID == asked[2].ID {
			t.Fatalf("%s: asked %v, want three samples of the beginning", name, asked)
		}
		answer := m.Answer(tree, asked[0])
		s.Tell(tree, asked[2], answer)
		s.Tell(tree, asked[1], answer)
		once := tree.Digest()
		s.Tell(tree, asked[2], answer)
		if tree.Digest() != once || tree.Samples(search.Root) != 10 {
			t.Errorf("%s: told twice, %d samples", name, tree.Samples(search.Root))
		}
		again, other := mustNew(t, name, o), search.NewTree(nil)
		again.Tell(other, asked[2], answer)
		again.Tell(other, asked[1], answer)
		if other.Digest() != once {
			t.Errorf("%s: the rebuilt tree differs", name)
		}
		if reqs := again.Ask(other, 9); !slices.Contains(reqs, asked[0]) || slices.Contains(reqs, asked[1]) {
			t.Errorf("%s: asks for %v, but only %v was lost", name, reqs, asked[0])
		}
		s.Tell(tree, asked[0], answer)
		searchtest.Run(s, tree, m.Answer, 40)
		if n, complete := s.Best(tree); !complete || m.Key(tree, n) != "a end" || !s.Done(tree) {
			t.Errorf("%s: best is %q", name, m.Key(tree, n))
		}
	}
}

// TestABeamSamplesBeforeItRates: so that the samples of a level, and then its ratings, can be worked on at once.
func TestABeamSamplesBeforeItRates(t *testing.T) {
	m := parse(t, ": a*3, b*2\na: c*5\nb: d*5")
	s, tree := mustNew(t, search.Beam, &search.Options{Width: 2}), search.NewTree(nil)
	for range 2 { // the beginning, and what follows it rated
		r := s.Ask(tree, 1)[0]
		s.Tell(tree, r, answerOrRate(m, tree, r))
	}
	reqs := slices.Clone(s.Ask(tree, 4))
	if len(reqs) != 2 || reqs[0].Kind != search.Expand || reqs[1].Kind != search.Expand {
		t.Fatalf("asks %v, want the samples of both places", reqs)
	}
	s.Tell(tree, reqs[0], m.Answer(tree, reqs[0]))
	if a := s.(search.Ahead).Ahead(tree, 4); len(a) != 1 || a[0] != tree.Request(search.Evaluate, reqs[0].Node) {
		t.Errorf("ahead %v, want the rating of the first place", a)
	}
}

func answerOrRate(m *searchtest.Script, t *search.Tree, r search.Request) search.Outcome {
	if r.Kind == search.Evaluate {
		return search.Outcome{Failed: search.None, Values: []float64{.9, .8}}
	}
	return m.Answer(t, r)
}
