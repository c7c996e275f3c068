package cost

import (
	"cmp"
	"math"

	"github.com/azimuthdev/azimuth/search"
)

// weights are the constants of the evidence presets (cost-findings section 7).
type weights struct {
	tau, n0, s, omega, rho, w, phi float64
}

func weigh(o *Options, outline bool) weights {
	tau, phi := 0.8, 2.0
	if outline {
		tau, phi = 0.9, 1.0
	}
	return weights{
		tau: cmp.Or(o.Tau, tau), n0: value(o.N0, 0.5), s: cmp.Or(o.S, 8), omega: value(o.Omega, 0.5),
		rho: value(o.Rho, 0.5), w: value(o.W, 1), phi: value(o.Phi, phi),
	}
}

// evidence prices a step by the negative log posterior that it is the right one. With n_a of K samples for a,
//
//	s_a = tau n_a min(1, S/K) + omega ln((pi_a + .05) / 1.05)
//	c_a = ln(sum_b exp(s_b) + exp(tau n0)) - s_a
//
// where "none of the sampled" is a pseudo-child with n0 votes. Dropped siblings stay in the sum: what a refuted step
// weighed goes back to all plans in proportion, which leaves their order as it is.
type evidence struct {
	columns
	weights
	share    bool     // a step costs 1 - f instead
	after    *weights // in force from Turn on
	accepted float64
	rejected float64
	stats    stats
	scores   []float64
}

func newEvidence(o *Options, w weights, after *weights) *evidence {
	tp, fp := cmp.Or(o.TP, 0.9), cmp.Or(o.FP, 0.2)
	return &evidence{
		columns: columns{extra: extrasOf(o, 0.1, 0.1, 0.5)}, weights: w, after: after, share: o.Evidence == Share,
		accepted: -math.Log(tp / fp), rejected: math.Log((1 - fp) / (1 - tp)), stats: newStats(cmp.Or(o.Length, 8), cmp.Or(o.Step, 0.3)),
	}
}

// Steps implements [search.Scorer].
func (e *evidence) Steps(t *search.Tree, n search.NodeID, dst []float64) {
	e.bind(t)
	if e.share {
		e.shares(t, n, dst)
		return
	}
	z := e.total(t, n)
	for i, c := 0, t.FirstChild(n); c != search.None; i, c = i+1, t.NextSibling(c) {
		if t.Obsolete(c) {
			dst[i] = t.Step(c)
			continue
		}
		dst[i] = z - e.scores[i] + e.extras(t, c)
	}
}

// shares is the plain step cost, by the share of the samples that did not propose it. An alternative is at most 1 dearer, so
// that many of them are tried before a plan is finished (docs/costs.md has what that cost).
func (e *evidence) shares(t *search.Tree, n search.NodeID, dst []float64) {
	k := float64(max(t.Samples(n), 1))
	for i, c := 0, t.FirstChild(n); c != search.None; i, c = i+1, t.NextSibling(c) {
		if t.Obsolete(c) {
			dst[i] = t.Step(c)
			continue
		}
		dst[i] = max(0, 1-float64(t.Votes(c))/k) + e.extras(t, c)
	}
}

// total leaves the scores of the children of n in e.scores and returns the logarithm of the sum of their
// exponentials and that of the pseudo-child.
func (e *evidence) total(t *search.Tree, n search.NodeID) float64 {
	e.scores = e.scores[:0]
	scale := e.tau * min(1, e.s/float64(max(t.Samples(n), 1)))
	none := e.tau * e.n0
	top := none
	for c := t.FirstChild(n); c != search.None; c = t.NextSibling(c) {
		s := scale * float64(t.Votes(c))
		if pi := t.Prior(c); pi >= 0 {
			s += e.omega * math.Log((pi+0.05)/1.05)
		}
		if t.Obsolete(c) {
			s = math.Inf(-1)
		}
		e.scores = append(e.scores, s)
		top = max(top, s)
	}
	sum := math.Exp(none - top)
	for _, s := range e.scores {
		sum += math.Exp(s - top)
	}
	return top + math.Log(sum)
}

// H implements [search.Scorer]: what the expected rest costs at the run's price of a step,
//
//	h = w cbar ((1-rho) r + rho max(0, Dhat - d))
//
// in the unit of g; not admissible. Where no sample said r, the consensus stands in for it.
func (e *evidence) H(t *search.Tree, n search.NodeID) float64 {
	if t.IsFinish(n) {
		return 0
	}
	consensus := max(0, e.stats.length-float64(t.Depth(n)))
	rest := t.Remaining(n)
	if rest < 0 {
		rest = consensus
	}
	return e.w * e.stats.step * ((1-e.rho)*rest + e.rho*consensus)
}

// Finish implements [search.Scorer]: phi for each call, but one, that the plan is short of the consensus. Finishing
// looks cheap to every additive cost, because what is left undone costs nothing; this is what mends it.
func (e *evidence) Finish(t *search.Tree, n search.NodeID) float64 {
	calls := float64(t.Depth(n) - 1)
	return e.phi * max(0, e.stats.length-1-calls)
}

// Judged implements [search.Scorer]: the log odds of the verdict.
func (e *evidence) Judged(_ *search.Tree, _ search.NodeID, v search.Verdict) float64 {
	switch v {
	case search.Accepted:
		return e.accepted
	case search.Rejected:
		return e.rejected
	}
	return 0
}

// Reopen implements [search.Scorer]: the cost of the pseudo-child. By shares it is what nobody proposed.
func (e *evidence) Reopen(t *search.Tree, n search.NodeID) (float64, bool) {
	if t.Samples(n) == 0 {
		return 0, false
	}
	if e.share {
		return 1, true
	}
	return e.total(t, n) - e.tau*e.n0, true
}

// Told implements [search.Scorer].
func (e *evidence) Told(t *search.Tree, n search.NodeID, o *search.Outcome) { e.stats.told(t, n, o) }

// Drift implements [search.Scorer].
func (e *evidence) Drift() float64 { return e.stats.drift() }

// Rekeyed implements [search.Scorer].
func (e *evidence) Rekeyed() { e.stats.take() }

// Turn implements [search.Turner]: from the constants for outlines to those for single steps.
func (e *evidence) Turn() {
	if e.after != nil {
		e.weights, e.after = *e.after, nil
	}
}
