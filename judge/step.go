package judge

import (
	"context"
	"errors"

	"github.com/azimuthdev/azimuth/model"
)

// Part is what a plan made so far, as a [Stepper] sees it.
type Part struct {
	Plan
	// Kinds are the kinds of subtask that the steps did, one for each step; empty for a step that only prepared another.
	Kinds []string
	// About is what the goal says of the last step's subtask; may be empty.
	About string
}

// Stepper is a [Judge] that also says what the last step of an unfinished plan is worth, so that a search which takes goals
// apart can turn to another tool before the end. Score is the quality, in [0,1]; Accepted doesn't matter. An error means
// that there is no verdict; Usage is then still filled with what was spent. [Model] is one; judges by expressions, schemas and
// commands look at finished plans only.
type Stepper interface {
	Step(ctx context.Context, p Part) (Verdict, error)
}

// StepEstimator is a [Stepper] that says what rating one step may use at most, so that it can be reserved before it is spent.
type StepEstimator interface {
	EstimateStep(p Part) model.Usage
}

var (
	_ Stepper       = (*rubric)(nil)
	_ StepEstimator = (*rubric)(nil)
)

// maxBefore is how many of the steps before the rated one are named.
const maxBefore = 16

// Step implements [Stepper]: it asks the model how well the last step did its subtask, at temperature 0 and bound to a schema. The
// model is shown the goal, the names of the steps before, the subtask, the call and what it returned, and not the state. An
// answer that is no rating is [model.ErrGarbage].
func (j *rubric) Step(ctx context.Context, p Part) (Verdict, error) {
	if len(p.Steps) == 0 {
		return Verdict{}, errors.New("steps: there are none; the last one is what is rated")
	}
	return j.ask(ctx, &lastStep, j.stepRubric(), j.shownPart(p))
}

// EstimateStep implements [StepEstimator].
func (j *rubric) EstimateStep(p Part) model.Usage {
	if len(p.Steps) == 0 {
		return model.Usage{}
	}
	return j.mayUse(&lastStep, j.stepRubric(), j.shownPart(p))
}

// stepRubric is what the finished plan will be judged by, where that is more than any plan is.
func (j *rubric) stepRubric() string {
	if j.opts.Rubric == DefaultRubric {
		return ""
	}
	return j.opts.Rubric
}

// shownPart is the last step as the model sees it, with what it followed.
type shownPart struct {
	Goal    string      `json:"goal"`
	Before  []shownName `json:"before"`
	Subtask string      `json:"subtask"`
	About   string      `json:"about,omitempty"`
	Step    shownStep   `json:"step"`
}

type shownName struct {
	Tool string `json:"tool"`
	Did  string `json:"did,omitempty"`
}

func (j *rubric) shownPart(p Part) shownPart {
	last := len(p.Steps) - 1
	kind := func(i int) string {
		if i < len(p.Kinds) {
			return p.Kinds[i]
		}
		return ""
	}
	before := []shownName{}
	for i := max(0, last-maxBefore); i < last; i++ {
		before = append(before, shownName{p.Steps[i].Call.Tool, kind(i)})
	}
	return shownPart{p.Goal, before, kind(last), j.clip(p.About), j.shownStep(p.Steps[last])}
}
