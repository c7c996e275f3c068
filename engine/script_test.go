package engine_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// script is a model whose samples are written down by path: the tools' names joined by spaces, failed calls in
// parentheses. A sample is "tool{args} tool{args} > outlined{args} > done" or "= final answer". "tool x3" is three votes.
type script struct {
	lines map[string][]string
	mu    sync.Mutex
	asked []string
	delay func(ctx context.Context, path string) error

	rates   map[string]float64 // by path with the option; .5 for others
	rated   []string           // paths whose options were rated
	lesson  string             // of every failure; a model without text when empty
	learned []string           // the lessons that each request for samples was shown
}

func (s *script) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "script", N: 100, Seed: true, Outline: true, Text: s.lesson != "", Prices: &model.Prices{}}
}

func (s *script) Complete(_ context.Context, r model.TextRequest) (model.TextResponse, error) {
	if s.lesson == "" {
		return model.TextResponse{}, fmt.Errorf("not in the script")
	}
	return model.TextResponse{Text: s.lesson, Usage: model.Usage{Requests: 1}}, nil
}

func (s *script) Evaluate(_ context.Context, r model.EvaluateRequest) (model.EvaluateResponse, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := pathOf(r.Steps)
	s.rated = append(s.rated, path)
	out := model.EvaluateResponse{Usage: model.Usage{Requests: 1}}
	for _, o := range r.Options {
		name := o.Call.Tool
		if o.Finish {
			name = "="
		}
		v, ok := s.rates[strings.TrimSpace(path+" "+name)]
		if !ok {
			v = .5
		}
		out.Values = append(out.Values, v)
	}
	return out, nil
}

func pathOf(steps []model.Step) string {
	var names []string
	for _, st := range steps {
		n := st.Call.Tool
		if st.Status == model.Failed {
			n = "(" + n + ")"
		}
		names = append(names, n)
	}
	return strings.Join(names, " ")
}

func (s *script) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	path := pathOf(r.Steps)
	s.mu.Lock()
	s.asked = append(s.asked, path)
	s.learned = append(s.learned, strings.Join(r.Lessons, " / "))
	s.mu.Unlock()
	if s.delay != nil {
		if err := s.delay(ctx, path); err != nil {
			return model.Response{}, err
		}
	}
	resp := model.Response{Usage: model.Usage{Requests: 1, Prompt: 100, Completion: 10 * r.N}}
	for _, line := range s.lines[path] {
		n := 1
		if i := strings.LastIndex(line, " x"); i >= 0 {
			if _, err := fmt.Sscanf(line[i:], " x%d", &n); err == nil {
				line = line[:i]
			}
		}
		for range n {
			resp.Samples = append(resp.Samples, parseSample(line))
		}
	}
	if len(resp.Samples) > r.N {
		resp.Samples = resp.Samples[:r.N]
	}
	if len(resp.Samples) == 0 {
		return resp, fmt.Errorf("%w: nothing is written for %q", model.ErrGarbage, path)
	}
	resp.Usage.Samples = len(resp.Samples)
	return resp, nil
}

func parseSample(line string) model.Sample {
	if a, ok := strings.CutPrefix(line, "=? "); ok {
		return model.Sample{Answer: a, GaveUp: true}
	}
	if a, ok := strings.CutPrefix(line, "= "); ok {
		return model.Sample{Answer: a}
	}
	var s model.Sample
	for i, part := range strings.Split(line, " > ") {
		for _, c := range strings.Fields(part) {
			if c == "done" {
				s.Complete = true
				continue
			}
			raw := model.RawCall{Tool: c, Args: "{}"}
			if j := strings.Index(c, "{"); j >= 0 {
				raw = model.RawCall{Tool: c[:j], Args: c[j:]}
			}
			if i == 0 {
				s.Calls = append(s.Calls, raw)
			} else {
				s.Outline = append(s.Outline, raw)
			}
		}
	}
	return s
}

// box is a set of tools that count their calls and can be made to fail.
type box struct {
	mu    sync.Mutex
	calls []string
	fail  map[string]int // how many calls fail from now on
	reply func(name, args string) (tool.Result, error)
}

type boxTool struct {
	box  *box
	spec tool.Spec
}

func (t boxTool) Spec() tool.Spec { return t.spec }

func (t boxTool) Call(_ context.Context, args json.RawMessage) (tool.Result, error) {
	t.box.mu.Lock()
	defer t.box.mu.Unlock()
	t.box.calls = append(t.box.calls, t.spec.Name)
	if t.box.fail[t.spec.Name] > 0 {
		t.box.fail[t.spec.Name]--
		return tool.Result{IsError: true, Content: t.spec.Name + " is broken"}, nil
	}
	if t.box.reply != nil {
		return t.box.reply(t.spec.Name, string(args))
	}
	return tool.Result{Content: t.spec.Name + " says hello", Value: json.RawMessage(`{"id":"` + t.spec.Name + `-1"}`)}, nil
}

func (b *box) count(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, c := range b.calls {
		if c == name {
			n++
		}
	}
	return n
}

// set makes tools from "name:effect" words; each takes an optional x of any kind.
func (b *box) set(t *testing.T, words string) *tool.Set {
	t.Helper()
	var tools []tool.Tool
	for _, w := range strings.Fields(words) {
		name, eff, _ := strings.Cut(w, ":")
		sp := tool.Spec{Name: name, Input: json.RawMessage(`{"type":"object","properties":{"x":{}},"additionalProperties":false}`)}
		if err := sp.Effect.UnmarshalText([]byte(eff)); err != nil {
			t.Fatal(err)
		}
		tools = append(tools, boxTool{b, sp})
	}
	s, err := tool.NewSet(tools...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// bench is everything that a run needs, with defaults that a test changes.
type bench struct {
	t        *testing.T
	box      *box
	set      *tool.Set
	model    *script
	preset   string
	strategy string
	search   search.Options
	limits   string
	policy   effect.Policy
	approver effect.Approver
	judge    judge.Judge
	opts     engine.Options
	store    *journal.Memory
	clock    func() time.Time
	wrap     func(journal.Store) journal.Store
}

func newBench(t *testing.T, tools string, lines map[string][]string) *bench {
	b := &bench{t: t, box: &box{fail: map[string]int{}}, model: &script{lines: lines}, preset: "azimuth", strategy: "astar", store: journal.NewMemory()}
	b.set = b.box.set(t, tools)
	b.policy.Mode = effect.AllMode
	b.clock = func() time.Time { return time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC) }
	return b
}

// config puts a run's parts together; again takes an existing run up.
func (b *bench) config(id string, again bool) engine.Config {
	b.t.Helper()
	ctx := context.Background()
	must := func(err error) {
		b.t.Helper()
		if err != nil {
			b.t.Fatal(err)
		}
	}
	wo := &journal.WriterOptions{Now: b.clock, Batch: 1}
	var w *journal.Writer
	var err error
	var store journal.Store = b.store
	if b.wrap != nil {
		store = b.wrap(store)
	}
	if again {
		w, err = journal.Continue(ctx, store, id, nil, wo)
	} else {
		w, err = journal.Begin(ctx, store, journal.Run{ID: id, Goal: "goal", Version: journal.Version}, nil, wo)
	}
	must(err)
	lim, err := budget.Parse(b.limits)
	if b.limits == "" {
		lim, err = budget.Limits{Expansions: 50}, nil
	}
	must(err)
	ledger := budget.New(lim, &budget.Options{Now: b.clock})
	gate, err := effect.NewGate(b.set, ledger, w, &effect.Options{Policy: b.policy, Approver: b.approver, Run: id})
	must(err)
	sc, err := cost.New(b.preset, nil)
	must(err)
	b.search.Preset, b.search.Scorer = b.preset, sc
	st, err := search.New(b.strategy, &b.search)
	must(err)
	return engine.Config{
		Goal: "goal", Tools: b.set, Model: b.model, Strategy: st, Ledger: ledger, Gate: gate, Log: w, Judge: b.judge,
	}
}

// engine builds an engine for the run id; again takes an existing run up.
func (b *bench) engine(id string, again bool) *engine.Engine {
	b.t.Helper()
	e, err := engine.New(b.config(id, again), &b.opts)
	if err != nil {
		b.t.Fatal(err)
	}
	if again {
		ctx := context.Background()
		if err := e.Rebuild(ctx, b.store.Records(ctx, id, 1)); err != nil {
			b.t.Fatal(err)
		}
	}
	return e
}

func (b *bench) run() (*engine.Engine, *engine.Result) {
	b.t.Helper()
	e := b.engine("r", false)
	r, err := e.Run(context.Background())
	if err != nil {
		b.t.Fatal(err)
	}
	return e, r
}

func names(steps []model.Step) string { return pathOf(steps) }
