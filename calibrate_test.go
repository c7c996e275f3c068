package azimuth_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/journal"
)

// What can't be used is counted, and an error says what there is and what is needed.
func TestCalibrateCountsWhatItLeavesOut(t *testing.T) {
	w, err := world.Open("trip", nil)
	if err != nil {
		t.Fatal(err)
	}
	store, ctx := journal.NewMemory(), context.Background()
	for _, s := range []azimuth.Settings{{}, {Strategy: "vote"}, {Strategy: "greedy"}, {Budget: budget.Limits{Expansions: 1}}} {
		a, err := azimuth.New(nil, &azimuth.Options{Settings: s, World: w, Store: store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Run(ctx, "Find a bus from Chicago to Buffalo on 2027-07-11."); err != nil {
			t.Fatal(err)
		}
	}
	c, err := azimuth.Calibrate(ctx, store, nil)
	if !errors.Is(err, cost.ErrEvidence) || !strings.Contains(err.Error(), "in 0 runs; 100 calls in 10 runs are needed") {
		t.Errorf("got %v", err)
	}
	if c == nil || c.Unfinished != 1 || c.Unweighed != 2 || c.Unaccepted != 1 {
		t.Errorf("left out: %+v", c)
	}
	c, err = azimuth.Calibrate(ctx, store, &azimuth.CalibrateOptions{Unjudged: true})
	if !errors.Is(err, cost.ErrEvidence) || c.Unaccepted != 0 || c.Unfinished != 1 {
		t.Errorf("with all: %v, %+v", err, c)
	}
	if _, err := azimuth.Calibrate(ctx, store, &azimuth.CalibrateOptions{Runs: []string{"none"}}); !errors.Is(err, journal.ErrNoRun) {
		t.Errorf("a run that is not there: %v", err)
	}
}
