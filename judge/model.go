package judge

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// DefaultRubric is what a model judges by where nothing else is said.
const DefaultRubric = "Every part of the goal is met by what the steps did, the answer agrees with their results, and nothing was done that the goal did not ask for."

// DefaultShownBytes is how much of one text of a plan (a tool's output, a step's arguments, the answer, the state) a
// model is shown.
const DefaultShownBytes = 4 << 10

// RubricOptions are how a model is asked. The zero value is the default.
type RubricOptions struct {
	Rubric     string // default [DefaultRubric]
	Seed       uint64
	ShownBytes int // default [DefaultShownBytes]
}

// Validate says which option is out of range.
func (o *RubricOptions) Validate() error {
	if o != nil && o.ShownBytes < 0 {
		return fmt.Errorf("shown bytes %d: want 0 for the default, or more", o.ShownBytes)
	}
	return nil
}

type rubric struct {
	model model.Model
	opts  RubricOptions
	est   model.Estimator
}

// Model returns a judge that asks a model whether a plan meets a rubric, at temperature 0 and bound to a schema. The
// plan is shown as JSON in which no text can end its own frame. The judge is a [Stepper] too. An answer that is not a
// verdict is [model.ErrGarbage]; its usage is in the verdict that comes with the error.
func Model(m model.Model, o *RubricOptions) (Judge, error) {
	if m == nil {
		return nil, errors.New("model: is nil; a judge with a rubric needs one")
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	j := &rubric{model: m}
	if o != nil {
		j.opts = *o
	}
	if j.opts.Rubric = strings.TrimSpace(j.opts.Rubric); j.opts.Rubric == "" {
		j.opts.Rubric = DefaultRubric
	}
	if j.opts.ShownBytes == 0 {
		j.opts.ShownBytes = DefaultShownBytes
	}
	return j, nil
}

// Name implements [Judge].
func (j *rubric) Name() string { return "model:" + j.model.Capabilities().Name }

// Judge implements [Judge].
func (j *rubric) Judge(ctx context.Context, p Plan) (Verdict, error) {
	return j.ask(ctx, &whole, j.opts.Rubric, j.shownPlan(p))
}

// Estimate implements [Estimator].
func (j *rubric) Estimate(p Plan) model.Usage {
	return j.mayUse(&whole, j.opts.Rubric, j.shownPlan(p))
}

// shownStep is a step as the model sees it: texts only, clipped.
type shownStep struct {
	Tool   string       `json:"tool"`
	Args   string       `json:"args"`
	Status model.Status `json:"status"`
	Output string       `json:"output"`
	Failed bool         `json:"failed,omitempty"`
}

// shownPlan is a plan as the model sees it.
type shownPlan struct {
	Goal   string      `json:"goal"`
	Steps  []shownStep `json:"steps"`
	State  string      `json:"state,omitempty"`
	Answer string      `json:"answer"`
}

func (j *rubric) shownPlan(p Plan) shownPlan {
	steps := make([]shownStep, len(p.Steps))
	for i, s := range p.Steps {
		steps[i] = j.shownStep(s)
	}
	return shownPlan{p.Goal, steps, j.clip(string(p.State)), j.clip(p.Answer)}
}

func (j *rubric) shownStep(s model.Step) shownStep {
	output := s.Result.Content
	if output == "" {
		output = string(s.Result.Value)
	}
	return shownStep{s.Call.Tool, j.clip(string(s.Call.Args)), s.Status, j.clip(output), s.Result.IsError}
}

func (j *rubric) clip(text string) string { return tool.Clip(text, j.opts.ShownBytes) }
