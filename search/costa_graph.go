package search

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// ErrToolGraph is wrapped by what [ToolGraph.Validate], [PruneTools] and [ToolGraph.Enumerate] return.
var ErrToolGraph = errors.New("tool graph")

// ToolGraph is what [Costa] searches: Nodes[0] is the input, every other node is a tool at work on a subtask, and a path
// from the input to a sink, a node with nothing behind it, does the task. [PruneTools] makes one.
type ToolGraph struct {
	Nodes []ToolNode `json:"nodes"`
}

// ToolNode is a tool at work on a subtask.
type ToolNode struct {
	Tool    int   `json:"tool"` // as in [PruneTools]; -1 for the input
	Subtask int   `json:"subtask"`
	Next    []int `json:"next,omitempty"` // what can follow, each after this node in the graph and once
	// Cost (from 0 to [MaxToolCost]) and Quality (in [0,1]) are what the step is expected to take and to be worth. The input has 0
	// and 1.
	Cost    float64 `json:"cost"`
	Quality float64 `json:"quality"`
	// Doubtful is a tool that is carried out only when without such tools no way is left. Inferred: where nothing will rate
	// the steps, it keeps what experience does not know behind what it knows to pass.
	Doubtful bool `json:"doubtful,omitempty"`
}

// MaxToolCost is the highest cost of a step, so that its square is still a number.
const MaxToolCost = 1e100

func (g *ToolGraph) sink(n int) bool { return len(g.Nodes[n].Next) == 0 }

// Validate says what is wrong with the graph and where.
func (g *ToolGraph) Validate() error {
	if g == nil || len(g.Nodes) < 2 {
		return fmt.Errorf("%w: there is nothing to search: it needs the input and at least one tool", ErrToolGraph)
	}
	for i, n := range g.Nodes {
		if !(n.Cost >= 0 && n.Cost <= MaxToolCost) {
			return fmt.Errorf("%w: node %d: cost: %v is outside [0,%g]", ErrToolGraph, i, n.Cost, MaxToolCost)
		}
		if !(n.Quality >= 0 && n.Quality <= 1) {
			return fmt.Errorf("%w: node %d: quality: %v is outside [0,1]", ErrToolGraph, i, n.Quality)
		}
		for j, y := range n.Next {
			if y <= i || y >= len(g.Nodes) || slices.Contains(n.Next[:j], y) {
				return fmt.Errorf("%w: node %d: next: %d is not a node after it, or stands there twice", ErrToolGraph, i, y)
			}
		}
	}
	return nil
}

// CostQuality is the objective of the paper, to be made small: cost^alpha * (2-quality)^(2-alpha), for a cost >= 0 and a
// quality in [0,1]. The second factor is from 1 to 4, so that no quality makes a cost nothing.
func CostQuality(alpha, cost, quality float64) float64 {
	return math.Pow(cost, alpha) * math.Pow(2-quality, 2-alpha)
}

// Rest is the estimate of the way from a node to a sink, without the node's own step.
type Rest struct {
	// Cost and Quality are those of the way that H goes by.
	Cost, Quality float64
	// H is the paper's: each node takes the successor by which [CostQuality] of what follows is least, and its Cost and
	// Quality on. 0 at sinks, +Inf where no sink can be reached. It is not the least over all ways, since the choice at
	// a node doesn't know what comes before or after.
	H float64
	// LeastCost and BestQuality are the least and the best over all ways, as a rule of different ones: bounds.
	LeastCost, BestQuality float64
}

// Estimate rates the way on from each node by backward propagation from the sinks, without the nodes that are out (nil:
// none is). Nothing is carried out.
func (g *ToolGraph) Estimate(alpha float64, out []bool) []Rest {
	rest := make([]Rest, len(g.Nodes))
	for i := len(g.Nodes) - 1; i >= 0; i-- {
		if g.sink(i) {
			rest[i] = Rest{Quality: 1, BestQuality: 1}
			continue
		}
		r := Rest{H: math.Inf(1), Cost: math.Inf(1), LeastCost: math.Inf(1)}
		for _, y := range g.Nodes[i].Next {
			if out != nil && out[y] || math.IsInf(rest[y].LeastCost, 1) {
				continue
			}
			r.follow(alpha, &g.Nodes[y], &rest[y])
		}
		rest[i] = r
	}
	return rest
}

func (r *Rest) follow(alpha float64, step *ToolNode, behind *Rest) {
	cost, quality := behind.Cost+step.Cost, behind.Quality*step.Quality
	if h := CostQuality(alpha, cost, quality); h < r.H {
		r.H, r.Cost, r.Quality = h, cost, quality
	}
	r.LeastCost = min(r.LeastCost, behind.LeastCost+step.Cost)
	r.BestQuality = max(r.BestQuality, behind.BestQuality*step.Quality)
}

// Enumerate returns the best path by what its steps are rated, by trying all of them: what [Costa] is measured against.
// Their number grows exponentially; more than most is an error.
func (g *ToolGraph) Enumerate(alpha float64, most int) (ToolPath, error) {
	if err := errors.Join(g.Validate(), validAlpha(alpha)); err != nil {
		return ToolPath{}, err
	}
	e := enumeration{g: g, alpha: alpha, most: most, best: ToolPath{Value: math.Inf(1)}}
	e.walk(0, 0, 1)
	if e.seen > most {
		return ToolPath{}, fmt.Errorf("%w: there are more than %d paths: raise the limit, or search", ErrToolGraph, most)
	}
	e.best.Tries = e.seen
	return e.best, nil
}

type enumeration struct {
	g          *ToolGraph
	alpha      float64
	most, seen int
	path       []ToolStep
	best       ToolPath
}

func (e *enumeration) walk(n int, cost, quality float64) {
	if e.g.sink(n) {
		e.seen++
		if v := CostQuality(e.alpha, cost, quality); v < e.best.Value {
			e.best = ToolPath{Steps: slices.Clone(e.path), Cost: cost, Quality: quality, Value: v, Complete: true}
		}
		return
	}
	for _, y := range e.g.Nodes[n].Next {
		if e.seen > e.most {
			return
		}
		s := &e.g.Nodes[y]
		e.path = append(e.path, ToolStep{Node: y, Attempts: 1, Cost: s.Cost, Quality: s.Quality})
		e.walk(y, cost+s.Cost, quality*s.Quality)
		e.path = e.path[:len(e.path)-1]
	}
}
