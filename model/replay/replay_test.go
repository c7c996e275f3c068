package replay_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/replay"
)

const secret = "hunter2secret"

// parrot answers with what it was asked, and fails on demand.
type parrot struct{ asked *int }

func (p parrot) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	if err := ctx.Err(); err != nil {
		return model.Response{}, err
	}
	*p.asked++
	use := model.Usage{Requests: 1, Samples: r.N, Prompt: 10, Completion: *p.asked}
	switch r.Goal {
	case "refuse":
		return model.Response{Usage: use}, &model.ProviderError{Provider: "p", Status: 429, RetryAfter: 5, Message: "slow"}
	case "garbage":
		return model.Response{Usage: use}, model.Garbage("nothing", "")
	}
	resp := model.Response{Usage: use}
	for range max(r.N, 1) {
		resp.Samples = append(resp.Samples, model.Sample{Answer: "you asked: " + r.Goal})
	}
	return resp, nil
}

func (p parrot) Complete(_ context.Context, r model.TextRequest) (model.TextResponse, error) {
	*p.asked++
	text := "text"
	if len(r.Schema) > 0 {
		text = `{"score":1}`
	}
	return model.TextResponse{Text: text, Usage: model.Usage{Requests: 1, Prompt: 1}}, nil
}

func (parrot) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "parrot/1", N: 8, Seed: true, Schema: true}
}

func tape(t testing.TB, raw []byte) *replay.Tape {
	t.Helper()
	tp, err := replay.Load(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return tp
}

// The suite passes on the recorder, and then on what it recorded.
func TestConformance(t *testing.T) {
	var cassette bytes.Buffer
	garbage := func(m model.Model) func(*testing.T) model.Model {
		return func(*testing.T) model.Model { return always{m, "garbage"} }
	}
	rec := replay.Record(parrot{new(int)}, &cassette)
	t.Run("record", func(t *testing.T) {
		modeltest.Run(t, func(*testing.T) model.Model { return rec }, &modeltest.Options{Garbage: garbage(rec)})
	})
	m := replay.Play(tape(t, cassette.Bytes()), nil)
	t.Run("play", func(t *testing.T) {
		modeltest.Run(t, func(*testing.T) model.Model { return m }, &modeltest.Options{Garbage: garbage(m)})
	})
}

// always asks for one goal, whatever it is asked.
type always struct {
	model.Model
	goal string
}

func (a always) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	r.Goal = a.goal
	return a.Model.Propose(ctx, r)
}

func TestErrorsAndOrderAreReplayed(t *testing.T) {
	var cassette bytes.Buffer
	asked := 0
	live := replay.Record(parrot{&asked}, &cassette)
	goals := []string{"a", "refuse", "a", "garbage", "a"}
	type outcome struct {
		resp model.Response
		err  string
	}
	ask := func(m model.Model) (out []outcome) {
		for _, g := range goals {
			resp, err := m.Propose(t.Context(), model.Request{Goal: g, N: 1})
			out = append(out, outcome{resp, fmt.Sprint(err)})
		}
		return out
	}
	want := ask(live)
	played := replay.Play(tape(t, cassette.Bytes()), nil)
	got := ask(played)
	if d := cmp.Diff(want, got, cmp.AllowUnexported(outcome{})); d != "" {
		t.Error(d)
	}
	if asked != len(goals) {
		t.Errorf("the live model was asked %d times, want %d", asked, len(goals))
	}
	_, err := played.Propose(t.Context(), model.Request{Goal: "refuse", N: 1})
	var refused *model.ProviderError
	if !errors.As(err, &refused) || refused.Status != 429 || refused.RetryAfter != 5 {
		t.Errorf("replayed error %v", err)
	}
}

func TestMissIsLoud(t *testing.T) {
	var cassette bytes.Buffer
	rec := replay.Record(parrot{new(int)}, &cassette)
	for _, seed := range []uint64{1, 2} {
		if _, err := rec.Propose(t.Context(), model.Request{Goal: "Write to Ann", N: 1, Seed: seed}); err != nil {
			t.Fatal(err)
		}
	}
	m := replay.Play(tape(t, cassette.Bytes()), nil)
	_, err := m.Propose(t.Context(), model.Request{Goal: "Write to Bob", N: 1, Seed: 2})
	var miss *replay.MissError
	if !errors.As(err, &miss) {
		t.Fatalf("error %v, want a MissError", err)
	}
	want := []replay.Diff{{Path: "goal", Recorded: `"Write to Ann"`, Asked: `"Write to Bob"`}}
	if d := cmp.Diff(want, miss.Diffs); d != "" {
		t.Error(d)
	}
	if msg := err.Error(); !strings.Contains(msg, "goal") || !strings.Contains(msg, "Bob") || !strings.Contains(msg, "among 2") {
		t.Errorf("message: %s", msg)
	}
	if _, err := m.Complete(t.Context(), model.TextRequest{Prompt: "p"}); !errors.As(err, &miss) || miss.Nearest != nil {
		t.Errorf("nothing of this kind was recorded: %v", err)
	}
}

func TestSecretsAreNotWritten(t *testing.T) {
	var cassette bytes.Buffer
	rec := replay.Record(parrot{new(int)}, &cassette, secret)
	r := model.Request{Goal: "log in with " + secret + ` and "Authorization: Bearer abcdefgh12\"34"`, N: 1}
	if _, err := rec.Propose(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if got := cassette.String(); strings.Contains(got, secret) || strings.Contains(got, "abcdefgh12") {
		t.Errorf("cassette holds a secret: %s", got)
	}
	m := replay.Play(tape(t, cassette.Bytes()), &replay.Options{Secrets: []string{secret}})
	if _, err := m.Propose(t.Context(), r); err != nil {
		t.Errorf("the request is not found again: %v", err)
	}
}

func TestLoadRefuses(t *testing.T) {
	var cassette bytes.Buffer
	rec := replay.Record(parrot{new(int)}, &cassette)
	if _, err := rec.Propose(t.Context(), model.Request{Goal: "g", N: 1}); err != nil {
		t.Fatal(err)
	}
	good := cassette.String()
	for want, in := range map[string]string{
		"line 2":        good + "{",
		"unknown field": strings.Replace(good, `"kind"`, `"x":1,"kind"`, 1),
		"instead of":    strings.Replace(good, `"goal":"g"`, `"goal":"h"`, 1),
		"nested":        strings.Repeat("[", 10_000),
	} {
		if _, err := replay.Load(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want an error that says %q", in, err, want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(`{"key":"x","kind":"propose","model":"m","request":{}}`))
	f.Add([]byte("\n\n{}\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		tp, err := replay.Load(bytes.NewReader(raw))
		if err != nil {
			return
		}
		if _, err := replay.Play(tp, nil).Propose(t.Context(), model.Request{Goal: "g"}); err == nil && tp.Len() == 0 {
			t.Fatal("an empty tape answered")
		}
	})
}

func TestHTTP(t *testing.T) {
	hits := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits++
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Retry-After", "3")
		w.Header().Set("Set-Cookie", "session="+secret)
		w.WriteHeader(201)
		fmt.Fprintf(w, "answer %d to %s of %s", hits, body, r.Header.Get("Authorization"))
	}))
	defer srv.Close()
	ask := func(rt http.RoundTripper, body string) (string, error) {
		req, _ := http.NewRequestWithContext(t.Context(), "POST", srv.URL+"/v1/chat", strings.NewReader(body))
		req.Header.Set("Authorization", "Bearer "+secret)
		resp, err := rt.RoundTrip(req)
		if err != nil {
			return "", err
		}
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		return fmt.Sprint(resp.StatusCode, resp.Header.Get("Retry-After"), " ", string(raw)), err
	}
	var cassette bytes.Buffer
	live := replay.RecordHTTP(http.DefaultTransport, &cassette, secret)
	var want []string
	for _, body := range []string{`{"b":1,"a":2}`, `{"b":1,"a":2}`, "no JSON " + secret} {
		s, err := ask(live, body)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, strings.ReplaceAll(s, secret, "[secret]"))
	}
	if strings.Contains(cassette.String(), secret) || strings.Contains(cassette.String(), "127.0.0.1") {
		t.Errorf("cassette holds a secret or a host: %s", &cassette)
	}
	tp := tape(t, cassette.Bytes())
	played := replay.PlayHTTP(tp, secret)
	for i, body := range []string{`{"a":2, "b":1.0}`, `{"b":1,"a":2}`, "no JSON " + secret} {
		if got, err := ask(played, body); err != nil || got != want[i] {
			t.Errorf("%s: %q, %v, want %q", body, got, err, want[i])
		}
	}
	_, err := ask(played, `{"a":3,"b":1}`)
	if !errors.Is(err, endpoint.ErrFinal) || !strings.Contains(err.Error(), "a: recorded 2, asked 3") || hits != 3 {
		t.Errorf("miss: %v after %d hits", err, hits)
	}
}

func TestWriteFailureIsAnError(t *testing.T) {
	full := errors.New("disk full")
	rec := replay.Record(parrot{new(int)}, failing{full})
	if _, err := rec.Propose(t.Context(), model.Request{N: 1}); !errors.Is(err, full) {
		t.Errorf("error %v, want that of the writer", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
