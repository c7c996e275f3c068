package search

// Step is the cost of the step that led to n, >= 0; 0 for the root.
func (t *Tree) Step(n NodeID) float64 { return t.at(n).step }

// G is the cost of the path to n: the sum of its steps.
func (t *Tree) G(n NodeID) float64 { return t.at(n).g }

// H is the estimated cost from n to the end of its plan, as last computed.
func (t *Tree) H(n NodeID) float64 { return t.at(n).h }

// Charge is what is added to a finished plan: the charge for finishing early and the odds of the judge's verdict,
// which may be below zero. It is 0 for all other nodes.
func (t *Tree) Charge(n NodeID) float64 { return t.at(n).charge }

// F is what the frontier is ordered by: G + H + Charge.
func (t *Tree) F(n NodeID) float64 {
	nd := t.at(n)
	return nd.g + nd.h + nd.charge
}

// Votes is the number of samples that proposed n at its place.
func (t *Tree) Votes(n NodeID) int { return int(t.at(n).votes) }

// Samples is the number of samples that said what follows n. Votes of a child out of Samples of its parent is the
// self-consistency frequency.
func (t *Tree) Samples(n NodeID) int { return int(t.at(n).samples) }

// Remaining is the mean number of calls that the samples expect to follow n; < 0 when none said.
func (t *Tree) Remaining(n NodeID) float64 { return t.at(n).remaining }

// Prior is how likely memory holds n to be the next step, in [0,1]; < 0 without memory.
func (t *Tree) Prior(n NodeID) float64 { return t.at(n).prior }

// Score is the judge's score of the finished plan n, in [0,1]; 0 before it was judged.
func (t *Tree) Score(n NodeID) float64 { return t.at(n).score }

// PartNames are the names given to [NewTree]. The caller must not change them.
func (t *Tree) PartNames() []string { return t.names }

// Part is the i-th cost component of n, in [0,1], in the order of [Tree.PartNames].
func (t *Tree) Part(n NodeID, i int) float64 { return t.parts[n/chunk][int(n%chunk)*len(t.names)+i] }
