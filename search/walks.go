package search

// walks are ways from the focus to a final answer, one request a step, of which only what its samples say most often is
// followed. Several may be under way at once: what is told at a node belongs to the first of those that stand there, and
// begins a new one at the focus when none does. So who asked does not matter, and a rebuilt tree has the same walks.
type walks struct {
	most    int  // how many may begin
	samples int  // a step
	retries int  // how often a walk asks again at a place where a call failed or nothing usable came
	strict  bool // a call that fails ends its walk
	unheard bool // a walk ends at its final answer without the judge
	live    []walk
	begun   int
	ended   []end
}

type walk struct {
	at    NodeID
	tries int    // at the place where it was stopped last
	stuck NodeID // that place
}

// end is where a walk ended: at a final answer, or, when it got stuck, at the last place that was good.
type end struct {
	at    NodeID
	votes int32 // how many samples led there
}

// restart forgets all walks: the search goes on from another place.
func (w *walks) restart() { w.live, w.ended, w.begun = w.live[:0], w.ended[:0], 0 }

// told moves the walks that an outcome concerns and returns how many ended.
func (w *walks) told(t *Tree, r Request, o *Outcome, places []NodeID) int {
	before := len(w.ended)
	switch {
	case moves(r, o):
		w.restart()
		return 0
	case t.isFailure(r, o):
		if r.Kind == Expand {
			w.standing(t, r.Node)
		}
		w.fail(t, o.Failed)
	case r.Kind == Expand:
		if i := w.standing(t, r.Node); i >= 0 {
			w.move(t, i, o, places)
		}
	case r.Kind == Judge:
		for i := 0; i < len(w.live); i++ {
			if w.live[i].at == r.Node {
				w.end(i, 1)
				i--
			}
		}
	}
	return len(w.ended) - before
}

// isFailure says that an outcome dropped a call on the way to its node.
func (t *Tree) isFailure(r Request, o *Outcome) bool {
	return t.has(o.Failed) && o.Failed != Root && r.Kind != Commit && r.Kind != Focus && t.below(r.Node, o.Failed)
}

// standing returns the first walk that stands at n; one begins there if n is the focus. -1: none.
func (w *walks) standing(t *Tree, n NodeID) int {
	for i := range w.live {
		if w.live[i].at == n {
			return i
		}
	}
	if n != t.focus || w.begun >= w.most {
		return -1
	}
	w.begun++
	w.live = append(w.live, walk{at: n, stuck: None})
	return len(w.live) - 1
}

func (w *walks) move(t *Tree, i int, o *Outcome, places []NodeID) {
	at, votes := t.lead(w.live[i].at, o, places)
	switch {
	case at == w.live[i].at:
		w.stop(i, at)
	case t.is(at, isFinish) && (w.unheard || t.is(at, isJudged)):
		w.live[i].at = at
		w.end(i, votes)
	default:
		w.live[i].at = at
	}
}

// lead returns where an outcome leads from n: along the candidates that most samples hold and that did not fail, the first
// proposed of equal ones; and how many samples go all the way. It is n where nothing usable came.
func (t *Tree) lead(n NodeID, o *Outcome, places []NodeID) (at NodeID, votes int32) {
	at, parent := n, -1
	for {
		next := -1
		for i := parent + 1; i < len(places); i++ {
			c := &o.Candidates[i]
			if int(max(c.Parent, -1)) != parent || places[i] == None || t.is(places[i], isDead) {
				continue
			}
			if next < 0 || max(c.Votes, 1) > votes {
				next, votes = i, max(c.Votes, 1)
			}
		}
		if next < 0 {
			return at, votes
		}
		at, parent = places[next], next
	}
}

// fail takes the walks below a call that failed back to the place before it, to ask again.
func (w *walks) fail(t *Tree, failed NodeID) {
	place := t.at(failed).parent
	for i := 0; i < len(w.live); i++ {
		if !t.below(w.live[i].at, failed) {
			continue
		}
		w.live[i].at = place
		if w.strict || t.is(place, isDead) {
			w.end(i, 0)
			i--
		} else if w.stop(i, place) {
			i--
		}
	}
}

// stop counts that the i-th walk was held up at a place; true when that was once too often.
func (w *walks) stop(i int, place NodeID) bool {
	x := &w.live[i]
	if x.stuck != place {
		x.stuck, x.tries = place, 0
	}
	if x.tries++; x.tries <= w.retries {
		return false
	}
	w.end(i, 0)
	return true
}

func (w *walks) end(i int, votes int32) {
	w.ended = append(w.ended, end{w.live[i].at, votes})
	w.live = append(w.live[:i], w.live[i+1:]...)
}

// next returns what the walks need: each its next step or a verdict, and the first steps of up to limit more.
func (w *walks) next(t *Tree, limit int) []Request {
	var dst []Request
	for _, x := range w.live {
		dst = w.need(t, x.at, dst)
	}
	for n := w.begun; n < min(w.most, w.begun+limit); n++ {
		dst = w.need(t, t.focus, dst)
	}
	return dst
}

// need appends what a walk needs at n to dst: of walks at the same place each its own samples, but all the same verdict.
func (w *walks) need(t *Tree, n NodeID, dst []Request) []Request {
	others := 0
	for _, r := range dst {
		if r.Node == n {
			others++
		}
	}
	switch {
	case !t.is(n, isFinish):
		r := t.sample(n, w.samples)
		r.ID = idOf(Expand, t.untold(n, others), n)
		return append(dst, r)
	case others == 0:
		return append(dst, t.Request(Judge, n))
	}
	return dst
}

// sample is the request for k samples of what follows n.
func (t *Tree) sample(n NodeID, k int) Request {
	r := t.Request(Expand, n)
	r.Samples = k
	return r
}

// reached is how many samples of the walks that ended hold the plan n, in whatever order of its calls.
func (w *walks) reached(t *Tree, n NodeID) float64 {
	key, votes := t.multiset(n), 0.0
	for _, e := range w.ended {
		if e.at == n || t.is(e.at, isFinish) && t.multiset(e.at) == key {
			votes += float64(e.votes)
		}
	}
	return votes
}

// furthest is where the first walk stands, or where the last one ended.
func (w *walks) furthest(t *Tree) NodeID {
	switch {
	case len(w.live) > 0:
		return w.live[0].at
	case len(w.ended) > 0 && !t.is(w.ended[len(w.ended)-1].at, isDead):
		return w.ended[len(w.ended)-1].at
	}
	return t.focus
}

// best is the plan that the judge holds best, then the one that most walks found; without any, how far they came.
func (w *walks) best(t *Tree) (NodeID, bool) {
	n, ok := t.bestPlan(false, func(n NodeID) float64 { return w.reached(t, n) })
	if !ok {
		return w.furthest(t), false
	}
	return n, true
}
