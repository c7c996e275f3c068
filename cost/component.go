package cost

import (
	"context"

	"github.com/azimuthdev/azimuth/tool"
)

// State is what a component sees of the path to a node.
type State struct {
	Goal string
	Path []tool.Call // calls from the root, the candidate excluded
}

// Candidate is one possible next call, or the final answer.
type Candidate struct {
	Call      tool.Call
	Finish    bool
	Spec      *tool.Spec // nil when Finish
	Votes     int        // samples that proposed it
	Samples   int        // samples drawn at its parent in this request
	Remaining float64    // mean number of calls its samples expect to follow; < 0 where none said
}

// Step is a named part of the cost of a step.
type Step interface {
	Name() string
	// Cost is in [0,1]; 0 is free, 1 is the worst.
	Cost(ctx context.Context, s *State, c *Candidate) (float64, error)
}

// Heuristic is a named estimate of what is left to pay after a candidate.
type Heuristic interface {
	Name() string
	// Remaining is >= 0.
	Remaining(ctx context.Context, s *State, c *Candidate) (float64, error)
}

// Prior says how likely each of the tools, or the end of the plan, is to come next.
type Prior interface {
	// Next returns a probability for each candidate, in their order; < 0 throughout when nothing is known.
	Next(ctx context.Context, s *State, cs []Candidate) ([]float64, error)
}
