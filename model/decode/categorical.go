package decode

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// Categorical is a model of texts over a finite vocabulary: the probabilities of the next token after a prefix.
type Categorical interface {
	// Size is the number of tokens; they are 0 to Size-1.
	Size() int
	// Done says that the text is finished.
	Done(text []int) bool
	// LogProbs puts the natural logs of the probabilities of what follows an unfinished text into dst, which has Size
	// entries; -Inf is impossible.
	LogProbs(text []int, dst []float64)
}

// Reward is how good a finished text is. A value of a text that is cut short must make sense where rollouts are
// ([ExpectOptions.Tokens]).
type Reward func(text []int) float64

// Value is how good a text is thought to become, finished or not.
type Value func(text []int) float64

// Sample draws the rest of a text and returns the whole.
func Sample(m Categorical, text []int, rng *rand.Rand) []int {
	return extend(m, text, math.MaxInt, rng)
}

// extend draws at most n more tokens.
func extend(m Categorical, text []int, n int, rng *rand.Rand) []int {
	out, p := append([]int(nil), text...), make([]float64, m.Size())
	for ; n > 0 && !m.Done(out); n-- {
		m.LogProbs(out, p)
		out = append(out, draw(p, rng.Float64()))
	}
	return out
}

// draw is the token at u in [0,1) of the cumulated probabilities.
func draw(logs []float64, u float64) int {
	last := 0
	for a, l := range logs {
		p := math.Exp(l)
		if p == 0 {
			continue
		}
		if last = a; u < p {
			return a
		}
		u -= p
	}
	return last // rounding
}

// Language is a made-up model of all texts of a length: its probabilities are the softmax of standard normal variables
// that the seed fixes. It is small enough to be gone through, so that decoding can be held to what is exact.
type Language struct {
	size, depth int
	seed        uint64
}

// NewLanguage returns the language of texts of depth tokens, 1 to 16, over a vocabulary of size tokens, 2 to 64.
func NewLanguage(size, depth int, seed uint64) (*Language, error) {
	if size < 2 || size > 64 || depth < 1 || depth > 16 {
		return nil, fmt.Errorf("language of %d tokens and depth %d: want 2 to 64 and 1 to 16", size, depth)
	}
	return &Language{size, depth, seed}, nil
}

// Size implements [Categorical].
func (l *Language) Size() int { return l.size }

// Done implements [Categorical].
func (l *Language) Done(text []int) bool { return len(text) >= l.depth }

// LogProbs implements [Categorical].
func (l *Language) LogProbs(text []int, dst []float64) {
	rng := source(text, l.seed)
	for i := range dst {
		dst[i] = rng.NormFloat64()
	}
	normalise(dst)
}

// Reward is a reward with standard deviation 1 that the salt fixes: a sum of normal variables, one for each beginning of
// the text. So what a text will be worth shows gradually.
func (l *Language) Reward(salt uint64) Reward {
	return func(text []int) float64 {
		total := 0.0
		for i := range text {
			total += source(text[:i+1], l.seed^(salt+1)<<20).NormFloat64()
		}
		return total / math.Sqrt(float64(l.depth))
	}
}

// source is randomness that belongs to a text.
func source(text []int, seed uint64) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key(text)))
	return rand.New(rand.NewPCG(h.Sum64(), seed))
}

// key names a text.
func key(text []int) string {
	b := make([]byte, 0, len(text))
	for _, a := range text {
		b = binary.AppendUvarint(b, uint64(a))
	}
	return string(b)
}

// normalise makes log-probabilities of logits.
func normalise(logits []float64) {
	z := logSum(logits)
	for i := range logits {
		logits[i] -= z
	}
}

// logSum is the log of the sum of the exponentials.
func logSum(logs []float64) float64 {
	high := math.Inf(-1)
	for _, l := range logs {
		high = max(high, l)
	}
	if math.IsInf(high, -1) {
		return high
	}
	total := 0.0
	for _, l := range logs {
		total += math.Exp(l - high)
	}
	return high + math.Log(total)
}
