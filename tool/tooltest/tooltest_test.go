package tooltest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

type in struct {
	N int `json:"n"`
}

func half(_ context.Context, a in) (int, error) {
	if a.N%2 != 0 {
		return 0, errors.New("odd")
	}
	return a.N / 2, nil
}

func TestGoodTool(t *testing.T) {
	Run(t, func(testing.TB) tool.Tool { return tool.Func("half", "", half, &tool.FuncOptions{Effect: tool.Pure}) },
		Sample{Args: `{"n":4}`, Check: func(r tool.Result) error {
			if r.Content != "2" {
				return fmt.Errorf("half of 4 is %s", r.Content)
			}
			return nil
		}},
		Sample{Args: `{"n":3}`, Fails: true},
		Sample{Args: `{"n":"x"}`, Refused: true},
		Sample{Args: `{}`, Refused: true})
}

func TestHangingTool(t *testing.T) {
	started := make(chan struct{}, 1)
	Run(t, func(testing.TB) tool.Tool {
		return tool.Func("hang", "", func(ctx context.Context, _ in) (int, error) {
			started <- struct{}{}
			<-ctx.Done()
			return 0, ctx.Err()
		}, nil)
	}, Sample{Args: `{"n":1}`, Started: started})
}

// bad breaks a promise a time.
type bad struct {
	spec  func() tool.Spec
	call  func(context.Context, string) (tool.Result, error)
	calls int
}

func (b *bad) Spec() tool.Spec { return b.spec() }
func (b *bad) Call(ctx context.Context, args json.RawMessage) (tool.Result, error) {
	b.calls++
	return b.call(ctx, string(args))
}

func TestBadToolsAreCaught(t *testing.T) {
	spec := func() tool.Spec { return tool.Spec{Name: "bad"} }
	fine := func(context.Context, string) (tool.Result, error) { return tool.Result{Content: "ok"}, nil }
	drifting := &bad{call: fine}
	drifting.spec = func() tool.Spec { return tool.Spec{Name: "bad", Description: fmt.Sprint(drifting.calls)} }
	any1 := Sample{Args: `{}`}
	for says, c := range map[string]struct {
		check  func(context.Context, tool.Tool, []Sample) error
		tool   tool.Tool
		sample Sample
	}{
		"what Spec returns changed": {specConstant, drifting, any1},
		"not a JSON Schema":         {specConstant, &bad{spec: func() tool.Spec { return tool.Spec{Name: "b", Input: []byte("3")} }}, any1},
		"refused should be true":    {refusesBadArguments, &bad{spec: spec}, Sample{Args: `{}`, Refused: true}},
		"want a result":             {samplesHold, &bad{spec: spec, call: func(context.Context, string) (tool.Result, error) { return tool.Result{}, errors.New("no") }}, any1},
		"IsError is false":          {samplesHold, &bad{spec: spec, call: fine}, Sample{Args: `{}`, Fails: true}},
		"but no value":              {samplesHold, &bad{spec: func() tool.Spec { return tool.Spec{Name: "b", Output: []byte(`{"type":"object"}`)} }, call: fine}, any1},
		"panic: boom":               {survivesForeignArguments, &bad{spec: spec, call: func(context.Context, string) (tool.Result, error) { panic("boom") }}, any1},
		"is not JSON":               {survivesForeignArguments, &bad{spec: spec, call: fine}, any1},
		"before it was under way":   {returnsWhenCancelled, &bad{spec: spec, call: fine}, Sample{Args: `{}`, Started: make(chan struct{})}},
	} {
		if err := c.check(t.Context(), c.tool, []Sample{c.sample}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q, got %v", says, err)
		}
	}
}

// counter is a world of one number; a shared one gives its forks the same number.
type counter struct {
	n      *int
	shared bool
	state  func(int) json.RawMessage
}

func newCounter() tool.World { return &counter{n: new(int)} }

func (c *counter) Specs() []tool.Spec { return []tool.Spec{{Name: "inc"}} }

func (c *counter) Call(_ context.Context, call tool.Call) (tool.Result, error) {
	if call.Tool != "inc" {
		return tool.Result{Content: "there is no " + call.Tool, IsError: true}, nil
	}
	*c.n++
	return tool.Result{Content: fmt.Sprint(*c.n)}, nil
}

func (c *counter) Fork() tool.World {
	f := *c
	if !c.shared {
		n := *c.n
		f.n = &n
	}
	return &f
}

func (c *counter) State() json.RawMessage {
	if c.state != nil {
		return c.state(*c.n)
	}
	raw, _ := canon.Marshal(map[string]int{"n": *c.n})
	return raw
}

var inc = tool.Call{Tool: "inc", Args: json.RawMessage("{}")}

func TestGoodWorld(t *testing.T) {
	World(t, newCounter)
	World(t, newCounter, inc, inc, inc)
}

func TestBadWorldsAreCaught(t *testing.T) {
	made := 0
	for says, c := range map[string]struct {
		check func(context.Context, func() tool.World, []tool.Call) error
		world func() tool.World
	}{
		"changed the original": {worldForks, func() tool.World { return &counter{n: new(int), shared: true} }},
		"not canonical": {worldCanonical, func() tool.World {
			return &counter{n: new(int), state: func(n int) json.RawMessage { return json.RawMessage(fmt.Sprintf(`{"n": %d}`, n)) }}
		}},
		"not JSON":            {worldCanonical, func() tool.World { return &counter{n: new(int), state: func(int) json.RawMessage { return nil }} }},
		"fresh worlds differ": {worldDeterministic, func() tool.World { made++; n := made; return &counter{n: &n} }},
	} {
		if err := c.check(t.Context(), c.world, []tool.Call{inc, inc}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q, got %v", says, err)
		}
	}
}

// A world whose tools promise too much: what both write comes in the order of the calls.
type log struct{ said string }

func (l *log) Specs() []tool.Spec {
	spec := func(name string) tool.Spec {
		return tool.Spec{Name: name, Effect: tool.Reversible, Slots: &tool.Slots{Sets: []string{name}}}
	}
	return []tool.Spec{spec("a"), spec("b"), spec("count")}
}

func (l *log) Call(_ context.Context, c tool.Call) (tool.Result, error) {
	if c.Tool == "count" {
		return tool.Result{Content: fmt.Sprint(len(l.said))}, nil
	}
	l.said += c.Tool
	return tool.Result{Content: c.Tool}, nil
}

func (l *log) Fork() tool.World       { f := *l; return &f }
func (l *log) State() json.RawMessage { return json.RawMessage(`"` + l.said + `"`) }

func TestOrderFindsBrokenPromises(t *testing.T) {
	call := func(name string) tool.Call { return tool.Call{Tool: name, Args: json.RawMessage(`{}`)} }
	for _, c := range []struct{ a, b, want string }{{"a", "b", "another state"}, {"a", "count", "answer otherwise"}, {"a", "a", ""}} {
		pairs, err := order(t.Context(), &log{}, []tool.Call{call(c.a), call(c.b)})
		if c.want == "" && (err != nil || pairs != 0) || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s and %s: %d pairs, %v, want %q", c.a, c.b, pairs, err, c.want)
		}
	}
}
