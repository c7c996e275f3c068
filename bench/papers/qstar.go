package papers

import (
	"context"
	"fmt"

	"github.com/azimuthdev/azimuth/bench/puzzle"
)

// qstar compares Q* (Agostinelli et al., arXiv 2102.04518) with A* as the action set grows, on one search with the same
// numbers for both.
func qstar(ctx context.Context, o *Options, f *Finding) error {
	r, err := puzzle.Run(ctx, &puzzle.Options{Seed: 2102, Instances: o.tasks(10), Now: o.Now})
	if err != nil {
		return err
	}
	*f = Finding{
		Paper:     "qstar",
		Claim:     "Q* is up to 129 times faster than A* and generates up to 1288 times fewer nodes; on Rubik's cube 157 times the actions take it less than 4 times the time and less than 3 times the nodes; with estimates that are never too high its path is a cheapest one.",
		Expected:  "A*'s nodes for one of Q*'s grow with the actions, to at least 100 times at 1884; Q*'s nodes grow less than 3 times and its time less than 4 times; least cost wherever it is promised",
		Simulated: "table in place of the paper's deep Q-network",
		Notes: []string{
			"Scrambles are 10 quarter turns or fewer, not full ones, and batches 1 or 100, not 10,000.",
			"A table's pass takes microseconds and grows with the actions, a network's takes a thousand times that and hardly grows. Nodes and evaluations carry over, measured times don't; the computed ones price every evaluation alike, which speaks for Q* more than a graphics card would, since that takes A*'s many children at once.",
		},
	}
	for _, x := range r.Rows {
		f.Measured = append(f.Measured, Point{
			What: fmt.Sprintf("%s, %d actions, weight %v, batch %d, %s", x.Puzzle, x.Actions, x.Weight, x.Batch, x.Method),
			Got: fmt.Sprintf("%.0f nodes, %.0f evaluations, %.2f ms (%.0f ms computed with passes), cost %.2f, least cost %d of %d",
				x.Generated, x.Evaluations, x.Millis, x.Computed, x.Cost, x.Optimal, x.Instances),
		})
	}
	for _, c := range r.Checks {
		f.Measured = append(f.Measured, Point(c))
	}
	return nil
}
