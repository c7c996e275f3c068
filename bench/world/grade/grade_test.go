package grade

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/tool"
)

// each calls f with one gold answer of each of so many seeds, in each of the worlds, all where none is named.
func each(t *testing.T, seeds int, f func(t *testing.T, w tool.World, l Label, r *rand.Rand), worlds ...string) {
	if len(worlds) == 0 {
		worlds = world.Names()
	}
	for _, name := range worlds {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(share(name, seeds)) {
				l := gold(t, name, seed, int(seed%3))
				f(t, opened(t, l), l, rand.New(rand.NewPCG(seed, 1)))
			}
		})
	}
}

// known are the labels that were drawn, which take longer than what is asked of them: no test changes one.
var known sync.Map

// gold is [Gold], drawn once.
func gold(t *testing.T, name string, seed uint64, i int) Label {
	t.Helper()
	key := fmt.Sprint(name, " ", seed, " ", i)
	if l, ok := known.Load(key); ok {
		return l.(Label)
	}
	l, err := Gold(name, seed, i)
	if err != nil {
		t.Fatal(err)
	}
	known.Store(key, l)
	return l
}

// share is how many seeds a world is tested with: fewer where every call really works on a picture.
func share(name string, seeds int) int {
	if name == "toolpath" {
		return max(1, seeds/8)
	}
	return seeds
}

// opened returns the world as the label's request finds it.
func opened(t *testing.T, l Label) tool.World {
	t.Helper()
	w, err := world.Open(l.ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func graded(t *testing.T, w tool.World, plan []tool.Call, l Label) Grade {
	t.Helper()
	g, err := Run(t.Context(), w, plan, l.Answer, l)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func perfect(g Grade, l Label) bool {
	return g.Success && g.F1 == 1 && g.Failed == -1 && (l.Rule != Lines || g.LCS == 1) && (l.Optimal == 0 || g.Ratio() == 1)
}

func TestGoldPlansSucceed(t *testing.T) {
	each(t, 200, func(t *testing.T, w tool.World, l Label, r *rand.Rand) {
		for _, o := range l.Orders() {
			if g := graded(t, w, o.Plan, l); !perfect(g, l) {
				t.Fatalf("%s: %+v\n%v", l.ID, g, o.Plan)
			}
			if g := graded(t, w, reordered(o, r), l); !perfect(g, l) {
				t.Fatalf("%s in another order that it allows: %+v\n%v\n%v", l.ID, g, o.Plan, o.Needs)
			}
		}
	})
}

func TestDemosSucceed(t *testing.T) {
	for _, name := range world.Names() {
		demos, err := world.Demos(name, 5, share(name, 40))
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range demos {
			l, err := Demo(name, 5, i)
			if err != nil {
				t.Fatal(err)
			}
			if g := graded(t, opened(t, l), d.Calls, l); d.Goal != l.Goal || !g.Success {
				t.Errorf("%s: %+v", l.ID, g)
			}
		}
	}
}

// reordered returns the plan in a random order that respects the needs.
func reordered(o Order, r *rand.Rand) []tool.Call {
	var out []tool.Call
	done := make([]bool, len(o.Plan))
	for len(out) < len(o.Plan) {
		j := r.IntN(len(o.Plan))
		if done[j] || slices.ContainsFunc(o.Needs[j], func(i int) bool { return !done[i] }) {
			continue
		}
		done[j] = true
		out = append(out, o.Plan[j])
	}
	return out
}

func TestGoldPlansAreValidCalls(t *testing.T) {
	for _, name := range world.Names() {
		w, err := world.Open(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		set, err := tool.NewSpecSet(w.Specs())
		if err != nil {
			t.Fatal(err)
		}
		for i := range share(name, 100) {
			l := gold(t, name, 1, i)
			for _, c := range l.Plan {
				got, err := set.Parse(c.Tool, string(c.Args))
				if err != nil || got.Key() != c.Key() {
					t.Fatalf("%s: %v comes back as %v, %v", l.ID, c, got, err)
				}
			}
		}
	}
}

func TestPlanLengths(t *testing.T) {
	want := map[string][2]int{"home": {7, 11}, "trip": {9, 18}, "sheets": {2, 6}, "household": {4, 22}, "arith": {2, 8}, "game24": {3, 3}, "blocks": {4, 14}, "toolpath": {3, 13}}
	least, most := map[string]int{}, map[string]int{}
	each(t, 400, func(t *testing.T, _ tool.World, l Label, _ *rand.Rand) {
		name, _, _ := strings.Cut(l.ID, "-")
		if least[name] == 0 || len(l.Plan) < least[name] {
			least[name] = len(l.Plan)
		}
		most[name] = max(most[name], len(l.Plan))
	})
	for name, w := range want {
		if got := [2]int{least[name], most[name]}; got != w {
			t.Errorf("%s: plans have %v calls, want %v", name, got, w)
		}
	}
}

// What a label says that its calls make, they make; and what takes it needs the call that makes it.
func TestCallsMakeWhatTheLabelSays(t *testing.T) {
	each(t, 200, func(t *testing.T, w tool.World, l Label, _ *rand.Rand) {
		for _, o := range l.Orders() {
			f := w.Fork()
			for j, c := range o.Plan {
				res, err := f.Call(t.Context(), c)
				if err != nil || !strings.Contains(string(res.Value), o.Makes[j]) {
					t.Fatalf("%v makes %s, the label says %s", c, res.Value, o.Makes[j])
				}
				if !bytes.Equal(o.Args(j, nil), c.Args) {
					t.Fatalf("%v has the form %s", c, o.Args(j, nil))
				}
				takes(t, o, j)
			}
		}
	}, "home", "trip", "arith", "game24")
}

func takes(t *testing.T, o Order, j int) {
	for i := range o.Plan {
		uses := strings.Contains(string(o.Plan[i].Args), o.Makes[j]) && strings.Contains(o.Makes[j], "#") ||
			o.Forms != nil && strings.Contains(o.Forms[i], fmt.Sprintf("{%d}", j))
		if o.Makes[j] != "" && uses && !slices.Contains(o.Needs[i], j) {
			t.Fatalf("%v does not need the call that makes its argument", o.Plan[i])
		}
	}
}

func TestArgsTakeWhatWasMade(t *testing.T) {
	o := Order{Plan: make([]tool.Call, 3), Makes: []string{"7", "8", ""}, Forms: []string{"", "", `{"expression":"{0} + {1} - {9}"}`}}
	for want, made := range map[string][]string{`{"expression":"7 + 8 - {9}"}`: nil, `{"expression":"7 + 5 - {9}"}`: {"", "5"}} {
		if got := string(o.Args(2, made)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// Whatever is wrong with a plan must cost it the success, and some of F1.
func TestMutationsFail(t *testing.T) {
	each(t, 1000, func(t *testing.T, w tool.World, l Label, r *rand.Rand) {
		for name, plan := range mutations(l, r) {
			if g := graded(t, w, plan, l); g.Success || g.F1 >= 1 {
				t.Fatalf("%s, %s: %+v\n%v", l.ID, name, g, plan)
			}
		}
	}, "home", "trip")
}

// A plan that lacks a call, that goes on after its end or that fails on the way is no success, nor is a wrong answer.
func TestOtherMutationsFail(t *testing.T) {
	each(t, 300, func(t *testing.T, w tool.World, l Label, r *rand.Rand) {
		i := r.IntN(len(l.Plan))
		for name, plan := range map[string][]tool.Call{
			"a call is missing": slices.Delete(slices.Clone(l.Plan), i, i+1),
			"a call fails":      slices.Insert(slices.Clone(l.Plan), i, tool.Call{Tool: "nothing", Args: []byte("{}")}),
		} {
			if g := graded(t, w, plan, l); g.Success || g.F1 >= 1 {
				t.Fatalf("%s, %s: %+v\n%v", l.ID, name, g, plan)
			}
		}
	}, "sheets", "household", "game24", "blocks")
	each(t, 300, func(t *testing.T, w tool.World, l Label, _ *rand.Rand) {
		for _, answer := range []string{"", "none", l.Answer + "0", "1" + l.Answer, "-" + l.Answer, l.Answer + " or 12345"} {
			if g, err := Run(t.Context(), w, l.Plan, answer, l); err != nil || g.Success && l.Answer != "0" || g.F1 != 0 && l.Answer != "0" {
				t.Errorf("%s: the answer %q is graded %+v, %v; want %s", l.ID, answer, g, err, l.Answer)
			}
		}
		for _, answer := range []string{l.Answer, "The answer is " + l.Answer + ".", "$" + l.Answer + ".00", "12 + 3 = " + l.Answer} {
			if g, err := Run(t.Context(), w, nil, answer, l); err != nil || !g.Success {
				t.Errorf("%s: the answer %q is graded %+v, %v; want %s", l.ID, answer, g, err, l.Answer)
			}
		}
	}, "arith")
}

// Household plans are also worth something in part, and so are conditions of blocks.
func TestPartialGrades(t *testing.T) {
	each(t, 100, func(t *testing.T, w tool.World, l Label, _ *rand.Rand) {
		n := len(l.Plan)
		cut := graded(t, w, l.Plan[:n-1], l)
		more := graded(t, w, append(slices.Clone(l.Plan), l.Plan[0]), l)
		if cut.LCS != float64(n-1)/float64(n) || more.LCS != float64(n)/float64(n+1) || cut.Failed != -1 {
			t.Errorf("%s: %+v, %+v", l.ID, cut, more)
		}
	}, "household")
	each(t, 60, func(t *testing.T, w tool.World, l Label, _ *rand.Rand) {
		first := l.Plan[0] // done, undone, and done again, the first call costs more
		undo := tool.Call{Tool: "put_down", Args: json.RawMessage(`{"block":` + blockOf(first) + `}`)}
		again := tool.Call{Tool: "pick_up", Args: undo.Args}
		g := graded(t, w, append([]tool.Call{first, undo, again}, l.Plan[1:]...), l)
		if want := l.Optimal + 0.04; !g.Success || g.Cost < want-1e-9 || g.Cost > want+1e-9 || g.Ratio() <= 1 {
			t.Errorf("%s: %+v, want a cost of %v", l.ID, g, want)
		}
	}, "blocks")
}

// From any state of a puzzle on the way, what the label says goes on from there succeeds; and it says so where nothing
// does.
func TestPlansFromOtherStates(t *testing.T) {
	each(t, 60, func(t *testing.T, w tool.World, l Label, r *rand.Rand) {
		moves := w.(interface{ Moves() []tool.Call }).Moves()
		calls := []tool.Call{moves[r.IntN(len(moves))]}
		f := w.Fork()
		if _, err := f.Call(t.Context(), calls[0]); err != nil {
			t.Fatal(err)
		}
		o, ok := l.From(f.State())
		if g := graded(t, w, append(calls, o.Plan...), l); g.Success != ok {
			t.Errorf("%s: %v then %v (%v): %+v", l.ID, calls, o.Plan, ok, g)
		}
		for _, bad := range []string{"", "{}", `{"numbers":["x"]}`, `{"numbers":["1"]}`} {
			if _, ok := l.From(json.RawMessage(bad)); ok {
				t.Errorf("%s: a plan from %q", l.ID, bad)
			}
		}
	}, "game24", "blocks")
}

func blockOf(c tool.Call) string {
	var m map[string]json.RawMessage
	if json.Unmarshal(c.Args, &m) != nil {
		return `""`
	}
	return string(m["block"])
}

func mutations(l Label, r *rand.Rand) map[string][]tool.Call {
	out := map[string][]tool.Call{}
	last := len(l.Plan) - 1
	i := r.IntN(len(l.Plan))
	if l.Makes[i] == "" { // a handle can be known without its constructor; its setter can't be spared
		out["a call is missing"] = slices.Delete(slices.Clone(l.Plan), i, i+1)
	}
	out["search is too early"] = slices.Insert(slices.Clone(l.Plan[:last]), r.IntN(last), l.Plan[last])
	late := slices.Clone(l.Plan)
	late[0], late[1+r.IntN(last)] = late[1+r.IntN(last)], late[0]
	if late[0].Tool == "Loc" || late[0].Tool == "Date" || late[0].Tool == l.Plan[0].Tool {
		late = append(slices.Clone(l.Plan[1:2]), l.Plan[0])
	}
	out["the first call is not first"] = late
	for _, j := range r.Perm(len(l.Plan)) {
		c := l.Plan[j]
		if bytes.HasPrefix(c.Args, []byte(`{"value":`)) && c.Args[len(c.Args)-2] >= '0' && c.Args[len(c.Args)-2] <= '9' {
			plan := slices.Clone(l.Plan)
			plan[j].Args = json.RawMessage(strings.Replace(string(c.Args), `:`, `:1`, 1))
			out["another value of "+c.Tool] = plan
			break
		}
	}
	return out
}

func TestScoreOfPartialStates(t *testing.T) {
	each(t, 200, func(t *testing.T, w tool.World, l Label, _ *rand.Rand) {
		w = w.Fork()
		before := -1.0
		for _, c := range l.Plan {
			if _, err := w.Call(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			ok, f1 := Score(w.State(), l)
			if f1 < before || ok != (f1 == 1) {
				t.Fatalf("%s: F1 falls from %v to %v on the gold path, ok %v", l.ID, before, f1, ok)
			}
			before = f1
		}
	}, "home", "trip")
}

// Two requests with the same words must mean the same, or no planner could be right on both.
func TestWordsDetermineTheAnswer(t *testing.T) {
	for _, name := range world.Names() {
		seen, n := map[string]string{}, share(name, 500)
		for i := range n {
			l := gold(t, name, 1, i)
			meaning := string(l.Dict) + l.Answer
			if l.Rule == Lines {
				meaning = fmt.Sprint(l.Orders())
			}
			if d, ok := seen[l.Goal]; ok && d != meaning {
				t.Errorf("%q means %s and %s", l.Goal, d, meaning)
			}
			seen[l.Goal] = meaning
		}
		if len(seen) < n*19/20 {
			t.Errorf("%s: only %d of %d requests differ", name, len(seen), n)
		}
	}
}

func TestGoldBelongsToTheTask(t *testing.T) {
	for _, name := range world.Names() {
		tasks, _ := world.Tasks(name, 9, share(name, 20))
		for i, task := range tasks {
			l, err := Gold(name, 9, i)
			if err != nil || l.ID != task.ID || l.Goal != task.Goal {
				t.Errorf("gold %d is of %s, %v, want %s", i, l.ID, err, task.ID)
			}
		}
	}
	var unknown *world.UnknownError
	if _, err := Gold("moon", 1, 1); !errors.As(err, &unknown) {
		t.Errorf("got %v", err)
	}
}

func ExampleScore() {
	gold, err := Gold("home", 7, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	ok, f1 := Score(gold.Dict, gold)
	fmt.Println(ok, f1)
	// Output: true 1
}

// The requests of a seed and their answers are frozen: results of different versions are compared by them. If
// this fails, measure anew whatever was measured before, and say so.
func TestRequestsAreFrozen(t *testing.T) {
	for name, want := range map[string]string{
		"arith":     "5ae1754e01d58578",
		"blocks":    "d1814fdfb7c5707e",
		"game24":    "65e5fccc36399140",
		"home":      "2a39ef29eb1c4410",
		"household": "2304d12a427b2826",
		"sheets":    "34312d28c94aa385",
		"trip":      "94e01aedd9d09e5f",
	} {
		h := sha256.New()
		for i := range 200 {
			l, err := Gold(name, 7, i)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(h, l.ID, l.Goal, l.Plan, l.Needs, string(l.Dict))
			if name != "home" && name != "trip" { // which were frozen before there was more
				fmt.Fprintln(h, l.Others, l.Makes, l.Forms, l.Answer, l.Optimal)
			}
		}
		if got := hex.EncodeToString(h.Sum(nil)[:8]); got != want {
			t.Errorf("%s: the digest of the first 200 requests is %s, want %s", name, got, want)
		}
	}
}
