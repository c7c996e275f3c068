package bench

import (
	"maps"
	"math"
	"slices"
)

// Pair compares two contenders on the tasks that both were run on.
type Pair struct {
	A     string   `json:"a"`
	B     string   `json:"b"`
	Tasks int      `json:"tasks"`  // rows of each; where conditions are pooled a task may have several
	OnlyA int      `json:"only_a"` // solved by A and not by B
	OnlyB int      `json:"only_b"`
	Diff  Interval `json:"difference"`         // of success, A less B
	Exact float64  `json:"mcnemar_exact"`      // p-values, two-sided, not corrected
	Mid   float64  `json:"mcnemar_mid_p"`      // for other comparisons; where conditions are pooled both are of the normal distribution, by task
	Holm  float64  `json:"holm_p,omitempty"`   // Mid, corrected for the comparisons of [Table.Against]
	Calls float64  `json:"calls_ratio_b_to_a"` // mean model calls of B for one of A, whatever their success
}

// Compare pairs the rows of a with those of b by seed and task. The rows are of one condition.
func Compare(a, b []Row) Pair {
	var p pairing
	p.add(a, b)
	return p.pair()
}

// pairing goes through the tasks of two contenders, condition by condition.
type pairing struct {
	Pair
	callsA, callsB int
	pooled         bool
	strata         map[string]map[taskKey]difference // by suite, where pooled
}

// difference is what the rows of one task say: how many more of them A solved, and how many there are.
type difference struct{ more, rows int }

// add pairs the rows of one condition, which are ordered by task or are copied.
func (p *pairing) add(a, b []Row) {
	a, b = sorted(a), sorted(b)
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := a[i].compareTask(b[j].Key); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			p.task(&a[i], &b[j])
			i, j = i+1, j+1
		}
	}
}

func sorted(rows []Row) []Row {
	if slices.IsSortedFunc(rows, byTask) {
		return rows
	}
	rows = slices.Clone(rows)
	sortTasks(rows)
	return rows
}

func (p *pairing) task(a, b *Row) {
	p.A, p.B = a.Contender, b.Contender
	p.Tasks++
	p.callsA, p.callsB = p.callsA+a.ModelCalls, p.callsB+b.ModelCalls
	more := count(a.Success) - count(b.Success)
	switch more {
	case 1:
		p.OnlyA++
	case -1:
		p.OnlyB++
	}
	if !p.pooled {
		return
	}
	own := p.strata[a.Suite]
	if own == nil {
		own = map[taskKey]difference{}
		p.strata[a.Suite] = own
	}
	d := own[a.taskKey()]
	own[a.taskKey()] = difference{d.more + more, d.rows + 1}
}

func (p *pairing) pair() Pair {
	if p.callsA > 0 {
		p.Calls = float64(p.callsB) / float64(p.callsA)
	}
	if !p.pooled {
		p.Diff = Difference(p.OnlyA, p.OnlyB, p.Tasks, Z95)
		p.Exact, p.Mid = McNemar(p.OnlyA, p.OnlyB)
		return p.Pair
	}
	var strata []stratum
	for _, suite := range slices.Sorted(maps.Keys(p.strata)) { // sums of fractions depend on their order
		var one stratum
		for _, d := range p.strata[suite] {
			one.add(d)
		}
		strata = append(strata, one)
	}
	p.Diff, p.Mid = stratified(strata, Z95)
	p.Exact = p.Mid
	return p.Pair
}

// stratum is a suite's tasks, summed up.
type stratum struct{ tasks, more, rows, moreSquared, rowsSquared, product int }

func (s *stratum) add(d difference) {
	s.tasks++
	s.more, s.rows = s.more+d.more, s.rows+d.rows
	s.moreSquared, s.rowsSquared, s.product = s.moreSquared+d.more*d.more, s.rowsSquared+d.rows*d.rows, s.product+d.more*d.rows
}

// spread is the sum of squares of what a task has more than at for each of its rows, about its mean.
func (s *stratum) spread(at float64) float64 {
	total := float64(s.more) - at*float64(s.rows)
	squares := float64(s.moreSquared) - 2*at*float64(s.product) + at*at*float64(s.rowsSquared)
	return max(0, squares-total*total/float64(s.tasks))
}

// stratified returns the mean of paired differences of success over rows of several conditions, with its interval at the
// quantile z and a two-sided p-value. The tasks of a suite are a stratum. Rows of one task under several conditions are not
// independent, so that what varies is the sum over a task's rows. As in [Difference], one is added to either side, which
// keeps the interval of a few equal tasks from being none. (The usual variance of a stratified ratio, by clusters; the
// added ones are inferred.)
func stratified(strata []stratum, z float64) (d Interval, p float64) {
	sum, rows := 0, 0
	for i := range strata {
		sum, rows = sum+strata[i].more, rows+strata[i].rows
	}
	if rows == 0 {
		return Interval{Lo: -1, Hi: 1}, 1
	}
	at, spread := float64(sum)/float64(rows), 2.0
	for i := range strata {
		spread += strata[i].spread(at)
	}
	m := float64(rows) + 2
	mid, se := float64(sum)/m, math.Sqrt(spread)/m
	return Interval{at, max(-1, mid-z*se), min(1, mid+z*se)}, math.Erfc(math.Abs(mid) / se / math.Sqrt2)
}

// turned is the same comparison from the other side.
func (p Pair) turned() Pair {
	p.A, p.B, p.OnlyA, p.OnlyB = p.B, p.A, p.OnlyB, p.OnlyA
	p.Diff = Interval{0 - p.Diff.At, 0 - p.Diff.Hi, 0 - p.Diff.Lo} // 0 is not -0
	if p.Calls > 0 {
		p.Calls = 1 / p.Calls
	}
	return p
}

// Between compares two contenders; ok is false where one of them has no line.
func (t *Table) Between(a, b string) (p Pair, ok bool) {
	for _, p := range t.Pairs {
		if p.A == b && p.B == a {
			p = p.turned()
		}
		if p.A == a && p.B == b {
			return p, true
		}
	}
	return p, false
}

// Against returns every other contender against one, with p-values corrected for making all these comparisons.
func (t *Table) Against(contender string) []Pair {
	var out []Pair
	var ps []float64
	for _, l := range t.Lines {
		if p, ok := t.Between(l.Contender, contender); ok {
			out, ps = append(out, p), append(ps, p.Mid)
		}
	}
	for i, p := range Holm(ps) {
		out[i].Holm = p
	}
	return out
}
