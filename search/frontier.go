package search

// Which nodes the frontier holds. A node is reached when it is the focus, or a child that counts of a reached node
// that was expanded. Reached nodes that want a request and finished plans have an entry; so have expanded nodes that
// may be asked again.

// refresh brings the frontier up to date below n, after something at n changed.
func (c *core) refresh(t *Tree, n NodeID) {
	if !c.started {
		return
	}
	p := t.at(n).parent
	reached := n == t.focus || p != None && t.is(p, isReached) && !c.wants(t, p) && c.admits(t, p, n)
	c.visit(t, n, reached)
}

func (c *core) visit(t *Tree, n NodeID, reached bool) {
	nd := t.at(n)
	reached = reached && nd.flags&isDead == 0
	if !reached && nd.flags&isReached == 0 {
		return // nor was anything below it
	}
	expanded := false
	switch {
	case !reached:
		t.unset(n, isReached)
		c.leave(t, n)
	case nd.flags&isFinish != 0:
		t.set(n, isReached)
		c.enter(t, n)
	default:
		t.set(n, isReached)
		expanded = c.expanded(t, n)
	}
	for ch := nd.first; ch != None; ch = t.at(ch).next {
		c.visit(t, ch, expanded && c.admits(t, n, ch))
	}
}

// expanded enters a reached node where it belongs and says whether its children count.
func (c *core) expanded(t *Tree, n NodeID) bool {
	wants := c.wants(t, n)
	_, again := c.reopening(t, n)
	if wants || again {
		c.enter(t, n)
	} else {
		c.leave(t, n)
	}
	return !wants
}

// reopening returns what "none of the sampled" costs at n, where asking n again is a way on.
func (c *core) reopening(t *Tree, n NodeID) (float64, bool) {
	if !c.reopens(t, n) {
		return 0, false
	}
	return c.scorer.Reopen(t, n)
}

// enter gives n an entry with its present key. A node that is being worked on gets one when its outcome is told.
func (c *core) enter(t *Tree, n NodeID) {
	f := c.key(t, n)
	nd := t.at(n)
	nd.stamp++
	if nd.flags&isPending != 0 {
		return
	}
	nd.flags |= isQueued
	c.frontier.Push(entry{f: f, node: n, stamp: nd.stamp, depth: uint32(nd.depth)})
}

func (c *core) leave(t *Tree, n NodeID) {
	t.at(n).stamp++
	t.unset(n, isQueued)
}

// key reads the estimates of n again and returns what the frontier orders it by.
func (c *core) key(t *Tree, n NodeID) float64 {
	c.estimate(t, n)
	f := c.f(t, n)
	if nd := t.at(n); nd.flags&isFinish == 0 && !c.wants(t, n) {
		again, _ := c.reopening(t, n)
		f += again
	}
	return f
}

// estimate computes h and charge of n.
func (c *core) estimate(t *Tree, n NodeID) {
	h, charge := c.scorer.H(t, n), 0.0
	if t.is(n, isFinish) {
		charge = c.scorer.Finish(t, n)
		if t.is(n, isJudged) {
			charge += c.scorer.Judged(t, n, t.at(n).verdict)
		}
	}
	t.at(n).h, t.at(n).charge = h, charge
}

// rebuild makes the frontier anew, after the focus or the rules changed.
func (c *core) rebuild(t *Tree) {
	c.frontier.Clear()
	for i := range t.Len() {
		t.at(NodeID(i)).flags &^= isReached | isQueued
	}
	c.visit(t, t.focus, true)
}

// Up to how many nodes every drift re-reads all keys; by how much it must have moved above that; and how many nodes
// an expansion pays for. Together they bound the work a node at any size, and small trees are exact.
const (
	exactNodes = 128
	driftShare = 0.02
	nodesATell = 8
)

// rekey reads all keys again when the run-wide figures moved enough for it to pay. It must go by what was told
// alone, never by what is pending, or a rebuilt tree would differ.
func (c *core) rekey(t *Tree) {
	d := c.scorer.Drift()
	since := int(t.expansions) - c.rekeyed
	if d == 0 || t.Len() > exactNodes && (d < driftShare || t.Len() > nodesATell*since) {
		return
	}
	c.rekeyed = int(t.expansions)
	c.scorer.Rekeyed()
	c.frontier.Clear()
	for i := range t.Len() {
		nd := t.at(NodeID(i))
		if nd.flags&isDead != 0 {
			continue
		}
		if nd.flags&isQueued == 0 {
			c.estimate(t, NodeID(i))
			continue
		}
		nd.stamp++
		c.frontier.Add(entry{f: c.key(t, NodeID(i)), node: NodeID(i), stamp: nd.stamp, depth: uint32(nd.depth)})
	}
	c.frontier.Fix()
}
