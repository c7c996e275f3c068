package toolpath

import (
	"context"
	"fmt"

	"github.com/azimuthdev/azimuth/bench/world/toolpath"
	planner "github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/search"
)

// The names of the contenders without a trade-off of their own.
const (
	Cheapest   = "greedy-cheapest"     // the cheapest tool for each edit, by the table
	BestTool   = "greedy-best"         // the best tool for each edit, by the table
	Checked    = "greedy-best checked" // the best tool for each edit, by the table; another where the check fails
	Planned    = "table only"          // the best path by the table, carried out blindly
	Exhaustive = "exhaustive"          // the best of all paths carried out that pass the check, for alpha 1
	Deferred   = "costa alpha=1 deferred"
	Exact      = "costa alpha=1 exact"
)

// Alpha is the name of the planner at a trade-off.
func Alpha(a float64) string { return fmt.Sprintf("costa alpha=%v", a) }

// contender carries a request out.
type contender struct {
	name string
	run  func(context.Context, *course, *planner.Table) (outcome, error)
}

func contenders() []contender {
	var out []contender
	plan := func(name string, o search.CostaOptions) {
		out = append(out, contender{name, func(ctx context.Context, c *course, t *planner.Table) (outcome, error) {
			r, _, err := c.plan(ctx, t.Clone(), o)
			return r, err
		}})
	}
	for _, a := range alphas {
		plan(Alpha(a), costaOptions(a))
	}
	deferred, exact := costaOptions(1), costaOptions(1)
	deferred.Deferred, exact.Exact = true, true
	plan(Deferred, deferred)
	plan(Exact, exact)
	fixed := func(name string, path func(g *graph) []int) {
		out = append(out, contender{name, onGraph(func(ctx context.Context, c *course, g *graph) (outcome, error) {
			return c.follow(ctx, g, path(g))
		})})
	}
	out = append(out, contender{Checked, onGraph(func(ctx context.Context, c *course, g *graph) (outcome, error) { return c.local(ctx, g) })})
	fixed(Cheapest, func(g *graph) []int { return greedy(g, true) })
	fixed(BestTool, func(g *graph) []int { return greedy(g, false) })
	fixed(Planned, func(g *graph) []int { return blind(g, 1) })
	return out
}

type graph = search.ToolGraph // short for signatures

// onGraph makes a contender's run of what works on the graph of the tools.
func onGraph(f func(context.Context, *course, *graph) (outcome, error)) func(context.Context, *course, *planner.Table) (outcome, error) {
	return func(ctx context.Context, c *course, t *planner.Table) (outcome, error) {
		g, err := toolpath.Catalog().Graph(t, c.subtasks)
		if err != nil {
			return outcome{}, err
		}
		return f(ctx, c, g)
	}
}

func costaOptions(alpha float64) search.CostaOptions { return search.CostaOptions{Alpha: &alpha} }

// blind is the path that is best by what its steps are rated, which a search with a bound finds at once.
func blind(g *search.ToolGraph, alpha float64) []int {
	none := 0.0
	s, err := search.NewCosta(g, &search.CostaOptions{Alpha: &alpha, Threshold: &none, Exact: true})
	if err != nil {
		return nil
	}
	p, _ := s.Solve(func(t search.Try) (search.Ran, error) {
		return search.Ran{Cost: g.Nodes[t.Node].Cost, Quality: g.Nodes[t.Node].Quality}, nil
	})
	var path []int
	for _, st := range p.Steps {
		path = append(path, st.Node)
	}
	return path
}
