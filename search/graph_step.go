package search

import (
	"fmt"
	"math"
	"slices"
)

// counts implements space.
func (g *Graph[S]) counts(e entry) bool { return g.nodes[e.node].stamp == e.stamp }

// settles implements space.
func (g *Graph[S]) settles(e entry) bool {
	return g.goal != None && (g.o.First || g.bounded(e))
}

// bounded is the stop rule: e, the best there is, leads nowhere cheaper than the goal that is known.
func (g *Graph[S]) bounded(e entry) bool {
	return g.goal != None && max(g.count.LowerBound, e.f) >= g.weight*g.nodes[g.goal].g
}

// took implements follower: the next edge out of the same state comes in for the one that was taken.
func (g *Graph[S]) took(e entry) {
	if e.action != here {
		g.best(e.node, e.action)
	}
}

// refill implements space.
func (g *Graph[S]) refill() bool { return false }

// follow works on an entry that was taken: it generates the state behind an edge, and notes which state was reached.
func (g *Graph[S]) follow(e entry) error {
	if !g.counts(e) {
		return nil // overtaken by another one of its round
	}
	n := e.node
	if e.action != here {
		var err error
		if n, err = g.generate(n, e.action); err != nil || n == None {
			return err
		}
	}
	g.arrive(n)
	return nil
}

// arrive keeps n as the goal if it is the cheapest one, and has it opened if it is none.
func (g *Graph[S]) arrive(n NodeID) {
	nd := &g.nodes[n]
	switch {
	case g.domain.Goal(nd.s):
		if g.goal == None || nd.g < g.nodes[g.goal].g {
			g.goal = n
		}
	case !nd.listed:
		nd.listed = true
		g.fresh = append(g.fresh, n)
	}
}

// generate makes a transition. It returns [None] where the state behind it is known at no higher cost.
func (g *Graph[S]) generate(from NodeID, action uint32) (NodeID, error) {
	up := &g.nodes[from]
	s, cost, ok := g.domain.Next(up.s, int(action))
	if !ok {
		return None, nil
	}
	g.count.Generated++
	if !(cost >= 0) || math.IsInf(cost, 1) {
		return None, fmt.Errorf("%w: action %d costs %v: a cost must be finite and at least 0", ErrGraph, action, cost)
	}
	return g.reach(s, vertex[S]{g: up.g + cost, from: from, action: action, depth: up.depth + 1}), nil
}

// reach enters a state with the way to it, unless a way that costs no more is known.
func (g *Graph[S]) reach(s S, way vertex[S]) NodeID {
	n, known := g.closed[s]
	if !known {
		n = NodeID(len(g.nodes))
		way.s, way.h = s, math.NaN()
		g.closed[s] = n
		g.nodes = append(g.nodes, way)
		return n
	}
	nd := &g.nodes[n]
	if nd.g <= way.g {
		return None
	}
	g.count.Reopened++
	nd.g, nd.from, nd.action, nd.depth = way.g, way.from, way.action, way.depth
	nd.out = nil
	nd.stamp++
	return n
}

// open puts what follows the states reached in this round into the frontier.
func (g *Graph[S]) open() error {
	fresh := g.fresh
	g.fresh = g.fresh[:0]
	for _, n := range fresh {
		g.nodes[n].listed = false
	}
	if len(fresh) == 0 {
		return nil
	}
	if g.o.Q != nil {
		g.edges(fresh)
		return nil
	}
	return g.expand(fresh)
}

// edges is Q*: one pass prices all edges out of the states.
func (g *Graph[S]) edges(fresh []NodeID) {
	g.states = g.states[:0]
	for _, n := range fresh {
		g.states = append(g.states, g.nodes[n].s)
	}
	width := g.domain.Actions()
	q := make([]float64, len(fresh)*width)
	out := make([]edges, len(fresh))
	g.pass(g.o.Q, q)
	for i, n := range fresh {
		out[i].q = q[i*width : (i+1)*width]
		g.nodes[n].out = &out[i]
		g.best(n, here)
	}
}

// expand is A*: all transitions from the states are made, the states behind them are estimated, and these wait.
func (g *Graph[S]) expand(fresh []NodeID) error {
	g.behind, g.states = g.behind[:0], g.states[:0]
	for _, n := range fresh {
		g.nodes[n].stamp++ // its own entries are done with
		for a := range g.domain.Actions() {
			c, err := g.generate(n, uint32(a))
			if err != nil {
				return err
			}
			if c != None && !g.nodes[c].listed {
				g.nodes[c].listed = true
				g.behind = append(g.behind, c)
			}
		}
	}
	g.estimate()
	for _, n := range g.behind {
		nd := &g.nodes[n]
		nd.listed = false
		if nd.h <= math.MaxFloat64 {
			g.push(entry{f: g.weight*nd.g + nd.h, node: n, stamp: nd.stamp, depth: nd.depth, action: here})
		}
	}
	return nil
}

// estimate gives the states in behind their h, in one pass for those that have none yet.
func (g *Graph[S]) estimate() {
	for _, n := range g.behind {
		switch nd := &g.nodes[n]; {
		case g.o.H == nil:
			nd.h = 0
		case math.IsNaN(nd.h):
			g.states = append(g.states, nd.s)
		}
	}
	if len(g.states) == 0 {
		return
	}
	g.numbers = slices.Grow(g.numbers[:0], len(g.states))[:len(g.states)]
	g.pass(g.o.H, g.numbers)
	h, i := g.numbers, 0
	for _, n := range g.behind {
		if nd := &g.nodes[n]; math.IsNaN(nd.h) {
			if nd.h = h[i]; math.IsNaN(nd.h) {
				nd.h = math.Inf(1)
			}
			i++
		}
	}
}

// pass asks f about g.states.
func (g *Graph[S]) pass(f func([]S, []float64), dst []float64) {
	f(g.states, dst)
	g.count.Passes++
	g.count.Evaluations += len(g.states)
}

func (g *Graph[S]) push(e entry) {
	g.count.Pushed++
	g.frontier.Push(e)
}
