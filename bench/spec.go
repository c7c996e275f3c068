package bench

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/search"
)

// Noisy is the name of the simulated proposer and of the simulated judge; None is nobody.
const (
	Noisy = "noisy"
	None  = "none"
)

// Spec says what is compared. Every combination of its lists is measured. Empty fields take the defaults.
type Spec struct {
	Suites     []string        `json:"suites"`     // names of [Suites]
	Strategies []string        `json:"strategies"` // as [ParseContender] reads them
	Tasks      int             `json:"tasks"`      // a seed, 1 to 100,000; default 60
	Seeds      int             `json:"seeds"`      // 1 to 1,000; default 5
	First      uint64          `json:"first_seed"` // seeds are First, First+1, …; default 1
	Budgets    []budget.Limits `json:"budgets"`    // of a run; default 40 model calls
	Model      string          `json:"model"`      // noisy (the default), lexical or PROVIDER/NAME
	P          []float64       `json:"p"`          // of the simulated proposer: a sample is right, in (0,1]; default 0.65
	E          []float64       `json:"e"`          // how strongly its errors propagate, in [0,1]; default 0.3
	Errors     []string        `json:"errors"`     // diffuse, skewed; default diffuse
	Valid      bool            `json:"valid"`      // it never writes a call that the tools' schemas refuse
	Judges     []string        `json:"judges"`     // none (the default), noisy, or what the runner can open
	Demos      int             `json:"demos"`      // solved requests in memory; default 5, negative for none
	// Lessons is how many requests, of seeds that no row has, a contender of costa goes through before each seed, 0 to 100: its journals of them
	// are what it learns prices and qualities from. What they take is in no row. 0 is none.
	Lessons int `json:"lessons,omitempty"`
}

// WithDefaults returns the spec with its empty fields filled in.
func (s Spec) WithDefaults() Spec {
	s.Tasks, s.Seeds, s.First = orDefault(s.Tasks, 60), orDefault(s.Seeds, 5), orDefault(s.First, 1)
	s.Demos, s.Model = orDefault(s.Demos, 5), orDefault(s.Model, Noisy)
	s.Budgets = orOne(s.Budgets, budget.Limits{ModelCalls: 40})
	s.Judges = orOne(s.Judges, None)
	if s.Model != Noisy {
		return s
	}
	s.P, s.E, s.Errors = orOne(s.P, 0.65), orOne(s.E, 0.3), orOne(s.Errors, noisy.Diffuse.String())
	return s
}

func orDefault[T comparable](v, d T) T {
	var zero T
	if v == zero {
		return d
	}
	return v
}

func orOne[T any](v []T, d T) []T {
	if len(v) == 0 {
		return []T{d}
	}
	return v
}

// Validate says which field is out of its range, or lists what there is.
func (s Spec) Validate() error {
	s = s.WithDefaults()
	switch {
	case len(s.Suites) == 0:
		return errors.New("suites: none; azimuth bench list shows what there is")
	case len(s.Strategies) == 0:
		return errors.New("strategies: none; azimuth bench list shows what there is")
	case s.Tasks < 1 || s.Tasks > 100_000:
		return fmt.Errorf("tasks: %d is not from 1 to 100,000", s.Tasks)
	case s.Seeds < 1 || s.Seeds > 1000:
		return fmt.Errorf("seeds: %d is not from 1 to 1,000", s.Seeds)
	case s.Demos > 1000:
		return fmt.Errorf("demos: %d is above 1,000", s.Demos)
	case s.Lessons < 0 || s.Lessons > 100:
		return fmt.Errorf("lessons: %d is not from 0 to 100", s.Lessons)
	case s.First > math.MaxInt32: // a result's numbers are read by programs that count in doubles
		return fmt.Errorf("first seed: %d is above %d", s.First, math.MaxInt32)
	case s.Model != Noisy && (s.Valid || len(s.P)+len(s.E)+len(s.Errors) > 0):
		return fmt.Errorf("p, e, errors and valid are of the simulated proposer, and the model is %s", s.Model)
	}
	return errors.Join(s.lists(), s.simulation())
}

// lists checks the names, and that nothing is there twice.
func (s Spec) lists() error {
	for _, name := range s.Suites {
		if _, err := FindSuite(name); err != nil {
			return err
		}
	}
	all, err := ParseContenders(s.Strategies)
	if err != nil {
		return err
	}
	if s.Lessons > 0 && !slices.ContainsFunc(all, Contender.learns) {
		return fmt.Errorf("lessons: only %s learns from them; add it to the strategies, or leave lessons out", search.CoSTA)
	}
	for _, b := range s.Budgets {
		if err := b.Validate(); err != nil {
			return fmt.Errorf("budget: %w", err)
		}
		if b == (budget.Limits{Depth: b.Depth}) {
			return errors.New("budget: no limit; contenders are compared at equal budget, such as calls=40")
		}
	}
	return errors.Join(once("suites", s.Suites), once("budgets", s.Budgets), once("p", s.P), once("e", s.E),
		once("errors", s.Errors), once("judges", s.Judges))
}

func once[T comparable](name string, list []T) error {
	for i, v := range list {
		if slices.Contains(list[:i], v) {
			return fmt.Errorf("%s: %v is there twice", name, v)
		}
	}
	return nil
}

func (s Spec) simulation() error {
	var all []error
	for _, name := range s.Errors {
		if _, err := errorsOf(name); err != nil {
			all = append(all, err)
		}
	}
	for _, p := range s.P {
		all = append(all, noisy.Params{P: p}.Validate())
	}
	for _, e := range s.E {
		all = append(all, noisy.Params{P: 1, E: e}.Validate())
	}
	return errors.Join(all...)
}

func errorsOf(name string) (noisy.Errors, error) {
	for _, e := range []noisy.Errors{noisy.Diffuse, noisy.Skewed} {
		if e.String() == name {
			return e, nil
		}
	}
	return 0, fmt.Errorf("errors: %q: want %s or %s", name, noisy.Diffuse, noisy.Skewed)
}
