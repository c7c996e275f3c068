package bench

import (
	"testing"

	"github.com/azimuthdev/azimuth/budget"
)

// rows makes a row for each character of a text: S is solved. Every task takes calls.
func rows(c Condition, contender, solved string, calls int) []Row {
	var out []Row
	for i, ch := range solved {
		out = append(out, Row{Key{c, contender, 1, i}, Measures{Success: ch == 'S', Finished: true, ModelCalls: calls, Samples: 5 * calls, Prompt: 100, Completion: 20}})
	}
	return out
}

func TestTables(t *testing.T) {
	s := Spec{Suites: []string{"home"}, Strategies: []string{"greedy", "vote", "uniform"}, Budgets: []budget.Limits{{ModelCalls: 10}, {ModelCalls: 40}}}
	c := s.Conditions()[0]
	all := append(rows(c, "vote", "SSSS.S", 8), rows(c, "greedy", "S....S", 4)...)
	ts := Tables(s, all)
	if len(ts) != 1 || len(ts[0].Lines) != 2 || ts[0].Lines[0].Contender != "greedy" || len(ts[0].Pairs) != 1 {
		t.Fatalf("got %+v", ts)
	}
	l, ok := ts[0].Line("vote")
	if !ok || l.Solved != 5 || l.Tasks != 6 || l.Means.Calls != 8 || l.Means.Samples != 40 || l.Finished < 0.999 {
		t.Errorf("got %+v", l)
	}
	near(t, "tokens", l.Means.Tokens, 120, 1e-9)
	if _, ok := ts[0].Line("uniform"); ok {
		t.Error("a contender without rows has a line")
	}
	if best, ok := ts[0].Best([]string{"greedy", "vote", "uniform"}); !ok || best != "vote" {
		t.Errorf("the best is %q", best)
	}
	if _, ok := ts[0].Best([]string{"uniform"}); ok {
		t.Error("a contender without a line is the best")
	}
	against := ts[0].Against("greedy")
	if len(against) != 1 || against[0].A != "vote" || against[0].OnlyA != 3 || against[0].OnlyB != 0 || against[0].Calls != 0.5 {
		t.Errorf("got %+v", against)
	}
	p := ts[0].Against("vote")[0]
	if p.A != "greedy" || p.OnlyB != 3 || p.Diff.At != -0.5 || p.Diff.Lo > p.Diff.Hi || p.Calls != 2 || p.Holm != p.Mid {
		t.Errorf("turned: %+v", p)
	}
}

// Only tasks that both were run on are compared.
func TestCompareIsPaired(t *testing.T) {
	c := Condition{Suite: "home"}
	a := rows(c, "a", "SSS...", 2)
	b := rows(c, "b", "S..S", 4)
	b[0].Seed = 9
	p := Compare(a, b)
	if p.Tasks != 3 || p.OnlyA != 2 || p.OnlyB != 1 || p.Calls != 2 {
		t.Errorf("got %+v", p)
	}
}

func TestCurvesAndSaved(t *testing.T) {
	s := Spec{Suites: []string{"home"}, Strategies: []string{"vote", "uniform"}, Budgets: []budget.Limits{{ModelCalls: 10}, {ModelCalls: 40}}}
	cs := s.Conditions()
	var all []Row
	for i, x := range []struct {
		solved string
		calls  int
	}{{"SSSS.", 9}, {"SSSSS", 12}} {
		all = append(all, rows(cs[i], "vote", x.solved, x.calls)...)
	}
	all = append(all, rows(cs[0], "uniform", "S....", 10)...)
	all = append(all, rows(cs[1], "uniform", "SSSS.", 36)...)
	curves := Curves(Tables(s, all))
	if len(curves) != 2 || len(curves[0].Points) != 2 || curves[0].Contender != "vote" || curves[0].Points[1].Budget.ModelCalls != 40 {
		t.Fatalf("got %+v", curves)
	}
	if best, ok := BestCurve(curves, []string{"vote", "uniform"}); !ok || best.Contender != "vote" {
		t.Errorf("the best is %+v", best)
	}
	if _, ok := BestCurve(curves, []string{"greedy"}); ok {
		t.Error("a contender without a curve is the best")
	}
	r := Saved(curves[0], curves[1])
	if !r.Reached || r.Ratio != 4 {
		t.Errorf("got %+v", r)
	}
	near(t, "gap", r.Gap, 0.2, 1e-9)
	if r := Saved(curves[1], curves[0]); r.Reached || r.Ratio != 0 {
		t.Errorf("got %+v", r)
	}
	if r := Saved(Curve{}, curves[0]); r.Reached {
		t.Errorf("without points: %+v", r)
	}
}
