package searchtest

import (
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/search"
)

// Forest is a model that makes up what is proposed from a seed and the path, so that it answers a path the same way
// whenever it is asked.
type Forest struct {
	Seed    uint64
	Breadth int     // at most so many distinct steps a place
	Depth   int     // plans end at this many calls
	Chains  bool    // steps come with outlines and chains below them
	Fail    float64 // share of calls that fail when observed
	Reject  float64 // share of plans that the judge rejects, of those it judges; < 0: no judge
	Scores  bool    // the judge gives scores
	Parts   int
}

func (f *Forest) rng(t *search.Tree, n search.NodeID, salt uint64) *rand.Rand {
	h := f.Seed ^ salt
	for _, x := range t.Path(n) {
		h = (h ^ uint64(t.Action(x))) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	return rand.New(rand.NewPCG(h, salt))
}

// Answer is a [Model].
func (f *Forest) Answer(t *search.Tree, r search.Request) search.Outcome {
	for _, n := range t.Path(r.Node) {
		if !t.IsFinish(n) && f.rng(t, n, 'f').Float64() < f.Fail {
			return search.Outcome{Failed: n}
		}
	}
	o := search.Outcome{Failed: search.None}
	switch r.Kind {
	case search.Judge:
		f.judge(t, r.Node, &o)
		return o
	case search.Evaluate:
		f.rate(t, r.Node, &o)
		return o
	case search.Reflect:
		return o
	}
	rng := f.rng(t, r.Node, 'e'+r.ID>>32<<8)
	o.Samples = max(r.Samples, 1)
	f.grow(rng, &o, -1, t.Depth(r.Node), int32(o.Samples))
	return o
}

func (f *Forest) judge(t *search.Tree, n search.NodeID, o *search.Outcome) {
	if f.Reject < 0 {
		return
	}
	rng := f.rng(t, n, 'j')
	o.Verdict = search.Accepted
	if rng.Float64() < f.Reject {
		o.Verdict = search.Rejected
	}
	if f.Scores {
		o.Score = rng.Float64()
	}
}

// rate rates every child; one answer in eight can't be used.
func (f *Forest) rate(t *search.Tree, n search.NodeID, o *search.Outcome) {
	if f.rng(t, n, 'g').IntN(8) == 0 {
		return
	}
	for c := range t.Children(n) {
		o.Values = append(o.Values, f.rng(t, c, 'v').Float64())
	}
}

// grow shares votes out among up to Breadth candidates below parent.
func (f *Forest) grow(rng *rand.Rand, o *search.Outcome, parent int32, depth int, votes int32) {
	counts := map[int]int32{}
	var order []int
	for range votes {
		a := rng.IntN(f.Breadth)
		if counts[a] == 0 {
			order = append(order, a)
		}
		counts[a]++
	}
	for _, a := range order {
		left := f.Depth - depth - 1
		c := search.Candidate{
			Parent: parent, Action: search.ActionID(a), Votes: counts[a], Remaining: float64(max(left, 0)), Prior: rng.Float64(),
			Imagined: parent >= 0 && rng.IntN(3) > 0, Finish: left < 0 || a == 0 && depth > 0,
		}
		if parent >= 0 && !c.Imagined {
			c.Imagined = o.Candidates[parent].Imagined
		}
		for range f.Parts {
			c.Parts = append(c.Parts, rng.Float64())
		}
		if c.Finish {
			c.Remaining = 0
		}
		me := int32(len(o.Candidates))
		o.Candidates = append(o.Candidates, c)
		if f.Chains && !c.Finish && rng.IntN(2) == 0 {
			f.grow(rng, o, me, depth+1, counts[a])
		}
	}
}
