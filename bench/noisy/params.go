package noisy

import "fmt"

// Errors says how the wrong mass is spread.
type Errors uint8

// The kinds of error.
const (
	Diffuse Errors = iota // every sample errs on its own
	Skewed                // errors are systematic: one distractor dominates
)

// String returns diffuse or skewed.
func (e Errors) String() string {
	if e == Skewed {
		return "skewed"
	}
	return "diffuse"
}

// Params are the rates of the simulation, as in the evidence for the costs: p of 0.55, 0.65 and 0.8, e of 0.3
// and 0.7.
type Params struct {
	P      float64 // that a sample is right on a path without errors, in (0,1]
	E      float64 // how strongly errors propagate, in [0,1]
	Errors Errors
}

// Imagination says what an outline consists of.
type Imagination uint8

// The kinds of outline.
const (
	// Calls are rolled out with all their arguments.
	Calls Imagination = iota
	// Lengths are the right tools' names without arguments, of a number that is off by a factor exp(N(0, .3)) and
	// takes no notice of errors.
	Lengths
)

// Options are the rest of the simulation's constants. Zero means the default.
type Options struct {
	Imagination Imagination
	Order       float64 // that a right sample is the preferred call; default .85
	Decay       float64 // factor on p after an outline's first call; default .9
	Depth       int     // calls in a path with its outline, at most; default 24
	// Valid draws a call again that the tools' schemas would refuse: one with a place or a date that no call on the
	// path made. Without it such a call has the bare name in the handle's place, as a model would write it that has
	// not seen the handle, and it is for the caller to drop the sample.
	Valid bool
	// Gap is how far the mean ratings of right and wrong options are apart, in (0,1]; default .2 (AUC .76). A gap of .1
	// is an AUC of .64, one of .4 an AUC of .92. See [Model.Evaluate].
	Gap float64
	// Lesson is how often a lesson names what was wrong, at most 1; default .6, negative for never. Heed is the share of its
	// mass that a call keeps which a lesson warns of, at most 1; default .25, negative for none. Both are inferred.
	Lesson, Heed float64
	Seed         uint64 // draws another population of slots and distractors
}

// Validate says what is wrong with the parameters.
func (p Params) Validate() error {
	switch {
	case !(p.P > 0 && p.P <= 1):
		return fmt.Errorf("p: %v is not above 0 and at most 1", p.P)
	case !(p.E >= 0 && p.E <= 1):
		return fmt.Errorf("e: %v is not from 0 to 1", p.E)
	case p.Errors > Skewed:
		return fmt.Errorf("errors: %d is neither diffuse nor skewed", p.Errors)
	}
	return nil
}

// Validate says what is wrong with the options.
func (o Options) Validate() error {
	switch {
	case !(o.Order >= 0 && o.Order <= 1):
		return fmt.Errorf("order: %v is not from 0 to 1", o.Order)
	case !(o.Decay >= 0 && o.Decay <= 1):
		return fmt.Errorf("decay: %v is not from 0 to 1", o.Decay)
	case o.Depth < 0:
		return fmt.Errorf("depth: %d is below 0", o.Depth)
	case !(o.Gap >= 0 && o.Gap <= 1):
		return fmt.Errorf("gap: %v is not from 0 to 1", o.Gap)
	case !(o.Lesson <= 1):
		return fmt.Errorf("lesson: %v is above 1", o.Lesson)
	case !(o.Heed <= 1):
		return fmt.Errorf("heed: %v is above 1", o.Heed)
	case o.Imagination > Lengths:
		return fmt.Errorf("imagination: %d is neither calls nor lengths", o.Imagination)
	}
	return nil
}

func (o Options) withDefaults() Options {
	if o.Order == 0 {
		o.Order = 0.85
	}
	if o.Decay == 0 {
		o.Decay = 0.9
	}
	if o.Depth == 0 {
		o.Depth = 24
	}
	if o.Gap == 0 {
		o.Gap = 0.2
	}
	o.Lesson, o.Heed = share(o.Lesson, 0.6), share(o.Heed, 0.25)
	return o
}

// share is a probability whose zero means the default, and negative values zero.
func share(x, byDefault float64) float64 {
	if x == 0 {
		return byDefault
	}
	return max(x, 0)
}
