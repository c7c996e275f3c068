package prompt

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// maxLesson is how much of a lesson is kept, in bytes.
const maxLesson = 600

const (
	evaluateTokens = 256
	reflectTokens  = 200
)

// CanEvaluate says whether a model can rate options, in its own way or in words.
func CanEvaluate(m model.Model) bool {
	if _, ok := m.(model.Evaluator); ok {
		return true
	}
	return m.Capabilities().Text
}

// EvaluateText is the request in words that [Evaluate] makes to a model that is no [model.Evaluator].
func EvaluateText(r model.EvaluateRequest) (model.TextRequest, error) {
	options := make([]shownStep, len(r.Options))
	for i, o := range r.Options {
		text := "finish: " + clipLine(o.Answer)
		if !o.Finish {
			text = o.Call.Tool + " " + clipLine(o.Call.Args)
		}
		options[i] = shownStep{Number: i + 1, Text: text}
	}
	n := len(r.Options)
	schema := fmt.Sprintf(`{"type":"object","properties":{"values":{"type":"array","items":{"type":"number","minimum":0,"maximum":1},"minItems":%d,"maxItems":%d}},"required":["values"],"additionalProperties":false}`, n, n)
	return textRequest("evaluate", r.Seed, evaluateTokens+8*n, json.RawMessage(schema), struct {
		Goal    string
		Steps   []shownStep
		Options []shownStep
		Lessons []string
	}{r.Goal, shownSteps(r.Steps), options, r.Lessons})
}

// Evaluate rates options: as the model does it itself, else in words bound to a schema. Values that are missing or no
// numbers in [0,1] make the answer [model.ErrGarbage], with its usage.
func Evaluate(ctx context.Context, m model.Model, r model.EvaluateRequest) (model.EvaluateResponse, error) {
	if e, ok := m.(model.Evaluator); ok {
		return e.Evaluate(ctx, r)
	}
	if !CanEvaluate(m) {
		return model.EvaluateResponse{}, fmt.Errorf("%s: ratings: %w", m.Capabilities().Name, model.ErrUnable)
	}
	q, err := EvaluateText(r)
	if err != nil {
		return model.EvaluateResponse{}, err
	}
	t, err := m.Complete(ctx, q)
	out := model.EvaluateResponse{Usage: t.Usage}
	if err != nil {
		return out, err
	}
	out.Values, err = parseValues(t.Text, len(r.Options))
	return out, err
}

func parseValues(text string, n int) ([]float64, error) {
	var v struct {
		Values []float64 `json:"values"`
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil || len(v.Values) != n {
		return nil, fmt.Errorf("%w: want %d ratings, got %s", model.ErrGarbage, n, tool.Clip(text, 200))
	}
	for i, x := range v.Values {
		if math.IsNaN(x) || x < 0 || x > 1 {
			return nil, fmt.Errorf("%w: rating %d is %v, want 0 to 1", model.ErrGarbage, i+1, x)
		}
	}
	return v.Values, nil
}

// ReflectText is the request in words that [Reflect] makes.
func ReflectText(r model.ReflectRequest) (model.TextRequest, error) {
	return textRequest("reflect", r.Seed, reflectTokens, nil, struct {
		Goal    string
		Steps   []shownStep
		Answer  string
		Reason  string
		Lessons []string
	}{r.Goal, shownSteps(r.Steps), clipLine(r.Answer), clipLine(r.Reason), r.Lessons})
}

// Reflect has a model write the lesson of a failed attempt (Reflexion, LATS). An empty answer is [model.ErrGarbage].
func Reflect(ctx context.Context, m model.Model, r model.ReflectRequest) (model.TextResponse, error) {
	if !m.Capabilities().Text {
		return model.TextResponse{}, fmt.Errorf("%s: text: %w", m.Capabilities().Name, model.ErrUnable)
	}
	q, err := ReflectText(r)
	if err != nil {
		return model.TextResponse{}, err
	}
	t, err := m.Complete(ctx, q)
	if err != nil {
		return t, err
	}
	if t.Text = clipLine(t.Text); t.Text == "" {
		return t, fmt.Errorf("%w: an empty lesson", model.ErrGarbage)
	}
	return t, nil
}

// shownStep is a step, or an option, as the templates show it.
type shownStep struct {
	Number       int
	Text, Output string
}

func shownSteps(steps []model.Step) []shownStep {
	out := make([]shownStep, len(steps))
	for i, s := range steps {
		o := s.Result.Content
		switch s.Status {
		case model.Deferred:
			o = "not carried out yet"
		case model.Failed:
			o = "failed: " + o
		}
		out[i] = shownStep{i + 1, s.Call.Tool + " " + clipLine(string(s.Call.Args)), unframed(tool.Clip(o, maxLesson))}
	}
	return out
}

// unframed keeps an output from closing the frame around it.
func unframed(s string) string { return strings.ReplaceAll(s, "</output", "<\\/output") }

func clipLine(s string) string { return tool.Clip(strings.Join(strings.Fields(s), " "), maxLesson) }

func textRequest(name string, seed uint64, tokens int, schema json.RawMessage, data any) (model.TextRequest, error) {
	sys, err := execute(name+"-system", nil)
	if err != nil {
		return model.TextRequest{}, err
	}
	prompt, err := execute(name, data)
	return model.TextRequest{System: sys, Prompt: prompt, Schema: schema, Seed: seed, MaxTokens: tokens}, err
}
