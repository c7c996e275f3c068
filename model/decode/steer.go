package decode

import (
	"fmt"
	"math"
	"slices"
)

// Guide is a value that steers, and by how much.
type Guide struct {
	Value Value
	Beta  float64 // in [-1e6,1e6]; 0 does nothing
}

// VASOptions are the settings of [VAS]; nil and zero fields take the defaults.
type VASOptions struct {
	// Beta is how much a value counts, in [0,1e6]; nil is 3. 0 is the model itself, a great one follows the best value.
	Beta *float64
	// TopK is how many of the likeliest tokens are steered, 1 to 1e6; 0 is 20.
	TopK int
	// More are further rewards that count as well, each with a beta of its own.
	More []Guide
}

const (
	defaultBeta = 3
	defaultTopK = 20
	maxBeta     = 1e6
)

// VAS is value augmented sampling (Han et al., arXiv 2405.06639): the k likeliest tokens of a frozen model get
//
//	logit(a) += beta * (V(s.a) - mean of V over the k)
//
// and all others keep what they have; taking the mean off keeps the weight of the k comparable with that of the rest. V is
// the value of the model's own continuations, from [LearnTD] or [Expect]. Several rewards add up ([VASOptions.More]).
// The steered model is itself a [Categorical]. Errors: [ErrOptions].
func VAS(m Categorical, v Value, o *VASOptions) (Categorical, error) {
	var d VASOptions
	if o != nil {
		d = *o
	}
	beta := float64(defaultBeta)
	if d.Beta != nil {
		beta = *d.Beta
	}
	if !(beta >= 0 && beta <= maxBeta) {
		return nil, fmt.Errorf("%w: beta: %v is outside [0,%v]; nil takes the default, %v", ErrOptions, beta, maxBeta, defaultBeta)
	}
	for i, g := range d.More {
		if !(math.Abs(g.Beta) <= maxBeta) || g.Value == nil {
			return nil, fmt.Errorf("%w: more[%d]: want a value and a beta in [-1e6,1e6], not %v", ErrOptions, i, g.Beta)
		}
	}
	k, err := topK(d.TopK)
	return &steered{Categorical: m, guides: append([]Guide{{v, beta}}, d.More...), k: k}, err
}

func topK(k int) (int, error) {
	if k < 0 || k > 1e6 {
		return 0, fmt.Errorf("%w: top k: %d is outside [1,1e6]; 0 takes the default, %d", ErrOptions, k, defaultTopK)
	}
	if k == 0 {
		k = defaultTopK
	}
	return k, nil
}

// Optimum is the model p that has the greatest E[r] - KL(p||m)/beta: p(text) is proportional to m(text)*exp(beta*r(text)). It goes
// through all texts. Errors: [ErrOptions], [ErrTooMany].
func Optimum(m Categorical, r Reward, beta float64) (Categorical, error) {
	v, err := Soft(m, r, beta)
	return &steered{Categorical: m, guides: []Guide{{v, beta}}, k: m.Size()}, err
}

// TransferQOptions are the settings of [TransferQ]; nil and zero fields take the defaults.
type TransferQOptions struct {
	// Alpha is the temperature, in [1e-6,1e6]; 0 is 1. A great one is the reference, a small one follows the best value.
	Alpha float64
	// TopK is how many of the likeliest tokens can be chosen, 1 to 1e6; 0 is 20.
	TopK int
	// Expect says how the aligned model looks ahead; its From is what makes the transfer indirect.
	Expect ExpectOptions
}

// TransferQ is transfer Q* (Chakraborty et al., arXiv 2405.20495): of the k likeliest tokens z of a frozen reference, one is
// drawn with a probability proportional to
//
//	ref(z|s) * exp(TQ(s,z)/alpha),  TQ(s,z) = E over texts of the aligned model that begin with s.z of r
//
// An aligned model's continuations tell more of what the best one would reach than the reference's own, which is what
// controlled decoding goes by. Where the model is aligned with another reward its texts are weighed
// ([ExpectOptions.From]). Errors: [ErrOptions], [ErrTooMany].
func TransferQ(ref, aligned Categorical, r Reward, o *TransferQOptions) (Categorical, error) {
	if o == nil {
		o = &TransferQOptions{}
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	v, err := Expect(aligned, r, &o.Expect)
	if err != nil {
		return nil, err
	}
	return TransferQFrom(ref, v, o)
}

func (o *TransferQOptions) validate() error {
	if a := o.Alpha; a != 0 && !(a >= 1e-6 && a <= 1e6) {
		return fmt.Errorf("%w: alpha: %v is outside [1e-6,1e6]; 0 takes the default, 1", ErrOptions, a)
	}
	_, err := topK(o.TopK)
	return err
}

// TransferQFrom is [TransferQ] with a value TQ that is at hand; of the options Alpha and TopK count. Errors: [ErrOptions].
func TransferQFrom(ref Categorical, v Value, o *TransferQOptions) (Categorical, error) {
	if o == nil {
		o = &TransferQOptions{}
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	alpha := o.Alpha
	if alpha == 0 {
		alpha = 1
	}
	k, err := topK(o.TopK)
	return &steered{Categorical: ref, guides: []Guide{{v, 1 / alpha}}, k: k, only: true}, err
}

// steered is a model whose likeliest tokens are steered.
type steered struct {
	Categorical
	guides []Guide
	k      int
	only   bool // the others are left out
}

// LogProbs implements [Categorical].
func (s *steered) LogProbs(text []int, dst []float64) {
	s.Categorical.LogProbs(text, dst)
	top := likeliest(dst, s.k)
	push := make([]float64, len(top))
	for _, g := range s.guides {
		if g.Beta == 0 {
			continue
		}
		values := make([]float64, len(top))
		for i, a := range top {
			values[i] = g.Value(append(text[:len(text):len(text)], a))
		}
		for i, x := range centred(values, g.Beta) {
			push[i] += x
		}
	}
	if s.only {
		kept := make([]float64, len(top))
		for i, a := range top {
			kept[i] = dst[a]
		}
		for a := range dst {
			dst[a] = math.Inf(-1)
		}
		for i, a := range top {
			dst[a] = kept[i]
		}
	}
	for i, a := range top {
		dst[a] += push[i]
	}
	normalise(dst)
}

// likeliest are the k likeliest tokens that are possible at all, in the order of their numbers where they are as likely.
func likeliest(logs []float64, k int) []int {
	var out []int
	for a, l := range logs {
		if !math.IsInf(l, -1) {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		switch {
		case logs[a] > logs[b]:
			return -1
		case logs[a] < logs[b]:
			return 1
		}
		return 0
	})
	return out[:min(k, len(out))]
}

// centred is beta times what each value is above the mean.
func centred(values []float64, beta float64) []float64 {
	mean := 0.0
	for _, v := range values {
		mean += v / float64(len(values))
	}
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = beta * (v - mean)
	}
	return out
}
