// Package model is the narrow port between a search and whatever proposes calls: a hosted language model, a local
// server, the built-in lexical model, a recording.
//
// A [Model] answers two questions. Propose: given tools, a goal and the steps so far, what comes next? It returns up
// to N samples, each one some calls (with an outline of what would follow) or a final answer. Complete: what text, or
// what JSON that matches a schema, follows a prompt? What a backend can't do it says in [Capabilities], and is never
// asked for.
//
//	m, err := provider.Open("ollama/qwen3:8b", nil)
//	resp, err := m.Propose(ctx, model.Request{Tools: specs, Goal: "Which file is the largest?", N: 5, Seed: 7})
//	for _, s := range resp.Samples {
//		fmt.Println(s.Calls, s.Answer)
//	}
//	fmt.Println(resp.Usage.Prompt, resp.Usage.USD)
//
// # Around it
//
//   - model/prompt renders a request into a chat and parses what came back, the same for every backend.
//   - model/openai and model/anthropic speak to endpoints; model/provider opens them by name.
//   - model/replay records answers and plays them back, with a loud miss.
//   - model/modeltest is the suite that every implementation passes.
//
// # Money
//
// [Estimate] is what a request may use at most, to be reserved before it is sent; [Cost] turns usage into dollars.
// Prices come from [LookupPrices], a dated snapshot of public price lists, and a file that overrides it.
//
// # Seeds
//
// [DeriveSeed] gives the i-th sample of a request a seed of its own, so that a request that has to be split into
// several (because an endpoint returns one choice at a time) does not return the same sample several times.
package model
