package lightsout

import (
	"math"
	"math/bits"

	"github.com/azimuthdev/azimuth/bench/puzzle/internal/noise"
)

// Count is a bound that is never too high: a press puts out five lamps at most.
func (p *Puzzle) Count(states []State, h []float64) {
	for i, s := range states {
		h[i] = fifth(bits.OnesCount64(uint64(s)))
	}
}

// CountQ is 1 plus [Puzzle.Count] behind each press, from one look at the lamps.
func (p *Puzzle) CountQ(states []State, q []float64) {
	for i, s := range states {
		lit := bits.OnesCount64(uint64(s))
		for a, press := range p.press {
			q[i*len(p.press)+a] = 1 + fifth(lit+bits.OnesCount64(uint64(press))-2*bits.OnesCount64(uint64(press&s)))
		}
	}
}

func fifth(lit int) float64 { return float64((lit + 4) / 5) }

// Exact is [Puzzle.Distance] for many states.
func (p *Puzzle) Exact(states []State, h []float64) {
	for i, s := range states {
		h[i] = p.Distance(s)
	}
}

// ExactQ is 1 plus the distance behind each press, from solving the state once: a press adds itself to each sum of
// presses that puts the state out, or takes itself out of it.
func (p *Puzzle) ExactQ(states []State, q []float64) {
	for i, s := range states {
		p.exact(s, q[i*len(p.press):(i+1)*len(p.press)])
	}
}

func (p *Puzzle) exact(s State, q []float64) {
	x, ok := p.presses(s)
	for a := range q {
		q[a] = math.Inf(1)
	}
	if !ok {
		return
	}
	for _, quiet := range p.quiet {
		sum := x ^ quiet
		weight := float64(bits.OnesCount64(uint64(sum)))
		for a := range q {
			q[a] = min(q[a], weight+2-2*float64(sum>>a&1))
		}
	}
}

// Learned stands in for a network that was trained on distances: the exact ones, each wrong by a share of up to eps in
// [0,1) either way that depends on the state and the seed alone. Above 0 it overestimates about half of the states,
// so nothing is promised of what it leads to.
func (p *Puzzle) Learned(eps float64, seed uint64) (h, q func([]State, []float64)) {
	h = func(states []State, h []float64) {
		p.Exact(states, h)
		for i, s := range states {
			h[i] *= noise.Factor(eps, seed, uint64(s))
		}
	}
	q = func(states []State, q []float64) {
		p.ExactQ(states, q)
		for i, s := range states {
			for a, press := range p.press {
				at := &q[i*len(p.press)+a]
				*at = 1 + (*at-1)*noise.Factor(eps, seed, uint64(s^press))
			}
		}
	}
	return h, q
}
