// Package tool says what can be called, and makes sure that nothing else is.
//
// A [Tool] is a name, a description, a schema and a function. The shortest way to one is a Go function; its types
// are the schema:
//
//	type Query struct {
//		City string `json:"city" jsonschema:"where to look"`
//		Days int    `json:"days,omitempty" jsonschema:"how far ahead, default 1"`
//	}
//
//	forecast := tool.Func("forecast", "Weather forecast for a city", lookUp, &tool.FuncOptions{Effect: tool.Read})
//
// Other tools come from MCP servers (tool/mcp), from OpenAPI documents (tool/openapi) and from command lines
// (tool/command). Whatever the source, tooltest checks that it keeps its promises.
//
// # From a model's text to a call
//
// A [Set] holds the tools of a run. [Set.Parse] is the only way from what a model wrote to a [Call]: it limits
// length and depth, wants one JSON object, brings it into a canonical form, so that equal calls are equal bytes,
// and validates it against the tool's schema. What is wrong comes back as an [UnknownToolError] with the nearest
// names, or as an [ArgumentError] whose message tells the model what to mend. Nothing is ever made up: a call
// without arguments is refused, not called with {}.
//
//	set, err := tool.NewSet(forecast)
//	call, err := set.Parse("forecast", `{"city": "Oslo"}`)
//	t, _ := set.Lookup(call.Tool)
//	result, err := t.Call(ctx, call.Args)
//
// # Failure is data
//
// A tool that ran and failed returns a [Result] with IsError set: a planner looks at it and goes another way. A Go
// error says that no answer came, so that nobody knows what happened; before an effect is repeated somebody has to
// find out.
//
// # Outputs that are not known yet
//
// A plan may need what an earlier step will only answer when it is carried out. Any argument, of whatever type, may
// be the text ${steps.2.items[0].id}; see [Ref]. [Resolve] puts in the real values, and [Set.ParseExact] then
// validates the whole. An output that contains such a text is data and is never resolved again.
//
// # Effects and trust
//
// Each tool has an [Effect]. A search calls only what is [Pure] or [Read]; everything else waits for approval, and
// [Unknown], which is what a tool is when nobody said otherwise, counts as the worst.
//
// What a server says about its own tools is a claim. [Classify] decides in one place what it is worth: the user's
// own rules by the tool's name come first; then the claim, if the server is trusted ([TrustAnnotations]); otherwise
// Unknown. The Model Context Protocol wants annotations taken as untrusted unless the server is, so for MCP the
// default is [TrustNone]. An OpenAPI document is chosen by the user and its methods have meanings in a standard, so
// there the default is to believe it.
//
// A class is decided once, from the [Spec] that the tool had when the [Set] was made. Text that a tool returns, a
// prompt injection included, is read by models and by nobody else: it can make a model propose something foolish,
// but it can't raise what is allowed, nor approve anything. A tool that changes its specification later changes
// nothing either ([Set.Spec] keeps the first).
//
// # What a model is shown
//
// With many tools, [Shortlist] picks those that fit the goal within a budget of tokens. Long outputs are cut by
// [Clip] to [ModelLimit] for a model and to [JournalLimit] for the record.
package tool
