//go:build real

package decode_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/model/decode"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
	"github.com/azimuthdev/azimuth/model/prompt"
	"github.com/azimuthdev/azimuth/model/replay"
)

// real is the server that scripts/test-real.sh started. With AZIMUTH_REAL_RECORD set to a folder, what it answers is
// written there as a cassette of that name.
func real(t *testing.T, cassette string) *openai.Model {
	t.Helper()
	url := os.Getenv("AZIMUTH_REAL_URL")
	if url == "" {
		t.Skip("AZIMUTH_REAL_URL is not set: run scripts/test-real.sh")
	}
	at := endpoint.Options{BaseURL: url, Timeout: 5 * time.Minute}
	if dir := os.Getenv("AZIMUTH_REAL_RECORD"); dir != "" && cassette != "" {
		f, err := os.Create(filepath.Join(dir, cassette+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		at.Transport = replay.RecordHTTP(http.DefaultTransport, f)
	}
	return llama(t, at)
}

func TestRealSteering(t *testing.T) { steering(t, real(t, "steering")) }

func TestRealProposer(t *testing.T) { proposing(t, real(t, "proposer"), decode.ByLogProbs) }

func TestRealBias(t *testing.T) {
	n := liveDraws
	if os.Getenv("AZIMUTH_REAL_RECORD") != "" {
		n = recordedDraws
	}
	biased(t, real(t, "bias"), n)
}

func TestRealProposerByBias(t *testing.T) { proposing(t, real(t, "proposer-bias"), decode.ByBias) }

// TestRealBothMeans draws tools by bias and compares with what log-probabilities say. They agree as far as the endpoint shows
// the tools at all: what is not among its likeliest tokens can be drawn by bias only.
func TestRealBothMeans(t *testing.T) {
	m, r := real(t, ""), modeltest.Request(1)
	r.Temperature = 1
	heads, err := prompt.Heads(r.Tools)
	if err != nil {
		t.Fatal(err)
	}
	o, worth := &decode.LiveOptions{}, map[string]float64{}
	for _, h := range heads {
		o.Choices = append(o.Choices, h.Text)
	}
	worth[o.Choices[3]] = 1
	of := func(c string) float64 { return worth[c] }
	l := must[*decode.Live](t)(decode.NewLive(t.Context(), m, r, o))
	b := must[*decode.Biased](t)(decode.NewBiased(t.Context(), m, r, o))
	const n = 200
	last := -1.0
	for _, beta := range []float64{0, 3} {
		v := must[decode.Categorical](t)(decode.VAS(l, l.Over(l.Expect(of)), &decode.VASOptions{Beta: &beta, TopK: l.Size()}))
		counts := must[[]int](t)(b.Draw(l.Expect(of), beta, n))
		want := shares(t, l, v)
		for i, c := range o.Choices {
			t.Logf("beta %v: %s %.3f by bias, %.3f by log-probabilities", beta, c, float64(counts[i])/n, want[c])
		}
		got := float64(counts[3]) / n
		if got <= last {
			t.Errorf("beta %v: %v of the best, and %v without", beta, got, last)
		}
		last = got
	}
}
