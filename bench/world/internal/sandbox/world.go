package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/azimuthdev/azimuth/tool"
)

// State is what the tools of a world work on. It is a value: nothing that one holds changes in place, so that forks
// share it without knowing of each other.
type State interface {
	JSON() json.RawMessage // canonical
}

// Op is one tool of a world.
type Op[S State] struct {
	Name, Doc string
	Effect    tool.Effect
	Price     tool.Price
	Args      []Arg
	Slots     *tool.Slots     // what a call touches; nil: it keeps its place
	Output    json.RawMessage // JSON Schema of the answer's Value, where it has one
	Solves    []tool.Job      // as in [tool.Spec]
	Needs     []string
	// Do returns the state after the call and the answer. An error is a failed call. It must depend on nothing but
	// its arguments.
	Do func(s S, v []Value) (S, tool.Result, error)
}

// API is a fixed table of tools. It does not change after it was made and is shared by all worlds with these tools.
type API[S State] struct {
	moves func(S) []tool.Call // those that would not fail in a state, where a world can list them; it may be nil
	ops   map[string]Op[S]
	specs []tool.Spec
	set   func() (*tool.Set, error) // compiled at the first call
}

// NewAPI returns the table of these tools, in this order. Of two with one name the later is kept.
func NewAPI[S State](ops []Op[S]) *API[S] {
	a := &API[S]{ops: make(map[string]Op[S], len(ops))}
	for _, op := range ops {
		a.ops[op.Name] = op
		a.specs = append(a.specs, tool.Spec{
			Name: op.Name, Description: op.Doc, Input: input(op.Args), Output: op.Output, Effect: op.Effect, Price: op.Price, Slots: op.Slots,
			Solves: op.Solves, Needs: op.Needs,
		})
	}
	a.set = sync.OnceValues(func() (*tool.Set, error) { return tool.NewSpecSet(a.specs) })
	return a
}

// World is a state and the tools over it; see [tool.World] for what may be called when.
type World[S State] struct {
	api   *API[S]
	state S
}

// New returns a world in a state.
func New[S State](api *API[S], s S) *World[S] { return &World[S]{api: api, state: s} }

// Specs returns the tools in their fixed order. The slice is the caller's.
func (w *World[S]) Specs() []tool.Spec { return slices.Clone(w.api.specs) }

// Set returns the set of the tools, compiled once for all worlds with these tools; see [tool.SetOf].
func (w *World[S]) Set() (*tool.Set, error) { return w.api.set() }

// Fork returns an independent copy. It takes a constant time: both share the state until one of them changes.
func (w *World[S]) Fork() tool.World {
	c := *w
	return &c
}

// State returns the state as canonical JSON.
func (w *World[S]) State() json.RawMessage { return w.state.JSON() }

// Moves returns the calls that would not fail now, none where the world can't list them.
func (w *World[S]) Moves() []tool.Call {
	if w.api.moves == nil {
		return nil
	}
	return w.api.moves(w.state)
}

// Call carries a call out. Whatever is wrong with it is a failed call that says what to do instead and changes
// nothing; the error is the context's only.
func (w *World[S]) Call(ctx context.Context, c tool.Call) (tool.Result, error) {
	if err := ctx.Err(); err != nil {
		return tool.Result{}, err
	}
	next, res, err := w.api.do(w.state, c)
	if err != nil {
		return tool.Result{Content: c.Tool + ": " + err.Error(), IsError: true}, nil
	}
	w.state = next
	return res, nil
}

func (a *API[S]) do(s S, c tool.Call) (S, tool.Result, error) {
	op, ok := a.ops[c.Tool]
	if !ok {
		return s, tool.Result{}, fmt.Errorf("there is no such tool; there are %s", a.names())
	}
	vals, err := readArgs(op.Args, c.Args)
	if err != nil {
		return s, tool.Result{}, err
	}
	return op.Do(s, vals)
}

func (a *API[S]) names() string {
	names := make([]string, len(a.specs))
	for i, sp := range a.specs {
		names[i] = sp.Name
	}
	return list(names)
}

// Say returns an answer that is text only.
func Say(format string, args ...any) tool.Result {
	return tool.Result{Content: fmt.Sprintf(format, args...)}
}
