package bench

import (
	"math"
	"slices"
)

// Z95 is the standard normal quantile of a two-sided 95 % interval.
const Z95 = 1.959963984540054

// Interval is an estimate with bounds.
type Interval struct {
	At float64 `json:"at"`
	Lo float64 `json:"lo"`
	Hi float64 `json:"hi"`
}

// Wilson returns the share k/n with its Wilson score interval at the quantile z (Wilson 1927); n = 0 gives 0 to 1.
func Wilson(k, n int, z float64) Interval {
	if n <= 0 {
		return Interval{Hi: 1}
	}
	p, m, zz := float64(k)/float64(n), float64(n), z*z
	mid := (p + zz/(2*m)) / (1 + zz/m)
	half := z / (1 + zz/m) * math.Sqrt(p*(1-p)/m+zz/(4*m*m))
	return Interval{p, max(0, mid-half), min(1, mid+half)}
}

// McNemar tests whether two contenders differ on the same tasks, b of which only the one and c only the other
// solved. exact is the two-sided binomial p-value, mid the mid-p form, which counts the observed outcome by half
// (Fagerland, Lydersen, Laake 2013) and is the one to prefer: exact is too careful. b = c = 0 gives 1 and 1.
func McNemar(b, c int) (exact, mid float64) {
	n, lo := b+c, min(b, c)
	switch {
	case n == 0:
		return 1, 1
	case b == c:
		return 1, 1 - binomial(n, b)/2
	}
	tail := 0.0
	for k := 0; k <= lo; k++ {
		tail += binomial(n, k)
	}
	return min(1, 2*tail), min(1, 2*tail-binomial(n, lo))
}

// binomial is the probability of k heads in n throws of a fair coin.
func binomial(n, k int) float64 {
	lg := func(x int) float64 { v, _ := math.Lgamma(float64(x) + 1); return v }
	return math.Exp(lg(n) - lg(k) - lg(n-k) - float64(n)*math.Ln2)
}

// Difference returns the difference of two paired shares, of n tasks b of which only the one and c only the other
// solved, with the interval of Bonett and Price (2012): Wald's, after adding one to b and to c and two to n.
func Difference(b, c, n int, z float64) Interval {
	if n <= 0 {
		return Interval{Lo: -1, Hi: 1}
	}
	m := float64(n) + 2
	p, q := (float64(b)+1)/m, (float64(c)+1)/m
	half := z * math.Sqrt((p+q-(p-q)*(p-q))/m)
	return Interval{float64(b-c) / float64(n), max(-1, p-q-half), min(1, p-q+half)}
}

// Holm corrects the p-values of comparisons that were made together (Holm 1979): the corrected values, in the order
// given, keep the chance of any false one below what one of them would be held against.
func Holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case p[a] < p[b]:
			return -1
		case p[a] > p[b]:
			return 1
		}
		return 0
	})
	out, top := make([]float64, len(p)), 0.0
	for rank, i := range order {
		top = max(top, min(1, p[i]*float64(len(p)-rank)))
		out[i] = top
	}
	return out
}
