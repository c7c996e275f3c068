package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/internal/splitmix"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// job is work on one node with everything that it needs: nothing in it is shared with the tree, so it can be done
// in any goroutine, ahead of its turn or never.
type job struct {
	req     search.Request
	history []model.Step // of the root
	nodes   []pathNode
	tried   []model.Step // failed calls below the node
	world   tool.World   // a copy that has seen the first of the nodes' calls; nil for real tools
	from    int          // how many of them
	seed    uint64
	answer  string         // known final answer of a finished node
	options []model.Option // the node's children (Evaluate)
	reason  string         // why a finished node was rejected (Reflect)
	lessons []string
	course  *course       // of strategies that go by subtasks, nil before the goal was taken apart
	judged  Rating        // what the call at the end of the path came to when the goal had been taken apart otherwise
	at      []int         // the nodes of its graph that the path is at
	span    time.Duration // that the last call of the path took, 0 where it was not made now
}

// done is what came of a job.
type done struct {
	failed   search.NodeID
	samples  int
	cut      bool
	cands    []candidate
	observed []journal.Observation
	rejects  []model.RawCall
	verdict  search.Verdict
	score    float64
	reason   string
	answer   string
	gaveUp   bool
	lesson   string
	values   []float64
	state    uint64
	world    tool.World
	usage    model.Usage
	graph    *search.ToolGraph
	subtasks []model.Subtask
	took     float64
	scant    bool // it goes without a request for which there was no budget
	err      error
}

// prepare gathers what a request needs from the tree.
func (e *Engine) prepare(r search.Request) *job {
	j := &job{req: r, history: e.know.history[search.Root], nodes: e.path(r.Node), answer: e.know.answers[r.Node]}
	if r.Kind == search.Expand || r.Kind == search.Reflect {
		j.tried = e.know.tried[r.Node]
	}
	if r.Kind == search.Evaluate {
		j.options = e.options(r.Node)
	}
	j.course, j.at, j.judged = e.know.course, e.know.tools[r.Node], e.know.judged[r.Node]
	j.lessons, j.reason = e.know.lessons, e.back.reasons[r.Node]
	if j.anew() {
		j.reason = e.lastReason()
	}
	j.seed = e.seedOf(j.nodes, r.ID>>32, len(j.tried)+e.know.learned<<16)
	if e.know.worlds != nil {
		j.world, j.from = e.know.worlds.near(j.nodes)
	}
	return j
}

// do works on a node: observe the path to it, then sample what could come next, or have the plan judged. It must
// not touch the engine's tree or knowledge.
func (e *Engine) do(ctx context.Context, j *job) *done {
	d := &done{failed: search.None}
	if err := e.observePath(ctx, j, d); err != nil || d.failed != search.None {
		d.err = err
		return d
	}
	switch j.req.Kind {
	case search.Judge:
		d.err = e.judge(ctx, j, d)
	case search.Evaluate:
		d.err = e.evaluate(ctx, j, d)
	case search.Reflect:
		d.err = e.reflect(ctx, j, d)
	default:
		d.state = e.stateKey(j)
		if e.follows() {
			d.err = e.follow(ctx, j, d)
		} else {
			d.err = e.propose(ctx, j, d)
		}
		d.world = j.world
	}
	return d
}

// observePath makes the calls of the path that can be made now and were not yet.
func (e *Engine) observePath(ctx context.Context, j *job, d *done) error {
	pending := false // an effect before this step has not been made
	for i := range j.nodes {
		p := &j.nodes[i]
		if p.act.finish {
			break
		}
		var err error
		start := j.clock(e)
		if j.world != nil {
			err = e.observeWorld(ctx, j, i, d)
		} else {
			err = e.observeTool(ctx, j, i, pending, d)
			pending = pending || p.obs.status == model.Deferred && !e.safe(p.act.call)
		}
		j.span = j.clock(e) - start
		if err != nil || d.failed != search.None {
			d.took = e.failedAfter(j, p)
			return err
		}
	}
	return nil
}

// clock is the run's time, where calls are timed.
func (j *job) clock(e *Engine) time.Duration {
	if j.course == nil {
		return 0
	}
	return e.cfg.Ledger.Elapsed()
}

// failedAfter is what a call that failed took, for strategies that go by subtasks.
func (e *Engine) failedAfter(j *job, p *pathNode) float64 {
	if j.course == nil || len(p.tools) == 0 || !j.course.has(p.tools[0]) {
		return 0
	}
	return e.took(p, j.course.graph.Nodes[p.tools[0]].Cost, j.span)
}

// observeWorld makes the i-th call of the path on the job's copy of the world.
func (e *Engine) observeWorld(ctx context.Context, j *job, i int, d *done) error {
	p := &j.nodes[i]
	if i < j.from {
		return nil
	}
	c, ok, err := resolve(p.act.call, j.nodes[:i])
	if err != nil || !ok {
		d.fail(p, refusal(c, err), true)
		return nil
	}
	if p.known && p.obs.status == model.Observed { // make its state again
		_, err := j.world.Call(ctx, c)
		return err
	}
	hold, err := e.cfg.Ledger.Reserve(budget.Amount{ToolCalls: 1})
	if err != nil {
		return err
	}
	r, err := j.world.Call(ctx, c)
	hold.Settle(budget.Amount{ToolCalls: 1})
	if err != nil {
		return fmt.Errorf("%s: %w", c.Tool, err)
	}
	d.note(p, r, false)
	return nil
}

// observeTool makes the i-th call of the path if that leaves nothing behind and shows what it will show when the
// plan is carried out; otherwise the call is deferred.
func (e *Engine) observeTool(ctx context.Context, j *job, i int, pending bool, d *done) error {
	p := &j.nodes[i]
	if p.known || p.committed {
		return nil
	}
	spec, ok := e.cfg.Tools.Spec(p.act.call.Tool)
	if !ok {
		d.fail(p, tool.Result{IsError: true, Content: "there is no such tool any more"}, true)
		return nil
	}
	c, ok, err := resolve(p.act.call, j.nodes[:i])
	switch {
	case err != nil:
		d.fail(p, refusal(c, err), true)
		return nil
	case !ok, !spec.Effect.Safe(), spec.Effect == tool.Read && pending:
		p.obs, p.known = observation{status: model.Deferred, epoch: p.obs.epoch}, true
		d.observed = append(d.observed, journal.Observation{Node: p.id, Status: model.Deferred})
		return nil
	}
	r, cached, err := e.reads.call(ctx, c, spec.Effect, e.cfg.Gate.Read)
	if err != nil {
		if stops(ctx, err) {
			return err
		}
		r = tool.Result{IsError: true, Content: err.Error()}
	}
	d.note(p, r, cached)
	return nil
}

// stops says whether an error ends the run rather than the branch.
func stops(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, budget.ErrExhausted)
}

func refusal(c tool.Call, err error) tool.Result {
	if err == nil {
		err = fmt.Errorf("%s refers to an output that is not there", c.Tool)
	}
	return tool.Result{IsError: true, Content: err.Error()}
}

// note records what a call answered.
func (d *done) note(p *pathNode, r tool.Result, cached bool) {
	if r.IsError {
		d.fail(p, r, cached)
		return
	}
	p.obs, p.known = observation{status: model.Observed, result: r}, true
	d.observed = append(d.observed, journal.Observation{Node: p.id, Status: model.Observed, Result: r, Cached: cached})
}

// fail records a call that failed; unmade says that it was not made now.
func (d *done) fail(p *pathNode, r tool.Result, unmade bool) {
	d.failed = p.id
	d.observed = append(d.observed, journal.Observation{Node: p.id, Status: model.Failed, Result: r, Cached: unmade})
}

func (e *Engine) safe(c tool.Call) bool {
	s, ok := e.cfg.Tools.Spec(c.Tool)
	return ok && s.Effect.Safe()
}

// judge settles the final answer of a finished plan, where it can be known now, and asks the judge.
func (e *Engine) judge(ctx context.Context, j *job, d *done) error {
	deferred := false
	for _, p := range j.nodes {
		if p.act.gaveUp {
			d.failed, d.reason = p.id, "the model gave up: "+p.act.answer
			return nil
		}
		deferred = deferred || !p.act.finish && p.obs.status != model.Observed
	}
	if deferred {
		return nil // whether it reaches the goal can be said when it was carried out
	}
	d.answer = j.answer
	if d.answer == "" && !e.opts.NoAnswer {
		ok, err := e.answer(ctx, j, d)
		if err != nil {
			return err
		}
		if !ok || d.gaveUp { // this is not the end of a plan
			d.failed, d.reason = j.req.Node, "seeing the results, the model wants to go on"
			if d.gaveUp {
				d.reason, d.answer = "the model gave up: "+d.answer, ""
			}
			return nil
		}
	}
	if e.cfg.Judge == nil {
		return nil
	}
	st, _ := steps(j.history, j.nodes)
	p := judge.Plan{Goal: e.cfg.Goal, Steps: st, Answer: d.answer}
	if j.world != nil {
		p.State = j.world.State()
	}
	v, err := e.askJudge(ctx, p)
	d.usage = d.usage.Add(v.Usage)
	if err != nil {
		return err
	}
	d.score, d.reason, d.verdict = v.Score, v.Reason, search.Rejected
	if v.Accepted {
		d.verdict = search.Accepted
	}
	return nil
}

// judgeEstimate is what asking the judge may use at most.
func (e *Engine) judgeEstimate(p judge.Plan) budget.Amount {
	if j, ok := e.cfg.Judge.(judge.Estimator); ok && (e.limited() || e.cfg.Ledger.Limits().ModelCalls > 0) {
		return spent(j.Estimate(p))
	}
	return budget.Amount{}
}

// askJudge reserves what it may use before a judge that may ask a model is asked.
func (e *Engine) askJudge(ctx context.Context, p judge.Plan) (judge.Verdict, error) {
	hold, err := e.cfg.Ledger.Reserve(e.judgeEstimate(p))
	if err != nil {
		return judge.Verdict{}, err
	}
	v, err := e.cfg.Judge.Judge(ctx, p)
	v.Score = unit(v.Score)
	hold.Settle(spent(v.Usage))
	if err != nil {
		return v, fmt.Errorf("judge %s: %w", e.cfg.Judge.Name(), err)
	}
	return v, nil
}

// unit is a score as a journal can hold it: the nearest in [0,1], 0 for what is no number.
func unit(score float64) float64 {
	if !(score > 0) {
		return 0
	}
	return min(score, 1)
}

// answer asks for the final answer at the end of a path that was observed; false when the model wants more calls.
func (e *Engine) answer(ctx context.Context, j *job, d *done) (bool, error) {
	st, _ := steps(j.history, j.nodes)
	req := e.request(j, st, 1, splitmix.Mix(j.seed+1))
	req.Outline, req.Temperature = false, 0
	resp, err := e.ask(ctx, req)
	d.usage = d.usage.Add(resp.Usage)
	if err != nil || len(resp.Samples) == 0 {
		return false, err
	}
	s := resp.Samples[0]
	d.answer, d.gaveUp = s.Answer, s.GaveUp
	return len(s.Calls) == 0, nil
}
