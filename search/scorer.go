package search

// Scorer turns votes and cost parts into the numbers that the frontier is ordered by. Package cost has the presets.
//
// It is asked for a whole family at once, because a step's cost depends on the votes of its siblings. It is told
// every expansion, because estimates are scaled by what steps of this run cost so far; these run-wide figures move all
// keys at once. So H and Finish go by the figures as they stood at the last Rekeyed, all keys are comparable at all
// times, and Drift lets the core decide when reading them again pays. A scorer serves one tree: make a fresh one for
// each run. It must be a function of what it was told, so that a tree rebuilt from a journal is equal.
type Scorer interface {
	// Steps puts the step costs (finite, >= 0) of the children of n into dst, in the order of [Tree.Children].
	Steps(t *Tree, n NodeID, dst []float64)
	// Told is called after each expansion of n: the candidates are in the tree and their steps are priced.
	Told(t *Tree, n NodeID, o *Outcome)
	// H is the estimated cost (finite, >= 0) from n to the end of its plan; 0 for finished plans in most presets.
	H(t *Tree, n NodeID) float64
	// Finish is the charge (finite) on the finished plan n.
	Finish(t *Tree, n NodeID) float64
	// Judged is what a verdict adds to the finished plan n, below zero when it speaks for it.
	Judged(t *Tree, n NodeID, v Verdict) float64
	// Reopen is the cost of "none of the sampled" below n, >= 0; ok is false when the preset has no such notion.
	Reopen(t *Tree, n NodeID) (cost float64, ok bool)
	// Drift is by which share the run-wide figures behind H and Finish moved since the last Rekeyed; 0 when they did not.
	Drift() float64
	// Rekeyed makes H and Finish go by the present figures; all keys are read again right after it.
	Rekeyed()
}

// Turner is a [Scorer] with two faces, one for outlines and one for after them; [Options.Preset] auto needs one.
type Turner interface {
	Scorer
	// Turn is called once, when the strategy gives outlines up; every number is read again afterwards.
	Turn()
}

// frequency prices a step by the share of samples that did not propose it, and estimates nothing.
type frequency struct{}

func (frequency) Steps(t *Tree, n NodeID, dst []float64) {
	k := float64(max(t.Samples(n), 1))
	for i, c := 0, t.FirstChild(n); c != None; i, c = i+1, t.NextSibling(c) {
		dst[i] = max(0, 1-float64(t.Votes(c))/k)
	}
}

func (frequency) Told(*Tree, NodeID, *Outcome)         {}
func (frequency) H(*Tree, NodeID) float64              { return 0 }
func (frequency) Finish(*Tree, NodeID) float64         { return 0 }
func (frequency) Reopen(*Tree, NodeID) (float64, bool) { return 0, false }
func (frequency) Drift() float64                       { return 0 }
func (frequency) Rekeyed()                             {}

// Judged puts accepted plans first and rejected ones last: g is below the depth.
func (frequency) Judged(t *Tree, n NodeID, v Verdict) float64 {
	switch v {
	case Accepted:
		return -float64(t.Depth(n))
	case Rejected:
		return 1 << 16
	}
	return 0
}

// noHeuristic is a scorer without estimates and finish charges: what makes best-first search uniform-cost search.
type noHeuristic struct{ Scorer }

func (noHeuristic) H(*Tree, NodeID) float64      { return 0 }
func (noHeuristic) Finish(*Tree, NodeID) float64 { return 0 }
func (noHeuristic) Drift() float64               { return 0 }
