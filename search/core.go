package search

import "math"

// New returns a strategy by its name. o may be nil except for [AStar], which needs a [Scorer]. A strategy serves one
// tree. The strategies returned here implement [Ahead].
func New(name string, o *Options) (Strategy, error) {
	if err := o.Validate(name); err != nil {
		return nil, err
	}
	if o == nil {
		o = &Options{}
	}
	s := o.Scorer
	if s == nil {
		s = frequency{}
	}
	if name == Uniform {
		s = noHeuristic{s}
	}
	p := newPolicy(name, o)
	if name == CoSTA {
		c := newToolCourse(o)
		p.merges = false // each place of its tree is one of its own search, which says itself what is not worth going on with
		return newSearcher(p, tookScorer{by: c}, c), nil
	}
	if c := newCourse(name, o, &p); c != nil {
		return newSearcher(p, s, c), nil
	}
	return &core{policy: p, scorer: s, bestFirst: newBestFirst()}, nil
}

// core is the one best-first search. The strategies differ in how nodes are priced ([Scorer]) and in which nodes
// count (policy), not in how they are searched.
type core struct {
	policy
	bestFirst
	scorer   Scorer
	tree     *Tree // the one that is searched
	started  bool
	deepest  int // depth of a place that was asked
	rekeyed  int // expansions when all keys were last read
	told     Outcome
	pending  []NodeID
	out      []Request
	ahead    []Request
	spare    []entry
	steps    []float64
	indexed  NodeID // whose children are in the map
	children map[childKey]NodeID
	places   []NodeID // of the candidates of the outcome at hand
	touched  []NodeID // nodes whose children changed their votes
	twins    map[uint64][]NodeID
	states   map[uint64]NodeID // the closed list: where a state is reached at the lowest cost
}

// start puts the focus into the frontier when the tree is seen for the first time.
func (c *core) start(t *Tree) {
	if !c.started {
		c.started, c.tree = true, t
		c.rebuild(t)
	}
}

// Ask implements [Strategy]. The slice is the strategy's and holds until the next Ask. It allocates nothing once its
// buffers have grown.
func (c *core) Ask(t *Tree, limit int) []Request {
	c.start(t)
	c.out = c.out[:0]
	c.spare = c.take(c, c.allowed(t, limit), c.spare[:0])
	for _, e := range c.spare {
		n := e.node
		t.unset(n, isQueued)
		t.set(n, isPending)
		c.pending = append(c.pending, n)
		c.out = append(c.out, c.request(t, n))
	}
	return c.out
}

// Ahead implements [Ahead]. The slice is the strategy's and holds until the next call.
func (c *core) Ahead(t *Tree, limit int) []Request {
	c.start(t)
	room := c.allowed(t, limit)
	c.ahead = c.foresee(t, room, c.ahead[:0])
	c.spare = c.take(c, room-len(c.ahead), c.spare[:0])
	for _, e := range c.spare {
		c.ahead = append(c.ahead, c.request(t, e.node))
		c.frontier.Push(e)
	}
	return c.ahead
}

// foresee appends to dst what will be asked if what is under way says what outlines say: that the leader of a place is
// followed by its own leader, down to the end of the plan.
func (c *core) foresee(t *Tree, limit int, dst []Request) []Request {
	if !c.outline {
		return dst
	}
	for _, p := range c.pending {
		for n := leader(t, p); n != None && len(dst) < limit; n = leader(t, n) {
			if fin := t.is(n, isFinish); fin && !t.is(n, isJudged) || !fin && c.wants(t, n) {
				dst = append(dst, c.request(t, n))
			}
		}
	}
	return dst
}

func (c *core) request(t *Tree, n NodeID) Request {
	if t.is(n, isFinish) {
		return t.Request(Judge, n)
	}
	r := t.Request(Expand, n)
	r.Samples = c.ask(t, n)
	return r
}

// settled says whether n is a finished plan that was judged: at the top of the frontier it is the answer.
func (c *core) settled(t *Tree, n NodeID) bool { return t.is(n, isFinish) && t.is(n, isJudged) }

// spent says that no more expansions are allowed.
func (c *core) spent(t *Tree) bool {
	return c.maxExpansions > 0 && int(t.expansions)+len(c.pending) >= c.maxExpansions
}

// allowed returns how many of limit requests may be made now.
func (c *core) allowed(t *Tree, limit int) int {
	if c.maxExpansions > 0 {
		limit = min(limit, c.maxExpansions-int(t.expansions)-len(c.pending))
	}
	if c.batch > 0 {
		limit = min(limit, c.batch-len(c.pending))
	}
	return limit
}

func (c *core) counts(e entry) bool {
	nd := c.tree.at(e.node)
	return nd.stamp == e.stamp && nd.flags&isQueued != 0 && !(c.first && nd.verdict == Rejected)
}

func (c *core) settles(e entry) bool { return c.settled(c.tree, e.node) }

// refill lifts the gate when nothing is left and it holds nodes back.
func (c *core) refill() bool {
	if c.gate <= 0 || c.lifted || len(c.pending) > 0 {
		return false
	}
	c.lifted = true
	c.rebuild(c.tree)
	return true
}

// answer returns the judged plan that no open or pending node could still beat by its f.
func (c *core) answer(t *Tree) (NodeID, bool) {
	e, ok := c.top(c)
	if !ok || !c.settled(t, e.node) {
		return None, false
	}
	for _, n := range c.pending {
		if t.is(n, isReached) && c.f(t, n) < e.f {
			return None, false
		}
	}
	return e.node, true
}

// Done implements [Strategy].
func (c *core) Done(t *Tree) bool {
	c.start(t)
	if _, ok := c.answer(t); ok {
		return true
	}
	if c.waiting(t) {
		return false
	}
	_, ok := c.top(c)
	return !ok || c.spent(t)
}

func (c *core) waiting(t *Tree) bool {
	for _, n := range c.pending {
		if t.is(n, isReached) {
			return true
		}
	}
	return false
}

// Best implements [Strategy]: the answer; else the finished plan with the lowest f that nothing dropped; else the
// most promising open node.
func (c *core) Best(t *Tree) (NodeID, bool) {
	c.start(t)
	if n, ok := c.answer(t); ok {
		return n, true
	}
	best, f := None, math.Inf(1)
	for _, n := range t.finishes {
		if !t.is(n, isDead) && c.f(t, n) < f && t.below(n, t.focus) {
			best, f = n, c.f(t, n)
		}
	}
	if best != None {
		return best, true
	}
	if e, ok := c.top(c); ok {
		best, f = e.node, e.f
	}
	for _, n := range c.pending {
		if t.is(n, isReached) && c.f(t, n) <= f {
			best, f = n, c.f(t, n)
		}
	}
	return best, false
}
