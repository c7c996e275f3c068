package openai_test

import (
	"encoding/json"
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/modeltest"
	"github.com/azimuthdev/azimuth/model/openai"
	"github.com/azimuthdev/azimuth/model/prompt"
	"github.com/azimuthdev/azimuth/tool"
)

// scenario is a request that real servers were asked; their answers are kept in testdata.
type scenario struct {
	name   string
	mode   openai.Mode
	stream bool
	req    model.Request
}

func scenarios() []scenario {
	root := modeltest.Request(4)
	next := modeltest.Request(4)
	next.Steps = []model.Step{{
		Call:   tool.Call{Tool: "list_directory", Args: json.RawMessage(`{"path":"/data"}`)},
		Result: tool.Result{Content: "[FILE] notes.txt\n[FILE] todo.txt"},
	}}
	rejected := next
	rejected.Rejected = []model.Rejected{{
		Call: model.RawCall{Tool: "read_text_file", Args: `{"file":`}, Reason: "unexpected end of JSON input", Schema: modeltest.Specs()[0].Input,
	}}
	single := root
	single.N = 1
	pair := root
	pair.N = 2
	return []scenario{
		{"tools_root", openai.Tools, false, root},
		{"tools_next", openai.Tools, false, next},
		{"tools_stream", openai.Tools, true, single},
		{"json_root", openai.JSON, false, root},
		{"json_next", openai.JSON, false, next},
		{"json_rejected", openai.JSON, false, rejected},
		{"json_stream", openai.JSON, true, pair},
	}
}

// tally is what became of the samples of a scenario.
type tally struct{ samples, calls, valid, answers, outlines int }

func count(resp model.Response) tally {
	t := tally{samples: len(resp.Samples)}
	for _, s := range resp.Samples {
		t.calls += len(s.Calls)
		for _, c := range s.Calls {
			if validCall(c) {
				t.valid++
			}
		}
		if len(s.Calls) == 0 {
			t.answers++
		}
		if len(s.Outline) > 0 || s.Complete {
			t.outlines++
		}
	}
	return t
}

// validCall says whether a call names an offered tool and its schema accepts the arguments.
func validCall(c model.RawCall) bool {
	for _, spec := range modeltest.Specs() {
		if spec.Name == c.Tool {
			_, err := prompt.Bound(c.Args, spec.Input)
			return err == nil
		}
	}
	return false
}

func completeRequest() model.TextRequest {
	return model.TextRequest{
		Prompt: "How good is this plan: list the files, then read them? Give a score from 1 to 5 and a short reason.",
		Schema: json.RawMessage(modeltest.Schema), Seed: 3, MaxTokens: 120,
	}
}

func TestScenarioNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range scenarios() {
		if seen[s.name] {
			t.Errorf("%s twice: its cassette would be overwritten", s.name)
		}
		seen[s.name] = true
	}
}
