package search

import "slices"

// beam is the breadth-first search of Tree of Thoughts (arXiv 2305.10601): of all steps that follow the b kept states the b
// best rated are kept. Each state costs one request for k samples and one that rates all of them (the paper's code rates
// every child by itself, which costs k times as much and ranks no better). A state whose call fails when it is observed
// leaves its place to the next best.
//
// Plans do not all have the same length, so a finished plan stays among the kept by its value (inferred). It is judged when
// it is kept: the first that is accepted ends the search, a rejected one leaves the beam, and without a judge the search
// ends when nothing but finished plans is kept.
//
// Diverse beams ([Options.Diverse]) are the independent subtrees of DVTS (arXiv 2502.06703): from the b steps that are
// kept at the first level on, each keeps the best of its own steps, so that they can't all turn into kin. Inferred: the paper
// samples the beginning of each subtree by itself.
//
// With b at least the number of steps there are, this is exhaustive search; with b = 1 it follows the best rated step.
type beam struct {
	rated
	width   int
	diverse bool
	kept    []NodeID // of the last level that could be filled
}

func (b *beam) told(t *Tree, _ Request, _ *Outcome, _ []NodeID) { b.levels(t) }

// levels goes through the levels from the focus to the first that needs something, and returns what it needs.
func (b *beam) levels(t *Tree) []Request {
	b.kept = append(b.kept[:0], t.focus)
	var next []NodeID
	for {
		if reqs := b.level(t); len(reqs) > 0 {
			return reqs
		}
		next = next[:0]
		open := false
		for _, n := range b.kept {
			switch {
			case !t.is(n, isFinish):
				next, open = b.steps(t, n, next), true
			case t.at(n).verdict != Rejected:
				next = append(next, n)
			}
		}
		if !open {
			return nil
		}
		slices.SortStableFunc(next, t.byWorth)
		b.keep(t, next)
	}
}

// steps appends the steps after a kept state that stand for election to dst.
func (b *beam) steps(t *Tree, n NodeID, dst []NodeID) []NodeID {
	from := len(dst)
	dst = t.living(n, dst)
	if !b.diverse || n == t.focus || len(dst) == from {
		return dst
	}
	for _, ch := range dst[from:] {
		t.attend(ch, false)
	}
	return append(dst[:from], slices.MinFunc(dst[from:], t.byWorth))
}

// level is what the kept states need: all their samples before the first rating, so that either can be worked on at once.
func (b *beam) level(t *Tree) []Request {
	var reqs, ratings []Request
	for _, n := range b.kept {
		switch r, ok := b.wants(t, n); {
		case ok && r.Kind == Evaluate:
			ratings = append(ratings, r)
		case ok:
			reqs = append(reqs, r)
		}
	}
	return append(reqs, ratings...)
}

// keep makes the first of the sorted states the next level, and marks which ones are looked at.
func (b *beam) keep(t *Tree, sorted []NodeID) {
	b.kept = append(b.kept[:0], sorted[:min(b.width, len(sorted))]...)
	for i, n := range sorted {
		t.attend(n, i < b.width)
	}
}

func (b *beam) next(t *Tree, _ int) []Request { return b.levels(t) }

func (b *beam) answer(t *Tree) (NodeID, bool) { return t.accepted() }

func (b *beam) best(t *Tree) (NodeID, bool) {
	if n, ok := t.bestPlan(false, t.worth); ok {
		return n, true
	}
	b.levels(t)
	if len(b.kept) == 0 {
		return t.focus, false
	}
	return slices.MinFunc(b.kept, t.byWorth), false
}

func (b *beam) ahead(limit int) int { return limit }
