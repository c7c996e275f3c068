package openai_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/openai"
	"github.com/azimuthdev/azimuth/model/replay"
)

const recorded = "testdata/llamacpp"

// playback is a model over what a llama.cpp server with SmolLM2-135M answered. Record again with
// AZIMUTH_REAL_RECORD=model/openai/testdata/llamacpp scripts/test-real.sh ./model/openai
func playback(t *testing.T, cassette string, change func(*openai.Options)) *openai.Model {
	t.Helper()
	tape, err := replay.LoadFile(filepath.Join(recorded, cassette+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return llama(t, endpoint.Options{BaseURL: "http://127.0.0.1:1/v1", Transport: replay.PlayHTTP(tape)}, change)
}

// llama is the model of a llama.cpp server.
func llama(t *testing.T, at endpoint.Options, change func(*openai.Options)) *openai.Model {
	t.Helper()
	o := &openai.Options{Options: at, Provider: "llamacpp"}
	if change != nil {
		change(o)
	}
	m, err := openai.New("real", o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// What the server answered is read as it was when it was recorded. The numbers are what to expect of so small a model:
// its template leaves tools out, so that only the grammar of mode JSON makes it call anything.
func TestRecordedScenarios(t *testing.T) {
	want := map[string]tally{
		"tools_root":    {samples: 3, calls: 0, valid: 0, answers: 3, outlines: 0},
		"tools_next":    {samples: 1, calls: 0, valid: 0, answers: 1, outlines: 0},
		"tools_stream":  {samples: 1, calls: 0, valid: 0, answers: 1, outlines: 0},
		"json_root":     {samples: 3, calls: 7, valid: 7, answers: 0, outlines: 3},
		"json_next":     {samples: 2, calls: 2, valid: 2, answers: 0, outlines: 2},
		"json_rejected": {samples: 4, calls: 4, valid: 4, answers: 0, outlines: 4},
		"json_stream":   {samples: 1, calls: 0, valid: 0, answers: 1, outlines: 0},
	}
	for _, s := range scenarios() {
		t.Run(s.name, func(t *testing.T) {
			m := playback(t, s.name, func(o *openai.Options) { o.Mode, o.Stream = s.mode, s.stream })
			resp, err := m.Propose(t.Context(), s.req)
			if err != nil && !errors.Is(err, model.ErrGarbage) {
				t.Fatalf("%v\n(if requests changed on purpose, record again: see playback)", err)
			}
			got := count(resp)
			if d := cmp.Diff(want[s.name], got, cmp.AllowUnexported(tally{})); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
			if s.mode == openai.JSON && got.valid != got.calls {
				t.Errorf("%d of %d calls match their schemas, though a grammar bound them", got.valid, got.calls)
			}
			if u := resp.Usage; u.Prompt == 0 || u.Completion == 0 || u.Requests != 1 {
				t.Errorf("usage %+v", u)
			}
		})
	}
}

func TestRecordedComplete(t *testing.T) {
	resp, err := playback(t, "complete", nil).Complete(t.Context(), completeRequest())
	if err != nil || resp.Text == "" {
		t.Errorf("%q, %v", resp.Text, err)
	}
}

// Auto sees that no call comes of tools, and asks again in JSON: both answers are on one tape.
func TestRecordedAuto(t *testing.T) {
	var both []byte
	for _, name := range []string{"tools_root", "json_root"} {
		raw, err := os.ReadFile(filepath.Join(recorded, name+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		both = append(both, raw...)
	}
	path := filepath.Join(t.TempDir(), "both.jsonl")
	if err := os.WriteFile(path, both, 0o600); err != nil {
		t.Fatal(err)
	}
	tape, err := replay.LoadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := openai.New("real", &openai.Options{
		Options: endpoint.Options{BaseURL: "http://127.0.0.1:1/v1", Transport: replay.PlayHTTP(tape)}, Mode: openai.Auto,
	})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := m.Propose(t.Context(), scenarios()[0].req)
	if n := count(resp); err != nil || n.valid == 0 || resp.Usage.Requests != 2 {
		t.Errorf("%+v, %v, usage %+v: want calls, in two requests", n, err, resp.Usage)
	}
}
