package judge

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"text/template"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
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

//go:embed step.tmpl
var stepText string

var stepTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("step").Parse(stepText)) })

var ratingSchema = json.RawMessage(`{"type":"object","properties":{"reason":{"type":"string"},"score":{"type":"number","minimum":0,"maximum":1}},"required":["reason","score"],"additionalProperties":false}`)

// maxBefore is how many of the steps before the rated one are named.
const maxBefore = 16

// Step implements [Stepper]: it asks the model how well the last step did its subtask, at temperature 0 and bound to a schema. The
// model is shown the goal, the names of the steps before, the subtask, the call and what it returned, and not the state. An
// answer that is no rating is [model.ErrGarbage].
func (j *rubric) Step(ctx context.Context, p Part) (Verdict, error) {
	request, err := j.stepRequest(p)
	if err != nil {
		return Verdict{}, err
	}
	response, err := j.model.Complete(ctx, request)
	if err != nil {
		return Verdict{Usage: response.Usage}, err
	}
	v, err := parseRating(response.Text)
	v.Usage = response.Usage
	return v, err
}

// EstimateStep implements [StepEstimator].
func (j *rubric) EstimateStep(p Part) model.Usage {
	r, err := j.stepRequest(p)
	if err != nil {
		return model.Usage{}
	}
	return j.est.EstimateText(r, j.model.Capabilities())
}

func (j *rubric) stepRequest(p Part) (model.TextRequest, error) {
	if len(p.Steps) == 0 {
		return model.TextRequest{}, errors.New("steps: there are none; the last one is what is rated")
	}
	step, err := j.shownPart(p)
	if err != nil {
		return model.TextRequest{}, err
	}
	data := struct{ Rubric, Step string }{Step: step}
	if j.opts.Rubric != DefaultRubric {
		data.Rubric = strings.TrimSpace(j.opts.Rubric)
	}
	var system, prompt bytes.Buffer
	t := stepTemplate()
	if err := errors.Join(t.ExecuteTemplate(&system, "system", nil), t.ExecuteTemplate(&prompt, "prompt", data)); err != nil {
		return model.TextRequest{}, err
	}
	return model.TextRequest{System: system.String(), Prompt: prompt.String(), Schema: ratingSchema, Seed: j.opts.Seed, MaxTokens: verdictTokens}, nil
}

// shownPart is the step in JSON, in which no text can end its own frame; see shown.
func (j *rubric) shownPart(p Part) (string, error) {
	last := len(p.Steps) - 1
	kind := func(i int) string {
		if i < len(p.Kinds) {
			return p.Kinds[i]
		}
		return ""
	}
	type named struct {
		Tool string `json:"tool"`
		Did  string `json:"did,omitempty"`
	}
	before := []named{}
	for i := max(0, last-maxBefore); i < last; i++ {
		before = append(before, named{p.Steps[i].Call.Tool, kind(i)})
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetIndent("", " ")
	err := e.Encode(struct {
		Goal    string    `json:"goal"`
		Before  []named   `json:"before"`
		Subtask string    `json:"subtask"`
		About   string    `json:"about,omitempty"`
		Step    shownStep `json:"step"`
	}{p.Goal, before, kind(last), tool.Clip(p.About, j.opts.ShownBytes), j.shownStep(p.Steps[last])})
	return strings.TrimSpace(b.String()), err
}

// parseRating takes nothing but what was asked for.
func parseRating(text string) (Verdict, error) {
	var said struct {
		Score  *float64 `json:"score"`
		Reason *string  `json:"reason"`
	}
	if err := canon.CheckDepth([]byte(text)); err != nil {
		return Verdict{}, model.Garbage("judge of a step: "+err.Error(), text)
	}
	switch err := json.Unmarshal([]byte(text), &said); {
	case err != nil:
		return Verdict{}, model.Garbage("judge of a step: not JSON", text)
	case said.Score == nil || said.Reason == nil:
		return Verdict{}, model.Garbage("judge of a step: score or reason is missing", text)
	case !(*said.Score >= 0 && *said.Score <= 1):
		return Verdict{}, model.Garbage(fmt.Sprintf("judge of a step: the score %v is not from 0 to 1", *said.Score), text)
	}
	return Verdict{Accepted: *said.Score >= DefaultThreshold, Score: *said.Score, Reason: tool.Clip(*said.Reason, maxReason)}, nil
}
