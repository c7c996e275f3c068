package demos

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// ErrInput is what every error of this package is.
var ErrInput = errors.New("bad input for the number of demonstrations")

// Needed is the label of a request, the paper's k*: the least of the counts with which the accuracy is above the threshold,
// and the greatest count where it never is. accuracy has one entry for each of the counts, which are in rising order.
func Needed(counts []int, accuracy []float64, threshold float64) int {
	for i, k := range counts {
		if i < len(accuracy) && accuracy[i] > threshold {
			return k
		}
	}
	if len(counts) == 0 {
		return 0
	}
	return counts[len(counts)-1]
}

// Example is a request whose label is known.
type Example struct {
	Features []float64
	Needed   int
}

// Controller predicts how many demonstrations a request needs, by one logistic regression for each step from a count to the
// next (inferred: the paper fine-tunes a language model).
type Controller struct {
	counts  []int
	weights [][]float64 // the last of each is the constant
}

// The training: plain gradient descent on the mean log-loss, with a small pull to 0.
const (
	rounds = 500
	rate   = 0.5
	decay  = 1e-4
)

// Train fits a controller. counts are the numbers it chooses from, 1 to 64 of them, 0 or more, rising; features should be of the size of 1. Errors wrap
// [ErrInput].
func Train(examples []Example, counts []int) (*Controller, error) {
	if err := rising(counts); err != nil {
		return nil, err
	}
	if len(examples) == 0 {
		return nil, fmt.Errorf("%w: no examples: want at least one", ErrInput)
	}
	for i, e := range examples {
		if len(e.Features) != len(examples[0].Features) || slices.ContainsFunc(e.Features, bad) {
			return nil, fmt.Errorf("%w: examples[%d]: want %d finite features", ErrInput, i, len(examples[0].Features))
		}
	}
	c := &Controller{counts: slices.Clone(counts)}
	for _, k := range counts[:len(counts)-1] {
		c.weights = append(c.weights, regress(examples, k))
	}
	return c, nil
}

func bad(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }

// regress fits the probability that more than k are needed.
func regress(examples []Example, k int) []float64 {
	w := make([]float64, len(examples[0].Features)+1)
	for range rounds {
		g := make([]float64, len(w))
		for _, e := range examples {
			miss := logistic(w, e.Features)
			if e.Needed > k {
				miss--
			}
			for i, x := range e.Features {
				g[i] += miss * x
			}
			g[len(g)-1] += miss
		}
		for i := range w {
			w[i] -= rate * (g[i]/float64(len(examples)) + decay*w[i])
		}
	}
	return w
}

func logistic(w, features []float64) float64 {
	z := w[len(w)-1]
	for i, x := range features[:min(len(features), len(w)-1)] {
		z += w[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}

// Expected is the mean number that the request needs, C(x): what [Allocate] takes.
func (c *Controller) Expected(features []float64) float64 {
	total := float64(c.counts[0])
	for i, w := range c.weights {
		total += float64(c.counts[i+1]-c.counts[i]) * logistic(w, features)
	}
	return total
}

// Count is the number that the request most likely does with, one of the counts: for use without a budget.
func (c *Controller) Count(features []float64) int {
	for i, w := range c.weights {
		if logistic(w, features) < .5 {
			return c.counts[i]
		}
	}
	return c.counts[len(c.counts)-1]
}

// Budget is what demonstrations of several requests may take together.
type Budget struct {
	Tokens int     // N, of all requests
	Length int     // L, mean tokens of a demonstration, at least 1
	Share  float64 // rho, the part of the tokens that is spent, in (0,1]; 0 is 1
	Most   int     // demonstrations a request, such as there are; 0 is no limit
}

// Allocate shares a budget out by what each request is thought to need ([Controller.Expected]):
//
//	k(x) = round(rho * C(x)/mean(C) * N/(n*L))
//
// and then takes one from those that were rounded up most, the earlier first, until the budget holds (the repair is
// inferred). Equal needs get equal numbers, as far as tokens divide. Errors wrap [ErrInput].
func Allocate(wanted []float64, b Budget) ([]int, error) {
	share := 1.0
	if b.Share != 0 {
		share = b.Share
	}
	if b.Tokens < 0 || b.Length < 1 || b.Most < 0 || !(share > 0 && share <= 1) {
		return nil, fmt.Errorf("%w: budget %+v: want tokens and most of at least 0, a length of at least 1 and a share in (0,1]", ErrInput, b)
	}
	total := 0.0
	for i, w := range wanted {
		if bad(w) || w < 0 {
			return nil, fmt.Errorf("%w: wanted[%d]: %v is not a number from 0 up", ErrInput, i, w)
		}
		total += w
	}
	out, over := make([]int, len(wanted)), make([]float64, len(wanted))
	afford := share * float64(b.Tokens) / float64(b.Length)
	spent := 0
	for i, w := range wanted {
		exact := 0.0
		if total > 0 {
			exact = min(w/total*afford, 1<<30)
		}
		out[i] = int(math.Round(exact))
		if b.Most > 0 {
			out[i] = min(out[i], b.Most)
		}
		over[i] = float64(out[i]) - exact
		spent += out[i]
	}
	for float64(spent) > afford {
		i := slices.Index(over, slices.Max(over))
		out[i]--
		over[i]--
		spent--
	}
	return out, nil
}
