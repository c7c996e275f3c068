package judge

import "context"

// Part is what a plan made so far, as a [Stepper] sees it.
type Part struct {
	Plan
	// Kinds are the kinds of subtask that the steps did, one for each step; empty for a step that only prepared another.
	Kinds []string
}

// Stepper is a [Judge] that also says what the last step of an unfinished plan is worth, so that a search which takes goals
// apart can turn to another tool before the end. Score is the quality, in [0,1]; Accepted doesn't matter. An error means
// that there is no verdict.
type Stepper interface {
	Step(ctx context.Context, p Part) (Verdict, error)
}
