package engine_test

import (
	"context"
	"testing"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/engine"
)

// TestHealthIsOfTheRun: how tools did is counted as it is told, so that work ahead doesn't change prices before its turn, and a run
// that is taken up goes by what the one before met with.
func TestHealthIsOfTheRun(t *testing.T) {
	failing := map[string][]string{
		"": {"look x3", "find x2"}, "(look)": {"find x4", "= nothing"}, "find": {"look x3", "read x2"}, "find (look)": {"read x5"},
		"find read": {"= read x5"}, "(look) find": {"read x5"},
	}
	var want map[string]float64
	for _, width := range []int{1, 4} {
		b := newBench(t, "look:read find:read read:read", failing)
		b.box.fail["look"], b.opts.Parallel = 9, width
		of := func(again bool) (*engine.Engine, map[string]float64) {
			h := &cost.Health{}
			cfg := b.config("r", again)
			cfg.Costs.Steps, b.opts.Health = []cost.Step{h}, h
			e, err := engine.New(cfg, &b.opts)
			must(t, err)
			if again {
				must(t, e.Rebuild(context.Background(), b.store.Records(context.Background(), "r", 1)))
			} else if _, err := e.Run(context.Background()); err != nil {
				t.Fatal(err)
			}
			got := map[string]float64{}
			for _, name := range []string{"look", "find", "read"} {
				got[name] = h.Failures(name)
			}
			return e, got
		}
		live, got := of(false)
		if want == nil {
			want = got
		}
		rebuilt, restored := of(true)
		for name := range want {
			if got[name] != want[name] || restored[name] != want[name] {
				t.Errorf("width %d: failures of %s are %v, rebuilt %v; want %v", width, name, got[name], restored[name], want[name])
			}
		}
		if want["look"] <= .1 || live.Tree().Digest() != rebuilt.Tree().Digest() {
			t.Errorf("width %d: %v, or the rebuilt tree differs", width, want)
		}
	}
}
