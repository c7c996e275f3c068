package bench

import "slices"

// ClaimedRatio is how many times fewer calls at no lower success count as much as a success above the baseline's interval.
const ClaimedRatio = 2.31

// Verdict counts a contender's rows, which are tables at one budget, against the best of some baselines in each. Rows are
// counted together where errors and judge are the same. Taking the best of several baselines favours them.
type Verdict struct {
	Contender string    `json:"contender"`
	Condition Condition `json:"condition"`        // errors and judge, and what all rows have in common
	Rows      int       `json:"rows"`             // in which a baseline stands too
	Above     int       `json:"interval_above"`   // the interval of success is above the baseline's
	NoLower   int       `json:"no_lower_success"` // success is no lower
	Calls     Spread    `json:"calls_ratio"`      // calls of the baseline for one of the contender, in the NoLower rows
	Met       int       `json:"met"`              // interval above, or no lower success at [ClaimedRatio] times fewer calls
	Points    Spread    `json:"difference"`       // of success, in the rows

	Series  int    `json:"series"`  // rows that differ in their budget only make one
	Reached int    `json:"reached"` // series in which some budget gives no lower success than the baseline's best one
	Saved   Spread `json:"saved"`   // [Ratio.Ratio] of those
	Gap     Spread `json:"gap"`     // [Ratio.Gap] of all series
}

// Spread is the least, the median and the greatest of some numbers; zeros of none.
type Spread struct {
	Least  float64 `json:"least"`
	Median float64 `json:"median"`
	Most   float64 `json:"most"`
}

func spreadOf(xs []float64) Spread {
	if len(xs) == 0 {
		return Spread{}
	}
	xs = slices.Sorted(slices.Values(xs))
	n := len(xs)
	return Spread{xs[0], (xs[(n-1)/2] + xs[n/2]) / 2, xs[n-1]}
}

// tally is what a verdict is made of.
type tally struct {
	Verdict
	calls, points, saved, gaps []float64
}

// Verdicts judges the named contenders (nil for all) but the baselines, in the order of the tables.
func Verdicts(tables []Table, baselines, contenders []string) []Verdict {
	var names []string
	for _, t := range tables {
		for _, l := range t.Lines {
			if !slices.Contains(names, l.Contender) && !slices.Contains(baselines, l.Contender) && (contenders == nil || slices.Contains(contenders, l.Contender)) {
				names = append(names, l.Contender)
			}
		}
	}
	var out []Verdict
	curves := Curves(tables)
	for _, name := range names {
		for _, y := range tallies(tables, curves, name, baselines) {
			y.Calls, y.Points, y.Saved, y.Gap = spreadOf(y.calls), spreadOf(y.points), spreadOf(y.saved), spreadOf(y.gaps)
			out = append(out, y.Verdict)
		}
	}
	return out
}

// tallies counts one contender, for each of errors and judge.
func tallies(tables []Table, curves []Curve, name string, baselines []string) []*tally {
	var out []*tally
	at := func(c Condition) *tally {
		c = c.Without(AxisSuite, AxisP, AxisE, AxisBudget)
		i := slices.IndexFunc(out, func(y *tally) bool { return y.Condition == c })
		if i < 0 {
			i = len(out)
			out = append(out, &tally{Verdict: Verdict{Contender: name, Condition: c}})
		}
		return out[i]
	}
	for i := range tables {
		t := &tables[i]
		own, there := t.Line(name)
		best, ok := t.Best(baselines)
		if !there || !ok {
			continue
		}
		base, _ := t.Line(best)
		at(t.Condition).row(own, base)
	}
	by := map[Condition][]Curve{}
	for _, c := range curves {
		by[c.Condition] = append(by[c.Condition], c)
	}
	for _, own := range curves {
		if base, ok := BestCurve(by[own.Condition], baselines); ok && own.Contender == name {
			at(own.Condition).series(Saved(own, base))
		}
	}
	return out
}

func (y *tally) row(own, base Line) {
	y.Rows++
	y.points = append(y.points, own.Success.At-base.Success.At)
	above, ratio := own.Success.Lo > base.Success.Hi, 0.0
	if own.Success.At >= base.Success.At {
		y.NoLower++
		if own.Means.Calls > 0 {
			ratio = base.Means.Calls / own.Means.Calls
			y.calls = append(y.calls, ratio)
		}
	}
	y.Above += count(above)
	y.Met += count(above || ratio >= ClaimedRatio)
}

func (y *tally) series(r Ratio) {
	y.Series++
	y.gaps = append(y.gaps, r.Gap)
	if r.Reached {
		y.Reached++
		y.saved = append(y.saved, r.Ratio)
	}
}
