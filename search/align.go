package search

import (
	"cmp"
	"slices"
)

// Samples that hold the same calls in another order vote for one another (cost-findings section 9, item 5: order noise
// splits the votes, and two orders of the right calls look like doubt). Before an outcome goes into the tree its samples
// are brought into one order, as far as calls commute: as traces of Mazurkiewicz they stay what they were. At each place
// the step is taken that most samples could take next, those counted that are in the tree already; the samples that could
// take it do, each with its one vote, and the others choose among themselves by the same rule. So no sample votes twice,
// what is agreed on comes first, and what is in doubt is decided where the samples really differ. Strategies that walk or
// make passes count the samples of the request only: each of their ways is to be an opinion of its own.
//
// The choice goes by counts and action ids alone. Who proposed what in which order makes no difference, and a tree that is
// rebuilt is aligned the same. Off unless [Options.Commutes] is set.

// strand is what equal samples say: a way from the top of an outcome's forest to where they end.
type strand struct {
	steps  []int32 // candidates, in the samples' own order
	order  []order // of the steps
	made   int     // up to where the samples ask for calls, and do not only imagine them
	votes  int32
	length float64 // calls in all, as the samples expect; < 0 where they don't say
	at     int     // how many steps have their place
	now    int     // the step that got one last
	own    bool    // these are where the samples themselves have them
}

// order is what a step of a strand waits for.
type order struct {
	placed bool
	waits  int   // for so many steps before it
	blocks []int // these steps wait for it
}

// aligner brings the samples of one outcome into one order.
type aligner struct {
	commutes func(a, b ActionID) bool
	t        *Tree
	in, out  []Candidate
	fresh    bool // samples of one request don't follow those of others
	free     bool // some sample has a choice
}

// align returns the candidates of an outcome at n with their samples in one order; the same ones where nothing can change
// places.
func (c *core) align(t *Tree, n NodeID, o *Outcome) []Candidate {
	if c.commutes == nil || len(o.Candidates) < 2 {
		return o.Candidates
	}
	a := aligner{commutes: c.commutes, t: t, in: o.Candidates, fresh: !c.merges}
	strands := a.unravel()
	if t.Len() == 1 && len(strands) == 1 && strands[0].made == len(strands[0].steps) { // a plan that is given stays as it is
		return o.Candidates
	}
	a.place(n, -1, strands)
	if !a.free {
		return o.Candidates
	}
	return a.out
}

// unravel takes a forest apart into its samples; none where the forest is not sound.
func (a *aligner) unravel() []*strand {
	ends, rest := make([]float64, len(a.in)), make([]float64, len(a.in)) // of the samples that end there: how many, and their remaining calls
	for i := range a.in {
		c := &a.in[i]
		if int(c.Parent) >= i || c.Parent >= 0 && a.in[c.Parent].Finish {
			return nil
		}
		votes, left := float64(max(c.Votes, 1)), max(0, min(c.Remaining, longest))
		ends[i] += votes
		rest[i] += votes * left
		if c.Parent >= 0 {
			ends[c.Parent] -= votes
			if !c.Finish {
				rest[c.Parent] -= votes * (left + 1)
			}
		}
	}
	var out []*strand
	for i, votes := range ends {
		if votes > 0 {
			out = append(out, a.strand(int32(i), int32(votes), max(0, rest[i]/votes)))
		}
	}
	return out
}

// strand is the way to a candidate at which samples end that expect so many calls more.
func (a *aligner) strand(end, votes int32, rest float64) *strand {
	s := &strand{votes: votes, length: -1, own: true}
	for i := end; i >= 0; i = a.in[i].Parent {
		s.steps = append(s.steps, i)
	}
	slices.Reverse(s.steps)
	for i, x := range s.steps {
		if !a.in[x].Imagined {
			s.made = i + 1
		}
	}
	switch last := &a.in[end]; {
	case last.Finish:
		s.length = float64(len(s.steps) - 1)
	case last.Remaining >= 0:
		s.length = float64(len(s.steps)) + rest
	}
	s.order = a.ordered(s.steps)
	return s
}

// ordered says which steps of a sample wait for which: a step for those before it that it does not commute with. A call
// that does not commute with itself counts the steps before it, so all of them stay where they are.
func (a *aligner) ordered(steps []int32) []order {
	out, fixed, last := make([]order, len(steps)), make([]bool, len(steps)), -1
	for i, x := range steps {
		c := &a.in[x]
		fixed[i] = c.Finish || !a.commutes(c.Action, c.Action)
		if fixed[i] && !c.Finish {
			last = i
		}
	}
	for i, y := range steps {
		for j, x := range steps[:i] {
			if i <= last || fixed[i] || fixed[j] || !a.commutes(a.in[x].Action, a.in[y].Action) {
				out[i].waits++
				out[j].blocks = append(out[j].blocks, i)
			}
		}
	}
	return out
}

// next returns the steps that a sample could take now, those of one kind once.
func (a *aligner) next(s *strand) []int {
	var out []int
	for i, o := range s.order {
		if !o.placed && o.waits == 0 && !slices.ContainsFunc(out, func(j int) bool { return a.key(s, j) == a.key(s, i) }) {
			out = append(out, i)
		}
	}
	return out
}

func (a *aligner) key(s *strand, i int) childKey {
	c := &a.in[s.steps[i]]
	return childKey{c.Action, c.Finish}
}

// take gives the i-th step of a sample the next place.
func (s *strand) take(i int) {
	s.order[i].placed = true
	for _, j := range s.order[i].blocks {
		s.order[j].waits--
	}
	s.own = s.own && i == s.at
	s.now = i
	s.at++
}

// place puts the samples below n, the node that the candidate parent is, or [None] where that is not in the tree yet.
func (a *aligner) place(n NodeID, parent int32, strands []*strand) {
	open := make([][]int, len(strands)) // what each could take, nil once it has
	left := 0
	for i, s := range strands {
		if open[i] = a.next(s); open[i] != nil {
			left++
			a.free = a.free || len(open[i]) > 1
		}
	}
	for left > 0 {
		best := a.choose(n, strands, open)
		var takers []*strand
		for i, s := range strands {
			if j := slices.IndexFunc(open[i], func(j int) bool { return a.key(s, j) == best.key }); j >= 0 {
				s.take(open[i][j])
				takers = append(takers, s)
				open[i] = nil
				left--
			}
		}
		a.place(best.node, a.emit(parent, takers), takers)
	}
}

// option is a step that samples could take at a place.
type option struct {
	key   childKey
	node  NodeID // that it is in the tree already, or None
	votes int64
	dead  bool
}

// choose returns the step that most samples could take. What was dropped comes last; of equal ones the lower id comes
// first, calls before final answers.
func (a *aligner) choose(n NodeID, strands []*strand, open [][]int) option {
	var all []option
	for i, s := range strands {
		for _, j := range open[i] {
			k := a.key(s, j)
			at := slices.IndexFunc(all, func(o option) bool { return o.key == k })
			if at < 0 {
				at = len(all)
				all = append(all, a.option(n, k))
			}
			all[at].votes += int64(s.votes)
		}
	}
	return slices.MinFunc(all, func(x, y option) int {
		return cmp.Or(falseFirst(x.dead, y.dead), cmp.Compare(y.votes, x.votes),
			falseFirst(x.key.finish, y.key.finish), cmp.Compare(x.key.action, y.key.action))
	})
}

func falseFirst(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

// option is what the tree knows of a step below n.
func (a *aligner) option(n NodeID, k childKey) option {
	o := option{key: k, node: None}
	if n == None {
		return o
	}
	if o.node = a.t.child(n, &Candidate{Action: k.action, Finish: k.finish}); o.node != None {
		nd := a.t.at(o.node)
		o.dead = nd.flags&isDead != 0 && nd.why != AboveDropped // what n is dropped for says nothing of it
		if !a.fresh {
			o.votes = int64(nd.votes)
		}
	}
	return o
}

// emit adds the candidate that is the step which the samples just took, and returns its index. Its prior and parts are
// those of a sample that has the step there itself, where there is one: they are read at the place of a step.
func (a *aligner) emit(parent int32, takers []*strand) int32 {
	c := Candidate{Parent: parent, Imagined: true, Remaining: -1}
	rest, known, own := 0.0, 0.0, false
	for i, s := range takers {
		x := &a.in[s.steps[s.now]]
		if i == 0 || s.own && !own {
			c.Action, c.Finish, c.Prior, c.Parts, own = x.Action, x.Finish, x.Prior, x.Parts, s.own
		}
		c.Votes = sum(c.Votes, s.votes)
		c.Imagined = c.Imagined && s.at > s.made
		if s.length >= 0 {
			rest += max(0, s.length-float64(s.at)) * float64(s.votes)
			known += float64(s.votes)
		}
	}
	if known > 0 {
		c.Remaining = rest / known
	}
	a.out = append(a.out, c)
	return int32(len(a.out) - 1)
}
