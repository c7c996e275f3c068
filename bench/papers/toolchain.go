package papers

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/search"
)

// toolChain is ToolChain* as printed.
const toolChain = "astar:preset=paper"

// fewerCalls is what the paper saves on reasoning tasks; on planning it says 7.35.
const fewerCalls = 2.31

// The paper's baselines for planning, and further methods for information. Those that the simulated proposer can't
// serve are left out, and said to be.
var (
	printed = []string{search.Greedy, search.AdaPlanner, search.Beam, search.DFS, search.MCTS}
	further = []string{search.Vote, search.Uniform, search.RAP, search.LATS + ":no_reflection=true"}
)

// ablations take one of the four parts of the costs out, by an exponent of 0.
var ablations = map[string]string{
	toolChain + ":alpha=0": "without g1 (memory)", toolChain + ":alpha=1": "without g2 (self-consistency)",
	toolChain + ":beta=0": "without h1 (position in memory)", toolChain + ":beta=1": "without h2 (imagined rest)",
}

// toolchain compares ToolChain* (Zhuang et al., arXiv 2310.13227) with greedy and tree-search baselines on the
// simulated proposer, and takes its components away one by one.
func toolchain(ctx context.Context, o *Options, f *Finding) error {
	*f = Finding{
		Paper: "toolchain", Simulated: "SIMULATED proposer (p=0.65, e=0.3) and judge",
		Claim: "A* over tool calls with task-specific costs succeeds at least as often as the best other search, in several times fewer model calls; each of its four cost components helps.",
		Expected: fmt.Sprintf("best success at 10 to 40 calls no lower than that of the best of the paper's baselines, at %v times fewer calls or better; at 40 calls each component that is taken out lowers success or raises calls",
			fewerCalls),
		Notes: []string{"The proposer finishes early now and then and memory holds requests of the same kind; a real model may do better or worse. Times in the paper are compared as model calls. An entry has 100 tasks: differences under 10 points may be chance."},
	}
	s := bench.Spec{
		Suites: []string{"home", "trip"}, Errors: []string{"diffuse", "skewed"}, Judges: []string{bench.Noisy}, Tasks: o.tasks(50), Seeds: 1, First: 2310,
		Budgets: []budget.Limits{{ModelCalls: 10}, {ModelCalls: 20}, {ModelCalls: 40}},
	}
	rivals, left := possible(s, printed)
	others, more := possible(s, further)
	f.Notes = slices.Concat(f.Notes, left, more)
	s.Strategies = slices.Concat(rivals, others, []string{toolChain})
	tables, err := o.measure(ctx, s)
	if err != nil {
		return err
	}
	s.Strategies, s.Budgets = []string{toolChain}, s.Budgets[2:]
	for name := range ablations {
		s.Strategies = append(s.Strategies, name)
	}
	slices.Sort(s.Strategies)
	without, err := o.measure(ctx, s)
	if err != nil {
		return err
	}
	for _, kind := range s.Errors {
		of := func(c bench.Condition) bool { return c.Errors == kind }
		f.compare(kind, where(tables, of), rivals, others)
		f.ablate(kind, where(without, of))
	}
	return nil
}

// compare holds ToolChain* against the best of its baselines under one kind of errors.
func (f *Finding) compare(kind string, tables []bench.Table, rivals, others []string) {
	own, best := pool(tables, toolChain), bench.Curve{}
	for _, name := range slices.Concat(rivals, others) {
		c, what := pool(tables, name), ", "
		if slices.Contains(others, name) {
			what = ", not in the paper: "
		} else if best.Contender == "" || bench.Saved(c, best).Gap > 0 {
			best = c
		}
		f.Measured = append(f.Measured, Point{What: kind + " errors" + what + name, Got: points(c)})
	}
	f.Measured = append(f.Measured, Point{What: kind + " errors, " + toolChain, Got: points(own)})
	saved := bench.Saved(own, best)
	f.Measured = append(f.Measured,
		Point{
			What: kind + " errors, best success less that of the best of the paper's baselines, " + best.Contender,
			Got:  fmt.Sprintf("%+.1f points", 100*saved.Gap), Want: "at least 0", Holds: saved.Gap >= 0,
		},
		Point{
			What: kind + " errors, times fewer calls at no lower success", Got: times(saved),
			Want: fmt.Sprintf("%v or more", fewerCalls), Holds: saved.Reached && saved.Ratio >= fewerCalls,
		})
}

// ablate says what each component is worth.
func (f *Finding) ablate(kind string, tables []bench.Table) {
	whole := pool(tables, toolChain).Points[0]
	for _, name := range slices.Sorted(maps.Keys(ablations)) {
		p := pool(tables, name).Points[0]
		f.Measured = append(f.Measured, Point{
			What: kind + " errors, " + ablations[name],
			Got:  fmt.Sprintf("%.1f %% at %.1f calls, with it %.1f %% at %.1f", 100*p.Success.At, p.Calls, 100*whole.Success.At, whole.Calls),
			Want: "lower success or more calls", Holds: p.Success.At < whole.Success.At || p.Calls > whole.Calls,
		})
	}
}

// points are a curve in one line.
func points(c bench.Curve) string {
	var out []string
	for _, p := range c.Points {
		out = append(out, fmt.Sprintf("%.1f %% [%.1f, %.1f] at %.1f calls", 100*p.Success.At, 100*p.Success.Lo, 100*p.Success.Hi, p.Calls))
	}
	return strings.Join(out, "; ")
}

func times(r bench.Ratio) string {
	if !r.Reached {
		return "not reached"
	}
	return fmt.Sprintf("%.2f", r.Ratio)
}
