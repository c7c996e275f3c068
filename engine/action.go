package engine

import (
	"strings"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// action is what an action id stands for: a call, or the end of the plan with a final answer.
type action struct {
	call   tool.Call
	finish bool
	answer string // of a finish; empty where an outline ended without words
	gaveUp bool   // the answer does not claim the goal
}

// actions is the table behind the tree's action ids. Equal calls share an id.
type actions struct {
	list  []action
	ids   map[string]search.ActionID
	fresh []journal.Action // added since the last take, for the journal

	prints []footprint // of the first so many actions, see [Engine.Commutes]
}

func newActions() *actions { return &actions{ids: map[string]search.ActionID{}} }

func (a *actions) at(id search.ActionID) action { return a.list[id] }

// id returns the action's id, a new one where it is the first of its kind.
func (a *actions) id(x action) search.ActionID {
	k := actionKey(x)
	if id, ok := a.ids[k]; ok {
		return id
	}
	id := search.ActionID(len(a.list))
	a.add(k, x)
	rec := journal.Action{ID: id, Answer: x.answer, GaveUp: x.gaveUp}
	if !x.finish {
		rec.Call = &x.call
	}
	a.fresh = append(a.fresh, rec)
	return id
}

func (a *actions) add(key string, x action) {
	a.ids[key] = search.ActionID(len(a.list))
	a.list = append(a.list, x)
}

// take returns what was added since it was last called.
func (a *actions) take() []journal.Action {
	f := a.fresh
	a.fresh = nil
	return f
}

// restore adds an action from a journal.
func (a *actions) restore(r journal.Action) {
	x := action{finish: r.Call == nil, answer: r.Answer, gaveUp: r.GaveUp}
	if r.Call != nil {
		x.call = *r.Call
	}
	a.add(actionKey(x), x)
}

// shortAnswer is the length in bytes up to which two final answers are different plans when their words differ;
// longer ones are wordings of the same end.
const shortAnswer = 40

func actionKey(x action) string {
	if !x.finish {
		return x.call.Key()
	}
	if x.gaveUp {
		return "\x00gave up"
	}
	s := strings.ToLower(strings.Join(strings.Fields(x.answer), " "))
	if s == "" || len(s) > shortAnswer {
		s = "*"
	}
	return "\x00finish " + s
}
