package azimuth_test

import (
	"context"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/bench/world/grade"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/tool"
)

// TestLexicalModelReachesGoalsInTheWorlds is the newcomer's first command, graded: no key, no network, requests that
// nobody tuned for, all defaults.
func TestLexicalModelReachesGoalsInTheWorlds(t *testing.T) {
	const tasks, want = 25, 20
	for _, name := range []string{"home", "trip"} {
		w, err := world.Open(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		all, err := world.Tasks(name, 11, tasks)
		if err != nil {
			t.Fatal(err)
		}
		reached := 0
		for i, task := range all {
			a, err := azimuth.New(nil, &azimuth.Options{World: w})
			if err != nil {
				t.Fatal(err)
			}
			r, err := a.Run(context.Background(), task.Goal)
			if err != nil {
				t.Fatal(err)
			}
			if r.Status == engine.Succeeded && graded(t, name, w, r, i) {
				reached++
			}
		}
		t.Logf("%s: %d of %d", name, reached, tasks)
		if reached < want {
			t.Errorf("%s: %d of %d goals reached, want at least %d", name, reached, tasks, want)
		}
	}
}

// graded carries the steps out on a fresh copy of the world and asks the grader.
func graded(t *testing.T, name string, w tool.World, r *azimuth.Result, i int) bool {
	t.Helper()
	gold, err := grade.Gold(name, 11, i)
	if err != nil {
		t.Fatal(err)
	}
	calls := make([]tool.Call, len(r.Steps))
	for k, s := range r.Steps {
		calls[k] = tool.Call{Tool: s.Tool, Args: s.Args}
	}
	g, err := grade.Plan(context.Background(), w.Fork(), calls, gold)
	if err != nil {
		t.Fatal(err)
	}
	if !g.Success {
		t.Logf("%s %d: %s: %s", name, i, g.Reason, gold.Goal)
	}
	return g.Success
}
