package bench

import (
	"slices"

	"github.com/azimuthdev/azimuth/budget"
)

// Curve is what a contender reaches as the budget grows, all else equal.
type Curve struct {
	Condition Condition `json:"condition"` // without its budget
	Contender string    `json:"contender"`
	Points    []Point   `json:"points"` // by budget, in the order of the spec
}

// Point is a contender at one budget.
type Point struct {
	Budget  budget.Limits `json:"budget"`
	Calls   float64       `json:"model_calls"` // mean
	Success Interval      `json:"success"`
}

// Curves returns the curves of tables, in their order.
func Curves(tables []Table) []Curve {
	var out []Curve
	at := map[cellKey]int{}
	for _, t := range tables {
		c := t.Condition.Without(AxisBudget)
		for _, l := range t.Lines {
			i, ok := at[cellKey{c, l.Contender}]
			if !ok {
				i = len(out)
				at[cellKey{c, l.Contender}] = i
				out = append(out, Curve{Condition: c, Contender: l.Contender})
			}
			out[i].Points = append(out[i].Points, Point{t.Condition.Budget, l.Means.Calls, l.Success})
		}
	}
	return out
}

// Ratio is how many calls a contender saves against a baseline at no lower success.
type Ratio struct {
	Contender string  `json:"contender"`
	Baseline  string  `json:"baseline"`
	Reached   bool    `json:"reached"` // the contender has a point with no lower success than the baseline's best
	Ratio     float64 `json:"ratio"`   // calls of the baseline for one of the contender, where reached
	Gap       float64 `json:"gap"`     // best success of the contender less that of the baseline
}

// Saved compares the baseline's best point (the highest success, of equal ones the cheapest) with the contender's
// cheapest point of no lower success. Taking the best of a baseline's points favours the baseline.
func Saved(contender, baseline Curve) Ratio {
	r := Ratio{Contender: contender.Contender, Baseline: baseline.Contender}
	best, ok := top(baseline.Points)
	if !ok || len(contender.Points) == 0 {
		return r
	}
	own, _ := top(contender.Points)
	r.Gap = own.Success.At - best.Success.At
	for _, p := range contender.Points {
		if p.Success.At >= best.Success.At && p.Calls > 0 && best.Calls/p.Calls > r.Ratio {
			r.Reached, r.Ratio = true, best.Calls/p.Calls
		}
	}
	return r
}

// BestCurve returns the curve with the best point of those of the named contenders under one condition, as [Saved] ranks
// points; ok is false where there is none.
func BestCurve(curves []Curve, contenders []string) (best Curve, ok bool) {
	var high Point
	for _, c := range curves {
		p, any := top(c.Points)
		if !any || !slices.Contains(contenders, c.Contender) {
			continue
		}
		if !ok || p.Success.At > high.Success.At || p.Success.At == high.Success.At && p.Calls < high.Calls {
			best, high, ok = c, p, true
		}
	}
	return best, ok
}

func top(points []Point) (best Point, ok bool) {
	for i, p := range points {
		if i == 0 || p.Success.At > best.Success.At || p.Success.At == best.Success.At && p.Calls < best.Calls {
			best, ok = p, true
		}
	}
	return best, ok
}
