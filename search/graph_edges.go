package search

import (
	"cmp"
	"math"
	"slices"
)

// edges are those out of a state: the best one waits in the frontier for all of them, and when it is taken the next one
// comes in. They come up in the same order as if each had a place of its own, but with |A| actions a pass costs one push
// and not |A|, and an edge 8 bytes and not 24. (Inferred; the paper pushes all.)
type edges struct {
	q      []float64
	sorted []uint32 // those to come, the best one first, from when sorting pays
	looked int      // how often the best one was looked for
}

// looks is after how many looks at all edges of a state they are sorted, which costs about as much as 100. Most states
// give one or two; where estimates are weak some give all.
const looks = 64

// best puts the best edge out of n that comes after the action last into the frontier.
func (g *Graph[S]) best(n NodeID, last uint32) {
	nd := &g.nodes[n]
	a := nd.out.next(last)
	if a == here {
		nd.out = nil
		return
	}
	g.push(entry{f: g.weight*nd.g + nd.out.q[a], node: n, stamp: nd.stamp, depth: nd.depth + 1, action: a})
}

// next returns the best action after last, here where there is none; last is here at first. Of equal ones the
// lower action is the better one; what is infinite or no number is left out.
func (e *edges) next(last uint32) uint32 {
	if e.looked++; e.looked > looks {
		return e.shift(last)
	}
	least, action := math.Inf(1), uint32(here)
	for a, v := range e.q {
		if v < least && e.after(a, last) {
			least, action = v, uint32(a)
		}
	}
	return action
}

func (e *edges) after(a int, last uint32) bool {
	return last == here || e.q[a] > e.q[last] || e.q[a] == e.q[last] && a > int(last)
}

// shift is next by sorting.
func (e *edges) shift(last uint32) uint32 {
	if e.sorted == nil {
		for a, v := range e.q {
			if v <= math.MaxFloat64 && e.after(a, last) {
				e.sorted = append(e.sorted, uint32(a))
			}
		}
		slices.SortFunc(e.sorted, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(e.q[a], e.q[b]), cmp.Compare(a, b))
		})
	}
	if len(e.sorted) == 0 {
		return here
	}
	a := e.sorted[0]
	e.sorted = e.sorted[1:]
	return a
}
