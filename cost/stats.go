package cost

import (
	"math"

	"github.com/azimuthdev/azimuth/search"
)

// stats are the run-wide figures behind h and the finish charge: what a step costs (cbar) and how many calls a plan has
// (Dhat). step and length are as taken last, the sums are up to date.
type stats struct {
	step, length          float64
	stepSum, stepCount    float64
	lengthSum, lengthSeen float64
}

// newStats starts with two steps of the given cost, and with one sample that expects a plan of the given length (inferred).
func newStats(length, step float64) stats {
	s := stats{stepSum: 2 * step, stepCount: 2, lengthSum: length, lengthSeen: 1}
	s.take()
	return s
}

func (s *stats) take() { s.step, s.length = s.stepSum/s.stepCount, s.lengthSum/s.lengthSeen }

// told adds the cost of the best child of n, and for each sample the calls before n and those it expects.
func (s *stats) told(t *search.Tree, n search.NodeID, o *search.Outcome) {
	best := math.Inf(1)
	for c := t.FirstChild(n); c != search.None; c = t.NextSibling(c) {
		if !t.Obsolete(c) {
			best = min(best, t.Step(c))
		}
	}
	if !math.IsInf(best, 1) {
		s.stepSum += best
		s.stepCount++
	}
	done := float64(t.Depth(n))
	for i := range o.Candidates {
		c := &o.Candidates[i]
		if c.Parent >= 0 {
			continue
		}
		votes := float64(max(c.Votes, 1))
		switch {
		case c.Finish:
			s.lengthSum += votes * done
		case c.Remaining >= 0 && c.Remaining <= longest:
			s.lengthSum += votes * (done + 1 + c.Remaining)
		default:
			continue
		}
		s.lengthSeen += votes
	}
}

// longest is the imagined rest beyond which a sample is not believed.
const longest = 10_000

func (s *stats) drift() float64 {
	return max(moved(s.step, s.stepSum/s.stepCount), moved(s.length, s.lengthSum/s.lengthSeen))
}

func moved(from, to float64) float64 {
	if from == to {
		return 0
	}
	return math.Abs(to-from) / max(math.Abs(from), 1e-9)
}
