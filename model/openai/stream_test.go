package openai_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
	"github.com/azimuthdev/azimuth/tool"
)

func toolResult(s string) tool.Result { return tool.Result{Content: s} }

func streaming(t *testing.T, handle func(w http.ResponseWriter, r *http.Request)) *openai.Model {
	f := serve(t, func(w http.ResponseWriter, r *http.Request, q wire, _ int) {
		if !q.Stream {
			http.Error(w, "not asked to stream", 400)
			return
		}
		handle(w, r)
	})
	return f.open(t, func(o *openai.Options) { o.Stream, o.MaxN = true, 1 })
}

func TestStream(t *testing.T) {
	m := streaming(t, func(w http.ResponseWriter, r *http.Request) {
		sse(w, r, "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6}}\n\ndata: [DONE]\n\n",
			text("PLAN: read_text_file; "), text("done"),
			`"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"list_directory","arguments":"{\"path\""}}]}`,
			`"delta":{"tool_calls":[{"index":0,"function":{"arguments":":\"/data\"}"}}]}`,
			`"delta":{},"finish_reason":"tool_calls"`)
	})
	resp, err := m.Propose(t.Context(), modeltest.Request(1))
	if err != nil || len(resp.Samples) != 1 || resp.Samples[0].Calls[0] != list || !resp.Samples[0].Complete {
		t.Fatalf("%+v, %v", resp, err)
	}
	if u := resp.Usage; u.Prompt != 5 || u.Completion != 6 || u.Estimated {
		t.Errorf("usage %+v, want the endpoint's own", u)
	}
}

// An endpoint that ignores max_tokens is cut off by us, and what it wrote is counted.
func TestStreamIsCut(t *testing.T) {
	wrote := 0
	gone := make(chan struct{})
	m := streaming(t, func(w http.ResponseWriter, r *http.Request) {
		defer close(gone)
		w.Header().Set("Content-Type", "text/event-stream")
		for ; wrote < 1_000_000 && r.Context().Err() == nil; wrote++ {
			fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,%s}]}\n\n", text("word word "))
			w.(http.Flusher).Flush()
		}
	})
	r := modeltest.Request(1)
	r.MaxTokens = 50
	resp, err := m.Propose(t.Context(), r)
	<-gone
	if !errors.Is(err, model.ErrGarbage) {
		t.Errorf("%+v, %v: want half an answer to be garbage", resp, err)
	}
	if u := resp.Usage; !u.Estimated || u.Completion < 50 || u.Completion > 120 || wrote >= 1_000_000 {
		t.Errorf("usage %+v after %d pieces: want about 50 tokens, estimated, and the stream closed", u, wrote)
	}
}

// An endpoint that ends an answer at its limit says so, and half an answer must not pass for the final one.
func TestStreamEndsAtItsLimit(t *testing.T) {
	m := streaming(t, func(w http.ResponseWriter, r *http.Request) {
		sse(w, r, "data: [DONE]\n\n", append(words(40), `"delta":{},"finish_reason":"length"`)...)
	})
	if resp, err := m.Propose(t.Context(), modeltest.Request(1)); !errors.Is(err, model.ErrGarbage) {
		t.Errorf("%+v, %v", resp, err)
	}
}

func TestStreamBreaks(t *testing.T) {
	for name, c := range map[string]struct {
		end    string
		pieces []string
		good   int
	}{
		"no event":                 {"data: [DONE]\n\n", nil, 0},
		"before the answer's end":  {"", words(3), 0},
		"in the JSON of an event":  {"data: {\"choices\":[{\"ind", words(1), 0},
		"after the answer's end":   {"", append(words(1), `"delta":{},"finish_reason":"stop"`), 1},
		"an index far out":         {"data: [DONE]\n\n", []string{`"delta":{"tool_calls":[{"index":99999999,"function":{"name":"x"}}]},"finish_reason":"stop"`}, 0},
		"calls without an index":   {"data: [DONE]\n\n", []string{`"delta":{"tool_calls":[{"id":"a","function":{"name":"list_directory","arguments":"{}"}}]},"finish_reason":"tool_calls"`}, 1},
		"an error in the stream":   {"data: {\"error\":{\"message\":\"overloaded\"}}\n\n", nil, 0},
		"negative index of a call": {"data: [DONE]\n\n", []string{`"delta":{"tool_calls":[{"index":-1,"function":{"name":"x"}}]},"finish_reason":"stop"`}, 0},
	} {
		m := streaming(t, func(w http.ResponseWriter, r *http.Request) { sse(w, r, c.end, c.pieces...) })
		resp, err := m.Propose(t.Context(), modeltest.Request(1))
		if len(resp.Samples) != c.good || (err == nil) != (c.good > 0) {
			t.Errorf("%s: %+v, %v, want %d samples", name, resp, err, c.good)
		}
	}
}

func FuzzStream(f *testing.F) {
	f.Add([]byte("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"))
	f.Add([]byte("data: {\"choices\":[{\"index\":-5,\"delta\":{\"tool_calls\":[{\"index\":3}]},\"finish_reason\":\"stop\"}]}\n\n"))
	f.Add([]byte("data: {\"error\":null}\n\n"))
	var body []byte
	srv := serve(f, func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Write(body)
	})
	m := srv.open(f, func(o *openai.Options) { o.Stream, o.MaxN, o.Retries = true, 1, -1 })
	f.Fuzz(func(t *testing.T, b []byte) {
		body = b
		resp, err := m.Propose(t.Context(), modeltest.Request(1))
		if (err == nil) != (len(resp.Samples) > 0) {
			t.Fatalf("%d samples and error %v", len(resp.Samples), err)
		}
	})
}
