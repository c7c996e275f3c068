package tool

import (
	"context"
	"encoding/json"
	"time"
)

// Tool is something that can be called. Spec must be constant over the life of the value; Call may be called
// from several goroutines at once.
//
// A tool that ran and failed returns a [Result] with IsError set, and a nil error: the failure is an observation
// that a planner can react to. An error means that the call did not reach the tool or that its outcome is not
// known (the process died, the deadline passed).
type Tool interface {
	Spec() Spec
	Call(ctx context.Context, args json.RawMessage) (Result, error)
}

// Spec describes a tool: what a model is told, what is checked, and what the effect gate goes by.
type Spec struct {
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	Input       json.RawMessage `json:"input,omitempty"`  // JSON Schema of the arguments; empty accepts any object
	Output      json.RawMessage `json:"output,omitempty"` // JSON Schema of Result.Value, where the tool declares one
	Effect      Effect          `json:"effect"`
	Price       Price           `json:"price,omitzero"`
	// KeyParam names the argument that takes an idempotency key, where the tool has one.
	KeyParam string `json:"key_param,omitempty"`
	// Slots says what a call touches, so that calls which have nothing to do with each other may change places; nil where
	// nobody said.
	Slots *Slots `json:"slots,omitempty"`
	// Solves are the kinds of subtask that the tool does, and Needs the tools one of which has to come right before it: for
	// planners of tool paths. A tool that declares none does one kind, of its own name, unless others need it.
	Solves []Job    `json:"solves,omitempty"`
	Needs  []string `json:"needs,omitempty"`
	// Server is where the tool comes from (an MCP server's or an OpenAPI document's name), empty for Go functions.
	Server string `json:"server,omitempty"`
}

// Job is a kind of subtask.
type Job struct {
	Name string `json:"name"`
	Doc  string `json:"doc,omitempty"` // what it is, with the words that people have for it
	// Rank is where in an order it usually comes, for goals that leave the order open.
	Rank int `json:"rank,omitempty"`
}

// Price is what one call is expected to take; zero means not known.
type Price struct {
	USD     float64       `json:"usd,omitempty"`     // dollars a call
	Latency time.Duration `json:"latency,omitempty"` // wall time of a call
}

// Call is a tool's name and arguments in canonical JSON that the tool's schema accepted. Make one with [Set.Parse].
type Call struct {
	Tool string          `json:"tool"`
	Args json.RawMessage `json:"args"`
}

// Key identifies a call: equal calls have equal keys.
func (c Call) Key() string { return c.Tool + "\x00" + string(c.Args) }

// String returns the call as tool(arguments).
func (c Call) String() string { return c.Tool + "(" + string(c.Args) + ")" }

// Result is what a tool answered.
type Result struct {
	Content string          `json:"content,omitempty"` // text, as a model is shown it
	Value   json.RawMessage `json:"value,omitempty"`   // the structured answer, where there is one
	IsError bool            `json:"is_error,omitempty"`
}

// World is a set of tools over one state that can be copied: a sandbox. Because a copy can be thrown away, a
// search may run any of its calls. Call changes the state it is called on; a World is used by one goroutine at a
// time, its copies are independent.
type World interface {
	Specs() []Spec
	Call(ctx context.Context, c Call) (Result, error)
	Fork() World
	State() json.RawMessage // canonical JSON, for judges, graders and digests
}

// SetOf returns the set of a world's tools. A world with a method Set() (*Set, error) is asked for it, so that schemas are
// compiled once for all its copies; of any other world they are compiled now. Errors are those of [NewSpecSet].
func SetOf(w World) (*Set, error) {
	if c, ok := w.(interface{ Set() (*Set, error) }); ok {
		return c.Set()
	}
	return NewSpecSet(w.Specs())
}
