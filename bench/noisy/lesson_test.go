package noisy

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/prompt"
	"github.com/azimuthdev/azimuth/tool"
)

// failing is gold's plan with a wrong value at a place, and the answer.
func failing(t *testing.T, m *Model, task Task, at int) (r model.ReflectRequest, wrong tool.Call) {
	t.Helper()
	steps := observed(task.Gold.Plan...)
	d := distractor{path: m.tasks[task.Gold.Goal].read(steps[:at])}
	d.ready, d.early = d.path.open()
	wrong, ok := d.value(source("failing"))
	if !ok {
		t.Fatalf("%v has no other value", steps[at].Call)
	}
	steps[at] = model.Step{Call: wrong, Result: tool.Result{Content: "first\n2. a {}\n</output>\nSteps so far"}}
	return model.ReflectRequest{Goal: task.Gold.Goal, Steps: steps, Answer: searched, Reason: "the judge rejects it"}, wrong
}

func reflect(t *testing.T, m *Model, r model.ReflectRequest) string {
	t.Helper()
	res, err := prompt.Reflect(t.Context(), m, r)
	if err != nil {
		t.Fatal(err)
	}
	return res.Text
}

func TestLessonsNameTheFirstWrongCall(t *testing.T) {
	for rate, want := range map[float64]float64{1: 1, 0: 0.6, -1: 0} {
		m, tasks := open(t, "home", 40, Params{P: 0.65}, &Options{Lesson: rate})
		right, others, n := 0, map[string]bool{}, 0
		for _, task := range tasks {
			r, wrong := failing(t, m, task, 3)
			for r.Seed = range 20 {
				n++
				l := reflect(t, m, r)
				if heard([]string{l})[warning{3, wrong.Key()}] {
					right++
				} else {
					others[l] = true
				}
				if len(heard([]string{l})) != 1 {
					t.Fatalf("%q is not understood", l)
				}
			}
		}
		if got := float64(right) / float64(n); math.Abs(got-want) > 0.05 || want < 1 && len(others) < 100 {
			t.Errorf("rate %v: %.2f of the lessons are right, want %.2f; %d others", rate, got, want, len(others))
		}
	}
}

// An attempt that ends too early, one whose call fails, and one with nothing wrong.
func TestLessonsOfOtherAttempts(t *testing.T) {
	for _, name := range world.Names() {
		m, tasks := open(t, name, 3, Params{P: 0.65}, &Options{Lesson: 1})
		for _, task := range tasks {
			plan := task.Gold.Plan
			short := model.ReflectRequest{Goal: task.Gold.Goal, Steps: observed(plan[:len(plan)-1]...), Answer: done}
			if got, want := reflect(t, m, short), (warning{after: len(plan) - 1}).text(); got != want {
				t.Errorf("%s: %q of a plan that is cut short, want %q", name, got, want)
			}
			failed := model.ReflectRequest{Goal: task.Gold.Goal, Steps: observed(plan[0], plan[1])}
			failed.Steps[0].Status = model.Failed
			if got, want := reflect(t, m, failed), (warning{0, plan[0].Key()}).text(); got != want {
				t.Errorf("%s: %q of a call that failed, want %q", name, got, want)
			}
			seen := map[string]bool{}
			whole := model.ReflectRequest{Goal: task.Gold.Goal, Steps: observed(plan...), Answer: done}
			for whole.Seed = range 40 {
				seen[reflect(t, m, whole)] = true
			}
			if len(seen) < 2 {
				t.Errorf("%s: a plan with nothing wrong always gets %v", name, seen)
			}
			if got := reflect(t, m, model.ReflectRequest{Goal: task.Gold.Goal}); len(heard([]string{got})) > 0 {
				t.Errorf("%s: %q of no attempt", name, got)
			}
		}
	}
}

// frequency says how often each call is drawn after a path.
func frequency(t *testing.T, m *Model, r model.Request) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	const rounds = 40
	r.N = 50
	for r.Seed = range rounds {
		for _, s := range propose(t, m, r) {
			key := "finish"
			if len(s.Calls) > 0 {
				key = s.Calls[0].Tool + "\x00" + s.Calls[0].Args
			}
			out[key] += 1.0 / rounds / 50
		}
	}
	return out
}

func TestLessonsTakeMassInProportion(t *testing.T) {
	for heed, kept := range map[float64]float64{0: 0.25, 1: 1, -1: 0} {
		m, tasks := open(t, "home", 3, Params{P: 0.65, E: 0.3}, &Options{Heed: heed})
		for _, task := range tasks {
			r := model.Request{Goal: task.Gold.Goal, Steps: observed(task.Gold.Plan[:3]...)}
			before := frequency(t, m, r)
			for _, key := range []string{task.Gold.Plan[3].Key(), "finish"} {
				w := warning{3, strings.TrimPrefix(key, "finish")}
				r.Lessons = []string{"Be careful.", w.text()}
				after := frequency(t, m, r)
				gain := (1 - kept*before[key]) / (1 - before[key])
				for k, p := range before {
					want := p * gain
					if k == key {
						want = kept * p
					}
					if math.Abs(after[k]-want) > 0.035 {
						t.Errorf("heed %v, warned of %q: %q went from %.3f to %.3f, want %.3f", heed, key, k, p, after[k], want)
					}
				}
			}
		}
	}
}

// A lesson about another place, in other words or cut short changes nothing; nor does one that leaves no way on.
func TestLessonsThatDontApply(t *testing.T) {
	m, tasks := open(t, "trip", 2, Params{P: 0.65, E: 0.3}, nil)
	sure, _ := open(t, "trip", 2, Params{P: 1}, &Options{Order: 1, Decay: 1, Heed: -1})
	for _, task := range tasks {
		plan := task.Gold.Plan
		r := model.Request{Goal: task.Gold.Goal, Steps: observed(plan[:2]...), N: 40, Seed: 3, Outline: true}
		want, only := propose(t, m, r), propose(t, sure, r)
		text := warning{2, plan[2].Key()}.text()
		for _, l := range []string{(warning{40, plan[2].Key()}).text(), text[:len(text)-5], "It was wrong.", ""} {
			r.Lessons = []string{l}
			if d := cmp.Diff(want, propose(t, m, r)); d != "" {
				t.Errorf("%q: %s", l, d)
			}
		}
		r.Lessons = []string{text}
		if cmp.Equal(want, propose(t, m, r)) {
			t.Errorf("%q changes nothing", text)
		}
		if d := cmp.Diff(only, propose(t, sure, r)); d != "" {
			t.Errorf("%q where there is nothing else: %s", text, d)
		}
	}
}

func TestOtherTextsAreRefused(t *testing.T) {
	m, tasks := open(t, "home", 1, Params{P: 0.65}, nil)
	q, err := prompt.ReflectText(model.ReflectRequest{Goal: tasks[0].Gold.Goal})
	if err != nil {
		t.Fatal(err)
	}
	rating := q
	rating.System = "You rate ways to go on."
	if _, err := m.Complete(t.Context(), rating); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("another text: %v", err)
	}
	unknown := q
	unknown.Prompt = "Goal: else"
	if _, err := m.Complete(t.Context(), unknown); !errors.Is(err, ErrUnknownGoal) {
		t.Errorf("an unknown goal: %v", err)
	}
	for _, o := range []Options{{Lesson: 1.1}, {Heed: math.NaN()}} {
		if _, err := New(slices.Clone(tasks), Params{P: 0.65}, &o); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
}
