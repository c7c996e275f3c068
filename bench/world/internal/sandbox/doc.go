// Package sandbox is what the worlds of the bench have in common: a state that is a value (often one flat dictionary,
// a [Dict]), tools that are described by a table, and a [World] over both that can be forked for the price of a
// small copy.
//
// A world is a list of [Op]s:
//
//	op := sandbox.Op[sandbox.Dict]{
//		Name: "set_num_beds", Doc: "Sets how many bedrooms the home must have.", Effect: tool.Reversible,
//		Args: []sandbox.Arg{{Name: "value", Doc: "Number of bedrooms.", Type: sandbox.Integer}},
//		Do: func(d sandbox.Dict, v []sandbox.Value) (sandbox.Dict, tool.Result, error) {
//			return d.With("num_beds", v[0].Raw), sandbox.Say("num_beds is now %s", v[0].Raw), nil
//		},
//	}
//	w := sandbox.New(sandbox.NewAPI([]sandbox.Op[sandbox.Dict]{op}), sandbox.Dict{})
//
// An error of Do is a failed call: the world answers with [tool.Result.IsError] and the error's text, and the
// state stays as it was. Because a [State] never changes in place, that holds whatever Do did before it failed.
package sandbox
