package home

import (
	"context"
	"encoding/json"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/homegen"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/tool"
)

// Options of the world: how many distracting tools it has, and the seed that chooses them.
type Options = sandbox.Options

// World is one session of a home search. It implements [tool.World].
type World struct{ box sandbox.World[sandbox.Dict] }

var _ tool.World = (*World)(nil)

// New returns a session in which nothing is set, with the fifteen tools.
func New() *World {
	w := newWorld(Options{})
	return &w
}

// NewWith is [New] with distracting tools. The error is that of [Options.Validate].
func NewWith(o Options) (*World, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	w := newWorld(o)
	return &w, nil
}

var tools = sandbox.NewTools(func(o Options) *sandbox.API[sandbox.Dict] {
	return sandbox.NewAPI(sandbox.Mix(ops(), extras(), o, sandbox.Store(ready)))
})

func newWorld(o Options) World {
	return World{*sandbox.New(tools.API(o), sandbox.Dict{})}
}

// Specs returns the tools in a fixed order.
func (w *World) Specs() []tool.Spec { return w.box.Specs() }

// Set returns the set of the tools, compiled once; see [tool.SetOf].
func (w *World) Set() (*tool.Set, error) { return w.box.Set() }

// Call carries out a call. A broken rule is a failed result; the error is the context's only.
func (w *World) Call(ctx context.Context, c tool.Call) (tool.Result, error) {
	return w.box.Call(ctx, c)
}

// Fork returns an independent copy, in constant time.
func (w *World) Fork() tool.World {
	c := *w
	return &c
}

// State returns the criteria as canonical JSON: location, buy_or_rent, home_types (lower case, sorted), the
// further criteria under the names of their setters without set_, and searched once the search has run.
func (w *World) State() json.RawMessage { return w.box.State() }

// Task is a request without its answer.
type Task struct {
	ID   string `json:"id"`
	Goal string `json:"goal"`
}

// Generate returns n requests of a seed. Request i does not depend on n.
func Generate(seed uint64, n int) []Task {
	out := make([]Task, n)
	for i := range out {
		q := homegen.Draw(draw.Task, seed, i)
		out[i] = Task{ID: q.ID, Goal: q.Goal}
	}
	return out
}
