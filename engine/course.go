package engine

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// course is the goal taken apart and the graph of the tools for it. It doesn't change after it was made.
type course struct {
	catalog  toolpath.Catalog
	subtasks []model.Subtask
	graph    *search.ToolGraph
	base     search.NodeID // where the graph begins
}

// follows says whether the run's strategy goes by subtasks.
func (e *Engine) follows() bool {
	n, ok := e.cfg.Strategy.(search.Needy)
	return ok && n.Needs().Subtasks
}

// catalog is of the tools that the run began with, so that a resumed run reads its graph alike.
func (e *Engine) catalog() toolpath.Catalog {
	if e.back.started != nil {
		return toolpath.FromSpecs(e.back.started.Tools)
	}
	return toolpath.FromSpecs(e.cfg.Tools.Specs())
}

// takeCourse keeps the graph that a record brings, and at which of its nodes the calls of the tree are.
func (e *Engine) takeCourse(t journal.Told) {
	if t.Request.Kind != search.Expand {
		return
	}
	k := e.know
	if t.Outcome.Graph != nil && (k.course == nil || k.course.base == t.Request.Node) {
		k.judged = k.rated
		k.course = &course{catalog: e.catalog(), subtasks: t.Subtasks, graph: t.Outcome.Graph, base: t.Request.Node}
		k.tools = map[search.NodeID][]int{t.Request.Node: {0}}
		k.rated = map[search.NodeID]Rating{}
	}
	if k.course == nil {
		return
	}
	e.rate(t)
	for i := range t.Outcome.Candidates {
		y := int(t.Outcome.Candidates[i].Tool)
		if !k.course.has(y) {
			continue
		}
		n := e.place(t.Request.Node, t.Outcome.Candidates, int32(i))
		if n != search.None && !slices.Contains(k.tools[n], y) {
			k.tools[n] = append(k.tools[n], y)
		}
	}
}

// has says whether y is a tool of the graph: journals are foreign bytes.
func (c *course) has(y int) bool {
	if y <= 0 || y >= len(c.graph.Nodes) {
		return false
	}
	n := c.graph.Nodes[y]
	return n.Tool >= 0 && n.Tool < len(c.catalog.Tools) && n.Subtask >= 0 && n.Subtask < len(c.subtasks)
}

// final says whether the tool of a node does its subtask, and doesn't only prepare another.
func (c *course) final(y int) bool {
	n := c.graph.Nodes[y]
	return len(n.Next) == 0 || c.graph.Nodes[n.Next[0]].Subtask != n.Subtask
}

// kind is what a node does, empty where it only prepares.
func (c *course) kind(y int) string {
	if !c.has(y) || !c.final(y) {
		return ""
	}
	return c.subtasks[c.graph.Nodes[y].Subtask].Kind
}

// Rating is what a call took and was worth.
type Rating struct {
	Node    search.NodeID
	Tool    string
	Kind    string  // of subtask, as its planner saw it; empty where the run did not go by subtasks
	Seconds float64 // 0: not known
	Quality float64
	Failed  bool
}

// rate keeps what the node of an outcome came to.
func (e *Engine) rate(t journal.Told) {
	n := t.Request.Node
	if t.Outcome.Failed != search.None {
		n = t.Outcome.Failed
	}
	at := e.know.tools[n]
	if len(at) == 0 || at[0] == 0 {
		return
	}
	c := e.know.course
	node := c.graph.Nodes[at[0]]
	e.know.rated[n] = Rating{
		Node: n, Tool: c.catalog.Tools[node.Tool].Name, Kind: c.subtasks[node.Subtask].Kind,
		Seconds: t.Outcome.Took, Quality: t.Outcome.Score, Failed: t.Outcome.Failed != search.None,
	}
	if e.know.seen[n].status == model.Deferred { // what was told is what it was rated
		r := e.know.rated[n]
		r.Seconds, r.Quality = 0, 1
		e.know.rated[n] = r
	}
}

// Ratings returns what the calls of a run took and were worth, in the order in which they were proposed. Where the strategy did
// not go by subtasks, a call has the quality 1, or 0 where it failed, and takes what its answer says. Calls that were not made are
// left out.
func (e *Engine) Ratings() []Rating {
	var out []Rating
	for i := 1; i < e.tree.Len(); i++ {
		n := search.NodeID(i)
		if e.tree.IsFinish(n) {
			continue
		}
		o, seen := e.know.seen[n]
		r, rated := e.know.rated[n]
		if !rated { // by the list of subtasks before
			r, rated = e.know.judged[n]
		}
		switch {
		case !seen || o.status != model.Observed && o.status != model.Failed:
			continue
		case !rated:
			r = Rating{Node: n, Tool: e.actions.at(e.tree.Action(n)).call.Tool, Quality: 1, Failed: o.status == model.Failed}
			r.Seconds, _ = stated(o.result)
		case o.status == model.Failed:
			r.Failed = true
		}
		if r.Failed {
			r.Quality = 0
		}
		out = append(out, r)
	}
	return out
}

// statement is what an answer may say of the call.
type statement struct {
	Seconds *float64 `json:"seconds"`
	Quality *float64 `json:"quality"`
}

// stated is what an answer says that the call took, in seconds. What no step can cost is not believed.
func stated(r tool.Result) (float64, bool) {
	var s statement
	if r.IsError || json.Unmarshal(r.Value, &s) != nil || s.Seconds == nil || !(*s.Seconds >= 0 && *s.Seconds <= search.MaxToolCost) {
		return 0, false
	}
	return *s.Seconds, true
}

// graded is what an answer says that it is worth.
func graded(r tool.Result) (float64, bool) {
	var s statement
	if json.Unmarshal(r.Value, &s) != nil || s.Quality == nil || !(*s.Quality >= 0 && *s.Quality <= 1) {
		return 0, false
	}
	return *s.Quality, true
}

// took is what the call at the end of a job's path cost: what its answer says; else what the clock says, and its dollars; in a
// world, where no clock means anything, and where the call was made before, what it is rated.
func (e *Engine) took(p *pathNode, rated float64, span time.Duration) float64 {
	if s, ok := stated(p.obs.result); ok {
		return s
	}
	if e.cfg.World != nil || span <= 0 || p.obs.status == model.Deferred {
		return rated
	}
	spec, _ := e.cfg.Tools.Spec(p.act.call.Tool)
	return span.Seconds() + spec.Price.USD*toolpath.PerDollar
}
