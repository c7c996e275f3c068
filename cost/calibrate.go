package cost

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/azimuthdev/azimuth/search"
)

// ErrEvidence says that there is too little to calibrate from, and how much would do.
var ErrEvidence = errors.New("not enough evidence")

// How much [Calibrate] wants (inferred: fewer clusters make their own spread unreliable), and the widest half of an
// interval that it takes for knowledge: the ablations of cost-findings tell tau .5, .8 and 1.2 apart, and not less.
const (
	LeastRuns  = 10
	LeastCalls = 100
	widest     = 0.3
)

// Observation is one call that was sampled at a place of a plan that succeeded.
type Observation struct {
	Lead  float64 // its votes beyond the most of the others there, times min(1, S/K), so that its slope is Tau
	Right bool    // it is the one that the plan has there
}

// Trace is what one run says of its votes.
type Trace struct {
	Calls  []Observation // at the places where a wrong call was sampled, too
	Places int           // how many of these there were
	Length int           // calls of the plan
	Step   float64       // what the cheapest step cost on the mean over the places of the plan, by the run's own costs
}

// Observe reads a trace from the tree of a run and the nodes of its plan, from the first step to the last. s is S, beyond
// which votes weigh no more; 0 means 8. A sibling that comes later in the plan is left out: calls that can change places are
// sampled in any order, it is as right as the one that was taken, and Tau is of right calls against wrong ones. So is a place
// without a wrong call, for the plan could not but go there.
func Observe(t *search.Tree, plan []search.NodeID, s float64) Trace {
	var tr Trace
	steps, priced := 0.0, 0
	for i, n := range plan {
		at := t.Parent(n)
		if !t.IsFinish(n) {
			tr.Length++
		}
		if t.Samples(at) == 0 {
			continue
		}
		wrong, least := wrongBeside(t, n, plan[i+1:])
		if !math.IsInf(least, 1) {
			steps, priced = steps+least, priced+1
		}
		if len(wrong) == 0 {
			continue
		}
		tr.Places++
		tr.Calls = appendLeads(tr.Calls, t.Votes(n), wrong, min(1, cmp.Or(s, 8)/float64(t.Samples(at))))
	}
	if priced > 0 {
		tr.Step = steps / float64(priced)
	}
	return tr
}

// wrongBeside returns the votes of the siblings of n that are not in the rest of the plan, and what the cheapest step costs there.
func wrongBeside(t *search.Tree, n search.NodeID, rest []search.NodeID) (votes []int, least float64) {
	least = math.Inf(1)
	for c := range t.Children(t.Parent(n)) {
		if t.Obsolete(c) {
			continue
		}
		least = min(least, t.Step(c))
		if c != n && !follows(t, c, rest) {
			votes = append(votes, t.Votes(c))
		}
	}
	return votes, least
}

// follows says whether the step c is among those of the rest of the plan.
func follows(t *search.Tree, c search.NodeID, rest []search.NodeID) bool {
	return !t.IsFinish(c) && slices.ContainsFunc(rest, func(n search.NodeID) bool { return !t.IsFinish(n) && t.Action(n) == t.Action(c) })
}

// appendLeads adds an observation of the call that was taken and of each wrong one.
func appendLeads(dst []Observation, taken int, wrong []int, scale float64) []Observation {
	dst = append(dst, Observation{scale * float64(taken-slices.Max(wrong)), true})
	for i, v := range wrong {
		most := taken
		for j, o := range wrong {
			if j != i {
				most = max(most, o)
			}
		}
		dst = append(dst, Observation{scale * float64(v-most), false})
	}
	return dst
}

// Calibration is what a set of runs says of the constants of the evidence presets.
type Calibration struct {
	Tau       float64 `json:"tau"`       // the slope
	SE        float64 `json:"se"`        // its standard error, by runs
	Lo        float64 `json:"lo"`        // the 95 % interval
	Hi        float64 `json:"hi"`        // of it
	Intercept float64 `json:"intercept"` // log odds of a call that is level with the best of the others
	Calls     int     `json:"calls"`     // observations
	Places    int     `json:"places"`    // where they were made
	Runs      int     `json:"runs"`
	Length    float64 `json:"length"` // mean calls of a plan, for [Options.Length]
	Step      float64 `json:"step"`   // mean least step cost, for [Options.Step]; 0 where no step was free of cost
}

// Sure says whether the interval is narrow enough, and above 0, for Tau to be used instead of the default.
func (c *Calibration) Sure() bool { return c.Lo > 0 && (c.Hi-c.Lo)/2 <= widest }

// Widest is the width of the widest interval that [Calibration.Sure] takes.
func Widest() float64 { return 2 * widest }

// Calibrate fits the scale of evidence to runs that succeeded (cost-findings section 10): the logistic regression of "the
// plan has this call" on its lead, whose slope is Tau. Only plans that succeeded are seen, so that the slope is rather too
// steep. Calls of one run depend on each other: the standard error is by runs (the sandwich estimator of Liang and Zeger
// 1986), and never below that of the model. A weak ridge keeps the slope finite where the lead tells right from wrong
// without a fault. docs/costs.md has what it brought. Errors wrap [ErrEvidence].
func Calibrate(runs []Trace) (*Calibration, error) {
	c := &Calibration{}
	right, lengths, steps := 0, 0.0, 0.0
	for _, r := range runs {
		c.Calls, c.Places = c.Calls+len(r.Calls), c.Places+r.Places
		lengths, steps = lengths+float64(r.Length), steps+r.Step
		if len(r.Calls) > 0 {
			c.Runs++
		}
		for _, o := range r.Calls {
			if o.Right {
				right++
			}
		}
	}
	if c.Runs < LeastRuns || c.Calls < LeastCalls {
		return nil, fmt.Errorf("%w: %d calls at places where a wrong one was sampled, in %d runs; %d calls in %d runs are needed",
			ErrEvidence, c.Calls, c.Runs, LeastCalls, LeastRuns)
	}
	if right == 0 || right == c.Calls {
		return nil, fmt.Errorf("%w: all %d calls are alike, right or wrong; both are needed", ErrEvidence, c.Calls)
	}
	c.Length, c.Step = lengths/float64(len(runs)), steps/float64(len(runs))
	fit := regress(runs)
	c.Intercept, c.Tau, c.SE = fit.a, fit.b, fit.spread(runs)
	c.Lo, c.Hi = c.Tau-z95*c.SE, c.Tau+z95*c.SE
	return c, nil
}

// z95 is the standard normal quantile of a two-sided 95 % interval.
const z95 = 1.959963984540054
