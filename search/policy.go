package search

// policy is the options as the core reads them.
type policy struct {
	samples, maxDepth, maxExpansions int
	support, margin, enough          int // m, mg and mmax
	reopenMax, retries               int
	gate                             float64
	patience                         int  // requests that outlines may be behind a walk
	lifted                           bool // the gate does not hold any more
	walk                             bool // follow the leader only
	outline                          bool // imagined calls are nodes
	auto                             bool // give outlines up when they stop paying
	adaptive                         bool
	first                            bool // a rejected plan is not taken while anything is left
	commutes                         func(a, b ActionID) bool
	merges                           bool    // nodes that hold the same calls in another order are kept once
	weight                           float64 // of what comes before a step, in its place in the frontier
	batch                            int     // edges that may be worked on at a time; 0: no limit
	closed                           bool    // don't search a state twice
}

func newPolicy(name string, o *Options) policy {
	p := policy{
		samples: or(o.Samples, 5), maxDepth: or(o.MaxDepth, 24), maxExpansions: o.MaxExpansions,
		gate: o.Gate, first: o.FirstAccepted, adaptive: o.Adaptive, commutes: o.Commutes, retries: or(o.Retries, 3),
		merges: o.Commutes != nil, walk: name == Greedy || name == Vote, weight: 1,
	}
	if name == QStar {
		p.qstar(&o.Q)
	}
	if name == Greedy {
		p.samples = 1
	}
	if name == AStar {
		p.auto = o.preset() == Auto
		p.outline = p.auto || o.preset() == Outline
	}
	p.support = or(o.MinSupport, (p.samples+1)/2)
	p.margin, p.patience = or(o.Margin, 3), or(o.Patience, patience(p.samples))
	p.enough = max(or(o.MaxSupport, 25), p.samples)
	p.reopenMax = o.ReopenMax
	if name == AStar {
		p.reopenMax = or(o.ReopenMax, 40)
	}
	if p.auto && o.Gate == 0 {
		p.gate = 0.8
	}
	return p
}

// patience is by how many requests outlines may be behind a walk: few samples need more requests to settle a place.
// Both numbers were measured.
func patience(samples int) int {
	if samples < 10 {
		return 12
	}
	return 4
}

func or(v, def int) int {
	if v == 0 {
		return def
	}
	return v
}

// wants says whether the node needs a request of its own before its children count.
func (p *policy) wants(t *Tree, n NodeID) bool {
	nd := t.at(n)
	switch {
	case nd.flags&isAgain != 0:
		return true
	case nd.flags&isBarren != 0:
		return false
	case p.walk && leader(t, n) == None:
		return int(nd.told) <= p.retries
	case p.outline:
		return !p.supported(t, n)
	case p.adaptive && nd.told == 1:
		first, second := leadingVotes(t, n)
		return int(nd.samples) < p.samples && first-second < 2
	}
	return nd.told == 0 && !p.supported(t, n)
}

// supported is the rule of cost-findings section 7, B: enough samples that agree, or so many that more won't help.
func (p *policy) supported(t *Tree, n NodeID) bool {
	k := int(t.at(n).samples)
	if k < p.support || k == 0 {
		return false
	}
	if p.samples == 1 || k >= p.enough {
		return true
	}
	first, second := leadingVotes(t, n)
	return first-second >= p.margin
}

// admits says whether the child c of an expanded node counts: all do, unless the leader alone does. Where only outlines
// were heard, it does: what else they hold comes from few samples, and counts once the place itself was asked.
func (p *policy) admits(t *Tree, n, c NodeID) bool {
	if p.walk || p.clear(t, n) || p.outline && t.at(n).told == 0 {
		return leader(t, n) == c
	}
	return true
}

// clear is the clear-vote gate.
func (p *policy) clear(t *Tree, n NodeID) bool {
	if p.gate <= 0 || p.lifted {
		return false
	}
	first, second := leadingVotes(t, n)
	return first > 0 && float64(first-second) >= p.gate*float64(t.at(n).samples)
}

// ask returns how many samples to ask for at n.
func (p *policy) ask(t *Tree, n NodeID) int {
	if p.adaptive {
		if t.at(n).told == 0 {
			return min(2, p.samples)
		}
		return min(3, p.samples)
	}
	return p.samples
}

// reopens says whether an expanded node may be asked again for what was not sampled yet.
func (p *policy) reopens(t *Tree, n NodeID) bool {
	nd := t.at(n)
	return !p.walk && nd.flags&isBarren == 0 && int(nd.samples) < p.reopenMax
}

// leader is the child of n with the most votes among those not dropped, the first proposed where several have them;
// [None] when there is none.
func leader(t *Tree, n NodeID) NodeID {
	best := None
	for c := t.at(n).first; c != None; c = t.at(c).next {
		if !t.is(c, isDead) && (best == None || t.at(c).votes > t.at(best).votes) {
			best = c
		}
	}
	return best
}

// leadingVotes returns the two highest counts among the children of n that are not dropped.
func leadingVotes(t *Tree, n NodeID) (first, second int) {
	for c := t.at(n).first; c != None; c = t.at(c).next {
		if t.is(c, isDead) {
			continue
		}
		switch v := int(t.at(c).votes); {
		case v > first:
			first, second = v, first
		case v > second:
			second = v
		}
	}
	return first, second
}
