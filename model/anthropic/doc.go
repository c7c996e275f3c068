// Package anthropic is a [model.Model] over Anthropic's messages API.
//
//	m, err := anthropic.New("claude-sonnet-4-5", os.Getenv("ANTHROPIC_API_KEY"), nil)
//
// That API returns one answer a request and takes no seed: k samples are k requests, and a run can't be repeated from
// its seed (record it with model/replay instead). What keeps k requests cheap is the prompt cache: tools,
// instructions and the path each end in a cache breakpoint, and the first of the k requests goes alone, so that it
// has written the prefix before the other k-1 ask for it side by side. Requests for the children of a node find their
// parent's path in the cache.
//
// Complete is bound to a schema by one tool that the model is made to call.
package anthropic
