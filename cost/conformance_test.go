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

// TestNothingCommutes: where no two calls commute the trees are those without the switch, to the last bit.
func TestNothingCommutes(t *testing.T) {
	for _, name := range search.Names() {
		for _, preset := range cost.Presets() {
			if name != search.AStar && preset != cost.Presets()[0] {
				continue
			}
			for seed := range uint64(20) {
				f := &searchtest.Forest{Seed: seed, Breadth: 3, Depth: 4, Chains: true, Fail: float64(seed%3) / 10, Reject: float64(seed%2) / 2}
				var digests [2]uint64
				for i := range digests {
					o := search.Options{Preset: preset}
					if name == search.AStar {
						o.Scorer = mustScorer(t, preset, nil)
					}
					if i > 0 {
						o.Commutes = func(a, b search.ActionID) bool { return false }
					}
					s, tree := mustNew(t, name, &o), search.NewTree(nil)
					searchtest.Run(s, tree, f.Answer, 60)
					digests[i] = tree.Digest()
				}
				if digests[0] != digests[1] {
					t.Errorf("%s %s, seed %d: the trees differ", name, preset, seed)
				}
			}
		}
	}
}
