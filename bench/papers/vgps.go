package papers

import (
	"context"
	"fmt"

	"github.com/azimuthdev/azimuth/bench"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/search"
)

// vgps steers a simulated proposer by its own ratings (Nakamoto et al., arXiv 2410.13816), with more and more samples to
// choose from, and a policy that was learnt from demonstrations by a critic that was learnt from them too.
func vgps(ctx context.Context, o *Options, f *Finding) error {
	const flat = search.VGPS + ":k=10:value_beta=1000000"
	steered := []string{search.VGPS + ":k=1", search.VGPS + ":k=2", search.VGPS + ":k=5", search.VGPS + ":k=10"}
	sharp := search.VGPS + ":k=10:value_beta=0"
	*f = Finding{
		Paper: "vgps", Simulated: "SIMULATED proposer (p=0.65, e=0.3) that rates its own steps (a right one above a wrong one in 76 of 100)",
		Claim:    "Re-ranking K samples of a policy that stays as it is by a value function raises success, with five policies on 12 tasks by up to 100 %; K = 1 and a great temperature are the policy.",
		Expected: "k=1 within its interval of greedy, a great beta within its interval of k=1; success with K = 10 above that with K = 1, beyond both intervals, and not falling from K to K by more than 3 points; reach: the same of a critic trained by Cal-QL up to K = 50, where the floor takes nothing, and of the true Q",
		Notes: []string{
			"Where no reach stands before it the values are noisy ratings, not a critic's; a better one would gain more, one that overrates what the policy seldom proposes less.",
			"reach is a made-up plane of 24 x 24 places with a wall, a policy that copies 100 demonstrations of unlike care in blocks of 4 x 4, and critics linear in tiles, at beta 0; nobody's robot. Their settings are the defaults of learn/calql, which were chosen among 27 in three other worlds of the kind (seeds 100 to 102); what two of them are worth is among the lines.",
			"A step costs a request for samples and one for ratings: at equal calls see vote, which asks for samples only.",
		},
	}
	s := bench.Spec{
		Suites: []string{"home", "trip"}, Errors: []string{"diffuse"}, Judges: []string{bench.None}, Tasks: o.tasks(150), Seeds: 1, First: 1386,
		Budgets: []budget.Limits{{ModelCalls: 60}}, Strategies: append([]string{search.Greedy, search.Vote + ":k=10", flat, sharp}, steered...),
	}
	tables, err := o.measure(ctx, s)
	if err != nil {
		return err
	}
	at := map[string]bench.Interval{}
	for _, name := range s.Strategies {
		c := pool(tables, name)
		at[name] = c.Points[0].Success
		f.Measured = append(f.Measured, Point{What: name, Got: points(c)})
	}
	policy, most := at[steered[0]], at[steered[3]]
	worst := 0.0
	for i := 1; i < len(steered); i++ {
		worst = min(worst, at[steered[i]].At-at[steered[i-1]].At)
	}
	f.Measured = append(f.Measured,
		same("K = 1 is greedy", policy, at[search.Greedy]), same("a great beta is K = 1", at[flat], policy),
		Point{What: "gain of K = 10 over K = 1", Got: fmt.Sprintf("%+.1f points", 100*(most.At-policy.At)), Want: "intervals apart", Holds: most.Lo > policy.Hi},
		fall("greatest fall from K to K", -worst),
	)
	reached, err := measureCritics(ctx, o)
	f.Measured = append(f.Measured, reached...)
	return err
}

// same says that two successes lie within each other's intervals.
func same(what string, a, b bench.Interval) Point {
	return Point{
		What: what, Got: fmt.Sprintf("%.1f %% and %.1f %%", 100*a.At, 100*b.At), Want: "within the intervals",
		Holds: a.Lo <= b.At && b.At <= a.Hi,
	}
}
