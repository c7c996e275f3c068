package puzzle_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/bench/puzzle"
)

// TestRun on short scrambles: every instance is solved, at the least cost where that is promised, and Q* generates fewer
// states than A* in every setting, the more so with more actions.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	at := time.Unix(0, 0)
	rows := 0
	r, err := puzzle.Run(t.Context(), &puzzle.Options{
		Seed: 1, Instances: 2, Turns: 6, Progress: func(puzzle.Row) { rows++ },
		Now: func() time.Time { at = at.Add(time.Millisecond); return at },
	})
	if err != nil {
		t.Fatal(err)
	}
	if rows != len(r.Rows) {
		t.Errorf("%d rows, told of %d", len(r.Rows), rows)
	}
	for i, x := range r.Rows {
		if x.Solved != x.Instances || x.Admissible && x.Weight == 1 && x.Optimal != x.Instances || x.Millis != 1 {
			t.Errorf("%+v", x)
		}
		if want := 1 + x.Evaluations; x.Method != puzzle.Dijkstra && x.Computed != want {
			t.Errorf("computed %v ms, want %v", x.Computed, want)
		}
		if x.Method == puzzle.QStar && x.Generated >= r.Rows[i-1].Generated {
			t.Errorf("Q* generated %v states, A* %v: %+v", x.Generated, r.Rows[i-1].Generated, x)
		}
	}
	for _, c := range r.Checks {
		if !c.Holds && !strings.Contains(c.What, "time") && !strings.Contains(c.What, "saved") {
			t.Errorf("%+v", c)
		}
	}
	if r.Holds() {
		t.Error("a clock that stands still with every instance can't show that Q* is faster")
	}
	var b bytes.Buffer
	if err := r.Text(&b); err != nil || !strings.Contains(b.String(), "1884") || !strings.Contains(b.String(), "✗") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

func TestRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := puzzle.Run(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	for _, o := range []puzzle.Options{{Instances: -1}, {Turns: 13}, {Pass: time.Hour}} {
		if _, err := puzzle.Run(ctx, &o); !errors.Is(err, puzzle.ErrOptions) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
