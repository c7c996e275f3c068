package model

import (
	"context"
	"errors"
)

// EvaluateRequest asks how promising each of several ways on is, all in one request: the self-evaluation of tree
// searches such as ToT and LATS.
type EvaluateRequest struct {
	Goal    string   `json:"goal"`
	Steps   []Step   `json:"steps,omitempty"` // the path that all options continue
	Options []Option `json:"options"`         // at least one
	Lessons []string `json:"lessons,omitempty"`
	Seed    uint64   `json:"seed"`
}

// Option is one way on: a call, or a final answer.
type Option struct {
	Call   RawCall `json:"call,omitzero"`
	Finish bool    `json:"finish,omitempty"`
	Answer string  `json:"answer,omitempty"`
}

// EvaluateResponse holds a rating in [0,1] for each option, in their order; 1 is sure to reach the goal.
type EvaluateResponse struct {
	Values []float64 `json:"values"`
	Usage  Usage     `json:"usage"`
}

// Evaluator is a [Model] with ratings of its own: a learned value, a simulation. Other models are asked in words, see
// package prompt.
type Evaluator interface {
	Evaluate(ctx context.Context, r EvaluateRequest) (EvaluateResponse, error)
}

// ReflectRequest asks what went wrong on a path that did not reach the goal.
type ReflectRequest struct {
	Goal    string   `json:"goal"`
	Steps   []Step   `json:"steps"`
	Answer  string   `json:"answer,omitempty"`
	Reason  string   `json:"reason,omitempty"` // why it did not, as far as a judge or a tool said
	Lessons []string `json:"lessons,omitempty"`
	Seed    uint64   `json:"seed"`
}

// ErrUnable says that a model was asked for what its [Capabilities] do not offer.
var ErrUnable = errors.New("the model can't do that")
