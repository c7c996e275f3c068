package arith

import (
	"encoding/json"

	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/tool"
)

// Options of the world: how many distracting tools it has, and the seed that chooses them.
type Options = sandbox.Options

// New returns the world. The error is that of [Options.Validate].
func New(o Options) (tool.World, error) { return tools.Open(o, sandbox.Dict{}) }

var tools = sandbox.NewTools(sandbox.Table[sandbox.Dict]{Ops: ops, Extras: extras, Set: note})

func note(d sandbox.Dict, key string, v json.RawMessage) (sandbox.Dict, error) {
	return d.With(key, v), nil
}

func ops() []sandbox.Op[sandbox.Dict] {
	return []sandbox.Op[sandbox.Dict]{{
		Name: "calculate",
		Doc: "Calculates an arithmetic expression exactly and returns its value. Numbers, the operators + - * /, and " +
			"parentheses are allowed; commas, units, percent and currency signs are not.",
		Effect: tool.Pure,
		Args: []sandbox.Arg{{Name: "expression", Type: sandbox.Text,
			Doc: "The expression, for example (3 + 4) * 12. At most 200 characters."}},
		Output: json.RawMessage(`{"properties":{"result":{"description":"the value","type":"string"}},"required":["result"],"type":"object"}`),
		Do:     calculate,
	}}
}

func calculate(d sandbox.Dict, v []sandbox.Value) (sandbox.Dict, tool.Result, error) {
	n, err := Evaluate(v[0].Text)
	if err != nil {
		return d, tool.Result{}, err
	}
	s := Format(n)
	return d, tool.Result{Content: s, Value: sandbox.Object("result", sandbox.Quote(s))}, nil
}
