package demos

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// ErrEvidence says that there is too little to calibrate from, and what would do.
var ErrEvidence = errors.New("not enough evidence")

// How much [Calibrate] wants (inferred).
const (
	LeastRequests = 20  // that were each run with all the numbers that are compared
	reached       = 0.5 // t: what a number must reach more of a request's runs than, to be enough for it
	clear         = 2   // standard errors that a greater number must gain to be worth its tokens
)

// Trial is what one run says of how many demonstrations its request needs.
type Trial struct {
	Request string    // runs of the same one differ in nothing but demonstrations and chance
	Like    []float64 // how like the request those are that could have been shown, in [0,1], the nearest first
	Asked   int       // the number that was asked for; negative where a controller chose it
	Shown   int       // the number that was shown
	Reached bool      // the request was reached
}

// Calibration is a controller with what it was fitted to.
type Calibration struct {
	Controller *Controller `json:"controller"`
	Counts     []Count     `json:"counts"`
	Requests   int         `json:"requests"` // that were run with all of the counts
	Runs       int         `json:"runs"`     // of these requests
	Partial    int         `json:"partial"`  // requests left out, which were not
	Mean       float64     `json:"mean"`     // the mean number that the controller chooses for these requests
	Reached    float64     `json:"reached"`  // the share reached at the numbers that it chooses: of the same runs, so rather too good
}

// Count is a number of demonstrations that runs were made with.
type Count struct {
	K       int     `json:"k"`
	Reached float64 `json:"reached"` // share of the requests, each by the mean of its runs
	Kept    bool    `json:"kept"`    // the controller may choose it
}

// request is the trials of one request.
type request struct {
	like   []float64
	trials []Trial
	rates  []float64 // share reached by count
}

// Calibrate fits a controller to runs of the same requests with different numbers of demonstrations. It is the first stage of
// DynaICL (arXiv 2305.11170): the label of a request is the least number that reaches more than half of its runs. Inferred, so that
// tokens are not spent on chance or in vain:
//
//   - a number is chosen at all only where it reached more than the next less of those that are, by two standard errors of
//     the requests' differences;
//   - a request that no number is enough for is labelled with the least of those that reached most of its runs. The paper
//     labels it with the greatest number, however little that helps.
//
// A run in which fewer demonstrations were there than were asked for says what every number does from there on. Errors wrap
// [ErrEvidence].
func Calibrate(trials []Trial) (*Calibration, error) {
	all := requests(trials)
	counts := asked(trials, all)
	if len(counts) < 2 {
		return nil, fmt.Errorf("%w: demonstrations: %d numbers were asked for by runs of at least %d requests; 2 are needed, such as demos=-1 and demos=3 on the same requests",
			ErrEvidence, len(counts), LeastRequests)
	}
	whole := slices.DeleteFunc(slices.Clone(all), func(r *request) bool { return !r.rate(counts) })
	if len(whole) < LeastRequests {
		return nil, fmt.Errorf("%w: demonstrations: %d requests were run with each of %v; %d are needed", ErrEvidence, len(whole), counts, LeastRequests)
	}
	c := &Calibration{Requests: len(whole), Partial: len(all) - len(whole)}
	kept := c.weigh(counts, whole)
	if err := c.train(whole, kept); err != nil {
		return nil, err
	}
	return c, nil
}

// requests puts the trials of a request together, in the order in which they come. Of one with other demonstrations at hand
// it is another request.
func requests(trials []Trial) []*request {
	var all []*request
	by := map[string]*request{}
	for _, t := range trials {
		key := fmt.Sprint(t.Request, "\x00", t.Like)
		r := by[key]
		if r == nil {
			r = &request{like: t.Like}
			by[key] = r
			all = append(all, r)
		}
		r.trials = append(r.trials, t)
	}
	return all
}

// asked are the numbers that are known of enough requests, rising.
func asked(trials []Trial, all []*request) []int {
	var ks []int
	for _, t := range trials {
		if t.Asked >= 0 {
			ks = append(ks, t.Asked)
		}
	}
	slices.Sort(ks)
	return slices.DeleteFunc(slices.Compact(ks), func(k int) bool {
		n := 0
		for _, r := range all {
			if _, ok := r.at(k); ok {
				n++
			}
		}
		return n < LeastRequests
	})
}

// at is the share of the request's runs with k demonstrations, or all that there were, that reached it.
func (r *request) at(k int) (share float64, ok bool) {
	n, got := 0, 0
	for _, t := range r.trials {
		if t.Shown != min(k, len(r.like)) {
			continue
		}
		n++
		if t.Reached {
			got++
		}
	}
	return float64(got) / float64(max(n, 1)), n > 0
}

// rate notes what each count reached; false where one is not known.
func (r *request) rate(counts []int) bool {
	r.rates = r.rates[:0]
	for _, k := range counts {
		share, ok := r.at(k)
		if !ok {
			return false
		}
		r.rates = append(r.rates, share)
	}
	return true
}

// weigh fills in what each count reached and returns the places of those worth choosing.
func (c *Calibration) weigh(counts []int, whole []*request) (kept []int) {
	for i, k := range counts {
		sum := 0.0
		for _, r := range whole {
			sum += r.rates[i]
		}
		keep := i == 0 || gains(whole, kept[len(kept)-1], i)
		if keep {
			kept = append(kept, i)
		}
		c.Counts = append(c.Counts, Count{K: k, Reached: sum / float64(len(whole)), Kept: keep})
	}
	return kept
}

// gains says whether the count at place j clearly reaches more than the one at place i.
func gains(whole []*request, i, j int) bool {
	n, mean, squares := float64(len(whole)), 0.0, 0.0
	for _, r := range whole {
		mean += (r.rates[j] - r.rates[i]) / n
	}
	for _, r := range whole {
		d := r.rates[j] - r.rates[i] - mean
		squares += d * d
	}
	return mean > 0 && mean >= clear*math.Sqrt(squares/(n-1)/n)
}

// train fits the controller to the requests' labels and says how it does on them.
func (c *Calibration) train(whole []*request, kept []int) error {
	counts := make([]int, len(kept))
	for i, at := range kept {
		counts[i] = c.Counts[at].K
	}
	var examples []Example
	for _, r := range whole {
		c.Runs += len(r.trials)
		rates := make([]float64, len(kept))
		for i, at := range kept {
			rates[i] = r.rates[at]
		}
		label := counts[slices.Index(rates, slices.Max(rates))]
		if slices.Max(rates) > reached {
			label = Needed(counts, rates, reached)
		}
		examples = append(examples, Example{Features: Features(r.like), Needed: label})
	}
	var err error
	if c.Controller, err = Train(examples, counts); err != nil {
		return err
	}
	for _, row := range c.Controller.weights {
		for i := range row {
			row[i] = math.Round(row[i]*1e4) / 1e4
		}
	}
	for i, r := range whole {
		k := c.Controller.Count(examples[i].Features)
		c.Mean += float64(k)
		c.Reached += r.rates[kept[slices.Index(counts, k)]]
	}
	c.Mean, c.Reached = c.Mean/float64(len(whole)), c.Reached/float64(len(whole))
	return nil
}
