// Package openai is a [model.Model] over any endpoint that speaks OpenAI's chat completions: OpenAI itself, vLLM,
// llama.cpp, Ollama, OpenRouter and many more.
//
//	m, err := openai.New("gpt-4o-mini", &openai.Options{Options: endpoint.Options{Key: os.Getenv("OPENAI_API_KEY")}})
//	local, err := openai.New("qwen3", &openai.Options{
//		Options:  endpoint.Options{BaseURL: "http://localhost:8080/v1"},
//		Provider: "llamacpp",
//		Mode:     openai.JSON, // small models: bind the answer to a schema
//	})
//
// # Samples
//
// A request for n samples asks the endpoint for n choices. Endpoints that ignore n return fewer; the rest is then
// asked for in further requests, side by side, and from then on the endpoint is asked for no more at once than it
// returned. Each part has a seed of its own, derived from the request's seed and the number of its first sample, so
// that the outcome does not depend on what was learned before.
//
// # Modes
//
// See package prompt. Auto begins with tool calls. Until the endpoint has made its first one, a refusal of tools, garbage
// or answers without any call send it over to JSON, for good, and the request is asked again there: a server whose chat
// template leaves the tools out says nothing about it. What was learned depends on the order of answers: name a mode
// where runs must repeat exactly.
//
// # Streaming
//
// With Options.Stream an answer is cut as soon as one choice is longer than MaxTokens by the o200k vocabulary, whether or
// not the endpoint honours max_tokens. What was cut is still read as far as it goes, and its usage is an estimate.
package openai
