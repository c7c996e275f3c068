package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// carryOut has a plan approved and makes its calls. No result and no error mean that the search has to go on from
// the real state.
func (e *Engine) carryOut(ctx context.Context, plan Plan) (*Result, error) {
	last := plan.Nodes[len(plan.Nodes)-1]
	if v, judged := e.tree.Verdict(last); judged && v == search.Rejected && e.cfg.World == nil {
		return e.ended(Failure, plan, e.rejected(plan)), nil
	}
	if ok, r, err := e.settle(ctx, plan, last); !ok || r != nil || err != nil {
		return r, err
	}
	permits, r, err := e.approve(ctx, plan)
	if r != nil || err != nil || permits == nil {
		return r, err
	}
	nodes := e.path(last)
	unseen := false // something was not known when the end of the plan was proposed
	for i := range nodes {
		if nodes[i].act.finish {
			break
		}
		unseen = unseen || nodes[i].obs.status != model.Observed
		if nodes[i].committed {
			continue
		}
		ok, r, err := e.carry(ctx, plan, nodes, i, permits)
		if !ok || r != nil || err != nil {
			return r, err
		}
	}
	return e.finish(ctx, plan, unseen)
}

// settle decides about the effect that was under way when an earlier process died, before anything else is asked: it was
// approved when it started. False: the search goes on.
func (e *Engine) settle(ctx context.Context, plan Plan, last search.NodeID) (bool, *Result, error) {
	nodes := e.path(last)
	for i := range nodes {
		if nodes[i].committed {
			continue
		}
		if _, started := e.back.unfinished[nodes[i].id]; !started {
			break
		}
		if ok, r, err := e.carry(ctx, plan, nodes, i, nil); !ok || r != nil || err != nil {
			return false, r, err
		}
	}
	return true, nil, nil
}

// rejected is the error of a plan that the judge does not accept; it says whether anything of it was done.
func (e *Engine) rejected(plan Plan) error {
	last := plan.Nodes[len(plan.Nodes)-1]
	why := "nothing was carried out"
	for _, n := range plan.Nodes {
		if e.know.committed[n] {
			why = "part of it was carried out before"
		}
	}
	if r := e.back.reasons[last]; r != "" {
		why = r + "; " + why
	}
	return errors.New("the judge rejected the best plan: " + why)
}

// approve decides about every step that needs it before the first one is carried out. Nil permits, without a result
// or an error, mean that a step was rejected and the search goes on without it.
func (e *Engine) approve(ctx context.Context, plan Plan) (map[search.NodeID]*effect.Permit, *Result, error) {
	permits := map[search.NodeID]*effect.Permit{}
	if e.cfg.World != nil {
		return permits, nil, nil
	}
	var denied []string
	var by string
	var before []tool.Call
	for i, p := range e.path(plan.Nodes[len(plan.Nodes)-1]) {
		if p.act.finish {
			break
		}
		call := p.act.call
		if !p.committed && !e.safe(call) {
			s := e.approvalStep(i, p, before)
			a, permit, err := e.decide(ctx, s)
			if err != nil {
				return nil, nil, err
			}
			switch a.Decision {
			case effect.Reject:
				return nil, nil, e.reject(ctx, p.id, "rejected by "+a.By)
			case effect.Edit:
				call = a.Call
				e.know.edited[p.id] = call
			case effect.Deny:
				denied, by = append(denied, call.Tool), a.By
			}
			permits[p.id] = permit
		}
		before = append(before, call)
	}
	if len(denied) > 0 {
		return nil, e.ended(Denied, plan, &effect.DeniedError{Steps: denied, By: by}), nil
	}
	return permits, nil, nil
}

func (e *Engine) approvalStep(i int, p pathNode, before []tool.Call) effect.Step {
	spec, _ := e.cfg.Tools.Spec(p.act.call.Tool)
	return effect.Step{Node: p.id, Number: i + 1, Call: p.act.call, Spec: spec, Before: before[:len(before):len(before)]}
}

// decide asks the gate about a step, unless the journal or the reviewer of a plan file has an answer already.
func (e *Engine) decide(ctx context.Context, s effect.Step) (effect.Answer, *effect.Permit, error) {
	if a, ok := e.back.approvals[s.Node]; ok {
		delete(e.back.approvals, s.Node)
		if p := e.cfg.Gate.Restore(a); p != nil {
			return effect.Answer{Decision: effect.Approve, By: a.By}, p, nil
		}
	}
	if e.back.granted[s.Node] {
		p, err := e.cfg.Gate.Grant(ctx, s, e.opts.Given.By)
		if errors.Is(err, effect.ErrDenied) {
			return effect.Answer{Decision: effect.Deny, By: err.Error()}, nil, nil
		}
		return effect.Answer{Decision: effect.Approve, By: e.opts.Given.By}, p, err
	}
	a, p, err := e.cfg.Gate.Approve(ctx, s)
	if err == nil {
		e.opts.Events.asked(s, a)
	}
	return a, p, err
}

// carry makes the i-th call of the plan for real and tells the strategy. False: the search goes on.
func (e *Engine) carry(ctx context.Context, plan Plan, nodes []pathNode, i int, permits map[search.NodeID]*effect.Permit) (bool, *Result, error) {
	p := &nodes[i]
	if e.cfg.World == nil && p.known && p.obs.status == model.Observed && e.safe(p.act.call) {
		return true, nil, e.commit(ctx, p.id, search.Outcome{Failed: search.None}, nil, "")
	}
	c, ok, err := resolve(p.act.call, nodes[:i])
	if err == nil && ok {
		c, err = e.recheck(c)
	}
	if err != nil || !ok {
		return false, nil, e.failed(ctx, p, refusal(c, err))
	}
	if _, before := e.back.unfinished[p.id]; !before {
		e.opts.Events.start(p.id, c)
	}
	res, err := e.makeCall(ctx, nodes, i, c, permits[p.id])
	switch {
	case errors.Is(err, effect.ErrUnknown):
		return e.unknown(ctx, plan, nodes, i, err)
	case errors.Is(err, budget.ErrExhausted):
		return false, e.ended(Exhausted, plan, err), nil
	case err != nil:
		return false, e.result(Failure, err), err
	}
	e.opts.Events.finish(p.id, model.Step{Call: c, Result: res, Status: status(res)})
	if res.IsError {
		return false, nil, e.failed(ctx, p, res)
	}
	return e.succeeded(ctx, p, res)
}

// recheck holds a call against its schema again, after references were replaced by what tools answered.
func (e *Engine) recheck(c tool.Call) (tool.Call, error) {
	return e.cfg.Tools.ParseExact(c.Tool, string(c.Args))
}

func status(r tool.Result) model.Status {
	if r.IsError {
		return model.Failed
	}
	return model.Observed
}

// makeCall dispatches a resolved call: on the world itself, as a read, or as an effect with its permit.
func (e *Engine) makeCall(ctx context.Context, nodes []pathNode, i int, c tool.Call, permit *effect.Permit) (tool.Result, error) {
	p := &nodes[i]
	if e.cfg.World != nil {
		return e.cfg.World.Call(ctx, c)
	}
	if e.safe(c) {
		r, err := e.cfg.Gate.Read(ctx, c)
		if err != nil && !stops(ctx, err) {
			r, err = tool.Result{IsError: true, Content: err.Error()}, nil
		}
		return r, err
	}
	u, wasUnknown := e.back.unfinished[p.id]
	if !wasUnknown {
		return e.cfg.Gate.Commit(ctx, permit, p.act.call, c, 0)
	}
	if u.result != nil { // it was carried out; only the tell is missing
		delete(e.back.unfinished, p.id)
		return *u.result, nil
	}
	return tool.Result{}, fmt.Errorf("%s: %w: %s", c.Tool, effect.ErrUnknown, u.why)
}

// succeeded tells a call that was made; false when it answered otherwise than what follows assumes.
func (e *Engine) succeeded(ctx context.Context, p *pathNode, res tool.Result) (bool, *Result, error) {
	o := search.Outcome{Failed: search.None, Changed: differs(p.obs, res)}
	obs := []journal.Observation{{Node: p.id, Status: model.Observed, Result: res}}
	if err := e.commit(ctx, p.id, o, obs, ""); err != nil {
		return false, nil, err
	}
	p.obs, p.committed = observation{status: model.Observed, result: res}, true
	if o.Changed {
		e.back.granted = nil // what was reviewed was reviewed for another answer
		e.opts.Events.note(p.act.call.Tool + " answered otherwise than planned; searching on from what it answered")
	}
	return !o.Changed, nil, nil
}

// differs says whether a call answered otherwise than it was imagined, or observed, to.
func differs(was observation, res tool.Result) bool {
	if was.status == model.Deferred {
		return false
	}
	if len(was.result.Value) > 0 && len(res.Value) > 0 {
		return !canon.Equal(was.result.Value, res.Value)
	}
	return was.result.Content != res.Content
}

// failed tells a call that failed, or could not be made; the search goes on from the step before.
func (e *Engine) failed(ctx context.Context, p *pathNode, r tool.Result) error {
	e.back.granted = nil
	e.opts.Events.note(p.act.call.Tool + " failed: " + tool.Clip(r.Content, noteLimit))
	obs := []journal.Observation{{Node: p.id, Status: model.Failed, Result: r}}
	return e.commit(ctx, p.id, search.Outcome{Failed: p.id}, obs, "")
}

const noteLimit = 300

// reject takes a step that somebody does not want out of the search; the model is shown that it is not wanted.
func (e *Engine) reject(ctx context.Context, n search.NodeID, why string) error {
	e.back.granted = nil
	e.opts.Events.note("searching on: a step was " + why)
	return e.write(ctx, journal.Told{
		Request: e.tree.Request(search.Expand, n), Outcome: search.Outcome{Failed: n}, Reason: why,
		Observed: []journal.Observation{{Node: n, Status: model.Failed, Result: tool.Result{IsError: true, Content: why}, Cached: true}},
	})
}

// reopen takes the end off a plan that was carried out: more has to follow.
func (e *Engine) reopen(ctx context.Context, end search.NodeID, why string) error {
	e.back.granted = nil
	e.opts.Events.note("searching on: " + why)
	return e.commit(ctx, end, search.Outcome{Failed: end}, nil, why)
}

// commit writes and tells what reality said of a node.
func (e *Engine) commit(ctx context.Context, n search.NodeID, o search.Outcome, obs []journal.Observation, why string) error {
	t := journal.Told{Request: e.tree.Request(search.Commit, n), Outcome: o, Observed: obs, Reason: why}
	if err := e.cfg.Log.Append(context.WithoutCancel(ctx), journal.KindTold, t); err != nil {
		return err
	}
	e.apply(t)
	if e.cfg.World != nil && o.Failed == search.None {
		e.know.worlds.put(n, e.cfg.World.Fork())
	}
	e.opts.Events.told(e.tree, t)
	return nil
}

// finish closes a plan that was carried out: the answer in words where it could not be known before, and the judge.
func (e *Engine) finish(ctx context.Context, plan Plan, unseen bool) (*Result, error) {
	last := plan.Nodes[len(plan.Nodes)-1]
	d := &done{answer: e.know.answers[last]}
	j := e.prepare(search.Request{Node: last, Kind: search.Judge})
	if (unseen || d.answer == "") && !e.opts.NoAnswer {
		ok, err := e.answer(ctx, j, d)
		e.note(ctx, "answer", d.usage)
		if errors.Is(err, budget.ErrExhausted) {
			return e.carried(Exhausted, plan, d, nil, err), nil
		}
		if err != nil && !errors.Is(err, model.ErrGarbage) {
			return e.result(Failure, err), err
		}
		if err == nil && !ok {
			return nil, e.reopen(ctx, last, "seeing the results, the model goes on")
		}
	}
	v, err := e.verdict(ctx, j, d, last, unseen)
	switch {
	case err == nil && d.gaveUp:
		return e.carried(Failure, plan, d, v, errors.New("the plan was carried out, and the model says: "+tool.Clip(d.answer, noteLimit))), nil
	case errors.Is(err, budget.ErrExhausted):
		return e.carried(Exhausted, plan, d, nil, err), nil
	case err != nil:
		return e.result(Failure, err), err
	case v != nil && !v.Accepted && unseen && e.repairs < e.opts.Repairs:
		return nil, e.reopen(ctx, last, "rejected by the judge: "+v.Reason)
	case v != nil && !v.Accepted:
		return e.carried(Failure, plan, d, v, errors.New("the judge rejects what was done: "+v.Reason)), nil
	}
	if err := e.commit(ctx, last, search.Outcome{Failed: search.None}, nil, ""); err != nil {
		return e.result(Failure, err), err
	}
	return e.carried(Succeeded, plan, d, v, nil), nil
}

// verdict is the judge's word on what was done; nil without a judge.
func (e *Engine) verdict(ctx context.Context, j *job, d *done, last search.NodeID, unseen bool) (*judge.Verdict, error) {
	if e.cfg.Judge == nil {
		return nil, nil
	}
	if v, judged := e.tree.Verdict(last); judged && v != search.Unjudged && !unseen {
		return &judge.Verdict{Accepted: v == search.Accepted, Reason: e.back.reasons[last]}, nil
	}
	st, _ := steps(j.history, j.nodes)
	p := judge.Plan{Goal: e.cfg.Goal, Steps: st, Answer: d.answer}
	if e.cfg.World != nil {
		p.State = e.cfg.World.State()
	}
	v, err := e.askJudge(ctx, p)
	e.note(ctx, "judge", v.Usage)
	return &v, err
}

// note counts and records usage that belongs to no tell.
func (e *Engine) note(ctx context.Context, what string, u model.Usage) {
	if u == (model.Usage{}) {
		return
	}
	e.usage = e.usage.Add(u)
	// A journal that can't be written stops the run at the next record; this one only counts.
	_ = e.cfg.Log.Append(context.WithoutCancel(ctx), journal.KindSpent, journal.Spent{For: what, Usage: u})
}

// carried is the result of a plan all of whose steps were made.
func (e *Engine) carried(s Status, plan Plan, d *done, v *judge.Verdict, err error) *Result {
	last := plan.Nodes[len(plan.Nodes)-1]
	nodes := e.path(last)
	plan.Steps, _ = steps(nil, nodes)
	r := e.ended(s, plan, err)
	r.Answer, r.Plan.Answer, r.Verdict, r.Done = d.answer, d.answer, v, len(plan.Steps)
	return r
}
