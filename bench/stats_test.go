package bench

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: got %.6f, want %.6f", what, got, want)
	}
}

// The values are those of published tables: 81 of 263 in Newcombe 1998 (table I, method 3), and the ends.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n       int
		at, lo, hi float64
	}{
		{81, 263, 0.3080, 0.2553, 0.3662}, {15, 148, 0.1014, 0.0624, 0.1605}, {0, 20, 0, 0, 0.1611}, {1, 29, 0.0345, 0.0061, 0.1718},
		{29, 29, 1, 0.8830, 1}, {0, 0, 0, 0, 1},
	} {
		got := Wilson(c.k, c.n, Z95)
		near(t, "at", got.At, c.at, 5e-5)
		near(t, "lo", got.Lo, c.lo, 5e-5)
		near(t, "hi", got.Hi, c.hi, 5e-5)
	}
}

// Fagerland, Lydersen, Laake 2013, table 1 (1 and 7 discordant pairs: exact .070, mid-p .039) and binomials by hand.
func TestMcNemar(t *testing.T) {
	for _, c := range []struct {
		b, c       int
		exact, mid float64
	}{
		{1, 7, 0.0703125, 0.0390625}, {7, 1, 0.0703125, 0.0390625}, {0, 0, 1, 1}, {0, 5, 0.0625, 0.03125}, {5, 5, 1, 1 - 126.0/1024},
		{0, 1, 1, 0.5}, {3, 3, 1, 1 - 10.0/64},
	} {
		exact, mid := McNemar(c.b, c.c)
		near(t, "exact", exact, c.exact, 1e-9)
		near(t, "mid", mid, c.mid, 1e-9)
	}
	if exact, mid := McNemar(4000, 5000); !(exact > 0 && exact < 1e-20 && mid < exact) {
		t.Errorf("large numbers: %g, %g", exact, mid)
	}
}

func TestDifference(t *testing.T) {
	d := Difference(7, 1, 21, Z95) // (8-2)/23 = .2609; half = 1.96 sqrt((10/23 - .0681)/23)
	near(t, "at", d.At, 6.0/21, 1e-9)
	near(t, "lo", d.Lo, 0.2609-0.2475, 1e-3)
	near(t, "hi", d.Hi, 0.2609+0.2475, 1e-3)
	if d := Difference(0, 0, 0, Z95); d.Lo != -1 || d.Hi != 1 {
		t.Errorf("nothing known: %+v", d)
	}
	if d := Difference(0, 0, 50, Z95); !(d.Lo < 0 && d.Hi > 0) {
		t.Errorf("no task differs, which is not certainty: %+v", d)
	}
}

func TestHolm(t *testing.T) {
	got := Holm([]float64{0.01, 0.04, 0.03, 0.005})
	for i, want := range []float64{0.03, 0.06, 0.06, 0.02} {
		near(t, "corrected", got[i], want, 1e-12)
	}
	if got := Holm(nil); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
