package toolpath

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
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
	if d, ok := m.(model.Decomposer); ok {
		resp, err := d.Decompose(ctx, r)
		if err != nil {
			return nil, resp.Usage, err
		}
		out, err := Agreed(resp.Samples, r.Kinds)
		if err != nil {
			err = fmt.Errorf("%w: %w", model.ErrGarbage, err)
		}
		return out, resp.Usage, err
	}
	if m == nil || !m.Capabilities().Text {
		out, err := Clauses(r.Goal, r.Kinds)
		return out, model.Usage{}, err
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
	out, err := Agreed(samples, r.Kinds)
	return out, used, err
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

// Agreed returns the list on which samples agree: where all are chains, at each place what most of them have there, the first
// of equals, and as many as most of them have; else the first sample that [Check] lets pass, whose error is returned
// where none does.
func Agreed(samples [][]Subtask, kinds []Kind) ([]Subtask, error) {
	err := fmt.Errorf("%w: no sample", ErrSubtasks)
	var good [][]Subtask
	for _, s := range samples {
		if e := Check(s, kinds); e != nil {
			err = e
			continue
		}
		good = append(good, s)
	}
	if len(good) == 0 {
		return nil, err
	}
	if len(good) == 1 || slices.ContainsFunc(good, func(s []Subtask) bool { return !chain(s) }) {
		return good[0], nil
	}
	n := most(good, func(s []Subtask) (int, bool) { return len(s), true })
	out := make([]Subtask, 0, n)
	for i := range n {
		type what struct{ kind, about string }
		w := most(good, func(s []Subtask) (what, bool) {
			if i >= len(s) {
				return what{}, false
			}
			return what{s[i].Kind, s[i].About}, true
		})
		s := Subtask{ID: fmt.Sprintf("%s %d", w.kind, i+1), Kind: w.kind, About: w.about}
		if i > 0 {
			s.Parents = []string{out[i-1].ID}
		}
		out = append(out, s)
	}
	return out, nil
}

// chain says whether each subtask follows the one before it in the list.
func chain(s []Subtask) bool {
	for i := range s {
		if i == 0 && len(s[i].Parents) > 0 || i > 0 && (len(s[i].Parents) != 1 || s[i].Parents[0] != s[i-1].ID) {
			return false
		}
	}
	return true
}

// most returns the value that most samples have, the first one of equals.
func most[T comparable](samples [][]Subtask, value func([]Subtask) (T, bool)) T {
	votes := map[T]int{}
	var order []T
	for _, s := range samples {
		if v, ok := value(s); ok {
			if votes[v]++; votes[v] == 1 {
				order = append(order, v)
			}
		}
	}
	return slices.MaxFunc(order, func(a, b T) int {
		return cmp.Or(cmp.Compare(votes[a], votes[b]), cmp.Compare(slices.Index(order, b), slices.Index(order, a)))
	})
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
	}{Goal: r.Goal, Kinds: r.Kinds, Steps: r.Steps}
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
