package model_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

func TestDeriveSeedNeverRepeats(t *testing.T) {
	seen := map[uint64]bool{}
	for seed := range uint64(300) {
		for i := range 100 {
			s := model.DeriveSeed(seed, i)
			if seen[s] {
				t.Fatalf("seed %d part %d repeats an earlier part", seed, i)
			}
			seen[s] = true
		}
	}
}

func TestHeat(t *testing.T) {
	for _, c := range []struct {
		n    int
		set  float64
		want float64
	}{{1, 0, 0}, {5, 0, 1}, {5, .3, .3}, {1, .3, .3}} {
		if got := (model.Request{N: c.n, Temperature: c.set}).Heat(); got != c.want {
			t.Errorf("n %d temperature %v: heat %v, want %v", c.n, c.set, got, c.want)
		}
	}
}

func TestCost(t *testing.T) {
	p := &model.Prices{Prompt: 2, Cached: .5, Completion: 10, Write: 4}
	u := model.Usage{Prompt: 1000, Cached: 400, Written: 100, Completion: 50}
	want := (500*2 + 400*.5 + 100*4 + 50*10) / 1e6
	if got := model.Cost(u, p); math.Abs(got-want) > 1e-12 {
		t.Errorf("cost %v, want %v", got, want)
	}
	if got := model.Cost(u, nil); got != 0 {
		t.Errorf("without prices: %v, want 0", got)
	}
	over := model.Usage{Prompt: 10, Cached: 99, Written: 99}
	if got := model.Cost(over, p); got < 0 {
		t.Errorf("cached beyond prompt: %v, want no negative cost", got)
	}
}

func TestLookupPrices(t *testing.T) {
	over := model.PriceTable{"ollama/x": {Prompt: 1, Completion: 2}}
	for _, c := range []struct {
		name, url string
		known     bool
		prompt    float64
	}{
		{"openai/gpt-4o", "", true, 2.5},
		{"openai/gpt-4o-2024-08-06", "", true, 2.5},
		{"openai/gpt-4o", "http://127.0.0.1:8080/v1", true, 0},
		{"ollama/x", "http://localhost:11434/v1", true, 1},
		{"ollama/y", "http://localhost:11434/v1", true, 0},
		{"vllm/y", "http://gpu-box:8000/v1", true, 0},
		{"vllm/y", "http://10.0.0.3:8000/v1", true, 0},
		{"vllm/y", "https://llm.example.com/v1", false, 0},
		{"openai/no-such-model", "", false, 0},
	} {
		p := model.LookupPrices(c.name, c.url, over)
		if (p != nil) != c.known || p != nil && p.Prompt != c.prompt {
			t.Errorf("%s at %q: %+v, want known %v, prompt %v", c.name, c.url, p, c.known, c.prompt)
		}
	}
	l, ok := model.LookupListed("anthropic/claude-sonnet-4-20250514")
	if !ok || l.Prices.Cached >= l.Prices.Prompt || l.Prices.Write <= l.Prices.Prompt || l.ContextTokens < 100_000 {
		t.Errorf("claude: %+v, want cached < prompt < write and a window", l)
	}
}

func TestParsePrices(t *testing.T) {
	got, err := model.ParsePrices([]byte(`{"openai/a": {"prompt": 1, "completion": 2}}`))
	if err != nil || got["openai/a"] != (model.Prices{Prompt: 1, Cached: 1, Completion: 2}) {
		t.Errorf("JSON: %+v, %v", got, err)
	}
	got, err = model.ParsePrices([]byte("openai/a:\n  prompt: 1\n  cached: 0.1\n  completion: 2\n"))
	if err != nil || got["openai/a"].Cached != .1 {
		t.Errorf("YAML: %+v, %v", got, err)
	}
	for _, c := range []struct{ in, want string }{
		{`{"openai/a": {"promt": 1, "completion": 2}}`, "promt"},
		{`{"openai/a": {"prompt": 1}}`, "completion"},
		{`{"a": {"prompt": 1, "completion": 1}}`, "provider/model"},
		{`{"openai/a": {"prompt": -1, "completion": 2}}`, "prompt -1"},
		{`[`, "prices"},
	} {
		if _, err := model.ParsePrices([]byte(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one that names %q", c.in, err, c.want)
		}
	}
}

func FuzzParsePrices(f *testing.F) {
	f.Add([]byte(`{"openai/a": {"prompt": 1, "completion": 2}}`))
	f.Add([]byte("a/b:\n  prompt: .nan\n  completion: 1\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		table, err := model.ParsePrices(raw)
		if err != nil {
			return
		}
		for name, p := range table {
			if !(p.Prompt >= 0 && p.Completion >= 0 && p.Cached >= 0) {
				t.Fatalf("%s: accepted %+v", name, p)
			}
		}
	})
}

func TestEstimate(t *testing.T) {
	var e model.Estimator
	r := model.Request{
		Tools: []tool.Spec{{Name: "read", Description: "reads a file", Input: json.RawMessage(`{"type":"object"}`)}},
		Goal:  "read it", N: 4, MaxTokens: 100,
	}
	one := e.Estimate(r, model.Capabilities{N: 8, Prices: &model.Prices{Prompt: 1, Completion: 1}})
	if one.Completion != 400 || one.Requests != 1 || one.Prompt < 500 || one.USD <= 0 || !one.Estimated {
		t.Errorf("one request: %+v", one)
	}
	four := e.Estimate(r, model.Capabilities{N: 1})
	if four.Prompt != 4*one.Prompt || four.Requests != 4 || four.USD != 0 {
		t.Errorf("four requests: %+v, want four times %d prompt tokens", four, one.Prompt)
	}
	r.Steps = []model.Step{{Call: tool.Call{Tool: "read"}, Result: tool.Result{Content: strings.Repeat("word ", 2_000_000)}}}
	if grown := e.Estimate(r, model.Capabilities{N: 8}); grown.Prompt > one.Prompt+20_000 {
		t.Errorf("10 MB of output estimated at %d tokens, but it is shown clipped", grown.Prompt)
	}
	r.MaxTokens = 0
	if u := model.Estimate(r, model.Capabilities{N: 8}); u.Completion != 4*model.DefaultMaxTokens {
		t.Errorf("default: %d completion tokens", u.Completion)
	}
}

func TestGarbage(t *testing.T) {
	err := model.Garbage("no JSON", strings.Repeat("x", 5000))
	if !errors.Is(err, model.ErrGarbage) || len(err.Error()) > 500 {
		t.Errorf("%d bytes: %v", len(err.Error()), err)
	}
}

// A request whose tools and steps were seen before is estimated from memory: it stands before every model call.
func BenchmarkEstimate(b *testing.B) {
	var e model.Estimator
	r := model.Request{Goal: "read it", N: 4}
	for range 32 {
		r.Tools = append(r.Tools, tool.Spec{Name: "read", Description: strings.Repeat("reads a file ", 20), Input: json.RawMessage(`{"type":"object","properties":{"path":{"type":"string"}}}`)})
	}
	for range 20 {
		r.Steps = append(r.Steps, model.Step{Call: tool.Call{Tool: "read", Args: json.RawMessage(`{"path":"a"}`)}, Result: tool.Result{Content: strings.Repeat("word ", 200)}})
	}
	for b.Loop() {
		e.Estimate(r, model.Capabilities{N: 8})
	}
}
