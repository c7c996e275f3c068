package papers

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/azimuthdev/azimuth/bench"
)

// measuring is what is an experiment's own: it says in f what it is about and what it measured. o has its defaults.
type measuring func(ctx context.Context, o *Options, f *Finding) error

// experiment puts before it what all begin with, and the verdict behind.
func experiment(m measuring) Experiment {
	return func(ctx context.Context, opts *Options) (*Finding, error) {
		o, err := opts.withDefaults()
		if err != nil {
			return nil, err
		}
		var f Finding
		if err := m(ctx, &o, &f); err != nil {
			return nil, err
		}
		return f.judge(), nil
	}
}

// withDefaults fills in what is not given.
func (o *Options) withDefaults() (Options, error) {
	var d Options
	if o != nil {
		d = *o
	}
	if d.Scale == 0 {
		d.Scale = 1
	}
	if !(d.Scale > 0 && d.Scale <= 100) {
		return d, fmt.Errorf("scale: %v is not above 0 and at most 100", d.Scale)
	}
	return d, nil
}

// tasks is a number of tasks at the options' scale.
func (o *Options) tasks(n int) int { return max(1, int(math.Round(float64(n)*o.Scale))) }

// measure runs a spec and returns its tables.
func (o *Options) measure(ctx context.Context, s bench.Spec) ([]bench.Table, error) {
	r, err := bench.NewRunner(s, &bench.RunnerOptions{Parallel: o.Parallel, Progress: o.Progress, Now: o.Now})
	if err != nil {
		return nil, err
	}
	var rows bench.Collected
	if err := r.Run(ctx, &rows); err != nil {
		return nil, err
	}
	return bench.Tables(s, rows.Rows()), nil
}

// possible keeps the contenders that can be run under the spec, and says why the others can't.
func possible(s bench.Spec, contenders []string) (can, cannot []string) {
	for _, c := range contenders {
		s.Strategies = []string{c}
		if _, err := bench.NewRunner(s, nil); err != nil {
			cannot = append(cannot, fmt.Sprintf("%s was left out: %v", c, err))
			continue
		}
		can = append(can, c)
	}
	return can, cannot
}

// pool adds up what a contender reached in several conditions, a point for each budget.
func pool(tables []bench.Table, contender string) bench.Curve {
	out := bench.Curve{Contender: contender}
	var solved, tasks []int
	for i := range tables {
		l, ok := tables[i].Line(contender)
		if !ok {
			continue
		}
		b := tables[i].Condition.Budget
		at := slices.IndexFunc(out.Points, func(p bench.Point) bool { return p.Budget == b })
		if at < 0 {
			at = len(out.Points)
			out.Points = append(out.Points, bench.Point{Budget: b})
			solved, tasks = append(solved, 0), append(tasks, 0)
		}
		p := &out.Points[at]
		p.Calls = (p.Calls*float64(tasks[at]) + l.Means.Calls*float64(l.Tasks)) / float64(tasks[at]+l.Tasks)
		solved[at], tasks[at] = solved[at]+l.Solved, tasks[at]+l.Tasks
		p.Success = bench.Wilson(solved[at], tasks[at], bench.Z95)
	}
	return out
}

// where keeps the tables of which the condition is true.
func where(tables []bench.Table, is func(bench.Condition) bool) []bench.Table {
	return slices.DeleteFunc(slices.Clone(tables), func(t bench.Table) bool { return !is(t.Condition) })
}
