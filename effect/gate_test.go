package effect_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/tool"
)

// log keeps kinds in the order in which they were written, and can be full.
type log struct {
	kinds []journal.Kind
	full  bool
}

func (l *log) Append(_ context.Context, k journal.Kind, _ any) error {
	if l.full {
		return errors.New("no space left on device")
	}
	l.kinds = append(l.kinds, k)
	return nil
}
func (l *log) AppendSync(ctx context.Context, k journal.Kind, p any) error {
	return l.Append(ctx, k, p)
}
func (l *log) Flush(context.Context) error { return nil }

func (l *log) String() string {
	var words []string
	for _, k := range l.kinds {
		words = append(words, string(k))
	}
	return strings.Join(words, " ")
}

// till is a tool with a price and an idempotency key; it notes what it was called with.
type till struct {
	effect tool.Effect
	calls  []string
	log    *log
	seen   string // what was in the log when it was called
	fail   error
}

func (t *till) Spec() tool.Spec {
	return tool.Spec{
		Name: "pay", Effect: t.effect, KeyParam: "key", Price: tool.Price{USD: 0.25},
		Input: json.RawMessage(`{"type":"object","properties":{"sum":{"type":"integer"},"key":{"type":"string"}},"required":["sum"]}`),
	}
}

func (t *till) Call(_ context.Context, args json.RawMessage) (tool.Result, error) {
	t.calls = append(t.calls, string(args))
	t.seen = t.log.String()
	return tool.Result{Content: "paid"}, t.fail
}

func gate(t *testing.T, x *till, limits string, o effect.Options) (*effect.Gate, *budget.Ledger, tool.Call) {
	t.Helper()
	set, err := tool.NewSet(x)
	if err != nil {
		t.Fatal(err)
	}
	l, err := budget.Parse(limits)
	if err != nil {
		t.Fatal(err)
	}
	ledger := budget.New(l, nil)
	o.Run = "r"
	g, err := effect.NewGate(set, ledger, x.log, &o)
	if err != nil {
		t.Fatal(err)
	}
	c, err := set.Parse("pay", `{"sum":7}`)
	if err != nil {
		t.Fatal(err)
	}
	return g, ledger, c
}

func step(x *till, c tool.Call) effect.Step {
	return effect.Step{Node: 3, Number: 1, Call: c, Spec: x.Spec()}
}

func TestReadRefusesEffects(t *testing.T) {
	for _, eff := range []tool.Effect{tool.Unknown, tool.Idempotent, tool.Reversible, tool.Destructive} {
		x := &till{effect: eff, log: &log{}}
		g, _, c := gate(t, x, "usd=1", effect.Options{Policy: effect.Policy{Mode: effect.AllMode}})
		if _, err := g.Read(context.Background(), c); !errors.Is(err, effect.ErrEffect) || len(x.calls) != 0 {
			t.Errorf("%s: %v, %d calls", eff, err, len(x.calls))
		}
	}
}

func TestCommitWritesAheadAndPassesTheKey(t *testing.T) {
	x := &till{effect: tool.Destructive, log: &log{}}
	g, ledger, c := gate(t, x, "usd=1", effect.Options{Policy: effect.Policy{Mode: effect.AllMode}})
	ctx := context.Background()
	_, p, err := g.Approve(ctx, step(x, c))
	if err != nil || p == nil {
		t.Fatal(p, err)
	}
	r, err := g.Commit(ctx, p, c, c, 0)
	if err != nil || r.Content != "paid" {
		t.Fatal(r, err)
	}
	if x.seen != "approval intent" || x.log.String() != "approval intent done" {
		t.Errorf("when called %q, afterwards %q", x.seen, x.log)
	}
	if want := `{"key":"r-3-0","sum":7}`; x.calls[0] != want {
		t.Errorf("called with %s, want %s", x.calls[0], want)
	}
	if s := ledger.Spent(); s.ToolCalls != 1 || s.USD != 0.25 {
		t.Errorf("spent %+v", s)
	}
	if _, err := g.Commit(ctx, p, c, c, 0); !errors.Is(err, effect.ErrDenied) || len(x.calls) != 1 {
		t.Errorf("a permit was used twice: %v", err)
	}
}

func TestPermitIsForOneCall(t *testing.T) {
	x := &till{effect: tool.Destructive, log: &log{}}
	g, _, c := gate(t, x, "usd=1", effect.Options{Policy: effect.Policy{Mode: effect.AllMode}})
	_, p, err := g.Approve(context.Background(), step(x, c))
	if err != nil {
		t.Fatal(err)
	}
	other := tool.Call{Tool: "pay", Args: json.RawMessage(`{"sum":8}`)}
	for _, permit := range []*effect.Permit{p, nil} {
		if _, err := g.Commit(context.Background(), permit, other, other, 0); !errors.Is(err, effect.ErrDenied) {
			t.Errorf("%v", err)
		}
	}
	if len(x.calls) != 0 {
		t.Errorf("calls %v", x.calls)
	}
}

func TestNothingStartsWithoutBudgetOrJournal(t *testing.T) {
	for name, tc := range map[string]struct {
		limits string
		full   bool
	}{"budget": {"usd=0.20", false}, "journal": {"usd=1", true}} {
		x := &till{effect: tool.Destructive, log: &log{}}
		g, ledger, c := gate(t, x, tc.limits, effect.Options{Policy: effect.Policy{Mode: effect.AllMode}})
		_, p, err := g.Approve(context.Background(), step(x, c))
		if err != nil {
			t.Fatal(err)
		}
		x.log.full = tc.full
		if _, err := g.Commit(context.Background(), p, c, c, 0); err == nil || len(x.calls) != 0 {
			t.Errorf("%s: %v, %d calls", name, err, len(x.calls))
		}
		if s := ledger.Spent(); s != (budget.Amount{}) {
			t.Errorf("%s: spent %+v", name, s)
		}
	}
}

func TestUnknownOutcome(t *testing.T) {
	x := &till{effect: tool.Destructive, log: &log{}, fail: errors.New("the line went dead")}
	g, _, c := gate(t, x, "usd=1", effect.Options{Policy: effect.Policy{Mode: effect.AllMode}})
	_, p, err := g.Approve(context.Background(), step(x, c))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Commit(context.Background(), p, c, c, 0); !errors.Is(err, effect.ErrUnknown) {
		t.Error(err)
	}
	if x.log.String() != "approval intent done" {
		t.Errorf("log %q", x.log)
	}
}

func TestPolicy(t *testing.T) {
	rules := []effect.Rule{{Tool: "pay_small", Decision: effect.Approve}, {Tool: "pay*", Decision: effect.Deny}, {Tool: "mail", Decision: effect.Ask}}
	for _, tc := range []struct {
		mode effect.Mode
		tool string
		eff  tool.Effect
		want effect.Decision
	}{
		{effect.AskMode, "pay_small", tool.Destructive, effect.Approve},
		{effect.AllMode, "pay_big", tool.Destructive, effect.Deny},
		{effect.AllMode, "pay_big", tool.Read, effect.Approve},
		{effect.AllMode, "mail", tool.Unknown, effect.Ask},
		{effect.AllMode, "other", tool.Unknown, effect.Approve},
		{effect.ReadMode, "other", tool.Idempotent, effect.Deny},
		{"", "other", tool.Idempotent, effect.Ask},
	} {
		p := effect.Policy{Mode: tc.mode, Rules: rules}
		if got, by := p.Decide(tool.Spec{Name: tc.tool, Effect: tc.eff}); got != tc.want {
			t.Errorf("%q %s %s: %s by %s, want %s", tc.mode, tc.tool, tc.eff, got, by, tc.want)
		}
	}
}

func TestDenyingRuleHoldsAgainstAReviewedFile(t *testing.T) {
	for _, mode := range []effect.Mode{effect.AskMode, effect.AllMode, effect.ReadMode} {
		x := &till{effect: tool.Destructive, log: &log{}}
		g, _, c := gate(t, x, "usd=1", effect.Options{Policy: effect.Policy{Mode: mode, Rules: []effect.Rule{{Tool: "pay", Decision: effect.Deny}}}})
		if _, err := g.Grant(context.Background(), step(x, c), "plan file"); !errors.Is(err, effect.ErrDenied) {
			t.Errorf("%s: %v", mode, err)
		}
		free, _, c := gate(t, x, "usd=1", effect.Options{Policy: effect.Policy{Mode: mode}})
		if p, err := free.Grant(context.Background(), step(x, c), "plan file"); err != nil || p == nil {
			t.Errorf("%s without a rule: %v", mode, err)
		}
	}
}

func TestPolicyNamesWhatIsWrong(t *testing.T) {
	for want, p := range map[string]effect.Policy{
		"sometimes": {Mode: "sometimes"},
		"pattern":   {Rules: []effect.Rule{{Tool: "[", Decision: effect.Deny}}},
		"decision":  {Rules: []effect.Rule{{Tool: "x", Decision: "edit"}}},
	} {
		if err := p.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
