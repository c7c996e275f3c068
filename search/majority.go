package search

import "slices"

// majority is self-consistency over whole plans (Wang et al., arXiv 2203.11171, taken from answers to plans): N plans are
// sampled, and the one that most of them agree on is the answer, whatever its calls' order (inferred). With base outline
// all N are outlines of one request; where they end at something unseen, the place that most of them reach is asked next.
// The judge is asked about the winner only, so that its final answer is settled; it does not choose. A winner whose call
// fails when it is observed gives way to the next.
//
// With [Weighted] the judge is asked about each distinct plan, and a plan's votes count by its score: the verifier-weighted
// majority ([ByScores]). Where every plan scores 0, as without a judge, votes alone count.
type majority struct {
	walks
	whole int  // outlines in one request; 0: walks
	weigh bool // votes count by the judge's score
}

func (m *majority) told(t *Tree, r Request, o *Outcome, places []NodeID) {
	if m.whole > 0 && r.Kind == Expand && !t.isFailure(r, o) {
		m.harvest(t, r, o, places)
	}
	m.walks.told(t, r, o, places)
}

// harvest counts the outlines that came to an end; the one walk of base outline then has no more to do.
func (m *majority) harvest(t *Tree, r Request, o *Outcome, places []NodeID) {
	i, found := m.standing(t, r.Node), false
	for j, p := range places {
		if p != None && t.is(p, isFinish) && !t.is(p, isDead) {
			m.ended = append(m.ended, end{p, max(o.Candidates[j].Votes, 1)})
			found = true
		}
	}
	if found && i >= 0 {
		m.live = slices.Delete(m.live, i, i+1)
	}
}

func (m *majority) next(t *Tree, limit int) []Request {
	if reqs := m.walks.next(t, limit); len(reqs) > 0 {
		slices.SortStableFunc(reqs, func(a, b Request) int { return t.Depth(a.Node) - t.Depth(b.Node) })
		return reqs
	}
	return m.wanting(t)
}

// wanting are the verdicts that are wanted before there is an answer: of the winner, or of all plans whose votes are weighed.
func (m *majority) wanting(t *Tree) []Request {
	if !m.weigh {
		if n := m.winner(t); n != None && !t.is(n, isJudged) {
			return []Request{t.Request(Judge, n)}
		}
		return nil
	}
	var reqs []Request
	for _, n := range m.distinct(t) {
		if !t.is(n, isJudged) {
			reqs = append(reqs, t.Request(Judge, n))
		}
	}
	return reqs
}

// distinct are the plans that were found and count, the first found of those that hold the same calls.
func (m *majority) distinct(t *Tree) []NodeID {
	var all []NodeID
	seen := map[uint64]bool{}
	for _, e := range m.ended {
		if !t.is(e.at, isFinish) || t.is(e.at, isDead) || !t.below(e.at, t.focus) {
			continue
		}
		if key := t.multiset(e.at); !seen[key] {
			seen[key] = true
			all = append(all, e.at)
		}
	}
	return all
}

// winner is the plan with the most votes, or the greatest weight and of equal ones the most votes; the first found of equal
// ones, [None] without any.
func (m *majority) winner(t *Tree) NodeID {
	best, weight, votes := None, 0.0, 0.0
	for _, n := range m.distinct(t) {
		v, w := m.reached(t, n), 0.0
		if m.weigh {
			w = v * t.at(n).score
		}
		if w > weight || w == weight && v > votes {
			best, weight, votes = n, w, v
		}
	}
	return best
}

func (m *majority) answer(t *Tree) (NodeID, bool) {
	if len(m.live) > 0 || m.begun < m.most {
		return None, false
	}
	n := m.winner(t)
	return n, n != None && len(m.wanting(t)) == 0
}

func (m *majority) best(t *Tree) (NodeID, bool) {
	if n := m.winner(t); n != None {
		return n, true
	}
	return m.walks.best(t)
}

func (m *majority) ahead(limit int) int { return limit }

func (m *majority) needs() Needs { return Needs{} }
