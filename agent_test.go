package azimuth_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/journal/sqlite"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/tool"
)

const goal = "Look up the weather in Lisbon and book a table in Lisbon for 4 seats"

// cafe is a set of tools with one effect, and how often it happened.
type cafe struct {
	booked atomic.Int64
	sky    atomic.Value
	broken atomic.Bool
}

func (c *cafe) tools() []tool.Tool {
	c.sky.Store("clear")
	look := func(_ context.Context, in city) (forecast, error) { return forecast{c.sky.Load().(string)}, nil }
	book := func(_ context.Context, in booking) (booked, error) {
		if c.broken.Load() {
			return booked{}, errors.New("the café is closed")
		}
		c.booked.Add(1)
		return booked{"yes"}, nil
	}
	return []tool.Tool{
		tool.Func("weather", "Looks up the weather in a city.", look, &tool.FuncOptions{Effect: tool.Read}),
		tool.Func("book_table", "Books a table outside in a city for a number of seats.", book, &tool.FuncOptions{Effect: tool.Destructive}),
	}
}

func agent(t *testing.T, c *cafe, o azimuth.Options) *azimuth.Agent {
	t.Helper()
	a, err := azimuth.New(c.tools(), &o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func plan(t *testing.T, a *azimuth.Agent) *azimuth.Plan {
	t.Helper()
	p, r, err := a.Plan(context.Background(), goal)
	if err != nil || p == nil {
		t.Fatalf("%v %+v", err, r)
	}
	return p
}

func TestPlanThenApply(t *testing.T) {
	var c cafe
	a := agent(t, &c, azimuth.Options{})
	p := plan(t, a)
	if c.booked.Load() != 0 {
		t.Fatal("planning had an effect")
	}
	if want := (azimuth.PlanPrice{Calls: 2, Effects: 1}); p.Price != want {
		t.Errorf("price %+v, want %+v", p.Price, want)
	}
	var file bytes.Buffer
	if err := p.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := azimuth.ReadPlan(&file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(jsonOf(t, p), jsonOf(t, again)); d != "" {
		t.Errorf("a plan does not survive its file: %s", d)
	}
	if r, err := a.Apply(context.Background(), again, ""); err != nil || r.Status != engine.Denied || c.booked.Load() != 0 {
		t.Fatalf("applied without a word: %v, %v, %d bookings", r.Status, err, c.booked.Load())
	}
	r, err := a.Apply(context.Background(), again, "the reviewer")
	if err != nil || r.Status != engine.Succeeded || c.booked.Load() != 1 {
		t.Fatalf("applied: %v %v %v, %d bookings", r.Status, r.Err, err, c.booked.Load())
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestChangedWorldVoidsTheReview: what was reviewed was reviewed for another answer, so its effects are not approved
// any more.
func TestChangedWorldVoidsTheReview(t *testing.T) {
	var c cafe
	a := agent(t, &c, azimuth.Options{})
	p := plan(t, a)
	c.sky.Store("a storm")
	r, err := a.Apply(context.Background(), p, "the reviewer")
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != engine.Denied || c.booked.Load() != 0 {
		t.Errorf("%s, %d bookings: %v", r.Status, c.booked.Load(), r.Err)
	}
}

func TestPlanFilesMadeNonsense(t *testing.T) {
	var c cafe
	a := agent(t, &c, azimuth.Options{})
	good := jsonOf(t, plan(t, a))
	for _, tc := range []struct{ from, to, want string }{
		{`"version": 1`, `"version": 2`, "version"},
		{`"version": 1`, `"version": 1, "extra": true`, "extra"},
		{`"goal": "Look`, `"goal": 7, "x": "Look`, "goal"},
		{`"book_table"`, `"burn_table"`, "steps[1] (burn_table)"},
		{`"seats": 4`, `"seats": "many"`, "seats"},
		{`"seats": 4`, `"seats": "${steps.7.x}"`, "no earlier step"},
		{`"destructive"`, `"read"`, "effect: the file says read"},
		{`"destructive"`, `"harmless"`, "harmless"},
		{`"seats": 4`, `"seats": ` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000), "nested"},
	} {
		text := strings.Replace(good, tc.from, tc.to, 1)
		if text == good {
			t.Fatalf("%s is not in the plan", tc.from)
		}
		p, err := azimuth.ReadPlan(strings.NewReader(text))
		if err == nil {
			_, err = a.Apply(context.Background(), p, "the reviewer")
		}
		if !errors.Is(err, azimuth.ErrPlan) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s -> %.60s: %v", tc.from, tc.to, err)
		}
	}
	if c.booked.Load() != 0 {
		t.Errorf("%d bookings", c.booked.Load())
	}
}

func TestResumeAcrossProcesses(t *testing.T) {
	var c cafe
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "runs.db")
	open := func() journal.Store {
		s, err := sqlite.Open(ctx, path, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	r, err := agent(t, &c, azimuth.Options{Store: open()}).Run(ctx, goal)
	if err != nil || r.Status != engine.Denied {
		t.Fatal(r.Status, err)
	}
	a := agent(t, &c, azimuth.Options{Store: open(), Approve: effect.Policy{Mode: effect.AllMode}})
	r2, err := a.Resume(ctx, r.RunID[:18], nil)
	if err != nil || r2.Status != engine.Succeeded || c.booked.Load() != 1 {
		t.Fatalf("%v %v, %d bookings", r2, err, c.booked.Load())
	}
	r3, err := a.Resume(ctx, "last", nil)
	if err != nil || r3.Status != engine.Succeeded || c.booked.Load() != 1 || r3.Answer != r2.Answer {
		t.Errorf("resumed what had succeeded: %v %v, %d bookings", r3, err, c.booked.Load())
	}
	if r2.Usage.ModelCalls < r.Usage.ModelCalls {
		t.Errorf("usage was lost: %d model calls, then %d", r.Usage.ModelCalls, r2.Usage.ModelCalls)
	}
	fewer, err := azimuth.New(c.tools()[:1], &azimuth.Options{Store: open()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fewer.Resume(ctx, "last", nil); !errors.Is(err, azimuth.ErrTools) {
		t.Errorf("resumed without a tool: %v", err)
	}
}

func TestExhaustedThenMore(t *testing.T) {
	var c cafe
	a := agent(t, &c, azimuth.Options{
		Settings: azimuth.Settings{Strategy: "vote", Budget: budget.Limits{ModelCalls: 1}}, Approve: effect.Policy{Mode: effect.AllMode},
	})
	r, err := a.Run(context.Background(), goal)
	if err != nil || r.Status != engine.Exhausted || len(r.Steps) == 0 || r.Usage.ModelCalls != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	r, err = a.Resume(context.Background(), r.RunID, &budget.Limits{ModelCalls: 20})
	if err != nil || r.Status != engine.Succeeded || c.booked.Load() != 1 {
		t.Fatalf("%+v %v", r, err)
	}
}

func TestFork(t *testing.T) {
	var c cafe
	ctx := context.Background()
	a := agent(t, &c, azimuth.Options{Approve: effect.Policy{Mode: effect.AllMode}, Settings: azimuth.Settings{Strategy: "vote"}})
	r, err := a.Run(ctx, goal)
	if err != nil || r.Status != engine.Succeeded {
		t.Fatal(r, err)
	}
	f, err := a.Fork(ctx, r.RunID, 1)
	if err != nil || f.Status != engine.Succeeded || f.RunID == r.RunID {
		t.Fatalf("%+v %v", f, err)
	}
	if f.Steps[0].Tool != r.Steps[0].Tool || len(f.Steps) != len(r.Steps) {
		t.Errorf("forked to %+v", f.Steps)
	}
	if _, err := a.Fork(ctx, r.RunID, 999); err == nil {
		t.Error("forked at a node that is not there")
	}
}

func TestMemoryGrowsOnlyWithAJudgesWord(t *testing.T) {
	yes, err := judge.Expression(`steps.exists(s, s.tool == "book_table")`, nil)
	if err != nil {
		t.Fatal(err)
	}
	no, err := judge.Expression(`false`, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		j    judge.Judge
		want int
	}{{"none", nil, 0}, {"no", no, 0}, {"yes", yes, 1}} {
		var c cafe
		m, err := memory.New()
		if err != nil {
			t.Fatal(err)
		}
		a := agent(t, &c, azimuth.Options{Judge: tc.j, Memory: m, Approve: effect.Policy{Mode: effect.AllMode}})
		if _, err := a.Run(context.Background(), goal); err != nil {
			t.Fatal(err)
		}
		plans, err := m.List(context.Background())
		if err != nil || len(plans) != tc.want {
			t.Errorf("judge %s: %d plans remembered, want %d (%v)", tc.name, len(plans), tc.want, err)
		}
	}
}

func TestViewEqualsTheRun(t *testing.T) {
	var c cafe
	store := journal.NewMemory()
	a := agent(t, &c, azimuth.Options{Store: store, Approve: effect.Policy{Mode: effect.AllMode}})
	r, err := a.Run(context.Background(), goal)
	if err != nil {
		t.Fatal(err)
	}
	v, err := azimuth.OpenView(context.Background(), store, "last", nil)
	if err != nil {
		t.Fatal(err)
	}
	if v.Result.Status != r.Status || v.Result.Answer != r.Answer || len(v.Result.Steps) != len(r.Steps) || v.Tree.Len()-1 != r.Usage.Nodes {
		t.Errorf("view %+v\nrun %+v", v.Result, r)
	}
	if c, ok := v.Call(v.Path()[0]); !ok || c.Tool != r.Steps[0].Tool {
		t.Errorf("first step %v", c)
	}
}

func TestSettingsNameWhatIsWrong(t *testing.T) {
	two, half := 2.0, 0.5
	for _, tc := range []struct {
		s    azimuth.Settings
		want string
	}{
		{azimuth.Settings{Strategy: "magic"}, "magic"},
		{azimuth.Settings{Preset: "magic"}, "magic"},
		{azimuth.Settings{Preset: "paper", Samples: 1}, "samples"},
		{azimuth.Settings{Preset: "paper", Alpha: &two}, "alpha"},
		{azimuth.Settings{Preset: "azimuth", Alpha: &half}, "alpha: preset azimuth has no such weight; choose paper"},
		{azimuth.Settings{Temperature: 3}, "temperature"},
		{azimuth.Settings{Parallel: -1}, "parallel"},
		{azimuth.Settings{Parallelism: "some"}, "parallelism"},
	} {
		var c cafe
		_, err := azimuth.New(c.tools(), &azimuth.Options{Settings: tc.s})
		if !errors.Is(err, azimuth.ErrSetting) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%+v: %v", tc.s, err)
		}
	}
}
