package search_test

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

func mustNew(t testing.TB, name string, o *search.Options) search.Strategy {
	t.Helper()
	s, err := search.New(name, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConformance(t *testing.T) {
	for name, o := range map[string]*search.Options{
		search.Uniform:             nil,
		search.Greedy:              nil,
		search.Vote:                {Samples: 3},
		search.ComputeOptimal:      {TTS: search.TTSOptions{Table: byDifficulty(search.Beam, search.BestOfN, search.DiverseBeam)}, Base: search.Greedy},
		search.Majority:            {Select: search.Weighted, Plans: 3},
		search.BestOfN:             {Select: search.Weighted, Plans: 3, Base: search.Vote},
		search.QStar:               {Q: search.QStarOptions{Weight: new(.75), Batch: 2}},
		search.Vote + "/commuting": {Commutes: func(a, b search.ActionID) bool { return true }},
		search.Uniform + "/some":   {Commutes: func(a, b search.ActionID) bool { return (a+b)%2 == 0 }},
	} {
		name, _, _ := strings.Cut(name, "/")
		t.Run(name, func(t *testing.T) {
			searchtest.Conformance(t, func() (search.Strategy, *search.Tree) {
				return mustNew(t, name, o), search.NewTree(nil)
			})
		})
	}
}
