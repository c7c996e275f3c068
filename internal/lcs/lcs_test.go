package lcs

import (
	"testing"

	"pgregory.net/rapid"
)

// table is the quadratic recurrence; it is the oracle for long sequences.
func table(a, b []uint32) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// brute tries every subsequence of a; it is the oracle for the oracle.
func brute(a, b []uint32) int {
	best := 0
	for pick := range 1 << len(a) {
		n, at := 0, 0
		for i, x := range a {
			if pick>>i&1 == 0 {
				continue
			}
			for at < len(b) && b[at] != x {
				at++
			}
			if at == len(b) {
				n = -1
				break
			}
			at, n = at+1, n+1
		}
		best = max(best, n)
	}
	return best
}

// sequences draws the length first: slices of a drawn length would nearly always be short.
func sequences(longest, alphabet int) *rapid.Generator[[]uint32] {
	return rapid.Custom(func(t *rapid.T) []uint32 {
		seq := make([]uint32, rapid.SampledFrom(upTo(longest)).Draw(t, "length"))
		for i := range seq {
			seq[i] = rapid.SampledFrom(upTo(alphabet)).Draw(t, "symbol")
		}
		return seq
	})
}

// upTo is 0 .. n; rapid samples from a list evenly, and from a range near its ends.
func upTo(n int) []uint32 {
	all := make([]uint32, n+1)
	for i := range all {
		all[i] = uint32(i)
	}
	return all
}

func walk(s *Set, path []uint32) *Row {
	r := s.Root()
	for _, sym := range path {
		r = s.Extend(r, sym)
	}
	return r
}

func TestShortAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		path := sequences(8, 4).Draw(t, "path")
		seqs := rapid.SliceOfN(sequences(8, 4), 0, 6).Draw(t, "seqs")
		s := NewSet(seqs, 4) // symbol 4 is outside of the alphabet
		r := walk(s, path)
		want := 0.0
		for i, m := range seqs {
			lcs := brute(known(path), known(m))
			if got := s.LCS(r, i); got != lcs || got != table(known(path), known(m)) {
				t.Fatalf("LCS(%v, %v) = %d, want %d", path, m, got, lcs)
			}
			if shorter := min(len(path), len(m)); shorter > 0 {
				want = max(want, float64(lcs)/float64(shorter))
			}
		}
		if got := s.Ratio(r); got != want {
			t.Fatalf("ratio %v, want %v", got, want)
		}
	})
}

// known replaces symbols outside of the alphabet by ones that are equal to nothing.
func known(seq []uint32) []uint32 {
	out := make([]uint32, len(seq))
	for i, sym := range seq {
		if out[i] = sym; sym == 4 {
			out[i] = unmatched
			unmatched++
		}
	}
	return out
}

var unmatched uint32 = 1000

func TestLongAgainstTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		path := sequences(150, 5).Draw(t, "path")
		seqs := rapid.SliceOfN(sequences(200, 5), 1, 4).Draw(t, "seqs")
		s := NewSet(seqs, 6)
		r := walk(s, path)
		for i, m := range seqs {
			if got, want := s.LCS(r, i), table(path, m); got != want {
				t.Fatalf("LCS = %d, want %d\npath %v\nseq %v", got, want, path, m)
			}
		}
	})
}

func TestRatioAfterIsRatioOfExtended(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seqs := rapid.SliceOfN(sequences(80, 3), 0, 5).Draw(t, "seqs")
		path := sequences(70, 4).Draw(t, "path")
		s := NewSet(seqs, 4)
		r := s.Root()
		for _, sym := range path {
			next := s.Extend(r, sym)
			if got, want := s.RatioAfter(r, sym), s.Ratio(next); got != want {
				t.Fatalf("after %d symbols: %v, want %v", r.Depth(), got, want)
			}
			r = next
		}
	})
}

func TestExtendLeavesParentAlone(t *testing.T) {
	s := NewSet([][]uint32{{0, 1}, {1, 0}}, 2)
	root := s.Root()
	a := s.Extend(root, 0)
	s.Extend(a, 1)
	if s.LCS(root, 0) != 0 || s.LCS(a, 0) != 1 || a.Depth() != 1 {
		t.Errorf("parent changed: root %d, child %d", s.LCS(root, 0), s.LCS(a, 0))
	}
}

// align is the definition, over all cuts.
func align(path, m []uint32) (int, float64) {
	if len(path) == 0 {
		return 0, 1
	}
	cut, best := 0, 0.0
	for c := 1; c <= len(m); c++ {
		if q := 2 * float64(table(path, m[:c])) / float64(len(path)+c); q > 0 && q >= best {
			cut, best = c, q
		}
	}
	return cut, best
}

func TestAlign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		path, m := sequences(70, 3).Draw(t, "path"), sequences(90, 3).Draw(t, "m")
		s := NewSet([][]uint32{m}, 4)
		cut, q := s.Align(walk(s, path), 0)
		if wantCut, wantQ := align(path, m); cut != wantCut || q != wantQ {
			t.Fatalf("align(%v, %v) = %d, %v; want %d, %v", path, m, cut, q, wantCut, wantQ)
		}
	})
}

func toString(seq []uint32) string {
	b := make([]byte, len(seq))
	for i, sym := range seq {
		b[i] = byte(sym) * 51 // the largest is 255
	}
	return string(b)
}

func TestPattern(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := sequences(1200, 5).Draw(t, "a"), sequences(150, 5).Draw(t, "b")
		if got, want := NewPattern(toString(a)).LCS(toString(b)), table(a, b); got != want {
			t.Fatalf("LCS(%v, %v) = %d, want %d", a, b, got, want)
		}
	})
}

func TestStrings(t *testing.T) {
	tests := []struct {
		a, b  string
		ratio float64
		edits int
	}{
		{"", "", 0, 0},
		{"", "abc", 0, 3},
		{"search", "search", 1, 0},
		{"search", "search_hotels", 1, 7},
		{"ab", "ax", .5, 1},
		{"kitten", "sitting", 4.0 / 6, 3},
		{"flaw", "lawn", .75, 2},
	}
	for _, tt := range tests {
		if got := NewPattern(tt.a).Ratio(tt.b); got != tt.ratio {
			t.Errorf("ratio(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.ratio)
		}
		if ab, ba := Distance(tt.a, tt.b), Distance(tt.b, tt.a); ab != tt.edits || ba != tt.edits {
			t.Errorf("distance(%q, %q) = %d and %d, want %d", tt.a, tt.b, ab, ba, tt.edits)
		}
	}
}

func TestRowsOfUnknownSymbolsShareMemory(t *testing.T) {
	s := NewSet([][]uint32{{0, 1}}, 3)
	r := s.Root()
	for _, sym := range []uint32{2, 99} {
		if next := s.Extend(r, sym); &next.v[0] != &r.v[0] || next.Depth() != 1 {
			t.Errorf("symbol %d: a copy of %d bytes was made", sym, s.RowBytes())
		}
	}
}

func TestEmptySet(t *testing.T) {
	s := NewSet(nil, 0)
	if r := s.Extend(s.Root(), 0); s.Ratio(r) != 0 || s.RatioAfter(r, 1) != 0 || s.Len() != 0 {
		t.Error("an empty set scored something")
	}
}
