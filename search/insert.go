package search

import "math"

// insert puts the candidates of an outcome below n, adding votes to steps that are there already, and returns how many
// made sense. A candidate makes none when its parent comes after it, is a final answer or makes no sense itself.
// Imagined candidates below others are left out unless outlines count. The nodes whose children changed are left in
// c.touched, parents first.
func (c *core) insert(t *Tree, n NodeID, o *Outcome) int {
	c.places, c.touched = c.places[:0], c.touched[:0]
	c.index(t, n, len(o.Candidates))
	votes, used := int32(0), 0
	for i := range o.Candidates {
		cand := &o.Candidates[i]
		at, place := c.parentOf(n, i, cand), None
		if at != None && !t.is(at, isFinish) {
			place = c.vote(t, at, cand)
		}
		if place != None {
			used++
			c.touch(at)
			if at == n && cand.Parent < 0 {
				votes += max(cand.Votes, 1)
			} else {
				t.at(at).samples = sum(t.at(at).samples, max(cand.Votes, 1))
			}
		}
		c.places = append(c.places, place)
	}
	drawn := int32(max(0, min(o.Samples, math.MaxInt32)))
	t.at(n).samples = sum(t.at(n).samples, max(drawn, votes))
	return used
}

// parentOf returns the node that a candidate follows, or [None] where it does not count.
func (c *core) parentOf(n NodeID, i int, cand *Candidate) NodeID {
	switch {
	case cand.Parent < 0:
		return n
	case int(cand.Parent) >= i || cand.Imagined && !c.outline:
		return None
	}
	return c.places[cand.Parent]
}

func (c *core) touch(n NodeID) {
	if len(c.touched) > 0 && c.touched[len(c.touched)-1] == n {
		return
	}
	for _, x := range c.touched {
		if x == n {
			return
		}
	}
	c.touched = append(c.touched, n)
}

// vote adds a candidate's votes to the child of at that it is, made where it is new.
func (c *core) vote(t *Tree, at NodeID, cand *Candidate) NodeID {
	v := max(cand.Votes, 1)
	n := c.child(t, at, cand)
	if n == None {
		if n = c.grow(t, at, cand); n == None {
			return None
		}
	}
	nd := t.at(n)
	if rest := min(cand.Remaining, longest); rest >= 0 {
		if nd.remaining < 0 {
			nd.remaining = rest
		} else {
			nd.remaining = (nd.remaining*float64(nd.votes) + rest*float64(v)) / (float64(nd.votes) + float64(v))
		}
	}
	if nd.prior < 0 && cand.Prior >= 0 {
		nd.prior = unit(cand.Prior, -1)
	}
	nd.flags |= origin(cand)
	nd.votes = sum(nd.votes, v)
	return n
}

func origin(cand *Candidate) flag {
	switch {
	case cand.Parent < 0:
		return isDirect
	case cand.Imagined:
		return isImagined
	}
	return isChain
}

// wide is from how many candidates on the children of a node are found through a map. Scanning them for each candidate is
// right for a handful; with a thousand it took nine tenths of all time.
const wide = 64

// childKey is what makes a child of a node the one it is.
type childKey struct {
	action ActionID
	finish bool
}

func keyOf(nd *node) childKey { return childKey{nd.action, nd.flags&isFinish != 0} }

// index makes the map of the children of n for an outcome with many candidates.
func (c *core) index(t *Tree, n NodeID, candidates int) {
	c.indexed = None
	if candidates < wide {
		return
	}
	if c.children == nil {
		c.children = map[childKey]NodeID{}
	}
	clear(c.children)
	c.indexed = n
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		if nd := t.at(ch); nd.why != WorldChanged {
			c.children[keyOf(nd)] = ch
		}
	}
}

func (c *core) child(t *Tree, at NodeID, cand *Candidate) NodeID {
	if at != c.indexed {
		return t.child(at, cand)
	}
	if n, ok := c.children[childKey{cand.Action, cand.Finish}]; ok {
		return n
	}
	return None
}

// child finds the child of at with the candidate's action. One that the world's change made obsolete is another step.
func (t *Tree) child(at NodeID, cand *Candidate) NodeID {
	for ch := t.at(at).first; ch != None; ch = t.at(ch).next {
		nd := t.at(ch)
		if nd.action == cand.Action && nd.flags&isFinish != 0 == cand.Finish && nd.why != WorldChanged {
			return ch
		}
	}
	return None
}

// grow makes a child of at, and no grandchildren of nodes that are too deep already.
func (c *core) grow(t *Tree, at NodeID, cand *Candidate) NodeID {
	up := t.at(at)
	if int(up.depth) > c.maxDepth || t.Len() >= int(None) {
		return None
	}
	nd := node{
		parent: at, first: None, last: None, next: None, action: cand.Action, depth: up.depth + 1,
		remaining: -1, prior: -1, flags: up.flags & isDead,
	}
	if nd.flags&isDead != 0 {
		nd.why = AboveDropped
	}
	n := NodeID(t.Len())
	switch {
	case cand.Finish:
		nd.flags |= isFinish
		t.finishes = append(t.finishes, n)
	case int(nd.depth) > c.maxDepth && nd.flags&isDead == 0:
		nd.flags |= isDead
		nd.why = TooDeep
	}
	if up.last == None {
		up.first = n
	} else {
		t.at(up.last).next = n
	}
	up.last = n
	t.add(nd)
	if at == c.indexed {
		c.children[keyOf(&nd)] = n
	}
	for i := range min(len(t.names), len(cand.Parts)) {
		t.parts[n/chunk][int(n%chunk)*len(t.names)+i] = unit(cand.Parts[i], 1)
	}
	return n
}

// price computes the steps below all touched nodes and reads the estimates of the children.
func (c *core) price(t *Tree) {
	for _, n := range c.touched {
		c.steppingOf(t, n)
	}
	for _, n := range c.touched {
		for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
			c.estimate(t, ch)
		}
	}
}

// steppingOf computes the step costs of the children of n and carries g down.
func (c *core) steppingOf(t *Tree, n NodeID) {
	c.steps = c.steps[:0]
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		c.steps = append(c.steps, 0)
	}
	if len(c.steps) == 0 {
		return
	}
	c.scorer.Steps(t, n, c.steps)
	i := 0
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		t.at(ch).step = max(0, c.steps[i])
		t.carry(ch, t.at(n).g)
		i++
	}
}

// carry gives n and what is below it their g, from the g of n's parent.
func (t *Tree) carry(n NodeID, above float64) {
	nd := t.at(n)
	g := above + nd.step
	if g == nd.g {
		return
	}
	nd.g = g
	for ch := nd.first; ch != None; ch = t.at(ch).next {
		t.carry(ch, g)
	}
}

// unit clamps v to [0,1]; what is not a number becomes def.
func unit(v, def float64) float64 {
	if math.IsNaN(v) {
		return def
	}
	return min(max(v, 0), 1)
}

// sum adds counts and stops at the greatest one.
func sum(a, b int32) int32 {
	if a > math.MaxInt32-b {
		return math.MaxInt32
	}
	return a + b
}

// longest is the greatest number of remaining calls that is believed.
const longest = 1e6
