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
	"testing"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/tool"
)

// each calls f with one gold answer of each of so many seeds.
func each(t *testing.T, seeds int, f func(t *testing.T, w tool.World, l Label, r *rand.Rand)) {
	for _, name := range world.Names() {
		t.Run(name, func(t *testing.T) {
			w, err := world.Open(name, nil)
			if err != nil {
				t.Fatal(err)
			}
			for seed := range uint64(seeds) {
				l, err := Gold(name, seed, int(seed%3))
				if err != nil {
					t.Fatal(err)
				}
				f(t, w, l, rand.New(rand.NewPCG(seed, 1)))
			}
		})
	}
}

func graded(t *testing.T, w tool.World, plan []tool.Call, l Label) Grade {
	t.Helper()
	g, err := Plan(t.Context(), w, plan, l)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGoldPlansSucceed(t *testing.T) {
	each(t, 1000, func(t *testing.T, w tool.World, l Label, r *rand.Rand) {
		if g := graded(t, w, l.Plan, l); !g.Success || g.F1 != 1 || g.Failed != -1 {
			t.Fatalf("%s: %+v\n%v", l.ID, g, l.Plan)
		}
		if g := graded(t, w, reordered(l, r), l); !g.Success {
			t.Fatalf("%s in another order that it allows: %+v", l.ID, g)
		}
	})
}

// reordered returns the plan in a random order that respects the needs.
func reordered(l Label, r *rand.Rand) []tool.Call {
	var out []tool.Call
	done := make([]bool, len(l.Plan))
	for len(out) < len(l.Plan) {
		j := r.IntN(len(l.Plan))
		if done[j] || slices.ContainsFunc(l.Needs[j], func(i int) bool { return !done[i] }) {
			continue
		}
		done[j] = true
		out = append(out, l.Plan[j])
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
		for i := range 100 {
			l, _ := Gold(name, 2, i)
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
	want := map[string][2]int{"home": {7, 11}, "trip": {9, 18}}
	least, most := map[string]int{}, map[string]int{}
	each(t, 1000, func(t *testing.T, _ tool.World, l Label, _ *rand.Rand) {
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

func TestHandlesAreMade(t *testing.T) {
	each(t, 200, func(t *testing.T, w tool.World, l Label, _ *rand.Rand) {
		for j, c := range l.Plan {
			if l.Makes[j] == "" {
				continue
			}
			res, err := w.Fork().Call(t.Context(), c)
			if err != nil || !strings.Contains(string(res.Value), l.Makes[j]) {
				t.Fatalf("%v makes %s, the label says %s", c, res.Value, l.Makes[j])
			}
			for i, d := range l.Plan {
				if strings.Contains(string(d.Args), l.Makes[j]) && !slices.Contains(l.Needs[i], j) {
					t.Fatalf("%v does not need the call that makes its argument", d)
				}
			}
		}
	})
}

// Whatever is wrong with a plan must cost it the success, and some of F1.
func TestMutationsFail(t *testing.T) {
	each(t, 1000, func(t *testing.T, w tool.World, l Label, r *rand.Rand) {
		for name, plan := range mutations(l, r) {
			if g := graded(t, w, plan, l); g.Success || g.F1 >= 1 {
				t.Fatalf("%s, %s: %+v\n%v", l.ID, name, g, plan)
			}
		}
	})
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
	})
}

// Two requests with the same words must mean the same, or no planner could be right on both.
func TestWordsDetermineTheAnswer(t *testing.T) {
	for _, name := range world.Names() {
		seen := map[string]string{}
		for i := range 2000 {
			l, _ := Gold(name, 1, i)
			if d, ok := seen[l.Goal]; ok && d != string(l.Dict) {
				t.Errorf("%q means %s and %s", l.Goal, d, l.Dict)
			}
			seen[l.Goal] = string(l.Dict)
		}
		if len(seen) < 1980 {
			t.Errorf("%s: only %d of 2000 requests differ", name, len(seen))
		}
	}
}

func TestGoldBelongsToTheTask(t *testing.T) {
	for _, name := range world.Names() {
		tasks, _ := world.Tasks(name, 9, 20)
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
		"home": "2a39ef29eb1c4410",
		"trip": "94e01aedd9d09e5f",
	} {
		h := sha256.New()
		for i := range 200 {
			l, err := Gold(name, 7, i)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(h, l.ID, l.Goal, l.Plan, l.Needs, string(l.Dict))
		}
		if got := hex.EncodeToString(h.Sum(nil)[:8]); got != want {
			t.Errorf("%s: the digest of the first 200 requests is %s, want %s", name, got, want)
		}
	}
}
