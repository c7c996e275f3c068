package papers

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestReach: the policy's likelihoods add up, both gaps are demonstrated and some demonstrations fail; the wall holds.
func TestReach(t *testing.T) {
	w, demos := newReach(1, 100)
	held, left, right := 0, 0, 0
	for _, d := range demos {
		if d.held {
			held++
		}
		for i, p := range d.at {
			if !open(p.x, p.y) || math.Abs(likelihood(w, p)-1) > 1e-9 || w.at(p)[d.done[i]] == 0 {
				t.Fatalf("%+v: likelihoods add up to %v", p, likelihood(w, p))
			}
			if p.y == wall && p.x < side/2 {
				left++
			} else if p.y == wall {
				right++
			}
		}
	}
	if held < 20 || held > 80 || left == 0 || right == 0 {
		t.Errorf("%d of 100 grasp; %d left, %d right", held, left, right)
	}
	before := place{x: side / 2, y: wall - 1}
	if got := w.step(before, towards(0, 1)); got != before {
		t.Errorf("through the wall: %+v", got)
	}
	if p := w.step(w.thing, grasp); !p.held || !p.ended {
		t.Errorf("got %+v", p)
	}
	if p := w.step(before, grasp); p.held || !p.ended {
		t.Errorf("got %+v", p)
	}
}

func likelihood(w *reach, p place) float64 {
	sum := 0.0
	for _, likely := range w.at(p) {
		sum += likely
	}
	return sum
}

// TestTrueCritic: the true Q is gamma to the moves that are left, and following it from anywhere grasps the thing in as many.
func TestTrueCritic(t *testing.T) {
	w, _ := newReach(2, 10)
	q, rng := w.exact(), rand.New(rand.NewPCG(1, 1))
	best := func(p place) (action int) {
		for a := range actions {
			if q(p, a) > q(p, action) {
				action = a
			}
		}
		return action
	}
	for range 20 {
		p := start(rng)
		worth, taken := q(p, best(p)), 0
		for ; !p.ended && taken < 100; taken++ {
			p = w.step(p, best(p))
		}
		if !p.held || math.Abs(worth-math.Pow(discount, float64(taken-1))) > 1e-12 {
			t.Errorf("worth %v, grasped %v after %d", worth, p.held, taken)
		}
	}
}

// TestSteeredReach: one sample is the policy itself, episode for episode; with the true Q success does not fall with K.
func TestSteeredReach(t *testing.T) {
	w, _ := newReach(3, 100)
	q, last := w.unit(w.exact()), 0
	for _, k := range []int{1, 2, 5, 10} {
		won := 0
		for e := range uint64(40) {
			held, err := w.episode(q, k, e)
			if err != nil {
				t.Fatal(err)
			}
			if held {
				won++
			}
			if k == 1 && held != w.alone(e) {
				t.Errorf("episode %d: one sample grasps %v, the policy %v", e, held, !held)
			}
		}
		if won < last {
			t.Errorf("K %d: %d of 40, after %d", k, won, last)
		}
		last = won
	}
	if last < 38 {
		t.Errorf("10 samples rated by the true Q grasp %d of 40", last)
	}
}
