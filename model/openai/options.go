package openai

import (
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/endpoint"
)

// Mode is how calls are asked for.
type Mode string

// The modes; the empty one is [Tools].
const (
	Tools Mode = "tools" // the endpoint's tool calls
	JSON  Mode = "json"  // one JSON object bound to a schema
	Auto  Mode = "auto"  // tool calls until they turn out not to work
)

const (
	defaultURL = "https://api.openai.com/v1"
	defaultN   = 16
)

// Options are the settings of a [Model]. Nil and zero values mean the default.
type Options struct {
	endpoint.Options
	// Provider is the first half of the model's name. Default "openai".
	Provider string
	// Mode is how calls are asked for. Default [Tools].
	Mode Mode
	// MaxN is the most choices that one request asks for. Default 16; 1 for endpoints that are known to ignore n, and
	// for reasoning models, which refuse it.
	MaxN int
	// MaxTokens is of a sample whose request does not say. Default [model.DefaultMaxTokens].
	MaxTokens int
	// LogProbs asks for log-probabilities, where the endpoint offers them.
	LogProbs bool
	// TopTokens is how many of the likeliest next tokens the endpoint shows, where it also goes on with a last message of the
	// assistant's and holds the whole of both to a schema; 0 where it does not. llama.cpp's server does, see package provider.
	TopTokens int
	// Bias says that the endpoint draws tokens under a bias (logit_bias), cuts texts into numbered tokens (/tokenize beside
	// the base URL's /v1, with their spellings), and goes on with a last message of the assistant's. llama.cpp's server does.
	Bias bool
	// Stream reads answers as they are written, and cuts them at MaxTokens.
	Stream bool
	// Prices default to not known.
	Prices *model.Prices
	// ContextTokens is the window, 0 = not known.
	ContextTokens int
}

// Validate says what is wrong, by field.
func (o *Options) Validate() error {
	if o == nil {
		return nil
	}
	switch o.Mode {
	case "", Tools, JSON, Auto:
	default:
		return fmt.Errorf("mode %q: want %s, %s or %s", o.Mode, Tools, JSON, Auto)
	}
	for _, f := range []struct {
		name string
		v    int
	}{{"max n", o.MaxN}, {"max tokens", o.MaxTokens}, {"context tokens", o.ContextTokens}, {"top tokens", o.TopTokens}} {
		if f.v < 0 {
			return fmt.Errorf("%s %d: want 0 (the default) or more", f.name, f.v)
		}
	}
	return o.Options.Validate()
}

func (o *Options) withDefaults(name string) Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.BaseURL == "" {
		out.BaseURL = defaultURL
	}
	if out.Provider == "" {
		out.Provider = "openai"
	}
	if out.Mode == "" {
		out.Mode = Tools
	}
	if out.MaxN == 0 {
		out.MaxN = defaultN
	}
	if reasons(name) {
		out.MaxN, out.LogProbs, out.TopTokens, out.Bias = 1, false, 0, false
	}
	if out.MaxTokens == 0 {
		out.MaxTokens = model.DefaultMaxTokens
	}
	return out
}

// reasons tells OpenAI's reasoning models by name: they take neither n nor temperature, and their limit of tokens has
// another name.
func reasons(name string) bool {
	name = name[strings.LastIndexByte(name, '/')+1:]
	for _, p := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}
