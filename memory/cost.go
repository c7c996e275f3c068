package memory

import (
	"context"

	"github.com/azimuthdev/azimuth/cost"
)

// Step returns the step cost "memory", 1 - [Index.Score] of the path that ends with the candidate: ToolChain*,
// equation (1). The final answer is no call: it costs what its path scores (inferred), so that an answer before
// any call is not free.
func (ix *Index) Step() cost.Step { return stepCost{ix} }

type stepCost struct{ ix *Index }

// Name implements [cost.Step].
func (stepCost) Name() string { return "memory" }

// Cost implements [cost.Step].
func (c stepCost) Cost(_ context.Context, s *cost.State, cand *cost.Candidate) (float64, error) {
	if cand.Finish {
		return 1 - c.ix.Score(s.Path), nil
	}
	return 1 - c.ix.ScoreNext(s.Path, cand.Call), nil
}

// Heuristic returns the heuristic "position", 1 - [Index.Position] of the candidate, in [0,1]: ToolChain*,
// equation (2). After the final answer nothing is left: 0.
func (ix *Index) Heuristic() cost.Heuristic { return positionCost{ix} }

type positionCost struct{ ix *Index }

// Name implements [cost.Heuristic].
func (positionCost) Name() string { return "position" }

// Remaining implements [cost.Heuristic].
func (c positionCost) Remaining(_ context.Context, _ *cost.State, cand *cost.Candidate) (float64, error) {
	if cand.Finish {
		return 0, nil
	}
	return 1 - c.ix.Position(cand.Call), nil
}
