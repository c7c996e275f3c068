package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/prompt"
	"github.com/azimuthdev/azimuth/search"
)

// able refuses a strategy that needs what the model can't give, before anything is spent.
func (e *Engine) able() error {
	n, ok := e.cfg.Strategy.(search.Needy)
	if !ok {
		return nil
	}
	switch need := n.Needs(); {
	case need.Values && !prompt.CanEvaluate(e.cfg.Model):
		return fmt.Errorf("the strategy has the model rate its options, which %s can't: %w; choose another strategy or model", e.caps.Name, model.ErrUnable)
	case need.Text && !e.caps.Text:
		return fmt.Errorf("the strategy has the model write lessons, which %s can't: %w; choose another strategy or model", e.caps.Name, model.ErrUnable)
	case need.Subtasks && (e.opts.Given == nil || !e.opts.Given.Plan):
		if err := toolpath.CanDecompose(e.cfg.Model, e.cfg.Goal, e.kinds(e.catalog())); err != nil {
			return fmt.Errorf("the strategy has the goal taken apart, which %s can't: %w", e.caps.Name, err)
		}
	case need.LogProbs && !e.caps.LogProbs:
		return fmt.Errorf("the strategy needs log-probabilities, which %s does not return: %w; choose another strategy or model", e.caps.Name, model.ErrUnable)
	}
	return nil
}

// options are the children of a node as a model rates them.
func (e *Engine) options(n search.NodeID) []model.Option {
	var out []model.Option
	for c := range e.tree.Children(n) {
		a := e.actions.at(e.tree.Action(c))
		o := model.Option{Finish: a.finish, Answer: e.know.answers[c]}
		if !a.finish {
			o.Call = model.RawCall{Tool: a.call.Tool, Args: string(a.call.Args)}
		}
		out = append(out, o)
	}
	return out
}

// evaluate has the model rate the node's children, all in one request. An answer that can't be used leaves them
// unrated.
func (e *Engine) evaluate(ctx context.Context, j *job, d *done) error {
	if len(j.options) == 0 {
		return nil
	}
	st, _ := steps(j.history, j.nodes)
	r := model.EvaluateRequest{Goal: e.cfg.Goal, Steps: st, Options: j.options, Lessons: j.lessons, Seed: j.seed}
	return e.inWords(d, func() (model.TextRequest, error) { return prompt.EvaluateText(r) }, func() (model.Usage, error) {
		resp, err := prompt.Evaluate(ctx, e.cfg.Model, r)
		if err == nil {
			d.values = resp.Values
		}
		return resp.Usage, err
	})
}

// reflect has the model write the lesson of a plan that was rejected or that failed.
func (e *Engine) reflect(ctx context.Context, j *job, d *done) error {
	st, _ := steps(j.history, j.nodes)
	r := model.ReflectRequest{Goal: e.cfg.Goal, Steps: append(st, j.tried...), Answer: j.answer, Reason: j.reason, Lessons: j.lessons, Seed: j.seed}
	return e.inWords(d, func() (model.TextRequest, error) { return prompt.ReflectText(r) }, func() (model.Usage, error) {
		resp, err := prompt.Reflect(ctx, e.cfg.Model, r)
		if err == nil {
			d.lesson = resp.Text
		}
		return resp.Usage, err
	})
}

// inWords reserves for a request in words, asks and settles. An answer that can't be used is no error: d says why.
func (e *Engine) inWords(d *done, render func() (model.TextRequest, error), ask func() (model.Usage, error)) error {
	hold, err := e.cfg.Ledger.Reserve(e.textEstimate(render))
	if err != nil {
		return err
	}
	used, err := ask()
	hold.Settle(spent(used))
	d.usage = d.usage.Add(used)
	if errors.Is(err, model.ErrGarbage) {
		d.reason = err.Error()
		return nil
	}
	return err
}

// textEstimate is what a request in words may use at most.
func (e *Engine) textEstimate(render func() (model.TextRequest, error)) budget.Amount {
	if !e.limited() {
		return budget.Amount{ModelCalls: 1}
	}
	q, err := render()
	if err != nil { // it fails again, with its error, when it is made
		return budget.Amount{ModelCalls: 1}
	}
	return spent(e.est.EstimateText(q, e.caps))
}
