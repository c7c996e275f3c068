// Package rubik is Rubik's cube, 3x3x3 and 2x2x2, in quarter turns that cost one each, with meta-actions: all
// sequences of two and of three turns as actions of their own, at the cost of their turns. That takes the cube from 12
// actions to 12 + 144 = 156 and 156 + 1728 = 1884, the 157-fold action space with 1872 meta-actions of the Q* paper
// (arXiv 2102.04518), without a change to any distance. That the paper's are these sequences, at this cost, is inferred
// from the counts.
//
// Estimates are pattern databases ([Patterns]): exact distances of a few cubies, by walking all their places once.
package rubik

import (
	"fmt"
	"math/rand/v2"
)

// State says where the 20 cubies are and how they are turned: of the corner i, 3*place + twist; of the edge i, at
// [Corners]+i, 2*place + flip. On the 2x2x2 the edges stay zero.
type State [Corners + Edges]uint8

// The numbers of cubies of the 3x3x3.
const (
	Corners = 8
	Edges   = 12
)

// sides is how many values a cubie's entry in a State has: 8 places times 3 twists, or 12 times 2 flips.
const sides = 24

// turn moves each cubie on its own: from an entry to the next one.
type turn struct{ corner, edge [sides]uint8 }

func (t *turn) of(cubie int) *[sides]uint8 {
	if cubie < Corners {
		return &t.corner
	}
	return &t.edge
}

// then is t followed by u.
func (t turn) then(u *turn) turn {
	for i := range sides {
		t.corner[i], t.edge[i] = u.corner[t.corner[i]], u.edge[t.edge[i]]
	}
	return t
}

// Cube is the domain for one size and action set; it implements [search.Domain].
type Cube struct {
	size  int
	basic int // the first so many actions are single turns
	turns []turn
	costs []float64
	moves [][]int // the single turns that an action stands for
	// What becomes of an entry with each action: the columns of turns, so that a pass over all actions reads on and on.
	corner, edge [sides][]uint8
}

// New returns a cube of size 2 or 3 whose actions are the sequences of at most length turns, 1 to 3: 12, 156 or 1884 of
// them for size 3, and 6, 42 or 258 for size 2, whose corner at the back, left and below stays where it is.
func New(size, length int) (*Cube, error) {
	if size != 2 && size != 3 {
		return nil, fmt.Errorf("rubik: size: %d is neither 2 nor 3", size)
	}
	if length < 1 || length > 3 {
		return nil, fmt.Errorf("rubik: length: %d turns an action is outside [1,3]", length)
	}
	c := &Cube{size: size}
	for i := range 6 { // the faces
		if size == 2 && i >= 3 {
			break // only U, R and F leave that corner alone
		}
		once := quarter(i, size)
		twice := once.then(&once)
		c.add(once, 2*i)
		c.add(twice.then(&once), 2*i+1) // three quarters are one back
	}
	c.basic = len(c.turns)
	for from, n := 0, 1; n < length; n++ {
		to := len(c.turns)
		for a := from; a < to; a++ {
			for b := range c.basic {
				c.add(c.turns[a].then(&c.turns[b]), append(append([]int(nil), c.moves[a]...), b)...)
			}
		}
		from = to
	}
	for i := range sides {
		for a := range c.turns {
			c.corner[i] = append(c.corner[i], c.turns[a].corner[i])
			c.edge[i] = append(c.edge[i], c.turns[a].edge[i])
		}
	}
	return c, nil
}

// column is what becomes of a cubie's entry with each action.
func (c *Cube) column(cubie int, entry uint8) []uint8 {
	if cubie < Corners {
		return c.corner[entry]
	}
	return c.edge[entry]
}

func (c *Cube) add(t turn, moves ...int) {
	c.turns, c.moves, c.costs = append(c.turns, t), append(c.moves, moves), append(c.costs, float64(len(moves)))
}

// Actions implements [search.Domain].
func (c *Cube) Actions() int { return len(c.turns) }

// Moves are the single turns, as actions below 12 (6), that an action stands for; the caller must not change them.
func (c *Cube) Moves(a int) []int { return c.moves[a] }

// Next implements [search.Domain].
func (c *Cube) Next(s State, a int) (State, float64, bool) {
	t := &c.turns[a]
	for i := range Corners {
		s[i] = t.corner[s[i]]
	}
	if c.size == 3 {
		for i := Corners; i < len(s); i++ {
			s[i] = t.edge[s[i]]
		}
	}
	return s, c.costs[a], true
}

// Goal implements [search.Domain].
func (c *Cube) Goal(s State) bool { return s == c.Solved() }

// Solved is the goal.
func (c *Cube) Solved() (s State) {
	for i := range Corners {
		s[i] = uint8(3 * i)
	}
	for i := range Edges {
		if c.size == 3 {
			s[Corners+i] = uint8(2 * i)
		}
	}
	return s
}

// Scrambled returns the cube after k random quarter turns, none of which undoes the one before; the distance is at most k.
func (c *Cube) Scrambled(rng *rand.Rand, k int) State {
	s, last := c.Solved(), -1
	for range k {
		a := rng.IntN(c.basic)
		for a == last^1 && last >= 0 {
			a = rng.IntN(c.basic)
		}
		s, _, _ = c.Next(s, a)
		last = a
	}
	return s
}
