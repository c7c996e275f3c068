package search

import "slices"

// The words of [TreeOptions].
const (
	UCT  = "uct"  // mean + c sqrt(ln N / n) (Kocsis and Szepesvári 2006)
	PUCT = "puct" // mean + c P sqrt(N) / (1 + n) (Silver et al. 2017)

	Real  = "real"  // rollouts of one sample a step, to a final answer
	Wide  = "wide"  // rollouts of k samples a step that follow the best of them, whose steps are nodes like all others
	Value = "value" // no rollouts: a place is worth what it was rated

	Mean = "mean"
	Max  = "max"
	Sum  = "sum"
)

// mcts is the one tree search. A pass goes down from the focus by the scores of the steps until it comes to a place that
// needs a request: samples, ratings or a verdict. From there it goes on by a rollout, or ends with what the place was
// rated, and what it brought is added to every node on its way. The settings are
//
//   - mcts: UCT, rollouts of one sample a step (the baseline of ToolChain*, inferred);
//   - rap: RAP (arXiv 2305.14992), with the share of votes as fast reward;
//   - lats: LATS (arXiv 2310.04406), with values to begin with and reflection;
//   - cpl: the search of CPL (arXiv 2409.08642), over the steps of outlines, without rollouts.
//
// All stop at the first plan that is accepted. A pass that comes back to a place asks it for no more samples, unless it has
// too few, such as one that a rollout made. A place below which nothing is left is not visited. The steps after a place
// are rated in one request, and not at all where there is only one call to choose from.
type mcts struct {
	how
	passes  []pass // under way
	done    int    // passes that ended since the search came to this focus
	retold  int    // expansions of the focus at that time
	owed    []NodeID
	flying  []uint32 // passes and requests under way through each node, while one is chosen
	touched []NodeID // nodes with flying > 0
}

// how is the options of a tree search.
type how struct {
	samples, first int // k, and k at the focus
	iterations     int
	retries        int
	explore        float64
	lambda         float64
	puct, values   bool
	rollout        string
	takeMax, add   bool // CALC is max rather than mean; CUM is sum rather than mean
	edges          bool // every step brings its fast reward
	signed         bool // returns are in [-1,1], not [0,1]
	reflects       bool
}

// pass is one way down the tree that has not ended.
type pass struct {
	at      NodeID
	rolling bool // beyond the place where choosing by scores ended
}

// goal is what the end of a plan counts against the fast rewards of its steps (RAP: a bonus of 100 against
// log-probabilities, half each; inferred for shares in [0,1]).
const goal = 10

func (m *mcts) told(t *Tree, r Request, o *Outcome, places []NodeID) {
	t.stat(NodeID(t.Len() - 1))
	failure := t.isFailure(r, o)
	if i := m.standing(t, r); i >= 0 && !failure {
		m.advance(t, i, r, o, places)
	}
	switch {
	case moves(r, o):
		m.restart(t)
	case r.Kind == Commit:
		m.passes = slices.DeleteFunc(m.passes, func(p pass) bool { return !t.below(p.at, t.focus) })
		m.closeAll(t)
	case r.Kind == Reflect:
		m.owed = slices.DeleteFunc(m.owed, func(n NodeID) bool { return n == r.Node })
	}
	if failure {
		m.fail(t, o.Failed)
	}
	m.close(t, r.Node)
}

func (m *mcts) restart(t *Tree) {
	m.passes, m.owed, m.done, m.retold = m.passes[:0], m.owed[:0], 0, int(t.at(t.focus).told)
	m.closeAll(t)
}

// standing returns the pass that an outcome concerns; one begins where none waits for it. -1: no pass does.
func (m *mcts) standing(t *Tree, r Request) int {
	if r.Kind != Expand && r.Kind != Judge && r.Kind != Evaluate || !t.below(r.Node, t.focus) {
		return -1
	}
	for i, p := range m.passes {
		if p.at == r.Node {
			return i
		}
	}
	m.passes = append(m.passes, pass{at: r.Node})
	return len(m.passes) - 1
}

// advance takes a pass on after its outcome, to the next place that needs a request or to its end.
func (m *mcts) advance(t *Tree, i int, r Request, o *Outcome, places []NodeID) {
	p := &m.passes[i]
	if r.Kind == Expand && m.rollout == Real {
		p.rolling = true
		if at, _ := t.lead(p.at, o, places); at != p.at {
			p.at = at
			m.arrive(t, i)
		} else {
			m.end(t, i, 0)
		}
		return
	}
	m.arrive(t, i)
}

// arrive goes down from where the pass stands for as long as nothing needs to be asked.
func (m *mcts) arrive(t *Tree, i int) {
	p := &m.passes[i]
	for {
		if _, ok := m.wants(t, p.at, p.rolling); ok {
			return
		}
		next := m.favourite(t, p.at)
		switch {
		case t.is(p.at, isFinish):
			m.end(t, i, t.reward(p.at))
			return
		case m.rollout == Value:
			m.end(t, i, m.rating(t, p.at))
			return
		case next == None:
			m.end(t, i, 0)
			return
		}
		p.at, p.rolling = next, true
	}
}

// wants is what a pass needs at n before it can go on.
func (m *mcts) wants(t *Tree, n NodeID, rolling bool) (Request, bool) {
	nd := t.at(n)
	switch {
	case nd.flags&isFinish != 0:
		return t.Request(Judge, n), nd.flags&isJudged == 0
	case rolling && m.rollout == Real:
		return t.sample(n, 1), true
	case m.narrow(t, n):
		return t.sample(n, m.missing(t, n)), true
	}
	return t.Request(Evaluate, n), m.values && t.unrated(n) && !t.alone(n)
}

// alone says whether only one call follows n, so that no rating could change where a pass goes.
func (t *Tree) alone(n NodeID) bool {
	live := None
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		if t.is(ch, isDead) {
			continue
		}
		if live != None {
			return false
		}
		live = ch
	}
	return live != None && !t.is(live, isFinish)
}

// narrow says whether n is to be asked for more samples: fewer than k came of outlines, or of those that were asked for
// fewer than half could be used, as where a rollout asked for one.
func (m *mcts) narrow(t *Tree, n NodeID) bool {
	nd, k := t.at(n), m.width(t, n)
	switch {
	case nd.flags&isAgain != 0:
		return true
	case nd.told == 0:
		return int(nd.samples) < k
	}
	return 2*int(nd.samples) < k && (nd.flags&isBarren == 0 || int(nd.told) <= m.retries)
}

func (m *mcts) width(t *Tree, n NodeID) int {
	if n == t.focus {
		return m.first
	}
	return m.samples
}

func (m *mcts) missing(t *Tree, n NodeID) int {
	if t.is(n, isAgain) {
		return m.width(t, n)
	}
	return max(1, m.width(t, n)-int(t.at(n).samples))
}

// favourite is the step below n that a rollout follows: the best by its first value that is not closed.
func (m *mcts) favourite(t *Tree, n NodeID) NodeID {
	best := None
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		if !t.is(ch, isDead) && !t.closed(ch) && (best == None || m.prior(t, ch) > m.prior(t, best)) {
			best = ch
		}
	}
	return best
}

// prior is what a step is worth before a pass went through it: lambda of its rating and the rest of its share of votes.
func (m *mcts) prior(t *Tree, n NodeID) float64 {
	v, ok := t.Value(n)
	if !ok {
		return t.share(n)
	}
	return m.lambda*v + (1-m.lambda)*t.share(n)
}

// rating is what a place is worth where there are no rollouts: its value, or the best of what follows it where it has none.
func (m *mcts) rating(t *Tree, n NodeID) float64 {
	if v, ok := t.Value(n); ok {
		return v
	}
	best := 0.0
	for ch := t.at(n).first; ch != None; ch = t.at(ch).next {
		if !t.is(ch, isDead) {
			best = max(best, m.prior(t, ch))
		}
	}
	return best
}

// reward is what a finished plan is worth, in [0,1]: the judge's score; 1 for one that was accepted without a score, and, where
// nobody judged, its rating or the mean share of votes of its steps.
func (t *Tree) reward(n NodeID) float64 {
	nd := t.at(n)
	switch {
	case nd.score > 0 || nd.verdict == Rejected:
		return nd.score
	case nd.verdict == Accepted:
		return 1
	case nd.flags&isRated != 0:
		return nd.value
	}
	total := 0.0
	for x := n; x != Root; x = t.at(x).parent {
		total += t.share(x)
	}
	return total / float64(max(nd.depth, 1))
}

// fail ends the passes below a call that failed: it was worth nothing.
func (m *mcts) fail(t *Tree, failed NodeID) {
	for i := 0; i < len(m.passes); i++ {
		if t.below(m.passes[i].at, failed) {
			m.passes[i].at = failed
			m.end(t, i, 0)
			i--
		}
	}
	m.close(t, t.at(failed).parent)
	if place := t.at(failed).parent; m.reflects && !t.is(place, isDead) && t.below(place, t.focus) {
		m.owed = append(m.owed, place)
	}
}

// end adds what a pass brought to the nodes on its way.
func (m *mcts) end(t *Tree, i int, r float64) {
	at := m.passes[i].at
	m.passes = append(m.passes[:i], m.passes[i+1:]...)
	m.done++
	m.backup(t, at, r)
	if nd := t.at(at); m.reflects && nd.flags&isFinish != 0 && nd.verdict == Rejected {
		m.owed = append(m.owed, at)
	}
	m.close(t, at)
}

func (m *mcts) backup(t *Tree, at NodeID, r float64) {
	if m.signed {
		r = 2*r - 1
	}
	total, steps := 0.0, 0
	for n := at; ; n = t.at(n).parent {
		brought := r
		if m.edges {
			brought = m.cumulated(t, n, at, r, &total, &steps)
		}
		s := t.stat(n)
		if s.visits == 0 || brought > s.high {
			s.high = brought
		}
		s.visits++
		s.sum += brought
		if n == t.focus || n == Root {
			return
		}
	}
}

// cumulated is RAP's CUM over the rewards from n's step to the end of the pass: the fast reward of each, and at the end goal
// times what the plan is worth.
func (m *mcts) cumulated(t *Tree, n, at NodeID, r float64, total *float64, steps *int) float64 {
	if n == at {
		*total += goal * r
	}
	if n != t.focus && n != Root {
		*total += t.share(n)
		*steps++
	}
	if m.add {
		return *total
	}
	return *total / float64(max(*steps, 1))
}

// quality is CALC of what passes through n brought.
func (m *mcts) quality(t *Tree, n NodeID) float64 {
	s := t.stat(n)
	if m.takeMax || s.visits == 0 {
		return s.high
	}
	return s.sum / float64(s.visits)
}
