// Package household is a world in the style of VirtualHome: a house of eight rooms, and forty verbs with one or two
// objects. It is re-created by rule (verbs with lists of objects that they accept, conditions such as being near,
// holding, open, on; plans graded line by line), with a house and requests of our own, so scores compare in kind and
// not in value.
//
//	w, _ := household.New(household.Options{})
//	w.Call(ctx, tool.Call{Tool: "walk", Args: []byte(`{"object":"kitchen"}`)})
//	w.Call(ctx, tool.Call{Tool: "find", Args: []byte(`{"object":"fridge"}`)})
//	w.Call(ctx, tool.Call{Tool: "open", Args: []byte(`{"object":"fridge"}`)})
//	w.Call(ctx, tool.Call{Tool: "grab", Args: []byte(`{"object":"milk"}`)})
//
// # Rules
//
// Everybody starts in the hall, standing, with two free hands. walk goes to a room, find steps up to a fixture of the
// room; things on or in that fixture can then be grabbed, once it is open. Two things can be held. Sitting and
// lying, one can look, read, watch, type, eat and drink; for all that needs legs or arms one has to stand up first.
// A call that breaks a rule fails, says what has to come first and changes nothing.
//
// # Grading
//
// A run succeeds when every call works and the calls are exactly those of a gold plan; the grade has the longest
// common subsequence by the longer length, the best over gold plans, and whether the plan was executable. Where a
// request leaves the order of chores open there is a gold plan for each order, and things that are grabbed or put down
// together may be so in any order.
package household
