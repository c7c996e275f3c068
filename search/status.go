package search

import "fmt"

// Status is where a node stands.
type Status uint8

// What a node can be.
const (
	Open      Status = iota // could be worked on
	Pending                 // handed out by Ask, not told yet
	Expanded                // what follows it is known
	Failed                  // its call failed
	Pruned                  // not looked at any more; Why says the reason
	Finished                // a final answer; Verdict says what the judge holds of it
	Committed               // its call was carried out for real
)

var statusNames = [...]string{"open", "pending", "expanded", "failed", "pruned", "finished", "committed"}

// String returns the word for a display.
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("status(%d)", uint8(s))
}

// Why is the reason for which a node is not worked on.
type Why uint8

// The reasons.
const (
	NoReason     Why = iota
	CallFailed       // the call failed when it was observed
	CommitFailed     // the call failed when it was carried out
	AboveDropped     // a step before it was dropped
	WorldChanged     // a call before it answered otherwise than assumed
	TooDeep          // more calls than the depth limit allows
	SameCalls        // another node holds the same calls in another order
	SameState        // another node leads to the same state at no higher cost
	NothingCame      // asked, and no usable candidate came
	OutsideFocus     // not below the real state
	Outvoted         // the samples agree on a sibling
	ThinSupport      // too few samples speak for a step before it
	RatedLower       // others were rated higher, or it was rated below the threshold
)

var whyNames = [...]string{
	"", "its call failed", "its call failed for real", "a step before it was dropped", "the world answered otherwise than assumed",
	"deeper than the limit", "same calls in another order", "same state as another node", "no usable candidate came", "not below the real state",
	"outvoted by a sibling", "too few samples for a step before it", "rated too low",
}

// String returns the reason in words, empty for [NoReason].
func (w Why) String() string {
	if int(w) < len(whyNames) {
		return whyNames[w]
	}
	return fmt.Sprintf("why(%d)", uint8(w))
}

// Status says where n stands and, when it is not worked on, why. It needs no strategy: a tree rebuilt from a
// journal answers the same, but that nothing is pending in it until it is asked for.
func (t *Tree) Status(n NodeID) (Status, Why) {
	nd := t.at(n)
	switch f := nd.flags; {
	case f&isFailed != 0:
		return Failed, nd.why
	case f&isDead != 0:
		return Pruned, nd.why
	case f&isCommitted != 0:
		return Committed, NoReason
	case f&isPending != 0:
		return Pending, NoReason
	case f&isFinish != 0:
		return Finished, t.unreached(n)
	case f&isBarren != 0 && nd.first == None:
		return Pruned, NothingCame
	case f&isAgain == 0 && (nd.told > 0 || t.leads(n)):
		return Expanded, t.unreached(n)
	}
	return Open, t.unreached(n)
}

// leads says whether the frontier looks below n.
func (t *Tree) leads(n NodeID) bool {
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		if t.is(ch, isReached) {
			return true
		}
	}
	return false
}

// unreached says why the frontier does not hold a node that is neither dropped nor worked on.
func (t *Tree) unreached(n NodeID) Why {
	if t.is(n, isReached) {
		return NoReason
	}
	if !t.below(n, t.focus) {
		if t.below(t.focus, n) {
			return NoReason // on the way to the real state
		}
		return OutsideFocus
	}
	if t.is(n, isRated) {
		return RatedLower
	}
	if p := t.at(n).parent; p != None && t.is(p, isRated) && !t.is(p, isReached) {
		return AboveDropped
	}
	if p := t.at(n).parent; p != None && t.is(p, isReached) && (!t.is(p, isQueued|isPending) || t.leads(p)) {
		return Outvoted
	}
	return ThinSupport
}

// Obsolete says that n was dropped because a call before it answered otherwise than assumed: its votes were cast for
// another world and count no more.
func (t *Tree) Obsolete(n NodeID) bool { return t.at(n).why == WorldChanged }

// Verdict is what the judge said of the finished plan n; judged is false when nobody was asked yet.
func (t *Tree) Verdict(n NodeID) (v Verdict, judged bool) {
	return t.at(n).verdict, t.is(n, isJudged)
}
