package cost

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/search"
)

// Errors that [New] and [Options.Validate] wrap.
var (
	ErrPreset  = errors.New("unknown cost preset")
	ErrOptions = errors.New("bad cost option")
)

// The values of [Options.Evidence].
const (
	Softmax = "softmax" // the negative log posterior of cost-findings section 7
	Share   = "share"   // 1 - f, the share of the samples that did not propose it; Tau, N0, S and Omega do not count then
)

// Presets returns the names that [New] knows.
func Presets() []string { return search.Presets() }

// Options shapes a preset. Where 0 has a meaning of its own the field is a pointer and nil is the default; elsewhere 0
// is the default. The defaults of the evidence presets are those of cost-findings section 7.
type Options struct {
	// Alpha is the weight of memory against self-consistency in a step's cost, in [0,1] (paper, equation 1); nil is 0.5.
	// Measured best: 0 to 0.25.
	Alpha *float64
	// Beta is the weight of the position in memory against the imagined rest in h, in [0,1] (paper, equation 2); nil is 0.5.
	// Measured best: 0 to 0.5.
	Beta *float64
	// Tau is how much a vote weighs, in nats, > 0: the right call is exp(Tau) times likelier per sample than a given wrong
	// one. 0 means 0.8 (outline: 0.9).
	Tau float64
	// N0 is how many votes "none of the sampled" has, >= 0; nil is 0.5.
	N0 *float64
	// S is the number of samples beyond which votes weigh no more in sum, > 0; 0 means 8.
	S float64
	// Omega is the weight of the memory prior, >= 0; nil is 0.5. It only counts where candidates carry a prior.
	Omega *float64
	// Rho is the share of the run's consensus length against the node's own imagined rest in h, in [0,1]; nil is 0.5.
	Rho *float64
	// W multiplies h, >= 0; nil is 1. Take 1.5 where the budget is below 2.5 times the expected length, never 2.
	W *float64
	// Phi is the charge, in nats, for each call that a finished plan is short of the consensus, >= 0; nil is 2 (outline: 1).
	Phi *float64
	// TP and FP are how often the judge accepts a right and a wrong plan, in (0,1), TP > FP; 0 means 0.9 and 0.2.
	TP, FP float64
	// Length is the number of calls expected before any sample said so (the mean of memory's plans, say), > 0; 0 means 8.
	Length float64
	// Step is what a step is thought to cost before any was priced, in nats, > 0, at the weight of two steps; 0 means 0.3.
	Step float64
	// Evidence is how votes make the cost of a step of the evidence presets: [Softmax], the default, or [Share].
	Evidence string
	// Price, Latency and Health weigh the parts of those names, in the unit of a step's cost, >= 0. nil is 0.1, 0.1 and
	// 0.5 (inferred, not measured), and 0 for preset paper, which has no such parts.
	Price, Latency, Health *float64
}

// field is one option with its range, for Validate.
type field struct {
	name   string
	v      *float64
	lo, hi float64
	open   bool // the bounds themselves are outside
}

// Validate says which field is out of its range and what to set instead.
func (o *Options) Validate() error {
	if o == nil {
		return nil
	}
	inf := math.Inf(1)
	for _, f := range []field{
		{"alpha", o.Alpha, 0, 1, false}, {"beta", o.Beta, 0, 1, false}, {"rho", o.Rho, 0, 1, false},
		{"tau", given(o.Tau), 0, inf, true}, {"n0", o.N0, 0, inf, false}, {"s", given(o.S), 0, inf, true},
		{"omega", o.Omega, 0, inf, false}, {"w", o.W, 0, inf, false}, {"phi", o.Phi, 0, inf, false},
		{"tp", given(o.TP), 0, 1, true}, {"fp", given(o.FP), 0, 1, true}, {"length", given(o.Length), 0, inf, true},
		{"step", given(o.Step), 0, inf, true},
		{"price", o.Price, 0, inf, false}, {"latency", o.Latency, 0, inf, false}, {"health", o.Health, 0, inf, false},
	} {
		if err := f.check(); err != nil {
			return err
		}
	}
	if e := o.Evidence; e != "" && e != Softmax && e != Share {
		return fmt.Errorf("%w: evidence %q: want %s or %s", ErrOptions, e, Softmax, Share)
	}
	if tp, fp := cmp.Or(o.TP, 0.9), cmp.Or(o.FP, 0.2); tp <= fp {
		return fmt.Errorf("%w: tp: %v is not above fp %v, so the judge's word would count against itself: swap them or use no judge", ErrOptions, tp, fp)
	}
	return nil
}

func (f *field) check() error {
	if f.v == nil {
		return nil
	}
	v := *f.v
	if v > f.lo && v < f.hi || !f.open && (v == f.lo || v == f.hi) && !math.IsInf(v, 0) {
		return nil
	}
	bounds := fmt.Sprintf("[%v,%v]", f.lo, f.hi)
	switch {
	case math.IsInf(f.hi, 1) && f.open:
		bounds = "(0, ...)"
	case math.IsInf(f.hi, 1):
		bounds = "[0, ...)"
	case f.open:
		bounds = fmt.Sprintf("(%v,%v)", f.lo, f.hi)
	}
	return fmt.Errorf("%w: %s: %v is outside %s; leave it out for the default", ErrOptions, f.name, v, bounds)
}

// New returns the scorer of a preset, "auto" where the name is empty. A scorer serves one run. o may be nil.
func New(name string, o *Options) (search.Scorer, error) {
	if name == "" {
		name = search.Auto
	}
	if !slices.Contains(Presets(), name) {
		return nil, fmt.Errorf("%w %q: want one of %s", ErrPreset, name, strings.Join(Presets(), ", "))
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if o == nil {
		o = &Options{}
	}
	switch name {
	case search.Paper:
		return newPaper(o), nil
	case search.Azimuth:
		return newEvidence(o, weigh(o, false), nil), nil
	case search.Outline:
		return newEvidence(o, weigh(o, true), nil), nil
	}
	after := weigh(o, false)
	return newEvidence(o, weigh(o, true), &after), nil
}

func given(v float64) *float64 {
	if v == 0 {
		return nil
	}
	return &v
}

func value(v *float64, def float64) float64 {
	if v == nil {
		return def
	}
	return *v
}
