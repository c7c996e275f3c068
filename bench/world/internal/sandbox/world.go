package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/azimuthdev/azimuth/tool"
)

// Op is one tool of a world.
type Op struct {
	Name, Doc string
	Effect    tool.Effect
	Args      []Arg
	Output    json.RawMessage // JSON Schema of the answer's Value, where it has one
	// Do returns the state after the call and the answer. An error is a failed call. It must depend on nothing but
	// its arguments.
	Do func(d Dict, v []Value) (Dict, tool.Result, error)
}

// API is a fixed table of tools. It does not change after it was made and is shared by all forks of a world.
type API struct {
	ops   map[string]Op
	specs []tool.Spec
}

// NewAPI returns the table of these tools, in this order. Of two with one name the later is kept.
func NewAPI(ops []Op) *API {
	a := &API{ops: make(map[string]Op, len(ops))}
	for _, op := range ops {
		a.ops[op.Name] = op
		a.specs = append(a.specs, tool.Spec{
			Name: op.Name, Description: op.Doc, Input: input(op.Args), Output: op.Output, Effect: op.Effect,
		})
	}
	return a
}

// World is a state and the tools over it; see [tool.World] for what may be called when.
type World struct {
	api  *API
	dict Dict
}

// New returns a world with an empty dictionary.
func New(api *API) *World { return &World{api: api} }

// Specs returns the tools in their fixed order. The slice is the caller's.
func (w *World) Specs() []tool.Spec { return slices.Clone(w.api.specs) }

// Fork returns an independent copy. It takes a constant time: both share the dictionary until one of them changes.
func (w *World) Fork() tool.World {
	c := *w
	return &c
}

// State returns the dictionary as canonical JSON.
func (w *World) State() json.RawMessage { return w.dict.JSON() }

// Call carries a call out. Whatever is wrong with it is a failed call that says what to do instead and changes
// nothing; the error is the context's only.
func (w *World) Call(ctx context.Context, c tool.Call) (tool.Result, error) {
	if err := ctx.Err(); err != nil {
		return tool.Result{}, err
	}
	next, res, err := w.api.do(w.dict, c)
	if err != nil {
		return tool.Result{Content: c.Tool + ": " + err.Error(), IsError: true}, nil
	}
	w.dict = next
	return res, nil
}

func (a *API) do(d Dict, c tool.Call) (Dict, tool.Result, error) {
	op, ok := a.ops[c.Tool]
	if !ok {
		return d, tool.Result{}, fmt.Errorf("there is no such tool; there are %s", a.names())
	}
	vals, err := readArgs(op.Args, c.Args)
	if err != nil {
		return d, tool.Result{}, err
	}
	return op.Do(d, vals)
}

func (a *API) names() string {
	names := make([]string, len(a.specs))
	for i, s := range a.specs {
		names[i] = s.Name
	}
	return list(names)
}

// Say returns an answer that is text only.
func Say(format string, args ...any) tool.Result {
	return tool.Result{Content: fmt.Sprintf(format, args...)}
}
