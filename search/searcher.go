package search

import "slices"

// course is what differs between the strategies that are not best-first. Everything it decides follows from what was
// told, so that a course told the same again decides the same; what is pending only keeps it from asking twice.
type course interface {
	// told is called after an outcome changed the tree. places are the nodes of an Expand outcome's candidates, None for
	// those that did not count; nil where the outcome said that a call failed.
	told(t *Tree, r Request, o *Outcome, places []NodeID)
	// next returns what to work on now, the most urgent first, at most limit requests unless that is inconvenient. It may
	// hold what is pending already.
	next(t *Tree, limit int) []Request
	// answer returns the plan that ends the search.
	answer(t *Tree) (NodeID, bool)
	// best returns the best plan when there is no answer, as [Strategy.Best] does.
	best(t *Tree) (NodeID, bool)
	// ahead is how many of limit places it pays to fill with what next returns while something is under way already: all
	// where that will be asked whatever comes of what is under way, none where that is not likely.
	ahead(limit int) int
	needs() Needs
}

// searcher asks and tells for a [course]: the bookkeeping that all of them share, on the growing half of the core.
type searcher struct {
	core
	by         course
	asks, next []Request
	list       []Request // what the course wanted since the last outcome
	listed     int       // for which limit
}

func newSearcher(p policy, s Scorer, c course) *searcher {
	return &searcher{core: core{policy: p, scorer: s, bestFirst: newBestFirst()}, by: c}
}

// Needs implements [Needy].
func (s *searcher) Needs() Needs { return s.by.needs() }

// Ask implements [Strategy]. The slice is the strategy's and holds until the next Ask.
func (s *searcher) Ask(t *Tree, limit int) []Request {
	s.begin(t)
	s.asks = s.wanted(t, limit, s.asks[:0])
	for _, r := range s.asks {
		t.set(r.Node, isPending)
		s.pending = append(s.pending, r.Node)
	}
	return s.asks
}

// Ahead implements [Ahead]. The slice is the strategy's and holds until the next call.
func (s *searcher) Ahead(t *Tree, limit int) []Request {
	s.begin(t)
	if len(s.pending) > 0 {
		limit = s.by.ahead(limit)
	}
	s.next = s.wanted(t, limit, s.next[:0])
	return s.next
}

// wanted appends up to limit requests that are not pending to dst.
func (s *searcher) wanted(t *Tree, limit int, dst []Request) []Request {
	if _, ok := s.by.answer(t); ok || limit <= 0 || t.is(t.focus, isDead) {
		return dst
	}
	room := s.allowed(t, limit)
	if n := limit + len(s.pending); n > s.listed {
		s.list, s.listed = s.by.next(t, n), n
	}
	for i, r := range s.list {
		switch {
		case len(dst) == limit:
			return dst
		case t.is(r.Node, isPending) && s.underWay(i):
			continue
		case r.Kind == Expand && room <= 0:
			continue
		case r.Kind == Expand:
			room--
		}
		dst = append(dst, r)
	}
	return dst
}

// underWay says whether the i-th of the list is pending. Of several requests at a node those that are listed first are.
func (s *searcher) underWay(i int) bool {
	n, left := s.list[i].Node, 0
	for _, p := range s.pending {
		if p == n {
			left++
		}
	}
	for _, r := range s.list[:i] {
		if r.Node == n {
			left--
		}
	}
	return left > 0
}

// Tell implements [Strategy]. Outcomes of requests that are not known to the tree, or were told before, are ignored.
func (s *searcher) Tell(t *Tree, r Request, o Outcome) {
	if !t.has(r.Node) || !t.due(r) {
		return
	}
	s.begin(t)
	s.core.told, s.listed = o, 0
	if r.Kind == Focus && r.Node == t.focus { // how an engine notes what it saw
		t.focuses++
		return
	}
	before, spent, told, dead := t.Len(), t.nextID(r.Kind, r.Node), t.at(r.Node).told, t.is(r.Node, isDead)
	ok := s.record(t, r, &s.core.told)
	if ok && (r.Kind == Commit || r.Kind == Focus) {
		s.reach(t, 0)
	} else {
		s.reach(t, NodeID(before))
	}
	var places []NodeID
	if ok && r.Kind == Expand {
		places = s.places
	}
	if ok || spent != t.nextID(r.Kind, r.Node) || told != t.at(r.Node).told || dead != t.is(r.Node, isDead) {
		s.by.told(t, r, &s.core.told, places)
	}
}

// record puts an outcome into the tree; false when nothing came of it.
func (s *searcher) record(t *Tree, r Request, o *Outcome) bool {
	switch r.Kind {
	case Expand:
		first, attempt, told := t.untold(r.Node, 0), t.attempt(r), t.at(r.Node).told
		ok := s.expand(t, r.Node, o)
		if told != t.at(r.Node).told {
			t.mark(r.Node, attempt, first)
		}
		return ok
	case Judge:
		return s.judge(t, r.Node, o)
	case Commit:
		return s.commit(t, r.Node, o)
	case Focus:
		t.focuses++
		t.focus = r.Node
		return true
	case Evaluate, Reflect:
		return s.observe(t, r, o)
	}
	return false
}

func (s *searcher) begin(t *Tree) {
	if s.tree == nil {
		s.tree = t
		s.reach(t, 0)
	}
}

// reach marks the nodes from the given one on that are below the focus and count.
func (s *searcher) reach(t *Tree, from NodeID) {
	for n := from; t.has(n); n++ {
		p := t.at(n).parent
		if !t.is(n, isDead) && (n == t.focus || p != None && t.is(p, isReached) && n > t.focus) {
			t.set(n, isReached)
		} else {
			t.unset(n, isReached)
		}
	}
}

// Done implements [Strategy].
func (s *searcher) Done(t *Tree) bool {
	s.begin(t)
	if _, ok := s.by.answer(t); ok || t.is(t.focus, isDead) {
		return true
	}
	return !slices.ContainsFunc(s.pending, func(n NodeID) bool { return t.is(n, isReached) }) && len(s.wanted(t, 1, nil)) == 0
}

// Best implements [Strategy].
func (s *searcher) Best(t *Tree) (NodeID, bool) {
	s.begin(t)
	if n, ok := s.by.answer(t); ok {
		return n, true
	}
	if t.is(t.focus, isDead) {
		return None, false
	}
	return s.by.best(t)
}

// accepted returns the first plan that the judge accepted.
func (t *Tree) accepted() (NodeID, bool) {
	for _, n := range t.finishes {
		if t.at(n).verdict == Accepted && !t.is(n, isDead) && t.below(n, t.focus) {
			return n, true
		}
	}
	return None, false
}

// bestPlan returns the best finished plan: one that was accepted before one that was not judged before one that was rejected;
// of equal ones the judge's score decides unless worth alone is to, then worth, then which came up first.
func (t *Tree) bestPlan(alone bool, worth func(n NodeID) float64) (NodeID, bool) {
	best := None
	for _, n := range t.plans() {
		if best == None || t.beats(n, best, alone, worth) {
			best = n
		}
	}
	return best, best != None
}

func (t *Tree) beats(a, b NodeID, alone bool, worth func(n NodeID) float64) bool {
	x, y := t.at(a), t.at(b)
	switch {
	case x.verdict != y.verdict:
		return rank(x.verdict) > rank(y.verdict)
	case x.score != y.score && !alone:
		return x.score > y.score
	}
	return worth(a) > worth(b)
}

func rank(v Verdict) int { return [...]int{Unjudged: 1, Accepted: 2, Rejected: 0}[v%3] }

// moves says whether an outcome put the search at another place, or changed the place where it is.
func moves(r Request, o *Outcome) bool {
	return r.Kind == Focus || r.Kind == Commit && (o.Changed || o.Failed != None)
}
