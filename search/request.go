package search

import "slices"

// Request returns the request of a kind on n that [Strategy.Tell] would accept next. Ids hold the kind, the node and
// the attempt, so that asking again for what was never told gives the same id, and an id told once is known to be
// spent without a list of ids. Engines use it for [Commit] and [Focus], which nobody asks for. Ids stay below 2^53.
func (t *Tree) Request(k Kind, n NodeID) Request {
	return Request{ID: t.nextID(k, n), Node: n, Kind: k}
}

func (t *Tree) nextID(k Kind, n NodeID) uint64 {
	attempt := uint16(0)
	switch nd := t.at(n); k {
	case Expand:
		attempt = t.untold(n, 0)
	case Judge:
		attempt = bit(nd.flags, isJudged)
	case Commit:
		attempt = bit(nd.flags, isCommitted|isFailed)
	case Focus:
		attempt = t.focuses
	case Evaluate:
		attempt = nd.asked
	case Reflect:
		attempt = nd.reflected
	}
	return idOf(k, attempt, n)
}

func idOf(k Kind, attempt uint16, n NodeID) uint64 {
	return uint64(k)<<48 | uint64(attempt+1)<<32 | uint64(n)
}

// untold is the i-th attempt at n, from 0, of which nothing was told.
func (t *Tree) untold(n NodeID, i int) uint16 {
	early := t.early[n]
	a := int(t.at(n).told) - len(early) + i
	for _, e := range early {
		if int(e) <= a {
			a++
		}
	}
	return uint16(a)
}

// attempt is which attempt at its node a request to expand is.
func (t *Tree) attempt(r Request) uint16 {
	if r.ID == 0 {
		return t.untold(r.Node, 0)
	}
	return uint16(r.ID>>32) - 1
}

// due says whether nothing was told of a request yet. Samples of one place may be told in another order than they were
// asked for.
func (t *Tree) due(r Request) bool {
	if r.ID == 0 || r.ID == t.nextID(r.Kind, r.Node) {
		return true
	}
	a := t.attempt(r)
	return r.Kind == Expand && r.ID == idOf(Expand, a, r.Node) && a > t.untold(r.Node, 0) && !slices.Contains(t.early[r.Node], a)
}

// mark notes that an attempt at n was told while first was the first of which nothing had been.
func (t *Tree) mark(n NodeID, attempt, first uint16) {
	early := t.early[n]
	switch {
	case attempt > first:
		i, _ := slices.BinarySearch(early, attempt)
		early = slices.Insert(early, i, attempt)
	default:
		i := 0
		for i < len(early) && early[i] == first+1+uint16(i) {
			i++
		}
		early = slices.Delete(early, 0, i)
	}
	switch {
	case len(early) == 0:
		delete(t.early, n)
	case t.early == nil:
		t.early = map[NodeID][]uint16{n: early}
	default:
		t.early[n] = early
	}
}

func bit(f, of flag) uint16 {
	if f&of != 0 {
		return 1
	}
	return 0
}
