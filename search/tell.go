package search

import (
	"math"
	"slices"
)

// Tell implements [Strategy]. Outcomes of requests that are not known to the tree, or were told before, are ignored;
// so are candidates that make no sense (see insert).
func (c *core) Tell(t *Tree, r Request, o Outcome) {
	if !t.has(r.Node) || r.ID != 0 && r.ID != t.nextID(r.Kind, r.Node) {
		return
	}
	c.start(t)
	c.told = o // so that its address does not make it escape
	switch r.Kind {
	case Expand:
		c.tellExpand(t, r.Node, &c.told)
	case Judge:
		c.tellJudge(t, r.Node, &c.told)
	case Commit:
		c.tellCommit(t, r.Node, &c.told)
	case Focus:
		t.focuses++
		t.focus = r.Node
		c.rebuild(t)
	case Evaluate, Reflect:
		c.observe(t, r, &c.told)
	}
}

func (c *core) tellExpand(t *Tree, n NodeID, o *Outcome) {
	if !c.expand(t, n, o) {
		return
	}
	if c.deepest = max(c.deepest, t.Depth(n)); c.impatient(t) {
		c.turn(t)
		return
	}
	c.refresh(t, n)
	c.rekey(t)
}

// impatient says whether outlines have not paid: a walk asks once for each call, and they are too far behind it.
func (c *core) impatient(t *Tree) bool {
	return c.auto && c.patience > 0 && int(t.expansions) > c.deepest+c.patience
}

// expand puts into the tree what came of sampling after n; false when nothing did.
func (c *core) expand(t *Tree, n NodeID, o *Outcome) bool {
	nd := t.at(n)
	if nd.flags&isFinish != 0 || nd.told == math.MaxUint16 {
		return false
	}
	c.settle(t, n)
	t.expansions++
	nd.told++
	if nd.order == 0 {
		nd.order = t.expansions
	}
	if c.failed(t, n, o) {
		return false
	}
	nd.flags &^= isAgain
	if c.repeats(t, n, o.State) {
		return false
	}
	o.Candidates = c.align(t, n, o) // o is the strategy's own
	if c.insert(t, n, o) == 0 {
		t.set(n, isBarren)
	}
	c.price(t)
	c.scorer.Told(t, n, o)
	c.dedupe(t)
	return true
}

func (c *core) tellJudge(t *Tree, n NodeID, o *Outcome) {
	switch {
	case !c.judge(t, n, o):
	case o.Verdict == Rejected && (c.auto || c.gate > 0 && !c.lifted):
		c.turn(t)
	default:
		c.refresh(t, n)
	}
}

// judge notes what the judge said of the finished plan n; false when there is nothing new.
func (c *core) judge(t *Tree, n NodeID, o *Outcome) bool {
	if !t.is(n, isFinish) || t.is(n, isJudged) {
		return false
	}
	c.settle(t, n)
	if c.failed(t, n, o) {
		return false
	}
	nd := t.at(n)
	nd.flags |= isJudged
	nd.verdict, nd.score = o.Verdict, unit(o.Score, 0)
	c.estimate(t, n)
	return true
}

func (c *core) tellCommit(t *Tree, n NodeID, o *Outcome) {
	if c.commit(t, n, o) {
		c.rebuild(t)
	}
}

// commit moves the focus: to the call that was carried out, or, where it failed, to the state before it.
func (c *core) commit(t *Tree, n NodeID, o *Outcome) bool {
	nd := t.at(n)
	if n == Root || nd.flags&(isCommitted|isFailed) != 0 {
		return false
	}
	c.settle(t, n)
	switch {
	case o.Failed == n:
		t.drop(n, CommitFailed)
		t.set(nd.parent, isAgain)
		t.focus = nd.parent
	case o.Changed:
		nd.flags |= isCommitted | isAgain
		nd.samples = 0
		for ch := nd.first; ch != None; ch = t.at(ch).next {
			t.drop(ch, WorldChanged)
		}
		t.focus = n
	default:
		nd.flags |= isCommitted
		t.focus = n
	}
	return true
}

// settle takes n off the list of what is being worked on.
func (c *core) settle(t *Tree, n NodeID) {
	t.unset(n, isPending)
	i := slices.Index(c.pending, n)
	if i < 0 {
		return
	}
	c.pending[i] = c.pending[len(c.pending)-1]
	c.pending = c.pending[:len(c.pending)-1]
	if slices.Contains(c.pending, n) { // other samples of the same place
		t.set(n, isPending)
	}
}

// failed drops the call on the path to n that the outcome says has failed. The votes for it stay in its parent's
// sum: what a refuted step weighed goes back to all other plans in proportion, which leaves their order as it is.
func (c *core) failed(t *Tree, n NodeID, o *Outcome) bool {
	f := o.Failed
	if f == Root || !t.has(f) || !t.below(n, f) {
		return false
	}
	t.drop(f, CallFailed)
	c.visit(t, f, false)
	if c.walk || c.outline || c.gate > 0 || c.adaptive {
		c.refresh(t, t.at(f).parent) // its siblings may matter more now
	}
	return true
}

// drop takes n and all below it out of the search.
func (t *Tree) drop(n NodeID, why Why) {
	nd := t.at(n)
	if nd.flags&isDead != 0 && (nd.why != AboveDropped || why == AboveDropped) {
		return
	}
	if nd.why == NoReason || why != AboveDropped {
		nd.why = why
	}
	nd.flags |= isDead
	if why == CallFailed || why == CommitFailed {
		nd.flags |= isFailed
	}
	for ch := nd.first; ch != None; ch = t.at(ch).next {
		t.drop(ch, AboveDropped)
	}
}

// turn ends the time of outlines and of the clear-vote gate: all numbers and the frontier are made anew.
func (c *core) turn(t *Tree) {
	c.lifted = true
	if c.auto {
		c.auto, c.outline = false, false
		t.turned = t.expansions
		c.scorer.(Turner).Turn()
		t.forget()
		c.scorer.Rekeyed()
		c.rekeyed = int(t.expansions)
		for i := range t.Len() {
			c.steppingOf(t, NodeID(i))
		}
		for i := range t.Len() {
			c.estimate(t, NodeID(i))
		}
	}
	c.rebuild(t)
}

// forget takes back the votes of outlines at places where no one was asked. Once a plan of theirs was rejected, or they
// ended at something unseen, so many agreeing voices would only hold the search to it: measured, see TestShape in cost.
func (t *Tree) forget() {
	for i := range t.Len() {
		nd := t.at(NodeID(i))
		if nd.told > 0 || nd.samples == 0 || !t.IsImagined(nd.first) {
			continue
		}
		nd.samples = 0
		for ch := nd.first; ch != None; ch = t.at(ch).next {
			t.at(ch).votes = 0
		}
	}
}
