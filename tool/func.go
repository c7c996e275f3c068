package tool

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// FuncOptions says about a Go function what its types don't. A nil pointer and the zero value are fine.
type FuncOptions struct {
	// Effect is what calling the function does to the world. The zero value is [Unknown]: the function is then not
	// called during a search, and not without approval.
	Effect Effect
	// Price is what one call is expected to take.
	Price Price
	// KeyParam names the field of In, by its JSON name, that takes an idempotency key. The field must be a string.
	KeyParam string
	// Slots says what a call touches; nil where nobody said.
	Slots *Slots
}

// Func makes a tool of a Go function. The input schema is inferred from In, which must be a struct: json tags name
// the parameters, those with omitempty or omitzero are optional, and a jsonschema tag is a parameter's description.
// The answer depends on Out:
//
//   - string: the text is the content, without a value or an output schema
//   - [Result]: the function says all itself
//   - any, [json.RawMessage]: the value, without an output schema
//   - everything else: the value, with an output schema inferred from Out
//
// An error of f is a [Result] with IsError, for a planner to react to; so is a panic in f, and arguments that do
// not fit In. Only an error that wraps [context.Canceled] or [context.DeadlineExceeded] is returned as an error,
// because nobody knows then what f did.
//
// A name, a type or a KeyParam that can't be used is a mistake in the program: Func panics and says which.
func Func[In, Out any](name, doc string, f func(context.Context, In) (Out, error), opts *FuncOptions) Tool {
	var o FuncOptions
	if opts != nil {
		o = *opts
	}
	sp := Spec{Name: name, Description: doc, Effect: o.Effect, Price: o.Price, KeyParam: o.KeyParam, Slots: o.Slots}
	var err error
	if sp.Input, err = inputOf[In](o.KeyParam); err == nil {
		sp.Output, err = outputOf[Out]()
	}
	if err == nil {
		err = sp.Validate()
	}
	if err != nil {
		panic(fmt.Sprintf("tool.Func(%q): %v", name, err))
	}
	return &function[In, Out]{spec: sp, f: f}
}

type function[In, Out any] struct {
	spec Spec
	f    func(context.Context, In) (Out, error)
}

// Spec returns the inferred specification.
func (t *function[In, Out]) Spec() Spec { return t.spec }

// Call decodes the arguments, calls the function and encodes its answer.
func (t *function[In, Out]) Call(ctx context.Context, args json.RawMessage) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	var in In
	if err := json.Unmarshal(args, &in); err != nil {
		return failed(t.spec.Name + ": arguments: " + err.Error()), nil
	}
	out, err := t.call(ctx, in)
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Result{}, fmt.Errorf("%s: %w", t.spec.Name, err)
	case err != nil:
		return failed(err.Error()), nil
	}
	return answer(t.spec.Name, out), nil
}

// call turns a panic into an error. What was thrown goes into its text, the stack does not: a model would see it.
func (t *function[In, Out]) call(ctx context.Context, in In) (out Out, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s panicked: %v", t.spec.Name, p)
		}
	}()
	return t.f(ctx, in)
}

func failed(msg string) Result { return Result{Content: msg, IsError: true} }

func answer(name string, out any) Result {
	switch v := out.(type) {
	case string:
		return Result{Content: v}
	case Result:
		return v
	}
	raw, err := canon.Marshal(out)
	if err != nil {
		return failed(name + ": the answer is not JSON: " + err.Error())
	}
	return Result{Content: string(raw), Value: raw}
}

var schemaOptions = &jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
	reflect.TypeFor[json.RawMessage](): {},
}}

func inputOf[In any](keyParam string) (json.RawMessage, error) {
	if t := reflect.TypeFor[In](); t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("input %v: want a struct, whose fields are the parameters", t)
	}
	s, err := jsonschema.For[In](schemaOptions)
	if err != nil {
		return nil, fmt.Errorf("input: %w", err)
	}
	if keyParam != "" {
		if p := s.Properties[keyParam]; p == nil || p.Type != "string" {
			return nil, fmt.Errorf("key parameter %q: the input has no such field of type string", keyParam)
		}
	}
	return json.Marshal(s)
}

func outputOf[Out any]() (json.RawMessage, error) {
	switch reflect.TypeFor[Out]() {
	case reflect.TypeFor[string](), reflect.TypeFor[Result](), reflect.TypeFor[any](), reflect.TypeFor[json.RawMessage]():
		return nil, nil
	}
	s, err := jsonschema.For[Out](schemaOptions)
	if err != nil {
		return nil, fmt.Errorf("output: %w; return any to go without an output schema", err)
	}
	return json.Marshal(s)
}
