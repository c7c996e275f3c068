package cost_test

import (
	"testing"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

func mustScorer(t testing.TB, preset string, o *cost.Options) search.Scorer {
	t.Helper()
	s, err := cost.New(preset, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustNew(t testing.TB, name string, o *search.Options) search.Strategy {
	t.Helper()
	s, err := search.New(name, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConformance(t *testing.T) {
	for _, preset := range cost.Presets() {
		for _, v := range []struct {
			name string
			o    search.Options
		}{
			{"plain", search.Options{}},
			{"gate", search.Options{Gate: 0.6, Samples: 3}},
			{"adaptive", search.Options{Adaptive: true}},
			{"reopen", search.Options{ReopenMax: 20}},
			{"commuting", search.Options{Commutes: func(a, b search.ActionID) bool { return true }}},
		} {
			t.Run(preset+"/"+v.name, func(t *testing.T) {
				searchtest.Conformance(t, func() (search.Strategy, *search.Tree) {
					o := v.o
					o.Preset, o.Scorer = preset, mustScorer(t, preset, nil)
					return mustNew(t, search.AStar, &o), search.NewTree(nil)
				})
			})
		}
	}
}
