// Package home is the Home Search world: fifteen tools that collect the criteria of a search for a home, in the
// order that a real form would ask for them. It is re-created by rule from the evaluator of SambaNova ToolBench
// (github.com/sambanova/toolbench, Apache-2.0); the requests are our own, not the original ones, so scores
// compare in kind and not in value.
//
//	w := home.New()
//	w.Call(ctx, tool.Call{Tool: "set_location", Args: []byte(`{"value":"Denver"}`)})
//	w.Call(ctx, tool.Call{Tool: "set_buy_or_rent", Args: []byte(`{"value":"rent"}`)})
//	w.Call(ctx, tool.Call{Tool: "set_num_beds", Args: []byte(`{"value":2}`)})
//	res, _ := w.Call(ctx, tool.Call{Tool: "search", Args: []byte(`{}`)})
//
// # Rules
//
// A call that breaks a rule fails: it says what has to come first and changes nothing.
//
//   - set_location only while nothing is set;
//   - set_buy_or_rent only when the location, and nothing else, is set;
//   - everything else only after set_buy_or_rent; the home types depend on whether one buys or rents;
//   - search ends the session and sets min_price and min_square_feet to 0 where they are not set. Calling it again
//     gives the same answer; nothing can be set any more.
//
// Setting a criterion a second time replaces its value. What the search lists is made up from the criteria: there
// is no market behind this world.
//
// # State
//
// The criteria as canonical JSON: location, buy_or_rent, home_types (lower case, sorted), the further criteria under the
// names of their setters without set_, and searched once the search has run.
//
// # Requests
//
// Package world draws requests, worded from templates with a seed. Their answers live in its package grade, which
// nothing here imports: a run over this world can't reach them.
package home
