package arith

import (
	"encoding/json"

	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/tool"
)

// Options of the world: how many distracting tools it has, and the seed that chooses them.
type Options = sandbox.Options

// New returns the world. The error is that of [Options.Validate].
func New(o Options) (tool.World, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	return sandbox.New(tools.API(o), sandbox.Dict{}), nil
}

var tools = sandbox.NewTools(func(o Options) *sandbox.API[sandbox.Dict] {
	ops := []sandbox.Op[sandbox.Dict]{{
		Name: "calculate",
		Doc: "Calculates an arithmetic expression exactly and returns its value. Numbers, the operators + - * /, and " +
			"parentheses are allowed; commas, units, percent and currency signs are not.",
		Effect: tool.Pure,
		Args: []sandbox.Arg{{Name: "expression", Type: sandbox.Text,
			Doc: "The expression, for example (3 + 4) * 12. At most 200 characters."}},
		Output: json.RawMessage(`{"properties":{"result":{"description":"the value","type":"string"}},"required":["result"],"type":"object"}`),
		Do:     calculate,
	}}
	ready := sandbox.Store(func(sandbox.Dict) error { return nil })
	return sandbox.NewAPI(sandbox.Mix(ops, extras(), o, ready))
})

func calculate(d sandbox.Dict, v []sandbox.Value) (sandbox.Dict, tool.Result, error) {
	n, err := Evaluate(v[0].Text)
	if err != nil {
		return d, tool.Result{}, err
	}
	s := Format(n)
	return d, tool.Result{Content: s, Value: json.RawMessage(`{"result":` + string(sandbox.Quote(s)) + `}`)}, nil
}
