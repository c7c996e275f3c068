package search

import (
	"math"
	"slices"
)

// observe records what came of rating the children of a node, or of reflecting on a path.
func (c *core) observe(t *Tree, r Request, o *Outcome) bool {
	nd := t.at(r.Node)
	count := &nd.asked
	if r.Kind == Reflect {
		count = &nd.reflected
	}
	if *count == math.MaxUint16 {
		return false
	}
	*count++
	c.settle(t, r.Node)
	if c.failed(t, r.Node, o) {
		return false
	}
	if r.Kind == Reflect {
		t.lessons++
		return true
	}
	t.rate(r.Node, o.Values)
	return true
}

// rate gives the children of n their values. What is not a number rates nothing.
func (t *Tree) rate(n NodeID, values []float64) {
	ch := t.at(n).first
	for _, v := range values {
		if ch == None {
			return
		}
		nd := t.at(ch)
		if !math.IsNaN(v) {
			nd.value = unit(v, 0)
			nd.flags |= isRated
		}
		ch = nd.next
	}
}

// Value is how a model rated the step to n, in [0,1]; ok is false when it was not rated (see [Evaluate]).
func (t *Tree) Value(n NodeID) (v float64, ok bool) { return t.at(n).value, t.is(n, isRated) }

// Lessons is how many reflections were told (see [Reflect]).
func (t *Tree) Lessons() int { return int(t.lessons) }

// share is the part of the samples at n's place that proposed n, in [0,1].
func (t *Tree) share(n NodeID) float64 {
	p := t.at(n).parent
	if p == None || t.at(p).samples == 0 {
		return 0
	}
	return min(1, float64(t.at(n).votes)/float64(t.at(p).samples))
}

// worth is n's value, or its share of the votes where it was not rated.
func (t *Tree) worth(n NodeID) float64 {
	if v, ok := t.Value(n); ok {
		return v
	}
	return t.share(n)
}

// unrated says whether the children of n were never rated since the last of them came up, and there are such that count.
func (t *Tree) unrated(n NodeID) bool {
	some := false
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		some = some || t.at(ch).flags&(isDead|isRated) == 0
	}
	return some && t.at(n).asked < max(t.at(n).told, 1)
}

// stat is what the passes of a tree search through a node brought.
type stat struct {
	sum, high float64 // of the returns
	visits    uint32
	closed    bool // nothing is left to find below the node
}

// digest leaves out what is zero, since figures are made room for when they are looked at.
func (s *stat) digest(h uint64, i int) uint64 {
	if *s == (stat{}) {
		return h
	}
	v := uint64(i)<<33 | uint64(s.visits)<<1
	if s.closed {
		v++
	}
	return mix(mix(mix(h^math.Float64bits(s.sum))^math.Float64bits(s.high)) ^ v)
}

// stat returns the figures of n, for changing.
func (t *Tree) stat(n NodeID) *stat {
	if int(n) >= len(t.stats) {
		t.stats = append(t.stats, make([]stat, t.Len()-len(t.stats))...)
	}
	return &t.stats[n]
}

// Visits is how many passes of a tree search (mcts and its settings) went through n, the one that began there included,
// and the mean of what they brought; 0 for other strategies.
func (t *Tree) Visits(n NodeID) (visits int, mean float64) {
	if int(n) >= len(t.stats) || t.stats[n].visits == 0 {
		return 0, 0
	}
	s := &t.stats[n]
	return int(s.visits), s.sum / float64(s.visits)
}

// plans are the finished plans below the focus that nothing dropped, in the order in which they came up.
func (t *Tree) plans() []NodeID {
	return slices.DeleteFunc(slices.Clone(t.finishes), func(n NodeID) bool { return t.is(n, isDead) || !t.below(n, t.focus) })
}
