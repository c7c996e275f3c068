package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

// anew says whether the strategy asks for another list of subtasks: the place of the first one is worked on again.
func (j *job) anew() bool {
	return j.course != nil && j.req.Kind == search.Expand && j.req.Node == j.course.base
}

// lastReason is what the judge said of the newest plan that it rejected, empty where there is none.
func (e *Engine) lastReason() string {
	for i := e.tree.Len() - 1; i > 0; i-- {
		if v, judged := e.tree.Verdict(search.NodeID(i)); judged && v == search.Rejected {
			return e.back.reasons[search.NodeID(i)]
		}
	}
	return ""
}

// decompose has the goal taken apart and makes the graph of the tools; false where nothing usable came of it. A list that is the one
// there was brings no graph, and leaves the old one.
func (e *Engine) decompose(ctx context.Context, j *job, d *done) (bool, error) {
	c := e.catalog()
	subtasks, err := e.subtasks(ctx, c, j, d)
	if err == nil && j.anew() && sameSubtasks(subtasks, j.course.subtasks) {
		return true, nil
	}
	if err == nil {
		d.graph, err = c.Graph(e.opts.Table.Smoothed(), subtasks)
	}
	if err == nil && e.cfg.Stepper == nil && e.opts.Threshold > 0 {
		c.Doubt(d.graph, e.opts.Table, subtasks, e.opts.Threshold)
	}
	spent := j.anew() && errors.Is(err, budget.ErrExhausted)
	if spent || errors.Is(err, model.ErrGarbage) || errors.Is(err, toolpath.ErrSubtasks) || errors.Is(err, search.ErrToolGraph) {
		d.graph, d.reason, d.scant = nil, err.Error(), spent
		return j.anew(), nil // the old one is still there
	}
	if err != nil {
		return false, err
	}
	d.subtasks = subtasks
	j.course, j.at = &course{catalog: c, subtasks: subtasks, graph: d.graph, base: j.req.Node}, []int{0}
	return true, nil
}

// sameSubtasks compares lists by what is to be done, whatever it is called.
func sameSubtasks(a, b []model.Subtask) bool {
	place := func(list []model.Subtask, id string) int {
		return slices.IndexFunc(list, func(s model.Subtask) bool { return s.ID == id })
	}
	return slices.EqualFunc(a, b, func(x, y model.Subtask) bool {
		return x.Kind == y.Kind && x.About == y.About && slices.EqualFunc(x.Parents, y.Parents, func(p, q string) bool { return place(a, p) == place(b, q) })
	})
}

// Where a request brings several lists of subtasks, more are asked for while what they agree on leads by fewer votes than clearLead
// at any place, in mostLists requests at most; of a model in words, which is asked once for each list, mostLists-1 lists more. Measured on 200 requests of the tool-path world with a SIMULATED proposer (p 0.65,
// e 0.3, ten lists a request): the list is right for 58 % after one request, for 84 % with a lead of 1, for 99 % with 3 in 2.7 requests.
const (
	clearLead = 3
	mostLists = 6
)

// subtasks asks for lists of subtasks until they agree, and returns what they agree on; d gets their number where they do.
func (e *Engine) subtasks(ctx context.Context, c toolpath.Catalog, j *job, d *done) (out []model.Subtask, err error) {
	st, _ := steps(j.history, j.nodes)
	r := model.DecomposeRequest{Goal: e.cfg.Goal, Steps: st, Kinds: e.kinds(c), N: max(j.req.Samples, e.decompositions())}
	if j.anew() {
		r.Rejected, r.Reason = j.course.subtasks, j.reason
	}
	var all [][]model.Subtask
	wrong := fmt.Errorf("%w: no list", toolpath.ErrSubtasks) // with all of them
	_, own := e.cfg.Model.(model.Decomposer)
	for i := range mostLists {
		r.Seed = model.DeriveSeed(j.seed, i)
		if i > 0 && !own { // in words each list is a request
			r.N = 1
		}
		more, err := e.lists(ctx, r, d)
		switch enough := errors.Is(err, budget.ErrExhausted) || errors.Is(err, model.ErrGarbage); {
		case err == nil:
			all = append(all, more...)
		case enough && wrong == nil:
			d.scant = errors.Is(err, budget.ErrExhausted)
			return out, nil // what is there is enough to go on with
		default:
			return nil, err
		}
		var lead int
		out, lead, wrong = toolpath.Consensus(all, r.Kinds)
		if len(all) < 2 || lead == toolpath.Unvoted {
			return out, wrong
		}
		if wrong == nil && lead >= clearLead {
			d.samples = len(all)
			return out, nil
		}
	}
	return out, wrong
}

// lists makes one request for lists of subtasks: reserve the worst case, ask, settle what it was.
func (e *Engine) lists(ctx context.Context, r model.DecomposeRequest, d *done) ([][]model.Subtask, error) {
	hold, err := e.cfg.Ledger.Reserve(e.decomposeEstimate(r))
	if err != nil {
		return nil, err
	}
	lists, used, err := toolpath.Samples(ctx, e.cfg.Model, r)
	hold.Settle(spent(used))
	d.usage = d.usage.Add(used)
	return lists, err
}

// usualLists is how many lists of subtasks are asked for where one request returns them all: as many samples as the default
// search takes.
const usualLists = 10

// decompositions is how many lists of subtasks are asked for at once.
func (e *Engine) decompositions() int {
	if e.opts.Decompositions > 0 {
		return e.opts.Decompositions
	}
	if _, own := e.cfg.Model.(model.Decomposer); own {
		return usualLists
	}
	return 1
}

// kinds are those that the goal may be taken apart into: all, or, where they are more than the shortlist has room for, those of
// the tools on it.
func (e *Engine) kinds(c toolpath.Catalog) []model.SubtaskKind {
	if len(c.Kinds) <= e.opts.Shortlist {
		return c.Kinds
	}
	short := toolpath.FromSpecs(e.shown)
	if len(short.Kinds) == 0 {
		return c.Kinds
	}
	return short.Kinds
}

// decomposeEstimate is what taking the goal apart may use at most: in words each sample may be asked for twice, the second
// time with the reason. A model that does it in its own way takes one call, and no more than the words would.
func (e *Engine) decomposeEstimate(r model.DecomposeRequest) (a budget.Amount) {
	_, own := e.cfg.Model.(model.Decomposer)
	if !own && !e.caps.Text {
		return a // by the words of the goal, which costs nothing
	}
	n := int64(2 * r.N)
	one := e.textEstimate(func() (model.TextRequest, error) { return toolpath.DecomposeText(r, toolpath.LongestReason()) })
	a.ModelCalls, a.Tokens, a.USD = n*one.ModelCalls, n*one.Tokens, float64(n)*one.USD
	if own {
		a.ModelCalls = 1
	}
	return a
}
