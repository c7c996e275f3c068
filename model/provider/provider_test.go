package provider_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/provider"
)

func env(pairs ...string) func(string) string {
	return func(k string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == k {
				return pairs[i+1]
			}
		}
		return ""
	}
}

type spy struct{ got *http.Request }

func (s *spy) RoundTrip(r *http.Request) (*http.Response, error) {
	s.got = r
	return nil, endpoint.ErrFinal
}

func TestOpen(t *testing.T) {
	for _, c := range []struct {
		name   string
		o      provider.Options
		url    string
		header string
		n      int
		priced int // -1 not known, 0 free, 1 listed
	}{
		{"openai/gpt-4o", provider.Options{Getenv: env("OPENAI_API_KEY", "k-1234")}, "https://api.openai.com/v1/chat/completions", "Bearer k-1234", 16, 1},
		{"openai/o4-mini", provider.Options{Getenv: env("OPENAI_API_KEY", "k-1234")}, "https://api.openai.com/v1/chat/completions", "Bearer k-1234", 1, 1},
		{"ollama/qwen3:8b", provider.Options{Getenv: env()}, "http://localhost:11434/v1/chat/completions", "", 16, 0},
		{"llamacpp/x", provider.Options{Getenv: env(), BaseURL: "http://127.0.0.1:9/v1/"}, "http://127.0.0.1:9/v1/chat/completions", "", 16, 0},
		{"vllm/org/model", provider.Options{Getenv: env("VLLM_API_KEY", "k-1234"), BaseURL: "https://llm.example.com/v1", MaxN: 4}, "https://llm.example.com/v1/chat/completions", "Bearer k-1234", 4, -1},
		{"openai/mine", provider.Options{Getenv: env(), BaseURL: "http://localhost:1/v1"}, "http://localhost:1/v1/chat/completions", "", 16, 0},
		{"anthropic/claude-sonnet-4-20250514", provider.Options{Getenv: env("ANTHROPIC_API_KEY", "k-1234")}, "https://api.anthropic.com/v1/messages", "", 1, 1},
	} {
		var s spy
		c.o.Transport = &s
		m, err := provider.Open(c.name, &c.o)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		caps := m.Capabilities()
		if caps.Name != c.name || caps.N != c.n {
			t.Errorf("%s: capabilities %+v", c.name, caps)
		}
		if known := caps.Prices != nil; known != (c.priced >= 0) || known && (caps.Prices.Prompt > 0) != (c.priced == 1) {
			t.Errorf("%s: prices %+v", c.name, caps.Prices)
		}
		if _, err := m.Propose(t.Context(), modeltest.Request(1)); !errors.Is(err, endpoint.ErrFinal) {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := s.got.URL.String(); got != c.url || s.got.Header.Get("Authorization") != c.header {
			t.Errorf("%s: asked %s with %q", c.name, got, s.got.Header.Get("Authorization"))
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	others := map[string]func(string) (model.Model, error){"lexical": func(string) (model.Model, error) { return nil, errors.New("opened lexical") }}
	for _, c := range []struct {
		name string
		o    provider.Options
		want string
	}{
		{"openai/gpt-4o", provider.Options{}, "set OPENAI_API_KEY"},
		{"anthropic/claude", provider.Options{BaseURL: "http://localhost:1"}, "set ANTHROPIC_API_KEY"},
		{"openay/x", provider.Options{Others: others}, "anthropic, deepseek, groq, lexical, llamacpp, ollama, openai, openrouter, vllm"},
		{"gpt-4o", provider.Options{}, "want provider/model"},
		{"openai/", provider.Options{}, "such as openai/"},
		{"ollama/", provider.Options{}, "want ollama/MODEL"},
		{"lexical", provider.Options{Others: others}, "opened lexical"},
		{"ollama/x", provider.Options{BaseURL: "localhost:1"}, "base URL"},
		{"ollama/x", provider.Options{Mode: "xml"}, "mode"},
	} {
		c.o.Getenv = env()
		m, err := provider.Open(c.name, &c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) || m != nil {
			t.Errorf("%s: %v, %v, want an error that says %q", c.name, m, err, c.want)
		}
	}
}

func TestOverriddenPrice(t *testing.T) {
	o := &provider.Options{Getenv: env(), Prices: model.PriceTable{"ollama/x": {Prompt: 3}}}
	m, err := provider.Open("ollama/x", o)
	if err != nil || m.Capabilities().Prices.Prompt != 3 {
		t.Errorf("%+v, %v", m.Capabilities(), err)
	}
}
