package papers

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/model/demos"
)

// request is a request with a difficulty that a controller sees through noise.
type request struct{ difficulty, seen float64 }

// succeeds is the probability with k demonstrations: 1-exp(-(a+bk)/d).
func (r request) succeeds(k int) float64 { return 1 - math.Exp(-(0.5+0.3*float64(k))/r.difficulty) }

func requests(n int, seed uint64) []request {
	rng, out := rand.New(rand.NewPCG(2305, seed)), make([]request, n)
	for i := range out {
		z := 0.8 * rng.NormFloat64()
		out[i] = request{math.Exp(z), z + 0.3*rng.NormFloat64()}
	}
	return out
}

// dynaicl shares demonstrations out by need (Zhou et al., arXiv 2305.11170), against the same number for each request.
func dynaicl(ctx context.Context, o *Options, f *Finding) error {
	*f = Finding{
		Paper: "dynaicl", Simulated: "SIMULATED model whose success is 1-exp(-(.5+.3k)/d) with k demonstrations",
		Claim:    "A small controller that gives each input its own number of demonstrations does as well as a uniform number with up to 46 % fewer tokens.",
		Expected: "at each budget uniform <= DynaICL <= the best allocation; the success of 5 for each request is reached with at least 10 % fewer tokens",
		Notes:    []string{"The controller is logistic regression on one noisy feature of the difficulty, without the paper's second stage of reinforcement; success has diminishing returns, so that the best allocation is found one demonstration at a time."},
	}
	counts, n := []int{0, 2, 5, 10}, o.tasks(1000)
	var examples []demos.Example
	for _, r := range requests(n, 1) {
		accuracy := make([]float64, len(counts))
		for i, k := range counts {
			accuracy[i] = r.succeeds(k)
		}
		examples = append(examples, demos.Example{Features: []float64{r.seen}, Needed: demos.Needed(counts, accuracy, .8)})
	}
	c, err := demos.Train(examples, counts)
	if err != nil {
		return err
	}
	test := requests(n, 2)
	wanted := make([]float64, n)
	for i, r := range test {
		wanted[i] = c.Expected([]float64{r.seen})
	}
	five, least := mean(test, func(int) int { return 5 }), 5.0
	for each := 5.0; each >= 1; each -= .25 {
		if err := ctx.Err(); err != nil {
			return err
		}
		ks, err := demos.Allocate(wanted, demos.Budget{Tokens: int(each * float64(n)), Length: 1})
		if err != nil {
			return err
		}
		got := mean(test, func(i int) int { return ks[i] })
		if got >= five {
			least = each
		}
		if each == math.Trunc(each) {
			f.budget(int(each), test, got)
		}
	}
	saved := 1 - least/5
	f.Measured = append(f.Measured, Point{What: "tokens saved at the success of 5 for each", Got: fmt.Sprintf("%.0f %%", 100*saved), Want: "at least 10 %", Holds: saved >= .1})
	return nil
}

// budget compares what DynaICL got with a mean of k demonstrations.
func (f *Finding) budget(k int, test []request, got float64) {
	uniform := mean(test, func(int) int { return k })
	ks := allocation(test, k*len(test))
	most := mean(test, func(i int) int { return ks[i] })
	f.Measured = append(f.Measured, Point{
		What: fmt.Sprintf("%d demonstrations on the mean: uniform, DynaICL, the best", k),
		Got:  fmt.Sprintf("%.1f %%, %.1f %%, %.1f %%", 100*uniform, 100*got, 100*most),
		Want: "rising", Holds: uniform <= got && got <= most,
	})
}

func mean(test []request, k func(i int) int) float64 {
	total := 0.0
	for i, r := range test {
		total += r.succeeds(k(i)) / float64(len(test))
	}
	return total
}

// allocation is the best allocation of so many demonstrations by the true difficulties, each where it gains most.
func allocation(test []request, total int) []int {
	ks, gain := make([]int, len(test)), make([]float64, len(test))
	for i, r := range test {
		gain[i] = r.succeeds(1) - r.succeeds(0)
	}
	for range total {
		at := 0
		for i := range gain {
			if gain[i] > gain[at] {
				at = i
			}
		}
		ks[at]++
		gain[at] = test[at].succeeds(ks[at]+1) - test[at].succeeds(ks[at])
	}
	return ks
}
