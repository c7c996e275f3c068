package lcs

import "slices"

// Set holds sequences of symbols so that a growing path can be compared with all of them at once. It is
// immutable, and safe for concurrent use.
//
// Sequences are kept in order of length. A symbol's postings then fall into runs of one length, and because the
// length of a common subsequence never shrinks along a path, the best one a run of lengths is enough to know the
// best ratio: what does not hold the new symbol need not be looked at.
type Set struct {
	at     []int // the caller's index -> place in order of length
	lens   []int // by place
	start  []int // by place: first word of its vector
	words  int
	groups []group
	posts  []posting // by symbol
}

// group is a run of places whose sequences have one length.
type group struct{ length, from, to int }

// posting lists the sequences that hold one symbol.
type posting struct {
	places []uint32 // of sequences of one word, ascending
	masks  []uint64 // beside places
	runs   []run
	long   []longMask // of sequences of several words, ascending
}

// run is a part of a posting's places that belongs to one group.
type run struct{ group, from, to int }

type longMask struct {
	place, group int
	mask         []uint64
}

// NewSet returns a set of seqs over the symbols 0 .. alphabet-1. A symbol outside of them matches nothing.
func NewSet(seqs [][]uint32, alphabet int) *Set {
	order := make([]int, len(seqs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(seqs[a]) - len(seqs[b]) })
	s := &Set{at: make([]int, len(seqs)), posts: make([]posting, alphabet)}
	for place, i := range order {
		s.at[i] = place
		s.place(place, len(seqs[i]))
		for pos, sym := range seqs[i] {
			if int(sym) < alphabet {
				s.post(place, pos, sym)
			}
		}
	}
	return s
}

// place gives the next sequence its words and its group.
func (s *Set) place(place, length int) {
	s.lens = append(s.lens, length)
	s.start = append(s.start, s.words)
	s.words += wordsFor(length)
	if n := len(s.groups); n == 0 || s.groups[n-1].length != length {
		s.groups = append(s.groups, group{length: length, from: place})
	}
	s.groups[len(s.groups)-1].to = place + 1
}

// post notes that the sequence at place holds sym at pos. Sequences come in order, and so do their positions.
func (s *Set) post(place, pos int, sym uint32) {
	p, g := &s.posts[sym], len(s.groups)-1
	words := wordsFor(s.lens[place])
	if words > 1 {
		if n := len(p.long); n == 0 || p.long[n-1].place != place {
			p.long = append(p.long, longMask{place: place, group: g, mask: make([]uint64, words)})
		}
		p.long[len(p.long)-1].mask[pos/64] |= 1 << (pos % 64)
		return
	}
	n := len(p.places)
	if n > 0 && p.places[n-1] == uint32(place) {
		p.masks[n-1] |= 1 << pos
		return
	}
	p.places, p.masks = append(p.places, uint32(place)), append(p.masks, 1<<pos)
	if r := len(p.runs); r == 0 || p.runs[r-1].group != g {
		p.runs = append(p.runs, run{group: g, from: n})
	}
	p.runs[len(p.runs)-1].to = n + 1
}

// wordsFor is at least 1, so that the place of a sequence of one word is its word.
func wordsFor(length int) int { return max(1, (length+63)/64) }

// Len is the number of sequences.
func (s *Set) Len() int { return len(s.lens) }

// RowBytes is about what one [Row] that is not shared takes in memory.
func (s *Set) RowBytes() int { return 8*s.words + 8*len(s.groups) }
