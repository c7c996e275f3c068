package decode

import (
	"fmt"
	"math/rand/v2"
)

// TDOptions are the settings of [LearnTD]; nil and zero fields take the defaults.
type TDOptions struct {
	// Episodes is how many texts are written, 1 to 1e7; 0 is 10,000.
	Episodes int
	// Lambda is how much of a value's target comes from the end of the text instead of from the next value, in [0,1]; nil is .95.
	Lambda *float64
	// Seed of the texts.
	Seed uint64
}

// LearnTD learns the value of a model's own continuations from texts that it writes, by TD(lambda) without discount, as arXiv
// 2405.06639 does it: the target of a beginning is V + A with A = delta + lambda*A', and the model never changes. Here it
// is a table instead of a network, a beginning's value is the mean of its targets, and one that was never written has
// that of what it begins with (inferred). Errors: [ErrOptions].
func LearnTD(m Categorical, r Reward, o *TDOptions) (Value, error) {
	var d TDOptions
	if o != nil {
		d = *o
	}
	if d.Episodes == 0 {
		d.Episodes = 10_000
	}
	lambda := .95
	if d.Lambda != nil {
		lambda = *d.Lambda
	}
	switch {
	case d.Episodes < 0 || d.Episodes > 1e7:
		return nil, fmt.Errorf("%w: episodes: %d is outside [1,1e7]; 0 takes the default, 10,000", ErrOptions, d.Episodes)
	case !(lambda >= 0 && lambda <= 1):
		return nil, fmt.Errorf("%w: lambda: %v is outside [0,1]; nil takes the default, .95", ErrOptions, lambda)
	}
	values, seen := map[string]float64{}, map[string]float64{}
	rng := rand.New(rand.NewPCG(d.Seed, 0x7d))
	for range d.Episodes {
		text := Sample(m, nil, rng)
		target := r(text)
		for n := len(text); n >= 0; n-- {
			k := key(text[:n])
			seen[k]++
			values[k] += (target - values[k]) / seen[k]
			target = lambda*target + (1-lambda)*values[k]
		}
	}
	return table(values, 0), nil
}
