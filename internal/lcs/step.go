package lcs

import "math/bits"

// full is the vector of a sequence before the first symbol of a path.
const full = ^uint64(0)

// step advances one word by a symbol whose positions are m. Bits above the sequence's length stay set.
func step(v, m uint64) uint64 { return (v + v&m) | v&^m }

// stepWords advances a sequence of several words in place; m has as many words as v.
func stepWords(v, m []uint64) {
	var carry uint64
	for i, w := range v {
		var sum uint64
		sum, carry = bits.Add64(w, w&m[i], carry)
		v[i] = sum | w&^m[i]
	}
}

// length is the number of cleared bits: the LCS of the path and the whole sequence.
func length(v []uint64) int {
	n := 0
	for _, w := range v {
		n += bits.OnesCount64(^w)
	}
	return n
}
