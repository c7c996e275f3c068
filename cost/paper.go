package cost

import (
	"math"

	"github.com/azimuthdev/azimuth/search"
)

// paper is ToolChain* as printed (Zhuang et al., arXiv 2310.13227, equations 1 and 2):
//
//	step = (1-g1)^alpha (1-g2)^(1-alpha),  g2 = votes / samples
//	h    = (1-h1)^beta (1-h2)^(1-beta),    h2 = d / (d + r)
//
// with 0^0 = 1, so that an exponent of 0 leaves its component out. d counts n itself, r is the imagined rest.
// Without memory g1 = h1 = 0; where no sample imagined a rest, h2 = 0. A finished plan has r = 0.
type paper struct {
	columns
	alpha, beta float64
}

// decided moves a judged plan before or behind every plan of the paper's scale, on which f is at most depth + 1: the
// paper has no judge, and odds in nats mean nothing in its unit (inferred).
const decided = 1 << 12

func newPaper(o *Options) *paper {
	return &paper{columns: columns{extra: extrasOf(o, 0, 0, 0)}, alpha: value(o.Alpha, 0.5), beta: value(o.Beta, 0.5)}
}

// Steps implements [search.Scorer] with equation 1.
func (p *paper) Steps(t *search.Tree, n search.NodeID, dst []float64) {
	p.bind(t)
	k := float64(max(t.Samples(n), 1))
	for i, c := 0, t.FirstChild(n); c != search.None; i, c = i+1, t.NextSibling(c) {
		g2 := min(1, float64(t.Votes(c))/k)
		dst[i] = mean(part(t, c, p.memory), 1-g2, p.alpha) + p.extras(t, c)
	}
}

// H implements [search.Scorer] with equation 2.
func (p *paper) H(t *search.Tree, n search.NodeID) float64 {
	p.bind(t)
	return mean(part(t, n, p.position), 1-imagined(t, n), p.beta)
}

// imagined is h2: the share of the imagined whole plan that is done at n.
func imagined(t *search.Tree, n search.NodeID) float64 {
	d, r := float64(t.Depth(n)), t.Remaining(n)
	switch {
	case t.IsFinish(n):
		return 1
	case r < 0 || d == 0:
		return 0
	}
	return d / (d + r)
}

// mean is the weighted geometric mean of the source.
func mean(a, b, weight float64) float64 { return math.Pow(a, weight) * math.Pow(b, 1-weight) }

// Finish implements [search.Scorer]; the paper charges nothing.
func (p *paper) Finish(*search.Tree, search.NodeID) float64 { return 0 }

// Judged implements [search.Scorer]: an accepted plan is the answer, a rejected one the last resort.
func (p *paper) Judged(_ *search.Tree, _ search.NodeID, v search.Verdict) float64 {
	switch v {
	case search.Accepted:
		return -decided
	case search.Rejected:
		return decided
	}
	return 0
}

// Told implements [search.Scorer]; nothing in the paper depends on the run so far.
func (p *paper) Told(*search.Tree, search.NodeID, *search.Outcome) {}

// Reopen implements [search.Scorer]; the paper never asks a node twice.
func (p *paper) Reopen(*search.Tree, search.NodeID) (float64, bool) { return 0, false }

// Drift implements [search.Scorer].
func (p *paper) Drift() float64 { return 0 }

// Rekeyed implements [search.Scorer].
func (p *paper) Rekeyed() {}
