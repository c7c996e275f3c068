package noisy

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/bench/world/grade"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// drawn are the tasks of each world, which take longer than most of what is asked of them. Nothing changes one, and
// task i does not depend on how many there are.
var drawn sync.Map

func open(t *testing.T, name string, n int, p Params, o *Options) (*Model, []Task) {
	t.Helper()
	known, _ := drawn.Load(name)
	tasks, _ := known.([]Task)
	if n > len(tasks) {
		var err error
		if tasks, err = Tasks(name, 7, max(n, 60)); err != nil {
			t.Fatal(err)
		}
		drawn.Store(name, tasks)
	}
	tasks = tasks[:n:n]
	m, err := New(tasks, p, o)
	if err != nil {
		t.Fatal(err)
	}
	return m, tasks
}

func propose(t *testing.T, m *Model, r model.Request) []model.Sample {
	t.Helper()
	res, err := m.Propose(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return res.Samples
}

func observed(calls ...tool.Call) []model.Step {
	out := make([]model.Step, len(calls))
	for i, c := range calls {
		out[i] = model.Step{Call: c}
	}
	return out
}

// wrongSearch is an error on any path that is not at its end: the search comes too early.
func wrongSearch(l grade.Label) tool.Call { return l.Plan[len(l.Plan)-1] }

// kind sorts a sample that follows the first depth calls of gold.
func kind(t Task, depth int, s model.Sample) string {
	gold, plan := t.Gold, t.Gold.Plan
	if len(s.Calls) == 0 {
		if depth == len(plan) {
			return "preferred"
		}
		return "finish"
	}
	c := tool.Call{Tool: s.Calls[0].Tool, Args: []byte(s.Calls[0].Args)}
	if depth < len(plan) && c.Key() == plan[depth].Key() {
		return "preferred"
	}
	for j, g := range plan {
		if c.Key() != g.Key() {
			continue
		}
		if j < depth {
			return "repeat"
		}
		if slices.ContainsFunc(gold.Needs[j], func(i int) bool { return i >= depth }) {
			return "early"
		}
		return "other order"
	}
	if depth < len(plan) && c.Tool == plan[depth].Tool {
		return "value"
	}
	return "tool"
}

// frequencies draws samples at depths of gold where every kind of error is possible.
func frequencies(t *testing.T, m *Model, tasks []Task) map[string]float64 {
	count := map[string]int{}
	total := 0
	for _, task := range tasks {
		for depth := 3; depth < len(task.Gold.Plan)-2; depth++ {
			r := model.Request{Goal: task.Gold.Goal, Steps: observed(task.Gold.Plan[:depth]...), N: 20, Seed: 3}
			for _, s := range propose(t, m, r) {
				count[kind(task, depth, s)]++
				total++
			}
		}
	}
	out := map[string]float64{}
	for k, n := range count {
		out[k] = float64(n) / float64(total)
	}
	return out
}

func TestFrequenciesOfDiffuseErrors(t *testing.T) {
	m, tasks := open(t, "home", 60, Params{P: 0.65, E: 0.3}, nil)
	got := frequencies(t, m, tasks)
	for k, want := range map[string]float64{"preferred": 0.65 * 0.85, "other order": 0.65 * 0.15, "value": 0.35 * 0.40,
		"early": 0.35 * 0.15, "tool": 0.35 * 0.25, "finish": 0.35 * 0.10, "repeat": 0.35 * 0.10} {
		if math.Abs(got[k]-want) > 0.015 {
			t.Errorf("%s: %.3f of the samples, want %.3f", k, got[k], want)
		}
	}
}

func TestFrequenciesInTrip(t *testing.T) {
	m, tasks := open(t, "trip", 30, Params{P: 0.8, E: 0.3}, nil)
	got := frequencies(t, m, tasks)
	if right := got["preferred"] + got["other order"]; math.Abs(right-0.8) > 0.02 {
		t.Errorf("%.3f of the samples are right, want .8: %v", right, got)
	}
}

// agreement is the mean share of the most frequent wrong call among wrong samples at the first step.
func agreement(t *testing.T, m *Model, tasks []Task) (mean float64, spread float64) {
	var shares, rights []float64
	for _, task := range tasks {
		wrong := map[string]int{}
		n := 0
		for _, s := range propose(t, m, model.Request{Goal: task.Gold.Goal, N: 64, Seed: 1}) {
			if kind(task, 0, s) == "preferred" {
				continue
			}
			n++
			if len(s.Calls) == 0 {
				wrong["finish"]++
			} else {
				wrong[s.Calls[0].Tool+s.Calls[0].Args]++
			}
		}
		rights = append(rights, 1-float64(n)/64)
		most := 0
		for _, w := range wrong {
			most = max(most, w)
		}
		if n > 5 {
			shares = append(shares, float64(most)/float64(n))
		}
	}
	return average(shares), deviation(rights)
}

func average(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

func deviation(xs []float64) float64 {
	mean, sum := average(xs), 0.0
	for _, x := range xs {
		sum += (x - mean) * (x - mean)
	}
	return math.Sqrt(sum / float64(len(xs)))
}

func TestSkewedErrorsAgree(t *testing.T) {
	diffuse, tasks := open(t, "home", 200, Params{P: 0.65, E: 0.3}, nil)
	skewed, _ := open(t, "home", 200, Params{P: 0.65, E: 0.3, Errors: Skewed}, nil)
	shareD, spreadD := agreement(t, diffuse, tasks)
	shareS, spreadS := agreement(t, skewed, tasks)
	if shareD > 0.35 || shareS < 0.65 || shareS > 0.85 {
		t.Errorf("the most frequent wrong call has %.2f of the wrong mass when diffuse, %.2f when skewed; want little and about .7", shareD, shareS)
	}
	// Beta(2.5p, 2.5(1-p)) at p = .65 has the deviation .255; sampling 64 times adds about .06 to either.
	if spreadD > 0.09 || math.Abs(spreadS-0.26) > 0.04 {
		t.Errorf("the rate's deviation over tasks is %.3f when diffuse, %.3f when skewed", spreadD, spreadS)
	}
}

func TestErrorsPropagate(t *testing.T) {
	for _, e := range []float64{0.3, 0.7} {
		m, tasks := open(t, "home", 80, Params{P: 0.65, E: e}, nil)
		for wrong := range 4 {
			right, total := 0, 0
			same := 0.0
			for _, task := range tasks {
				steps := observed(task.Gold.Plan[:3]...)
				for range wrong {
					steps = append(steps, model.Step{Call: wrongSearch(task.Gold), Status: model.Failed})
				}
				count := map[string]int{}
				for _, s := range propose(t, m, model.Request{Goal: task.Gold.Goal, Steps: steps, N: 30}) {
					k := kind(task, 3, s)
					total++
					if k == "preferred" || k == "other order" {
						right++
					} else if len(s.Calls) > 0 {
						count[s.Calls[0].Tool+s.Calls[0].Args]++
					}
				}
				most, n := 0, 0
				for _, c := range count {
					most, n = max(most, c), n+c
				}
				same += float64(most) / float64(max(n, 1)) / float64(len(tasks))
			}
			want := 0.65 * math.Pow(1-e, float64(min(wrong, 2)))
			if got := float64(right) / float64(total); math.Abs(got-want) > 0.025 {
				t.Errorf("e %v, %d errors on the path: %.3f of the samples are right, want %.3f", e, wrong, got, want)
			}
			if wrong > 0 && same < e {
				t.Errorf("e %v, %d errors: the consistent continuation has %.2f of the wrong mass", e, wrong, same)
			}
		}
	}
}

func TestSamplesDependOnTaskPathSeedAndIndexOnly(t *testing.T) {
	m, tasks := open(t, "trip", 3, Params{P: 0.65, E: 0.3, Errors: Skewed}, nil)
	other, _ := open(t, "trip", 3, Params{P: 0.65, E: 0.3, Errors: Skewed}, nil)
	r := model.Request{Goal: tasks[1].Gold.Goal, Steps: observed(tasks[1].Gold.Plan[:4]...), N: 30, Seed: 5, Outline: true}
	want := propose(t, m, r)
	decorated := r
	decorated.Temperature, decorated.MaxTokens, decorated.Tools = 1, 9, tasks[1].World.Specs()
	decorated.Steps = slices.Clone(r.Steps)
	decorated.Steps[0].Status, decorated.Steps[0].Result.Content = model.Imagined, "something"
	for name, got := range map[string][]model.Sample{"again": propose(t, m, r), "another model": propose(t, other, r), "other trappings": propose(t, m, decorated)} {
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	few := r
	few.N = 4
	if d := cmp.Diff(want[:4], propose(t, m, few)); d != "" {
		t.Errorf("the samples depend on how many are asked for: %s", d)
	}
	seeded, failed := r, r
	seeded.Seed = 6
	failed.Steps = slices.Clone(r.Steps)
	failed.Steps[3].Status = model.Failed
	for name, q := range map[string]model.Request{"seed": seeded, "failure": failed} {
		if cmp.Equal(want, propose(t, m, q)) {
			t.Errorf("another %s gives the same samples", name)
		}
	}
}

// With p = 1 every sample is a gold plan, in whatever order, and outlines are whole.
func TestPerfectOutlinesSucceed(t *testing.T) {
	for _, name := range world.Names() {
		m, tasks := open(t, name, 40, Params{P: 1}, &Options{Decay: 1})
		for _, task := range tasks {
			for _, s := range propose(t, m, model.Request{Goal: task.Gold.Goal, N: 3, Outline: true}) {
				calls := plan(s)
				end := propose(t, m, model.Request{Goal: task.Gold.Goal, Steps: observed(calls...), N: 1})[0]
				g, err := grade.Run(t.Context(), task.World, calls, end.Answer, task.Gold)
				if err != nil || !g.Success || !s.Complete || len(end.Calls) > 0 {
					t.Fatalf("%s: %+v, %v: %v, then %v", task.Gold.ID, g, err, s, end)
				}
			}
		}
	}
}

func plan(s model.Sample) []tool.Call {
	var out []tool.Call
	for _, c := range append(slices.Clone(s.Calls), s.Outline...) {
		out = append(out, tool.Call{Tool: c.Tool, Args: []byte(c.Args)})
	}
	return out
}

// What is proposed passes the tools' schemas: errors are in the meaning.
func TestSamplesAreValidCalls(t *testing.T) {
	for _, name := range world.Names() {
		m, tasks := open(t, name, 40, Params{P: 0.3, E: 0.3}, &Options{Valid: true})
		set, err := tool.NewSpecSet(tasks[0].World.Specs())
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range tasks {
			for _, s := range propose(t, m, model.Request{Goal: task.Gold.Goal, N: 5, Outline: true}) {
				for _, c := range plan(s) {
					if got, err := set.Parse(c.Tool, string(c.Args)); err != nil || got.Key() != c.Key() {
						t.Fatalf("%v comes back as %v: %v", c, got, err)
					}
				}
			}
		}
	}
}

// What no call made is written by its bare name, which the schema refuses; or it is not proposed at all.
func TestUnseenHandlesAreNotWritten(t *testing.T) {
	for _, valid := range []bool{false, true} {
		m, tasks := open(t, "trip", 40, Params{P: 0.3, E: 0.3}, &Options{Valid: valid})
		bare := 0
		for _, task := range tasks {
			for _, s := range propose(t, m, model.Request{Goal: task.Gold.Goal, N: 10, Seed: 2}) {
				for _, c := range s.Calls {
					if strings.Contains(c.Args, "#") {
						t.Fatalf("%v has a handle that nothing made", c)
					}
					if strings.HasPrefix(c.Args, `{"loc":`) || strings.HasPrefix(c.Args, `{"date":`) {
						bare++
					}
				}
			}
		}
		if (bare > 0) == valid {
			t.Errorf("valid %v: %d samples with a bare name", valid, bare)
		}
	}
}

// A wrong place is taken along: the setter gets what the path made.
func TestWrongPlacesAreTakenAlong(t *testing.T) {
	m, tasks := open(t, "trip", 40, Params{P: 1}, &Options{Order: 1})
	seen := 0
	for _, task := range tasks {
		if task.Gold.Plan[1].Tool != "Loc" {
			continue
		}
		seen++
		wrong := tool.Call{Tool: "Loc", Args: []byte(`{"text":"Nowhere"}`)}
		steps := observed(task.Gold.Plan[0], wrong)
		c := propose(t, m, model.Request{Goal: task.Gold.Goal, Steps: steps, N: 1})[0].Calls[0]
		made, err := task.World.Fork().Call(t.Context(), wrong)
		if err != nil || c.Tool != task.Gold.Plan[2].Tool || c.Args != string(made.Value) {
			t.Errorf("%s goes on with %v, %v, want %s with %s", task.Gold.ID, c, err, task.Gold.Plan[2].Tool, made.Value)
		}
	}
	if seen == 0 {
		t.Error("no task begins with a place")
	}
}

func TestLengths(t *testing.T) {
	m, tasks := open(t, "home", 100, Params{P: 1}, &Options{Imagination: Lengths})
	var logs []float64
	for _, task := range tasks {
		rest := len(task.Gold.Plan) - 1
		for _, s := range propose(t, m, model.Request{Goal: task.Gold.Goal, N: 20, Outline: true}) {
			logs = append(logs, math.Log(float64(max(1, len(s.Outline)))/float64(rest)))
			if !s.Complete || len(s.Outline) > 0 && s.Outline[0].Args != "" {
				t.Fatalf("got %+v", s)
			}
		}
	}
	if mean, sd := average(logs), deviation(logs); math.Abs(mean) > 0.03 || math.Abs(sd-0.3) > 0.03 {
		t.Errorf("the length is off by exp(N(%.3f, %.3f)), want exp(N(0, .3))", mean, sd)
	}
}

func TestFinish(t *testing.T) {
	m, tasks := open(t, "home", 30, Params{P: 1}, nil)
	for _, task := range tasks {
		s := propose(t, m, model.Request{Goal: task.Gold.Goal, Steps: observed(task.Gold.Plan...), N: 1, Outline: true})[0]
		if len(s.Calls)+len(s.Outline) > 0 || s.Answer == "" {
			t.Errorf("after the whole plan: %+v", s)
		}
	}
}

func TestUsageAndCapabilities(t *testing.T) {
	m, tasks := open(t, "home", 1, Params{P: 0.65, E: 0.3}, nil)
	res, err := m.Propose(t.Context(), model.Request{Goal: tasks[0].Gold.Goal, Steps: observed(tasks[0].Gold.Plan[:2]...), N: 5})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(model.Usage{Requests: 1, Samples: 5, Prompt: 1580, Completion: 150}, res.Usage); d != "" {
		t.Error(d)
	}
	if got, want := m.Capabilities().Name, "noisy(p=0.65,diffuse)"; got != want {
		t.Errorf("the name is %s, want %s", got, want)
	}
}

func TestRefusals(t *testing.T) {
	m, tasks := open(t, "home", 1, Params{P: 0.65}, nil)
	if _, err := m.Propose(t.Context(), model.Request{Goal: "else", N: 1}); !errors.Is(err, ErrUnknownGoal) {
		t.Errorf("an unknown goal: %v", err)
	}
	if _, err := m.Propose(t.Context(), model.Request{Goal: tasks[0].Gold.Goal}); err == nil {
		t.Error("0 samples are accepted")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Propose(ctx, model.Request{Goal: tasks[0].Gold.Goal, N: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled request: %v", err)
	}
	if _, err := m.Complete(t.Context(), model.TextRequest{}); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("text: %v", err)
	}
	for _, p := range []Params{{}, {P: 1.1}, {P: math.NaN()}, {P: 0.5, E: -1}, {P: 0.5, Errors: 7}} {
		if _, err := New(tasks, p, nil); err == nil {
			t.Errorf("%+v is accepted", p)
		}
	}
	for _, o := range []Options{{Order: 2}, {Decay: -1}, {Depth: -1}, {Imagination: 9}} {
		if _, err := New(tasks, Params{P: 0.5}, &o); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
	if _, err := Open("moon", 1, 1, Params{P: 0.5}, nil); err == nil {
		t.Error("an unknown world is accepted")
	}
}

func BenchmarkPropose(b *testing.B) {
	m, err := Open("trip", 7, 20, Params{P: 0.65, E: 0.3}, nil)
	if err != nil {
		b.Fatal(err)
	}
	tasks, err := Tasks("trip", 7, 1)
	if err != nil {
		b.Fatal(err)
	}
	r := model.Request{Goal: tasks[0].Gold.Goal, Steps: observed(tasks[0].Gold.Plan[:3]...), N: 5, Outline: true}
	for b.Loop() {
		r.Seed++
		if _, err := m.Propose(b.Context(), r); err != nil {
			b.Fatal(err)
		}
	}
}
