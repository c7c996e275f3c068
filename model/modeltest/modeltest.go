package modeltest

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/prompt"
	"github.com/azimuthdev/azimuth/tool"
)

// Options say what of the suite applies. Nil applies all of it but garbage.
type Options struct {
	// Garbage makes a model whose backend answers nothing that can be used. Nil leaves that check out.
	Garbage func(t *testing.T) model.Model
	// Weak lets calls name tools that were not offered: for small models, whose calls are checked elsewhere, and lets
	// an answer be garbage now and then.
	Weak bool
	// NoComplete leaves out the checks of Complete: for backends that propose only.
	NoComplete bool
	// Prompt is how long a cancelled request may take to return. Default 2 s.
	Prompt time.Duration
}

// Specs are the tools of the suite's requests: those of a server of files.
func Specs() []tool.Spec {
	path := json.RawMessage(`{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}`)
	return []tool.Spec{
		{Name: "read_text_file", Description: "Read the complete contents of a file from the file system as text.", Input: path, Effect: tool.Read},
		{Name: "list_directory", Description: "Get a detailed listing of all files and directories in a specified path.", Input: path, Effect: tool.Read},
		{Name: "search_files", Description: "Recursively search for files and directories matching a pattern.", Effect: tool.Read,
			Input: json.RawMessage(`{"type":"object","properties":{"path":{"type":"string"},"pattern":{"type":"string"}},"required":["path","pattern"]}`)},
		{Name: "get_file_info", Description: "Retrieve detailed metadata about a file or directory.", Input: path, Effect: tool.Read},
	}
}

// Request is what the suite asks for.
func Request(n int) model.Request {
	return model.Request{
		Tools: Specs(), Goal: `List the files in the directory "/data", then read "/data/notes.txt".`,
		Outline: true, N: n, Seed: 42, MaxTokens: 160,
	}
}

// Schema is what the suite binds Complete to.
const Schema = `{"type":"object","properties":{"score":{"type":"integer"},"reason":{"type":"string"}},"required":["score"],"additionalProperties":false}`

// Run runs the suite. newModel is called for each part of it.
func Run(t *testing.T, newModel func(t *testing.T) model.Model, o *Options) {
	s := suite{newModel: newModel}
	if o != nil {
		s.Options = *o
	}
	if s.Prompt == 0 {
		s.Prompt = 2 * time.Second
	}
	t.Run("capabilities", s.capabilities)
	t.Run("propose", s.propose)
	t.Run("path", s.path)
	t.Run("odd requests", s.odd)
	t.Run("seed", s.seed)
	t.Run("cancel", s.cancel)
	t.Run("complete", s.complete)
	t.Run("schema", s.schema)
	t.Run("garbage", s.garbage)
}

type suite struct {
	Options
	newModel func(t *testing.T) model.Model
}

func (s suite) capabilities(t *testing.T) {
	m := s.newModel(t)
	c := m.Capabilities()
	if c.Name == "" || c.N < 1 {
		t.Errorf("capabilities %+v: want a name and N >= 1", c)
	}
	if !reflect.DeepEqual(c, m.Capabilities()) {
		t.Error("capabilities change from call to call")
	}
}

func (s suite) propose(t *testing.T) {
	m := s.newModel(t)
	for _, n := range []int{1, 4} {
		resp, err := m.Propose(t.Context(), Request(n))
		if s.Weak && errors.Is(err, model.ErrGarbage) {
			t.Logf("%d samples: %v", n, err)
			continue
		}
		if err != nil {
			t.Fatalf("%d samples: %v", n, err)
		}
		s.check(t, resp, n)
		if all := m.Capabilities().N >= n && !s.Weak; all && len(resp.Samples) != n {
			t.Errorf("%d samples, want %d: Capabilities.N is %d", len(resp.Samples), n, m.Capabilities().N)
		}
	}
}

// check asserts what holds of every response.
func (s suite) check(t *testing.T, resp model.Response, n int) {
	t.Helper()
	if len(resp.Samples) == 0 || len(resp.Samples) > n {
		t.Errorf("%d samples, want 1 to %d", len(resp.Samples), n)
	}
	for _, sample := range resp.Samples {
		if len(sample.Calls) == 0 && sample.Answer == "" {
			t.Errorf("sample %+v has neither calls nor an answer", sample)
		}
		for _, c := range slices.Concat(sample.Calls, sample.Outline) {
			if !s.Weak && !slices.ContainsFunc(Specs(), func(spec tool.Spec) bool { return spec.Name == c.Tool }) {
				t.Errorf("sample calls %q, which was not offered", c.Tool)
			}
		}
	}
	checkUsage(t, resp.Usage)
}

func checkUsage(t *testing.T, u model.Usage) {
	t.Helper()
	if u.Requests < 1 || u.Prompt < 0 || u.Completion < 0 || u.Cached > u.Prompt || u.USD < 0 {
		t.Errorf("usage %+v: want requests counted and no negative or impossible number", u)
	}
}

// path asks in the middle of a plan, with every status of a step and a rejected call.
func (s suite) path(t *testing.T) {
	call := func(name, args string) tool.Call { return tool.Call{Tool: name, Args: json.RawMessage(args)} }
	r := Request(2)
	r.Steps = []model.Step{
		{Call: call("list_directory", `{"path":"/data"}`), Result: tool.Result{Content: "[FILE] notes.txt"}},
		{Call: call("get_file_info", `{"path":"/data/x"}`), Status: model.Failed, Result: tool.Result{Content: "no such file", IsError: true}},
		{Call: call("get_file_info", `{"path":"/data/notes.txt"}`), Status: model.Deferred},
	}
	r.Rejected = []model.Rejected{{Call: model.RawCall{Tool: "read_text_file", Args: "{"}, Reason: "unexpected end of JSON", Schema: Specs()[0].Input}}
	s.answers(t, "a path", r)
}

// odd requests must be answered or refused with an error, and never crash.
func (s suite) odd(t *testing.T) {
	empty := Request(1)
	empty.Goal = ""
	s.answers(t, "an empty goal", empty)
	bare := Request(1)
	bare.Tools, bare.Goal = nil, "Say hello."
	s.answers(t, "no tools", bare)
	none := Request(0)
	s.answers(t, "n = 0", none)
}

func (s suite) answers(t *testing.T, what string, r model.Request) {
	t.Helper()
	resp, err := s.newModel(t).Propose(t.Context(), r)
	var refused *model.ProviderError
	switch {
	case err == nil:
		s.check(t, resp, max(r.N, 1))
	case errors.As(err, &refused) && !s.Weak:
		t.Errorf("%s: %v", what, err)
	default:
		t.Logf("%s: %v", what, err)
	}
}

func (s suite) seed(t *testing.T) {
	if !s.newModel(t).Capabilities().Seed {
		t.Skip("the backend takes no seed")
	}
	var got [2]model.Response
	for i := range got {
		var err error
		if got[i], err = s.newModel(t).Propose(t.Context(), Request(3)); err != nil && !s.Weak {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(got[0].Samples, got[1].Samples) {
		t.Errorf("the same seed gave\n%+v\nand then\n%+v", got[0].Samples, got[1].Samples)
	}
}

func (s suite) cancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	start := time.Now()
	if _, err := s.newModel(t).Propose(ctx, Request(4)); !errors.Is(err, context.Canceled) {
		t.Errorf("propose on a cancelled context: error %v, want context.Canceled", err)
	}
	if took := time.Since(start); took > s.Prompt {
		t.Errorf("a cancelled request took %v", took)
	}
}

func (s suite) complete(t *testing.T) {
	if s.NoComplete {
		t.Skip("the backend proposes only")
	}
	resp, err := s.newModel(t).Complete(t.Context(), model.TextRequest{System: "Be brief.", Prompt: "Say hello.", Seed: 1, MaxTokens: 40})
	if err != nil || resp.Text == "" {
		t.Fatalf("text %q, error %v", resp.Text, err)
	}
	checkUsage(t, resp.Usage)
}

func (s suite) schema(t *testing.T) {
	if s.NoComplete || !s.newModel(t).Capabilities().Schema {
		t.Skip("the backend can't be bound to a schema")
	}
	resp, err := s.newModel(t).Complete(t.Context(), model.TextRequest{
		Prompt: "How good is the plan: list the files, then read them? Score 1 to 5, with a short reason.",
		Schema: json.RawMessage(Schema), Seed: 1, MaxTokens: 160,
	})
	if s.Weak && errors.Is(err, model.ErrGarbage) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := prompt.Bound(resp.Text, json.RawMessage(Schema)); err != nil {
		t.Errorf("%q: %v", resp.Text, err)
	}
}

func (s suite) garbage(t *testing.T) {
	if s.Garbage == nil {
		t.Skip("no model that answers garbage was given")
	}
	resp, err := s.Garbage(t).Propose(t.Context(), Request(2))
	if !errors.Is(err, model.ErrGarbage) || len(resp.Samples) != 0 {
		t.Errorf("%+v, %v: want no samples and ErrGarbage", resp, err)
	}
	if resp.Usage.Requests < 1 {
		t.Errorf("usage %+v: garbage is paid for too", resp.Usage)
	}
}
