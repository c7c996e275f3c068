package bench

import (
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/budget"
)

// The axes in which the conditions of a report differ: those along which they can be put together or set out.
const (
	AxisSuite  = "suite"
	AxisP      = "p"
	AxisE      = "e"
	AxisErrors = "errors"
	AxisJudge  = "judge"
	AxisBudget = "budget"
)

// Axes returns the names of the axes.
func Axes() []string {
	return []string{AxisSuite, AxisP, AxisE, AxisErrors, AxisJudge, AxisBudget}
}

// CheckAxes says whether there are axes of these names; the error is an [*UnknownError].
func CheckAxes(names []string) error {
	for _, n := range names {
		if !slices.Contains(Axes(), n) {
			return &UnknownError{Kind: "axis", Name: n, Known: Axes()}
		}
	}
	return nil
}

// Without returns the condition with nothing on the named axes, so that conditions which differ there only are equal.
func (c Condition) Without(axes ...string) Condition {
	for _, a := range axes {
		switch a {
		case AxisSuite:
			c.Suite = ""
		case AxisP:
			c.P = 0
		case AxisE:
			c.E = 0
		case AxisErrors:
			c.Errors = ""
		case AxisJudge:
			c.Judge = ""
		case AxisBudget:
			c.Budget = budget.Limits{}
		}
	}
	return c
}

// Word is where the condition stands on an axis, as it is shown.
func (c Condition) Word(axis string) string {
	w := c.words()
	return *w.at(axis)
}

func (w *words) at(axis string) *string {
	switch axis {
	case AxisSuite:
		return &w.suite
	case AxisP:
		return &w.p
	case AxisE:
		return &w.e
	case AxisErrors:
		return &w.errors
	case AxisJudge:
		return &w.judge
	}
	return &w.budget
}

// pool is a set of conditions that are reported as one.
type pool struct {
	pooled  Condition // what they have in common
	axes    []string  // in which they may differ
	members []Condition
}

// pools returns the conditions of several specs, put together along axes, in the order in which they come first.
func pools(specs []Spec, axes []string) []*pool {
	var out []*pool
	by, seen := map[Condition]*pool{}, map[Condition]bool{}
	for _, s := range specs {
		for _, c := range s.Conditions() {
			k := c.Without(axes...)
			switch {
			case seen[c]:
				continue
			case by[k] == nil:
				by[k] = &pool{pooled: k, axes: axes}
				out = append(out, by[k])
			}
			seen[c] = true
			by[k].members = append(by[k].members, c)
		}
	}
	return out
}

// listed says for each axis that the members are put together along what they have there.
func (p *pool) listed() map[string]string {
	out := map[string]string{}
	for _, a := range p.axes {
		var values []string
		for _, c := range p.members {
			if v := c.Word(a); !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		out[a] = strings.Join(values, " and ")
	}
	return out
}

func (p *pool) words() words {
	w := p.members[0].words()
	for a, list := range p.listed() {
		*w.at(a) = list
	}
	w.judged = slices.ContainsFunc(p.members, func(c Condition) bool { return c.Judge == Noisy })
	return w
}

// rows are a contender's, a part for each condition that has any.
func (p *pool) rows(by map[cellKey][]Row, contender string) [][]Row {
	var out [][]Row
	for _, c := range p.members {
		if own := by[cellKey{c, contender}]; len(own) > 0 {
			out = append(out, own)
		}
	}
	return out
}

func (p *pool) compare(by map[cellKey][]Row, a, b string) Pair {
	x := pairing{Pair: Pair{A: a, B: b}, pooled: len(p.members) > 1, strata: map[string]map[taskKey]difference{}}
	for _, c := range p.members {
		x.add(by[cellKey{c, a}], by[cellKey{c, b}])
	}
	return x.pair()
}
