package toolpath

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Step is a tool at work on a subtask.
type Step struct {
	Tool    string
	Subtask Subtask
	Attempt int      // 0, then 1 … which other settings are to be used for
	Before  []Output // the steps on the way to it, from the input; not to be changed
}

// Output is what came of a step.
type Output struct {
	Tool    string
	Subtask Subtask
	Call    tool.Call
	Result  tool.Result
	World   tool.World // after the call; to be looked at, not to be changed
	Final   bool       // the tool does the subtask itself, and doesn't only prepare another
}

// Task is what [Run] does.
type Task struct {
	Goal     string // for the journal
	Catalog  Catalog
	Table    *Table // gets what the run shows; nil starts without experience and keeps none
	Subtasks []Subtask
	World    tool.World // the input; it is not changed
	// Call makes the call of a step. An error is a failed attempt that took no time.
	Call func(s Step) (tool.Call, error)
	// Check says how good the output of a step is, in [0,1]; nil means 1. The error ends the run.
	Check func(ctx context.Context, s Step, o Output) (float64, error)
}

// Options of a run; nil and zero fields are fine.
type Options struct {
	Search search.CostaOptions
	// Now is the clock that steps are timed by; nil is the real one.
	Now func() time.Time
	// Seconds says what a call cost, from its answer and the time it took; nil is the time.
	Seconds func(r tool.Result, took time.Duration) float64
	// Journal gets the run, nil: none.
	Journal *Journal
}

// Result is what came of a run.
type Result struct {
	search.ToolPath
	Steps []Output   // of the path
	World tool.World // at its end
	// Excluded are the tools that were given up, as "tool at subtask".
	Excluded []string
}

// ErrTask is wrapped by what [Run] returns for a task that lacks something.
var ErrTask = errors.New("task")

// Run searches the best chain of tools for the subtasks and carries it out. A run that finds no chain is no error: its
// result is not Complete, and holds the way that came furthest. Errors: [ErrTask], those of [Catalog.Graph] and
// [search.NewCosta], the context's, and those of Check and of the journal.
func Run(ctx context.Context, t Task, o *Options) (Result, error) {
	if o == nil {
		o = &Options{}
	}
	if t.World == nil || t.Call == nil {
		return Result{}, fmt.Errorf("%w: world and call must be given", ErrTask)
	}
	graph, err := t.Catalog.Graph(t.Table, t.Subtasks)
	if err != nil {
		return Result{}, err
	}
	s, err := search.NewCosta(graph, &o.Search)
	if err != nil {
		return Result{}, err
	}
	r := &runner{Task: t, o: *o, graph: graph, search: s, made: map[place]Output{}, taken: map[place]spent{}}
	if r.o.Now == nil {
		r.o.Now = time.Now
	}
	if err := r.begin(ctx); err != nil {
		return Result{}, err
	}
	path, err := s.Solve(func(y search.Try) (search.Ran, error) { return r.carryOut(ctx, y) })
	r.learn()
	return r.end(ctx, path, err)
}

// runner is a run under way.
type runner struct {
	Task
	o      Options
	graph  *search.ToolGraph
	search *search.Costa
	made   map[place]Output // the last one
	taken  map[place]spent
	order  []place // of taken
}

// place is a node behind a state.
type place struct {
	from search.NodeID
	node int
}

// spent is what the attempts at a place came to.
type spent struct {
	step             int
	seconds, quality float64
	failed           bool
}

func (r *runner) carryOut(ctx context.Context, y search.Try) (search.Ran, error) {
	if err := ctx.Err(); err != nil {
		return search.Ran{}, err
	}
	n := r.graph.Nodes[y.Node]
	tl := r.Catalog.Tools[n.Tool]
	s := Step{Tool: tl.Name, Subtask: r.Subtasks[n.Subtask], Attempt: y.Attempt, Before: r.before(y.From)}
	start := r.o.Now()
	out, ran, err := r.attempt(ctx, s)
	if err != nil {
		return search.Ran{}, err
	}
	at := place{y.From, y.Node}
	if !ran.Failed {
		out.Final = r.final(y.Node)
		if ran.Quality, err = r.check(ctx, s, out); err != nil {
			return search.Ran{}, err
		}
		r.made[at] = out
	}
	return ran, r.o.Journal.attempt(ctx, s, r.note(at, ran), out, ran, start)
}

// attempt calls the tool in a copy of the state.
func (r *runner) attempt(ctx context.Context, s Step) (Output, search.Ran, error) {
	out := Output{Tool: s.Tool, Subtask: s.Subtask, World: r.World.Fork()}
	if n := len(s.Before); n > 0 {
		out.World = s.Before[n-1].World.Fork()
	}
	call, err := r.Call(s)
	if err != nil {
		out.Call.Tool, out.Result = s.Tool, tool.Result{Content: err.Error(), IsError: true}
		return out, search.Ran{Failed: true}, nil
	}
	out.Call = call
	start := r.o.Now()
	res, err := out.World.Call(ctx, call)
	took := r.o.Now().Sub(start)
	if ctx.Err() != nil {
		return out, search.Ran{}, ctx.Err()
	}
	if err != nil {
		res = tool.Result{Content: err.Error(), IsError: true}
	}
	out.Result = res
	ran := search.Ran{Cost: took.Seconds(), Failed: res.IsError}
	if r.o.Seconds != nil {
		ran.Cost = r.o.Seconds(res, took)
	}
	ran.Cost = max(ran.Cost, minSeconds)
	return out, ran, nil
}

func (r *runner) check(ctx context.Context, s Step, o Output) (float64, error) {
	if r.Check == nil {
		return 1, nil
	}
	q, err := r.Task.Check(ctx, s, o)
	if err != nil {
		return 0, fmt.Errorf("check of %s at %q: %w", s.Tool, s.Subtask.ID, err)
	}
	if math.IsNaN(q) {
		return 0, nil
	}
	return min(max(q, 0), 1), nil
}

// note adds an attempt to what its step came to, and returns the step's number, from 1 on.
func (r *runner) note(at place, ran search.Ran) int {
	x, seen := r.taken[at]
	if !seen {
		r.order = append(r.order, at)
		x.step = len(r.order)
	}
	x.seconds += ran.Cost
	x.quality, x.failed = ran.Quality, ran.Failed || ran.Quality < r.threshold()
	r.taken[at] = x
	return x.step
}

func (r *runner) threshold() float64 {
	if r.o.Search.Threshold == nil {
		return search.CostaThreshold
	}
	return *r.o.Search.Threshold
}

// before returns the outputs on the way to a state.
func (r *runner) before(n search.NodeID) []Output {
	from, node := r.search.Origin(n)
	if from == search.None {
		return nil
	}
	return append(r.before(from), r.made[place{from, node}])
}

// final says whether the tool of a node does the subtask itself: it is followed by another subtask or by nothing.
func (r *runner) final(node int) bool {
	n := r.graph.Nodes[node]
	return len(n.Next) == 0 || r.graph.Nodes[n.Next[0]].Subtask != n.Subtask
}

// learn adds what the steps came to to the table.
func (r *runner) learn() {
	if r.Table == nil {
		return
	}
	for _, at := range r.order {
		n, x := r.graph.Nodes[at.node], r.taken[at]
		r.Table.Add(r.Catalog.Tools[n.Tool].Name, r.Subtasks[n.Subtask].Kind, x.seconds, x.quality, x.failed)
	}
}

func (r *runner) end(ctx context.Context, p search.ToolPath, err error) (Result, error) {
	res := Result{ToolPath: p, Steps: r.before(p.End), World: r.World}
	if n := len(res.Steps); n > 0 {
		res.World = res.Steps[n-1].World
	}
	for _, i := range r.search.Excluded() {
		n := r.graph.Nodes[i]
		res.Excluded = append(res.Excluded, fmt.Sprintf("%s at %s", r.Catalog.Tools[n.Tool].Name, r.Subtasks[n.Subtask].ID))
	}
	return res, errors.Join(err, r.o.Journal.end(ctx, res, err, r.o.Now()))
}
