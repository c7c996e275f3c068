package openai_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
)

func TestConformance(t *testing.T) {
	for _, mode := range []openai.Mode{openai.Tools, openai.JSON, openai.Auto} {
		t.Run(string(mode), func(t *testing.T) {
			set := func(o *openai.Options) { o.Mode = mode }
			modeltest.Run(t, func(t *testing.T) model.Model { return serve(t, sensible).open(t, set) }, &modeltest.Options{
				Garbage: func(t *testing.T) model.Model {
					return serve(t, func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) { write(w, message("")) }).open(t, set)
				},
			})
		})
	}
}

func TestRequestOnTheWire(t *testing.T) {
	f := serve(t, sensible)
	r := modeltest.Request(3)
	r.Steps = []model.Step{{Result: toolResult("x")}}
	r.Steps[0].Call.Tool, r.Steps[0].Call.Args = "list_directory", json.RawMessage(`{"path":"/"}`)
	resp, err := f.open(t, func(o *openai.Options) { o.Prices = &model.Prices{Prompt: 1, Cached: .5, Completion: 2} }).Propose(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	q := f.requests()[0]
	if q.Model != "m" || q.N != 3 || q.Temperature != 1 || q.MaxTokens != 160 || len(q.Tools) != 4 || q.Seed <= 0 || q.Seed > math.MaxInt32 {
		t.Errorf("asked %+v", q)
	}
	var roles []string
	for _, m := range q.Messages {
		roles = append(roles, fmt.Sprint(m["role"]))
	}
	if got := strings.Join(roles, " "); got != "system user assistant tool" {
		t.Errorf("roles %s", got)
	}
	want := model.Sample{Calls: []model.RawCall{list}, Outline: []model.RawCall{{Tool: "read_text_file"}}, Complete: true}
	if d := cmp.Diff([]model.Sample{want, want, want}, resp.Samples); d != "" {
		t.Error(d)
	}
	use := model.Usage{Requests: 1, Samples: 3, Prompt: 100, Cached: 60, Completion: 60, USD: (40 + 30 + 120) / 1e6}
	if d := cmp.Diff(use, resp.Usage); d != "" {
		t.Error(d)
	}
}

// An endpoint that ignores n is topped up; whatever was learned before, sample i has the same seed.
func TestIgnoresN(t *testing.T) {
	f := serve(t, func(w http.ResponseWriter, _ *http.Request, q wire, _ int) {
		write(w, message(fmt.Sprint("seed ", q.Seed)))
	})
	learning, known := f.open(t, nil), f.open(t, func(o *openai.Options) { o.MaxN = 1 })
	r := modeltest.Request(5)
	var got [3]model.Response
	for i, m := range []*openai.Model{learning, learning, known} {
		var err error
		if got[i], err = m.Propose(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if len(got[i].Samples) != 5 || got[i].Usage.Requests != 5 || got[i].Usage.Prompt != 500 {
			t.Errorf("ask %d: %d samples, usage %+v", i, len(got[i].Samples), got[i].Usage)
		}
		if d := cmp.Diff(got[0].Samples, got[i].Samples); d != "" {
			t.Errorf("ask %d differs from the first:\n%s", i, d)
		}
	}
	seen := map[string]bool{}
	for _, s := range got[0].Samples {
		seen[s.Answer] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d different seeds, want 5", len(seen))
	}
	if n := f.requests()[5].N; n > 1 {
		t.Errorf("after it ignored n, the endpoint was asked for %d choices", n)
	}
}

func TestFaults(t *testing.T) {
	fault := func(w http.ResponseWriter, status int, body string) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
	for _, c := range []struct {
		name     string
		handle   func(w http.ResponseWriter, r *http.Request, q wire, nth int)
		check    func(error) bool // nil = no error
		requests int
	}{
		{"429 then fine", func(w http.ResponseWriter, r *http.Request, q wire, nth int) {
			if nth == 1 {
				w.Header().Set("Retry-After-Ms", "1")
				fault(w, 429, `{"error":{"message":"slow down","type":"x","code":"rate_limit"}}`)
				return
			}
			sensible(w, r, q, nth)
		}, nil, 2},
		{"500 for ever", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
			fault(w, 500, "the key "+key+" crashed me")
		}, provider(500), 5},
		{"401", func(w http.ResponseWriter, r *http.Request, _ wire, _ int) {
			fault(w, 401, `{"error":{"message":"bad `+r.Header.Get("Authorization")+`","type":"auth"}}`)
		}, provider(401), 1},
		{"connection reset", func(w http.ResponseWriter, r *http.Request, q wire, nth int) {
			if nth < 3 {
				panic(http.ErrAbortHandler)
			}
			sensible(w, r, q, nth)
		}, nil, 3},
		{"breaks in the body", func(w http.ResponseWriter, r *http.Request, q wire, nth int) {
			if nth == 1 {
				w.Header().Set("Content-Length", "9999")
				fault(w, 200, `{"choices":[{"index":0`)
				return
			}
			sensible(w, r, q, nth)
		}, nil, 2},
		{"truncated JSON", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
			fault(w, 200, `{"choices":[{"index":0`)
		}, garbage, 1},
		{"not JSON", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) { fault(w, 200, `<html>`) }, garbage, 1},
		{"empty choices", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) { fault(w, 200, `{"choices":[]}`) }, garbage, 1},
		{"deep arguments", func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
			write(w, message("", model.RawCall{Tool: "list_directory", Args: strings.Repeat("[", 10_000)}))
		}, garbage, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp, err := serve(t, c.handle).open(t, nil).Propose(t.Context(), modeltest.Request(1))
			if c.check == nil && err != nil || c.check != nil && (err == nil || !c.check(err)) {
				t.Fatalf("error %v", err)
			}
			if err != nil && (strings.Contains(err.Error(), key) || len(err.Error()) > 1000) {
				t.Errorf("error holds the key or is too long: %v", err)
			}
			if resp.Usage.Requests != c.requests {
				t.Errorf("%d requests counted, want %d", resp.Usage.Requests, c.requests)
			}
		})
	}
}

func provider(status int) func(error) bool {
	return func(err error) bool {
		var pe *model.ProviderError
		return errors.As(err, &pe) && pe.Status == status && pe.Provider == "openai/m"
	}
}

func garbage(err error) bool { return errors.Is(err, model.ErrGarbage) }

func TestTimeoutAndCancel(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request, _ wire, _ int) { <-r.Context().Done() }
	m := serve(t, hang).open(t, func(o *openai.Options) { o.Timeout, o.Retries = 20*time.Millisecond, 1 })
	if _, err := m.Propose(t.Context(), modeltest.Request(1)); !provider(0)(err) {
		t.Errorf("time-out: %v, want a ProviderError with status 0", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	m = serve(t, func(_ http.ResponseWriter, r *http.Request, _ wire, _ int) { cancel(); <-r.Context().Done() }).open(t, nil)
	if _, err := m.Propose(ctx, modeltest.Request(4)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestSomeSamplesAreGarbage(t *testing.T) {
	f := serve(t, func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
		write(w, message(""), message("", list), message(""))
	})
	resp, err := f.open(t, nil).Propose(t.Context(), modeltest.Request(3))
	if err != nil || len(resp.Samples) != 1 || resp.Usage.Completion != 60 {
		t.Errorf("%+v, %v: want the one good sample and the usage of all three", resp, err)
	}
}

func TestUsageOfTheFirstChoiceOnly(t *testing.T) {
	long := strings.Repeat("word ", 40)
	f := serve(t, func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) {
		fmt.Fprintf(w, `{"choices":[{"message":{"content":%q}},{"message":{"content":%[1]q}},{"message":{"content":%[1]q}}],
			"usage":{"prompt_tokens":9,"completion_tokens":41}}`, long)
	})
	resp, err := f.open(t, nil).Propose(t.Context(), modeltest.Request(3))
	if u := resp.Usage; err != nil || u.Prompt != 9 || u.Completion < 120 || u.Completion > 130 || !u.Estimated {
		t.Errorf("usage %+v, %v: want all three choices counted, as an estimate", resp.Usage, err)
	}
}

func TestAutoFallsBack(t *testing.T) {
	for name, tools := range map[string]func(w http.ResponseWriter){
		"refused": func(w http.ResponseWriter) { http.Error(w, `{"error":{"message":"tools need --jinja"}}`, 400) },
		"garbage": func(w http.ResponseWriter) { write(w, message("")) },
		"no call": func(w http.ResponseWriter) { write(w, message("You can read the files.")) },
	} {
		f := serve(t, func(w http.ResponseWriter, r *http.Request, q wire, nth int) {
			if len(q.Tools) > 0 {
				tools(w)
				return
			}
			sensible(w, r, q, nth)
		})
		m := f.open(t, func(o *openai.Options) { o.Mode, o.MaxN = openai.Auto, 1 })
		var err error
		_, err = m.Propose(t.Context(), modeltest.Request(1))
		before := len(f.requests())
		resp, last := m.Propose(t.Context(), modeltest.Request(1))
		if err != nil || last != nil || len(f.requests()) != before+1 || resp.Samples[0].Calls[0] != list {
			t.Errorf("%s: %v, %v, %d more requests: want JSON mode to be remembered", name, err, last, len(f.requests())-before)
		}
	}
}

// An endpoint that once made a call is not doubted when it answers without one.
func TestAutoTrusts(t *testing.T) {
	f := serve(t, func(w http.ResponseWriter, r *http.Request, q wire, nth int) {
		if nth > 1 {
			write(w, message("done"))
			return
		}
		sensible(w, r, q, nth)
	})
	m := f.open(t, func(o *openai.Options) { o.Mode = openai.Auto })
	for range 2 {
		if _, err := m.Propose(t.Context(), modeltest.Request(1)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(f.requests()); n != 2 || len(f.requests()[1].Tools) == 0 {
		t.Errorf("%d requests, want 2, both with tools", n)
	}
}

func TestReasoningModel(t *testing.T) {
	f := serve(t, sensible)
	o := &openai.Options{LogProbs: true}
	o.BaseURL = f.URL + "/v1"
	m, err := openai.New("o4-mini", o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Propose(t.Context(), modeltest.Request(3)); err != nil {
		t.Fatal(err)
	}
	q := f.requests()[0]
	if len(f.requests()) != 3 || q.N != 0 || q.Temperature != 0 || q.MaxTokens != 0 || m.Capabilities().N != 1 {
		t.Errorf("%d requests, first %+v", len(f.requests()), q)
	}
}

func TestComplete(t *testing.T) {
	say := func(s string) *fake {
		return serve(t, func(w http.ResponseWriter, _ *http.Request, _ wire, _ int) { write(w, message(s)) })
	}
	schema := json.RawMessage(modeltest.Schema)
	for _, c := range []struct {
		said   string
		schema json.RawMessage
		want   string
		ok     bool
	}{
		{"hi", nil, "hi", true},
		{"", nil, "", false},
		{"Sure: ```json\n{\"score\":3}\n```", schema, `{"score":3}`, true},
		{`{"score":"three"}`, schema, "", false},
		{"no", schema, "", false},
	} {
		resp, err := say(c.said).open(t, nil).Complete(t.Context(), model.TextRequest{Prompt: "p", Schema: c.schema})
		if (err == nil) != c.ok || c.ok && resp.Text != c.want || !c.ok && !errors.Is(err, model.ErrGarbage) {
			t.Errorf("%q: %q, %v", c.said, resp.Text, err)
		}
	}
}

func TestValidate(t *testing.T) {
	for want, o := range map[string]*openai.Options{
		"mode": {Mode: "xml"}, "max n": {MaxN: -1}, "max tokens": {MaxTokens: -1},
	} {
		if _, err := openai.New("m", o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want an error that names %q", o, err, want)
		}
	}
	if _, err := openai.New("", nil); err == nil {
		t.Error("an empty name was accepted")
	}
}
