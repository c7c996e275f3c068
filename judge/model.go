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

// DefaultRubric is what a model judges by where nothing else is said.
const DefaultRubric = "Every part of the goal is met by what the steps did, the answer agrees with their results, and nothing was done that the goal did not ask for."

// DefaultShownBytes is how much of one text of a plan (a tool's output, a step's arguments, the answer, the state) a
// model is shown.
const DefaultShownBytes = 4 << 10

// verdictTokens is enough for a sentence of reason and the JSON around it.
const verdictTokens = 400

//go:embed rubric.tmpl
var rubricText string

var rubricTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("rubric").Parse(rubricText)) })

var verdictSchema = json.RawMessage(`{"type":"object","properties":{"reason":{"type":"string"},"score":{"type":"number","minimum":0,"maximum":1},"accepted":{"type":"boolean"}},"required":["reason","score","accepted"],"additionalProperties":false}`)

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
// plan is shown as JSON in which no text can end its own frame. The judge is a [Stepper] too. An answer that is not a verdict is
// [model.ErrGarbage]; its usage is in the verdict that comes with the error.
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
	if strings.TrimSpace(j.opts.Rubric) == "" {
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
	request, err := j.request(p)
	if err != nil {
		return Verdict{}, err
	}
	response, err := j.model.Complete(ctx, request)
	if err != nil {
		return Verdict{Usage: response.Usage}, err
	}
	v, err := parseVerdict(response.Text)
	v.Usage = response.Usage
	return v, err
}

// Estimate implements [Estimator].
func (j *rubric) Estimate(p Plan) model.Usage {
	r, err := j.request(p)
	if err != nil {
		return model.Usage{}
	}
	return j.est.EstimateText(r, j.model.Capabilities())
}

func (j *rubric) request(p Plan) (model.TextRequest, error) {
	plan, err := j.shown(p)
	if err != nil {
		return model.TextRequest{}, err
	}
	var system, prompt bytes.Buffer
	t := rubricTemplate()
	if err := errors.Join(t.ExecuteTemplate(&system, "system", nil), t.ExecuteTemplate(&prompt, "prompt", struct{ Rubric, Plan string }{
		strings.TrimSpace(j.opts.Rubric), plan,
	})); err != nil {
		return model.TextRequest{}, err
	}
	return model.TextRequest{System: system.String(), Prompt: prompt.String(), Schema: verdictSchema,
		Seed: j.opts.Seed, MaxTokens: verdictTokens}, nil
}

// shownStep is a step as the model sees it: texts only, clipped.
type shownStep struct {
	Tool   string       `json:"tool"`
	Args   string       `json:"args"`
	Status model.Status `json:"status"`
	Output string       `json:"output"`
	Failed bool         `json:"failed,omitempty"`
}

// shown is the plan in JSON. encoding/json writes <, > and line breaks in texts as escapes, so a tool's output can't
// close the frame around it or pretend to be a line of the prompt.
func (j *rubric) shown(p Plan) (string, error) {
	clip := func(text string) string { return tool.Clip(text, j.opts.ShownBytes) }
	steps := make([]shownStep, len(p.Steps))
	for i, s := range p.Steps {
		steps[i] = j.shownStep(s)
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetIndent("", " ")
	err := e.Encode(struct {
		Goal   string      `json:"goal"`
		Steps  []shownStep `json:"steps"`
		State  string      `json:"state,omitempty"`
		Answer string      `json:"answer"`
	}{p.Goal, steps, clip(string(p.State)), clip(p.Answer)})
	return strings.TrimSpace(b.String()), err
}

func (j *rubric) shownStep(s model.Step) shownStep {
	clip := func(text string) string { return tool.Clip(text, j.opts.ShownBytes) }
	output := s.Result.Content
	if output == "" {
		output = string(s.Result.Value)
	}
	return shownStep{s.Call.Tool, clip(string(s.Call.Args)), s.Status, clip(output), s.Result.IsError}
}

// parseVerdict takes nothing but what was asked for: a judge that has to be guessed at is none.
func parseVerdict(text string) (Verdict, error) {
	var said struct {
		Accepted *bool    `json:"accepted"`
		Score    *float64 `json:"score"`
		Reason   *string  `json:"reason"`
	}
	if err := canon.CheckDepth([]byte(text)); err != nil {
		return Verdict{}, model.Garbage("judge: "+err.Error(), text)
	}
	if err := json.Unmarshal([]byte(text), &said); err != nil {
		return Verdict{}, model.Garbage("judge: not JSON", text)
	}
	if said.Accepted == nil || said.Score == nil || said.Reason == nil {
		return Verdict{}, model.Garbage("judge: accepted, score or reason is missing", text)
	}
	if !(*said.Score >= 0 && *said.Score <= 1) {
		return Verdict{}, model.Garbage(fmt.Sprintf("judge: the score %v is not from 0 to 1", *said.Score), text)
	}
	return Verdict{Accepted: *said.Accepted, Score: *said.Score, Reason: tool.Clip(*said.Reason, maxReason)}, nil
}
