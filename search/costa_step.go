package search

import (
	"math"
	"slices"
)

// advance takes ways from the frontier until there is something to ask for, or the search is over. It waits for what is
// pending, so that the order of the search doesn't depend on how much is asked for at once.
func (c *Costa) advance() {
	for len(c.ready) == 0 && len(c.pending) == 0 {
		c.popped = c.take(c, 1, c.popped[:0])
		if len(c.popped) == 0 {
			return
		}
		e := c.popped[0]
		l := &c.labels[e.node]
		if e.action == here {
			l.open = false
			c.expand(e.node)
			continue
		}
		l.edges = slices.DeleteFunc(l.edges, func(y int) bool { return y == int(e.action) })
		c.ready = append(c.ready, Try{From: e.node, Node: int(e.action)})
	}
}

// expand has everything behind a way carried out, or, Deferred, lets it wait for its own turn.
func (c *Costa) expand(n NodeID) {
	for _, y := range c.graph.Nodes[c.labels[n].node].Next {
		switch _, tried := c.tries[way{n, y}]; {
		case c.out[y] || tried:
		case c.o.Deferred:
			c.labels[n].edges = append(c.labels[n].edges, y)
			c.pushEdge(n, y)
		default:
			c.ready = append(c.ready, Try{From: n, Node: y})
		}
	}
}

// Tell says what came of an attempt. One that was not asked for, or was told before, changes nothing. A quality outside
// [0,1] counts as the nearest in it, NaN as 0; a cost that is not from 0 to [MaxToolCost] is a failure that took nothing.
func (c *Costa) Tell(t Try, r Ran) {
	i := slices.IndexFunc(c.pending, func(p told) bool { return p.try == t })
	if i < 0 || c.pending[i].ran != nil {
		return
	}
	if !(r.Cost >= 0 && r.Cost <= MaxToolCost) {
		r.Cost, r.Failed = 0, true
	}
	if !(r.Quality >= 0) || r.Failed {
		r.Quality = 0
	}
	r.Quality = min(r.Quality, 1)
	c.pending[i].ran = &r
	for len(c.pending) > 0 && c.pending[0].ran != nil { // in the order in which they were asked for
		first := c.pending[0]
		c.pending = c.pending[1:]
		c.record(first.try, *first.ran)
	}
}

func (c *Costa) record(t Try, r Ran) {
	c.made++
	c.spent += r.Cost
	w := way{t.From, t.Node}
	c.spentOn[w] += r.Cost
	c.tries[w]++
	switch good := !r.Failed && r.Quality >= c.threshold; {
	case good:
		c.enter(c.behind(w, r))
	case t.Attempt < c.o.Retries && !c.out[t.Node]:
		c.ready = append(c.ready, Try{t.From, t.Node, t.Attempt + 1})
	default:
		c.fail(w, r)
	}
}

// behind is the way w with what was measured. What failed attempts took is part of its cost.
func (c *Costa) behind(w way, r Ran) label {
	up := &c.labels[w.from]
	s := ToolStep{Node: w.node, Attempts: c.tries[w], Cost: c.spentOn[w], Quality: r.Quality}
	return label{
		node: w.node, from: w.from, cost: up.cost + s.Cost, quality: up.quality * s.Quality, step: s, depth: up.depth + 1,
	}
}

// fail excludes the node after its last attempt, and keeps what came of that for when nothing else is left.
func (c *Costa) fail(w way, r Ran) {
	if !r.Failed {
		c.held = append(c.held, c.behind(w, r))
	}
	c.exclude(w.node, r.Failed)
}

func (c *Costa) exclude(node int, broken bool) {
	c.broken[node] = c.broken[node] || broken
	if c.out[node] {
		return
	}
	c.out[node] = true
	c.ready = slices.DeleteFunc(c.ready, func(t Try) bool { return t.Node == node })
	c.rekey()
}

// rekey computes the estimates again, with what is excluded by now, and orders the frontier by them.
func (c *Costa) rekey() {
	c.rest = c.graph.Estimate(c.alpha, c.out)
	c.frontier.Clear()
	for i := range c.labels {
		l, n := &c.labels[i], NodeID(i)
		switch {
		case l.overtaken:
		case l.open:
			c.push(n)
		default:
			for _, y := range l.edges {
				c.pushEdge(n, y)
			}
		}
	}
}

// enter keeps a way unless one that is kept already is as good, and drops those that it overtakes: by g alone as
// printed, or by cost and quality in Exact.
func (c *Costa) enter(l label) {
	kept := c.at[l.node]
	if slices.ContainsFunc(kept, func(n NodeID) bool { return c.covers(&c.labels[n], &l) }) {
		return
	}
	kept = slices.DeleteFunc(kept, func(n NodeID) bool {
		old := &c.labels[n]
		if !c.covers(&l, old) {
			return false
		}
		old.overtaken = true
		old.stamp++
		return true
	})
	n := NodeID(len(c.labels))
	l.open = true
	c.labels = append(c.labels, l)
	c.at[l.node] = append(kept, n)
	c.push(n)
}

// covers says whether no way to the node of b is worth keeping beside a.
func (c *Costa) covers(a, b *label) bool {
	if c.o.Exact {
		return a.cost <= b.cost && a.quality >= b.quality
	}
	return CostQuality(c.alpha, a.cost, a.quality) <= CostQuality(c.alpha, b.cost, b.quality)
}

func (c *Costa) push(n NodeID) {
	l := &c.labels[n]
	c.frontier.Push(entry{f: c.f(l.node, l.cost, l.quality), node: n, stamp: l.stamp, depth: l.depth, action: here})
}

// pushEdge lets the edge to y wait at what it is rated.
func (c *Costa) pushEdge(n NodeID, y int) {
	l, r := &c.labels[n], &c.graph.Nodes[y]
	f := c.f(y, l.cost+r.Cost, l.quality*r.Quality)
	c.frontier.Push(entry{f: f, node: n, stamp: l.stamp, depth: l.depth + 1, action: uint32(y)})
}

// counts implements space. What leads to no sink any more does not count.
func (c *Costa) counts(e entry) bool {
	return c.labels[e.node].stamp == e.stamp && !math.IsInf(e.f, 1) && (e.action == here || !c.out[e.action])
}

// settles implements space: the paper's rule, that the first sink to come up ends the search.
func (c *Costa) settles(e entry) bool {
	return e.action == here && c.graph.sink(c.labels[e.node].node)
}

// refill implements space: nothing is left, so doubtful tools may come; after them what failed the check only is let through, and
// what was excluded for that may be tried behind other ways.
func (c *Costa) refill() bool {
	switch {
	case c.doubtful:
		c.doubtful = false
		for i, n := range c.graph.Nodes {
			c.out[i] = c.out[i] && !n.Doubtful
		}
	case c.o.Strict || len(c.held) == 0:
		return false
	default:
		copy(c.out, c.broken)
		held := c.held
		c.held = nil
		for _, l := range held {
			c.enter(l)
		}
	}
	for i := range c.labels { // their other successors were left out
		if l := &c.labels[i]; !l.overtaken && !l.open {
			l.open, l.edges = true, nil
		}
	}
	c.rekey()
	return c.frontier.Len() > 0 || c.refill()
}
