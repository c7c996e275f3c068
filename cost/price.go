package cost

import (
	"context"
	"fmt"
	"time"
)

// saturating maps v >= 0 to [0,1): 0 is free, scale costs a half.
func saturating(v, scale float64) float64 {
	if !(v > 0) {
		return 0
	}
	return v / (v + scale)
}

// Price is the money part of a step's cost: p / (p + scale) for a tool that costs p dollars a call. A tool whose price is
// not known is free, as is the final answer.
type Price struct{ scale float64 }

// NewPrice returns the component; scale > 0 is the price in dollars that costs a half.
func NewPrice(scale float64) (*Price, error) {
	if !(scale > 0) {
		return nil, fmt.Errorf("%w: price scale: %v is not above 0: give the dollars a call that should cost a half", ErrOptions, scale)
	}
	return &Price{scale}, nil
}

// Name implements [Step].
func (*Price) Name() string { return PartPrice }

// Cost implements [Step].
func (p *Price) Cost(_ context.Context, _ *State, c *Candidate) (float64, error) {
	if c.Spec == nil {
		return 0, nil
	}
	return saturating(c.Spec.Price.USD, p.scale), nil
}

// Latency is the waiting part of a step's cost: l / (l + scale) for a tool that takes l.
type Latency struct{ scale time.Duration }

// NewLatency returns the component; scale > 0 is the wall time of a call that costs a half.
func NewLatency(scale time.Duration) (*Latency, error) {
	if scale <= 0 {
		return nil, fmt.Errorf("%w: latency scale: %v is not above 0: give the wall time a call that should cost a half", ErrOptions, scale)
	}
	return &Latency{scale}, nil
}

// Name implements [Step].
func (*Latency) Name() string { return PartLatency }

// Cost implements [Step].
func (l *Latency) Cost(_ context.Context, _ *State, c *Candidate) (float64, error) {
	if c.Spec == nil {
		return 0, nil
	}
	return saturating(c.Spec.Price.Latency.Seconds(), l.scale.Seconds()), nil
}
