// Package pancake is the pancake puzzle: a stack of n pancakes of different sizes is to be sorted, the smallest on top,
// by turning over the topmost k of them, 2 <= k <= n, at a cost of one each. Its action set grows with the stack, to
// 39 actions, and its gap heuristic is nearly exact and never too high, which makes it a test of optimality at a
// size where no table of all states exists.
package pancake

import (
	"fmt"
	"math/rand/v2"
)

// Max is the greatest stack.
const Max = 40

// State is a stack: sizes 1 to n from the top down, then zeros.
type State [Max]uint8

// Puzzle is the domain for stacks of one height; it implements [search.Domain].
type Puzzle struct{ n int }

// New returns the puzzle with n pancakes, 2 to [Max].
func New(n int) (*Puzzle, error) {
	if n < 2 || n > Max {
		return nil, fmt.Errorf("pancake: n: %d is outside [2,%d]", n, Max)
	}
	return &Puzzle{n}, nil
}

// Actions implements [search.Domain]: action a turns over the topmost a+2.
func (p *Puzzle) Actions() int { return p.n - 1 }

// Next implements [search.Domain].
func (p *Puzzle) Next(s State, a int) (State, float64, bool) {
	for i, j := 0, a+1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
	return s, 1, true
}

// Goal implements [search.Domain].
func (p *Puzzle) Goal(s State) bool { return s == p.Sorted() }

// Sorted is the goal.
func (p *Puzzle) Sorted() (s State) {
	for i := range p.n {
		s[i] = uint8(i + 1)
	}
	return s
}

// Shuffled returns a stack in any order.
func (p *Puzzle) Shuffled(rng *rand.Rand) State {
	s := p.Sorted()
	rng.Shuffle(p.n, func(i, j int) { s[i], s[j] = s[j], s[i] })
	return s
}

// below is what lies under place i: the plate counts as the pancake after the largest.
func (p *Puzzle) below(s *State, i int) uint8 {
	if i+1 == p.n {
		return uint8(p.n + 1)
	}
	return s[i+1]
}

// apart is 1 where two that touch are not neighbours in size.
func apart(a, b uint8) int {
	if d := int(a) - int(b); d > 1 || d < -1 {
		return 1
	}
	return 0
}

func (p *Puzzle) gaps(s *State) int {
	n := 0
	for i := range p.n {
		n += apart(s[i], p.below(s, i))
	}
	return n
}

// H is the gap heuristic (Helmert 2010): how many pancakes lie on one that is no neighbour in size, the plate included. A
// turn closes one gap at most, so it is admissible and consistent.
func (p *Puzzle) H(states []State, h []float64) {
	for i := range states {
		h[i] = float64(p.gaps(&states[i]))
	}
}

// Q is 1 plus the gaps behind each turn, from one look at the stack: turning over k changes only what touches below the
// k-th.
func (p *Puzzle) Q(states []State, q []float64) {
	for i := range states {
		s := &states[i]
		gaps := p.gaps(s)
		row := q[i*p.Actions() : (i+1)*p.Actions()]
		for a := range row {
			under := p.below(s, a+1)
			row[a] = float64(1 + gaps - apart(s[a+1], under) + apart(s[0], under))
		}
	}
}
