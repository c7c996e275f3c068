package provider

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/anthropic"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/openai"
)

// ErrName says that a model's name can't be opened. The error names what there is.
var ErrName = errors.New("no such model")

// Info describes a provider.
type Info struct {
	Name    string
	BaseURL string      // default; empty: the caller must give one
	KeyVar  string      // environment variable of the key
	NeedKey bool        // without a key nothing works
	Mode    openai.Mode // how calls are asked for by default
	// TopTokens is how many of the likeliest next tokens it shows, where it goes on with a begun answer (inferred: llama.cpp has
	// no limit of its own; 200 hold nearly all of the mass and keep answers small).
	TopTokens int
	// Bias says that it draws tokens under a bias, and what the numbers of its tokens are.
	Bias bool
}

// Providers are the endpoints known by name, sorted. Local ones go over to JSON where a model turns out weak at tool
// calls.
func Providers() []Info {
	return []Info{
		{Name: "anthropic", BaseURL: "https://api.anthropic.com", KeyVar: "ANTHROPIC_API_KEY", NeedKey: true},
		{Name: "deepseek", BaseURL: "https://api.deepseek.com/v1", KeyVar: "DEEPSEEK_API_KEY", NeedKey: true, Mode: openai.Tools},
		{Name: "groq", BaseURL: "https://api.groq.com/openai/v1", KeyVar: "GROQ_API_KEY", NeedKey: true, Mode: openai.Tools},
		{Name: "llamacpp", BaseURL: "http://localhost:8080/v1", KeyVar: "LLAMA_API_KEY", Mode: openai.Auto, TopTokens: 200, Bias: true},
		{Name: "ollama", BaseURL: "http://localhost:11434/v1", KeyVar: "OLLAMA_API_KEY", Mode: openai.Auto},
		{Name: "openai", BaseURL: "https://api.openai.com/v1", KeyVar: "OPENAI_API_KEY", NeedKey: true, Mode: openai.Tools},
		{Name: "openrouter", BaseURL: "https://openrouter.ai/api/v1", KeyVar: "OPENROUTER_API_KEY", NeedKey: true, Mode: openai.Tools},
		{Name: "vllm", BaseURL: "http://localhost:8000/v1", KeyVar: "VLLM_API_KEY", Mode: openai.Auto},
	}
}

// Options are the settings of [Open]. Nil and zero values mean the default.
type Options struct {
	// BaseURL is where the endpoint is. Default: the provider's. With one, a key is not insisted on.
	BaseURL string
	// Mode is how calls are asked for (openai.Tools, JSON, Auto). Default: the provider's.
	Mode openai.Mode
	// Stream reads answers as they are written and cuts them at their limit of tokens.
	Stream bool
	// MaxN is the most choices that one request asks for; 0 = the provider's.
	MaxN int
	// MaxTokens is of a sample whose request does not say. Default [model.DefaultMaxTokens].
	MaxTokens int
	// Prices override the built-in list.
	Prices model.PriceTable
	// Endpoint has retries, limits, clock and transport. Its BaseURL and Key are overridden from here and the
	// environment where those are set.
	Endpoint endpoint.Options
	// Getenv reads the environment. Default [os.Getenv].
	Getenv func(string) string
	// Transport makes the attempts, as Endpoint.Transport; recorders go here.
	Transport http.RoundTripper
	// Others open models that are not endpoints, by provider name; they get what stands after the slash.
	Others map[string]func(name string) (model.Model, error)
}

// Open returns the model of a name. It does not connect. Errors: [ErrName] with what there is; a missing key names
// its variable; options are refused by field.
func Open(name string, opts *Options) (model.Model, error) {
	var o Options
	if opts != nil {
		o = *opts
	}
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	prov, rest, _ := strings.Cut(name, "/")
	if open, ok := o.Others[prov]; ok {
		return open(rest)
	}
	i := slices.IndexFunc(Providers(), func(p Info) bool { return p.Name == prov })
	if i < 0 {
		return nil, fmt.Errorf("%w: %q: want provider/model, with one of the providers %s", ErrName, name, o.names())
	}
	info := Providers()[i]
	if rest == "" {
		return nil, fmt.Errorf("%w: %q names no model: want %s/MODEL%s", ErrName, name, prov, examples(prov))
	}
	return o.open(info, rest)
}

func (o Options) names() string {
	all := slices.Collect(maps.Keys(o.Others))
	for _, p := range Providers() {
		all = append(all, p.Name)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// examples names some models of a provider from the price list.
func examples(prov string) string {
	if all := model.ListedModels(prov); len(all) > 0 {
		return ", such as " + strings.Join(all[:min(3, len(all))], ", ")
	}
	return ""
}

func (o Options) open(info Info, name string) (model.Model, error) {
	e := o.Endpoint
	if o.BaseURL != "" {
		e.BaseURL = o.BaseURL
	}
	if e.BaseURL == "" {
		e.BaseURL = info.BaseURL
	}
	if o.Transport != nil {
		e.Transport = o.Transport
	}
	if k := o.Getenv(info.KeyVar); k != "" {
		e.Key = k
	}
	own := e.BaseURL == info.BaseURL
	if e.Key == "" && info.NeedKey && (own || info.Name == "anthropic") {
		return nil, fmt.Errorf("%s needs a key: set %s", info.Name, info.KeyVar)
	}
	full := info.Name + "/" + name
	at := e.BaseURL
	prices := model.LookupPrices(full, at, o.Prices)
	window := 0
	if l, ok := model.LookupListed(full); ok && own {
		window = l.ContextTokens
	}
	if info.Name == "anthropic" {
		return wrap(anthropic.New(name, e.Key, &anthropic.Options{Options: e, MaxTokens: o.MaxTokens, Prices: prices, ContextTokens: window}))
	}
	if o.Mode == "" {
		o.Mode = info.Mode
	}
	return wrap(openai.New(name, &openai.Options{
		Options: e, Provider: info.Name, Mode: o.Mode, MaxN: o.MaxN, MaxTokens: o.MaxTokens, Stream: o.Stream,
		Prices: prices, ContextTokens: window, TopTokens: info.TopTokens, Bias: info.Bias,
	}))
}

// wrap keeps a nil pointer from becoming a model that is not nil.
func wrap[M model.Model](m M, err error) (model.Model, error) {
	if err != nil {
		return nil, err
	}
	return m, nil
}
