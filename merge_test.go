package azimuth_test

import (
	"context"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
)

// TestMergedRunsAreRepeated: with votes that orders of commuting calls share, every width grows the same tree, and the
// journal leads to it again; and calls do change places, or the trees without the switch would be the same.
func TestMergedRunsAreRepeated(t *testing.T) {
	tasks, err := noisy.Tasks("trip", 3, 2)
	if err != nil {
		t.Fatal(err)
	}
	m, err := noisy.New(tasks, noisy.Params{P: .65, E: .3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for _, task := range tasks {
		for _, s := range []azimuth.Settings{
			{Strategy: search.Vote}, {Preset: search.Azimuth}, {Preset: search.Outline}, {Preset: search.Auto}, {Strategy: search.BestOfN, Plans: 2},
		} {
			s.Budget = budget.Limits{Expansions: 25} // waste counts against calls, not against these
			run := func(merge bool, parallel int) uint64 {
				s.Merge, s.Parallel = merge, parallel
				var live uint64
				store := journal.NewMemory()
				a, err := azimuth.New(nil, &azimuth.Options{
					World: task.World, Model: m, Store: store, Settings: s,
					Events: &engine.Events{Told: func(tree *search.Tree, _ journal.Told) { live = tree.Digest() }},
				})
				if err != nil {
					t.Fatal(err)
				}
				r, err := a.Run(context.Background(), task.Gold.Goal)
				if err != nil {
					t.Fatal(err)
				}
				v, err := azimuth.OpenView(context.Background(), store, r.RunID, nil)
				if err != nil {
					t.Fatal(err)
				}
				if got := v.Tree.Digest(); got != live {
					t.Errorf("%s%s, merge %v, width %d: the rebuilt tree differs", s.Strategy, s.Preset, merge, parallel)
				}
				return live
			}
			one := run(true, 1)
			if run(true, 4) != one {
				t.Errorf("%s%s: another tree at width 4", s.Strategy, s.Preset)
			}
			if run(false, 1) != one {
				changed++
			}
		}
	}
	if changed < 8 {
		t.Errorf("%d of 10 trees differ from those without the switch", changed)
	}
}
