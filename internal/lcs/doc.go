// Package lcs finds the length of longest common subsequences fast: of one growing path against many stored
// sequences at once ([Set]), and of one string against many ([Pattern]).
//
// The recurrence is the bit-parallel one of Hyyrö (2004, "Bit-parallel LCS-length computation revisited"). A stored
// sequence is a word with one bit a position. All bits are set at first; a symbol of the path clears, for each block
// of set bits that contains a match, one bit:
//
//	v' = (v + v&m) | (v &^ m)        m: the positions that hold the symbol
//
// The cleared bits among the lowest c are then the length for the first c symbols of the stored sequence, so one
// word holds a whole row of the quadratic table, and the row of a longer path comes from its parent's by one step:
//
//	set := lcs.NewSet([][]uint32{{0, 1, 2}, {2, 2}}, 3)
//	row := set.Extend(set.Root(), 0)
//	set.RatioAfter(row, 2) // 1: {0, 2} is a subsequence of {0, 1, 2}
//
// Sequences longer than 64 take several words, with the carry of the addition passed on.
package lcs
