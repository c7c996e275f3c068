package search

// bestOfN is best-of-N: whole plans are made one after another, each by greedy sampling, by votes or as one outline, and
// the judge picks. It stops at the first plan that is accepted; where none is, the one with the best score is the answer,
// and of equal ones that which most walks found. Each plan of votes is made of fresh samples (inferred: pooled ones
// would make the same plan again).
//
// Requests: N times the plan's steps and its final answer, less what an accepted plan saves; one verdict each.
type bestOfN struct{ walks }

func (b *bestOfN) told(t *Tree, r Request, o *Outcome, places []NodeID) {
	b.walks.told(t, r, o, places)
}

func (b *bestOfN) next(t *Tree, limit int) []Request { return b.walks.next(t, limit) }

func (b *bestOfN) answer(t *Tree) (NodeID, bool) { return t.accepted() }

// ahead is one: where walks are made one after another, the next one is known to begin, and not what follows that.
func (b *bestOfN) ahead(limit int) int { return min(limit, 1) }

func (b *bestOfN) needs() Needs { return Needs{} }
