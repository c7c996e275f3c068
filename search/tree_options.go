package search

import "fmt"

// TreeOptions are the settings of the tree search. Zero and empty values mean what the named method uses:
//
//	        iterations  explore  select  rollout  calc  cum   lambda
//	mcts    50          1        uct     real     mean  -     -
//	rap     10          1        uct     wide     max   mean  -
//	lats    50          1        uct     wide     mean  -     0.5
//	cpl     200         1.5      puct    value    mean  -     1
//
// rap's calc and cum are those of its GSM8K experiment; Blocksworld has mean and sum.
type TreeOptions struct {
	// Iterations is how many passes are made, 1 to 1<<30.
	Iterations int
	// Explore is the weight of what was seldom tried, in [0,1000]: w of UCT, c of PUCT; nil takes the default, 0 is none.
	Explore *float64
	// Select is the rule by which a pass goes down: [UCT] or [PUCT].
	Select string
	// Rollout is how a pass goes on from a new place: [Real], [Wide] or [Value], which has the model rate its steps.
	Rollout string
	// Calc is what a node makes of the returns of its passes: [Mean] or [Max].
	Calc string
	// Cum is what rap makes of the rewards of a pass's steps: [Mean] or [Sum].
	Cum string
	// Lambda is how much a rating counts against the share of votes in a step's first value, in [0,1]; nil takes the default.
	Lambda *float64
	// NoReflection has lats do without lessons: for models that write no text.
	NoReflection bool
}

func (o *TreeOptions) validate() error {
	if o.Iterations < 0 || o.Iterations > 1<<30 {
		return fmt.Errorf("%w: iterations: %d is outside [0,%d]; 0 takes the default", ErrOptions, o.Iterations, 1<<30)
	}
	if e := o.Explore; e != nil && !(*e >= 0 && *e <= 1000) {
		return fmt.Errorf("%w: explore: %v is outside [0,1000]; leave it out for the default", ErrOptions, *e)
	}
	if l := o.Lambda; l != nil && !(*l >= 0 && *l <= 1) {
		return fmt.Errorf("%w: lambda: %v is outside [0,1]; leave it out for the default", ErrOptions, *l)
	}
	for _, f := range []struct {
		name, v string
		words   []string
	}{
		{"select", o.Select, []string{UCT, PUCT}}, {"rollout", o.Rollout, []string{Real, Wide, Value}},
		{"calc", o.Calc, []string{Mean, Max}}, {"cum", o.Cum, []string{Mean, Sum}},
	} {
		if err := oneOf(f.name, f.v, f.words...); err != nil {
			return err
		}
	}
	return nil
}

// how is the settings of a name with what these options change.
func (o *TreeOptions) how(name string, samples, retries int) how {
	h := how{samples: or(samples, 5), iterations: 50, explore: 1, lambda: 0.5, rollout: Real, retries: retries}
	calc, cum := Mean, Mean
	switch name {
	case RAP:
		h.iterations, h.rollout, h.edges, calc = 10, Wide, true, Max
	case LATS:
		h.rollout, h.values, h.reflects = Wide, true, !o.NoReflection
	case CPL:
		h.samples, h.iterations, h.explore, h.lambda = or(samples, 3), 200, 1.5, 1
		h.rollout, h.puct, h.signed = Value, true, true
	}
	h.first = h.samples
	if name == CPL && samples == 0 {
		h.first = 5
	}
	h.iterations = or(o.Iterations, h.iterations)
	if o.Explore != nil {
		h.explore = *o.Explore
	}
	if o.Lambda != nil {
		h.lambda = *o.Lambda
	}
	if o.Select != "" {
		h.puct = o.Select == PUCT
	}
	if o.Rollout != "" {
		h.rollout = o.Rollout
	}
	h.values = h.values || h.rollout == Value
	h.takeMax = word(o.Calc, calc) == Max
	h.add = word(o.Cum, cum) == Sum
	return h
}

func word(v, def string) string {
	if v == "" {
		return def
	}
	return v
}
