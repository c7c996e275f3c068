package toolpath

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/template"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

//go:embed decompose.tmpl
var decomposeText string

// maxTokens of an answer.
const maxTokens = 4096

// CanDecompose says whether a model can take the goal apart: in its own way, in words, or, failing both, by the goal's
// clauses. The error of the latter wraps [model.ErrUnable] and [ErrSubtasks].
func CanDecompose(m model.Model, goal string, kinds []Kind) error {
	if _, ok := m.(model.Decomposer); ok || m != nil && m.Capabilities().Text {
		return nil
	}
	if _, err := Clauses(goal, kinds); err != nil {
		return unable{err}
	}
	return nil
}

// unable is an error that is [model.ErrUnable] without its words, which say nothing beside those of the error.
type unable struct{ error }

func (e unable) Unwrap() error      { return e.error }
func (unable) Is(target error) bool { return target == model.ErrUnable }

// Decompose takes a goal apart: as the model does it itself, else in words where it writes text, else by [Clauses]. An answer
// in words that can't be used is asked for once more, with the reason. Errors: those of the model; [model.ErrGarbage] with
// [ErrSubtasks] for a second bad answer. Usage is filled in beside an error too.
func Decompose(ctx context.Context, m model.Model, goal string, kinds []Kind) ([]Subtask, model.Usage, error) {
	return DecomposeWith(ctx, m, model.DecomposeRequest{Goal: goal, Kinds: kinds, N: 1})
}

// DecomposeWith is [Decompose] for a whole request. Of several samples it returns what [Agreed] makes of them.
func DecomposeWith(ctx context.Context, m model.Model, r model.DecomposeRequest) ([]Subtask, model.Usage, error) {
	samples, used, err := Samples(ctx, m, r)
	if err != nil {
		return nil, used, err
	}
	out, err := Agreed(samples, r.Kinds)
	if err != nil {
		err = fmt.Errorf("%w: %w", model.ErrGarbage, err)
	}
	return out, used, err
}

// Samples draws r.N lists of subtasks, or as many of them as can be read; a model without words of its own gives one. Errors and
// usage are those of [Decompose]; a [model.Decomposer]'s lists are not checked.
func Samples(ctx context.Context, m model.Model, r model.DecomposeRequest) ([][]Subtask, model.Usage, error) {
	if d, ok := m.(model.Decomposer); ok {
		resp, err := d.Decompose(ctx, r)
		return resp.Samples, resp.Usage, err
	}
	if m == nil || !m.Capabilities().Text {
		out, err := Clauses(r.Goal, r.Kinds)
		return [][]Subtask{out}, model.Usage{}, err
	}
	var used model.Usage
	var samples [][]Subtask
	var last error
	for i := range max(r.N, 1) {
		one := r
		one.Seed = model.DeriveSeed(r.Seed, i)
		out, usage, err := inWords(ctx, m, one)
		used = used.Add(usage)
		switch {
		case errors.Is(err, model.ErrGarbage):
			last = err
		case err != nil:
			return nil, used, err
		default:
			samples = append(samples, out)
		}
	}
	if len(samples) == 0 {
		return nil, used, last
	}
	return samples, used, nil
}

// inWords asks for one list, and once more where it can't be used.
func inWords(ctx context.Context, m model.Model, r model.DecomposeRequest) ([]Subtask, model.Usage, error) {
	var used model.Usage
	var wrong error
	for range 2 {
		q, err := DecomposeText(r, wrong)
		if err != nil {
			return nil, used, err
		}
		answer, err := m.Complete(ctx, q)
		used = used.Add(answer.Usage)
		if err != nil {
			return nil, used, err
		}
		out, err := parse([]byte(answer.Text), r.Kinds)
		if err == nil {
			return out, used, nil
		}
		wrong = err
	}
	return nil, used, fmt.Errorf("%w: %w", model.ErrGarbage, wrong)
}

// maxReason is how much of the reason why an answer could not be used is shown, in bytes: it quotes the answer.
const maxReason = 400

// LongestReason is the longest reason that [DecomposeText] shows, for those who have to know beforehand what a request may use.
func LongestReason() error { return errors.New(strings.Repeat("x,", maxReason/2)) }

// DecomposeText is the request in words that [Decompose] makes; wrong is why the last answer could not be used, or nil. Of a
// long reason the middle is left out.
func DecomposeText(r model.DecomposeRequest, wrong error) (model.TextRequest, error) {
	t, err := template.New("decompose").Parse(decomposeText)
	if err != nil {
		return model.TextRequest{}, err
	}
	var system, prompt bytes.Buffer
	data := struct {
		Goal  string
		Kinds []Kind
		Steps []model.Step
		Wrong string

		Rejected []Subtask
		Reason   string
	}{Goal: r.Goal, Kinds: r.Kinds, Steps: r.Steps, Rejected: r.Rejected, Reason: tool.Clip(r.Reason, maxReason)}
	if wrong != nil {
		data.Wrong = tool.Clip(wrong.Error(), maxReason)
	}
	if err := errors.Join(t.ExecuteTemplate(&system, "system", nil), t.ExecuteTemplate(&prompt, "prompt", data)); err != nil {
		return model.TextRequest{}, err
	}
	schema, err := answerSchema(r.Kinds)
	return model.TextRequest{System: system.String(), Prompt: prompt.String(), Schema: schema, Seed: r.Seed, MaxTokens: maxTokens}, err
}

// schemaType is as much of JSON Schema as the answer needs.
type schemaType struct {
	Type       string                `json:"type"`
	Enum       []string              `json:"enum,omitempty"`
	Items      *schemaType           `json:"items,omitempty"`
	Properties map[string]schemaType `json:"properties,omitempty"`
	Required   []string              `json:"required,omitempty"`
	Additional *bool                 `json:"additionalProperties,omitempty"`
}

func answerSchema(kinds []Kind) (json.RawMessage, error) {
	text, no := schemaType{Type: "string"}, false
	kind := text
	for _, k := range kinds {
		kind.Enum = append(kind.Enum, k.Name)
	}
	one := schemaType{Type: "object", Additional: &no, Required: []string{"id", "kind", "about", "parents"}, Properties: map[string]schemaType{
		"id": text, "kind": kind, "about": text, "parents": {Type: "array", Items: &text},
	}}
	return canon.Marshal(schemaType{Type: "object", Additional: &no, Required: []string{"subtasks"}, Properties: map[string]schemaType{
		"subtasks": {Type: "array", Items: &one},
	}})
}

// parse reads an answer.
func parse(raw []byte, kinds []Kind) ([]Subtask, error) {
	if err := canon.CheckDepth(raw); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSubtasks, err)
	}
	var a struct {
		Subtasks []Subtask `json:"subtasks"`
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSubtasks, err)
	}
	return a.Subtasks, Check(a.Subtasks, kinds)
}
