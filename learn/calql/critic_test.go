package calql_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/learn/calql"
)

// table is a made-up world of few states: where each action leads, what it brings, and how likely the policy takes it.
// The last state is the end.
type table struct {
	next   [][]int
	reward [][]float64
	policy [][]float64
}

func newTable(states, actions int, rng *rand.Rand) *table {
	t := &table{}
	for range states {
		next, reward, policy, sum := make([]int, actions), make([]float64, actions), make([]float64, actions), 0.0
		for a := range actions {
			next[a], reward[a], policy[a] = rng.IntN(states+1), rng.Float64(), rng.Float64()+.1
			sum += policy[a]
		}
		for a := range policy {
			policy[a] /= sum
		}
		t.next, t.reward, t.policy = append(t.next, next), append(t.reward, reward), append(t.policy, policy)
	}
	return t
}

func (t *table) cell(s, a int) int { return s*len(t.next[0]) + a }

func (t *table) options(s int) []calql.Option {
	if s == len(t.next) {
		return nil
	}
	out := make([]calql.Option, len(t.policy[s]))
	for a, p := range t.policy[s] {
		out[a] = calql.Option{Features: calql.OneHot(t.cell(s, a)), P: p}
	}
	return out
}

// covered has every action of every state once.
func (t *table) covered() []calql.Step {
	var out []calql.Step
	for s := range t.next {
		for a, n := range t.next[s] {
			out = append(out, calql.Step{Done: calql.OneHot(t.cell(s, a)), Reward: t.reward[s][a], Next: t.options(n)})
		}
	}
	return out
}

// values is the exact Q, by value iteration: of the best choice, or of the policy's own.
func (t *table) values(gamma float64, policy bool) []float64 {
	q := make([]float64, len(t.next)*len(t.next[0]))
	for range 2000 {
		old := slices.Clone(q)
		for s := range t.next {
			for a, n := range t.next[s] {
				best, mean := 0.0, 0.0
				if n < len(t.next) {
					best = math.Inf(-1)
					for b, p := range t.policy[n] {
						best, mean = max(best, old[t.cell(n, b)]), mean+p*old[t.cell(n, b)]
					}
				}
				if policy {
					best = mean
				}
				q[t.cell(s, a)] = t.reward[s][a] + gamma*best
			}
		}
	}
	return q
}

// TestConvergesToValueIteration: without the conservative term, and with all there is in the data, a table's critic is the exact Q.
func TestConvergesToValueIteration(t *testing.T) {
	zero, gamma := 0.0, .9
	for seed := range uint64(5) {
		for _, backup := range []string{calql.BackupMax, calql.BackupPolicy} {
			w := newTable(6, 3, rand.New(rand.NewPCG(seed, 1)))
			c, err := calql.Train(t.Context(), 18, w.covered(), &calql.Options{Alpha: &zero, Gamma: &gamma, Backup: backup, Rate: .5, Follow: .1, Updates: 10_000, Seed: seed})
			if err != nil {
				t.Fatal(err)
			}
			got := c.Weights()
			for i, want := range w.values(gamma, backup == calql.BackupPolicy) {
				if math.Abs(got[i]-want) > 1e-6 {
					t.Errorf("seed %d, %s: cell %d is %v, want %v", seed, backup, i, got[i], want)
				}
			}
		}
	}
}

// TestCQLUnderestimates: an action that the policy would take and the data has not is pushed below what was had from the
// state by CQL; the floor stops it there, up to the last update's length.
func TestCQLUnderestimates(t *testing.T) {
	const states, alpha, rate, p = 5, .1, .5, .4
	w := &table{}
	rewards := make([]float64, states)
	rewards[states-1] = 1
	for s := range states {
		w.next, w.policy = append(w.next, []int{s + 1, s + 1}), append(w.policy, []float64{1 - p, p})
	}
	returns := calql.Returns(rewards, .98)
	var steps []calql.Step
	from := make([]float64, 2*states)
	for s := range states {
		from[w.cell(s, 0)], from[w.cell(s, 1)] = returns[s], 1.5 // the second is overrated
		steps = append(steps, calql.Step{Done: calql.OneHot(w.cell(s, 0)), Reward: rewards[s], Return: returns[s], Here: w.options(s), Next: w.options(s + 1)})
	}
	for _, noFloor := range []bool{false, true} {
		a := alpha
		c, err := calql.Train(t.Context(), 2*states, steps, &calql.Options{Alpha: &a, Rate: rate, NoFloor: noFloor, From: from})
		if err != nil {
			t.Fatal(err)
		}
		for s, v := range returns {
			q := c.Q(calql.OneHot(w.cell(s, 1)))
			if below := v - q; noFloor && below < 1 || !noFloor && (below > rate*alpha*p || below < 0) {
				t.Errorf("no floor %v, state %d: %v, with a return of %v", noFloor, s, q, v)
			}
			if q := c.Q(calql.OneHot(w.cell(s, 0))); !noFloor && q < v {
				t.Errorf("state %d: what was done is %v, with a return of %v", s, q, v)
			}
		}
	}
}

func TestReturns(t *testing.T) {
	if got := calql.Returns([]float64{1, 0, 4}, .5); !slices.Equal(got, []float64{2, 2, 4}) {
		t.Errorf("got %v", got)
	}
}

func TestQ(t *testing.T) {
	c := calql.New([]float64{1, -2})
	if q := c.Q([]calql.Feature{{At: 0, By: .5}, {At: 1, By: 2}, {At: 2, By: 9}, {At: -1, By: 9}}); q != -3.5 {
		t.Errorf("got %v", q)
	}
}

// Equal seeds train equal critics.
func TestSeed(t *testing.T) {
	steps := newTable(4, 2, rand.New(rand.NewPCG(9, 9))).covered()
	train := func(seed uint64) []float64 {
		zero := 0.0
		c, err := calql.Train(t.Context(), 8, steps, &calql.Options{Alpha: &zero, Updates: 50, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		return c.Weights()
	}
	if a := train(1); !slices.Equal(a, train(1)) || slices.Equal(a, train(2)) {
		t.Error("the seed does not decide")
	}
}

func TestRefused(t *testing.T) {
	nan, low, high := math.NaN(), -.1, 1.1
	one := []calql.Option{{Features: calql.OneHot(0), P: 1}}
	good := calql.Step{Done: calql.OneHot(0), Here: one}
	for want, c := range map[string]struct {
		o    calql.Options
		step calql.Step
	}{
		"alpha: -0.1":               {calql.Options{Alpha: &low}, good},
		"gamma: 1.1":                {calql.Options{Gamma: &high}, good},
		"gamma: NaN":                {calql.Options{Gamma: &nan}, good},
		"rate: 11":                  {calql.Options{Rate: 11}, good},
		"follow: 2":                 {calql.Options{Follow: 2}, good},
		"temperature: NaN":          {calql.Options{Temperature: nan}, good},
		"batch: -1":                 {calql.Options{Batch: -1}, good},
		"updates: -1":               {calql.Options{Updates: -1}, good},
		`backup: "least"`:           {calql.Options{Backup: "least"}, good},
		"from: 1 weights":           {calql.Options{From: []float64{1}}, good},
		"from: weight 1":            {calql.Options{From: []float64{1, nan}}, good},
		"done: feature 2":           {calql.Options{}, calql.Step{Done: calql.OneHot(2), Here: one}},
		"return NaN":                {calql.Options{}, calql.Step{Done: calql.OneHot(0), Return: nan, Here: one}},
		"here: likelihoods of 0":    {calql.Options{}, calql.Step{Done: calql.OneHot(0)}},
		"next: likelihood -0.1":     {calql.Options{}, calql.Step{Done: calql.OneHot(0), Here: one, Next: []calql.Option{{P: -.1}}}},
		"here: feature 7":           {calql.Options{}, calql.Step{Done: calql.OneHot(0), Here: []calql.Option{{Features: calql.OneHot(7), P: 1}}}},
		"weights grew without boun": {calql.Options{Rate: 10}, calql.Step{Done: calql.OneHot(0), Reward: 1, Here: one}},
	} {
		if _, err := calql.Train(t.Context(), 2, []calql.Step{c.step}, &c.o); err == nil || !strings.Contains(err.Error(), want) ||
			!errors.Is(err, calql.ErrOptions) && !errors.Is(err, calql.ErrStep) {
			t.Errorf("%s: got %v", want, err)
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := calql.Train(stopped, 2, []calql.Step{good}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := calql.Train(t.Context(), 0, nil, nil); !errors.Is(err, calql.ErrOptions) {
		t.Errorf("got %v", err)
	}
	if _, err := calql.Train(t.Context(), 1, nil, nil); !errors.Is(err, calql.ErrStep) {
		t.Errorf("got %v", err)
	}
}
