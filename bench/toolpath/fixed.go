package toolpath

import (
	"cmp"
	"context"
	"math"
	"slices"

	world "github.com/azimuthdev/azimuth/bench/world/toolpath"
	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/search"
)

// walk is a way that is carried out step by step, without a search.
type walk struct {
	way       []toolpath.Output
	qualities []float64
	cost      float64
}

// step carries the tool of a node out once, whatever comes of it; ok is false where nothing did.
func (c *course) step(ctx context.Context, g *search.ToolGraph, w walk, node int) (next walk, ok bool, err error) {
	n := g.Nodes[node]
	s := toolpath.Step{Tool: world.Catalog().Tools[n.Tool].Name, Subtask: c.subtasks[n.Subtask], Before: w.way}
	call, err := c.calls(s)
	if err != nil {
		return w, false, nil
	}
	o := toolpath.Output{Tool: s.Tool, Subtask: s.Subtask, Call: call, World: c.world.Fork()}
	if o.Result, err = o.World.Call(ctx, call); err != nil || o.Result.IsError {
		return w, false, err
	}
	o.Final = len(n.Next) == 0 || g.Nodes[n.Next[0]].Subtask != n.Subtask
	q, err := c.check(ctx, s, o)
	return walk{
		append(w.way[:len(w.way):len(w.way)], o), append(w.qualities[:len(w.qualities):len(w.qualities)], q), w.cost + world.Seconds(o.Result, 0),
	}, true, err
}

// follow carries a path out as far as it goes.
func (c *course) follow(ctx context.Context, g *search.ToolGraph, path []int) (outcome, error) {
	w, _, _, err := c.steps(ctx, g, walk{}, path)
	if err != nil {
		return outcome{}, err
	}
	return c.grade(w.way, w.qualities, w.cost, w.cost, 1)
}

// exhaust carries all paths out, each prefix once and at the usual settings, and returns the one with the least
// objective among those whose every step passes the check; among all where there is none.
func (c *course) exhaust(ctx context.Context, g *search.ToolGraph, alpha float64) (outcome, error) {
	best := outcome{value: math.Inf(1)}
	spent := 0.0
	var visit func(node int, w walk) error
	visit = func(node int, w walk) error {
		if len(g.Nodes[node].Next) == 0 {
			o, err := c.grade(w.way, w.qualities, w.cost, w.cost, alpha)
			if err == nil && (o.whole && !best.whole || o.whole == best.whole && o.value < best.value) {
				best = o
			}
			return err
		}
		for _, y := range g.Nodes[node].Next {
			next, ok, err := c.step(ctx, g, w, y)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			spent += next.cost - w.cost
			if err := visit(y, next); err != nil {
				return err
			}
		}
		return nil
	}
	err := visit(0, walk{})
	best.spent = spent
	return best, err
}

// local goes edit by edit: it tries the tools, the best by the table first, until one passes the check, and takes the best
// of them where none does. It is as well informed as the search and never looks ahead.
func (c *course) local(ctx context.Context, g *search.ToolGraph) (outcome, error) {
	var w walk
	spent := 0.0
	for node := 0; len(g.Nodes[node].Next) > 0; {
		best, at := walk{}, 0
		for _, way := range parts(g, node) {
			next, took, ok, err := c.steps(ctx, g, w, way)
			if err != nil {
				return outcome{}, err
			}
			if spent += took; !ok {
				continue
			}
			if at == 0 || next.last() > best.last() {
				best, at = next, way[len(way)-1]
			}
			if next.last() >= search.CostaThreshold {
				break
			}
		}
		if at == 0 {
			break
		}
		w, node = best, at
	}
	return c.grade(w.way, w.qualities, w.cost, spent, 1)
}

// steps carries some out in a row; ok is false where one came to nothing.
func (c *course) steps(ctx context.Context, g *search.ToolGraph, w walk, way []int) (next walk, took float64, ok bool, err error) {
	next, ok = w, true
	for _, y := range way {
		if next, ok, err = c.step(ctx, g, next, y); err != nil || !ok {
			break
		}
	}
	return next, next.cost - w.cost, ok, err
}

func (w walk) last() float64 { return w.qualities[len(w.qualities)-1] }

// parts returns the ways from a node to the end of the next subtask, the best by their rated quality first, of equal ones
// the cheapest.
func parts(g *search.ToolGraph, node int) [][]int {
	var out [][]int
	for _, y := range g.Nodes[node].Next {
		n := g.Nodes[y]
		if len(n.Next) == 0 || g.Nodes[n.Next[0]].Subtask != n.Subtask {
			out = append(out, []int{y})
			continue
		}
		for _, rest := range parts(g, y) {
			out = append(out, append([]int{y}, rest...))
		}
	}
	slices.SortStableFunc(out, func(a, b []int) int {
		ca, qa := rated(g, a)
		cb, qb := rated(g, b)
		return cmp.Or(cmp.Compare(qb, qa), cmp.Compare(ca, cb))
	})
	return out
}

func rated(g *search.ToolGraph, way []int) (cost, quality float64) {
	quality = 1
	for _, y := range way {
		cost, quality = cost+g.Nodes[y].Cost, quality*g.Nodes[y].Quality
	}
	return cost, quality
}

// greedy takes, for each subtask, the tool that is cheapest by its rating, or the best, its preparations included.
func greedy(g *search.ToolGraph, cheapest bool) (path []int) {
	for node := 0; len(g.Nodes[node].Next) > 0; node = path[len(path)-1] {
		ways := parts(g, node)
		best := ways[0]
		if cheapest {
			best = slices.MinFunc(ways, func(a, b []int) int {
				ca, _ := rated(g, a)
				cb, _ := rated(g, b)
				return cmp.Compare(ca, cb)
			})
		}
		path = append(path, best...)
	}
	return path
}
