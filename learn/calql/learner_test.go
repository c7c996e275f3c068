package calql

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// made is a step with features, choices and rewards of its own.
func made(rng *rand.Rand, n int) Step {
	features := func() []Feature {
		out := make([]Feature, 3)
		for i := range out {
			out[i] = Feature{rng.IntN(n), rng.NormFloat64()}
		}
		return out
	}
	options := func() []Option {
		out, sum := make([]Option, 4), 0.0
		for i := range out {
			out[i] = Option{features(), rng.Float64()}
			sum += out[i].P
		}
		for i := range out {
			out[i].P /= sum
		}
		return out
	}
	return Step{Done: features(), Reward: rng.NormFloat64(), Return: rng.NormFloat64(), Here: options(), Next: options()}
}

// TestGradient holds the gradient to finite differences of the loss, for every form of the objective.
func TestGradient(t *testing.T) {
	const n, h = 8, 1e-6
	alpha, none := .7, 0.0
	for name, o := range map[string]*Options{
		"Cal-QL": {Alpha: &alpha}, "CQL": {Alpha: &alpha, NoFloor: true}, "error only": {Alpha: &none},
		"soft": {Alpha: &alpha, Temperature: .5}, "soft CQL": {Alpha: &alpha, Temperature: .5, NoFloor: true}, "max": {Alpha: &alpha, Backup: BackupMax},
	} {
		rng := rand.New(rand.NewPCG(1, 2))
		for range 50 {
			s, l := made(rng, n), newLearner(n, o)
			for i := range l.w {
				l.w[i], l.slow[i] = rng.NormFloat64(), rng.NormFloat64()
			}
			l.look(&s)
			got := append([]float64(nil), l.grad...)
			for i := range l.w {
				at := l.w[i]
				l.w[i] = at + h
				up := l.look(&s)
				l.w[i] = at - h
				down := l.look(&s)
				l.w[i] = at
				if want := (up - down) / (2 * h); math.Abs(got[i]-want) > 1e-5*(1+math.Abs(want)) {
					t.Fatalf("%s: slope %d is %v, by differences %v", name, i, got[i], want)
				}
			}
		}
	}
}

// TestFloor: what is rated at the return that was had or below it pays nothing, what is above pays its likelihood.
func TestFloor(t *testing.T) {
	alpha := 2.0
	step := Step{Done: OneHot(0), Reward: .5, Return: .5, Here: []Option{{OneHot(0), .25}, {OneHot(1), .75}}}
	for _, c := range []struct {
		q           [2]float64
		noFloor     bool
		temperature float64
		want        [2]float64 // slopes
		loss        float64
	}{
		{q: [2]float64{.1, .2}, want: [2]float64{2*-.4 - 2, 0}, loss: .16 + 2*(.5-.1)},
		{q: [2]float64{.1, .5}, want: [2]float64{2*-.4 - 2, 0}, loss: .16 + 2*(.5-.1)},
		{q: [2]float64{.5, .9}, want: [2]float64{-2, 2 * .75}, loss: 2 * (.25*.5 + .75*.9 - .5)},
		{q: [2]float64{.1, .2}, noFloor: true, want: [2]float64{2*-.4 - 2 + 2*.25, 2 * .75}, loss: .16 + 2*(.25*.1+.75*.2-.1)},
		{q: [2]float64{.1, .2}, temperature: 1, want: [2]float64{2*-.4 - 2, 0}, loss: .16 + 2*(.5-.1)},
		{q: [2]float64{.5, .5}, temperature: 1, noFloor: true, want: [2]float64{-2 + 2*.25, 2 * .75}},
	} {
		l := newLearner(2, &Options{Alpha: &alpha, NoFloor: c.noFloor, Temperature: c.temperature})
		copy(l.w, c.q[:])
		if loss := l.look(&step); math.Abs(loss-c.loss) > 1e-12 || math.Abs(l.grad[0]-c.want[0]) > 1e-12 || math.Abs(l.grad[1]-c.want[1]) > 1e-12 {
			t.Errorf("%+v: loss %v, slopes %v", c, loss, l.grad)
		}
	}
}

// A great temperature is the policy's mean; an option that the policy never takes weighs nothing, however it is rated.
func TestTemperature(t *testing.T) {
	alpha, rng := 1.0, rand.New(rand.NewPCG(3, 4))
	for i := range 20 {
		s := made(rng, 6)
		mean, soft := newLearner(6, &Options{Alpha: &alpha}), newLearner(6, &Options{Alpha: &alpha, Temperature: 1e6})
		for j := range mean.w {
			mean.w[j] = rng.NormFloat64()
		}
		copy(soft.w, mean.w)
		if a, b := mean.look(&s), soft.look(&s); math.Abs(a-b) > 1e-4 {
			t.Errorf("%d: mean %v, soft %v", i, a, b)
		}
	}
	never := Step{Done: OneHot(0), Return: -1, Here: []Option{{OneHot(0), 1}, {OneHot(1), 0}}, Next: []Option{{OneHot(0), 1}, {OneHot(1), 0}}}
	l := newLearner(2, &Options{Alpha: &alpha, Temperature: .001})
	l.w[1], l.slow[1] = 1e6, 1e6
	if loss := l.look(&never); loss != 0 || fmt.Sprint(l.grad) != "[0 0]" {
		t.Errorf("loss %v, slopes %v", loss, l.grad)
	}
}
