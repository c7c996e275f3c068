package azimuth

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// run is one run with everything that it is made of.
type run struct {
	agent  *Agent
	id     string
	goal   string
	header header
	engine *engine.Engine
	writer *journal.Writer
}

// assemble puts a run together: ledger, gate, costs, strategy, engine.
func (a *Agent) assemble(ctx context.Context, id, goal string, h header, w *journal.Writer) (*run, error) {
	index, err := a.index(ctx)
	if err != nil {
		return nil, err
	}
	if h.Length == 0 { // not yet decided: a run keeps what memory held when it began
		h.Length, h.Situation = cmp.Or(index.MeanLen(), noLength), a.situation(&h.Settings)
		h.Shown = h.Settings.shown(goal, index)
	}
	r := &run{agent: a, id: id, goal: goal, header: h, writer: w}
	health := &cost.Health{}
	proposer, err := a.proposer(&h.Settings, index)
	if err != nil {
		return nil, err
	}
	c := engine.Config{
		Goal: goal, Tools: a.tools, Model: proposer, Log: w,
		Ledger: budget.New(h.Settings.limits(), &budget.Options{Now: a.opts.Now}),
		Costs:  a.costs(index, health),
	}
	if a.opts.Judge != nil {
		c.Judge = judge.Cached(a.opts.Judge)
		c.Stepper, _ = a.opts.Judge.(judge.Stepper)
	}
	if a.opts.World != nil {
		c.World = a.opts.World.Fork()
	}
	c.Gate, err = effect.NewGate(a.tools, c.Ledger, w, &effect.Options{Policy: a.opts.Approve, Approver: a.opts.Approver, Run: id})
	if err != nil {
		return nil, err
	}
	so, err := h.searchOptions(r.commutes)
	if err != nil {
		return nil, err
	}
	if c.Strategy, err = search.New(h.Settings.strategy(), so); err != nil {
		return nil, err
	}
	eo := r.engineOptions(index, health)
	if h.Settings.strategy() == search.CoSTA {
		if eo.Table, err = a.experience(ctx, id); err != nil {
			return nil, err
		}
	}
	r.engine, err = engine.New(c, eo)
	return r, err
}

func (r *run) commutes(a, b search.ActionID) bool { return r.engine.Commutes(a, b) }

func (r *run) engineOptions(index *memory.Index, health *cost.Health) *engine.Options {
	o := r.header.Settings.engineOptions()
	o.Demos = r.header.demos(r.goal, index)
	o.PlanOnly, o.Given = r.header.PlanOnly, r.header.Given.engine()
	o.Events, o.Unknown, o.Health = r.agent.opts.Events, r.agent.opts.Unknown, health
	o.Started, _ = r.header.raw() // every field is a plain value
	return o
}

// index is a snapshot of memory for a run, without plans of tools that are not there.
func (a *Agent) index(ctx context.Context) (*memory.Index, error) {
	plans, err := a.memory.List(ctx)
	if err != nil {
		return nil, err
	}
	return memory.NewIndex(plans, &memory.IndexOptions{
		Exact: a.opts.ExactMemory,
		Known: func(name string) bool { _, ok := a.tools.Spec(name); return ok },
	})
}

func (a *Agent) costs(index *memory.Index, health *cost.Health) engine.Costs {
	c := engine.Costs{Steps: []cost.Step{index.Step(), health}, Heuristics: []cost.Heuristic{index.Heuristic()}, Prior: index.Prior()}
	c.Steps = append(c.Steps, prices(a.tools.Specs())...)
	return c
}

// prices are the components of what calls cost and how long they take; none where no tool says. A call of the mean
// stated price, or time, costs a half (inferred: nobody measured a better scale).
func prices(specs []tool.Spec) []cost.Step {
	var usd, seconds, n, m float64
	for _, s := range specs {
		if s.Price.USD > 0 {
			usd, n = usd+s.Price.USD, n+1
		}
		if s.Price.Latency > 0 {
			seconds, m = seconds+s.Price.Latency.Seconds(), m+1
		}
	}
	if n+m == 0 {
		return nil
	}
	var out []cost.Step
	if p, err := cost.NewPrice(usd / max(n, 1)); err == nil {
		out = append(out, p)
	}
	if l, err := cost.NewLatency(time.Duration(seconds / max(m, 1) * float64(time.Second))); err == nil {
		out = append(out, l)
	}
	return out
}

// finish lets the engine run, closes the journal and remembers a plan that proved itself.
func (r *run) finish(ctx context.Context) (*Result, error) {
	er, err := r.engine.Run(ctx)
	res := r.result(er)
	safe := context.WithoutCancel(ctx)
	if err != nil {
		return res, errors.Join(err, r.writer.Flush(safe))
	}
	if err := r.writer.End(safe, string(er.Status)); err != nil {
		return res, err
	}
	return res, r.remember(safe, er)
}

// remember adds the plan to memory if a judge accepted it and it was carried out.
func (r *run) remember(ctx context.Context, er *engine.Result) error {
	e := memory.Evidence{
		Accepted:   er.Verdict != nil && er.Verdict.Accepted,
		CarriedOut: er.Status == engine.Succeeded && !r.header.PlanOnly,
	}
	if !e.Accepted || !e.CarriedOut || len(er.Plan.Steps) == 0 {
		return nil
	}
	p := memory.Plan{Goal: r.goal, Source: r.id, Created: r.agent.opts.Now()}
	for _, s := range er.Plan.Steps {
		p.Calls = append(p.Calls, s.Call)
	}
	_, err := r.agent.memory.Learn(ctx, p, e)
	return err
}
