package lexical_test

import (
	"context"
	"encoding/json"
	"flag"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/home"
	homegrade "github.com/azimuthdev/azimuth/bench/world/home/grade"
	"github.com/azimuthdev/azimuth/bench/world/trip"
	tripgrade "github.com/azimuthdev/azimuth/bench/world/trip/grade"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/lexical"
	"github.com/azimuthdev/azimuth/tool"
)

var showMisses = flag.Bool("misses", false, "log each request that the greedy walk gets wrong")

// walk follows the first sample of temperature 0 until it finishes, and returns the calls it made.
func walk(t *testing.T, m *lexical.Model, w tool.World, goal string) (calls []tool.Call, steps []model.Step, answer string) {
	t.Helper()
	for range 60 {
		r, err := m.Propose(context.Background(), model.Request{Tools: w.Specs(), Goal: goal, Steps: steps, N: 1})
		if err != nil {
			t.Fatal(err)
		}
		s := r.Samples[0]
		if len(s.Calls) == 0 {
			return calls, steps, s.Answer
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
		calls, steps = append(calls, c), append(steps, step)
	}
	t.Logf("no end: %s", goal)
	return calls, steps, ""
}

type request struct {
	goal string
	gold tripgrade.Label
}

// rate walks through requests and returns the share that reaches the goal: the state is the label's and no call
// failed.
func rate(t *testing.T, world func() tool.World, requests []request) float64 {
	t.Helper()
	good, m := 0, lexical.New(nil)
	for _, q := range requests {
		w := world()
		_, steps, _ := walk(t, m, w, q.goal)
		ok, f1 := tripgrade.Score(w.State(), q.gold)
		for _, s := range steps {
			ok = ok && !s.Result.IsError
		}
		if ok {
			good++
		} else if *showMisses {
			t.Logf("f1 %.2f\n  goal %s\n  state %s", f1, q.goal, w.State())
			t.Logf("gold  %s", q.gold.Dict)
			for _, s := range steps {
				if s.Result.IsError {
					t.Logf("  failed %s: %s", s.Call, s.Result.Content)
				}
			}
		}
	}
	return float64(good) / float64(len(requests))
}

func TestTripRate(t *testing.T) {
	const n = 150
	var qs []request
	for i, task := range trip.Generate(11, n) {
		qs = append(qs, request{task.Goal, tripgrade.Gold(11, i)})
	}
	r := rate(t, func() tool.World { return trip.New() }, qs)
	t.Logf("trip: %.1f %% of %d", 100*r, n)
	if r < 0.8 {
		t.Errorf("trip: %.3f of the greedy walks reach the goal, want 0.8", r)
	}
}

func TestHomeRate(t *testing.T) {
	const n = 150
	var qs []request
	for i, task := range home.Generate(11, n) {
		qs = append(qs, request{task.Goal, homegrade.Gold(11, i)})
	}
	r := rate(t, func() tool.World { return home.New() }, qs)
	t.Logf("home: %.1f %% of %d", 100*r, n)
	if r < 0.8 {
		t.Errorf("home: %.3f of the greedy walks reach the goal, want 0.8", r)
	}
}
