package search

import (
	"maps"
	"slices"
)

// CoSTA is [Costa] as a [Strategy]: the search over a graph of tools in a tree of calls, so that the engine's one loop
// carries it out, with its gate, its ledger and its journal.
//
// The first [Expand] outcome brings the graph ([Outcome.Graph]); from then on each call of the tree is a tool of the graph at
// work ([Candidate.Tool]), several of one tool behind one place are its settings, in the order in which they are to be
// tried, and an Expand outcome says what the node's call took and was worth ([Outcome.Took], [Outcome.Score]). What is
// asked next is what Costa wants carried out next.
//
// The plan of the path that it settles on is judged once. Where it is rejected, the step of the least quality for which there is
// something else counts as failed, and the search goes on with all that is known, for [Options.Retries] plans more. Where no way
// passes its checks, or nothing rated the steps of a rejected plan, the goal may have been taken apart wrongly: a second graph is asked for, by
// Expand at the place of the first one, and takes its place; an outcome without one leaves it. None is asked for where several samples
// agreed on the first one, which its [Outcome.Samples] say: they would agree again (SIMULATED: 150 of 180 tasks solved with it, 151
// without). Poor results are let through after that only. Of
// plans that were all rejected the one that the judge scored best stands, the first of equals (inferred: the paper has no judge of the whole).
//
// A call that fails for real, or answers otherwise than before, counts as what it came to, and Costa begins again with all
// that is known: what was made is not made again, and tools beside the ways through what was carried out are out.
// Where a call waits for approval (see package effect) its rating stands in for what it takes and is worth.
//
// A step costs what its call took, in [Tree.G]; there is no h in the tree, since h of the paper is no sum.
const CoSTA = "costa"

// toolCourse is the course of [CoSTA].
type toolCourse struct {
	o      CostaOptions
	most   int // requests for a graph
	asked  int // of them, in vain
	search *Costa
	graph  *ToolGraph
	base   NodeID           // where the graph begins
	places map[trial]NodeID // of the calls that were proposed
	known  map[NodeID]bool  // whose candidates are there
	came   map[NodeID]Ran   // what calls came to
	ways   map[way]NodeID   // where the last attempt at a way was made
	open   []Try            // asked for by Costa, not yet told
	nodes  map[NodeID]int   // of the graph, by call
	blame  map[NodeID]bool  // calls that were given up for rejected plans
	blamed int              // those plans
	lists  int              // graphs that were asked for, in vain or not, once there was one
	wants  bool             // another graph
}

// mostLists is how often a goal is taken apart where it can be: once more when no way passes its checks, or the plan is rejected.
const mostLists = 2

// trial is an attempt of a tool of the graph behind a place of the tree.
type trial struct {
	at            NodeID
	tool, attempt int
}

func newToolCourse(o *Options) *toolCourse {
	return &toolCourse{
		o: o.C, most: 1 + or(o.Retries, 3), base: None,
		places: map[trial]NodeID{}, known: map[NodeID]bool{}, came: map[NodeID]Ran{}, ways: map[way]NodeID{}, nodes: map[NodeID]int{},
		blame: map[NodeID]bool{},
	}
}

func (c *toolCourse) told(t *Tree, r Request, o *Outcome, places []NodeID) {
	switch {
	case r.Kind == Commit && o.Changed: // what follows it is proposed anew
		delete(c.known, r.Node)
		maps.DeleteFunc(c.places, func(x trial, _ NodeID) bool { return x.at == r.Node })
		c.again(t)
	case r.Kind == Commit && o.Failed == None:
	case moves(r, o):
		c.failed(t, o)
		c.again(t)
	case r.Kind == Judge && o.Verdict == Rejected && o.Failed == None:
		c.rejected(t, r.Node)
	case t.isFailure(r, o):
		if c.failed(t, o) {
			c.again(t)
		}
	case r.Kind == Expand:
		c.expanded(t, r.Node, o, places)
	}
	c.pump(t)
	c.wants = c.wants && c.way(t)
	if !c.wants && c.lists < mostLists && c.over() && !c.search.Best().Complete && c.way(t) {
		c.wants = true
	}
}

// over says that the search has nothing left to ask for.
func (c *toolCourse) over() bool { return c.search != nil && len(c.open) == 0 && c.search.Done() }

// way says whether a new graph could still be followed: nothing behind the old one's place was carried out for good.
func (c *toolCourse) way(t *Tree) bool { return t.focus == c.base }

// failed notes a call that failed; true where it was thought to have gone well.
func (c *toolCourse) failed(t *Tree, o *Outcome) bool {
	if !t.has(o.Failed) || o.Failed == Root {
		return false
	}
	before, was := c.came[o.Failed]
	c.note(t, o.Failed, Ran{Cost: max(before.Cost, o.Took), Failed: true})
	return was
}

// rejected gives up the weakest step of a plan that the judge rejected.
func (c *toolCourse) rejected(t *Tree, plan NodeID) {
	weakest := None
	for n := t.at(plan).parent; n != None && n != t.focus && n != c.base; n = t.at(n).parent {
		if c.replaceable(t, n) && (weakest == None || c.weaker(n, weakest)) {
			weakest = n
		}
	}
	rated := weakest != None && c.came[weakest].Quality < 1
	if !rated && c.lists < mostLists && c.way(t) {
		c.wants = true
		return
	}
	if weakest == None || c.blamed+1 >= c.most {
		return
	}
	c.blamed++
	c.blame[weakest] = true
	c.again(t)
}

// replaceable says whether something else that did not fail could stand in the place of a call.
func (c *toolCourse) replaceable(t *Tree, n NodeID) bool {
	if _, ok := c.came[n]; !ok || c.spoilt(n) {
		return false
	}
	for ch := range t.Children(t.at(n).parent) {
		if _, tool := c.nodes[ch]; ch != n && tool && !t.is(ch, isDead) && !c.spoilt(ch) {
			return true
		}
	}
	return false
}

// spoilt says whether a call failed, or was given up.
func (c *toolCourse) spoilt(n NodeID) bool { return c.came[n].Failed || c.blame[n] }

// weaker says whether a came to less than b; of equals the one that is rated lower, and of those the earlier one.
func (c *toolCourse) weaker(a, b NodeID) bool {
	if x, y := c.came[a].Quality, c.came[b].Quality; x != y {
		return x < y
	}
	return c.graph.Nodes[c.nodes[a]].Quality <= c.graph.Nodes[c.nodes[b]].Quality
}

// note keeps what a call came to, and puts what it took into the tree.
func (c *toolCourse) note(t *Tree, n NodeID, r Ran) {
	if !(r.Cost >= 0 && r.Cost <= MaxToolCost) {
		r.Cost, r.Failed = 0, true
	}
	c.came[n] = r
	nd := t.at(n)
	nd.step = r.Cost
	t.carry(n, t.at(nd.parent).g)
}

// again begins the search anew with what is known.
func (c *toolCourse) again(t *Tree) {
	c.open = nil
	clear(c.ways)
	if c.graph != nil {
		o := c.o
		o.Strict = o.Strict || c.lists < mostLists
		c.search, _ = NewCosta(c.graph, &o) // it took both before
	}
}

// renew takes a graph in the place of the one before. What calls came to is kept; what could follow them is proposed anew.
func (c *toolCourse) renew(g *ToolGraph) {
	c.graph = g
	clear(c.places)
	clear(c.known)
	clear(c.nodes)
	clear(c.blame)
}

// expanded takes the graph, what the call of n came to, and what is proposed after it.
func (c *toolCourse) expanded(t *Tree, n NodeID, o *Outcome, places []NodeID) {
	usable := o.Graph != nil && o.Graph.Validate() == nil
	switch {
	case c.graph == nil && !usable:
		c.asked++
		return
	case c.graph == nil:
		if c.graph, c.base, c.lists = o.Graph, n, 1; o.Samples > 1 {
			c.lists = mostLists
		}
		c.again(t)
	case n == c.base && c.wants:
		if c.wants, c.lists = false, c.lists+1; usable {
			c.renew(o.Graph)
		}
		defer c.again(t)
	case n != c.base && n != Root:
		c.note(t, n, Ran{Cost: o.Took, Quality: o.Score})
	}
	c.known[n] = true
	for i, p := range places {
		x := trial{at: n, tool: int(o.Candidates[i].Tool)}
		if p == None || x.tool <= 0 || x.tool >= len(c.graph.Nodes) { // an outcome may be of a foreign journal
			continue
		}
		for {
			old, taken := c.places[x]
			if !taken {
				c.places[x], c.nodes[p] = p, x.tool
			}
			if !taken || old == p {
				break
			}
			x.attempt++
		}
	}
}

// pump tells the search all that is known of what it asks for. It asks for all at once, so that what it asks follows from
// what was told alone.
func (c *toolCourse) pump(t *Tree) {
	for c.search != nil {
		if len(c.open) == 0 {
			if c.open = c.search.Ask(len(c.graph.Nodes)); len(c.open) == 0 {
				return
			}
		}
		left := c.open[:0:0]
		for _, y := range c.open {
			ran, known := c.result(t, y)
			if !known {
				left = append(left, y)
				continue
			}
			c.search.Tell(y, ran)
		}
		moved := len(left) < len(c.open)
		if c.open = left; !moved {
			return
		}
	}
}

// stands returns the tree's node of a way of the search, [None] where there is none.
func (c *toolCourse) stands(from NodeID) NodeID {
	up, node := c.search.Origin(from)
	if up == None {
		return c.base
	}
	if n, ok := c.ways[way{up, node}]; ok {
		return n
	}
	return None
}

// result returns what an attempt came to; false while it is not known.
func (c *toolCourse) result(t *Tree, y Try) (Ran, bool) {
	at := c.stands(y.From)
	n, ok := c.places[trial{at, y.Node, y.Attempt}]
	switch {
	case at == None, !ok && c.known[at] && y.Attempt == 0:
		return Ran{Failed: true}, true
	case !ok && c.known[at]: // there are no other settings: it is what it was
		n := c.ways[way{y.From, y.Node}]
		last := c.came[n]
		last.Cost, last.Failed = 0, c.spoilt(n)
		return last, true
	case !ok:
		return Ran{}, false
	case !t.below(n, t.focus) && !t.below(t.focus, n):
		return Ran{Failed: true}, true
	}
	ran, known := c.came[n]
	ran.Failed = ran.Failed || c.blame[n]
	if !known && t.is(n, isDead) {
		ran, known = Ran{Failed: true}, true
	}
	if known {
		c.ways[way{y.From, y.Node}] = n
	}
	return ran, known
}

func (c *toolCourse) next(t *Tree, _ int) []Request {
	if c.graph == nil {
		if c.asked >= c.most {
			return nil
		}
		return []Request{t.Request(Expand, t.focus)}
	}
	if c.wants {
		return []Request{t.Request(Expand, c.base)}
	}
	var out []Request
	for _, y := range c.open {
		at := c.stands(y.From)
		if n, ok := c.places[trial{at, y.Node, y.Attempt}]; ok {
			at = n
		}
		if !slices.ContainsFunc(out, func(r Request) bool { return r.Node == at }) {
			out = append(out, t.Request(Expand, at))
		}
	}
	if n, ok := c.plan(t); ok && !t.is(n, isJudged) {
		out = append(out, t.Request(Judge, n))
	}
	return out
}

// plan returns the final answer behind the path that the search settled on.
func (c *toolCourse) plan(t *Tree) (NodeID, bool) {
	if !c.over() {
		return None, false
	}
	p := c.search.Best()
	end := c.stands(p.End)
	if !p.Complete || end == None {
		return None, false
	}
	for ch := range t.Children(end) {
		if t.is(ch, isFinish) && !t.is(ch, isDead) {
			return ch, true
		}
	}
	return None, false
}

func (c *toolCourse) answer(t *Tree) (NodeID, bool) {
	if !c.over() || c.wants {
		return None, false
	}
	if n, ok := c.plan(t); ok && !t.is(n, isJudged) {
		return None, false
	}
	return c.verdict(t)
}

// verdict returns the best plan that was judged.
func (c *toolCourse) verdict(t *Tree) (NodeID, bool) {
	best := None
	for _, n := range t.plans() {
		if t.is(n, isJudged) && (best == None || t.beats(n, best, false, func(NodeID) float64 { return 0 })) {
			best = n
		}
	}
	return best, best != None
}

func (c *toolCourse) best(t *Tree) (NodeID, bool) {
	if n, ok := c.plan(t); ok {
		return n, true
	}
	if n, ok := c.verdict(t); ok {
		return n, true
	}
	if c.search != nil {
		if n := c.stands(c.search.Best().End); n != None && t.below(n, t.focus) && !t.is(n, isDead) {
			return n, false
		}
	}
	return t.focus, false
}

func (c *toolCourse) ahead(limit int) int { return limit }

func (c *toolCourse) needs() Needs { return Needs{Subtasks: true} }

// tookScorer prices a step by what its call took.
type tookScorer struct {
	frequency
	by *toolCourse
}

// Steps implements [Scorer].
func (s tookScorer) Steps(t *Tree, n NodeID, dst []float64) {
	for i, c := 0, t.FirstChild(n); c != None; i, c = i+1, t.NextSibling(c) {
		dst[i] = s.by.came[c].Cost
	}
}

// Judged implements [Scorer]: a verdict is no time.
func (tookScorer) Judged(*Tree, NodeID, Verdict) float64 { return 0 }
