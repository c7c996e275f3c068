package bench

import (
	"errors"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/budget"
)

var twoSuites = Spec{Suites: []string{"home", "trip"}, Strategies: []string{"greedy", "vote"}, P: []float64{0.55, 0.8}, Judges: []string{None, Noisy}}

// pooledRows gives vote three of four tasks and greedy one, under every condition.
func pooledRows(s Spec) []Row {
	var all []Row
	for _, c := range s.Conditions() {
		all = append(all, rows(c, "vote", "SSS.", 8)...)
		all = append(all, rows(c, "greedy", "S...", 4)...)
	}
	return all
}

func TestPooled(t *testing.T) {
	for _, c := range []struct {
		axes          []string
		tables, pools int
		heading       string
	}{
		{nil, 8, 1, "home: SIMULATED proposer (p=0.55, e=0.3, diffuse errors)"},
		{[]string{AxisSuite}, 4, 2, "home and trip: SIMULATED proposer (p=0.55, e"},
		{[]string{AxisSuite, AxisP}, 2, 4, "home and trip: SIMULATED proposer (p=0.55 and 0.8, e=0.3"},
		{Axes(), 1, 8, "and judge, judge none and noisy; budget calls=40"},
	} {
		ts, err := Pooled([]Spec{twoSuites}, pooledRows(twoSuites), c.axes)
		if err != nil || len(ts) != c.tables {
			t.Fatalf("%v: %d tables, %v", c.axes, len(ts), err)
		}
		l, _ := ts[0].Line("vote")
		p := ts[0].Pairs[0]
		if ts[0].Pools != c.pools || l.Tasks != 4*c.pools || l.Solved != 3*c.pools || p.Tasks != 4*c.pools || p.OnlyA != 2*c.pools || p.Diff.At != 0.5 {
			t.Errorf("%v: %+v, %+v", c.axes, l, p)
		}
		if !strings.Contains(ts[0].Heading, c.heading) {
			t.Errorf("%v: %s", c.axes, ts[0].Heading)
		}
	}
	var unknown *UnknownError
	if _, err := Pooled([]Spec{twoSuites}, nil, []string{"phase"}); !errors.As(err, &unknown) || len(unknown.Known) != 6 {
		t.Errorf("got %v", err)
	}
}

// Where conditions are pooled, tasks are paired within each of them, and rows stand in any order.
func TestPooledPairsWithinConditions(t *testing.T) {
	s := Spec{Suites: []string{"home", "trip"}, Strategies: []string{"greedy", "vote"}}
	cs := s.Conditions()
	all := append(rows(cs[0], "vote", "SSSS", 1), rows(cs[1], "greedy", "SSSS", 1)...)
	all = append(all, rows(cs[1], "vote", "S", 1)...)
	all[0], all[2] = all[2], all[0]
	ts, err := Pooled([]Spec{s}, all, []string{AxisSuite})
	if err != nil || len(ts) != 1 || ts[0].Pairs[0].Tasks != 1 || ts[0].Pairs[0].Diff.At != 0 {
		t.Errorf("got %+v, %v", ts, err)
	}
}

// Of one suite whose tasks have one row each it is nearly Bonett and Price's interval; a task that is there four times is
// still one task; strata that agree within say more than their mixture.
func TestStratified(t *testing.T) {
	tasks := func(each, more int, n ...int) stratum {
		var s stratum
		for sign, k := range n {
			for range k {
				s.add(difference{more * (1 - sign), each})
			}
		}
		return s
	}
	width := func(s ...stratum) float64 { d, _ := stratified(s, Z95); return d.Hi - d.Lo }
	want, got := Difference(70, 10, 210, Z95), Interval{}
	got, p := stratified([]stratum{tasks(1, 1, 70, 130, 10)}, Z95)
	near(t, "at", got.At, want.At, 1e-12)
	near(t, "lo", got.Lo, want.Lo, 1e-3)
	near(t, "hi", got.Hi, want.Hi, 1e-3)
	if p > 1e-9 {
		t.Errorf("p %v", p)
	}
	near(t, "four rows a task", width(tasks(4, 4, 70, 130, 10)), want.Hi-want.Lo, 3e-3)
	if mixed, apart := width(tasks(1, 1, 100, 100)), width(tasks(1, 1, 100), tasks(1, 1, 0, 100)); !(apart < mixed/3) {
		t.Errorf("widths: %v mixed, %v apart", mixed, apart)
	}
	if d, p := stratified(nil, Z95); d.Lo != -1 || d.Hi != 1 || p != 1 {
		t.Errorf("nothing known: %v, %v", d, p)
	}
}

func TestCollected(t *testing.T) {
	var c Collected
	s := Spec{Suites: []string{"home"}, Strategies: []string{"vote"}, Budgets: []budget.Limits{{ModelCalls: 10}, {ModelCalls: 20}}}
	for _, cond := range s.Conditions() {
		for i := range 50 {
			_ = c.Put(Row{Key: Key{cond, "vote", 1, 49 - i}, Measures: Measures{Status: "done"}})
		}
	}
	for _, cond := range s.Conditions() {
		if !c.Has(Key{cond, "vote", 1, 7}) || c.Has(Key{cond, "vote", 2, 7}) || c.Has(Key{cond, "greedy", 1, 7}) {
			t.Error("a key is confused with another")
		}
	}
	got := c.Rows()
	if len(got) != 100 || c.Len() != 100 || got[0].Task != 0 || got[49].Task != 49 || got[50].Condition == got[49].Condition {
		t.Errorf("%d rows, from %+v", len(got), got[0].Key)
	}
}
