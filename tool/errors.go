package tool

import (
	"encoding/json"
	"fmt"
	"strings"
)

// SpecError says what is wrong with the description of a tool. It is a mistake of whoever wrote or served the
// tool, not of a model.
type SpecError struct {
	Tool    string // the tool's name, as far as it has one
	Field   string // the field of [Spec]: name, input, output
	Problem string
	Remedy  string
	Err     error // what the schema compiler said, nil where nothing was compiled
}

// Error names the tool, the field, the problem and the remedy.
func (e *SpecError) Error() string {
	return fmt.Sprintf("tool %q: %s %s; %s", e.Tool, e.Field, e.Problem, e.Remedy)
}

// Unwrap returns the compiler's error.
func (e *SpecError) Unwrap() error { return e.Err }

// UnknownToolError says that there is no tool of that name.
type UnknownToolError struct {
	Name string
	Near []string // at most three names that look like it, the nearest first
}

// Error names the tool, and those that may have been meant. It is fit to be shown to a model.
func (e *UnknownToolError) Error() string {
	msg := fmt.Sprintf("there is no tool %q", clipName(e.Name))
	if len(e.Near) > 0 {
		msg += "; did you mean " + strings.Join(e.Near, " or ") + "?"
	}
	return msg
}

func clipName(s string) string {
	if len(s) > maxName {
		return Clip(s, maxName)
	}
	return s
}

// Problem is one thing that is wrong with a call's arguments.
type Problem struct {
	Path    string `json:"path"` // args, args.path, args.items[3].name
	Message string `json:"message"`
}

// ArgumentError says that a tool's schema, or the rules that hold for all tools, refused the arguments. It is the
// model's mistake, and the message is fit to be shown to it.
type ArgumentError struct {
	Tool     string
	Problems []Problem       // at least one, at most ten
	Schema   json.RawMessage // the tool's input schema; empty when the tool has none
}

// Error lists the problems, one after the other.
func (e *ArgumentError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s was not called: ", e.Tool)
	for i, p := range e.Problems {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(p.Path + ": " + p.Message)
	}
	return b.String()
}
