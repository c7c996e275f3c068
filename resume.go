package azimuth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// ErrTools says that the agent's tools are not those that a run began with.
var ErrTools = errors.New("the tools are not those that the run began with")

// ErrNode says that a run can't be forked where it was asked to.
var ErrNode = errors.New("no such node to fork at")

// Resume goes on with a run that was interrupted, or ended early: by its budget, a denied effect, a failure. id may be
// the beginning of a run's id, or "last". more, if not nil, replaces the run's budget. A run that succeeded is not
// done again: its result is returned.
func (a *Agent) Resume(ctx context.Context, id string, more *budget.Limits) (*Result, error) {
	info, err := a.opts.Store.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	unlock, err := a.opts.Store.Lock(ctx, info.ID)
	if err != nil {
		return nil, err
	}
	defer unlock()
	s, h, err := readHeader(ctx, a.opts.Store, info.ID)
	if err != nil {
		return nil, err
	}
	if err := a.sameTools(s.Tools); err != nil {
		return nil, err
	}
	if more != nil {
		h.Settings.Budget = *more
	}
	w, err := journal.Continue(ctx, a.opts.Store, info.ID, journal.NewScrubber(a.opts.Secrets...), &journal.WriterOptions{Now: a.opts.Now})
	if err != nil {
		return nil, err
	}
	r, err := a.assemble(ctx, info.ID, info.Goal, h, w)
	if err != nil {
		return nil, err
	}
	if err := r.engine.Rebuild(ctx, a.opts.Store.Records(ctx, info.ID, 1)); err != nil {
		return nil, fmt.Errorf("run %s: %w", info.ID, err)
	}
	if x := r.engine.Ended(); x != nil && engine.Status(x.Status) == engine.Succeeded {
		return r.result(r.engine.Result()), nil
	}
	return r.finish(ctx)
}

// sameTools refuses to go on where a tool of the run is gone or has another effect class.
func (a *Agent) sameTools(then []tool.Spec) error {
	for _, t := range then {
		now, ok := a.tools.Spec(t.Name)
		switch {
		case !ok:
			return fmt.Errorf("%w: %s is missing; connect it again", ErrTools, t.Name)
		case now.Effect != t.Effect:
			return fmt.Errorf("%w: the effect of %s was %s and is %s", ErrTools, t.Name, t.Effect, now.Effect)
		}
	}
	return nil
}

// Fork starts a new run that begins with the path to a node of an earlier run's tree and searches on from there,
// with the agent's settings. Effects of that path are carried out anew, when the new run's plan is.
func (a *Agent) Fork(ctx context.Context, id string, n search.NodeID) (*Result, error) {
	v, err := OpenView(ctx, a.opts.Store, id, nil)
	if err != nil {
		return nil, err
	}
	if int(n) >= v.Tree.Len() || v.Tree.IsFinish(n) {
		return nil, v.unforkable(n)
	}
	g := &engine.Given{ForkOf: &journal.ForkOf{Run: v.Run.ID, Node: n}, Steps: v.engine.Steps(n)}
	for i, s := range g.Steps {
		if g.Steps[i].Call, err = a.tools.Parse(s.Call.Tool, string(s.Call.Args)); err != nil {
			return nil, fmt.Errorf("%w: step %d: %w", ErrTools, i+1, err)
		}
	}
	return a.begin(ctx, v.Run.Goal, false, g)
}

func (v *View) unforkable(n search.NodeID) error {
	if int(n) < v.Tree.Len() {
		return fmt.Errorf("node %d of run %s: %w: it is a final answer; take the node before it", n, v.Run.ID, ErrNode)
	}
	return fmt.Errorf("node %d of run %s: %w: its nodes are 0 to %d, as azimuth tree shows them", n, v.Run.ID, ErrNode, v.Tree.Len()-1)
}

// View is a run rebuilt from its journal, to look at.
type View struct {
	Run      journal.Run
	Tree     *search.Tree
	Settings Settings
	Note     json.RawMessage // the caller's, from [Options.Note]
	Started  *journal.Started
	Result   *Result

	shown    *shown
	planOnly bool
	engine   *engine.Engine
	scorer   search.Scorer
	strategy search.Strategy
}

// OpenView rebuilds a run without carrying it on; no tools and no model are needed. each, if not nil, is called after
// every record that changed the tree.
func OpenView(ctx context.Context, s journal.Store, id string, each func(*View, journal.Told)) (*View, error) {
	info, err := s.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	started, h, err := readHeader(ctx, s, info.ID)
	if err != nil {
		return nil, err
	}
	set, err := tool.NewSpecSet(started.Tools)
	if err != nil {
		return nil, err
	}
	a := &Agent{tools: set}
	empty, err := memory.NewIndex(nil, nil)
	if err != nil {
		return nil, err
	}
	so, err := h.searchOptions(nil)
	if err != nil {
		return nil, err
	}
	v := &View{Run: info, Settings: h.Settings, Note: h.Note, Started: &started, scorer: so.Scorer, shown: h.Shown, planOnly: h.PlanOnly}
	r := &run{agent: a, id: info.ID, goal: info.Goal, header: h}
	if h.Settings.Merge {
		so.Commutes = r.commutes
	}
	st, err := search.New(h.Settings.strategy(), so)
	if err != nil {
		return nil, err
	}
	v.strategy = st
	var ev engine.Events
	if each != nil {
		ev.Told = func(_ *search.Tree, t journal.Told) { each(v, t) }
	}
	r.engine = engine.NewView(engine.Config{
		Goal: info.Goal, Tools: set, Strategy: st, Costs: a.costs(empty, nil), Ledger: budget.New(budget.Limits{}, nil),
	}, &ev)
	v.engine, v.Tree = r.engine, r.engine.Tree()
	if err := r.engine.Rebuild(ctx, s.Records(ctx, info.ID, 1)); err != nil {
		return nil, fmt.Errorf("run %s: %w", info.ID, err)
	}
	v.Result = r.result(r.engine.Result())
	return v, nil
}

func readHeader(ctx context.Context, s journal.Store, id string) (journal.Started, header, error) {
	var h header
	for rec, err := range s.Records(ctx, id, 1) {
		if err != nil {
			return journal.Started{}, h, err
		}
		st, err := journal.Decode[journal.Started](rec)
		if err != nil {
			return st, h, err
		}
		err = json.Unmarshal(st.Config, &h)
		if err == nil {
			err = known(st.Config)
		}
		if err != nil {
			return st, h, fmt.Errorf("run %s: its settings can't be read: %w", id, err)
		}
		if h.Given != nil {
			h.Given.Steps = st.Prefix
		}
		return st, h, nil
	}
	return journal.Started{}, h, fmt.Errorf("run %s: its journal is empty", id)
}
