package rubik

import (
	"fmt"

	"github.com/azimuthdev/azimuth/bench/puzzle/internal/noise"
)

// Patterns are pattern databases (Culberson and Schaeffer 1996, Korf 1997): for each of some sets of cubies the exact
// number of turns that puts these alone right, for all ways in which they can stand. The greatest of these numbers is
// never more than the distance.
type Patterns struct {
	cube *Cube
	sets []pattern
}

type pattern struct {
	cubies   []int
	distance []uint8 // by the cubies' entries as digits, the first one lowest; unseen where they can't stand so
}

// unseen is the distance of what can't be reached.
const unseen = 255

// MaxCubies is the greatest set: its table takes 24^5 bytes, 8 MB.
const MaxCubies = 5

// NewPatterns walks all ways in which each set of cubies can stand; a set of 5 takes about a second. Corners are the
// cubies 0 to 7, edges 8 to 19; up to [MaxCubies] in a set.
func NewPatterns(c *Cube, sets ...[]int) (*Patterns, error) {
	p := &Patterns{cube: c}
	for _, set := range sets {
		if len(set) == 0 || len(set) > MaxCubies {
			return nil, fmt.Errorf("rubik: a set of %d cubies: want 1 to %d", len(set), MaxCubies)
		}
		for _, cubie := range set {
			if cubie < 0 || cubie >= Corners+Edges || c.size == 2 && cubie >= Corners {
				return nil, fmt.Errorf("rubik: there is no cubie %d on a cube of size %d", cubie, c.size)
			}
		}
		p.sets = append(p.sets, walk(c, set))
	}
	return p, nil
}

// walk is breadth-first search from the solved cube over what the set's entries can be.
func walk(c *Cube, set []int) pattern {
	size := 1
	for range set {
		size *= sides
	}
	p := pattern{cubies: set, distance: make([]uint8, size)}
	for i := range p.distance {
		p.distance[i] = unseen
	}
	start := p.index(c.Solved())
	p.distance[start] = 0
	queue := []uint32{start}
	for at := 0; at < len(queue); at++ {
		from := queue[at]
		for a := range c.basic {
			if to := p.turned(from, &c.turns[a]); p.distance[to] == unseen {
				p.distance[to] = p.distance[from] + 1
				queue = append(queue, to)
			}
		}
	}
	return p
}

func (p *pattern) index(s State) uint32 {
	x := uint32(0)
	for i := len(p.cubies) - 1; i >= 0; i-- {
		x = x*sides + uint32(s[p.cubies[i]])
	}
	return x
}

// turned is the index of the pattern x after a turn.
func (p *pattern) turned(x uint32, t *turn) uint32 {
	to, place := uint32(0), uint32(1)
	for _, cubie := range p.cubies {
		to += place * uint32(t.of(cubie)[x%sides])
		x, place = x/sides, place*sides
	}
	return to
}

// H is the greatest of the patterns' distances: admissible and consistent.
func (p *Patterns) H(states []State, h []float64) {
	for i := range states {
		h[i] = float64(p.distance(states[i]))
	}
}

func (p *Patterns) distance(s State) uint8 {
	most := uint8(0)
	for j := range p.sets {
		most = max(most, p.sets[j].distance[p.sets[j].index(s)])
	}
	return most
}

// Q is, for each action, its cost plus H of the state behind it. It stands in for the deep Q-network of the paper: it
// sees the parent alone and prices all actions in one pass, by moving the few cubies of each pattern, and it makes no
// child. It is exact work, not a trained estimate, and takes time in proportion to the actions, as the output layer of a
// network does; what it can't show is what a network's other layers cost, which the paper's times are made of.
func (p *Patterns) Q(states []State, q []float64) {
	n := p.cube.Actions()
	for i := range states {
		p.row(states[i], q[i*n:(i+1)*n])
	}
}

func (p *Patterns) row(s State, q []float64) {
	clear(q)
	for j := range p.sets {
		p.sets[j].raise(p.cube, &s, q)
	}
	for a := range q {
		q[a] += p.cube.costs[a]
	}
}

// raise lifts each q to the pattern's distance behind the action.
func (p *pattern) raise(c *Cube, s *State, q []float64) {
	var to [MaxCubies][]uint8 // where each cubie goes with each action
	for i, cubie := range p.cubies {
		to[i] = c.column(cubie, s[cubie])
	}
	for a := range q {
		x, place := uint32(0), uint32(1)
		for i := range p.cubies {
			x, place = x+place*uint32(to[i][a]), place*sides
		}
		q[a] = max(q[a], float64(p.distance[x]))
	}
}

// Learned is like H and Q, but wrong by a share of up to eps either way, as a trained network is: what comes out is no
// bound any more. The error depends on the seed, the patterns and, for Q, on nothing but the state behind the action, so
// both see the same numbers.
func (p *Patterns) Learned(eps float64, seed uint64) (h, q func([]State, []float64)) {
	h = func(states []State, h []float64) {
		p.H(states, h)
		for i := range states {
			h[i] *= noise.Factor(eps, seed, p.key(&states[i], nil))
		}
	}
	q = func(states []State, q []float64) {
		n := p.cube.Actions()
		p.Q(states, q)
		for i := range states {
			for a := range n {
				cost := p.cube.costs[a]
				at := &q[i*n+a]
				*at = cost + (*at-cost)*noise.Factor(eps, seed, p.key(&states[i], &p.cube.turns[a]))
			}
		}
	}
	return h, q
}

// key names how the cubies of all patterns stand, after a turn unless that is nil.
func (p *Patterns) key(s *State, t *turn) uint64 {
	key := uint64(0)
	for j := range p.sets {
		x := p.sets[j].index(*s)
		if t != nil {
			x = p.sets[j].turned(x, t)
		}
		key = key*0x9e3779b97f4a7c15 + uint64(x)
	}
	return key
}
