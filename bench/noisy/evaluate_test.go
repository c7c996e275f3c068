package noisy_test

import (
	"errors"
	"math"
	"testing"

	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/model"
)

// TestEvaluateSeparates holds the ratings to what is stated of them: the means, the probability that a right option is
// rated above a wrong one, and that half of the variance stays when one asks again.
func TestEvaluateSeparates(t *testing.T) {
	tasks, err := noisy.Tasks("home", 5, 150)
	if err != nil {
		t.Fatal(err)
	}
	for gap, auc := range map[float64]float64{0: .76, .1: .64, .4: .92} {
		m, err := noisy.New(tasks, noisy.Params{P: .65}, &noisy.Options{Gap: gap})
		if err != nil {
			t.Fatal(err)
		}
		var right, wrong, again []float64
		for _, task := range tasks {
			for i, c := range task.Gold.Plan {
				var steps []model.Step
				for _, d := range task.Gold.Plan[:i] {
					steps = append(steps, model.Step{Call: d})
				}
				r := model.EvaluateRequest{Goal: task.Gold.Goal, Steps: steps, Seed: 1, Options: []model.Option{
					{Call: model.RawCall{Tool: c.Tool, Args: string(c.Args)}}, {Finish: true},
				}}
				v := values(t, m, r)
				right, wrong = append(right, v[0]), append(wrong, v[1])
				r.Seed = 2
				again = append(again, values(t, m, r)[0])
			}
		}
		above := 0.0
		for i := range right {
			if right[i] > wrong[i] {
				above += 1 / float64(len(right))
			}
		}
		if math.Abs(above-auc) > .04 {
			t.Errorf("gap %v: right above wrong in %.2f, want %.2f", gap, above, auc)
		}
		if r := correlation(right, again); math.Abs(r-.5) > .08 {
			t.Errorf("gap %v: asking again correlates by %.2f, want half", gap, r)
		}
		if m := mean(right) - mean(wrong); gap == 0 && math.Abs(m-.2) > .03 {
			t.Errorf("means are %.2f apart, want .2", m)
		}
	}
}

func values(t *testing.T, m *noisy.Model, r model.EvaluateRequest) []float64 {
	t.Helper()
	resp, err := m.Evaluate(t.Context(), r)
	if err != nil || len(resp.Values) != len(r.Options) || resp.Usage.Requests != 1 {
		t.Fatalf("%+v, %v", resp, err)
	}
	return resp.Values
}

func mean(v []float64) float64 {
	total := 0.0
	for _, x := range v {
		total += x
	}
	return total / float64(len(v))
}

func correlation(a, b []float64) float64 {
	ma, mb := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	return ab / math.Sqrt(aa*bb)
}

// TestEvaluateReadsThePath: a wrong call stays wrong for what follows it, one that failed is no part of the plan, and
// what can't be rated says so.
func TestEvaluateReadsThePath(t *testing.T) {
	tasks, err := noisy.Tasks("home", 5, 60)
	if err != nil {
		t.Fatal(err)
	}
	m, err := noisy.New(tasks, noisy.Params{P: .65}, &noisy.Options{Gap: 1})
	if err != nil {
		t.Fatal(err)
	}
	var clean, failed, stray []float64
	for _, task := range tasks {
		next := task.Gold.Plan[0]
		bad := task.Gold.Plan[len(task.Gold.Plan)-1] // far too early
		r := model.EvaluateRequest{Goal: task.Gold.Goal, Options: []model.Option{{Call: model.RawCall{Tool: next.Tool, Args: string(next.Args)}}}}
		clean = append(clean, values(t, m, r)[0])
		r.Steps = []model.Step{{Call: bad, Status: model.Failed}}
		failed = append(failed, values(t, m, r)[0])
		r.Steps[0].Status = model.Imagined
		stray = append(stray, values(t, m, r)[0])
	}
	if mean(clean) < .85 || mean(failed) < .85 || mean(stray) > .15 {
		t.Errorf("clean %.2f, after a failed call %.2f, after a wrong call %.2f", mean(clean), mean(failed), mean(stray))
	}
	if _, err := m.Evaluate(t.Context(), model.EvaluateRequest{Goal: "another"}); !errors.Is(err, noisy.ErrUnknownGoal) {
		t.Errorf("an unknown goal: %v", err)
	}
	if _, err := noisy.New(tasks, noisy.Params{P: .65}, &noisy.Options{Gap: 2}); err == nil {
		t.Error("a gap of 2 was taken")
	}
}
