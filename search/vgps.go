package search

import (
	"fmt"
	"math"
)

// VGPS is value-guided policy steering (V-GPS, Nakamoto et al., arXiv 2410.13816): the policy, here the model that
// proposes, stays as it is; K of its samples are rated ([Evaluate]) at each step, and a sample a_i is followed with
// probability
//
//	exp(Q(s,a_i)/beta) / sum_j exp(Q(s,a_j)/beta)
//
// so a call that several samples hold weighs as often. With beta 0 the best rated is followed, of equal ones that with
// more votes; with a great beta, as with K = 1, the policy's own samples decide. There is no way back but from a call
// that failed: what is left at its place is drawn from by the same rule, and where nothing is, it is asked again.
//
// The paper's critic is trained offline by Cal-QL; package learn/calql trains one, and whatever stands behind [Evaluate], such as
// a model's ratings in words, may take its place. Inferred: a place where there is one choice is not rated, steps that one answer asks for together
// are one way, and beta is 0.1, for ratings in [0,1] (the paper has 1 for returns).
//
// K is [Options.Samples] (the paper has 10). Requests: one for K samples and one for ratings a step.
const VGPS = "vgps"

// VGPSOptions are the settings of [VGPS].
type VGPSOptions struct {
	// Beta is the temperature of the choice by ratings, 0 (the best) to 1e6 (any sample); nil is 0.1.
	Beta *float64
	// Seed of the choice: equal seeds choose alike on equal trees.
	Seed uint64
}

const (
	defaultBeta = 0.1
	maxBeta     = 1e6
)

func (o *VGPSOptions) validate() error {
	if b := o.Beta; b != nil && !(*b >= 0 && *b <= maxBeta) {
		return fmt.Errorf("%w: value beta: %v is outside [0,%v]; leave it out for the default, %v", ErrOptions, *b, maxBeta, defaultBeta)
	}
	return nil
}

// vgps is the course of [VGPS]: one way from the focus.
type vgps struct {
	rated
	beta float64
	seed uint64
	at   NodeID
}

func newVGPS(o *VGPSOptions, r rated) *vgps {
	v := &vgps{rated: r, beta: defaultBeta, seed: o.Seed}
	if o.Beta != nil {
		v.beta = *o.Beta
	}
	return v
}

func (v *vgps) told(t *Tree, _ Request, _ *Outcome, _ []NodeID) { v.next(t, 1) }

// next follows the choices from the focus to the first place that needs something.
func (v *vgps) next(t *Tree, _ int) []Request {
	v.at = t.focus
	for {
		if r, ok := v.wants(t, v.at); ok {
			return []Request{r}
		}
		choice := v.choose(t, v.at)
		if choice == None {
			return nil
		}
		for ch := range t.Children(v.at) {
			t.attend(ch, ch == choice)
		}
		v.at = choice
	}
}

// wants returns what a place needs before a step is chosen; false: nothing.
func (v *vgps) wants(t *Tree, n NodeID) (Request, bool) {
	nd := t.at(n)
	if nd.flags&(isFinish|isAgain) == 0 {
		switch left := len(t.living(n, nil)); {
		case nd.flags&isBarren != 0, left == 0 && int(nd.told) > v.retries:
			return Request{}, false
		case left == 0:
			return t.sample(n, v.samples), true
		case left == 1, nd.told == 0: // the latter: they came in one answer with n
			return Request{}, false
		}
		return t.Request(Evaluate, n), t.unrated(n)
	}
	return v.rated.wants(t, n)
}

// choose draws the step after n; [None] when there is none. The draw is the greatest of Q/beta + log(votes) + a Gumbel
// variable that seed and place fix, which chooses by the softmax; when the chosen one is dropped the next greatest is a
// draw from what is left. So a choice stands until its step fails, and a rebuilt tree chooses the same.
func (v *vgps) choose(t *Tree, n NodeID) NodeID {
	best, high := None, math.Inf(-1)
	for ch := range t.Children(n) {
		switch {
		case t.is(ch, isDead):
		case v.beta == 0:
			if best == None || t.byWorth(ch, best) < 0 {
				best = ch
			}
		default:
			x := t.worth(ch)/v.beta + math.Log(float64(max(t.at(ch).votes, 1))) + v.gumbel(t, ch)
			if best == None || x > high {
				best, high = ch, x
			}
		}
	}
	return best
}

// gumbel is a standard Gumbel variable that belongs to the path to n.
func (v *vgps) gumbel(t *Tree, n NodeID) float64 {
	h := mix(v.seed)
	for ; n != Root; n = t.at(n).parent {
		h = mix(h ^ uint64(t.at(n).action)<<1 ^ uint64(bit(t.at(n).flags, isFinish)))
	}
	u := (float64(h>>11) + 0.5) / (1 << 53)
	return -math.Log(-math.Log(u))
}

func (v *vgps) answer(t *Tree) (NodeID, bool) { return t.accepted() }

func (v *vgps) best(t *Tree) (NodeID, bool) {
	v.next(t, 1)
	return v.at, t.is(v.at, isFinish)
}

func (v *vgps) ahead(int) int { return 0 }
