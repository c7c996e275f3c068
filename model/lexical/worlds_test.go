package lexical_test

import (
	"context"
	"encoding/json"
	"flag"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/bench/world/grade"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/lexical"
	"github.com/azimuthdev/azimuth/tool"
)

var (
	showMisses = flag.Bool("misses", false, "log each request that the walk gets wrong")
	worldSeed  = flag.Uint64("world-seed", 77, "seed of the worlds' requests")
	walks      = flag.Int("walks", 60, "requests a world; a quarter of them for sampled walks and crowds")
)

// walk follows the first sample until it finishes, and returns the steps it made and the answer.
func walk(t *testing.T, m *lexical.Model, w tool.World, goal string, temperature float64) (steps []model.Step, answer string) {
	t.Helper()
	for i := range 60 {
		r, err := m.Propose(context.Background(), model.Request{Tools: w.Specs(), Goal: goal, Steps: steps, N: 1, Temperature: temperature, Seed: uint64(i)})
		if err != nil {
			t.Fatal(err)
		}
		s := r.Samples[0]
		if len(s.Calls) == 0 {
			return steps, s.Answer
		}
		c := tool.Call{Tool: s.Calls[0].Tool, Args: json.RawMessage(s.Calls[0].Args)}
		res, err := w.Call(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		step := model.Step{Call: c, Result: res}
		if res.IsError {
			step.Status = model.Failed
		}
		steps = append(steps, step)
	}
	t.Logf("no end: %s", goal)
	return steps, ""
}

// request is a goal and what judges the session that tried to reach it.
type request struct {
	goal  string
	score func(state json.RawMessage) (ok bool, f1 float64)
}

// rate walks through requests and returns the share that reaches the goal: the state is the label's and no call
// failed.
func rate(t *testing.T, fresh func() tool.World, requests []request, temperature float64) float64 {
	t.Helper()
	good, m := 0, lexical.New(nil)
	for _, q := range requests {
		w := fresh()
		steps, _ := walk(t, m, w, q.goal, temperature)
		ok, f1 := q.score(w.State())
		for _, s := range steps {
			ok = ok && !s.Result.IsError
		}
		if ok {
			good++
		} else if *showMisses {
			t.Logf("f1 %.2f\n%s\n%s", f1, q.goal, w.State())
		}
	}
	return float64(good) / float64(len(requests))
}

func requests(t *testing.T, name string, n int) (out []request) {
	tasks, err := world.Tasks(name, *worldSeed, n)
	if err != nil {
		t.Fatal(err)
	}
	for i, task := range tasks {
		gold, err := grade.Gold(name, *worldSeed, i)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, request{task.Goal, func(s json.RawMessage) (bool, float64) { return grade.Score(s, gold) }})
	}
	return out
}

// TestWorldRates measures walks over generated requests: greedy ones, sampled ones, and greedy ones among 20 tools
// that nobody asked for.
// The least rates are far below what is measured, for requests change.
func TestWorldRates(t *testing.T) {
	for _, tt := range []struct {
		what, world string
		n           int
		options     world.Options
		temperature float64
		least       float64
	}{
		{"greedy", "trip", *walks, world.Options{}, 0, 0.8},
		{"greedy", "home", *walks, world.Options{}, 0, 0.8},
		{"sampled at 0.7", "trip", *walks / 4, world.Options{}, 0.7, 0.7},
		{"sampled at 0.7", "home", *walks / 4, world.Options{}, 0.7, 0.7},
		{"20 distractors", "trip", *walks / 4, world.Options{Distractors: 20, Seed: 5}, 0, 0.7},
		{"20 distractors", "home", *walks / 4, world.Options{Distractors: 20, Seed: 5}, 0, 0.7},
	} {
		name := tt.world + ", " + tt.what
		t.Run(name, func(t *testing.T) {
			fresh, err := world.Open(tt.world, &tt.options)
			if err != nil {
				t.Fatal(err)
			}
			all := requests(t, tt.world, tt.n)
			r := rate(t, fresh.Fork, all, tt.temperature)
			t.Logf("%s: %.1f %% of %d", name, 100*r, len(all))
			if r < tt.least {
				t.Errorf("%.3f of the walks reach the goal, want %.2f", r, tt.least)
			}
		})
	}
}
