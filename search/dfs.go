package search

import "slices"

// dfs is the depth-first search of Tree of Thoughts (arXiv 2305.10601, algorithm 2), with DFSDT (ToolLLM, arXiv 2307.16789)
// as its case without pruning: the best rated step first, steps rated at or below the threshold not at all, and back to
// the last place with something left when a call fails, a plan is rejected or a place has no more steps. The first plan that is not
// rejected is the answer. Each place costs one request for k samples and one that rates all of them.
type dfs struct {
	rated
	threshold float64
	tip       NodeID
}

func (d *dfs) told(t *Tree, _ Request, _ *Outcome, _ []NodeID) { d.next(t, 1) }

// next returns the first request in depth-first order and, up to limit, those that would follow if it brought nothing.
func (d *dfs) next(t *Tree, limit int) []Request {
	d.tip = t.focus
	return d.from(t, t.focus, limit, nil)
}

func (d *dfs) from(t *Tree, n NodeID, limit int, dst []Request) []Request {
	if r, ok := d.wants(t, n); ok {
		if len(dst) == 0 {
			d.tip = n
		}
		return append(dst, r)
	}
	steps := t.living(n, nil)
	slices.SortStableFunc(steps, t.byWorth)
	for _, ch := range steps {
		if t.is(ch, isRated) && t.at(ch).value <= d.threshold {
			t.attend(ch, false)
			continue
		}
		if dst = d.from(t, ch, limit, dst); len(dst) >= limit {
			break
		}
	}
	return dst
}

func (d *dfs) answer(t *Tree) (NodeID, bool) {
	for _, n := range t.plans() {
		if t.is(n, isJudged) && t.at(n).verdict != Rejected {
			return n, true
		}
	}
	return None, false
}

func (d *dfs) best(t *Tree) (NodeID, bool) {
	if n, ok := t.bestPlan(false, t.worth); ok {
		return n, true
	}
	d.next(t, 1)
	return d.tip, false
}

func (d *dfs) ahead(int) int { return 0 }
