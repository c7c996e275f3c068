package search

import (
	"fmt"
	"math"
	"slices"
)

// GraphOptions shape a [Graph]. The zero value is Dijkstra's algorithm.
type GraphOptions[S comparable] struct {
	// H estimates, in one pass, what the cheapest way from each of the states to a goal costs: h[i] for states[i], >= 0, 0
	// at goals; +Inf where there is none. It makes the search A*.
	H func(states []S, h []float64)
	// Q estimates, in one pass, for each of the states and each action, what the transition and the cheapest way on from
	// there cost: q[i*Actions+a]; +Inf (or NaN) where the action can't be taken or leads nowhere. It makes the search
	// Q*. [Lookahead] makes one of an H for tests.
	Q func(states []S, q []float64)
	// Weight is lambda, what the cost so far counts against the estimate, in [0,1]; nil is 1, 0 is greedy.
	Weight *float64
	// Batch is how many entries are taken from the frontier at a time, so that one pass serves them all, 1 to 1<<20; 0
	// means 1.
	Batch int
	// First ends the search at the first goal that comes up, as the papers' A* and Q* do, instead of at the bound. With
	// Weight 1 and Batch 1 that path is a cheapest one if, for A*, h never exceeds the true cost, and, for Q*,
	// c <= q <= c + the true cost from there.
	First bool
	// MaxGenerated ends the search with an error after so many transitions; 0 means no limit. Of A* each may hold a
	// state of S and about 100 bytes for as long as the search lasts, of Q* 8 bytes for each action on top.
	MaxGenerated int
}

// Validate says which field is out of its range and what would be in it.
func (o *GraphOptions[S]) Validate() error {
	if o == nil {
		return nil
	}
	if o.H != nil && o.Q != nil {
		return fmt.Errorf("%w: h and q are both given: H makes the search A*, Q makes it Q*, give one", ErrOptions)
	}
	if err := validWeight(o.Weight); err != nil {
		return err
	}
	if err := validBatch(o.Batch); err != nil {
		return err
	}
	if o.MaxGenerated < 0 {
		return fmt.Errorf("%w: max generated: %d is below 0, which is no limit", ErrOptions, o.MaxGenerated)
	}
	return nil
}

// Lookahead makes a Q of an H by making all transitions: q(s, a) = c(s, a) + h(the state behind it). It shows what Q* does
// with the same numbers as A*, and saves nothing: its transitions are real work that [GraphCounts] doesn't see. h may be
// nil for h = 0.
func Lookahead[S comparable](d Domain[S], h func(states []S, h []float64)) func(states []S, q []float64) {
	var behind []S
	var at []int
	var hs []float64
	return func(states []S, q []float64) {
		behind, at = behind[:0], at[:0]
		for i, s := range states {
			for a := range d.Actions() {
				k := i*d.Actions() + a
				next, cost, ok := d.Next(s, a)
				if q[k] = cost; !ok {
					q[k] = math.Inf(1)
					continue
				}
				behind, at = append(behind, next), append(at, k)
			}
		}
		if h == nil {
			return
		}
		hs = slices.Grow(hs[:0], len(behind))[:len(behind)]
		h(behind, hs)
		for i, k := range at {
			q[k] += hs[i]
		}
	}
}
