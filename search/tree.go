package search

import (
	"iter"
	"slices"
)

// Tree is the arena that a [Strategy] grows: every node that was ever proposed, dropped ones included. A node is
// 112 bytes plus its cost parts; ids are handed out in the order in which candidates were told. Readers need the
// caller's lock while a strategy is being told.
type Tree struct {
	nodes      []*[chunk]node
	parts      [][]float64 // chunks of nodes, stride len(names)
	count      uint32
	names      []string
	finishes   []NodeID
	expansions uint32
	turned     uint32 // expansions when outlines were given up; 0: they were not
	focus      NodeID
	focuses    uint16
	lessons    uint32
	stats      []stat              // of a tree search; empty in the others
	early      map[NodeID][]uint16 // attempts at a node that were told before an earlier one, ascending
}

// chunk is how many nodes are allocated at once. Growing never moves a node, so nothing is copied and pointers to nodes
// stay good.
const chunk = 1 << 8

func (t *Tree) at(n NodeID) *node { return &t.nodes[n/chunk][n%chunk] }

func (t *Tree) add(nd node) {
	if t.count%chunk == 0 {
		t.nodes = append(t.nodes, new([chunk]node))
		if len(t.names) > 0 {
			t.parts = append(t.parts, make([]float64, chunk*len(t.names)))
		}
	}
	t.count++
	*t.at(NodeID(t.count - 1)) = nd
}

// node is one place in the tree. The fields are ordered by size, so that nothing is padded away.
type node struct {
	step, g, h, charge      float64
	remaining, prior, score float64
	value                   float64
	parent, first           NodeID
	last, next              NodeID
	action                  ActionID
	votes, samples          int32
	stamp                   uint32 // the frontier's entry for the node is stale unless it carries this stamp
	order                   uint32
	depth, told             uint16
	asked, reflected        uint16 // Evaluate and Reflect outcomes told
	flags                   flag
	why                     Why
	verdict                 Verdict
}

type flag uint16

const (
	isFinish   flag = 1 << iota
	isDirect        // proposed as the next step
	isImagined      // proposed in an outline
	isChain         // asked for in the same answer as the step before
	isJudged
	isFailed
	isCommitted
	isDead    // dropped, or below a dropped node
	isBarren  // asked, and nothing usable came
	isAgain   // open again although it was expanded
	isPending // handed out by Ask
	isReached // below the focus through expanded nodes only
	isQueued  // has an entry in the frontier
	isRated   // has a value
)

// Live flags say where a node stands with the frontier of a running strategy; what was told does not fix them.
const liveFlags = isPending | isReached | isQueued

// NewTree returns a tree with the root only. parts are the names of the cost components whose values candidates
// carry in [Candidate.Parts], in that order; nil for none.
func NewTree(parts []string) *Tree {
	t := &Tree{names: slices.Clone(parts)}
	t.add(node{parent: None, first: None, last: None, next: None, remaining: -1, prior: -1})
	return t
}

// Len is the number of nodes, the root included; ids run from 0 to Len-1.
func (t *Tree) Len() int { return int(t.count) }

// Parent is the node that n follows; [None] for the root.
func (t *Tree) Parent(n NodeID) NodeID { return t.at(n).parent }

// Depth is the number of steps from the root to n, n included, the final answer counted as a step; 0 for the root.
func (t *Tree) Depth(n NodeID) int { return int(t.at(n).depth) }

// Action is the call or answer that led to n; 0 for the root.
func (t *Tree) Action(n NodeID) ActionID { return t.at(n).action }

// IsFinish says that n is a final answer: the path to it is a complete plan.
func (t *Tree) IsFinish(n NodeID) bool { return t.at(n).flags&isFinish != 0 }

// IsImagined says that n comes from outlines only.
func (t *Tree) IsImagined(n NodeID) bool {
	return t.at(n).flags&(isImagined|isChain|isDirect) == isImagined
}

// IsChain says that n was only ever asked for in the same answer as the call before it.
func (t *Tree) IsChain(n NodeID) bool { return t.at(n).flags&(isChain|isDirect) == isChain }

// FirstChild is the child of n that was proposed first, or [None].
func (t *Tree) FirstChild(n NodeID) NodeID { return t.at(n).first }

// NextSibling is the child of n's parent that was proposed next after n, or [None].
func (t *Tree) NextSibling(n NodeID) NodeID { return t.at(n).next }

// Children yields the children of n in the order in which they were proposed, dropped ones included.
func (t *Tree) Children(n NodeID) iter.Seq[NodeID] {
	return func(yield func(NodeID) bool) {
		for c := t.at(n).first; c != None; c = t.at(c).next {
			if !yield(c) {
				return
			}
		}
	}
}

// Path returns the nodes from the root, which is left out, to n.
func (t *Tree) Path(n NodeID) []NodeID {
	path := make([]NodeID, t.at(n).depth)
	for i := len(path) - 1; i >= 0; i-- {
		path[i] = n
		n = t.at(n).parent
	}
	return path
}

// Focus is the node whose descendants count: the root, or what a [Focus] or [Commit] outcome set.
func (t *Tree) Focus() NodeID { return t.focus }

// Expansions is the number of [Expand] outcomes told so far.
func (t *Tree) Expansions() int { return int(t.expansions) }

// Turned is after how many expansions preset auto gave outlines up for single steps; 0 when it did not.
func (t *Tree) Turned() int { return int(t.turned) }

// Order says as which of the expansions n was expanded for the first time, from 1; 0 when it was not.
func (t *Tree) Order(n NodeID) int { return int(t.at(n).order) }

// below says whether n is a or a descendant of it.
func (t *Tree) below(n, a NodeID) bool {
	for t.at(n).depth > t.at(a).depth {
		n = t.at(n).parent
	}
	return n == a
}

// has says whether n is a node of the tree.
func (t *Tree) has(n NodeID) bool { return uint32(n) < t.count }

func (t *Tree) set(n NodeID, f flag)     { t.at(n).flags |= f }
func (t *Tree) unset(n NodeID, f flag)   { t.at(n).flags &^= f }
func (t *Tree) is(n NodeID, f flag) bool { return t.at(n).flags&f != 0 }
