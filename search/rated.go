package search

// rated is what tree-of-thoughts searches have in common: every place is asked for k samples, and what came is rated, all
// in one request.
type rated struct {
	samples int
	retries int // how often a place is asked again where every call failed
}

// wants returns what a place needs before its children count; false: nothing.
func (c *rated) wants(t *Tree, n NodeID) (Request, bool) {
	nd := t.at(n)
	switch {
	case nd.flags&isFinish != 0:
		return t.Request(Judge, n), nd.flags&isJudged == 0
	case nd.told == 0, nd.flags&isAgain != 0, leader(t, n) == None && int(nd.told) <= c.retries:
		return t.sample(n, c.samples), true
	}
	return t.Request(Evaluate, n), t.unrated(n)
}

// attend marks n, and what is below it, as looked at or not.
func (t *Tree) attend(n NodeID, on bool) {
	if on == t.is(n, isReached) || on && t.is(n, isDead) {
		return
	}
	if on {
		t.set(n, isReached)
	} else {
		t.unset(n, isReached)
	}
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		t.attend(ch, on)
	}
}

// living appends the children of n that count to dst.
func (t *Tree) living(n NodeID, dst []NodeID) []NodeID {
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		if !t.is(ch, isDead) {
			dst = append(dst, ch)
		}
	}
	return dst
}

// byWorth puts the better rated node first, of equal ones that with more votes, then the older.
func (t *Tree) byWorth(a, b NodeID) int {
	va, vb := t.worth(a), t.worth(b)
	switch {
	case va != vb && va > vb:
		return -1
	case va != vb:
		return 1
	case t.at(a).votes != t.at(b).votes:
		return int(t.at(b).votes) - int(t.at(a).votes)
	}
	return int(a) - int(b)
}

func (c *rated) needs() Needs { return Needs{Values: true} }
