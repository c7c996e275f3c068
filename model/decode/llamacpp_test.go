package decode_test

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/decode"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
	"github.com/azimuthdev/azimuth/model/prompt"
	"github.com/azimuthdev/azimuth/model/replay"
)

// recordedDraws are few, so that the cassette is small; a live run makes many.
const recordedDraws, liveDraws = 16, 400

const recorded = "testdata/llamacpp"

// llama is the model of a llama.cpp server.
func llama(t *testing.T, at endpoint.Options) *openai.Model {
	t.Helper()
	m, err := openai.New("real", &openai.Options{Options: at, Provider: "llamacpp", Mode: openai.JSON, TopTokens: 200, Bias: true})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// playback is a llama.cpp server with SmolLM2-135M as it answered when it was recorded. Record again with
// AZIMUTH_REAL_RECORD=model/decode/testdata/llamacpp scripts/test-real.sh ./model/decode
func playback(t *testing.T, cassette string) *openai.Model {
	t.Helper()
	tape, err := replay.LoadFile(filepath.Join(recorded, cassette+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return llama(t, endpoint.Options{BaseURL: "http://127.0.0.1:1/v1", Transport: replay.PlayHTTP(tape)})
}

func TestRecordedSteering(t *testing.T) { steering(t, playback(t, "steering")) }

func TestRecordedProposer(t *testing.T) { proposing(t, playback(t, "proposer"), decode.ByLogProbs) }

func TestRecordedBias(t *testing.T) { biased(t, playback(t, "bias"), recordedDraws) }

func TestRecordedProposerByBias(t *testing.T) {
	proposing(t, playback(t, "proposer-bias"), decode.ByBias)
}

// steering holds an endpoint's tokens to what must be true of them, and what steers them to its limits.
func steering(t *testing.T, m *openai.Model) {
	r := modeltest.Request(1)
	shown, err := m.NextTokens(t.Context(), model.TokenRequest{Of: r, Text: `{"calls":[{"tool":"`, Top: 50})
	if err != nil {
		t.Fatal(err)
	}
	sum, last := 0.0, 0.0
	for _, tok := range shown.Tokens {
		if sum += math.Exp(tok.LogProb); tok.LogProb > last {
			t.Errorf("%q: %v comes after %v", tok.Text, tok.LogProb, last)
		}
		last = tok.LogProb
	}
	if len(shown.Tokens) != 50 || sum <= 0 || sum >= 1 || shown.Usage.Requests != 1 || shown.Usage.Completion != 1 {
		t.Errorf("%d tokens of %v, %+v: want 50 of less than 1", len(shown.Tokens), sum, shown.Usage)
	}

	heads, err := prompt.Heads(r.Tools)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, h := range heads {
		texts = append(texts, h.Text)
	}
	l, err := decode.NewLive(t.Context(), m, r, &decode.LiveOptions{Choices: texts})
	if err != nil {
		t.Fatal(err)
	}
	base := shares(t, l, l)
	wanted := func(c string) float64 {
		if strings.Contains(c, "get_file_info") {
			return 1
		}
		return 0
	}
	for _, c := range []struct {
		beta  float64
		check func(map[string]float64) bool
	}{
		{0, func(p map[string]float64) bool { return near(p, base) }},
		{3, func(p map[string]float64) bool { return p[texts[3]] > base[texts[3]] && p[texts[3]] < 1-1e-9 }},
		{1e6, func(p map[string]float64) bool { return p[texts[3]] > 1-1e-9 }},
	} {
		v, err := decode.VAS(l, l.Over(l.Expect(wanted)), &decode.VASOptions{Beta: &c.beta, TopK: l.Size()})
		if err != nil {
			t.Fatal(err)
		}
		if got := shares(t, l, v); !c.check(got) {
			t.Errorf("beta %v: %v, of %v", c.beta, got, base)
		} else {
			t.Logf("beta %v: %v", c.beta, got)
		}
	}
	// By the model's own answers transfer Q* is VAS.
	beta := 3.
	v, err := decode.VAS(l, l.Over(l.Expect(wanted)), &decode.VASOptions{Beta: &beta, TopK: l.Size()})
	if err != nil {
		t.Fatal(err)
	}
	tq, err := decode.TransferQFrom(l, l.Over(l.Expect(wanted)), &decode.TransferQOptions{Alpha: 1 / beta, TopK: l.Size()})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := shares(t, l, v), shares(t, l, tq); !near(a, b) {
		t.Errorf("transfer Q* %v, VAS %v", b, a)
	}
	first, names := l.Covered(nil), l.Covered([]int{0})
	t.Logf("covered %.4f at first, %.4f of names; %+v", first, names, l.Usage())
	if first <= .5 || first >= 1 || names <= 0 || names >= 1 {
		t.Errorf("covered %v, %v: want most of the first place, and less than all", first, names)
	}
	if l.Err() != nil || l.Usage().Requests >= len(texts) {
		t.Errorf("%v; %d requests for %d choices", l.Err(), l.Usage().Requests, len(texts))
	}
}

// shares goes through all that a model over the choices of l writes.
func shares(t *testing.T, l *decode.Live, m decode.Categorical) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	var walk func(text []int, p float64)
	walk = func(text []int, p float64) {
		if l.Done(text) {
			out[l.Text(text)] += p
			return
		}
		logs := make([]float64, l.Size())
		m.LogProbs(text, logs)
		for a, x := range logs {
			if !math.IsInf(x, -1) {
				walk(append(text[:len(text):len(text)], a), p*math.Exp(x))
			}
		}
	}
	walk(nil, 1)
	total := 0.0
	for _, p := range out {
		total += p
	}
	if math.Abs(total-1) > 1e-9 {
		t.Errorf("probabilities add up to %v", total)
	}
	return out
}

func near(a, b map[string]float64) bool {
	for k := range b {
		if math.Abs(a[k]-b[k]) > 1e-9 {
			return false
		}
	}
	return len(a) == len(b)
}

// proposing has a proposer prefer a tool that the model itself rarely calls.
func proposing(t *testing.T, m *openai.Model, by string) {
	r := modeltest.Request(2)
	prefer := func(_ context.Context, _ model.Request, tools []string) ([]float64, error) {
		out := make([]float64, len(tools))
		for i, name := range tools {
			if name == "get_file_info" {
				out[i] = 1
			}
		}
		return out, nil
	}
	beta := 50.
	p, err := decode.NewProposer(m, prefer, &decode.ProposerOptions{Beta: &beta, By: by})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := p.Propose(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range resp.Samples {
		t.Logf("%+v", s)
		if len(s.Calls) == 0 || s.Calls[0].Tool != "get_file_info" {
			t.Errorf("%+v: want a call of get_file_info", s)
		}
	}
	t.Logf("%+v", resp.Usage)
	if len(resp.Samples) == 0 || resp.Usage.Requests < 2 {
		t.Errorf("%d samples, %+v", len(resp.Samples), resp.Usage)
	}
}

// biased holds what an endpoint draws under a bias to the log-probabilities that it shows, and to the limits of what steers.
func biased(t *testing.T, m *openai.Model, n int) {
	r := modeltest.Request(1)
	r.Temperature = 1
	const text = `{"calls":[{"tool":"`
	shown, err := m.NextTokens(t.Context(), model.TokenRequest{Of: r, Text: text, Top: 200})
	if err != nil {
		t.Fatal(err)
	}
	odds, bias, total := map[string]float64{}, map[int]float64{}, 0.0
	for i, tok := range shown.Tokens[:6] { // all of them steered, the unlikely ones up
		pieces, err := m.Tokenize(t.Context(), tok.Text)
		if err != nil || len(pieces) != 1 || pieces[0].Text != tok.Text {
			t.Fatalf("%q is %+v, %v", tok.Text, pieces, err)
		}
		push := float64(i)*.75 + .125 // no whole number
		bias[pieces[0].ID], odds[tok.Text] = 95+push, math.Exp(tok.LogProb+push)
		total += odds[tok.Text]
	}
	of := r
	of.N = n
	resp, err := m.DrawNext(t.Context(), model.DrawRequest{Of: of, Text: text, Bias: bias})
	if err != nil || len(resp.Tokens) != n {
		t.Fatalf("%d tokens, %v", len(resp.Tokens), err)
	}
	seen := map[string]float64{}
	for _, tok := range resp.Tokens {
		seen[tok.Text]++
	}
	for word, w := range odds {
		p, got := w/total, seen[word]/float64(n)
		t.Logf("%q drawn %.3f, by its log-probability %.3f", word, got, p)
		if math.Abs(got-p) > 4*math.Sqrt(p*(1-p)/float64(n)) {
			t.Errorf("%q in %.3f of %d draws, want %.3f", word, got, n, p)
		}
		delete(seen, word)
	}
	if len(seen) > 0 {
		t.Errorf("drawn without a bias: %v", seen)
	}
	follows(t, m, r)
}

// follows has the endpoint draw tools, without and with all strength.
func follows(t *testing.T, m *openai.Model, r model.Request) {
	t.Helper()
	heads, err := prompt.Heads(r.Tools)
	if err != nil {
		t.Fatal(err)
	}
	o := &decode.LiveOptions{}
	for _, h := range heads {
		o.Choices = append(o.Choices, h.Text)
	}
	b, err := decode.NewBiased(t.Context(), m, r, o)
	if err != nil {
		t.Fatal(err)
	}
	value := b.Mean(func(c string) float64 {
		if c == o.Choices[3] {
			return 1
		}
		return 0
	})
	for _, beta := range []float64{0, 1e6} {
		counts, err := b.Draw(value, beta, 4)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("beta %v: %v of %q", beta, counts, o.Choices)
		if beta > 0 && counts[3] != 4 {
			t.Errorf("beta %v: %v, want all of the best", beta, counts)
		}
	}
	if u := b.Usage(); u.Completion < 8 || u.Completion > 2*u.Samples {
		t.Errorf("%+v: want about a token a draw", u)
	}
}
