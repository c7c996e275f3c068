package azimuth

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// PlanVersion is the format of the plan files that this program writes and reads.
const PlanVersion = 1

// Plan is a plan as a file holds it: to be reviewed, perhaps edited, and applied.
type Plan struct {
	Version int        `json:"version"`
	RunID   string     `json:"run_id"` // of the search that found it
	Goal    string     `json:"goal"`
	Steps   []PlanStep `json:"steps"`
	Answer  string     `json:"answer,omitempty"` // empty where it depends on what steps will answer
	Cost    float64    `json:"cost"`             // in the unit of the preset that found it
	Price   PlanPrice  `json:"price"`
}

// PlanPrice is what carrying the plan out is expected to take.
type PlanPrice struct {
	USD     float64 `json:"usd"`        // of its calls, by their tools' stated prices
	Calls   int     `json:"tool_calls"` // that will be made
	Effects int     `json:"effects"`    // of them, those that change the world
}

// PlanStep is one call of a plan. An argument ${steps.N.path} stands for an output of step N, counted from 1.
type PlanStep struct {
	Tool   string          `json:"tool"`
	Args   json.RawMessage `json:"args"`
	Effect tool.Effect     `json:"effect"` // must be what the tool has when the plan is applied
	Status model.Status    `json:"status"` // observed: Result is what the call answered while searching
	Result *tool.Result    `json:"result,omitempty"`
}

// ErrPlan is what every error about a plan file is.
var ErrPlan = errors.New("bad plan")

// maxPlan bounds the size of a plan file.
const maxPlan = 64 << 20

// ReadPlan reads a plan file. Unknown fields, a newer version and broken JSON are errors that say so.
func ReadPlan(r io.Reader) (*Plan, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxPlan+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPlan, err)
	}
	if len(raw) > maxPlan {
		return nil, fmt.Errorf("%w: larger than %d MiB", ErrPlan, maxPlan>>20)
	}
	if err := canon.CheckDepth(raw); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPlan, err)
	}
	var p Plan
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return nil, fmt.Errorf("%w: %w; write it again with azimuth plan -o", ErrPlan, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: text after the plan", ErrPlan)
	}
	if p.Version != PlanVersion {
		return nil, fmt.Errorf("%w: version: %d: this program reads version %d", ErrPlan, p.Version, PlanVersion)
	}
	return &p, nil
}

// Write writes the plan as a file that [ReadPlan] reads.
func (p *Plan) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(p)
}

// planOf makes a plan of a run that found one.
func (a *Agent) planOf(r *Result, goal string) *Plan {
	p := &Plan{Version: PlanVersion, RunID: r.RunID, Goal: goal, Answer: r.Answer, Cost: r.Cost}
	for _, s := range r.plan.Steps {
		spec, _ := a.tools.Spec(s.Call.Tool)
		ps := PlanStep{Tool: s.Call.Tool, Args: s.Call.Args, Effect: spec.Effect, Status: s.Status}
		if s.Status == model.Observed {
			res := s.Result
			ps.Result = &res
		}
		p.Steps = append(p.Steps, ps)
		p.Price.USD += spec.Price.USD
		p.Price.Calls++
		if !spec.Effect.Safe() {
			p.Price.Effects++
		}
	}
	return p
}

// Check holds a plan against the agent's tools, as [Agent.Apply] will, and changes nothing. An error names the step.
func (a *Agent) Check(p *Plan) error {
	_, err := p.given(a.tools)
	return err
}

// given checks the plan against the tools, as they are now, and returns its path.
func (p *Plan) given(set *tool.Set) (*engine.Given, error) {
	if p.Goal == "" {
		return nil, fmt.Errorf("%w: goal: empty", ErrPlan)
	}
	if len(p.Steps) == 0 {
		return nil, fmt.Errorf("%w: steps: none", ErrPlan)
	}
	g := &engine.Given{Plan: true, Answer: p.Answer}
	for i, s := range p.Steps {
		st, err := s.check(set, i)
		if err != nil {
			return nil, fmt.Errorf("%w: steps[%d] (%s): %w", ErrPlan, i, s.Tool, err)
		}
		g.Steps = append(g.Steps, st)
	}
	return g, nil
}

// check holds a step against its tool. The file's word about an effect is never taken: it only has to agree.
func (s *PlanStep) check(set *tool.Set, i int) (model.Step, error) {
	call, err := set.Parse(s.Tool, string(s.Args))
	if err != nil {
		return model.Step{}, err
	}
	spec, _ := set.Spec(s.Tool)
	if spec.Effect != s.Effect {
		return model.Step{}, fmt.Errorf("effect: the file says %s and the tool is %s; plan again", s.Effect, spec.Effect)
	}
	for _, r := range tool.Refs(call.Args) {
		if r.Step < 1 || r.Step > i {
			return model.Step{}, fmt.Errorf("args: %s refers to no earlier step", r)
		}
	}
	st := model.Step{Call: call, Status: model.Deferred}
	switch {
	case s.Status == model.Failed:
		return st, errors.New("status: a failed step is no part of a plan")
	case s.Status == model.Observed && s.Result == nil:
		return st, errors.New("status: observed without a result; write deferred")
	case s.Status != model.Deferred && s.Result != nil:
		st.Status, st.Result = s.Status, *s.Result
	}
	return st, nil
}
