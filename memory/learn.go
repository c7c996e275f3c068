package memory

import (
	"context"
	"strings"
)

// Evidence is what is known of a plan that a run wants to remember.
type Evidence struct {
	Accepted   bool // a judge accepted the finished plan; no judge is no acceptance
	CarriedOut bool // every step was carried out for real and answered as the plan says
}

// UnprovenError refuses a plan without [Evidence]. A memory of guesses would vouch for the same guesses the next
// time.
type UnprovenError struct{ Evidence Evidence }

// Error says which part of the evidence is missing.
func (e *UnprovenError) Error() string {
	var missing []string
	if !e.Evidence.Accepted {
		missing = append(missing, "no judge accepted it (set one with --judge)")
	}
	if !e.Evidence.CarriedOut {
		missing = append(missing, "it was not carried out")
	}
	return "not remembered: " + strings.Join(missing, " and ") +
		"; a person can add it with `azimuth memory add`"
}

// Learn stores a plan that a judge accepted and that was carried out, and says whether it was new. Anything less
// is an [*UnprovenError].
func (s *Store) Learn(ctx context.Context, p Plan, e Evidence) (bool, error) {
	if !e.Accepted || !e.CarriedOut {
		return false, &UnprovenError{Evidence: e}
	}
	n, err := s.Add(ctx, p)
	return n == 1, err
}
