package puzzle

import (
	"context"
	"errors"
	"math"

	"github.com/azimuthdev/azimuth/search"
)

// The methods, all of them settings of [search.Graph].
const (
	Dijkstra = "dijkstra"
	AStar    = "astar"
	QStar    = "qstar"
)

// maxGenerated is where an instance is given up.
const maxGenerated = 4_000_000

// Row is one method on the instances of one setting. Numbers are means an instance.
type Row struct {
	Puzzle      string  `json:"puzzle"` // and its estimates
	Actions     int     `json:"actions"`
	Weight      float64 `json:"weight"`
	Batch       int     `json:"batch"`
	Admissible  bool    `json:"admissible"` // the estimates never exceed the true cost
	Method      string  `json:"method"`
	Instances   int     `json:"instances"`
	Solved      int     `json:"solved"`  // the others were given up at 4 million generated states
	Optimal     int     `json:"optimal"` // solved at the least cost
	Cost        float64 `json:"cost"`    // of those solved
	Generated   float64 `json:"generated"`
	Evaluations float64 `json:"evaluations"`
	Passes      float64 `json:"passes"` // calls of the heuristic, each about one or more states
	Popped      float64 `json:"popped"`
	Millis      float64 `json:"ms"`           // measured
	Computed    float64 `json:"ms_with_pass"` // Millis and, for each evaluation, Options.Pass: computed
}

// family is a puzzle with its instances and what they cost at least.
type family[S comparable] struct {
	starts []S
	least  []float64 // NaN where nothing proved it yet
}

func newFamily[S comparable](n int, start func() S) *family[S] {
	f := &family[S]{}
	for range n {
		f.starts, f.least = append(f.starts, start()), append(f.least, math.NaN())
	}
	return f
}

// setting is how a family is searched.
type setting[S comparable] struct {
	name       string
	domain     search.Domain[S]
	h, q       func([]S, []float64)
	weight     float64
	batch      int
	admissible bool
}

func (s *setting[S]) options(method string) *search.GraphOptions[S] {
	o := &search.GraphOptions[S]{Weight: &s.weight, Batch: s.batch, MaxGenerated: maxGenerated}
	switch method {
	case AStar:
		o.H = s.h
	case QStar:
		o.Q = s.q
	}
	return o
}

// measure adds a row for each method. The first proof of an instance's least cost is kept for all that follow.
func measure[S comparable](ctx context.Context, r *Result, f *family[S], s setting[S], methods ...string) error {
	for _, m := range methods {
		row := Row{
			Puzzle: s.name, Actions: s.domain.Actions(), Weight: s.weight, Batch: s.batch, Admissible: s.admissible || m == Dijkstra,
			Method: m, Instances: len(f.starts),
		}
		for i, start := range f.starts {
			before := r.o.Now()
			sol, err := solve(ctx, s.domain, start, s.options(m))
			row.Millis += float64(r.o.Now().Sub(before).Nanoseconds()) / 1e6
			if err != nil && !errors.Is(err, search.ErrGraph) {
				return err
			}
			row.add(&sol, err == nil)
			if row.Admissible && s.weight == 1 && sol.Proved && math.IsNaN(f.least[i]) {
				f.least[i] = sol.Cost
			}
			if err == nil && sol.Cost == f.least[i] {
				row.Optimal++
			}
		}
		row.mean(float64(r.o.Pass.Nanoseconds()) / 1e6)
		r.Rows = append(r.Rows, row)
		if r.o.Progress != nil {
			r.o.Progress(row)
		}
	}
	return nil
}

func solve[S comparable](ctx context.Context, d search.Domain[S], start S, o *search.GraphOptions[S]) (search.Solution, error) {
	g, err := search.NewGraph(d, start, o)
	if err != nil {
		return search.Solution{}, err
	}
	for {
		if err := ctx.Err(); err != nil {
			return search.Solution{}, err
		}
		if done, err := g.Step(); done {
			return g.Solution(), err
		}
	}
}

func (r *Row) add(s *search.Solution, solved bool) {
	c := &s.Counts
	r.Generated += float64(c.Generated)
	r.Evaluations += float64(c.Evaluations)
	r.Passes += float64(c.Passes)
	r.Popped += float64(c.Popped)
	if solved {
		r.Solved++
		r.Cost += s.Cost
	}
}

// mean makes means of sums.
func (r *Row) mean(pass float64) {
	n := float64(r.Instances)
	for _, v := range []*float64{&r.Generated, &r.Evaluations, &r.Passes, &r.Popped, &r.Millis} {
		*v /= n
	}
	r.Cost /= float64(max(r.Solved, 1))
	r.Computed = r.Millis + r.Evaluations*pass
}
