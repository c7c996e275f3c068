package engine

import (
	"context"
	"errors"
	"time"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Engine is one run. It is used by one goroutine; the goroutines that it starts end before its methods return.
type Engine struct {
	cfg     Config
	opts    Options
	tree    *search.Tree
	actions *actions
	know    *knowledge
	reads   *reads
	parses  *parses
	caps    model.Capabilities
	shown   []tool.Spec // the shortlist, in a fixed order
	est     *model.Estimator
	usage   model.Usage // of the whole run, waste included
	waste   model.Usage
	back    restored // what a journal said, see Rebuild
	repairs int
	flushed time.Duration // of the run's time, when the journal was last written out
}

// New returns a run that has not begun.
func New(c Config, o *Options) (*Engine, error) {
	if err := c.validate(); err != nil {
		return nil, err
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	e := &Engine{
		cfg: c, opts: o.withDefaults(), tree: search.NewTree(c.Costs.Parts()),
		actions: newActions(), know: newKnowledge(c.World), reads: newReads(), parses: newParses(c.Tools),
		caps: c.Model.Capabilities(), est: &model.Estimator{}, back: newRestored(),
	}
	if c.Ledger.Limits().USD > 0 && e.caps.Prices == nil {
		return nil, errors.New("budget usd: the price of " + e.caps.Name + " is not known; give it with --prices, or limit tokens instead")
	}
	e.shown = tool.Shortlist(c.Tools.Specs(), c.Goal, e.opts.Shortlist, e.opts.ToolTokens)
	return e, e.able()
}

// NewView returns an engine that can only be rebuilt and looked at. Of the configuration it needs the strategy, the
// costs' names, the ledger and the tools as they were described then.
func NewView(c Config, ev *Events) *Engine {
	return &Engine{
		cfg: c, opts: (&Options{Events: ev}).withDefaults(), tree: search.NewTree(c.Costs.Parts()), actions: newActions(),
		know: newKnowledge(nil), reads: newReads(), parses: newParses(c.Tools), back: newRestored(),
	}
}

// Tree is the run's tree, for looking at. It changes while Run is under way.
func (e *Engine) Tree() *search.Tree { return e.tree }

// Status is how a run ended.
type Status string

// The ways in which a run ends.
const (
	Succeeded Status = "succeeded" // carried out, and no judge objected; with PlanOnly: a plan was found
	Exhausted Status = "exhausted" // the budget ended first; the best plan so far is in the result
	NoPlan    Status = "no_plan"   // nothing is left to try
	Denied    Status = "denied"    // an effect was not approved, or its outcome is unknown and nobody decided
	Failure   Status = "failed"    // the judge objects to what was done, or something broke
)

// Plan is a path through the tree as people and files see it.
type Plan struct {
	Nodes    []search.NodeID
	Steps    []model.Step
	Answer   string
	Complete bool    // leads to a final answer
	Cost     float64 // the path's f
}

// Result is what came of a run.
type Result struct {
	Status  Status
	Plan    Plan
	Answer  string
	Done    int // how many of the plan's steps were carried out, or observed while searching
	Verdict *judge.Verdict
	Usage   model.Usage
	Waste   model.Usage // the part of Usage that exact parallelism spent on work that was not needed
	Spent   budget.Amount
	Elapsed time.Duration
	// Err says why, for every status but Succeeded.
	Err error
}

// Run searches, has the plan approved, carries it out and repairs it, until an answer stands or the budget ends. The
// result is never nil. The error is not nil only where the run could not be carried on and may be resumed: the
// context ended, the journal could not be written, a provider gave up.
func (e *Engine) Run(ctx context.Context) (*Result, error) {
	ctx, cancel := e.cfg.Ledger.Context(ctx)
	defer cancel()
	if e.back.started == nil {
		if err := e.start(ctx); err != nil {
			return e.result(Failure, err), err
		}
	}
	r, err := e.run(ctx)
	if err != nil {
		return r, err
	}
	end := journal.Ended{Status: string(r.Status), Answer: r.Answer, Usage: r.Usage}
	if r.Err != nil {
		end.Error = r.Err.Error()
	}
	return r, e.cfg.Log.AppendSync(context.WithoutCancel(ctx), journal.KindEnded, end)
}

func (e *Engine) start(ctx context.Context) error {
	s := journal.Started{
		Goal: e.cfg.Goal, Seed: e.opts.Seed, Model: e.caps.Name, Config: e.opts.Started, Tools: e.cfg.Tools.Specs(),
	}
	if g := e.opts.Given; g != nil {
		s.Prefix, s.ForkOf = g.Steps, g.ForkOf
	}
	if err := e.cfg.Log.AppendSync(ctx, journal.KindStarted, s); err != nil {
		return err
	}
	e.back.started = &s
	return e.give(ctx)
}

// run alternates between searching and carrying out.
func (e *Engine) run(ctx context.Context) (*Result, error) {
	if g := e.opts.Given; g != nil && g.By != "" {
		e.back.granted = e.chosenSet()
	}
	for {
		err := e.searchOn(ctx)
		if err != nil && !errors.Is(err, budget.ErrExhausted) {
			return e.result(Failure, err), err
		}
		plan, ok := e.best()
		switch {
		case !ok:
			return e.nothing(err), nil
		case err != nil && !plan.Complete:
			return e.ended(Exhausted, plan, err), nil
		case !plan.Complete:
			return e.ended(NoPlan, plan, e.whyNot()), nil
		}
		if err := e.choose(ctx, plan); err != nil {
			return e.result(Failure, err), err
		}
		if e.opts.PlanOnly {
			return e.ended(Succeeded, plan, nil), nil
		}
		r, err := e.carryOut(ctx, plan)
		if err != nil && r == nil {
			r = e.ended(Failure, plan, err)
		}
		if r != nil {
			return r, err
		}
		if e.repairs++; e.repairs > e.opts.Repairs {
			return e.ended(Failure, plan, errors.New("the plan met with reality too often; raise repairs to go on")), nil
		}
	}
}

// searchOn searches, unless a plan that was chosen already is only half carried out.
func (e *Engine) searchOn(ctx context.Context) error {
	if len(e.back.chosen) > 0 {
		return ctx.Err()
	}
	return e.search(ctx)
}

// nothing is the result where no plan at all came up.
func (e *Engine) nothing(err error) *Result {
	if err != nil {
		return e.result(Exhausted, err)
	}
	return e.result(NoPlan, e.whyNot())
}

func (e *Engine) choose(ctx context.Context, p Plan) error {
	e.opts.Events.chosen(p)
	return e.cfg.Log.Append(ctx, journal.KindChosen, journal.Chosen{Nodes: p.Nodes, Complete: p.Complete})
}

// best returns the strategy's best plan.
func (e *Engine) best() (Plan, bool) {
	n, complete := e.cfg.Strategy.Best(e.tree)
	if c := e.back.chosen; len(c) > 0 {
		n, complete, e.back.chosen = c[len(c)-1], true, nil
	}
	if n == search.None || n == search.Root {
		return Plan{}, false
	}
	nodes := e.path(n)
	st, _ := steps(nil, withoutHistory(nodes))
	return Plan{
		Nodes: e.tree.Path(n), Steps: st, Answer: e.know.answers[n], Complete: complete, Cost: e.tree.F(n),
	}, true
}

// withoutHistory leaves failed attempts out: a plan is what is to be done.
func withoutHistory(nodes []pathNode) []pathNode {
	out := make([]pathNode, len(nodes))
	for i, p := range nodes {
		p.history = nil
		if !p.known {
			p.obs = observation{status: model.Deferred}
		}
		out[i] = p
	}
	return out
}

// whyNot explains an empty frontier as far as the run knows: the last thing that went wrong.
func (e *Engine) whyNot() error {
	if e.back.lastTrouble != "" {
		return errors.New("no plan: " + e.back.lastTrouble)
	}
	return errors.New("no plan: nothing that was proposed leads on; try more samples, another model or another wording of the goal")
}

func (e *Engine) result(s Status, err error) *Result {
	return &Result{
		Status: s, Usage: e.usage, Waste: e.waste, Spent: e.cfg.Ledger.Spent(), Elapsed: e.cfg.Ledger.Elapsed(), Err: err,
	}
}

func (e *Engine) ended(s Status, p Plan, err error) *Result {
	r := e.result(s, err)
	r.Plan, r.Answer = p, p.Answer
	return r
}

// Action returns the call behind an action id of the tree; ok is false for a final answer.
func (e *Engine) Action(id search.ActionID) (c tool.Call, ok bool) {
	a := e.actions.at(id)
	return a.call, !a.finish
}

// Answer returns the final answer of a finished node, empty where an outline ended without words.
func (e *Engine) Answer(n search.NodeID) string { return e.know.answers[n] }

// Observed returns what is known of a node's call.
func (e *Engine) Observed(n search.NodeID) (s model.Status, r tool.Result, ok bool) {
	o, ok := e.know.seen[n]
	return o.status, o.result, ok
}

// Reason returns what the judge said of a finished node.
func (e *Engine) Reason(n search.NodeID) string { return e.back.reasons[n] }

// Steps returns the path to a node as a plan holds it.
func (e *Engine) Steps(n search.NodeID) []model.Step {
	st, _ := steps(nil, withoutHistory(e.path(n)))
	return st
}
