package search

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
		attempt = nd.told
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
	return uint64(k)<<48 | uint64(attempt+1)<<32 | uint64(n)
}

func bit(f, of flag) uint16 {
	if f&of != 0 {
		return 1
	}
	return 0
}
