package azimuth

import (
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Call returns the call of a node; ok is false at the root and for a final answer.
func (v *View) Call(n search.NodeID) (c tool.Call, ok bool) {
	if n == search.Root {
		return tool.Call{}, false
	}
	return v.engine.Action(v.Tree.Action(n))
}

// Answer returns the final answer of a finished node, empty where an outline ended without words.
func (v *View) Answer(n search.NodeID) string { return v.engine.Answer(n) }

// Observed returns what is known of a node's call.
func (v *View) Observed(n search.NodeID) (s model.Status, r tool.Result, ok bool) {
	return v.engine.Observed(n)
}

// Reason returns what the judge said of a finished node.
func (v *View) Reason(n search.NodeID) string { return v.engine.Reason(n) }

// Explain returns the named parts of a node's g, h and f, its rating, and what passes through it brought.
func (v *View) Explain(n search.NodeID) []cost.Named { return cost.Explain(v.scorer, v.Tree, n) }

// Why returns why a strategy that chooses how to search (tts) chose as it did; empty for the others, and while nothing was
// chosen.
func (v *View) Why() string {
	if r, ok := v.strategy.(search.Reasoner); ok {
		return r.Reason()
	}
	return ""
}

// Demonstrations returns how many demonstrations the model was shown, and of how many that share words with the goal, of which
// no more than 16 are counted; 0 and 0 where the journal is older than that.
func (v *View) Demonstrations() (shown, of int) {
	if v.shown == nil {
		return 0, 0
	}
	return v.shown.Count, max(v.shown.Count, len(v.shown.Like))
}

// Path returns the nodes of the run's best plan, from the first step to the last; empty where there is none.
func (v *View) Path() []search.NodeID { return v.Result.plan.Nodes }
