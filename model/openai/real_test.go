//go:build real

package openai_test

import (
	"errors"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
	"github.com/azimuthdev/azimuth/model/replay/replaytest"
)

// realModel is the server that scripts/test-real.sh started; see [replaytest.Live].
func realModel(t *testing.T, cassette string, change func(*openai.Options)) *openai.Model {
	t.Helper()
	return llama(t, replaytest.Live(t, cassette), change)
}

func TestRealScenarios(t *testing.T) {
	for _, s := range scenarios() {
		t.Run(s.name, func(t *testing.T) {
			m := realModel(t, s.name, func(o *openai.Options) { o.Mode, o.Stream = s.mode, s.stream })
			start := time.Now()
			resp, err := m.Propose(t.Context(), s.req)
			took := time.Since(start)
			if err != nil && !errors.Is(err, model.ErrGarbage) {
				t.Fatal(err)
			}
			n := count(resp)
			t.Logf("%d samples, %d calls (%d valid), %d answers, %d outlines; %d prompt + %d completion tokens in %v: %.1f tokens/s; %v",
				n.samples, n.calls, n.valid, n.answers, n.outlines, resp.Usage.Prompt, resp.Usage.Completion, took.Round(time.Millisecond),
				float64(resp.Usage.Completion)/took.Seconds(), err)
			for _, sample := range resp.Samples {
				t.Logf("  %+v", sample)
			}
			if s.mode == openai.JSON && n.valid < n.calls {
				t.Errorf("a grammar bound the calls, and %d of %d do not match their schemas", n.calls-n.valid, n.calls)
			}
		})
	}
}

func TestRealComplete(t *testing.T) {
	resp, err := realModel(t, "complete", nil).Complete(t.Context(), completeRequest())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s %+v", resp.Text, resp.Usage)
}

func TestRealConformance(t *testing.T) {
	for _, mode := range []openai.Mode{openai.Tools, openai.JSON} {
		t.Run(string(mode), func(t *testing.T) {
			modeltest.Run(t, func(t *testing.T) model.Model {
				return realModel(t, "", func(o *openai.Options) { o.Mode = mode })
			}, &modeltest.Options{Weak: true})
		})
	}
}
