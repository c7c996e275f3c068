package demos_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model/demos"
)

// journals are the trials of n requests, draws of each with each of the counts; reached says how often one of the request i with
// k demonstrations comes off.
func journals(rng *rand.Rand, n, draws int, counts []int, like func(i int) []float64, reached func(i, k int) float64) []demos.Trial {
	var out []demos.Trial
	for i := range n {
		for _, k := range counts {
			for range draws {
				l := like(i)
				shown := min(k, len(l))
				out = append(out, demos.Trial{Request: fmt.Sprint(i), Like: l, Asked: k, Shown: shown, Reached: rng.Float64() < reached(i, shown)})
			}
		}
	}
	return out
}

// eight are as many demonstrations, like the request to a degree that goes from request to request.
func eight(i int) []float64 {
	return slices.Repeat([]float64{float64(1+i%10) / 10}, 8)
}

func calibrate(t *testing.T, trials []demos.Trial) *demos.Calibration {
	t.Helper()
	c, err := demos.Calibrate(trials)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// chosen are the numbers that a controller shows of demonstrations like those of eight, without a limit of tokens.
func chosen(c *demos.Controller) []int {
	var out []int
	for i := range 10 {
		out = append(out, demos.Fit(eight(i), make([]int, 8), 0, c))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestCalibrateFindsTheNumber: where the right number is known, it is the one that is chosen.
func TestCalibrateFindsTheNumber(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	step := func(need int) func(int, int) float64 {
		return func(_, k int) float64 {
			if k >= need {
				return 1
			}
			return 0
		}
	}
	for _, c := range []struct {
		name    string
		counts  []int
		reached func(i, k int) float64
		want    []int
		kept    []int
	}{
		{"all are reached with none", []int{0, 3, 5}, step(0), []int{0}, []int{0}},
		{"three are needed", []int{0, 1, 3, 5}, step(3), []int{3}, []int{0, 3}},
		{"the most is needed", []int{0, 1, 3, 5}, step(5), []int{5}, []int{0, 5}},
		{"nothing is ever reached", []int{0, 3, 5}, step(9), []int{0}, []int{0}},
		{"more do harm", []int{0, 3, 5}, func(_, k int) float64 { return 1 - float64(k)/5 }, []int{0}, []int{0}},
		{"the least that was tried is not none", []int{1, 4}, step(1), []int{1}, []int{1}},
		{"a hump", []int{0, 2, 5}, func(_, k int) float64 { return map[int]float64{2: 1}[k] }, []int{2}, []int{0, 2}},
		{"more help, but seldom", []int{0, 4}, func(_, k int) float64 { return .1 + .05*float64(k) }, []int{4}, []int{0, 4}},
	} {
		got := calibrate(t, journals(rng, 60, 5, c.counts, eight, c.reached))
		var kept []int
		for _, k := range got.Counts {
			if k.Kept {
				kept = append(kept, k.K)
			}
		}
		if ns := chosen(got.Controller); !slices.Equal(ns, c.want) || !slices.Equal(kept, c.kept) || !slices.Equal(kept, got.Controller.Counts()) {
			t.Errorf("%s: %v of %v are chosen, want %v of %v; %+v", c.name, ns, kept, c.want, c.kept, got.Counts)
		}
	}
}

// TestCalibrateGoesByLikeness: requests that are near what is known need none, those that are far from it four.
func TestCalibrateGoesByLikeness(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	reached := func(i, k int) float64 {
		if eight(i)[0] > .55 || k >= 4 {
			return .9
		}
		return .1
	}
	c := calibrate(t, journals(rng, 200, 3, []int{0, 2, 4, 6}, eight, reached))
	for i := range 10 {
		want := 4
		if eight(i)[0] > .55 {
			want = 0
		}
		if got := demos.Fit(eight(i), make([]int, 8), 0, c.Controller); got != want && i != 4 && i != 5 { // the two at the border
			t.Errorf("likeness %v: %d, want %d", eight(i)[0], got, want)
		}
	}
	if c.Mean < 1.5 || c.Mean > 2.5 || c.Reached < .8 || c.Counts[0].Reached > .6 {
		t.Errorf("%+v", c)
	}
}

// TestTheHopelessAreShownTheLeast: four help what is near; what is far is never reached, and is not shown four in vain.
func TestTheHopelessAreShownTheLeast(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	c := calibrate(t, journals(rng, 200, 2, []int{0, 4}, eight, func(i, k int) float64 {
		if eight(i)[0] > .55 && k >= 4 {
			return 1
		}
		return 0
	}))
	for i, want := range map[int]int{0: 0, 1: 0, 2: 0, 7: 4, 8: 4, 9: 4} {
		if got := demos.Fit(eight(i), make([]int, 8), 0, c.Controller); got != want {
			t.Errorf("likeness %v: %d, want %d", eight(i)[0], got, want)
		}
	}
}

// TestMoreIsNeverChosenInVain: where more demonstrations never help, more are never chosen: not one of the runs that came off
// with fewer fails, and whatever the likenesses are. Where all that differs is chance, seldom.
func TestMoreIsNeverChosenInVain(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	more := 0
	for round := range 200 {
		like := make([][]float64, 40)
		for i := range like {
			like[i] = make([]float64, rng.IntN(10))
			for j := range like[i] {
				like[i][j] = rng.Float64()
			}
			slices.SortFunc(like[i], func(a, b float64) int { return int(1e6 * (b - a)) })
		}
		counts := [][]int{{0, 3}, {0, 1, 2, 4, 8}, {2, 5, 6}}[round%3]
		p := rng.Float64()
		trials := journals(rng, len(like), 1, counts, func(i int) []float64 { return like[i] }, func(int, int) float64 { return p })
		chance := calibrate(t, trials)
		for i := range trials { // the least number decides: no other one comes off where it does not
			for _, first := range trials {
				if first.Request == trials[i].Request && first.Asked == counts[0] {
					trials[i].Reached = trials[i].Reached && first.Reached
				}
			}
		}
		vain := calibrate(t, trials)
		for _, l := range like {
			if got := demos.Fit(l, make([]int, len(l)), 0, vain.Controller); got > min(counts[0], len(l)) {
				t.Fatalf("%d of %v are shown where more than %d never helped", got, counts, counts[0])
			}
		}
		if len(chance.Controller.Counts()) > 1 {
			more++
		}
	}
	if more > 20 {
		t.Errorf("of 200 times that chance alone decided, more demonstrations were taken for a help %d times", more)
	}
}

// TestCalibrateIsOfTheRuns: neither their order, nor having each twice, nor a further number that brings nothing changes
// what is fitted.
func TestCalibrateIsOfTheRuns(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	trials := journals(rng, 50, 2, []int{0, 3}, eight, func(i, k int) float64 { return .2 + .25*float64(k)*float64(i%2) })
	want := calibrate(t, trials)
	twice := append(slices.Clone(trials), trials...)
	further := slices.Clone(trials)
	for _, x := range trials {
		if x.Asked == 3 {
			x.Asked, x.Shown = 7, 7
			further = append(further, x)
		}
	}
	for name, other := range map[string][]demos.Trial{"twice": twice, "a further number": further} {
		if got := calibrate(t, other); got.Controller.String() != want.Controller.String() || got.Mean != want.Mean {
			t.Errorf("%s: %s, %v; want %s, %v", name, got.Controller, got.Mean, want.Controller, want.Mean)
		}
	}
	rng.Shuffle(len(trials), func(i, j int) { trials[i], trials[j] = trials[j], trials[i] })
	if got := calibrate(t, trials); chosenText(got.Controller) != chosenText(want.Controller) {
		t.Errorf("in another order %s, want %s", chosenText(got.Controller), chosenText(want.Controller))
	}
}

func chosenText(c *demos.Controller) string {
	text := ""
	for i := range 10 {
		text += fmt.Sprint(c.Count(demos.Features(eight(i))), " ")
	}
	return text
}

// TestCalibrateCountsWhatThereWas: a run that was shown all there are says what any greater number does; one whose tokens ran
// out says it of the number that was shown; one of a controller proposes no number of its own.
func TestCalibrateCountsWhatThereWas(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	two := func(int) []float64 { return []float64{.5, .5} }
	c := calibrate(t, journals(rng, 30, 1, []int{0, 2, 9}, two, func(_, k int) float64 { return float64(k) / 2 }))
	if ks := c.Controller.Counts(); !slices.Equal(ks, []int{0, 2}) || c.Counts[1].Reached != 1 || c.Counts[2].Reached != 1 {
		t.Errorf("of two there are, %v: %+v", ks, c.Counts)
	}
	cut := journals(rng, 30, 1, []int{0, 4}, eight, func(_, k int) float64 { return float64(k) / 4 })
	for i := range cut {
		cut[i].Shown = min(cut[i].Shown, 1)
	}
	if _, err := demos.Calibrate(cut); !errors.Is(err, demos.ErrEvidence) {
		t.Errorf("nobody was shown four: %v", err)
	}
	own := journals(rng, 30, 1, []int{0, 4}, eight, func(_, k int) float64 { return float64(k) / 4 })
	n := len(own)
	for _, x := range own[:n] {
		x.Asked, x.Shown, x.Reached = -1, 3, true
		own = append(own, x)
	}
	if got := calibrate(t, own); len(got.Counts) != 2 || got.Runs != len(own) {
		t.Errorf("%+v", got)
	}
}

// TestFittedWithinItsTokens: whatever a fitted controller says, what is shown fits into the tokens and is there.
func TestFittedWithinItsTokens(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	c := calibrate(t, journals(rng, 60, 2, []int{0, 2, 6}, eight, func(_, k int) float64 { return float64(k) / 6 }))
	if most := slices.Max(chosen(c.Controller)); most != 6 {
		t.Fatalf("%d are chosen, want 6", most)
	}
	for range 500 {
		like, tokens := make([]float64, rng.IntN(20)), make([]int, 20)
		for i := range like {
			like[i], tokens[i] = rng.Float64(), rng.IntN(300)
		}
		budget, used := rng.IntN(1000), 0
		n := demos.Fit(like, tokens, budget, c.Controller)
		for _, x := range tokens[:n] {
			used += x
		}
		if n > len(like) || used > budget || n > 6 {
			t.Fatalf("%d of %d demonstrations, %d tokens of %d", n, len(like), used, budget)
		}
	}
}

func TestCalibrateNeedsEvidence(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	half := func(int, int) float64 { return .5 }
	few := journals(rng, demos.LeastRequests, 1, []int{0, 3}, eight, half)
	for want, trials := range map[string][]demos.Trial{
		"0 numbers were asked for":      nil,
		"1 numbers were asked for":      journals(rng, 50, 1, []int{3}, eight, half),
		"by runs of at least 20":        few[:len(few)-1],
		"0 requests were run with each": append(journals(rng, 30, 1, []int{3}, eight, half), renamed(journals(rng, 30, 1, []int{0}, eight, half))...),
	} {
		if c, err := demos.Calibrate(trials); !errors.Is(err, demos.ErrEvidence) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %+v", want, err, c)
		}
	}
	if c, err := demos.Calibrate(few); err != nil || c.Requests != demos.LeastRequests {
		t.Errorf("just enough: %v", err)
	}
}

func renamed(trials []demos.Trial) []demos.Trial {
	for i := range trials {
		trials[i].Request += " again"
	}
	return trials
}
