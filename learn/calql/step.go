package calql

import (
	"errors"
	"fmt"
	"math"
)

// ErrStep says that a recorded step can't be learnt from.
var ErrStep = errors.New("calql step")

// Feature is one feature of a state and an action that is not zero.
type Feature struct {
	At int     // its number, from 0
	By float64 // its value, finite
}

// OneHot is the features of a table: each state and action is one of its own.
func OneHot(i int) []Feature { return []Feature{{At: i, By: 1}} }

// Option is what the policy may do in a state.
type Option struct {
	Features []Feature // of the state and the action
	P        float64   // how likely the policy does it, in [0,1]
}

// Step is one step of a recorded episode. Slices are only read, and may be shared between steps.
type Step struct {
	Done   []Feature // of the state and of what was done there
	Reward float64
	// Return is the discounted sum of this and all later rewards of the episode ([Returns]), which is the floor.
	Return float64
	// Here is what the policy may do in the state, likelihoods adding up to 1. It may be empty where Alpha is 0.
	Here []Option
	// Next is what it may do in the state that followed; empty: the episode ended, so that nothing more is to be had.
	// Where an episode was only cut off, not at an end, give the choices.
	Next []Option
}

// Returns are the discounted sums of the rewards of an episode, from each step on: V = r + gamma*V'.
func Returns(rewards []float64, gamma float64) []float64 {
	out := make([]float64, len(rewards))
	sum := 0.0
	for i := len(rewards) - 1; i >= 0; i-- {
		sum = rewards[i] + gamma*sum
		out[i] = sum
	}
	return out
}

// validate says what is wrong with a step for a critic of n features. here says that Here is needed.
func (s *Step) validate(n int, here bool) error {
	if !finite(s.Reward) || !finite(s.Return) {
		return fmt.Errorf("reward %v, return %v: want finite numbers", s.Reward, s.Return)
	}
	if err := inRange(s.Done, n); err != nil {
		return fmt.Errorf("done: %w", err)
	}
	if len(s.Here) > 0 || here {
		if err := distribution(s.Here, n); err != nil {
			return fmt.Errorf("here: %w", err)
		}
	}
	if len(s.Next) > 0 {
		if err := distribution(s.Next, n); err != nil {
			return fmt.Errorf("next: %w", err)
		}
	}
	return nil
}

func distribution(options []Option, n int) error {
	sum := 0.0
	for _, o := range options {
		if !(o.P >= 0) {
			return fmt.Errorf("likelihood %v is below 0", o.P)
		}
		if err := inRange(o.Features, n); err != nil {
			return err
		}
		sum += o.P
	}
	if !(math.Abs(sum-1) < 1e-6) {
		return fmt.Errorf("likelihoods of %d options add up to %v: want 1", len(options), sum)
	}
	return nil
}

func inRange(features []Feature, n int) error {
	for _, f := range features {
		if f.At < 0 || f.At >= n || !finite(f.By) {
			return fmt.Errorf("feature %d = %v: want a finite value of one of %d, numbered from 0", f.At, f.By, n)
		}
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
