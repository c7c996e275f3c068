package papers

import (
	"context"

	"github.com/azimuthdev/azimuth/bench/toolpath"
)

// costa plans paths of real image operations by cost and quality (CoSTA*, Gupta et al., arXiv 2503.10613).
func costa(ctx context.Context, o *Options, f *Finding) error {
	r, err := toolpath.Experiment(ctx, &toolpath.Options{Seed: 2503, Tasks: o.tasks(30)})
	if err != nil {
		return err
	}
	*f = Finding{Paper: "costa", Claim: r.Claim, Expected: r.Expected, Simulated: r.Simulated, Notes: r.Notes}
	for _, p := range r.Measured {
		f.Measured = append(f.Measured, Point(p))
	}
	return nil
}
