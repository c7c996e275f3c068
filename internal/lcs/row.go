package lcs

import "math/bits"

// Row is where a path stands against every sequence of a [Set]. It is immutable.
type Row struct {
	depth int
	v     []uint64
	best  []int // by group: the longest common subsequence with any of its sequences
}

// Depth is the number of symbols on the path.
func (r *Row) Depth() int { return r.depth }

// Root returns the row of the empty path.
func (s *Set) Root() *Row {
	r := &Row{v: make([]uint64, s.words), best: make([]int, len(s.groups))}
	for i := range r.v {
		r.v[i] = full
	}
	return r
}

// Extend returns the row of r's path with sym at its end. It costs one copy of the row and one step for each
// sequence that holds sym; a symbol that none holds shares r's memory.
func (s *Set) Extend(r *Row, sym uint32) *Row {
	next := &Row{depth: r.depth + 1, v: r.v, best: r.best}
	if int(sym) >= len(s.posts) || s.posts[sym].empty() {
		return next
	}
	next.v = append(make([]uint64, 0, len(r.v)), r.v...)
	next.best = append(make([]int, 0, len(r.best)), r.best...)
	p := &s.posts[sym]
	for _, run := range p.runs {
		best := next.best[run.group]
		for i := run.from; i < run.to; i++ {
			place := p.places[i]
			v := step(next.v[place], p.masks[i])
			next.v[place] = v
			best = max(best, bits.OnesCount64(^v))
		}
		next.best[run.group] = best
	}
	for _, l := range p.long {
		v := s.vector(next, l.place)
		stepWords(v, l.mask)
		next.best[l.group] = max(next.best[l.group], length(v))
	}
	return next
}

func (p *posting) empty() bool { return len(p.places) == 0 && len(p.long) == 0 }

// vector is the words of the sequence at place.
func (s *Set) vector(r *Row, place int) []uint64 {
	from := s.start[place]
	return r.v[from : from+wordsFor(s.lens[place])]
}

// LCS returns the length of the longest common subsequence of r's path and sequence i, in the order given to
// [NewSet].
func (s *Set) LCS(r *Row, i int) int { return length(s.vector(r, s.at[i])) }

// Ratio returns the largest LCS(path, m) / min(len(path), len(m)) over the sequences m, in [0,1]. It is 0 where
// the path, or every sequence, is empty.
func (s *Set) Ratio(r *Row) float64 {
	ratio := 0.0
	for g, best := range r.best {
		ratio = max(ratio, s.ratio(g, best, r.depth))
	}
	return ratio
}

// RatioAfter returns what [Set.Ratio] would be of the row extended by sym, without making that row: siblings in a
// search share their parent's.
func (s *Set) RatioAfter(r *Row, sym uint32) float64 {
	depth, ratio := r.depth+1, 0.0
	for g, best := range r.best {
		ratio = max(ratio, s.ratio(g, best, depth))
	}
	if int(sym) >= len(s.posts) {
		return ratio
	}
	p := &s.posts[sym]
	for _, run := range p.runs {
		if ratio == 1 {
			return 1
		}
		ratio = max(ratio, s.ratio(run.group, bestStep(r.v, p.places[run.from:run.to], p.masks[run.from:run.to]), depth))
	}
	for _, l := range p.long {
		ratio = max(ratio, s.ratio(l.group, lengthAfter(s.vector(r, l.place), l.mask), depth))
	}
	return ratio
}

// bestStep is the inner loop of everything: the longest common subsequence after one more symbol.
func bestStep(v []uint64, places []uint32, masks []uint64) int {
	best := 0
	masks = masks[:len(places)]
	for i, place := range places {
		best = max(best, bits.OnesCount64(^step(v[place], masks[i])))
	}
	return best
}

// lengthAfter is length after stepWords, without changing v.
func lengthAfter(v, m []uint64) int {
	n, carry := 0, uint64(0)
	for i, w := range v {
		var sum uint64
		sum, carry = bits.Add64(w, w&m[i], carry)
		n += bits.OnesCount64(^(sum | w&^m[i]))
	}
	return n
}

func (s *Set) ratio(g, lcs, depth int) float64 {
	shorter := min(depth, s.groups[g].length)
	if shorter == 0 {
		return 0
	}
	return float64(lcs) / float64(shorter)
}

// Align returns where in sequence i a path stands: the cut that maximises q = 2 LCS(path, m[:cut]) / (len(path) +
// cut), the larger cut where two are equal, and that q in [0,1]. The empty path stands before the first symbol
// with q = 1; a path that has nothing in common with m stands there with q = 0.
func (s *Set) Align(r *Row, i int) (cut int, q float64) {
	if r.depth == 0 {
		return 0, 1
	}
	// For one LCS the shortest prefix that has it is the best, and it ends at a cleared bit.
	lcs, bestLCS := 0, 0
	for w, word := range s.vector(r, s.at[i]) {
		for z := ^word; z != 0; z &= z - 1 {
			lcs++
			c := 64*w + bits.TrailingZeros64(z) + 1
			if lcs*(r.depth+cut) >= bestLCS*(r.depth+c) {
				cut, bestLCS = c, lcs
			}
		}
	}
	return cut, 2 * float64(bestLCS) / float64(r.depth+cut)
}
