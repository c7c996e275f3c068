package search

// reflexion is Reflexion (arXiv 2303.11366): trials of one greedy walk each. When the judge rejects a trial's plan, or a
// call of it fails, the model says in a sentence or two what went wrong, and the next trial begins at the focus with that
// lesson before it; the engine shows the last three. It stops at the first plan that is not rejected, or after
// [Options.Trials]. Solved tasks are not tried again, so success never falls with the number of trials.
type reflexion struct {
	walks
	owed NodeID // where the last trial went wrong
}

func (x *reflexion) told(t *Tree, r Request, o *Outcome, places []NodeID) {
	switch ends := x.walks.told(t, r, o, places); {
	case moves(r, o), r.Kind == Reflect:
		x.owed = None
	case ends > 0 && x.begun < x.most && !t.is(x.ended[len(x.ended)-1].at, isDead):
		x.owed = x.ended[len(x.ended)-1].at
	}
}

func (x *reflexion) next(t *Tree, limit int) []Request {
	if x.owed != None && !t.is(x.owed, isDead) {
		return []Request{t.Request(Reflect, x.owed)}
	}
	if len(x.live) > 0 {
		w := x.walks
		w.most = w.begun // one trial at a time
		return w.next(t, limit)
	}
	return x.walks.next(t, 1)
}

func (x *reflexion) answer(t *Tree) (NodeID, bool) {
	if n, ok := t.accepted(); ok {
		return n, true
	}
	for _, e := range x.ended {
		if t.is(e.at, isJudged) && !t.is(e.at, isDead) && t.at(e.at).verdict == Unjudged {
			return e.at, true
		}
	}
	return None, false
}

func (x *reflexion) ahead(limit int) int { return limit }

func (x *reflexion) needs() Needs { return Needs{Text: true} }
