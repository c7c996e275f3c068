package effect

import (
	"context"
	"errors"
	"fmt"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Step is a call of a plan as an approver sees it.
type Step struct {
	Node   search.NodeID
	Number int // 1-based place in the plan
	Call   tool.Call
	Spec   tool.Spec
	// Before are the calls of the plan that come before it, so that an approver sees what it would follow.
	Before []tool.Call
}

// Answer is what an approver says of a step.
type Answer struct {
	Decision Decision  // Approve, Reject, Edit or Deny
	Call     tool.Call // the call to make instead, with Edit
	By       string    // who said it, for the journal
}

// Approver is asked about effects that the policy does not decide. It is called from one goroutine at a time and
// may take as long as a person takes.
type Approver interface {
	Approve(ctx context.Context, s Step) (Answer, error)
}

// Log is the journal as a run needs it; [journal.Writer] is one.
type Log interface {
	// Append may hold the record back for a while, until Flush or AppendSync.
	Append(ctx context.Context, kind journal.Kind, payload any) error
	Flush(ctx context.Context) error
	// AppendSync returns when the record, and everything before it, is durable.
	AppendSync(ctx context.Context, kind journal.Kind, payload any) error
}

// Permit allows one effect once. Only a [Gate] makes permits.
type Permit struct {
	node search.NodeID
	call string
	by   string
	used bool
}

// Gate is the only way to the tools of a run. Read may be called from several goroutines at once; Approve and
// Commit from one.
type Gate struct {
	tools  *tool.Set
	ledger *budget.Ledger
	log    Log
	opts   Options
}

// Options of a [Gate]; nil asks about every effect and has nobody to ask.
type Options struct {
	Policy   Policy
	Approver Approver // nil: what the policy wants asked is denied
	Run      string   // the run's id, part of every idempotency key
}

// NewGate returns a gate to the tools that spends from the ledger and writes to the log.
func NewGate(tools *tool.Set, l *budget.Ledger, log Log, o *Options) (*Gate, error) {
	g := &Gate{tools: tools, ledger: l, log: log}
	if o != nil {
		g.opts = *o
	}
	if err := g.opts.Policy.Validate(); err != nil {
		return nil, err
	}
	return g, nil
}

// Read makes a call that leaves nothing behind. [ErrEffect] when the tool's class does not promise that.
func (g *Gate) Read(ctx context.Context, c tool.Call) (tool.Result, error) {
	t, ok := g.tools.Lookup(c.Tool)
	if !ok {
		return tool.Result{}, fmt.Errorf("tool %q: not there any more", c.Tool)
	}
	if !t.Spec().Effect.Safe() {
		return tool.Result{}, fmt.Errorf("%s (%s): %w", c.Tool, t.Spec().Effect, ErrEffect)
	}
	hold, err := g.ledger.Reserve(price(t))
	if err != nil {
		return tool.Result{}, err
	}
	return dispatch(ctx, t, c.Args, hold)
}

func price(t tool.Tool) budget.Amount { return budget.Amount{ToolCalls: 1, USD: t.Spec().Price.USD} }

// dispatch is the one place where a tool is called; what it costs was reserved before.
func dispatch(ctx context.Context, t tool.Tool, args []byte, h *budget.Hold) (tool.Result, error) {
	defer h.Settle(price(t))
	r, err := t.Call(ctx, args)
	r.Content = tool.Clip(r.Content, tool.JournalLimit)
	return r, err
}

// Approve decides about a step: by the policy, else by asking. The decision is in the journal before it returns.
// A permit comes with Approve and with Edit, for the call of the answer.
func (g *Gate) Approve(ctx context.Context, s Step) (Answer, *Permit, error) {
	d, by := g.opts.Policy.Decide(s.Spec)
	a := Answer{Decision: d, By: by}
	if d == Ask {
		a = Answer{Decision: Deny, By: "nobody to ask"}
		if g.opts.Approver != nil {
			var err error
			if a, err = g.opts.Approver.Approve(ctx, s); err != nil {
				return Answer{}, nil, err
			}
		}
	}
	return g.record(ctx, s, a)
}

// Grant approves a step by name of somebody who decided before the run, such as the reviewer of a plan file. A rule
// that denies the tool holds against it; the mode, which only says what happens to what nobody decided, does not.
func (g *Gate) Grant(ctx context.Context, s Step, by string) (*Permit, error) {
	if r, ok := g.opts.Policy.rule(s.Spec); ok && r.Decision == Deny {
		return nil, &DeniedError{Steps: []string{s.Call.Tool}, By: "rule " + r.Tool}
	}
	_, p, err := g.record(ctx, s, Answer{Decision: Approve, By: by})
	return p, err
}

func (g *Gate) record(ctx context.Context, s Step, a Answer) (Answer, *Permit, error) {
	rec := journal.Approval{Node: s.Node, Call: s.Call, Decision: string(a.Decision), By: a.By}
	call := s.Call
	if a.Decision == Edit {
		edited, err := g.tools.Parse(a.Call.Tool, string(a.Call.Args))
		if err != nil {
			return Answer{}, nil, fmt.Errorf("edited step %d: %w", s.Number, err)
		}
		if edited.Tool != s.Call.Tool {
			return Answer{}, nil, fmt.Errorf("edited step %d: %s instead of %s: only arguments can be edited; reject the step to get another tool", s.Number, edited.Tool, s.Call.Tool)
		}
		call, a.Call, rec.Edited = edited, edited, &edited
	}
	if err := g.log.Append(ctx, journal.KindApproval, rec); err != nil {
		return Answer{}, nil, err
	}
	if a.Decision != Approve && a.Decision != Edit {
		return a, nil, nil
	}
	return a, &Permit{node: s.Node, call: call.Key(), by: a.By}, nil
}

// Restore returns the permit of an approval that a journal holds and whose effect was not started.
func (g *Gate) Restore(a journal.Approval) *Permit {
	switch Decision(a.Decision) {
	case Approve:
		return &Permit{node: a.Node, call: a.Call.Key(), by: a.By}
	case Edit:
		return &Permit{node: a.Node, call: a.Edited.Key(), by: a.By}
	}
	return nil
}

// Key is the idempotency key of the n-th attempt at a node's call: the same after a crash, another for another try.
func (g *Gate) Key(n search.NodeID, attempt int) string {
	return fmt.Sprintf("%s-%d-%d", g.opts.Run, n, attempt)
}

// Commit carries out a call that the permit allows: intent durable, then the call, then what came of it. The
// permit is for the call as approved; resolved is the same call with its references to earlier outputs replaced,
// and is what is dispatched.
//
// A nil error means that the outcome is known: a result, possibly a failure. An error that is [ErrUnknown] means
// that the effect may have taken place.
func (g *Gate) Commit(ctx context.Context, p *Permit, approved, resolved tool.Call, attempt int) (tool.Result, error) {
	if p == nil || p.used || p.call != approved.Key() || resolved.Tool != approved.Tool {
		return tool.Result{}, &DeniedError{Steps: []string{approved.Tool}, By: "no permit"}
	}
	t, ok := g.tools.Lookup(resolved.Tool)
	if !ok {
		return tool.Result{}, fmt.Errorf("tool %q: not there any more", resolved.Tool)
	}
	if err := ctx.Err(); err != nil {
		return tool.Result{}, err
	}
	key := g.Key(p.node, attempt)
	args, err := withKey(resolved, t.Spec().KeyParam, key)
	if err != nil {
		return tool.Result{}, err
	}
	hold, err := g.ledger.Reserve(price(t))
	if err != nil {
		return tool.Result{}, err
	}
	p.used = true
	if err := g.log.AppendSync(ctx, journal.KindIntent, journal.Intent{Node: p.node, Call: resolved, Key: key}); err != nil {
		hold.Release()
		return tool.Result{}, fmt.Errorf("%s not started: %w", resolved.Tool, err)
	}
	r, callErr := dispatch(ctx, t, args, hold)
	done := journal.Done{Node: p.node, Key: key, Result: r}
	if callErr != nil {
		done.Error, done.Unknown = callErr.Error(), true
	}
	// What happened is written even when the caller was interrupted meanwhile.
	if err := g.log.AppendSync(context.WithoutCancel(ctx), journal.KindDone, done); err != nil {
		return r, fmt.Errorf("%s was carried out but could not be written down: %w", resolved.Tool, errors.Join(err, ErrUnknown))
	}
	if callErr != nil {
		return r, fmt.Errorf("%s: %w: %w", resolved.Tool, ErrUnknown, callErr)
	}
	return r, nil
}

// withKey returns the call's arguments with the idempotency key in the parameter that takes it.
func withKey(c tool.Call, param, key string) ([]byte, error) {
	if param == "" {
		return c.Args, nil
	}
	return canon.SetKey(c.Args, param, key)
}
