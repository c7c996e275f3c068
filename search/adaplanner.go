package search

// adaPlanner is AdaPlanner (arXiv 2305.16653): the whole plan is written first, as one outline, and then observed from its
// beginning. A call that fails is a violated expectation: the rest of the plan is written anew from the last place that
// was good (refine-then-resume), and what was observed or carried out before it stays as it is. An outline that ends at
// something unseen goes on from there once it was seen (in-plan refinement). A perfect plan takes one request.
//
// The plan is final when the judge accepts it or says nothing. A plan that it rejects tells no place to resume from, so
// another one is written from the beginning (inferred). At most [Options.Trials] refinements of both kinds.
type adaPlanner struct {
	walks
	refined int
	trials  int
}

func (a *adaPlanner) told(t *Tree, r Request, o *Outcome, places []NodeID) {
	before := a.begun
	switch a.walks.told(t, r, o, places); {
	case moves(r, o):
		a.most = 1
		a.refined++
	case t.isFailure(r, o):
		a.refined++
	case r.Kind == Judge && o.Verdict == Rejected && before > 0 && len(a.live) == 0 && a.refined < a.trials:
		a.refined++
		a.most = a.begun + 1
	}
}

func (a *adaPlanner) next(t *Tree, _ int) []Request {
	if a.refined > a.trials {
		return nil
	}
	return a.walks.next(t, 1)
}

func (a *adaPlanner) answer(t *Tree) (NodeID, bool) {
	if n, ok := t.accepted(); ok {
		return n, true
	}
	if i := len(a.ended) - 1; i >= 0 && t.is(a.ended[i].at, isJudged) && t.at(a.ended[i].at).verdict == Unjudged {
		return a.ended[i].at, !t.is(a.ended[i].at, isDead)
	}
	return None, false
}

func (a *adaPlanner) ahead(int) int { return 0 }

func (a *adaPlanner) needs() Needs { return Needs{} }
