package noisy_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// Subtasks are right at the stated rate, and gold without errors.
func TestDecompose(t *testing.T) {
	tasks, err := noisy.Tasks("toolpath", 5, 3)
	if err != nil {
		t.Fatal(err)
	}
	kinds := []model.SubtaskKind{{Name: "denoise"}, {Name: "crop"}, {Name: "sharpen"}, {Name: "deliver"}}
	for p, want := range map[float64][2]float64{1: {1, 1}, .65: {.5, .8}} {
		m, err := noisy.New(tasks, noisy.Params{P: p}, nil)
		if err != nil {
			t.Fatal(err)
		}
		right, all := 0, 0
		for _, task := range tasks {
			r, err := m.Decompose(t.Context(), model.DecomposeRequest{Goal: task.Gold.Goal, Kinds: kinds, N: 60, Seed: 1})
			if err != nil || len(r.Samples) != 60 || r.Usage.Requests != 1 {
				t.Fatalf("%d samples, %+v, %v", len(r.Samples), r.Usage, err)
			}
			for _, s := range r.Samples {
				all++
				if len(s) > 0 && s[0].Kind == task.Gold.Parts[0].Kind && s[0].About == task.Gold.Parts[0].About {
					right++
				}
			}
		}
		if share := float64(right) / float64(all); share < want[0] || share > want[1] {
			t.Errorf("p=%v: the first subtask is right in %v of the samples, want %v", p, share, want)
		}
	}
	m, _ := noisy.New(tasks, noisy.Params{P: 1}, nil)
	if _, err := m.Decompose(t.Context(), model.DecomposeRequest{Goal: "sing", N: 1}); !errors.Is(err, noisy.ErrUnknownGoal) {
		t.Errorf("an unknown goal: %v", err)
	}
}

// Skewed, wrong lists mostly err alike: where the most frequent reading of a first part is wrong, most lists have it.
func TestDecomposeSkewed(t *testing.T) {
	tasks, err := noisy.Tasks("toolpath", 5, 60)
	if err != nil {
		t.Fatal(err)
	}
	kinds := []model.SubtaskKind{{Name: "denoise"}, {Name: "crop"}, {Name: "sharpen"}, {Name: "recolour"}, {Name: "erase text"}, {Name: "deliver"}}
	misled := map[noisy.Errors]int{}
	for _, kind := range []noisy.Errors{noisy.Diffuse, noisy.Skewed} {
		m, err := noisy.New(tasks, noisy.Params{P: .65, Errors: kind}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range tasks {
			r, err := m.Decompose(t.Context(), model.DecomposeRequest{Goal: task.Gold.Goal, Kinds: kinds, N: 30, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			votes := map[string]int{}
			for _, s := range r.Samples {
				if len(s) > 0 {
					votes[s[0].Kind+s[0].About]++
				}
			}
			right := votes[task.Gold.Parts[0].Kind+task.Gold.Parts[0].About]
			delete(votes, task.Gold.Parts[0].Kind+task.Gold.Parts[0].About)
			for _, n := range votes {
				if n > right {
					misled[kind]++
					break
				}
			}
		}
	}
	if misled[noisy.Diffuse] > 2 || misled[noisy.Skewed] < 10 || misled[noisy.Skewed] > 30 {
		t.Errorf("of 60 tasks votes mislead in %v", misled)
	}
}

// A judge without errors passes the steps of the gold plan, and not one that spoils the picture.
func TestJudgeOfSteps(t *testing.T) {
	tasks, err := noisy.Tasks("toolpath", 5, 1)
	if err != nil {
		t.Fatal(err)
	}
	j, err := noisy.NewJudge(tasks, &noisy.JudgeOptions{TP: 1, FP: -1})
	if err != nil {
		t.Fatal(err)
	}
	gold, w := tasks[0].Gold, tasks[0].World.Fork()
	step := func(name, args string) model.Step {
		c := tool.Call{Tool: name, Args: json.RawMessage(args)}
		r, err := w.Call(t.Context(), c)
		if err != nil || r.IsError {
			t.Fatalf("%v: %s, %v", c, r.Content, err)
		}
		return model.Step{Call: c, Result: r}
	}
	first := step(gold.Plan[0].Tool, string(gold.Plan[0].Args))
	part := judge.Part{Plan: judge.Plan{Goal: gold.Goal, Steps: []model.Step{first}}, Kinds: []string{gold.Parts[0].Kind}}
	if v, err := j.Step(t.Context(), part); err != nil || v.Score < .5 || v.Accepted != (v.Score >= .8) {
		t.Errorf("the gold plan's first step %v is worth %+v, %v", first.Call, v, err)
	}
	var args struct{ Image string }
	if err := json.Unmarshal(gold.Plan[0].Args, &args); err != nil {
		t.Fatal(err)
	}
	ruin := step("resize_nearest", `{"height":3,"image":"`+args.Image+`","strength":0,"width":3}`)
	part.Steps, part.Kinds = []model.Step{first, ruin}, append(part.Kinds, "resize")
	if v, err := j.Step(t.Context(), part); err != nil || v.Accepted || v.Score >= .8 {
		t.Errorf("a picture of 3 by 3 pixels is worth %+v, %v", v, err)
	}
}
