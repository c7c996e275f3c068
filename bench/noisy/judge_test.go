package noisy

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
)

func judged(t *testing.T, j *Judge, task Task, steps []model.Step) bool {
	t.Helper()
	v, err := j.Judge(t.Context(), judge.Plan{Goal: task.Gold.Goal, Steps: steps})
	if err != nil {
		t.Fatal(err)
	}
	if v.Accepted != (v.Score == 1) || v.Usage.Requests != 1 || v.Usage.Prompt != 600+40*len(steps) {
		t.Fatalf("got %+v", v)
	}
	return v.Accepted
}

func TestJudgeRates(t *testing.T) {
	tasks, err := Tasks("home", 3, 800)
	if err != nil {
		t.Fatal(err)
	}
	j, err := NewJudge(tasks, nil)
	if err != nil {
		t.Fatal(err)
	}
	n := float64(len(tasks))
	tp, short, failed := 0.0, 0.0, 0.0
	for _, task := range tasks {
		good := observed(task.Gold.Plan...)
		if judged(t, j, task, good) {
			tp += 1 / n
		}
		if judged(t, j, task, good[:len(good)-1]) {
			short += 1 / n
		}
		bad := slices.Insert(slices.Clone(good), 2, model.Step{Call: wrongSearch(task.Gold), Status: model.Failed})
		if judged(t, j, task, bad) {
			failed += 1 / n
		}
	}
	for name, c := range map[string]struct{ got, want float64 }{"gold": {tp, 0.9}, "cut short": {short, 0.2}, "with a failure": {failed, 0.2}} {
		if math.Abs(c.got-c.want) > 0.035 {
			t.Errorf("%s: %.3f are accepted, want %.3f", name, c.got, c.want)
		}
	}
}

// Asking again is no new evidence, nor is the same plan in another order.
func TestJudgeIsFixedByContent(t *testing.T) {
	tasks, _ := Tasks("trip", 3, 100)
	j, _ := NewJudge(tasks, nil)
	other, _ := NewJudge(tasks, &JudgeOptions{Seed: 1})
	differ := 0
	for _, task := range tasks {
		plan := slices.Clone(task.Gold.Plan)
		first := judged(t, j, task, observed(plan...))
		plan[len(plan)-2], plan[len(plan)-3] = plan[len(plan)-3], plan[len(plan)-2]
		if task.Gold.Makes[len(plan)-3] == "" && judged(t, j, task, observed(plan...)) != first {
			t.Errorf("%s: another order is judged otherwise", task.Gold.ID)
		}
		if judged(t, j, task, observed(task.Gold.Plan...)) != first {
			t.Errorf("%s: the second answer is another", task.Gold.ID)
		}
		if judged(t, other, task, observed(task.Gold.Plan...)) != first {
			differ++
		}
	}
	if differ == 0 {
		t.Error("another seed makes the same errors")
	}
}

func TestPerfectJudge(t *testing.T) {
	tasks, _ := Tasks("home", 3, 100)
	j, err := NewJudge(tasks, &JudgeOptions{TP: 1, FP: -1})
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		good := observed(task.Gold.Plan...)
		if !judged(t, j, task, good) || judged(t, j, task, good[1:]) {
			t.Errorf("%s is judged wrongly", task.Gold.ID)
		}
	}
	if got := j.Name(); got != "noisy judge (tp=1, fp=0)" {
		t.Errorf("the name is %s", got)
	}
}

func TestJudgeRefusals(t *testing.T) {
	tasks, _ := Tasks("home", 3, 1)
	for _, o := range []JudgeOptions{{TP: 2}, {TP: -1}, {FP: 1.5}, {FP: math.NaN()}} {
		if _, err := NewJudge(tasks, &o); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
	j, _ := NewJudge(tasks, nil)
	if _, err := j.Judge(t.Context(), judge.Plan{Goal: "else"}); !errors.Is(err, ErrUnknownGoal) {
		t.Errorf("an unknown goal: %v", err)
	}
}
