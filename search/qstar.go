package search

import (
	"fmt"
	"math"
)

// QStar is Q* search (arXiv 2102.04518, "A* Search Without Expansions").
//
// The paper keeps edges on the frontier, not states: all edges out of a state are priced by one pass of a Q function,
// and the state behind an edge comes into being when the edge is taken from the frontier. The room's best-first core
// does this for every strategy, since a step of the tree is an edge: its call is not made before it is chosen. So
// qstar is that core with four settings, not a loop of its own:
//
//   - an edge (n, a) is ordered by weight*g(n) + q(n, a), the paper's lambda*g + q, where q is what the step and all
//     after it are thought to cost ([NewQ], or the step and h of any [Scorer]);
//   - a batch of edges is taken at a time;
//   - a finished plan that was judged comes back with weight*g, its true cost: when it comes up again, no edge is left
//     that could lead to a cheaper one. That is the stop rule "lower bound >= weight * best cost", with the smallest
//     priority of the moment as the bound (inferred: the authors' code keeps the greatest bound so far, which is the same
//     while priorities along a path don't fall, and never stops later; [Graph] keeps it);
//   - states that were seen before, at no higher cost, are not searched again: a closed list by [Outcome.State]. A
//     cheaper way to a known state takes the place of the other one, for good: should it fail when it is carried out, the
//     other one is not taken up again. What state a call leads to is known when it was made, so the request for
//     what follows it has been paid for by then.
//
// With a weight of 1 and a q that never exceeds the cost of the cheapest plan through its edge, the plan is the cheapest
// of those that are not rejected; with a lower weight w it costs at most 1/w of that, for every batch. For state
// graphs that are known, [Graph] does the same with a thirteenth of the memory that an edge takes here.
const QStar = "qstar"

// QStarOptions are the settings of [QStar].
type QStarOptions struct {
	// Weight is lambda, what the cost of the steps before an edge counts against q, in [0,1]; nil is 1, 0 is greedy.
	Weight *float64
	// Batch is how many edges may be worked on at a time, 1 to 1<<20; 0 means as many as are asked for.
	Batch int
}

// maxBatch is the greatest batch.
const maxBatch = 1 << 20

func (o *QStarOptions) validate() error {
	if err := validWeight(o.Weight); err != nil {
		return err
	}
	return validBatch(o.Batch)
}

func validWeight(w *float64) error {
	if w != nil && !(*w >= 0 && *w <= 1) {
		return fmt.Errorf("%w: weight: %v is outside [0,1]; leave it out for the default", ErrOptions, *w)
	}
	return nil
}

func validBatch(b int) error {
	if b < 0 || b > maxBatch {
		return fmt.Errorf("%w: batch: %d is outside [1,%d]; 0 takes the default", ErrOptions, b, maxBatch)
	}
	return nil
}

// qstar makes p the policy of [QStar].
func (p *policy) qstar(o *QStarOptions) {
	p.closed, p.batch = true, o.Batch
	if o.Weight != nil {
		p.weight = *o.Weight
	}
}

// Closes implements [Closer].
func (c *core) Closes() bool { return c.closed }

// f is what the frontier orders n by: [Tree.F], but for the weight that [QStar] gives to what comes before n's step.
func (c *core) f(t *Tree, n NodeID) float64 {
	nd := t.at(n)
	switch {
	case c.weight == 1:
		return nd.g + nd.h + nd.charge
	case c.settled(t, n):
		return c.weight*nd.g + nd.h + nd.charge
	}
	return c.weight*t.above(n) + nd.step + nd.h + nd.charge
}

// above is the g of what comes before the step of n.
func (t *Tree) above(n NodeID) float64 {
	if p := t.at(n).parent; p != None {
		return t.at(p).g
	}
	return 0
}

// repeats says whether the state at n is known at no higher cost, and drops n then. Where it is known at a higher cost
// the other node goes, with all below it: what follows the state was just told again, below n.
func (c *core) repeats(t *Tree, n NodeID, state uint64) bool {
	if !c.closed || state == 0 {
		return false
	}
	if c.states == nil {
		c.states = map[uint64]NodeID{}
	}
	m, known := c.states[state]
	known = known && m != n && !t.is(m, isDead) && t.below(m, t.focus)
	if known && n != t.focus && t.at(m).g <= t.at(n).g {
		c.forgo(t, n)
		return true
	}
	c.states[state] = n
	if known && !t.below(n, m) {
		c.forgo(t, m)
	}
	return false
}

// forgo drops n because another node holds its state.
func (c *core) forgo(t *Tree, n NodeID) {
	t.drop(n, SameState)
	c.visit(t, n, false)
}

// QFunc prices all children of n, in the order of [Tree.Children], in one pass: into step what each costs (>= 0), and
// into q what it and everything that follows it is thought to cost. A q below its step is allowed, as the stop rule
// does not trust it. What is not finite counts as [Unaffordable].
type QFunc func(t *Tree, n NodeID, step, q []float64)

// Unaffordable is the cost of an edge that a [QFunc] has no finite number for: it is taken when nothing else is left.
const Unaffordable = 1e18

// NewQ returns the [Scorer] that goes by q, for one run. It calls q once for each outcome of an [Expand] request,
// however many candidates that has. A plan that the judge accepts keeps its cost, so that the cheapest of
// them wins; a rejected one comes last.
func NewQ(q QFunc) Scorer { return &qScorer{q: q} }

type qScorer struct {
	frequency
	q    QFunc
	buf  []float64
	rest []float64 // by node: q less the step
}

// Steps implements [Scorer].
func (s *qScorer) Steps(t *Tree, n NodeID, dst []float64) {
	s.buf = append(s.buf[:0], dst...)
	s.q(t, n, dst, s.buf)
	for len(s.rest) < t.Len() {
		s.rest = append(s.rest, 0)
	}
	i := 0
	for c := t.FirstChild(n); c != None; c = t.NextSibling(c) {
		dst[i] = max(0, affordable(dst[i]))
		s.rest[c] = affordable(s.buf[i]) - dst[i]
		i++
	}
}

// H implements [Scorer].
func (s *qScorer) H(t *Tree, n NodeID) float64 {
	if int(n) >= len(s.rest) || t.is(n, isJudged) {
		return 0
	}
	return s.rest[n]
}

// Judged implements [Scorer].
func (s *qScorer) Judged(_ *Tree, _ NodeID, v Verdict) float64 {
	if v == Rejected {
		return Unaffordable
	}
	return 0
}

func affordable(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Unaffordable
	}
	return min(max(v, -Unaffordable), Unaffordable)
}
