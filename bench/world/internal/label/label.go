// Package label holds what graders compare a run with, and the comparison. It is reached through the grade
// packages only.
package label

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/azimuthdev/azimuth/tool"
)

// Label is the gold answer of one task.
type Label struct {
	ID   string
	Goal string // the request, as the task has it
	// Plan is one gold plan, in the order in which a careful writer would put it.
	Plan []tool.Call
	// Needs lists for each call of Plan, by index, the calls that must come before it. Every order that
	// respects it is a gold plan.
	Needs [][]int
	// Makes holds for each call of Plan the handle that it returns, "" for a call that returns none.
	Makes []string
	// Dict is the criteria dictionary that Plan leads to, as canonical JSON.
	Dict json.RawMessage
}

// Score compares a world's state with the gold dictionary: f1 is the F1 of the pairs of key and value, in [0,1],
// and ok says that it is exactly 1. A state that is not a JSON object scores 0. The state does not know of calls
// that failed; [Run] does.
func Score(state json.RawMessage, l Label) (ok bool, f1 float64) {
	have, want := object(state), object(l.Dict)
	hit := 0
	for k, v := range have {
		if w, ok := want[k]; ok && bytes.Equal(v, w) {
			hit++
		}
	}
	if hit == 0 {
		return false, 0
	}
	precision, recall := float64(hit)/float64(len(have)), float64(hit)/float64(len(want))
	f1 = 2 * precision * recall / (precision + recall)
	return hit == len(have) && hit == len(want), f1
}

func object(raw json.RawMessage) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	if json.Unmarshal(raw, &m) != nil {
		return nil
	}
	return m
}

// Grade is what a whole plan is worth.
type Grade struct {
	Success bool    // no call failed and the dictionary is the gold one
	F1      float64 // of the dictionary, 0 when a call failed: the evaluators count that as a crash
	Failed  int     // index of the first call that failed, -1 for none
	Reason  string  // of the failure
}

// Run carries a plan out in a fork of the world and grades it by the evaluators' rule.
func Run(ctx context.Context, w tool.World, plan []tool.Call, l Label) (Grade, error) {
	w = w.Fork()
	for i, c := range plan {
		res, err := w.Call(ctx, c)
		if err != nil {
			return Grade{}, fmt.Errorf("call %d, %s: %w", i, c.Tool, err)
		}
		if res.IsError {
			return Grade{Failed: i, Reason: res.Content}, nil
		}
	}
	ok, f1 := Score(w.State(), l)
	return Grade{Success: ok, F1: f1, Failed: -1}, nil
}

// Builder puts a label's plan together.
type Builder struct{ l Label }

// Add appends a call and returns its index. args must marshal; needs are indexes of earlier calls.
func (b *Builder) Add(name string, args json.RawMessage, needs ...int) int {
	b.l.Plan = append(b.l.Plan, tool.Call{Tool: name, Args: args})
	b.l.Needs = append(b.l.Needs, needs)
	b.l.Makes = append(b.l.Makes, "")
	return len(b.l.Plan) - 1
}

// Make is [Builder.Add] for a constructor's call: it returns the handle.
func (b *Builder) Make(name string, args json.RawMessage, handle string) int {
	i := b.Add(name, args)
	b.l.Makes[i] = handle
	return i
}

// Finish appends a call that needs all before it and returns the label.
func (b *Builder) Finish(name string, dict json.RawMessage) Label {
	all := make([]int, len(b.l.Plan))
	for i := range all {
		all[i] = i
	}
	b.Add(name, json.RawMessage("{}"), all...)
	b.l.Dict = dict
	return b.l
}
