package decode

import (
	"fmt"
	"math"
	"slices"
)

// maxBias is the greatest bias that endpoints take.
const maxBias = 100

// Bias is the logit bias by which an endpoint draws one of the tokens and nothing else, each with a probability
// proportional to p*exp(beta*V): what [VAS] and [TransferQFrom] make of a model that can go on with these tokens only. The best
// of them has 100, the others as much less as they are worth less, down to -100, and all other tokens of the vocabulary have
// none, which leaves these at most exp(-100) times what they weigh against the best. It holds for one token. At another
// temperature than 1 the endpoint divides log-probability and bias alike. Errors: [ErrOptions] where there are not as many
// values as tokens, one of them is no number, or beta is outside [-1e6,1e6].
func Bias(tokens []int, values []float64, beta float64) (map[int]float64, error) {
	if len(tokens) != len(values) {
		return nil, fmt.Errorf("%w: %d values for %d tokens: want one each", ErrOptions, len(values), len(tokens))
	}
	if !(math.Abs(beta) <= maxBeta) {
		return nil, fmt.Errorf("%w: beta: %v is outside [-1e6,1e6]", ErrOptions, beta)
	}
	if slices.ContainsFunc(values, func(v float64) bool { return math.IsNaN(beta*v) || math.IsInf(beta*v, 0) }) {
		return nil, fmt.Errorf("%w: values: %v is not finite", ErrOptions, values)
	}
	best := math.Inf(-1)
	for _, v := range values {
		best = max(best, beta*v)
	}
	out := make(map[int]float64, len(tokens))
	for i, t := range tokens {
		out[t] = max(maxBias+beta*values[i]-best, -maxBias)
	}
	return out, nil
}
