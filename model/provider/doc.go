// Package provider opens models by name.
//
//	m, err := provider.Open("ollama/qwen3:8b", nil)
//	m, err := provider.Open("openai/gpt-4o-mini", nil) // key from OPENAI_API_KEY
//	m, err := provider.Open("vllm/my-model", &provider.Options{BaseURL: "http://gpu:8000/v1"})
//
// A name is provider/model; what stands after the first slash is the endpoint's own name of the model. [Providers]
// lists the providers with their addresses and the variables that hold their keys. Models that need no endpoint (the
// built-in lexical one) are handed in as constructors.
package provider
