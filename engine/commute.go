package engine

import (
	"slices"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Commutes says whether two actions can change places without changing what either answers: both are calls that only look,
// or whose tools say what they touch ([tool.Slots]) and that don't meet. A call that refers to the output of an earlier
// step does so by the step's number: it commutes with nothing, itself included, which is how a strategy knows that the
// steps before it have to stay where they are. It depends on the two calls and the tools' specifications only, so that a
// run is rebuilt with the answers that it had.
func (e *Engine) Commutes(a, b search.ActionID) bool {
	x, y := e.footprint(a), e.footprint(b)
	return x.moves && y.moves && (a == b || x.touches.Commutes(y.touches))
}

// footprint is what is known of an action's order.
type footprint struct {
	moves   bool // a call without references
	touches tool.Footprint
}

// footprint is worked out once for each action: a strategy compares all calls of a request with one another.
func (e *Engine) footprint(id search.ActionID) footprint {
	for len(e.actions.prints) <= int(id) {
		x := e.actions.at(search.ActionID(len(e.actions.prints)))
		f := footprint{moves: !x.finish && len(tool.Refs(x.call.Args)) == 0}
		if spec, ok := e.begunWith(x.call.Tool); ok && f.moves {
			f.touches = spec.Footprint(x.call.Args)
		}
		e.actions.prints = append(e.actions.prints, f)
	}
	return e.actions.prints[id]
}

// begunWith is a tool's specification when the run began: what it says of itself by now may be something else, and the
// tree must not change with it.
func (e *Engine) begunWith(name string) (tool.Spec, bool) {
	if e.back.started == nil {
		return e.cfg.Tools.Spec(name)
	}
	i := slices.IndexFunc(e.back.started.Tools, func(s tool.Spec) bool { return s.Name == name })
	if i < 0 {
		return tool.Spec{}, false
	}
	return e.back.started.Tools[i], true
}
