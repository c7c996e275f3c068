package toolpath

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/azimuthdev/azimuth/bench/world/toolpath"
	planner "github.com/azimuthdev/azimuth/engine/toolpath"
)

// Options of an [Experiment]; nil and zero fields take the defaults.
type Options struct {
	Tasks    int    // requests of each length; 30 by default
	Lessons  int    // requests from which prices and qualities are learnt beforehand; 16 by default
	Seed     uint64 // of the requests; 2503 by default
	Parallel int    // requests at once; one a core by default
	// Progress is told, from one goroutine at a time, after each request.
	Progress func(done, of int)
	// Edits are the lengths of the chains that are compared, each from 2 to 8, the shortest first; 2, 3, 4, 6 and 8 by
	// default. On those up to 3 all paths are carried out.
	Edits []int
}

func (o *Options) withDefaults() (Options, error) {
	var d Options
	if o != nil {
		d = *o
	}
	for _, f := range []struct {
		name string
		v    *int
		def  int
	}{{"tasks", &d.Tasks, 30}, {"lessons", &d.Lessons, 16}, {"parallel", &d.Parallel, runtime.GOMAXPROCS(0)}} {
		if *f.v < 0 || *f.v > 1000 {
			return d, fmt.Errorf("%s: %d is not from 0 to 1000", f.name, *f.v)
		}
		if *f.v == 0 {
			*f.v = f.def
		}
	}
	if len(d.Edits) == 0 {
		d.Edits = []int{2, 3, 4, 6, 8}
	}
	for i, n := range d.Edits {
		if err := (&toolpath.Options{Edits: n}).Validate(); err != nil || n == 0 || i > 0 && n <= d.Edits[i-1] {
			return d, fmt.Errorf("edits: %v are not from %d to %d, the shortest first", d.Edits, toolpath.MinEdits, toolpath.MaxEdits)
		}
	}
	if d.Seed == 0 {
		d.Seed = 2503
	}
	return d, nil
}

// exhausted is up to which length all paths are carried out.
const exhausted = 3

// alphas are the trade-offs, from quality alone to cost alone.
var alphas = []float64{0, .5, 1, 1.5, 2}

// Row is what a contender came to on the requests of one length: means.
type Row struct {
	Contender string  `json:"contender"`
	Edits     int     `json:"edits"`
	Tasks     int     `json:"tasks"`
	Cost      float64 `json:"cost"`     // milliseconds of the path, failed attempts at its steps included
	Spent     float64 `json:"spent"`    // milliseconds of all tools that ran
	Likeness  float64 `json:"likeness"` // SSIM of the result to the target
	Good      float64 `json:"good"`     // share of the edits that pass the check
	Whole     float64 `json:"whole"`    // share of the requests of which all edits do
	Value     float64 `json:"value"`    // the objective (cost in seconds) at the contender's alpha, 1 where it has none
}

// all runs everything over all requests of a length and returns the outcomes by contender, in the order of the requests.
func (o *Options) all(ctx context.Context, edits int, t *planner.Table, told func()) (map[string][]outcome, error) {
	who := contenders()
	if edits <= exhausted {
		who = append(who, contender{Exhaustive, onGraph(func(ctx context.Context, c *course, g *graph) (outcome, error) { return c.exhaust(ctx, g, 1) })})
	}
	out := map[string][]outcome{}
	for _, w := range who {
		out[w.name] = make([]outcome, o.Tasks)
	}
	return out, o.each(ctx, func(ctx context.Context, i int) error {
		c, err := newCourse(o.Seed, i, edits)
		if err != nil {
			return err
		}
		for _, w := range who {
			if out[w.name][i], err = w.run(ctx, c, t); err != nil {
				return fmt.Errorf("%s, %s: %w", c.task.ID, w.name, err)
			}
		}
		told()
		return nil
	})
}

// each calls f for all requests, some at a time.
func (o *Options) each(ctx context.Context, f func(context.Context, int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(o.Parallel)
	for i := range o.Tasks {
		g.Go(func() error { return f(ctx, i) })
	}
	return g.Wait()
}

// learn fills a table on requests of another seed.
func (o *Options) learn(ctx context.Context) (*planner.Table, error) {
	t := &planner.Table{}
	for i := range o.Lessons {
		c, err := newCourse(o.Seed+1, i, 0)
		if err != nil {
			return nil, err
		}
		if _, _, err := c.plan(ctx, t, costaOptions(1)); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// row is the means of outcomes.
func row(name string, edits int, all []outcome) Row {
	r := Row{Contender: name, Edits: edits, Tasks: len(all)}
	n := float64(max(len(all), 1))
	for _, o := range all {
		r.Cost += 1e3 * o.cost / n
		r.Spent += 1e3 * o.spent / n
		r.Likeness += o.likeness / n
		r.Good += o.good / n
		r.Value += o.value / n
		if o.whole {
			r.Whole += 1 / n
		}
	}
	return r
}

// Experiment measures what the paper claims. The error is for what kept it from being measured, not for a claim that
// does not hold.
func Experiment(ctx context.Context, opts *Options) (*Report, error) {
	o, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	table, err := o.learn(ctx)
	if err != nil {
		return nil, err
	}
	r := newReport(o)
	var mu sync.Mutex
	done, of := 0, o.Tasks*(len(o.Edits)+1)
	told := func() {
		mu.Lock()
		defer mu.Unlock()
		if done++; o.Progress != nil {
			o.Progress(done, of)
		}
	}
	byLength := map[int]map[string][]outcome{}
	for _, n := range o.Edits {
		if byLength[n], err = o.all(ctx, n, table, told); err != nil {
			return nil, err
		}
		r.addRows(n, byLength[n])
	}
	r.front()
	r.gaps(byLength)
	r.flat()
	rec, err := o.recover(ctx, table, told)
	if err != nil {
		return nil, err
	}
	r.recovery(rec)
	return r, nil
}
