//go:build real

package decode_test

import (
	"testing"

	"github.com/azimuthdev/azimuth/model/decode"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
	"github.com/azimuthdev/azimuth/model/prompt"
	"github.com/azimuthdev/azimuth/model/replay/replaytest"
)

// real is the server that scripts/test-real.sh started; see [replaytest.Live].
func real(t *testing.T, cassette string) *openai.Model {
	t.Helper()
	return llama(t, replaytest.Live(t, cassette))
}

func TestRealSteering(t *testing.T) { steering(t, real(t, "steering")) }

func TestRealProposer(t *testing.T) { proposing(t, real(t, "proposer"), decode.ByLogProbs) }

func TestRealBias(t *testing.T) {
	n := liveDraws
	if replaytest.Recording() != "" {
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
