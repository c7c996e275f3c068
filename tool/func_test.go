package tool

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
)

type addIn struct {
	A int    `json:"a" jsonschema:"first summand"`
	B int    `json:"b,omitempty"`
	K string `json:"k,omitempty" jsonschema:"idempotency key"`
}

type addOut struct {
	Sum int `json:"sum"`
}

func add(_ context.Context, in addIn) (addOut, error) {
	switch in.A {
	case 1:
		return addOut{}, errors.New("one is refused")
	case 2:
		panic("two")
	case 3:
		return addOut{}, fmt.Errorf("upstream: %w", context.DeadlineExceeded)
	}
	return addOut{in.A + in.B}, nil
}

func TestFuncSpec(t *testing.T) {
	sp := Func("add", "Adds", add, &FuncOptions{Effect: Pure, KeyParam: "k", Price: Price{USD: 1}}).Spec()
	if sp.Name != "add" || sp.Description != "Adds" || sp.Effect != Pure || sp.KeyParam != "k" || sp.Price.USD != 1 {
		t.Errorf("Spec() = %+v", sp)
	}
	var in struct {
		Required   []string
		Properties map[string]struct{ Type, Description string }
	}
	if err := json.Unmarshal(sp.Input, &in); err != nil {
		t.Fatal(err)
	}
	if len(in.Required) != 1 || in.Required[0] != "a" || in.Properties["a"].Description != "first summand" || in.Properties["b"].Type != "integer" {
		t.Errorf("input schema %s", sp.Input)
	}
	if !strings.Contains(string(sp.Output), `"sum"`) {
		t.Errorf("output schema %s", sp.Output)
	}
	if sp := Func("f", "", add, nil).Spec(); sp.Effect != Unknown {
		t.Errorf("a function that nobody classified is %v", sp.Effect)
	}
}

func TestFuncCall(t *testing.T) {
	f := Func("add", "", add, nil)
	for args, want := range map[string]Result{
		`{"a":40,"b":2}`: {Content: `{"sum":42}`, Value: json.RawMessage(`{"sum":42}`)},
		`{"a":1}`:        {Content: "one is refused", IsError: true},
		`{"a":2}`:        {Content: "add panicked: two", IsError: true},
		`{"a":"x"}`:      {Content: "add: arguments: json: cannot unmarshal string into Go struct field addIn.a of type int", IsError: true},
	} {
		got, err := f.Call(t.Context(), json.RawMessage(args))
		if err != nil || got.Content != want.Content || got.IsError != want.IsError || string(got.Value) != string(want.Value) {
			t.Errorf("%s: %+v, %v", args, got, err)
		}
	}
	if _, err := f.Call(t.Context(), json.RawMessage(`{"a":3}`)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a deadline is %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Call(ctx, json.RawMessage(`{"a":4}`)); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled call is %v", err)
	}
}

func returning[Out any](out Out) Tool {
	return Func("f", "", func(context.Context, struct{}) (Out, error) { return out, nil }, nil)
}

func TestFuncAnswers(t *testing.T) {
	for i, c := range []struct {
		tool   Tool
		want   Result
		schema bool
	}{
		{returning("text"), Result{Content: "text"}, false},
		{returning(Result{Content: "c", IsError: true}), Result{Content: "c", IsError: true}, false},
		{returning[any](map[string]int{"b": 1, "a": 2}), Result{Content: `{"a":2,"b":1}`, Value: json.RawMessage(`{"a":2,"b":1}`)}, false},
		{returning(json.RawMessage(`{"x": 1.0}`)), Result{Content: `{"x":1}`, Value: json.RawMessage(`{"x":1}`)}, false},
		{returning([]int{1, 2}), Result{Content: `[1,2]`, Value: json.RawMessage(`[1,2]`)}, true},
		{returning(math.NaN()), Result{Content: "f: the answer is not JSON: json: unsupported value: NaN", IsError: true}, true},
	} {
		got, err := c.tool.Call(t.Context(), json.RawMessage("{}"))
		if err != nil || got.Content != c.want.Content || got.IsError != c.want.IsError || string(got.Value) != string(c.want.Value) {
			t.Errorf("%d: %+v, %v", i, got, err)
		}
		if out := c.tool.Spec().Output; (len(out) > 0) != c.schema {
			t.Errorf("%d: output schema %s", i, out)
		}
	}
}

func TestFuncPanicsOnMistakes(t *testing.T) {
	type loop struct{ Next []loop }
	for says, build := range map[string]func(){
		"want a struct": func() { Func("f", "", func(context.Context, string) (any, error) { return nil, nil }, nil) },
		"name is empty": func() { Func("", "", add, nil) },
		"key parameter": func() { Func("f", "", add, &FuncOptions{KeyParam: "a"}) },
		"input": func() {
			Func("f", "", func(context.Context, struct{ C chan int }) (any, error) { return nil, nil }, nil)
		},
		"return any": func() { Func("f", "", func(context.Context, struct{}) (loop, error) { return loop{}, nil }, nil) },
	} {
		func() {
			defer func() {
				if p := recover(); p == nil || !strings.Contains(fmt.Sprint(p), says) {
					t.Errorf("want a panic that says %q, got %v", says, p)
				}
			}()
			build()
		}()
	}
}
