package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Unfinished is an effect that was started and of which nobody knows whether it took place.
type Unfinished struct {
	Node   search.NodeID
	Number int // 1-based place in the plan
	Call   tool.Call
	Key    string // the idempotency key that it was made with
	Why    string
	// Keyed says that the tool was given the key: making the call again with it has no second effect, if the tool
	// keeps its promise.
	Keyed bool
}

// Resolution is what somebody decides about an [Unfinished] effect.
type Resolution string

// The resolutions.
const (
	Retry  Resolution = "retry" // make the call again, with the same key
	Assume Resolution = "done"  // take it that the effect took place; what it answered stays unknown
	Abort  Resolution = "abort" // leave it and end the run as denied
)

// unknown asks about an effect whose outcome is not known. It is never repeated without somebody saying so.
func (e *Engine) unknown(ctx context.Context, plan Plan, nodes []pathNode, i int, cause error) (bool, *Result, error) {
	p := &nodes[i]
	spec, _ := e.cfg.Tools.Spec(p.act.call.Tool)
	u := Unfinished{
		Node: p.id, Number: i + 1, Call: p.act.call, Key: e.cfg.Gate.Key(p.id, 0), Why: cause.Error(), Keyed: spec.KeyParam != "",
	}
	how := Abort
	if e.opts.Unknown != nil && ctx.Err() == nil {
		var err error
		if how, err = e.opts.Unknown(ctx, u); err != nil {
			return false, e.result(Failure, err), err
		}
	}
	switch how {
	case Retry:
		return e.retry(ctx, plan, nodes, i)
	case Assume:
		delete(e.back.unfinished, p.id)
		return e.succeeded(ctx, p, tool.Result{Content: "carried out; what it answered is not known"})
	}
	if errors.Is(context.Cause(ctx), budget.ErrExhausted) {
		return false, e.ended(Exhausted, plan, fmt.Errorf("step %d: %w", i+1, cause)), nil
	}
	if ctx.Err() != nil {
		return false, e.result(Failure, cause), context.Cause(ctx)
	}
	return false, e.ended(Denied, plan, fmt.Errorf("step %d: %w; find out whether it took place, then resume", i+1, cause)), nil
}

// retry makes a call again after somebody said so, with the key of the first time.
func (e *Engine) retry(ctx context.Context, plan Plan, nodes []pathNode, i int) (bool, *Result, error) {
	p := &nodes[i]
	delete(e.back.unfinished, p.id)
	permit, err := e.cfg.Gate.Grant(ctx, e.approvalStep(i, *p, calls(nodes[:i])), "retry after an unknown outcome")
	if err != nil {
		return false, e.ended(Denied, plan, err), nil
	}
	return e.carry(ctx, plan, nodes, i, map[search.NodeID]*effect.Permit{p.id: permit})
}
