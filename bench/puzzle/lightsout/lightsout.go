// Package lightsout is Lights Out on n x n lamps, up to 8 x 8: pressing a lamp switches it and its neighbours above,
// below, left and right; all lamps are to be off. Presses cost one each, commute and undo themselves, so that k
// presses stand for k! paths to one state: a test of closed lists. The least number of presses is a matter of
// linear algebra over the field of two elements, which gives exact distances at every size.
package lightsout

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// State is the lamps that are on: bit row*n+column.
type State uint64

// Puzzle is the domain for one size; it implements [search.Domain].
type Puzzle struct {
	n      int
	press  []State // what each action switches
	solves []row   // reduced rows: what a sum over lamps says of a press
	quiet  []State // sums of presses that switch nothing, the empty one included
}

// row says: the parity of the lit lamps among lamps is the press pivot; with pivot below 0 it must be even.
type row struct {
	lamps State
	pivot int
}

// New returns the puzzle with n x n lamps, n from 2 to 8.
func New(n int) (*Puzzle, error) {
	if n < 2 || n > 8 {
		return nil, fmt.Errorf("lightsout: n: %d is outside [2,8]", n)
	}
	p := &Puzzle{n: n}
	for i := range n * n {
		p.press = append(p.press, cross(n, i/n, i%n))
	}
	p.reduce()
	return p, nil
}

func cross(n, y, x int) (s State) {
	for _, d := range [][2]int{{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
		if y, x := y+d[0], x+d[1]; y >= 0 && y < n && x >= 0 && x < n {
			s |= 1 << (y*n + x)
		}
	}
	return s
}

// reduce solves lamps = sum of presses by elimination, once for all states: lamp i is switched by the presses of
// press[i], since the relation is symmetric.
func (p *Puzzle) reduce() {
	m := len(p.press)
	left, right := make([]State, m), make([]State, m)
	for i := range m {
		left[i], right[i] = p.press[i], 1<<i
	}
	var pivots []int
	for col := range m {
		if eliminate(left, right, len(pivots), col) {
			pivots = append(pivots, col)
		}
	}
	for i, lamps := range right {
		pivot := -1
		if i < len(pivots) {
			pivot = pivots[i]
		}
		p.solves = append(p.solves, row{lamps, pivot})
	}
	p.quiet = []State{0}
	for col := range m {
		if !slices.Contains(pivots, col) {
			p.quiet = doubled(p.quiet, p.free(left, col))
		}
	}
}

// eliminate brings a row that holds the press col to place at and takes col out of all others; false where none is left.
func eliminate(left, right []State, at, col int) bool {
	from := at
	for from < len(left) && left[from]>>col&1 == 0 {
		from++
	}
	if from == len(left) {
		return false
	}
	left[at], left[from] = left[from], left[at]
	right[at], right[from] = right[from], right[at]
	for i := range left {
		if i != at && left[i]>>col&1 == 1 {
			left[i], right[i] = left[i]^left[at], right[i]^right[at]
		}
	}
	return true
}

// free is the sum of presses that switches nothing and holds, of those that nothing decides, the press col alone.
func (p *Puzzle) free(left []State, col int) State {
	s := State(1) << col
	for i, r := range p.solves {
		if r.pivot >= 0 && left[i]>>col&1 == 1 {
			s |= 1 << r.pivot
		}
	}
	return s
}

func doubled(sums []State, by State) []State {
	for _, s := range sums {
		sums = append(sums, s^by)
	}
	return sums
}

// presses returns the sum of presses that puts s out, one of those there are; ok is false where none does.
func (p *Puzzle) presses(s State) (x State, ok bool) {
	for _, r := range p.solves {
		switch odd := bits.OnesCount64(uint64(r.lamps&s))&1 == 1; {
		case odd && r.pivot < 0:
			return 0, false
		case odd:
			x |= 1 << r.pivot
		}
	}
	return x, true
}

// Actions implements [search.Domain]: action row*n+column presses that lamp.
func (p *Puzzle) Actions() int { return len(p.press) }

// Next implements [search.Domain].
func (p *Puzzle) Next(s State, a int) (State, float64, bool) { return s ^ p.press[a], 1, true }

// Goal implements [search.Domain].
func (p *Puzzle) Goal(s State) bool { return s == 0 }

// Scrambled returns the lamps after k different presses, 0 <= k <= Actions; the distance is at most k.
func (p *Puzzle) Scrambled(rng *rand.Rand, k int) (s State) {
	for _, a := range rng.Perm(len(p.press))[:k] {
		s ^= p.press[a]
	}
	return s
}

// Distance is the least number of presses that put s out, +Inf where none do.
func (p *Puzzle) Distance(s State) float64 {
	x, ok := p.presses(s)
	if !ok {
		return math.Inf(1)
	}
	least := len(p.press)
	for _, q := range p.quiet {
		least = min(least, bits.OnesCount64(uint64(x^q)))
	}
	return float64(least)
}
