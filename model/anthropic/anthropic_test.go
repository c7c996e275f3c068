package anthropic_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/anthropic"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/tool"
)

const key = "test-key-0123456789"

type block struct {
	Type      string          `json:"type"`
	Text      string          `json:"text"`
	Name      string          `json:"name"`
	ID        string          `json:"id"`
	Input     json.RawMessage `json:"input"`
	ToolUseID string          `json:"tool_use_id"`
	IsError   bool            `json:"is_error"`
	Cache     any             `json:"cache_control"`
	Content   []block         `json:"content"`
}

type wire struct {
	Model     string  `json:"model"`
	MaxTokens int     `json:"max_tokens"`
	Heat      float64 `json:"temperature"`
	System    []block `json:"system"`
	Tools     []struct {
		Name   string          `json:"name"`
		Schema json.RawMessage `json:"input_schema"`
		Cache  any             `json:"cache_control"`
	} `json:"tools"`
	Messages []struct {
		Role    string  `json:"role"`
		Content []block `json:"content"`
	} `json:"messages"`
	Choice *struct {
		Name string `json:"name"`
	} `json:"tool_choice"`
}

type fake struct {
	*httptest.Server
	mu    sync.Mutex
	asked []wire
	under int
	first int // requests that came while the first was under way
}

func serve(t testing.TB, handle func(w http.ResponseWriter, r *http.Request, q wire, nth int)) *fake {
	t.Helper()
	f := new(fake)
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q wire
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil || r.URL.Path != "/v1/messages" || r.Header.Get("X-Api-Key") != key {
			http.Error(w, fmt.Sprint(r.URL.Path, err), http.StatusBadRequest)
			return
		}
		f.mu.Lock()
		f.asked = append(f.asked, q)
		nth := len(f.asked)
		f.under++
		if nth == 2 {
			f.first = f.under
		}
		f.mu.Unlock()
		defer func() { f.mu.Lock(); f.under--; f.mu.Unlock() }()
		handle(w, r, q, nth)
	}))
	t.Cleanup(f.Close)
	return f
}

func (f *fake) open(t testing.TB, change func(*anthropic.Options)) *anthropic.Model {
	t.Helper()
	o := &anthropic.Options{Options: endpoint.Options{BaseURL: f.URL, Backoff: time.Microsecond}}
	if change != nil {
		change(o)
	}
	m, err := anthropic.New("claude-test", key, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func write(w http.ResponseWriter, stop string, content string) {
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"id":"m","type":"message","role":"assistant","model":"x","stop_reason":%q,"content":[%s],
		"usage":{"input_tokens":10,"output_tokens":5,"cache_read_input_tokens":100,"cache_creation_input_tokens":20}}`, stop, content)
}

const list = `{"type":"text","text":"PLAN: read_text_file; done"},{"type":"tool_use","id":"t1","name":"list_directory","input":{"path":"/data"}}`

func sensible(w http.ResponseWriter, _ *http.Request, q wire, _ int) {
	switch {
	case q.Choice != nil:
		write(w, "tool_use", `{"type":"tool_use","id":"t1","name":"answer","input":{"score":4}}`)
	case len(q.Tools) == 0:
		write(w, "end_turn", `{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"hello"}`)
	default:
		write(w, "tool_use", list)
	}
}

func TestConformance(t *testing.T) {
	modeltest.Run(t, func(t *testing.T) model.Model { return serve(t, sensible).open(t, nil) }, &modeltest.Options{
		Garbage: func(t *testing.T) model.Model {
			return serve(t, func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) { write(w, "end_turn", "") }).open(t, nil)
		},
	})
}

func TestRequestOnTheWire(t *testing.T) {
	f := serve(t, sensible)
	r := modeltest.Request(1)
	r.N, r.Temperature = 1, .5
	r.Steps = []model.Step{
		{Call: tool.Call{Tool: "list_directory", Args: json.RawMessage(`{"path":"/"}`)}, Status: model.Failed, Result: tool.Result{Content: "no"}},
		{Call: tool.Call{Tool: "list_directory", Args: json.RawMessage(`{"path":"/data"}`)}, Result: tool.Result{Content: "a"}},
	}
	r.Rejected = []model.Rejected{{Call: model.RawCall{Tool: "read_text_file", Args: "{"}, Reason: "bad"}}
	prices := &model.Prices{Prompt: 1, Cached: .1, Completion: 5, Write: 1.25}
	resp, err := f.open(t, func(o *anthropic.Options) { o.Prices = prices }).Propose(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	q := f.requests()[0]
	if q.Model != "claude-test" || q.MaxTokens != 160 || q.Heat != .5 || len(q.Tools) != 4 {
		t.Errorf("asked %+v", q)
	}
	if d := cmp.Diff(string(modeltest.Specs()[0].Input), string(q.Tools[0].Schema)); d != "" {
		t.Errorf("schema: %s", d)
	}
	shape := ""
	for _, m := range q.Messages {
		shape += m.Role + "("
		for _, b := range m.Content {
			shape += fmt.Sprintf("%s%s err=%v cache=%v", b.Type, b.ID+b.ToolUseID, b.IsError, b.Cache != nil)
		}
		shape += ") "
	}
	want := "user(text err=false cache=false) assistant(tool_usestep_1 err=false cache=false) user(tool_resultstep_1 err=true cache=false) " +
		"assistant(tool_usestep_2 err=false cache=false) user(tool_resultstep_2 err=false cache=true) " +
		"assistant(tool_userejected_1 err=false cache=false) user(tool_resultrejected_1 err=true cache=false) "
	if d := cmp.Diff(want, shape); d != "" {
		t.Error(d)
	}
	if q.System[0].Cache == nil || q.Tools[3].Cache == nil || q.Tools[2].Cache != nil {
		t.Error("breakpoints: want one after the tools and one after the instructions")
	}
	sample := model.Sample{
		Calls:   []model.RawCall{{Tool: "list_directory", Args: `{"path":"/data"}`}},
		Outline: []model.RawCall{{Tool: "read_text_file"}}, Complete: true,
	}
	use := model.Usage{Requests: 1, Samples: 1, Prompt: 130, Cached: 100, Written: 20, Completion: 5, USD: (10 + 10 + 25 + 25) / 1e6}
	if d := cmp.Diff(model.Response{Samples: []model.Sample{sample}, Usage: use}, resp); d != "" {
		t.Error(d)
	}
}

func (f *fake) requests() []wire {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked
}

func TestFirstRequestWarmsTheCache(t *testing.T) {
	f := serve(t, sensible)
	resp, err := f.open(t, nil).Propose(t.Context(), modeltest.Request(5))
	if err != nil || len(resp.Samples) != 5 || resp.Usage.Requests != 5 || len(f.requests()) != 5 {
		t.Fatalf("%+v, %v", resp, err)
	}
	if f.first != 1 {
		t.Error("the second request was sent before the first was answered")
	}
	if q := f.requests()[0]; q.Heat != 0 {
		t.Errorf("temperature %v on the wire, want the default of 1 left out", q.Heat)
	}
	f2 := serve(t, sensible)
	if _, err := f2.open(t, func(o *anthropic.Options) { o.NoCache = true }).Propose(t.Context(), modeltest.Request(1)); err != nil {
		t.Fatal(err)
	}
	if f2.requests()[0].System[0].Cache != nil {
		t.Error("NoCache left a breakpoint in")
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name     string
		handle   func(w http.ResponseWriter, r *http.Request, q wire, nth int)
		status   int // of the ProviderError; 0 none, -1 garbage
		requests int
	}{
		{"429 then fine", func(w http.ResponseWriter, r *http.Request, q wire, nth int) {
			if nth == 1 {
				w.Header().Set("Retry-After-Ms", "1")
				http.Error(w, `{"type":"error","error":{"type":"rate_limit_error","message":"slow"}}`, http.StatusTooManyRequests)
				return
			}
			sensible(w, r, q, nth)
		}, 0, 2},
		{"529 for ever", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
			http.Error(w, `{"type":"error","error":{"type":"overloaded_error","message":"overloaded `+key+`"}}`, 529)
		}, 529, 5},
		{"400", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) { http.Error(w, "x-api-key: "+key, 400) }, 400, 1},
		{"reset", func(w http.ResponseWriter, r *http.Request, q wire, nth int) {
			if nth == 1 {
				panic(http.ErrAbortHandler)
			}
			sensible(w, r, q, nth)
		}, 0, 2},
		{"truncated JSON", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"id":"m","content":[{"type":"tex`)
		}, -1, 1},
		{"not JSON", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `<html>`)
		}, -1, 1},
		{"cut", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
			write(w, "max_tokens", `{"type":"text","text":"let me think"}`)
		}, -1, 1},
		{"deep arguments", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
			deep := strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000)
			write(w, "tool_use", `{"type":"tool_use","id":"t","name":"list_directory","input":`+deep+`}`)
		}, -1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp, err := serve(t, c.handle).open(t, nil).Propose(t.Context(), modeltest.Request(1))
			var refused *model.ProviderError
			ok := err == nil
			switch {
			case c.status > 0:
				ok = errors.As(err, &refused) && refused.Status == c.status
			case c.status < 0:
				ok = errors.Is(err, model.ErrGarbage)
			}
			if !ok {
				t.Fatalf("error %v", err)
			}
			if err != nil && strings.Contains(err.Error(), key) {
				t.Errorf("error holds the key: %v", err)
			}
			if resp.Usage.Requests != c.requests {
				t.Errorf("%d requests counted, want %d", resp.Usage.Requests, c.requests)
			}
		})
	}
}

func TestCompleteOfNoObject(t *testing.T) {
	f := serve(t, func(w http.ResponseWriter, _ *http.Request, q wire, _ int) {
		if !strings.Contains(string(q.Tools[0].Schema), `"value"`) {
			http.Error(w, "the schema is not of an object", 400)
			return
		}
		write(w, "tool_use", `{"type":"tool_use","id":"t1","name":"answer","input":{"value":["a"]}}`)
	})
	resp, err := f.open(t, nil).Complete(t.Context(), model.TextRequest{Prompt: "p", Schema: json.RawMessage(`{"type":"array"}`)})
	if err != nil || resp.Text != `["a"]` {
		t.Errorf("%q, %v", resp.Text, err)
	}
}

func TestNewRefuses(t *testing.T) {
	for want, f := range map[string]func() error{
		"name":              func() error { _, err := anthropic.New("", key, nil); return err },
		"ANTHROPIC_API_KEY": func() error { _, err := anthropic.New("m", "", nil); return err },
		"max tokens":        func() error { _, err := anthropic.New("m", key, &anthropic.Options{MaxTokens: -1}); return err },
	} {
		if err := f(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want an error that names %q", err, want)
		}
	}
}
