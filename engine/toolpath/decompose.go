package toolpath

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"text/template"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
)

//go:embed decompose.tmpl
var decomposeText string

// maxTokens of an answer.
const maxTokens = 4096

// Decompose takes a goal apart: by the model where it writes text, else by [Clauses]. An answer that can't be used is
// asked for once more, with the reason. Errors: those of the model; [model.ErrGarbage] with [ErrSubtasks] for a second
// bad answer. Usage is filled in beside an error too.
func Decompose(ctx context.Context, m model.Model, goal string, kinds []Kind) ([]Subtask, model.Usage, error) {
	var used model.Usage
	if m == nil || !m.Capabilities().Text {
		out, err := Clauses(goal, kinds)
		return out, used, err
	}
	var wrong error
	for range 2 {
		r, err := request(goal, kinds, wrong)
		if err != nil {
			return nil, used, err
		}
		answer, err := m.Complete(ctx, r)
		used = used.Add(answer.Usage)
		if err != nil {
			return nil, used, err
		}
		out, err := parse([]byte(answer.Text), kinds)
		if err == nil {
			return out, used, nil
		}
		wrong = err
	}
	return nil, used, fmt.Errorf("%w: %w", model.ErrGarbage, wrong)
}

func request(goal string, kinds []Kind, wrong error) (model.TextRequest, error) {
	t, err := template.New("decompose").Parse(decomposeText)
	if err != nil {
		return model.TextRequest{}, err
	}
	var system, prompt bytes.Buffer
	data := struct {
		Goal  string
		Kinds []Kind
		Wrong error
	}{goal, kinds, wrong}
	if err := errors.Join(t.ExecuteTemplate(&system, "system", nil), t.ExecuteTemplate(&prompt, "prompt", data)); err != nil {
		return model.TextRequest{}, err
	}
	schema, err := answerSchema(kinds)
	return model.TextRequest{System: system.String(), Prompt: prompt.String(), Schema: schema, MaxTokens: maxTokens}, err
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
