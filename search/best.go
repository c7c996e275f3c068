package search

import "github.com/azimuthdev/azimuth/internal/heap"

// bestFirst is the one best-first search of the room. The steps of a [Tree] and the states and edges of a [Graph] wait
// in the same frontier, stand there in the same order and are taken from it by the same rule; what is searched is
// known to its space only.
type bestFirst struct {
	frontier *heap.Heap[entry]
	taken    int // entries in the hands of take
}

func newBestFirst() bestFirst { return bestFirst{frontier: heap.New(before)} }

// space is what a best-first search goes through.
type space interface {
	// counts says whether an entry still holds. One that was overtaken stays in the frontier until it comes up.
	counts(e entry) bool
	// settles says whether e, the best there is, ends the search.
	settles(e entry) bool
	// refill is told that nothing is left and says whether it put something into the frontier.
	refill() bool
}

// follower is a space that puts something in for what was taken.
type follower interface{ took(e entry) }

// entry is a place in the frontier: of a node, or of an edge from it.
type entry struct {
	f      float64
	node   NodeID
	stamp  uint32 // of the node when the entry was made
	depth  uint32
	action uint32 // of an edge; 0 in trees, where an edge is a node of its own
}

// before orders the frontier: f, then the deeper node, then the one that was proposed first.
func before(a, b *entry) bool {
	switch {
	case a.f != b.f:
		return a.f < b.f
	case a.depth != b.depth:
		return a.depth > b.depth
	case a.node != b.node:
		return a.node < b.node
	}
	return a.action < b.action
}

// top returns the best entry that counts.
func (b *bestFirst) top(s space) (entry, bool) {
	for {
		e, ok := b.frontier.Peek()
		switch {
		case ok && s.counts(e):
			return e, true
		case ok:
			b.frontier.Pop()
		case b.taken > 0 || !s.refill():
			return entry{}, false
		}
	}
}

// take moves up to limit of the best entries from the frontier to dst, and stops before one that settles the search.
func (b *bestFirst) take(s space, limit int, dst []entry) []entry {
	for b.taken = 0; b.taken < limit; b.taken++ {
		e, ok := b.top(s)
		if !ok || s.settles(e) {
			break
		}
		b.frontier.Pop()
		if f, ok := s.(follower); ok {
			f.took(e)
		}
		dst = append(dst, e)
	}
	b.taken = 0
	return dst
}
