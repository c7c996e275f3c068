package papers

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/search"
)

// The planted subsequence: a trace of H tokens out of an alphabet; in each prompt one token, not known which, is the planted
// one, and the trace is worth one for each token that is left after its H/8-th occurrence.
const (
	alphabet  = 8
	plantedIn = 8 // a trace holds H/plantedIn planted tokens before it succeeds
	attempts  = 8 // traces from which the verifier chooses
)

// verify compares choosing by a learned verifier with cloning (Setlur et al., arXiv 2502.12118), as traces get longer and
// experts differ more.
func verify(ctx context.Context, o *Options, f *Finding) error {
	*f = Finding{
		Paper:    "verify",
		Claim:    "Where traces differ and are not too concentrated, finding a good one by a verifier beats every way of cloning, by a factor that grows with the square root of the token budget H as data grow with it; where traces are alike it does not.",
		Expected: "with 16 paces the verifier's lead in reward grows with H by an exponent of .35 to .65; with one pace it is below 1 % of H",
		Notes: []string{
			"A toy: the planted string repeats one token, a pace is drawn for each occurrence, the clone draws from the waits of H expert traces, and the verifier is least squares on the tokens of H labelled traces.",
			fmt.Sprintf("The verifier chooses among %d traces of H tokens; the clone writes one, and more would not raise its mean with nothing to choose by.", attempts),
			"In plans of calls the same comparison is bestofn (a judge picks) against majority (votes): see the bench.",
		},
	}
	lengths := []int{64, 128, 256, 512}
	for _, paces := range []int{1, 4, 16} {
		var leads []float64
		for _, h := range lengths {
			if err := ctx.Err(); err != nil {
				return err
			}
			p := plant{h: h, paces: paces, rng: rand.New(rand.NewPCG(2502, uint64(h*100+paces)))}
			vb, vf := p.compare(o.tasks(200))
			leads = append(leads, vb-vf)
			f.Measured = append(f.Measured, Point{What: fmt.Sprintf("%d paces, H = %d", paces, h), Got: fmt.Sprintf("verifier %.1f, clone %.1f, lead %+.1f", vb, vf, vb-vf)})
		}
		f.Measured = append(f.Measured, lead(paces, lengths, leads))
	}
	return nil
}

// lead says how the verifier's lead grows with H.
func lead(paces int, lengths []int, leads []float64) Point {
	last := len(leads) - 1
	if paces == 1 {
		share := math.Abs(leads[last]) / float64(lengths[last])
		return Point{What: "1 pace: lead at the greatest H", Got: fmt.Sprintf("%.2f %% of H", 100*share), Want: "below 1 %", Holds: share < .01}
	}
	e := exponent(lengths, leads)
	p := Point{What: fmt.Sprintf("%d paces: exponent of H in the lead", paces), Got: fmt.Sprintf("%.2f", e)}
	if paces == 16 {
		p.Want, p.Holds = ".35 to .65", e >= .35 && e <= .65
	}
	return p
}

// exponent is the slope of log(y) over log(x), by least squares.
func exponent(x []int, y []float64) float64 {
	var sx, sy, sxx, sxy float64
	for i := range x {
		a, b := math.Log(float64(x[i])), math.Log(max(y[i], 1e-9))
		sx, sy, sxx, sxy = sx+a, sy+b, sxx+a*a, sxy+a*b
	}
	n := float64(len(x))
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

// plant makes traces of a planted subsequence.
type plant struct {
	h, paces int
	rng      *rand.Rand
}

// trace is what a verifier sees of a trace, how often each token is in each of its halves, and its reward.
type trace struct {
	counts [2*alphabet + 1]float64
	reward float64
}

// wait is how many tokens the next planted one takes: paces from 1 to 7, 4 on the mean.
func (p *plant) wait() int {
	if p.paces == 1 {
		return 4
	}
	return 1 + int(math.Round(6*float64(p.rng.IntN(p.paces))/float64(p.paces-1)))
}

// write writes a trace of the base policy in a prompt whose planted token is given.
func (p *plant) write(planted int) trace {
	var t trace
	t.counts[2*alphabet] = 1 // a constant
	found, left := 0, p.wait()
	for i := range p.h {
		token := planted
		if left--; left == 0 {
			if found++; found == p.h/plantedIn {
				t.reward = float64(p.h - i - 1)
			}
			left = p.wait()
		} else if token = p.rng.IntN(alphabet - 1); token >= planted {
			token++
		}
		t.counts[2*i/p.h*alphabet+token]++
	}
	return t
}

// compare returns the mean reward of best-of-N by a learned verifier, and of a clone, over prompts. The data grow with H.
func (p *plant) compare(prompts int) (verified, cloned float64) {
	for range prompts {
		planted := p.rng.IntN(alphabet)
		var fit squares
		for range p.h {
			fit.add(p.write(planted))
		}
		verifier := fit.solve()
		samples, rewards := make([]search.Scored, attempts), make([]float64, attempts)
		for i := range samples {
			t := p.write(planted)
			samples[i], rewards[i] = search.Scored{Answer: i, Score: verifier.rate(t)}, t.reward
		}
		verified += rewards[search.Choose(search.ByScore, samples)] / float64(prompts)
		cloned += p.clone() / float64(prompts)
	}
	return verified, cloned
}

// clone is the reward of one trace of a policy that draws its waits from those of H expert traces.
func (p *plant) clone() float64 {
	k := p.h / plantedIn
	waits := make([]int, p.h*k)
	for i := range waits {
		waits[i] = p.wait()
	}
	reward := p.h
	for range k {
		reward -= waits[p.rng.IntN(len(waits))]
	}
	return float64(reward)
}

const features = 2*alphabet + 1

// squares are the normal equations of least squares, with a small ridge because the counts add up to H.
type squares struct {
	a [features][features + 1]float64
}

func (s *squares) add(t trace) {
	for i, x := range t.counts {
		for j, y := range t.counts {
			s.a[i][j] += x * y
		}
		s.a[i][features] += x * t.reward
	}
}

// verifier is a linear estimate of a trace's reward.
type verifier [features]float64

func (v *verifier) rate(t trace) float64 {
	r := 0.0
	for i, x := range t.counts {
		r += v[i] * x
	}
	return r
}

// solve is Gauss-Jordan elimination; the ridge makes the matrix positive definite, so that no pivot is 0.
func (s *squares) solve() verifier {
	for i := range s.a {
		s.a[i][i] += 1
	}
	for i := range s.a {
		for j := range s.a {
			if j == i {
				continue
			}
			by := s.a[j][i] / s.a[i][i]
			for k := i; k <= features; k++ {
				s.a[j][k] -= by * s.a[i][k]
			}
		}
	}
	var v verifier
	for i := range v {
		v[i] = s.a[i][features] / s.a[i][i]
	}
	return v
}
