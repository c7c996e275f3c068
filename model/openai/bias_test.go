package openai_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
)

func bias(o *openai.Options) { o.Bias = true }

// drawn is a choice of one token, as llama.cpp writes it: what was begun is repeated.
func drawn(begun, token string) choice {
	c, codes := message(begun+token), []int{}
	for _, b := range []byte(token) {
		codes = append(codes, int(b))
	}
	c["logprobs"] = map[string]any{"content": []any{map[string]any{"token": token, "bytes": codes, "logprob": -1.5}}}
	return c
}

// TestDrawNext: the bias goes out as it is, nothing else shapes the draw, and an endpoint that returns fewer choices is asked again.
func TestDrawNext(t *testing.T) {
	const begun = `{"calls":[{"tool":"`
	f := serve(t, func(w http.ResponseWriter, _ *http.Request, q wire, nth int) {
		switch {
		case nth == 1: // no more than two at once
			write(w, message("read"), message(begun+"list"))
		default:
			write(w, repeat(q.N, func() choice { return drawn(begun, "get") })...)
		}
	})
	m := f.open(t, bias)
	of := modeltest.Request(5)
	of.Temperature = .5
	r := model.DrawRequest{Of: of, Text: begun, Bias: map[int]float64{39428: 99.25, 7: -100}}
	got, err := m.DrawNext(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	get := model.Token{Text: "get", LogProb: -1.5}
	if d := cmp.Diff([]model.Token{{Text: "read"}, {Text: "list"}, get, get, get}, got.Tokens); d != "" || got.Usage.Requests != 3 || got.Usage.Samples != 5 {
		t.Errorf("%+v\n-want +got\n%s", got.Usage, d)
	}
	if worst := new(model.Estimator).EstimateDraw(r, model.Capabilities{N: 2}); worst.Requests < 3 || worst.Completion < 5 || worst.Prompt < 3*900 {
		t.Errorf("%+v reserved", worst)
	}
	seeds := map[int]bool{}
	for i, q := range f.requests() {
		last := q.Messages[len(q.Messages)-1]
		if q.MaxTokens != 1 || q.Temperature != .5 || q.TopP != 1 || q.TopK == nil || *q.TopK != 0 || q.MinP == nil || *q.MinP != 0 || len(q.Samplers) != 1 ||
			q.Stream || q.Format != nil || last["role"] != "assistant" || last["content"] != begun {
			t.Errorf("request %d: %+v", i, q)
		}
		if d := cmp.Diff(map[string]float64{"39428": 99.25, "7": -100}, q.LogitBias); d != "" {
			t.Error(d)
		}
		seeds[q.Seed] = true
	}
	if len(seeds) != 3 {
		t.Errorf("seeds %v: want one a request", seeds)
	}
}

func TestTokenize(t *testing.T) {
	f := serve(t, func(w http.ResponseWriter, r *http.Request, q wire, _ int) {
		if r.URL.Path != "/tokenize" || q.AddSpecial == nil || *q.AddSpecial || !q.WithPieces || q.Content != "read_é" || r.Header.Get("Authorization") != "Bearer "+key {
			http.Error(w, "bad", http.StatusBadRequest)
			return
		}
		w.Write([]byte(`{"tokens":[{"id":1040,"piece":"read_"},{"id":9,"piece":[195]},{"id":8,"piece":[169]}]}`))
	})
	got, err := f.open(t, bias).Tokenize(t.Context(), "read_é")
	if d := cmp.Diff([]model.Piece{{ID: 1040, Text: "read_"}, {ID: 9}, {ID: 8}}, got); err != nil || d != "" {
		t.Errorf("%v\n-want +got\n%s", err, d)
	}
}

func TestBiasRefused(t *testing.T) {
	f := serve(t, func(w http.ResponseWriter, r *http.Request, _ wire, _ int) {
		w.WriteHeader(http.StatusNotFound)
		w.Write([]byte(`{"error":{"code":404,"message":"no such route, ` + key + `","type":"not_found_error"}}`))
	})
	m := f.open(t, nil)
	_, err := m.DrawNext(t.Context(), model.DrawRequest{Of: modeltest.Request(1)})
	_, err2 := m.Tokenize(t.Context(), "a")
	if !errors.Is(err, model.ErrUnable) || !errors.Is(err2, model.ErrUnable) || !strings.Contains(err.Error(), "llama.cpp") || len(f.requests()) > 0 {
		t.Errorf("%v, %v after %d requests", err, err2, len(f.requests()))
	}
	m = f.open(t, bias)
	for _, ask := range []func() error{
		func() error { _, err := m.Tokenize(t.Context(), "a"); return err },
		func() error {
			_, err := m.DrawNext(t.Context(), model.DrawRequest{Of: modeltest.Request(1)})
			return err
		},
	} {
		var refused *model.ProviderError
		if err := ask(); !errors.As(err, &refused) || refused.Status != 404 || !strings.Contains(err.Error(), "no such route") || strings.Contains(err.Error(), key) {
			t.Errorf("%v", err)
		}
	}
	bad := serve(t, func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) { w.Write([]byte("<html>")) })
	if _, err := bad.open(t, bias).Tokenize(t.Context(), "a"); !errors.Is(err, model.ErrGarbage) {
		t.Errorf("%v", err)
	}
}

// What is begun is gone on with where the endpoint draws, though it shows nothing.
func TestProposeFromByBias(t *testing.T) {
	f := serve(t, sensible)
	if resp, err := f.open(t, bias).ProposeFrom(t.Context(), modeltest.Request(1), `{"calls":[`); err != nil || len(resp.Samples) != 1 {
		t.Errorf("%+v, %v", resp, err)
	}
}
