// Package trip is the Trip Booking world: twenty tools that collect what a booking of tickets, of a hotel or of
// both needs. It is re-created by rule from the evaluator of SambaNova ToolBench (github.com/sambanova/toolbench,
// Apache-2.0); the requests are our own, not the original ones, so scores compare in kind and not in value.
//
// # Places and dates are made, not written
//
// The setters of places and dates don't take a name or a day but a handle, which the tools Loc and Date return:
//
//	w := trip.New()
//	w.Call(ctx, tool.Call{Tool: "select_booking_type", Args: []byte(`{"value":"hotels"}`)})
//	res, _ := w.Call(ctx, tool.Call{Tool: "Loc", Args: []byte(`{"text":"Boston"}`)})
//	// res.Value is {"loc":"loc:Boston#…"}; the setter takes an argument of the same name and form
//	w.Call(ctx, tool.Call{Tool: "set_hotel_location", Args: res.Value})
//
// So a plan has to make the place before it sets it, and to pass the output on: by its value, or, as long as it
// is not known, by a reference such as ${steps.2.loc}. A handle ends in a check over its content. That keeps the
// constructors pure (equal arguments give equal handles, in every fork and from every cache) and lets the setters
// refuse a handle that somebody made up.
//
// # Rules
//
// A call that breaks a rule fails: it says what has to come first and changes nothing.
//
//   - select_booking_type comes first, while nothing is set; every other setter needs it. Loc and Date can be called
//     at any time;
//   - search ends the session. It fails while something required is missing: tickets need transportation, origin,
//     destination and departure date; hotels need location, check-in and check-out; both needs all of them, with the
//     departure defaulting to the check-in and the return to the check-out. The number of rooms defaults to 1, minimum
//     prices to 0. Calling it again gives the same answer; nothing can be set any more.
//
// As in the original, nothing stops a caller from setting what the booking type has no use for: it is one criterion
// too many in the end. What the search lists is made up from the criteria.
//
// # State
//
// The criteria as canonical JSON: booking_type, transportation, room_type, the further criteria under the names of their
// setters without set_ (places as text, dates as YYYY-MM-DD), and searched once the search has run.
//
// Package world draws requests; their answers live in its package grade, which nothing here imports.
package trip
