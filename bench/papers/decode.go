package papers

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/model/decode"
)

// The tree language of both experiments on decoding, and the temperature of what is compared.
const (
	vocabulary, textLength = 5, 6
	beta                   = 3

	exactValues, learnedValues = "VAS, exact values", "VAS, learned values"
)

// betas are what VAS is measured at.
var betas = []float64{beta, 4, 5, 6, 8}

// language is one made-up language with its exact figures.
type language struct {
	*decode.Language
	r     decode.Reward
	own   decode.Value       // of the language's own continuations
	best  decode.Categorical // the best trade of reward against distance
	model float64            // its mean reward
}

func newLanguage(seed uint64) (*language, error) {
	l, err := decode.NewLanguage(vocabulary, textLength, seed)
	if err != nil {
		return nil, err
	}
	out := &language{Language: l, r: l.Reward(1)}
	var errs [3]error
	out.own, errs[0] = decode.Expect(l, out.r, nil)
	out.best, errs[1] = decode.Optimum(l, out.r, beta)
	out.model, _, errs[2] = decode.Return(l, l, out.r)
	return out, errors.Join(errs[:]...)
}

// tally adds up what contenders bring over languages.
type tally struct {
	names    []string
	mean, kl map[string]float64
	n        float64
}

func (t *tally) add(name string, mean, kl float64) {
	if t.mean == nil {
		t.mean, t.kl = map[string]float64{}, map[string]float64{}
	}
	if _, seen := t.mean[name]; !seen {
		t.names = append(t.names, name)
	}
	t.mean[name] += mean
	t.kl[name] += kl
}

// points are the means, a line a contender.
func (t *tally) points() []Point {
	var out []Point
	for _, name := range t.names {
		got := fmt.Sprintf("reward %.3f", t.mean[name]/t.n)
		if kl := t.kl[name]; kl > 0 {
			got += fmt.Sprintf(", %.2f nats from the model", kl/t.n)
		}
		out = append(out, Point{What: name, Got: got})
	}
	return out
}

// trade is reward less distance/beta, what the optimum has the most of.
func (t *tally) trade(name string) float64 { return (t.mean[name] - t.kl[name]/beta) / t.n }

// vas holds value augmented sampling (Han et al., arXiv 2405.06639) against best-of-N and the exact optimum.
func vas(ctx context.Context, o *Options, f *Finding) error {
	*f = Finding{
		Paper:    "vas",
		Claim:    "Adding the value of the frozen model's own continuations to its logits gains about as much reward as best-of-128, at far fewer tokens, and comes near the optimum of reward against distance.",
		Expected: "at most as far from the model as best-of-128 (3.86 nats), VAS gains at least 95 % as much, with exact and with learned values; at beta 3 it trades 90 % of what the exact optimum does, never more",
		Notes:    []string{"A made-up language of 5 tokens and texts of 6, where everything can be gone through; no model's result. Values are tables learned by TD(lambda) from 10,000 texts."},
	}
	var t tally
	for seed := range o.tasks(10) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := t.vas(uint64(seed)); err != nil {
			return err
		}
	}
	f.Measured = t.points()
	best := t.mean["best-of-128"] - t.mean["the model"]
	for _, values := range []string{exactValues, learnedValues} {
		name := t.within(values, 128)
		f.Measured = append(f.Measured, share("gain of "+name+", of that of best-of-128", (t.mean[name]-t.mean["the model"])/best, .95))
	}
	trades := t.trade(atBeta(exactValues, beta)) / t.trade("the optimum")
	f.Measured = append(f.Measured, Point{
		What: "VAS trades at beta 3 of what the optimum does", Got: fmt.Sprintf("%.1f %%", 100*trades), Want: "90 to 100 %", Holds: trades >= .9 && trades <= 1,
	})
	return nil
}

func share(what string, got, least float64) Point {
	return Point{What: what, Got: fmt.Sprintf("%.0f %%", 100*got), Want: fmt.Sprintf("at least %.0f %%", 100*least), Holds: got >= least}
}

func (t *tally) vas(seed uint64) error {
	l, err := newLanguage(seed)
	if err != nil {
		return err
	}
	learned, err := decode.LearnTD(l, l.r, &decode.TDOptions{Seed: seed})
	if err != nil {
		return err
	}
	t.n++
	t.add("the model", l.model, 0)
	for _, n := range []int{4, 16, 128} {
		t.add(fmt.Sprintf("best-of-%d", n), l.bestOf(n, rand.New(rand.NewPCG(seed, uint64(n)))), 0)
	}
	for _, c := range []struct {
		name string
		v    decode.Value
	}{{exactValues, l.own}, {learnedValues, learned}} {
		err := t.steer(c.name, c.v, l)
		if err != nil {
			return err
		}
	}
	return t.measure("the optimum", l.best, l)
}

// steer measures VAS at several betas.
func (t *tally) steer(name string, v decode.Value, l *language) error {
	for _, b := range betas {
		m, err := decode.VAS(l, v, &decode.VASOptions{Beta: &b})
		if err == nil {
			err = t.measure(atBeta(name, b), m, l)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func atBeta(name string, b float64) string { return fmt.Sprintf("%s, beta %v", name, b) }

// within is the contender of the greatest beta that is at most as far from the model as best-of-n, log n - (n-1)/n nats.
func (t *tally) within(name string, n float64) string {
	best := atBeta(name, betas[0])
	for _, b := range betas {
		if t.kl[atBeta(name, b)]/t.n <= math.Log(n)-(n-1)/n {
			best = atBeta(name, b)
		}
	}
	return best
}

func (t *tally) measure(name string, m decode.Categorical, l *language) error {
	mean, kl, err := decode.Return(m, l, l.r)
	t.add(name, mean, kl)
	return err
}

// bestOf is the mean reward of the best of n texts, over 100 draws.
func (l *language) bestOf(n int, rng *rand.Rand) float64 {
	const draws = 100
	total := 0.0
	for range draws {
		best := l.r(decode.Sample(l, nil, rng))
		for range n - 1 {
			best = max(best, l.r(decode.Sample(l, nil, rng)))
		}
		total += best / draws
	}
	return total
}

// transferq holds transfer Q* (Chakraborty et al., arXiv 2405.20495) against decoding by the reference's own values.
func transferq(ctx context.Context, o *Options, f *Finding) error {
	*f = Finding{
		Paper:    "transferq",
		Claim:    "Decoding by the continuations of a model that is aligned already brings more reward, up to 1.45 times, than by those of the unaligned one (controlled decoding), also when it was aligned with another, related reward.",
		Expected: "at the same temperature the direct transfer brings more reward than controlled decoding, the indirect one too, with exact values; with 8 rollouts a value the direct one still does",
		Notes:    []string{"A made-up language of 5 tokens and texts of 6, where everything can be gone through; no model's result. The other reward correlates by .8 with the one that is wanted. At one temperature transfers also go farther from the model: half the temperature is about as far."},
	}
	var t tally
	for seed := range o.tasks(10) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := t.transferq(uint64(seed)); err != nil {
			return err
		}
	}
	f.Measured = t.points()
	for _, name := range []string{directExact, indirectExact, directRolled} {
		ratio := t.mean[name] / t.mean[controlled]
		f.Measured = append(f.Measured, Point{What: name + ", of controlled decoding", Got: fmt.Sprintf("%.2f times", ratio), Want: "above 1", Holds: ratio > 1})
	}
	return nil
}

const (
	controlled    = "controlled decoding, exact"
	directExact   = "direct transfer, exact"
	indirectExact = "indirect transfer, exact"
	directRolled  = "direct transfer, 8 rollouts"
)

func (t *tally) transferq(seed uint64) error {
	l, err := newLanguage(seed)
	if err != nil {
		return err
	}
	noise := l.Reward(2)
	related := func(text []int) float64 { return .8*l.r(text) + .6*noise(text) }
	other, err := decode.Optimum(l, related, beta)
	if err != nil {
		return err
	}
	t.n++
	t.add("the model", l.model, 0)
	if err := t.measure("the aligned model", l.best, l); err != nil {
		return err
	}
	if err := t.measure("the model of the related reward", other, l); err != nil {
		return err
	}
	for _, c := range []struct {
		name    string
		aligned decode.Categorical
		by      float64 // 1/alpha
		o       decode.ExpectOptions
	}{
		{controlled, l, beta, decode.ExpectOptions{}},
		{"controlled decoding, 8 rollouts", l, beta, decode.ExpectOptions{Rollouts: 8, Seed: seed}},
		{"controlled decoding, exact, half the temperature", l, 2 * beta, decode.ExpectOptions{}},
		{directExact, l.best, beta, decode.ExpectOptions{}},
		{directRolled, l.best, beta, decode.ExpectOptions{Rollouts: 8, Seed: seed}},
		{indirectExact, other, beta, decode.ExpectOptions{From: related, Beta: 1. / beta}},
		{"unweighed transfer, exact", other, beta, decode.ExpectOptions{}},
	} {
		m, err := decode.TransferQ(l, c.aligned, l.r, &decode.TransferQOptions{Alpha: 1 / c.by, Expect: c.o})
		if err == nil {
			err = t.measure(c.name, m, l)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
