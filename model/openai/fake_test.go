package openai_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/openai"
)

const key = "test-key-0123456789"

// wire is the part of a request that the fake endpoint looks at.
type wire struct {
	Model       string             `json:"model"`
	N           int                `json:"n"`
	Seed        int                `json:"seed"`
	Temperature float64            `json:"temperature"`
	MaxTokens   int                `json:"max_tokens"`
	Stream      bool               `json:"stream"`
	LogProbs    bool               `json:"logprobs"`
	TopLogProbs int                `json:"top_logprobs"`
	LogitBias   map[string]float64 `json:"logit_bias"`
	TopP        float64            `json:"top_p"`
	TopK        *int               `json:"top_k"`
	MinP        *float64           `json:"min_p"`
	Samplers    []string           `json:"samplers"`
	Content     string             `json:"content"`
	AddSpecial  *bool              `json:"add_special"`
	WithPieces  bool               `json:"with_pieces"`
	Messages    []map[string]any   `json:"messages"`
	Tools       []any              `json:"tools"`
	Format      *struct {
		JSONSchema struct {
			Name   string          `json:"name"`
			Schema json.RawMessage `json:"schema"`
		} `json:"json_schema"`
	} `json:"response_format"`
}

// fake is an endpoint that answers by handle and keeps what it was asked.
type fake struct {
	*httptest.Server
	mu    sync.Mutex
	asked []wire
}

func serve(t testing.TB, handle func(w http.ResponseWriter, r *http.Request, q wire, nth int)) *fake {
	t.Helper()
	f := new(fake)
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q wire
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil || r.URL.Path != "/v1/chat/completions" && r.URL.Path != "/tokenize" {
			http.Error(w, fmt.Sprint(r.URL.Path, err), http.StatusBadRequest)
			return
		}
		f.mu.Lock()
		f.asked = append(f.asked, q)
		nth := len(f.asked)
		f.mu.Unlock()
		handle(w, r, q, nth)
	}))
	t.Cleanup(f.Close)
	return f
}

func (f *fake) requests() []wire {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked
}

// open makes a model of the endpoint that does not wait between attempts.
func (f *fake) open(t testing.TB, change func(*openai.Options)) *openai.Model {
	t.Helper()
	o := &openai.Options{Options: endpoint.Options{BaseURL: f.URL + "/v1", Key: key, Backoff: time.Microsecond}}
	if change != nil {
		change(o)
	}
	m, err := openai.New("m", o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

type choice map[string]any

func message(content string, calls ...model.RawCall) choice {
	msg := map[string]any{"role": "assistant", "content": content}
	finish := "stop"
	if len(calls) > 0 {
		finish = "tool_calls"
		var list []any
		for i, c := range calls {
			list = append(list, map[string]any{"id": fmt.Sprint("c", i), "type": "function", "function": map[string]any{"name": c.Tool, "arguments": c.Args}})
		}
		msg["tool_calls"] = list
	}
	return choice{"message": msg, "finish_reason": finish}
}

func write(w http.ResponseWriter, choices ...choice) {
	for i, c := range choices {
		c["index"] = i
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{
		"choices": choices,
		"usage": map[string]any{"prompt_tokens": 100, "completion_tokens": 20 * len(choices),
			"prompt_tokens_details": map[string]any{"cached_tokens": 60}},
	})
}

var list = model.RawCall{Tool: "list_directory", Args: `{"path":"/data"}`}

// sensible answers as a good model does.
func sensible(w http.ResponseWriter, _ *http.Request, q wire, _ int) {
	switch {
	case q.Format != nil && q.Format.JSONSchema.Name == "next_step":
		write(w, repeat(q.N, func() choice {
			return message(`{"calls":[{"tool":"list_directory","args":{"path":"/data"}}],"outline":[{"tool":"read_text_file"}],"done":true}`)
		})...)
	case q.Format != nil:
		write(w, message(`{"score":4,"reason":"fine"}`))
	case len(q.Tools) == 0:
		write(w, repeat(q.N, func() choice { return message("hello") })...)
	default:
		write(w, repeat(q.N, func() choice { return message("PLAN: read_text_file; done", list) })...)
	}
}

func repeat(n int, f func() choice) []choice {
	out := make([]choice, max(n, 1))
	for i := range out {
		out[i] = f()
	}
	return out
}

// sse writes the pieces as events of one stream; each is the inside of a choice.
func sse(w http.ResponseWriter, r *http.Request, end string, pieces ...string) {
	w.Header().Set("Content-Type", "text/event-stream")
	for _, p := range pieces {
		if _, err := fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,%s}]}\n\n", p); err != nil || r.Context().Err() != nil {
			return
		}
		w.(http.Flusher).Flush()
	}
	fmt.Fprint(w, end)
}

func text(s string) string {
	raw, _ := json.Marshal(s)
	return `"delta":{"content":` + string(raw) + `}`
}

func words(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = text(strings.Repeat("word ", 2))
	}
	return out
}
