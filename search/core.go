package search

import (
	"math"

	"github.com/azimuthdev/azimuth/internal/heap"
)

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
	return &core{policy: newPolicy(name, o), scorer: s, frontier: heap.New(before)}, nil
}

// core is the one best-first search. The strategies differ in how nodes are priced ([Scorer]) and in which nodes
// count (policy), not in how they are searched.
type core struct {
	policy
	scorer   Scorer
	frontier *heap.Heap[entry]
	started  bool
	rekeyed  int // expansions when all keys were last read
	told     Outcome
	pending  []NodeID
	out      []Request
	ahead    []Request
	spare    []entry
	steps    []float64
	places   []NodeID // of the candidates of the outcome at hand
	touched  []NodeID // nodes whose children changed their votes
	twins    map[uint64][]NodeID
}

// entry is a node's place in the frontier. It is stale unless its stamp is the node's.
type entry struct {
	f     float64
	node  NodeID
	stamp uint32
	depth uint32
}

// before orders the frontier: f, then the deeper node, then the one that was proposed first.
func before(a, b *entry) bool {
	if a.f != b.f {
		return a.f < b.f
	}
	if a.depth != b.depth {
		return a.depth > b.depth
	}
	return a.node < b.node
}

// start puts the focus into the frontier when the tree is seen for the first time.
func (c *core) start(t *Tree) {
	if !c.started {
		c.started = true
		c.rebuild(t)
	}
}

// Ask implements [Strategy]. The slice is the strategy's and holds until the next Ask. It allocates nothing once its
// buffers have grown.
func (c *core) Ask(t *Tree, limit int) []Request {
	c.start(t)
	c.out = c.out[:0]
	for len(c.out) < limit && !c.spent(t) {
		e, ok := c.top(t)
		if !ok || c.settled(t, e.node) {
			break
		}
		c.frontier.Pop()
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
	c.ahead, c.spare = c.ahead[:0], c.spare[:0]
	for len(c.ahead) < limit && !c.spent(t) {
		e, ok := c.top(t)
		if !ok || c.settled(t, e.node) {
			break
		}
		c.frontier.Pop()
		c.spare = append(c.spare, e)
		c.ahead = append(c.ahead, c.request(t, e.node))
	}
	for _, e := range c.spare {
		c.frontier.Push(e)
	}
	return c.ahead
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

// top returns the best entry that is not stale. When nothing is left and the gate holds nodes back, it is lifted.
func (c *core) top(t *Tree) (entry, bool) {
	for {
		e, ok := c.frontier.Peek()
		switch {
		case ok && t.at(e.node).stamp == e.stamp && t.is(e.node, isQueued):
			return e, true
		case ok:
			c.frontier.Pop()
		case c.gate > 0 && !c.lifted && len(c.pending) == 0:
			c.lifted = true
			c.rebuild(t)
		default:
			return entry{}, false
		}
	}
}

// answer returns the judged plan that no open or pending node could still beat by its f.
func (c *core) answer(t *Tree) (NodeID, bool) {
	e, ok := c.top(t)
	if !ok || !c.settled(t, e.node) {
		return None, false
	}
	for _, n := range c.pending {
		if t.is(n, isReached) && t.F(n) < e.f {
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
	_, ok := c.top(t)
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
		if !t.is(n, isDead) && t.F(n) < f && t.below(n, t.focus) {
			best, f = n, t.F(n)
		}
	}
	if best != None {
		return best, true
	}
	if e, ok := c.top(t); ok {
		best, f = e.node, e.f
	}
	for _, n := range c.pending {
		if t.is(n, isReached) && t.F(n) <= f {
			best, f = n, t.F(n)
		}
	}
	return best, false
}
