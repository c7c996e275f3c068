package azimuth

import (
	"encoding/json"

	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// Result is what came of a run. It is the object that the command prints with --json.
type Result struct {
	RunID  string        `json:"run_id"`
	Status engine.Status `json:"status"`
	Answer string        `json:"answer"`
	Steps  []Step        `json:"steps"` // of the plan, whether carried out or not
	Usage  Usage         `json:"usage"`
	// Error says why, for every status but succeeded.
	Error string `json:"error,omitempty"`
	// Verdict is the judge's, where one was asked.
	Verdict *judge.Verdict `json:"verdict,omitempty"`
	// Cost is the plan's g + h with its charges, in the preset's unit.
	Cost float64 `json:"cost"`
	// Err is Error as an error, for errors.Is.
	Err error `json:"-"`

	plan engine.Plan
}

// Step is a step of a plan as people see it.
type Step struct {
	Tool   string          `json:"tool"`
	Args   json.RawMessage `json:"args"`
	Effect tool.Effect     `json:"effect"`
	Status model.Status    `json:"status"` // observed, imagined, deferred or failed
	Result string          `json:"result"`
	Value  json.RawMessage `json:"value,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// Usage is what a run used, all its parts and resumptions together.
type Usage struct {
	ModelCalls       int     `json:"model_calls"` // requests, retries included
	Samples          int     `json:"samples"`
	PromptTokens     int     `json:"prompt_tokens"`
	CompletionTokens int     `json:"completion_tokens"`
	USD              float64 `json:"usd"`
	WallMS           int64   `json:"wall_ms"`
	Expansions       int     `json:"expansions"`
	Nodes            int     `json:"nodes"`
	// Turned is after how many expansions preset auto gave outlines up for single steps; 0 when it did not.
	Turned    int   `json:"turned,omitempty"`
	ToolCalls int64 `json:"tool_calls"`
	// Wasted are the model calls that exact parallelism spent on work that was not needed; part of ModelCalls.
	Wasted int `json:"wasted_model_calls,omitempty"`
}

func (r *run) result(er *engine.Result) *Result {
	t := r.engine.Tree()
	res := &Result{
		RunID: r.id, Status: er.Status, Answer: er.Answer, Steps: []Step{}, Verdict: er.Verdict, Cost: er.Plan.Cost, Err: er.Err, plan: er.Plan,
		Usage: Usage{
			ModelCalls: er.Usage.Requests, Samples: er.Usage.Samples, PromptTokens: er.Usage.Prompt, CompletionTokens: er.Usage.Completion,
			USD: er.Usage.USD, WallMS: er.Elapsed.Milliseconds(), Expansions: t.Expansions(), Nodes: t.Len() - 1, Turned: t.Turned(),
			ToolCalls: er.Spent.ToolCalls, Wasted: er.Waste.Requests,
		},
	}
	if er.Err != nil {
		res.Error = er.Err.Error()
	}
	for _, s := range er.Plan.Steps {
		res.Steps = append(res.Steps, r.agent.step(s))
	}
	return res
}

func (a *Agent) step(s model.Step) Step {
	spec, _ := a.tools.Spec(s.Call.Tool)
	st := Step{Tool: s.Call.Tool, Args: s.Call.Args, Effect: spec.Effect, Status: s.Status, Result: s.Result.Content, Value: s.Result.Value}
	if s.Result.IsError {
		st.Result, st.Error = "", s.Result.Content
	}
	return st
}
