package openai_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
)

// shown is a list of likeliest tokens as llama.cpp writes it.
const shown = `[{"id":1,"token":"read","bytes":[114,101,97,100],"logprob":-0.5},{"id":2,"token":"\ufffd","bytes":[240,159],"logprob":-2},{"id":3,"token":"","bytes":[],"logprob":-3}]`

func withTokens(list string) choice {
	c := message("x")
	c["logprobs"] = map[string]any{"content": []any{map[string]any{"token": "x", "logprob": -9, "top_logprobs": json.RawMessage(list)}}}
	return c
}

func top(n int) func(*openai.Options) {
	return func(o *openai.Options) { o.TopTokens, o.Stream = n, true }
}

func TestNextTokens(t *testing.T) {
	f := serve(t, func(w http.ResponseWriter, _ *http.Request, _ wire, nth int) {
		if nth == 1 { // a token that is part of a character: no list
			write(w, message(""))
			return
		}
		write(w, withTokens(shown))
	})
	m := f.open(t, top(3))
	r := model.TokenRequest{Of: modeltest.Request(5), Text: `{"calls":[{"tool":"`, Top: 3}
	got, err := m.NextTokens(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if worst := new(model.Estimator).EstimateNext(r, m.Capabilities()); got.Usage.Requests > worst.Requests {
		t.Errorf("%d requests, of which %d were reserved", got.Usage.Requests, worst.Requests)
	}
	want := []model.Token{{Text: "read", LogProb: -.5}, {Text: "\xf0\x9f", LogProb: -2}, {LogProb: -3, End: true}}
	if d := cmp.Diff(want, got.Tokens); d != "" || got.Usage.Requests != 2 || got.Usage.Prompt != 200 {
		t.Errorf("%+v\n-want +got\n%s", got.Usage, d)
	}
	for i, q := range f.requests() {
		last := q.Messages[len(q.Messages)-1]
		if q.MaxTokens != 1 || !q.LogProbs || q.TopLogProbs != 3 || q.Stream || q.Format != nil || last["role"] != "assistant" || last["content"] != `{"calls":[{"tool":"` {
			t.Errorf("request %d: %+v", i, q)
		}
		if biased := len(q.LogitBias) > 0; biased != (i == 1) {
			t.Errorf("request %d: bias %v, want one only after a list was missing", i, q.LogitBias)
		}
	}
	for _, n := range []int{0, 4} {
		if _, err := m.NextTokens(t.Context(), model.TokenRequest{Of: modeltest.Request(1), Top: n}); err == nil || !strings.Contains(err.Error(), "1 to 3") {
			t.Errorf("top %d: %v", n, err)
		}
	}
}

// An endpoint that only repeats what was begun, and one that leaves it out, come to the same samples.
func TestProposeFrom(t *testing.T) {
	const head, tail = `{"calls":[{"tool":"read_text_file"`, `,"args":{"path":"a"}}],"outline":[],"done":true}`
	for _, said := range []string{tail, head + tail} {
		f := serve(t, func(w http.ResponseWriter, _ *http.Request, q wire, _ int) {
			write(w, repeat(q.N, func() choice { return message(said) })...)
		})
		m := f.open(t, func(o *openai.Options) { o.TopTokens = 3 })
		resp, err := m.ProposeFrom(t.Context(), modeltest.Request(2), head)
		want := model.Sample{Calls: []model.RawCall{{Tool: "read_text_file", Args: `{"path":"a"}`}}, Complete: true}
		if err != nil || len(resp.Samples) != 2 || cmp.Diff(want, resp.Samples[1]) != "" {
			t.Errorf("%q: %+v, %v", said, resp, err)
		}
		if q := f.requests()[0]; q.Format == nil || q.Messages[len(q.Messages)-1]["content"] != head {
			t.Errorf("%+v: want the schema and the beginning", q)
		}
	}
}

func TestTokensNotShown(t *testing.T) {
	f := serve(t, sensible)
	m := f.open(t, nil)
	_, err := m.NextTokens(t.Context(), model.TokenRequest{Of: modeltest.Request(1), Top: 1})
	_, err2 := m.ProposeFrom(t.Context(), modeltest.Request(1), "{")
	if !errors.Is(err, model.ErrUnable) || !errors.Is(err2, model.ErrUnable) || !strings.Contains(err.Error(), "llama.cpp") || len(f.requests()) > 0 {
		t.Errorf("%v, %v after %d requests", err, err2, len(f.requests()))
	}
	never := serve(t, sensible).open(t, top(5))
	if _, err := never.NextTokens(t.Context(), model.TokenRequest{Of: modeltest.Request(1), Top: 1}); !errors.Is(err, model.ErrGarbage) {
		t.Errorf("an endpoint without lists: %v", err)
	}
}
