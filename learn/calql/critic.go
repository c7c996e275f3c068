package calql

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
)

// Critic is a Q that was trained, or put together by hand. It may be used from several goroutines at once.
type Critic struct{ weights []float64 }

// New returns the critic of given weights, one a feature.
func New(weights []float64) *Critic { return &Critic{slices.Clone(weights)} }

// Q is how good the state and action of these features are: the discounted sum of rewards from there on. A feature that
// the critic was not trained with counts nothing.
func (c *Critic) Q(features []Feature) float64 {
	sum := 0.0
	for _, f := range features {
		if f.At >= 0 && f.At < len(c.weights) {
			sum += c.weights[f.At] * f.By
		}
	}
	return sum
}

// Weights returns a copy of the weights, one a feature.
func (c *Critic) Weights() []float64 { return slices.Clone(c.weights) }

// Train returns a critic of n features, learnt from recorded steps in any order. It stops with the context's error. Other
// errors: [ErrOptions]; [ErrStep], which names the first step that is wrong, or says that the weights grew without bounds.
func Train(ctx context.Context, n int, steps []Step, o *Options) (*Critic, error) {
	if o == nil {
		o = &Options{}
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	switch {
	case n < 1:
		return nil, fmt.Errorf("%w: %d features: want at least 1", ErrOptions, n)
	case o.From != nil && len(o.From) != n:
		return nil, fmt.Errorf("%w: from: %d weights for %d features: want one each", ErrOptions, len(o.From), n)
	case len(steps) == 0:
		return nil, fmt.Errorf("%w: there are none to learn from", ErrStep)
	}
	l := newLearner(n, o)
	for i := range steps {
		if err := steps[i].validate(n, l.alpha > 0); err != nil {
			return nil, fmt.Errorf("%w %d: %w", ErrStep, i, err)
		}
	}
	rng := rand.New(rand.NewPCG(o.Seed, 0xca1))
	for range l.updates {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for range l.batch {
			l.look(&steps[rng.IntN(len(steps))])
		}
		l.descend(float64(l.batch))
	}
	if slices.ContainsFunc(l.w, func(w float64) bool { return !finite(w) }) {
		return nil, fmt.Errorf("%w: the weights grew without bounds; lower the rate, %v, or scale the features down", ErrStep, l.rate)
	}
	return &Critic{l.w}, nil
}
