package cost_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// posterior makes runs in which a right call is exp(tau) times likelier per sample than the wrong one beside it, so that the
// log odds of a call are tau times its lead.
func posterior(rng *rand.Rand, tau float64, runs, places int) []cost.Trace {
	p := 1 / (1 + math.Exp(-tau))
	out := make([]cost.Trace, runs)
	for i := range out {
		out[i] = cost.Trace{Length: 8, Step: 0.3}
		for range places {
			right := 0
			for range 5 {
				if rng.Float64() < p {
					right++
				}
			}
			if right == 0 || right == 5 {
				continue
			}
			lead := float64(2*right - 5)
			out[i].Calls = append(out[i].Calls, cost.Observation{Lead: lead, Right: true}, cost.Observation{Lead: -lead})
			out[i].Places++
		}
	}
	return out
}

// The interval holds the truth about as often as it says.
func TestCalibrateFindsTau(t *testing.T) {
	const sets = 60
	for _, tau := range []float64{0.2, 0.5, 0.8} {
		held := 0
		for seed := range uint64(sets) {
			c, err := cost.Calibrate(posterior(rand.New(rand.NewPCG(seed, 1)), tau, 80, 8))
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(c.Intercept) > 1e-6 { // the two calls of a place mirror each other
				t.Fatalf("intercept %v", c.Intercept)
			}
			if c.Lo <= tau && tau <= c.Hi {
				held++
			}
		}
		if held < sets*85/100 {
			t.Errorf("tau %v: in the interval %d of %d times", tau, held, sets)
		}
	}
}

// What a run says several times counts once for the interval; what several runs say counts several times.
func TestCalibrateCountsRuns(t *testing.T) {
	runs := posterior(rand.New(rand.NewPCG(1, 2)), 0.6, 60, 8)
	one := calibrated(t, runs)
	within := make([]cost.Trace, len(runs))
	for i, r := range runs {
		within[i] = r
		for range 3 {
			within[i].Calls = append(within[i].Calls[:len(within[i].Calls):len(within[i].Calls)], r.Calls...)
		}
	}
	same, more := calibrated(t, within), calibrated(t, append(append(append(runs[:len(runs):len(runs)], runs...), runs...), runs...))
	if same.SE < 0.95*one.SE {
		t.Errorf("standard error %.3f, after saying all four times %.3f", one.SE, same.SE)
	}
	if r := more.SE / one.SE; r > 0.6 {
		t.Errorf("four times the runs have %.2f of the standard error, want about a half", r)
	}
}

func calibrated(t *testing.T, runs []cost.Trace) *cost.Calibration {
	t.Helper()
	c, err := cost.Calibrate(runs)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Where the lead never errs the slope has no bound; it stays finite, and nobody is to believe it.
func TestCalibrateSeparable(t *testing.T) {
	runs := make([]cost.Trace, 20)
	for i := range runs {
		for range 5 {
			runs[i].Calls = append(runs[i].Calls, cost.Observation{Lead: 1, Right: true}, cost.Observation{Lead: -1})
		}
	}
	c := calibrated(t, runs)
	if math.IsNaN(c.Tau) || c.Tau < 2 || c.Tau > 50 || c.Sure() {
		t.Errorf("tau %.2f, %.2f to %.2f, sure %v", c.Tau, c.Lo, c.Hi, c.Sure())
	}
}

func TestCalibrateWantsEvidence(t *testing.T) {
	alike := make([]cost.Trace, 20)
	for i := range alike {
		alike[i].Calls = []cost.Observation{{1, true}, {1, true}, {2, true}, {0, true}, {1, true}}
	}
	few := posterior(rand.New(rand.NewPCG(1, 2)), 0.5, 9, 40)
	for want, runs := range map[string][]cost.Trace{
		"0 calls at places where a wrong one was sampled, in 0 runs; 100 calls in 10 runs are needed": nil,
		"in 9 runs; 100 calls in 10 runs are needed":                                                  few,
		"all 100 calls are alike": alike,
	} {
		if _, err := cost.Calibrate(runs); !errors.Is(err, cost.ErrEvidence) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestObserve(t *testing.T) {
	s, err := searchtest.Parse(`
: a*3 r=1, b*1 r=1, end*1
a: c*5 r=1
a c: b*3 r=0, d*2 r=0
a c b: end*9, d*1 r=0
`)
	if err != nil {
		t.Fatal(err)
	}
	tree := search.NewTree(nil)
	st := mustNew(t, search.AStar, &search.Options{Preset: search.Azimuth, Scorer: mustScorer(t, search.Azimuth, nil)})
	searchtest.Run(st, tree, s.Answer, 100)
	n, _ := st.Best(tree)
	got := cost.Observe(tree, tree.Path(n), 0)
	want := cost.Trace{Places: 3, Length: 3, Calls: []cost.Observation{
		{2, true}, {-2, false}, // b comes later in the plan, so it is left out; ending here is wrong
		{1, true}, {-1, false}, // after a there is c alone, which says nothing
		{8 * .8, true}, {-8 * .8, false}, // ten samples weigh as much as eight
	}}
	if d := cmp.Diff(want, got, cmpopts.IgnoreFields(cost.Trace{}, "Step"), cmpopts.EquateApprox(0, 1e-12)); d != "" {
		t.Error(d)
	}
	sum := 0.0
	for _, n := range tree.Path(n) {
		sum += tree.Step(n) // each is the cheapest of its siblings
	}
	if math.Abs(got.Step-sum/4) > 1e-12 {
		t.Errorf("step %v, want %v", got.Step, sum/4)
	}
}
