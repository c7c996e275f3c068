package anthropic

import (
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/endpoint"
)

const defaultURL = "https://api.anthropic.com"

// Options are the settings of a [Model]. Nil and zero values mean the default. A version at
// the end of BaseURL is left off.
type Options struct {
	endpoint.Options
	// MaxTokens is of a sample whose request does not say. Default [model.DefaultMaxTokens].
	MaxTokens int
	// NoCache leaves the cache breakpoints out: writing to the cache costs more than it saves for requests that are
	// never followed by one like them.
	NoCache bool
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
	if o.MaxTokens < 0 {
		return fmt.Errorf("max tokens %d: want 0 (the default) or more", o.MaxTokens)
	}
	if o.ContextTokens < 0 {
		return fmt.Errorf("context tokens %d: want 0 (not known) or more", o.ContextTokens)
	}
	return o.Options.Validate()
}

func (o *Options) withDefaults() Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.BaseURL == "" {
		out.BaseURL = defaultURL
	}
	out.BaseURL = strings.TrimSuffix(strings.TrimRight(out.BaseURL, "/"), "/v1") // the client adds it
	if out.MaxTokens == 0 {
		out.MaxTokens = model.DefaultMaxTokens
	}
	return out
}
