package engine

import (
	"context"
	"errors"
	"time"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

// tell records what came of a job and tells the strategy: one record, written before anybody sees the change.
func (e *Engine) tell(ctx context.Context, h *budget.Hold, j *job, d *done) error {
	if d.err != nil {
		e.unfinished(ctx, h, d)
		return errors.Join(d.err, e.keep(context.WithoutCancel(ctx), d))
	}
	e.usage = e.usage.Add(d.usage)
	h.Settle(h.Amount())
	e.heed(d.observed)
	o, err := e.outcome(ctx, j, d)
	if err != nil {
		return err
	}
	t := journal.Told{
		Request: j.req, Outcome: o, Actions: e.actions.take(), Observed: d.observed, Usage: d.usage,
		Rejects: d.rejects, Answers: d.answers(j.req.Kind), Reason: d.reason, Lesson: d.lesson, Subtasks: d.subtasks,
	}
	if err := e.cfg.Log.Append(ctx, journal.KindTold, t); err != nil {
		return err
	}
	e.apply(t)
	if d.world != nil && d.failed == search.None {
		e.know.worlds.put(j.req.Node, d.world)
	}
	e.opts.Events.told(e.tree, t)
	return e.flush(ctx)
}

// unfinished counts what a job used that came to nothing.
func (e *Engine) unfinished(ctx context.Context, h *budget.Hold, d *done) {
	h.Release()
	e.usage = e.usage.Add(d.usage)
	if d.usage.Requests > 0 {
		_ = e.cfg.Log.Append(context.WithoutCancel(ctx), journal.KindSpent, journal.Spent{For: "unfinished", Usage: d.usage})
	}
}

// keep writes down which calls an interrupted job had made, so that they are not made again.
func (e *Engine) keep(ctx context.Context, d *done) error {
	if len(d.observed) == 0 {
		return nil
	}
	e.heed(d.observed)
	return e.write(ctx, journal.Told{
		Request: e.tree.Request(search.Focus, e.tree.Focus()), Outcome: search.Outcome{Failed: search.None}, Observed: d.observed,
	})
}

// heed counts how the calls of a record went, in the order of records, so that a run has the same prices at any width and after
// it was resumed.
func (e *Engine) heed(seen []journal.Observation) {
	if e.opts.Health == nil || e.cfg.World != nil {
		return
	}
	for _, o := range seen {
		if made := o.Status == model.Observed || o.Status == model.Failed; made && !o.Cached {
			e.opts.Health.Observe(e.actions.at(e.tree.Action(o.Node)).call.Tool, o.Status == model.Observed)
		}
	}
}

// flushEvery is how much of a run's time may be lost with the process. A tell that took longer is written at once.
const flushEvery = 50 * time.Millisecond

func (e *Engine) flush(ctx context.Context) error {
	now := e.cfg.Ledger.Elapsed()
	if now-e.flushed < flushEvery {
		return nil
	}
	e.flushed = now
	return e.cfg.Log.Flush(context.WithoutCancel(ctx))
}

// answers are the final answers in words, as a record holds them.
func (d *done) answers(k search.Kind) []string {
	if k == search.Judge {
		if d.answer == "" {
			return nil
		}
		return []string{d.answer}
	}
	var out []string
	for _, c := range d.cands {
		if c.act.finish && !c.imagined {
			out = append(out, c.act.answer)
		}
	}
	return out
}

// apply takes a record into the tree and into what is known. A run that is rebuilt applies the same records.
func (e *Engine) apply(t journal.Told) {
	for _, o := range t.Observed {
		e.observe(o)
	}
	if t.Reason != "" && len(t.Outcome.Candidates) == 0 && t.Outcome.Verdict != search.Accepted {
		e.back.lastTrouble = t.Reason
	}
	e.cfg.Strategy.Tell(e.tree, t.Request, t.Outcome)
	e.takeAnswers(t)
	e.takeCourse(t)
	if t.Request.Kind == search.Commit {
		e.applyCommit(t)
	}
	if t.Lesson != "" {
		e.know.learn(t.Lesson)
	}
	if t.Outcome.Verdict != search.Unjudged {
		e.back.reasons[t.Request.Node] = t.Reason
	}
}

func (e *Engine) observe(o journal.Observation) {
	e.know.seen[o.Node] = observation{status: o.Status, result: o.Result, epoch: e.know.epoch}
	if o.Status != model.Failed {
		return
	}
	p := e.tree.Parent(o.Node)
	a := e.actions.at(e.tree.Action(o.Node))
	e.know.tried[p] = append(e.know.tried[p], model.Step{Call: a.call, Result: o.Result, Status: model.Failed})
	e.back.lastTrouble = a.call.Tool + ": " + o.Result.Content
}

// applyCommit moves the real state, or keeps what was tried in vain.
func (e *Engine) applyCommit(t journal.Told) {
	n := t.Request.Node
	a := e.actions.at(e.tree.Action(n))
	if len(t.Observed) > 0 && !a.finish && !e.safe(a.call) { // reads may answer otherwise from now on
		e.know.epoch++
		e.reads.forget()
	}
	if t.Outcome.Failed == search.None {
		e.know.committed[n] = true
		if t.Outcome.Changed {
			delete(e.know.judged, n)
		}
		return
	}
	p := e.tree.Parent(n)
	if tried := e.know.tried[p]; !a.finish && len(tried) > 0 && (p == search.Root || e.know.committed[p]) {
		e.know.history[p] = append(e.know.history[p], tried[len(tried)-1])
		e.know.tried[p] = tried[:len(tried)-1]
	}
}

// takeAnswers keeps final answers with the nodes that they belong to, the first one of each.
func (e *Engine) takeAnswers(t journal.Told) {
	if t.Request.Kind == search.Judge {
		if len(t.Answers) > 0 {
			e.know.answers[t.Request.Node] = t.Answers[0]
		}
		return
	}
	i := 0
	for k := range t.Outcome.Candidates {
		c := &t.Outcome.Candidates[k]
		if !c.Finish || c.Imagined || i >= len(t.Answers) {
			continue
		}
		if n := e.place(t.Request.Node, t.Outcome.Candidates, int32(k)); n != search.None && e.know.answers[n] == "" {
			e.know.answers[n] = t.Answers[i]
		}
		i++
	}
}

// place finds the node that a candidate became.
func (e *Engine) place(at search.NodeID, cs []search.Candidate, i int32) search.NodeID {
	if i < 0 {
		return at
	}
	p := e.place(at, cs, cs[i].Parent)
	if p == search.None {
		return search.None
	}
	for c := range e.tree.Children(p) {
		if e.tree.Action(c) == cs[i].Action {
			return c
		}
	}
	return search.None
}
