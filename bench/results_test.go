package bench

import (
	"errors"
	"strings"
	"testing"
)

func TestMerge(t *testing.T) {
	dir := func(change func(*Manifest), contender, solved string) *Dir {
		s := Spec{Suites: []string{"home"}, Strategies: []string{contender}, Tasks: 4, Seeds: 1}.WithDefaults()
		d := &Dir{path: contender, Manifest: Manifest{Model: "noisy", Spec: s}}
		if change != nil {
			change(&d.Manifest)
		}
		for _, r := range rows(s.Conditions()[0], contender, solved, 3) {
			_ = d.Collected.Put(r)
		}
		return d
	}
	res, err := Merge(dir(nil, "vote", "SS.."), dir(nil, "greedy", "S.."), dir(nil, "vote", "SS.."))
	if err != nil || len(res.Rows) != 7 || res.Missing != 1 || len(res.Specs()) != 3 {
		t.Fatalf("got %+v, %v", res, err)
	}
	ts, err := Pooled(res.Specs(), res.Rows, nil)
	if err != nil || len(ts) != 1 || len(ts[0].Lines) != 2 || ts[0].Lines[0].Tasks != 4 || ts[0].Pairs[0].Tasks != 3 {
		t.Errorf("got %+v, %v", ts, err)
	}
	if _, err := Merge(dir(nil, "vote", "SS.."), dir(nil, "vote", "S...")); err == nil || !strings.Contains(err.Error(), "task 1 is another row") {
		t.Errorf("rows that differ: %v", err)
	}
	var m *Mismatch
	if _, err := Merge(dir(nil, "vote", "S"), dir(func(m *Manifest) { m.Spec.Demos = -1 }, "greedy", "S")); !errors.As(err, &m) || !strings.Contains(err.Error(), "demos was 5 and is -1; report them one by one") {
		t.Errorf("another memory: %v", err)
	}
}

// Signs and the rule, on tasks made by hand: the rule is right where the clear votes are, and pays twice elsewhere.
func TestSignsOf(t *testing.T) {
	s := Spec{Suites: []string{"home"}, Strategies: []string{"vote", "uniform"}}
	c := s.Conditions()[0]
	base, search := rows(c, "vote", "SS..S", 10), rows(c, "uniform", "S.SSS", 35)
	for i, sign := range []struct {
		margin int
		top    float64
	}{{3, 0.9}, {2, 0.75}, {2, 0.74}, {0, 0.9}, {-1, 0.5}} {
		base[i].Margin, base[i].Top = sign.margin, sign.top
	}
	base[4].Finished = false
	got, err := SignsOf([]Spec{s}, append(base, search...), nil, "vote", []string{"uniform", "vote"})
	if err != nil || len(got) != 2 {
		t.Fatalf("got %+v, %v", got, err)
	}
	x := got[0]
	for i, want := range []int{1, 0, 2, 1, 1} {
		if x.Margin[i].Tasks != want {
			t.Errorf("margin %s: %d tasks, want %d", x.Margin[i].Sign, x.Margin[i].Tasks, want)
		}
	}
	if r := x.Rule; r.Clear != 2 || r.Over != 3 || r.Base.Success.At != 0.6 || r.Search.Success.At != 0.8 || r.Both.Success.At != 1 || r.Both.Calls != 31 {
		t.Errorf("got %+v", r)
	}
	if got, _ := SignsOf([]Spec{s}, append(base, search...), nil, "uniform", []string{"vote"}); len(got) != 0 {
		t.Errorf("a base without votes has signs: %+v", got)
	}
}
