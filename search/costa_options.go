package search

import "fmt"

// CostaThreshold is the least quality that passes the check where [CostaOptions] has none: that of the published code.
const CostaThreshold = 0.8

// CostaOptions shape a [Costa]. The zero value is the paper's search.
type CostaOptions struct {
	// Alpha is the trade-off, from 0 (quality alone) to 2 (cost alone); nil means 1.
	Alpha *float64
	// Threshold is the least quality of a step that passes the check, in [0,1]; nil means [CostaThreshold].
	Threshold *float64
	// Retries is how often a step is tried again, with other settings, 0 to 1000; 0 means 1, negative means never.
	Retries int
	// MaxTries ends the search after so many attempts; 0 means no limit.
	MaxTries int
	// Deferred carries a step out when it comes up by what it is rated, not when the step before it does, as the paper
	// has it: fewer tools run, the path may be a worse one. Inferred, after Q*.
	Deferred bool
	// Exact keeps all ways to a node of which none is both cheaper and better, and orders them by a bound. Where all
	// tools come out as rated and no check fails, the path is then the best there is.
	Exact bool
	// Strict keeps out what failed the check also when nothing else is left; the search then ends without a path.
	Strict bool
}

// Validate says which field is out of its range and what would be in it.
func (o *CostaOptions) Validate() error {
	if o == nil {
		return nil
	}
	if err := validAlpha(orElse(o.Alpha, 1)); err != nil {
		return err
	}
	if t := orElse(o.Threshold, 0); !(t >= 0 && t <= 1) {
		return fmt.Errorf("%w: threshold: %v is outside [0,1]; leave it out for the default", ErrOptions, t)
	}
	if o.Retries > 1000 {
		return fmt.Errorf("%w: retries: %d is above 1000; 0 takes the default, negative is none", ErrOptions, o.Retries)
	}
	if o.MaxTries < 0 {
		return fmt.Errorf("%w: max tries: %d is below 0, which is no limit", ErrOptions, o.MaxTries)
	}
	return nil
}

func validAlpha(a float64) error {
	if !(a >= 0 && a <= 2) {
		return fmt.Errorf("%w: alpha: %v is outside [0,2]: 0 is quality alone, 2 is cost alone", ErrOptions, a)
	}
	return nil
}
