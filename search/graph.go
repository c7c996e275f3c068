package search

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Domain is a graph of states that is known: a puzzle, a map, a plan space with exact effects. Its methods must be
// functions of their arguments.
type Domain[S comparable] interface {
	// Actions is the number of actions; they are numbered from 0 and are the same in all states.
	Actions() int
	// Next returns the state behind an action and what the transition costs (>= 0, finite); ok is false where the action
	// can't be taken.
	Next(s S, action int) (next S, cost float64, ok bool)
	// Goal says whether s is one of the states to reach.
	Goal(s S) bool
}

// ErrGraph is wrapped by what [Graph.Step] and [Graph.Solve] return: a transition with a cost below zero, or a limit that
// was reached.
var ErrGraph = errors.New("graph search")

// Graph is best-first search from one state to the nearest goal of a [Domain]. The options make it one of
//
//	Dijkstra's algorithm   neither H nor Q
//	A*                     H; weighted A* with Weight below 1 (f = Weight*g + h); greedy best-first search with 0
//	Q*                     Q; arXiv 2102.04518, f(n, a) = Weight*g(n) + q(n, a)
//
// A* generates and estimates all states behind a state when that comes up: with |A| actions, |A| transitions and
// |A| estimates. Q* has the same frontier, but of edges: one pass of Q prices all edges out of a state, and the state
// behind an edge is generated when the edge comes up, which is one transition and one pass each. With Weight 1 and
// q(n, a) = c(n, a) + h of the state behind it both take the same f from the frontier, ties aside; with less, Q* weighs an
// edge's own cost in full, as printed, and A* doesn't.
//
// Both share the rest. A state that is reached again at no lower cost is dropped; at a lower cost it is opened again, and
// its older entries count no more. Reaching a goal doesn't end the search: it ends when the lower bound, the greatest
// of the smallest f of each round, is at least Weight times the cheapest cost known. So with Weight 1 the path is a
// cheapest one whenever no estimate exceeds the true cost, for every batch, also where a q is below the
// cost of its own transition; with Weight w it costs at most 1/w of that. (The paper proves its Q* for the first goal
// that comes up, and needs c <= q for it: [GraphOptions].First.)
//
// Inferred rather than printed: that goals are not searched beyond, that of equal f the deeper state comes first, and that
// opening a state again corrects its cost in place, so that the path may turn out cheaper than the bound knew.
//
// A Graph is for one goroutine. An edge that waits takes 8 bytes.
type Graph[S comparable] struct {
	bestFirst
	domain  Domain[S]
	o       GraphOptions[S]
	weight  float64
	batch   int
	nodes   []vertex[S]
	closed  map[S]NodeID
	goal    NodeID // the cheapest that was reached
	count   GraphCounts
	popped  []entry
	fresh   []NodeID // reached in this round
	behind  []NodeID // of fresh ones, to be estimated (A*)
	states  []S
	numbers []float64
}

// vertex is a state with the cheapest way to it that is known.
type vertex[S comparable] struct {
	s      S
	g, h   float64 // h is NaN before it was estimated
	out    *edges  // Q*: those from here that are to come
	from   NodeID
	action uint32
	depth  uint32 // when it was reached; a way that was made cheaper since may have another
	stamp  uint32 // entries with another one were overtaken
	listed bool   // in fresh or behind
}

// here is the action of an entry that stands for a state, not for an edge from it.
const here = math.MaxUint32

// GraphCounts is what a [Graph] did so far.
type GraphCounts struct {
	Generated   int     // transitions that were made, whatever came of the state behind them
	Evaluations int     // states that H or Q was asked about
	Passes      int     // calls of H or Q, each about one state or more
	Rounds      int     // batches taken from the frontier
	Popped      int     // states or edges taken from it
	Pushed      int     // states or edges put into it; of the edges from a state one waits for all
	States      int     // different states, the start included
	Reopened    int     // times that a state was reached again at a lower cost
	LowerBound  float64 // no path costs less if no estimate exceeds the true cost; -Inf at first
}

// Solution is the best path that a [Graph] knows.
type Solution struct {
	Actions []int
	Cost    float64 // the sum of the transitions' costs; +Inf without a path
	Found   bool
	// Proved says that the stop rule ended the search, or that nothing was left: the path is as good as Weight promises.
	Proved bool
	Counts GraphCounts
}

// NewGraph returns a search from start. Errors: those of [GraphOptions.Validate].
func NewGraph[S comparable](d Domain[S], start S, o *GraphOptions[S]) (*Graph[S], error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if o == nil {
		o = &GraphOptions[S]{}
	}
	g := &Graph[S]{
		bestFirst: newBestFirst(), domain: d, o: *o, weight: 1, batch: or(o.Batch, 1), goal: None,
		closed: map[S]NodeID{}, count: GraphCounts{LowerBound: math.Inf(-1)},
	}
	if o.Weight != nil {
		g.weight = *o.Weight
	}
	g.reach(start, vertex[S]{from: None, action: here})
	g.arrive(0)
	return g, g.open()
}

// Step takes one batch from the frontier and works on it. done says that the search is over, and an error, which
// wraps [ErrGraph], that it can't go on.
func (g *Graph[S]) Step() (done bool, err error) {
	if err := g.limits(); err != nil {
		return true, err
	}
	g.popped = g.take(g, g.batch, g.popped[:0])
	if len(g.popped) == 0 {
		return true, nil
	}
	g.count.Rounds++
	g.count.Popped += len(g.popped)
	g.count.LowerBound = max(g.count.LowerBound, g.popped[0].f)
	for _, e := range g.popped {
		if err := g.follow(e); err != nil {
			return true, err
		}
	}
	err = g.open()
	return err != nil, err
}

// Solve steps to the end. With an error the solution is what was known by then.
func (g *Graph[S]) Solve() (Solution, error) {
	for {
		done, err := g.Step()
		if err != nil {
			return g.Solution(), err
		}
		if done {
			return g.Solution(), nil
		}
	}
}

// Solution returns what is known now.
func (g *Graph[S]) Solution() Solution {
	out := Solution{Cost: math.Inf(1), Counts: g.Counts()}
	if e, ok := g.top(g); !ok || g.bounded(e) {
		out.Proved = true
	}
	if g.goal == None {
		return out
	}
	out.Found, out.Cost = true, 0
	for n := g.goal; g.nodes[n].from != None; n = g.nodes[n].from {
		out.Actions = append(out.Actions, int(g.nodes[n].action))
	}
	slices.Reverse(out.Actions)
	s := g.nodes[0].s
	for _, a := range out.Actions {
		next, cost, _ := g.domain.Next(s, a)
		s, out.Cost = next, out.Cost+cost
	}
	return out
}

// Counts returns what was done so far.
func (g *Graph[S]) Counts() GraphCounts {
	c := g.count
	c.States = len(g.nodes)
	return c
}

// limits returns an error when a limit is reached and the search is not over.
func (g *Graph[S]) limits() error {
	if e, ok := g.top(g); !ok || g.settles(e) {
		return nil
	}
	if g.o.MaxGenerated > 0 && g.count.Generated >= g.o.MaxGenerated {
		return fmt.Errorf("%w: %d states were generated and no goal is proved nearest: raise MaxGenerated or lower Weight", ErrGraph, g.count.Generated)
	}
	return nil
}
