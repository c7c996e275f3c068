package decode

import (
	"errors"
	"fmt"
	"math"
)

// ErrOptions is what every error about an option is.
var ErrOptions = errors.New("bad decoding option")

// ErrTooMany says that a model has too many texts to go through all of them.
var ErrTooMany = errors.New("more than 1,048,576 beginnings of texts: take rollouts")

// maxTexts is how many beginnings of texts are gone through at most.
const maxTexts = 1 << 20

// ExpectOptions say how [Expect] looks ahead; nil goes through all texts.
type ExpectOptions struct {
	// Rollouts is how many continuations are drawn for each value, 0 to 1e6; 0 goes through all of them, which is exact.
	Rollouts int
	// Tokens is the length of a rollout, 0 to 1e6; 0 goes to the end. Transfer Q* takes 20, or 5 for indirect transfer.
	Tokens int
	// Seed of the rollouts: a text has the same ones whenever it is asked about.
	Seed uint64
	// From is the reward that the model was aligned with, where it is not the one that is wanted: continuations then
	// count with exp((r-From)/Beta), over the sum of these weights. nil weighs all alike.
	From Reward
	// Beta is the temperature with which the model was aligned, above 0 and at most 1e6; 1 by default.
	Beta float64
}

func (o *ExpectOptions) validate() error {
	switch {
	case o.Rollouts < 0 || o.Rollouts > 1e6:
		return fmt.Errorf("%w: rollouts: %d is outside [0,1e6]; 0 goes through all texts", ErrOptions, o.Rollouts)
	case o.Tokens < 0 || o.Tokens > 1e6:
		return fmt.Errorf("%w: tokens: %d is outside [0,1e6]; 0 goes to the end", ErrOptions, o.Tokens)
	case !(o.Beta >= 0 && o.Beta <= 1e6):
		return fmt.Errorf("%w: beta: %v is outside (0,1e6]; 0 takes the default, 1", ErrOptions, o.Beta)
	}
	return nil
}

func (o *ExpectOptions) beta() float64 {
	if o.Beta == 0 {
		return 1
	}
	return o.Beta
}

// tilt is the log of what a continuation weighs, (r-From)/Beta.
func (o *ExpectOptions) tilt(r float64, text []int) float64 {
	if o.From == nil {
		return 0
	}
	return (r - o.From(text)) / o.beta()
}

// Expect is the reward that the model's own continuations bring on the mean: V of arXiv 2405.06639, and the direct and
// indirect transfer of arXiv 2405.20495 when the model is the aligned one. Errors: [ErrOptions], [ErrTooMany].
func Expect(m Categorical, r Reward, o *ExpectOptions) (Value, error) {
	if o == nil {
		o = &ExpectOptions{}
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	if o.Rollouts > 0 {
		return func(text []int) float64 { return o.estimate(m, r, text) }, nil
	}
	values := map[string]float64{}
	_, err := fold(m, nil, func(text []int, logs []float64, next []sums) sums {
		var s sums
		if next == nil {
			x := r(text)
			s = sums{log: o.tilt(x, text), mean: x}
		} else {
			s = mix(logs, next)
		}
		values[key(text)] = s.mean
		return s
	})
	return table(values, 0), err
}

// estimate is the mean over rollouts after a text, each by its share of the weights.
func (o *ExpectOptions) estimate(m Categorical, r Reward, text []int) float64 {
	rng, tokens := source(text, o.Seed), o.Tokens
	if tokens == 0 {
		tokens = math.MaxInt
	}
	all := make([]sums, o.Rollouts)
	for i := range all {
		whole := extend(m, text, tokens, rng)
		x := r(whole)
		all[i] = sums{log: o.tilt(x, whole), mean: x}
	}
	return mix(make([]float64, len(all)), all).mean
}

// Soft is the value under which sampling by [Optimum] is exact: V*(s) = 1/beta log E exp(beta r) over the model's
// continuations, by going through all of them. Errors: [ErrOptions] for a beta outside (0,1e6], [ErrTooMany].
func Soft(m Categorical, r Reward, beta float64) (Value, error) {
	if !(beta > 0 && beta <= 1e6) {
		return nil, fmt.Errorf("%w: beta: %v is outside (0,1e6]", ErrOptions, beta)
	}
	values := map[string]float64{}
	_, err := fold(m, nil, func(text []int, logs []float64, next []sums) sums {
		s := sums{log: 0}
		if next == nil {
			s.log = beta * r(text)
		} else {
			s = mix(logs, next)
		}
		values[key(text)] = s.log / beta
		return s
	})
	return table(values, 0), err
}

// sums is what is added up over continuations: the log of their weight, and their mean by weight.
type sums struct{ log, mean float64 }

// mix adds continuations up that have the given log-probabilities.
func mix(logs []float64, next []sums) sums {
	weights := make([]float64, len(next))
	for i, s := range next {
		weights[i] = logs[i] + s.log
	}
	out := sums{log: logSum(weights)}
	for i, s := range next {
		if w := math.Exp(weights[i] - out.log); w > 0 {
			out.mean += w * s.mean
		}
	}
	return out
}

// fold goes through all texts after a text, what the model would never write included, and has at make one of each and of what follows it, nil where
// it is finished.
func fold(m Categorical, text []int, at func(text []int, logs []float64, next []sums) sums) (sums, error) {
	if !countable(m, text) {
		return sums{}, ErrTooMany
	}
	var walk func(text []int) sums
	walk = func(text []int) sums {
		if m.Done(text) {
			return at(text, nil, nil)
		}
		logs, next := make([]float64, m.Size()), make([]sums, m.Size())
		m.LogProbs(text, logs)
		for a := range next {
			next[a] = walk(append(text[:len(text):len(text)], a))
		}
		return at(text, logs, next)
	}
	return walk(text), nil
}

// countable says that there are no more than maxTexts beginnings after a text. It asks for no probabilities, so that a model
// with too many is refused before the work is done.
func countable(m Categorical, text []int) bool {
	seen := 0
	var walk func(text []int) bool
	walk = func(text []int) bool {
		if seen++; seen > maxTexts || m.Done(text) {
			return seen <= maxTexts
		}
		for a := range m.Size() {
			if !walk(append(text, a)) {
				return false
			}
		}
		return true
	}
	return walk(append([]int(nil), text...))
}

// table is the value that is known of a text, or of the longest beginning of it that is known.
func table(values map[string]float64, unknown float64) Value {
	return func(text []int) float64 {
		for n := len(text); n >= 0; n-- {
			if v, ok := values[key(text[:n])]; ok {
				return v
			}
		}
		return unknown
	}
}

// Return is the reward that a model brings on the mean, and how far it is from a reference: KL(m||ref) over whole texts, in
// nats; +Inf where it writes what the reference can't. It goes through all texts. Errors: [ErrTooMany].
func Return(m, ref Categorical, r Reward) (mean, kl float64, err error) {
	base := make([]float64, m.Size())
	far := map[string]float64{}
	s, err := fold(m, nil, func(text []int, logs []float64, next []sums) sums {
		if next == nil {
			return sums{mean: r(text)}
		}
		ref.LogProbs(text, base)
		total := 0.0
		for a, l := range logs {
			if p := math.Exp(l); p > 0 {
				total += p * (l - base[a] + far[key(append(text[:len(text):len(text)], a))])
			}
		}
		far[key(text)] = total
		return mix(logs, next)
	})
	return s.mean, max(far[key(nil)], 0), err
}
