package engine

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// restored is what a journal says beside the tree.
type restored struct {
	started     *journal.Started
	ended       *journal.Ended
	approvals   map[search.NodeID]journal.Approval // decided, and not yet used
	unfinished  map[search.NodeID]unfinished       // started, and not yet told
	chosen      []search.NodeID                    // the plan that is being carried out
	granted     map[search.NodeID]bool             // steps that a reviewer approved beforehand
	reasons     map[search.NodeID]string           // of verdicts
	lastTrouble string
}

func newRestored() restored {
	return restored{
		approvals: map[search.NodeID]journal.Approval{}, unfinished: map[search.NodeID]unfinished{}, reasons: map[search.NodeID]string{},
	}
}

// unfinished is an effect with an intent and no tell: its result if that was written down.
type unfinished struct {
	result *tool.Result
	why    string
}

// Rebuild takes a run up again from its records. Call it once, before Run, on an engine whose configuration equals
// that of the run. The tree is afterwards equal to the one that the records were written from.
//
// The events' Told is called for every record that changed the tree.
func (e *Engine) Rebuild(ctx context.Context, recs iter.Seq2[journal.Record, error]) error {
	if e.tree.Len() > 1 || e.back.started != nil {
		return errors.New("rebuild: the run has begun already")
	}
	var first, last time.Time
	for r, err := range recs {
		if err != nil {
			return err
		}
		if first.IsZero() {
			first = r.At
		}
		last = r.At
		if err := e.restore(ctx, r); err != nil {
			return fmt.Errorf("record %d: %w", r.Seq, err)
		}
	}
	if e.back.started == nil {
		return errors.New("rebuild: the journal has no beginning")
	}
	a := spent(e.usage)
	a.Expansions = int64(e.tree.Expansions())
	a.ToolCalls = int64(e.callsMade())
	e.cfg.Ledger.Restore(a, last.Sub(first))
	return nil
}

func (e *Engine) restore(ctx context.Context, r journal.Record) error {
	switch r.Kind {
	case journal.KindStarted:
		s, err := journal.Decode[journal.Started](r)
		e.back.started = &s
		return err
	case journal.KindTold:
		t, err := journal.Decode[journal.Told](r)
		if err != nil {
			return err
		}
		return e.restoreTold(ctx, t)
	case journal.KindChosen:
		c, err := journal.Decode[journal.Chosen](r)
		e.back.chosen = c.Nodes
		return err
	case journal.KindApproval:
		a, err := journal.Decode[journal.Approval](r)
		if d := effect.Decision(a.Decision); d == effect.Approve || d == effect.Edit {
			e.back.approvals[a.Node] = a
		}
		if a.Edited != nil {
			e.know.edited[a.Node] = *a.Edited
		}
		return err
	case journal.KindIntent:
		i, err := journal.Decode[journal.Intent](r)
		delete(e.back.approvals, i.Node)
		e.back.unfinished[i.Node] = unfinished{why: "the run ended before it answered"}
		return err
	case journal.KindDone:
		d, err := journal.Decode[journal.Done](r)
		u := unfinished{result: &d.Result}
		if d.Unknown {
			u = unfinished{why: d.Error}
		}
		e.back.unfinished[d.Node] = u
		return err
	case journal.KindSpent:
		s, err := journal.Decode[journal.Spent](r)
		e.usage = e.usage.Add(s.Usage)
		if s.For == "waste" {
			e.waste = e.waste.Add(s.Usage)
		}
		return err
	case journal.KindEnded:
		x, err := journal.Decode[journal.Ended](r)
		e.back.ended = &x
		return err
	}
	return fmt.Errorf("kind %q: %w", r.Kind, journal.ErrNewer)
}

func (e *Engine) restoreTold(ctx context.Context, t journal.Told) error {
	for _, a := range t.Actions {
		if int(a.ID) != len(e.actions.list) {
			return fmt.Errorf("action %d is out of order", a.ID)
		}
		e.actions.restore(a)
	}
	if err := e.checkTold(t); err != nil {
		return err
	}
	e.usage = e.usage.Add(t.Usage)
	if t.Request.Kind != search.Commit {
		e.heed(t.Observed)
	}
	e.apply(t)
	e.opts.Events.told(e.tree, t)
	for _, o := range t.Observed {
		if a := e.actions.at(e.tree.Action(o.Node)); o.Status == model.Observed && e.safe(a.call) {
			spec, _ := e.cfg.Tools.Spec(a.call.Tool)
			e.reads.restore(a.call, spec.Effect, o.Result)
		}
	}
	n := t.Request.Node
	if t.Request.Kind == search.Expand || t.Outcome.Failed != search.None || t.Outcome.Changed {
		e.back.chosen = nil // the plan that was under way does not stand any more
	}
	if t.Request.Kind != search.Commit {
		return nil
	}
	delete(e.back.unfinished, n)
	if e.cfg.World == nil || e.tree.IsFinish(n) {
		return nil
	}
	return e.redo(ctx, n, t.Outcome.Failed == search.None)
}

// redo brings a fresh world to where the run had brought its own.
func (e *Engine) redo(ctx context.Context, n search.NodeID, ok bool) error {
	if !ok {
		return nil
	}
	nodes := e.path(n)
	c, _, err := resolve(nodes[len(nodes)-1].act.call, nodes[:len(nodes)-1])
	if err != nil {
		return err
	}
	_, err = e.cfg.World.Call(ctx, c)
	e.know.worlds.put(n, e.cfg.World.Fork())
	return err
}

// checkTold refuses records that do not fit the tree: journals are foreign bytes.
func (e *Engine) checkTold(t journal.Told) error {
	size := search.NodeID(e.tree.Len())
	if t.Request.Node >= size || t.Outcome.Failed != search.None && t.Outcome.Failed >= size {
		return fmt.Errorf("node %d is not in the tree", t.Request.Node)
	}
	for i, c := range t.Outcome.Candidates {
		if int(c.Action) >= len(e.actions.list) || int(c.Parent) >= i || c.Parent < -1 {
			return fmt.Errorf("candidate %d refers to what is not there", i)
		}
	}
	if t.Outcome.Graph != nil {
		if err := t.Outcome.Graph.Validate(); err != nil {
			return err
		}
	}
	for _, o := range t.Observed {
		if o.Node == search.Root || o.Node >= size {
			return fmt.Errorf("node %d is not in the tree", o.Node)
		}
	}
	return nil
}

// callsMade counts the calls that a rebuilt run had made.
func (e *Engine) callsMade() int {
	n := 0
	for _, o := range e.know.seen {
		if o.status != model.Deferred {
			n++
		}
	}
	return n
}

// Ended returns how the rebuilt run ended, nil if it was interrupted.
func (e *Engine) Ended() *journal.Ended { return e.back.ended }

// Started returns the first record of the rebuilt run.
func (e *Engine) Started() *journal.Started { return e.back.started }

// Result returns what is known of a rebuilt run without carrying it on: the best plan so far, and how it ended.
func (e *Engine) Result() *Result {
	p, ok := e.best()
	if !ok {
		p = Plan{}
	}
	r := e.ended("", p, nil)
	if x := e.back.ended; x != nil {
		r.Status, r.Answer = Status(x.Status), x.Answer
		if x.Error != "" {
			r.Err = errors.New(x.Error)
		}
	}
	for _, n := range p.Nodes {
		if e.know.committed[n] && !e.tree.IsFinish(n) {
			r.Done++
		}
	}
	return r
}
