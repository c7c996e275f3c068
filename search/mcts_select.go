package search

import "math"

// next returns what the passes under way need, and the first need of as many more as there is room for.
func (m *mcts) next(t *Tree, limit int) []Request {
	t.stat(NodeID(t.Len() - 1))
	for _, n := range m.owed {
		if !t.is(n, isDead) {
			return []Request{t.Request(Reflect, n)}
		}
	}
	if len(m.flying) < t.Len() {
		m.flying = append(m.flying, make([]uint32, t.Len()-len(m.flying))...)
	}
	defer m.land()
	var out []Request
	for _, p := range m.passes {
		m.fly(t, p.at)
		if r, ok := m.wants(t, p.at, p.rolling); ok {
			out = append(out, r)
		}
	}
	for len(out) < limit && m.done+len(out) < m.iterations {
		r, ok := m.choose(t)
		if !ok || len(out) > 0 && m.flying[r.Node] > 0 {
			break
		}
		m.fly(t, r.Node)
		out = append(out, r)
	}
	return out
}

// fly counts a pass under way through n: until it ends it counts as one that brought nothing, so that others go elsewhere
// (virtual loss).
func (m *mcts) fly(t *Tree, n NodeID) {
	for ; n != None; n = t.at(n).parent {
		if m.flying[n]++; m.flying[n] == 1 {
			m.touched = append(m.touched, n)
		}
	}
}

func (m *mcts) land() {
	for _, n := range m.touched {
		m.flying[n] = 0
	}
	m.touched = m.touched[:0]
}

// choose goes down by the scores to the first place that needs a request. Where nothing is left below the focus, the focus
// itself is asked for more.
func (m *mcts) choose(t *Tree) (Request, bool) {
	n := t.focus
	if t.closed(n) {
		return t.sample(n, m.first), !t.is(n, isFinish) && int(t.at(n).told)-m.retold <= m.retries
	}
	for {
		if r, ok := m.wants(t, n, false); ok {
			return r, true
		}
		if n = m.promising(t, n); n == None {
			return Request{}, false
		}
	}
}

// promising is the step below n with the highest score, the first proposed of equal ones, among those that are not closed.
func (m *mcts) promising(t *Tree, n NodeID) NodeID {
	best, score := None, math.Inf(-1)
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		if t.is(ch, isDead) || t.closed(ch) {
			continue
		}
		if s := m.score(t, n, ch); s > score {
			best, score = ch, s
		}
	}
	return best
}

// score is UCT or PUCT. A step that no pass went through has its prior in the place of a mean, and counts as visited once
// in UCT's root, as in RAP (LATS' code divides the running mean by the visits once more, and leaves the root out for
// such steps; here it is the paper's V + w sqrt(ln N / n)). In PUCT it has 0 (CPL) and the share of votes as P, where CPL has
// the mean probability of the step's tokens.
func (m *mcts) score(t *Tree, parent, n NodeID) float64 {
	s, up := t.stat(n), float64(t.stat(parent).visits+m.flying[parent])
	visits := float64(s.visits + m.flying[n])
	mean := 0.0
	switch {
	case s.visits > 0:
		mean = m.quality(t, n) + (m.least()-m.quality(t, n))*float64(m.flying[n])/visits
	case !m.puct && m.flying[n] == 0:
		mean = m.prior(t, n)
	}
	if m.puct {
		return mean + m.explore*t.share(n)*math.Sqrt(up)/(1+visits)
	}
	return mean + m.explore*math.Sqrt(math.Log(max(up, 1))/max(visits, 1))
}

// least is the worst that a pass can bring.
func (m *mcts) least() float64 {
	if m.signed {
		return -1
	}
	return 0
}

// closed says whether nothing is left to find below n.
func (t *Tree) closed(n NodeID) bool { return int(n) < len(t.stats) && t.stats[n].closed }

// close finds out whether n, and what is above it, is closed now.
func (m *mcts) close(t *Tree, n NodeID) {
	t.stat(NodeID(t.Len() - 1))
	for ; n != None; n = t.at(n).parent {
		t.stat(n).closed = m.exhausted(t, n)
	}
}

func (m *mcts) closeAll(t *Tree) {
	for i := t.Len() - 1; i >= 0; i-- {
		t.stat(NodeID(i)).closed = m.exhausted(t, NodeID(i))
	}
}

func (m *mcts) exhausted(t *Tree, n NodeID) bool {
	switch {
	case t.is(n, isFinish):
		return t.is(n, isJudged)
	case m.narrow(t, n):
		return false
	}
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		if !t.is(ch, isDead) && !t.closed(ch) {
			return false
		}
	}
	return true
}

func (m *mcts) answer(t *Tree) (NodeID, bool) { return t.accepted() }

// best is the finished plan that the judge holds best, of equal ones the one whose passes brought most; in RAP the one
// with the highest reward, of those with the best verdict. Without any it is the end of the most visited path.
func (m *mcts) best(t *Tree) (NodeID, bool) {
	t.stat(NodeID(t.Len() - 1))
	if n, ok := t.bestPlan(m.edges, func(n NodeID) float64 { return m.merit(t, n) }); ok {
		return n, true
	}
	n := t.focus
	for {
		next := None
		for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
			if !t.is(ch, isDead) && t.stat(ch).visits > 0 && (next == None || t.stat(ch).visits > t.stat(next).visits) {
				next = ch
			}
		}
		if next == None {
			return n, false
		}
		n = next
	}
}

// merit orders finished plans that the judge does not tell apart.
func (m *mcts) merit(t *Tree, n NodeID) float64 {
	switch {
	case m.edges:
		total := goal * t.reward(n)
		for x := n; x != Root; x = t.at(x).parent {
			total += t.share(x)
		}
		if m.add {
			return total
		}
		return total / float64(t.at(n).depth)
	case t.stat(n).visits > 0:
		return m.quality(t, n)
	}
	return m.prior(t, n) - 2 // after all that a pass went through
}

// ahead works on what passes would need if the present one brought nothing. With lessons that is seldom asked: measured, see
// docs/performance.md.
func (m *mcts) ahead(limit int) int {
	if m.reflects {
		return 0
	}
	return limit
}

func (m *mcts) needs() Needs { return Needs{Values: m.values, Text: m.reflects} }
