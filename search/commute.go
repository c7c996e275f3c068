package search

// Merging nodes that hold the same calls in another order (cost-findings section 6, "merge nodes with equal multiset
// of calls"). Off unless [Options.Commutes] is set, and with outlines, which come as whole chains: that a thin one holds the
// calls of a node is no reason to drop the node. What samples of one request hold in another
// order is one path already (see align.go).

// dedupe drops, among the new children of the touched nodes, each whose path is a reordering of another node's path
// by calls that commute. Of the two the one with the lower g stays, unless the other was worked on already.
func (c *core) dedupe(t *Tree) {
	if !c.merges || c.outline {
		return
	}
	if c.twins == nil {
		c.twins = map[uint64][]NodeID{}
	}
	for _, n := range c.touched {
		for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
			if t.at(ch).flags&(isDead|isFinish) == 0 {
				c.meet(t, ch)
			}
		}
	}
}

func (c *core) meet(t *Tree, n NodeID) {
	key := t.multiset(n)
	for i, m := range c.twins[key] {
		switch {
		case m == n:
			return
		case t.is(m, isDead) || t.at(m).depth != t.at(n).depth || !c.reorders(t, m, n):
		case t.at(n).g < t.at(m).g && t.at(m).told == 0 && t.at(m).first == None && !t.is(m, isPending):
			t.drop(m, SameCalls)
			c.refresh(t, m)
			c.twins[key][i] = n
			return
		default:
			t.drop(n, SameCalls)
			return
		}
	}
	c.twins[key] = append(c.twins[key], n)
}

// multiset is a hash of the calls on the path to n that does not depend on their order.
func (t *Tree) multiset(n NodeID) uint64 {
	h := uint64(0)
	for ; n != Root; n = t.at(n).parent {
		h += mix(uint64(t.at(n).action) + 1)
	}
	return h
}

// reorders says whether the path to b holds the calls of the path to a, and every two calls that changed places commute.
func (c *core) reorders(t *Tree, a, b NodeID) bool {
	if t.at(a).parent == t.at(b).parent {
		return false // siblings differ in their call
	}
	pa, pb := t.Path(a), t.Path(b)
	at := make([]int, len(pa)) // where the i-th call of a stands in b
	used := make([]bool, len(pb))
	for i, x := range pa {
		at[i] = -1
		for j, y := range pb {
			if !used[j] && t.at(x).action == t.at(y).action {
				at[i], used[j] = j, true
				break
			}
		}
		if at[i] < 0 {
			return false
		}
	}
	for i := range pa {
		for j := i + 1; j < len(pa); j++ {
			if at[i] > at[j] && !c.commutes(t.at(pa[i]).action, t.at(pa[j]).action) {
				return false
			}
		}
	}
	return true
}
