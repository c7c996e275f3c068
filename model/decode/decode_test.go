package decode_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model/decode"
)

func language(t *testing.T, size, depth int) *decode.Language {
	t.Helper()
	l, err := decode.NewLanguage(size, depth, 7)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// each calls f with every beginning that is not finished, the most significant token first.
func each(m decode.Categorical, text []int, f func(text []int)) {
	if m.Done(text) {
		return
	}
	f(text)
	for a := range m.Size() {
		each(m, append(text[:len(text):len(text)], a), f)
	}
}

// apart is the greatest difference of two models' probabilities.
func apart(a, b decode.Categorical) float64 {
	most, p, q := 0.0, make([]float64, a.Size()), make([]float64, a.Size())
	each(a, nil, func(text []int) {
		a.LogProbs(text, p)
		b.LogProbs(text, q)
		for i := range p {
			most = max(most, math.Abs(math.Exp(p[i])-math.Exp(q[i])))
		}
	})
	return most
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func vas(t *testing.T, m decode.Categorical, v decode.Value, beta float64) decode.Categorical {
	t.Helper()
	return must[decode.Categorical](t)(decode.VAS(m, v, &decode.VASOptions{Beta: &beta}))
}

func worth(t *testing.T, m, ref decode.Categorical, r decode.Reward) (mean, kl float64) {
	t.Helper()
	mean, kl, err := decode.Return(m, ref, r)
	if err != nil {
		t.Fatal(err)
	}
	return mean, kl
}

// TestVAS: beta 0 is the model; a constant added to all values changes nothing; a great beta is at least as good as the
// model (policy improvement) and follows the best value.
func TestVAS(t *testing.T) {
	l := language(t, 4, 4)
	for salt := range uint64(5) {
		r := l.Reward(salt)
		v := must[decode.Value](t)(decode.Expect(l, r, nil))
		if d := apart(vas(t, l, v, 0), l); d > 1e-12 {
			t.Errorf("beta 0 is %v off the model", d)
		}
		more := func(text []int) float64 { return v(text) + 5 }
		if d := apart(vas(t, l, more, 2), vas(t, l, v, 2)); d > 1e-9 {
			t.Errorf("a constant changes it by %v", d)
		}
		base, _ := worth(t, l, l, r)
		greedy := vas(t, l, v, 1e6)
		if got, _ := worth(t, greedy, l, r); got < base {
			t.Errorf("the best value brings %v, the model %v", got, base)
		}
		p := make([]float64, l.Size())
		each(l, nil, func(text []int) {
			greedy.LogProbs(text, p)
			for a := range p {
				for b := range p {
					if v(append(text, a)) > v(append(text, b))+1e-4 && p[b] > math.Log(1e-9) {
						t.Fatalf("after %v token %d has %v, %d is better", text, b, math.Exp(p[b]), a)
					}
				}
			}
		})
	}
}

// TestVASAndTheOptimum: the optimum has the soft value, VAS the model's own; they meet as beta goes to 0, and else differ.
// The optimum has the best trade of reward against distance, and its probabilities are m*exp(beta*r) by enumeration.
func TestVASAndTheOptimum(t *testing.T) {
	l := language(t, 3, 4)
	r := l.Reward(1)
	v := must[decode.Value](t)(decode.Expect(l, r, nil))
	for _, beta := range []float64{.001, 1, 3} {
		best := must[decode.Categorical](t)(decode.Optimum(l, r, beta))
		own := vas(t, l, v, beta)
		if d := apart(best, own); beta < .01 && d > 1e-5 || beta >= 1 && d < 1e-3 {
			t.Errorf("beta %v: %v apart", beta, d)
		}
		bestMean, bestKL := worth(t, best, l, r)
		for _, m := range []decode.Categorical{own, l, vas(t, l, v, 2*beta)} {
			if mean, kl := worth(t, m, l, r); mean-kl/beta > bestMean-bestKL/beta+1e-12 {
				t.Errorf("beta %v: %v beats the optimum %v", beta, mean-kl/beta, bestMean-bestKL/beta)
			}
		}
		tilted(t, l, best, r, beta)
	}
}

// tilted holds the probabilities of all texts to m*exp(beta*r)/Z.
func tilted(t *testing.T, l, m decode.Categorical, r decode.Reward, beta float64) {
	t.Helper()
	z := 0.0
	texts(l, nil, 0, func(text []int, p float64) { z += math.Exp(p + beta*r(text)) })
	seen := 0.0
	texts(m, nil, 0, func(text []int, p float64) { seen += math.Exp(p) })
	texts(l, nil, 0, func(text []int, p float64) {
		got := logOf(m, text)
		if want := p + beta*r(text) - math.Log(z); math.Abs(got-want) > 1e-9 {
			t.Fatalf("%v has %v, want %v", text, got, want)
		}
	})
	if math.Abs(seen-1) > 1e-9 {
		t.Errorf("probabilities add up to %v", seen)
	}
}

func texts(m decode.Categorical, text []int, log float64, f func([]int, float64)) {
	if m.Done(text) {
		f(text, log)
		return
	}
	p := make([]float64, m.Size())
	m.LogProbs(text, p)
	for a, l := range p {
		texts(m, append(text[:len(text):len(text)], a), log+l, f)
	}
}

func logOf(m decode.Categorical, text []int) float64 {
	p, total := make([]float64, m.Size()), 0.0
	for i, a := range text {
		m.LogProbs(text[:i], p)
		total += p[a]
	}
	return total
}

// TestTopK: only the k likeliest are steered and the others keep their weight against them, where the values are equal.
func TestTopK(t *testing.T) {
	l := language(t, 5, 2)
	v := func(text []int) float64 { return float64(text[len(text)-1]) }
	m := must[decode.Categorical](t)(decode.VAS(l, v, &decode.VASOptions{TopK: 2, Beta: new(1.0)}))
	flat := must[decode.Categorical](t)(decode.VAS(l, func([]int) float64 { return 3 }, &decode.VASOptions{TopK: 2}))
	if d := apart(flat, l); d > 1e-12 {
		t.Errorf("equal values change it by %v", d)
	}
	p, q := make([]float64, 5), make([]float64, 5)
	l.LogProbs(nil, p)
	m.LogProbs(nil, q)
	moved := map[float64]int{}
	for a := range p {
		moved[math.Round(1e9*(q[a]-p[a]))]++
	}
	if len(moved) != 3 {
		t.Errorf("logits moved by %v: want the same for three, and two others", moved)
	}
}

// TestMoreRewards: several rewards add up.
func TestMoreRewards(t *testing.T) {
	l := language(t, 3, 3)
	a, b := must[decode.Value](t)(decode.Expect(l, l.Reward(1), nil)), must[decode.Value](t)(decode.Expect(l, l.Reward(2), nil))
	both := must[decode.Categorical](t)(decode.VAS(l, a, &decode.VASOptions{Beta: new(2.0), More: []decode.Guide{{Value: b, Beta: 1}}}))
	sum := vas(t, l, func(text []int) float64 { return 2*a(text) + b(text) }, 1)
	if d := apart(both, sum); d > 1e-12 {
		t.Errorf("%v apart", d)
	}
}

// TestLearnTD: with lambda 1 the table is the mean of what was written, and it comes near the exact value; VAS by it beats
// the model.
func TestLearnTD(t *testing.T) {
	l := language(t, 3, 3)
	r := l.Reward(3)
	exact := must[decode.Value](t)(decode.Expect(l, r, nil))
	for _, lambda := range []float64{.95, 1} {
		v := must[decode.Value](t)(decode.LearnTD(l, r, &decode.TDOptions{Episodes: 20_000, Lambda: &lambda}))
		for _, text := range [][]int{nil, {0}, {1}, {2}} {
			if d := math.Abs(v(text) - exact(text)); d > .04 {
				t.Errorf("lambda %v: the value of %v is %v off", lambda, text, d)
			}
		}
		base, _ := worth(t, l, l, r)
		if got, _ := worth(t, vas(t, l, v, 3), l, r); got < base+.2 {
			t.Errorf("lambda %v: %v with it, %v without", lambda, got, base)
		}
	}
}

func transfer(t *testing.T, ref, aligned decode.Categorical, r decode.Reward, o decode.TransferQOptions) decode.Categorical {
	t.Helper()
	return must[decode.Categorical](t)(decode.TransferQ(ref, aligned, r, &o))
}

// TestTransferQ: a great alpha is the reference; with the same reward the indirect transfer is the direct one; weighing the
// texts of a model that was aligned with another reward gives the values of the one aligned with the right reward.
func TestTransferQ(t *testing.T) {
	l := language(t, 4, 4)
	r, other := l.Reward(1), l.Reward(2)
	right := must[decode.Categorical](t)(decode.Optimum(l, r, 2))
	wrong := must[decode.Categorical](t)(decode.Optimum(l, other, 2))
	if d := apart(transfer(t, l, right, r, decode.TransferQOptions{Alpha: 1e6}), l); d > 1e-5 {
		t.Errorf("a great alpha is %v off the reference", d)
	}
	direct := transfer(t, l, right, r, decode.TransferQOptions{Alpha: .3})
	same := transfer(t, l, right, r, decode.TransferQOptions{Alpha: .3, Expect: decode.ExpectOptions{From: r}})
	if d := apart(direct, same); d > 1e-12 {
		t.Errorf("weights of 1 change it by %v", d)
	}
	indirect := transfer(t, l, wrong, r, decode.TransferQOptions{Alpha: .3, Expect: decode.ExpectOptions{From: other, Beta: .5}})
	if d := apart(direct, indirect); d > 1e-9 {
		t.Errorf("the indirect transfer is %v off", d)
	}
	if d := apart(direct, transfer(t, l, wrong, r, decode.TransferQOptions{Alpha: .3})); d < .01 {
		t.Errorf("unweighted it is only %v off: the check says nothing", d)
	}
}

// TestTransferQOfTheBest: continuations of a model that always does the best have the value of the best.
func TestTransferQOfTheBest(t *testing.T) {
	l := language(t, 3, 4)
	r := l.Reward(4)
	best := must[decode.Categorical](t)(decode.Optimum(l, r, 1e6))
	v := must[decode.Value](t)(decode.Expect(best, r, nil))
	each(l, nil, func(text []int) {
		high := math.Inf(-1)
		texts(l, text, 0, func(whole []int, _ float64) { high = max(high, r(whole)) })
		if math.Abs(v(text)-high) > 1e-3 {
			t.Fatalf("%v has %v, the best is %v", text, v(text), high)
		}
	})
}

// TestTransferQLeavesTheRestOut: only the k likeliest can be chosen, and a small alpha takes the best of them.
func TestTransferQLeavesTheRestOut(t *testing.T) {
	l := language(t, 5, 3)
	r := l.Reward(1)
	m := transfer(t, l, l, r, decode.TransferQOptions{TopK: 2, Alpha: 1e-6})
	v := must[decode.Value](t)(decode.Expect(l, r, nil))
	p, q := make([]float64, 5), make([]float64, 5)
	each(l, nil, func(text []int) {
		l.LogProbs(text, p)
		m.LogProbs(text, q)
		chosen, sure := -1, 0
		for a := range q {
			if q[a] > -1e-6 {
				chosen, sure = a, sure+1
			}
		}
		if sure != 1 {
			t.Fatalf("after %v: %v", text, q)
		}
		likelier := 0
		for a := range p {
			if p[a] > p[chosen] {
				likelier++
				if v(append(text, a)) > v(append(text, chosen)) {
					t.Errorf("after %v: %d is likelier and better than %d", text, a, chosen)
				}
			}
		}
		if likelier > 1 {
			t.Errorf("after %v: %d of %v is not among the two likeliest", text, chosen, p)
		}
	})
}

// TestRolloutsComeNearer: the error falls with the square root of the number of rollouts; shorter ones see less.
func TestRolloutsComeNearer(t *testing.T) {
	l := language(t, 3, 5)
	r, other := l.Reward(1), l.Reward(2)
	for name, o := range map[string]decode.ExpectOptions{"direct": {}, "indirect": {From: other, Beta: 2}} {
		exact := must[decode.Value](t)(decode.Expect(l, r, &o))
		var off []float64
		for _, n := range []int{16, 256} {
			o.Rollouts = n
			total := 0.0
			for seed := range uint64(60) {
				o.Seed = seed
				v := must[decode.Value](t)(decode.Expect(l, r, &o))
				total += math.Pow(v([]int{1})-exact([]int{1}), 2)
			}
			off = append(off, math.Sqrt(total/60))
		}
		if ratio := off[0] / off[1]; ratio < 2.7 || ratio > 6 {
			t.Errorf("%s: 16 times the rollouts: the error falls by %.2f, want about 4", name, ratio)
		}
	}
	short := must[decode.Value](t)(decode.Expect(l, r, &decode.ExpectOptions{Rollouts: 1, Tokens: 1}))
	text := short([]int{0, 1})
	for a := range 3 {
		if text == r([]int{0, 1, a}) {
			return
		}
	}
	t.Errorf("a rollout of one token brings %v, which is no text of three", text)
}

// TestBias: the tokens are drawn as VAS draws them where there are no others, however great the strength, and what has no
// bias is drawn as good as never.
func TestBias(t *testing.T) {
	l := language(t, 5, 1)
	p := make([]float64, 5)
	l.LogProbs(nil, p)
	values := []float64{.5, 0, 1, .9, 0}
	for _, c := range []struct{ beta, floor float64 }{{0, 100}, {3, 97}, {150, -50}, {1e5, -100}, {-3, 97}} {
		bias, err := decode.Bias([]int{7, 1, 2, 3, 4}, values, c.beta)
		if err != nil {
			t.Fatal(err)
		}
		high, low := -1e9, 1e9
		for i, id := range []int{7, 1, 2, 3, 4} {
			high, low = max(high, bias[id]), min(low, bias[id])
			for j, other := range []int{7, 1, 2, 3, 4} {
				got, want := bias[id]-bias[other], c.beta*(values[i]-values[j])
				if math.Abs(got-want) > 1e-9 && math.Abs(want) < 200 && low > -100 {
					t.Errorf("beta %v: %d over %d is %v, want %v", c.beta, id, other, got, want)
				}
			}
		}
		if high != 100 || low != c.floor {
			t.Errorf("beta %v: from %v to %v, want from %v to 100", c.beta, low, high, c.floor)
		}
	}
	// Taken from the mean instead of the best, both would be cut to the same.
	if b, err := decode.Bias([]int{1, 2, 3}, []float64{1, .99, 0}, 1e4); err != nil || b[1]-b[2] < 99 {
		t.Errorf("%v, %v: the best is not far above the second", b, err)
	}
}

// TestSample draws as often as the probabilities say.
func TestSample(t *testing.T) {
	l, rng, n := language(t, 3, 1), rand.New(rand.NewPCG(1, 1)), 20_000
	p, got := make([]float64, 3), make([]float64, 3)
	l.LogProbs(nil, p)
	for range n {
		got[decode.Sample(l, nil, rng)[0]] += 1 / float64(n)
	}
	for a := range p {
		if math.Abs(got[a]-math.Exp(p[a])) > .015 {
			t.Errorf("token %d in %.3f, want %.3f", a, got[a], math.Exp(p[a]))
		}
	}
}

func TestOptions(t *testing.T) {
	l := language(t, 2, 2)
	r := l.Reward(1)
	v := func([]int) float64 { return 0 }
	for field, f := range map[string]func() error{
		"beta: -1":     func() error { _, err := decode.VAS(l, v, &decode.VASOptions{Beta: new(-1.0)}); return err },
		"top k: -1":    func() error { _, err := decode.VAS(l, v, &decode.VASOptions{TopK: -1}); return err },
		"more[0]":      func() error { _, err := decode.VAS(l, v, &decode.VASOptions{More: []decode.Guide{{}}}); return err },
		"alpha: -2":    func() error { _, err := decode.TransferQ(l, l, r, &decode.TransferQOptions{Alpha: -2}); return err },
		"rollouts: -1": func() error { _, err := decode.Expect(l, r, &decode.ExpectOptions{Rollouts: -1}); return err },
		"tokens: -1":   func() error { _, err := decode.Expect(l, r, &decode.ExpectOptions{Tokens: -1}); return err },
		"beta: NaN":    func() error { _, err := decode.Expect(l, r, &decode.ExpectOptions{Beta: math.NaN()}); return err },
		"beta: 0":      func() error { _, err := decode.Optimum(l, r, 0); return err },
		"episodes: -1": func() error { _, err := decode.LearnTD(l, r, &decode.TDOptions{Episodes: -1}); return err },
		"lambda: 2":    func() error { _, err := decode.LearnTD(l, r, &decode.TDOptions{Lambda: new(2.0)}); return err },
		"2 values for": func() error { _, err := decode.Bias([]int{1}, []float64{1, 2}, 1); return err },
		"beta: 1e+07":  func() error { _, err := decode.Bias([]int{1}, []float64{1}, 1e7); return err },
		"[+Inf]":       func() error { _, err := decode.Bias([]int{1}, []float64{math.Inf(1)}, 1); return err },
		"not finite":   func() error { _, err := decode.Bias([]int{1}, []float64{math.NaN()}, 1); return err },
	} {
		if err := f(); !errors.Is(err, decode.ErrOptions) || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	large := must[*decode.Language](t)(decode.NewLanguage(64, 16, 1))
	if _, err := decode.Expect(large, large.Reward(1), nil); !errors.Is(err, decode.ErrTooMany) {
		t.Errorf("all texts of a large language: %v", err)
	}
	if _, err := decode.NewLanguage(1, 1, 1); err == nil {
		t.Error("a language of one token was made")
	}
}
