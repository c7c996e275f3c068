package memory

import (
	"context"
	"encoding/binary"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/internal/lcs"
)

// The constants of the prior, as measured in a simulator of 300 tasks a cell.
const (
	priorFloor  = 1e-4 // weight of a plan that has nothing in common with the path
	priorDirect = .6   // of a plan's weight, for the call that follows the cut; the rest is for its other tools
)

// prior is how likely each symbol, or the end of the plan, comes next after a path.
type prior struct {
	known  bool      // some plan has something in common with the path
	next   []float64 // by symbol; sums to 1 together with finish
	finish float64
}

// prior aligns each plan with the path, see [Index.Prior].
func (s *space) prior(r *lcs.Row, path string) prior {
	p := prior{next: make([]float64, len(s.words))}
	open := s.notOn(path)
	total := 0.0
	for i, seq := range s.seqs {
		cut, q := s.set.Align(r, i)
		w := s.weights[i] * (q*q*q + priorFloor)
		total += w
		p.known = p.known || q > 0
		if cut < len(seq) {
			p.next[seq[cut]] += priorDirect * w
		} else {
			p.finish += priorDirect * w
		}
		p.spread(s.uniq[i], open, (1-priorDirect)*w)
	}
	for i := range p.next {
		p.next[i] /= total
	}
	p.finish /= total
	return p
}

// spread shares w evenly among the symbols that are open; with none left the plan is at its end. Open is 1 or 0 and
// multiplied with, because a branch on it would be a guess for every symbol of every plan.
func (p *prior) spread(symbols []uint32, open []float64, w float64) {
	n := 0.0
	for _, sym := range symbols {
		n += open[sym]
	}
	if n == 0 {
		p.finish += w
		return
	}
	w /= n
	for _, sym := range symbols {
		p.next[sym] += w * open[sym]
	}
}

// notOn is 1 for each symbol that is not on the path, and 0 for the others.
func (s *space) notOn(path string) []float64 {
	open := make([]float64, len(s.words))
	for i := range open {
		open[i] = 1
	}
	for ; path != ""; path = path[4:] {
		if sym := binary.LittleEndian.Uint32([]byte(path[:4])); sym != unknown {
			open[sym] = 0
		}
	}
	return open
}

// Prior returns how memory expects a path to go on, for the presets azimuth and outline. It goes by tool names.
//
// Each plan m is cut where it fits the path s best: the c that maximises q = 2 LCS(s, m[1..c]) / (len(s) + c), the
// larger c where two are equal. The plan weighs q^3 + 1e-4; .6 of that goes to m[c+1] (the finish where c is the
// whole plan), and .4 evenly to the tools of m that are not on the path yet (the finish where there are none).
// Weights are then divided by their sum. Because only beginnings align, the last call of a plan gets no credit
// for standing alone.
//
// Inferred: the empty path stands before each plan with q = 1; a plan with nothing in common is cut at 0, not at
// its end. Where that holds for all plans, or there are none, nothing is known and every probability is -1.
// Candidates with one tool and different arguments get the same probability each.
func (ix *Index) Prior() cost.Prior { return planPrior{ix.names} }

type planPrior struct{ names *space }

// Next implements [cost.Prior].
func (p planPrior) Next(_ context.Context, s *cost.State, cs []cost.Candidate) ([]float64, error) {
	var dist prior
	if len(p.names.seqs) > 0 {
		dist = p.names.row(s.Path).next()
	}
	out := make([]float64, len(cs))
	for i, c := range cs {
		out[i] = p.of(dist, c)
	}
	return out, nil
}

func (p planPrior) of(dist prior, c cost.Candidate) float64 {
	switch sym := p.names.symbol(c.Call); {
	case !dist.known:
		return -1
	case c.Finish:
		return dist.finish
	case sym == unknown:
		return 0
	default:
		return dist.next[sym]
	}
}
