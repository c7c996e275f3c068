package azimuth

import (
	"context"
	"slices"

	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/search"
)

// experienceRuns is how many of the last runs in the store costa learns from.
const experienceRuns = 100

// experience is what earlier runs in the store show of the agent's tools: what calls took and what they were worth, by
// the kind of subtask. Runs of costa say both. Of the runs of other strategies a call counts for the only kind that its tool
// does: with 1, or 0 where it failed; calls of the plan with the judge's score, where a judge was asked. Runs that
// can't be read are left out; a run that is under way has no say in itself. Plans in memory that no such run made reached their goals:
// each call counts 1, and takes what its tool states (inferred).
func (a *Agent) experience(ctx context.Context, self string) (*toolpath.Table, error) {
	runs, err := a.opts.Store.Runs(ctx, experienceRuns+1)
	if err != nil {
		return nil, err
	}
	c, t := toolpath.FromSpecs(a.tools.Specs()), &toolpath.Table{}
	read := map[string]bool{self: true}
	for _, r := range runs {
		if r.ID == self {
			continue
		}
		v, err := OpenView(ctx, a.opts.Store, r.ID, nil)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			continue
		}
		v.teach(c, t)
		read[r.ID] = true
	}
	plans, err := a.memory.List(ctx)
	for _, p := range plans {
		if !read[p.Source] {
			remind(p, c, t)
		}
	}
	return t, err
}

// remind adds what a plan in memory shows to the table. A tool that only prepares did so for the call that needs it.
func remind(p memory.Plan, c toolpath.Catalog, t *toolpath.Table) {
	for i, call := range p.Calls {
		kind := only(c, call.Tool)
		for _, later := range p.Calls[i+1:] {
			if kind == "" && slices.Contains(needs(c, later.Tool), call.Tool) {
				kind = only(c, later.Tool)
			}
		}
		if kind != "" {
			t.Add(call.Tool, kind, expected(c, call.Tool), 1, false)
		}
	}
}

func needs(c toolpath.Catalog, name string) []string {
	for _, t := range c.Tools {
		if t.Name == name {
			return t.Needs
		}
	}
	return nil
}

// teach adds what the run shows to the table.
func (v *View) teach(c toolpath.Catalog, t *toolpath.Table) {
	path := v.Path()
	for _, r := range v.engine.Ratings() {
		kind := r.Kind
		if kind == "" {
			if kind = only(c, r.Tool); kind == "" {
				continue
			}
			if score, judged := v.scored(r, path); judged {
				r.Quality = score
			}
		}
		if r.Seconds == 0 {
			r.Seconds = expected(c, r.Tool)
		}
		t.Add(r.Tool, kind, r.Seconds, r.Quality, r.Failed || r.Quality < search.CostaThreshold)
	}
}

// scored is the judge's score of the plan, for a call of it.
func (v *View) scored(r engine.Rating, path []search.NodeID) (float64, bool) {
	if r.Failed || len(path) == 0 || !slices.Contains(path, r.Node) {
		return 0, false
	}
	verdict, judged := v.Tree.Verdict(path[len(path)-1])
	switch {
	case !judged || verdict == search.Unjudged:
		return 0, false
	case verdict == search.Accepted:
		return max(v.Tree.Score(path[len(path)-1]), search.CostaThreshold), true
	}
	return v.Tree.Score(path[len(path)-1]), true
}

// only is the kind of subtask that a tool does, empty where there is none or several.
func only(c toolpath.Catalog, name string) string {
	for _, t := range c.Tools {
		if t.Name == name && len(t.Solves) == 1 {
			return t.Solves[0]
		}
	}
	return ""
}

func expected(c toolpath.Catalog, name string) float64 {
	for _, t := range c.Tools {
		if t.Name == name {
			return t.Latency.Seconds()
		}
	}
	return 0
}
