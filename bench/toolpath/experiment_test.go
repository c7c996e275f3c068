package toolpath

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	world "github.com/azimuthdev/azimuth/bench/world/toolpath"
	planner "github.com/azimuthdev/azimuth/engine/toolpath"
)

func TestExperiment(t *testing.T) {
	var told []int
	o := Options{Tasks: 2, Lessons: 1, Parallel: 1, Edits: []int{2, 3}, Progress: func(done, of int) { told = append(told, done, of) }}
	r, err := Experiment(t.Context(), &o)
	if err != nil {
		t.Fatal(err)
	}
	if want := 2*2*len(o.Edits) + 4; len(told) != want || told[want-2] != told[want-1] {
		t.Errorf("progress was %v", told)
	}
	o.Parallel = 2
	again, err := Experiment(t.Context(), &o)
	if err != nil || !reflect.DeepEqual(r.Rows, again.Rows) {
		t.Errorf("the same again, two at a time, gives other rows, or %v", err)
	}
	if want := len(o.Edits)*len(contenders()) + 2; len(r.Rows) != want {
		t.Errorf("there are %d rows, want %d", len(r.Rows), want)
	}
	for _, x := range r.Rows {
		if x.Tasks != 2 || !(x.Cost > 0 && x.Cost <= x.Spent+1e-9) || x.Likeness < 0 || x.Likeness > 1 || x.Good < x.Whole || x.Good > 1 {
			t.Errorf("%+v can't be", x)
		}
	}
	for _, name := range []string{"path cost over alpha 0 to 2", "fall of edits done well"} {
		if !slices.ContainsFunc(r.Measured, func(p Point) bool { return strings.HasPrefix(p.What, name) && p.Want != "" }) {
			t.Errorf("nothing is said of %s", name)
		}
	}
	if r.Holds() != !slices.ContainsFunc(r.Measured, func(p Point) bool { return p.Want != "" && !p.Holds }) {
		t.Error("the verdict is not that of its points")
	}
}

func TestFalls(t *testing.T) {
	for _, c := range []struct {
		v    []float64
		want bool
	}{{nil, true}, {[]float64{3, 2, 2, 1}, true}, {[]float64{3, 2, 2.1}, false}} {
		if falls(c.v) != c.want {
			t.Errorf("%v: want %v", c.v, c.want)
		}
	}
}

// A verdict says no where the numbers do: here a front that rises, and accuracy that decays.
func TestFailingClaimsFail(t *testing.T) {
	r := newReport(Options{Tasks: 1, Edits: []int{2, 8}})
	for _, n := range r.Edits {
		for i, a := range alphas {
			r.Rows = append(r.Rows, Row{Contender: Alpha(a), Edits: n, Cost: float64(1 + i), Likeness: float64(i) / 10, Good: 1 - float64(n)/10})
		}
		for _, name := range []string{Cheapest, BestTool} {
			r.Rows = append(r.Rows, Row{Contender: name, Edits: n, Cost: .5, Likeness: .9, Good: 1})
		}
	}
	r.front()
	r.flat()
	for _, p := range r.Measured {
		if p.Want != "" && p.Holds {
			t.Errorf("%s: %s passes for %s", p.What, p.Got, p.Want)
		}
	}
	if r.Holds() {
		t.Error("the claim holds")
	}
}

// Where the search accepts what no fixed path does, it is because of other settings; where all paths were carried out,
// the enumeration is the best of those that it shares with others.
func TestExhaustiveIsBest(t *testing.T) {
	for i := range 2 {
		c, err := newCourse(5, i, 3)
		if err != nil {
			t.Fatal(err)
		}
		g, err := world.Catalog().Graph(nil, c.subtasks)
		if err != nil {
			t.Fatal(err)
		}
		best, err := c.exhaust(t.Context(), g, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range [][]int{greedy(g, true), greedy(g, false), blind(g, 1)} {
			o, err := c.follow(t.Context(), g, path)
			if err != nil || o.whole && (!best.whole || best.value > o.value) || !best.whole && best.value > o.value || o.cost > best.spent {
				t.Errorf("request %d: %v gives %+v, all paths give %+v, %v", i, path, o, best, err)
			}
		}
	}
}

func TestBrokenToolIsAvoided(t *testing.T) {
	c, err := newCourse(5, 1, 4)
	if err != nil {
		t.Fatal(err)
	}
	table := &planner.Table{}
	_, res, err := c.plan(t.Context(), table, costaOptions(1))
	if err != nil {
		t.Fatal(err)
	}
	c.broken = firstFinal(res)
	out, again, err := c.plan(t.Context(), table, costaOptions(1))
	if err != nil || !again.Complete || out.likeness == 0 {
		t.Fatalf("%+v, %+v, %v", out, again.ToolPath, err)
	}
	if slices.ContainsFunc(again.Steps, func(o planner.Output) bool { return o.Tool == c.broken }) || failures(table, c.broken) == 0 {
		t.Errorf("%s is broken; the path is %+v, the table knows of %d failures", c.broken, again.ToolPath, failures(table, c.broken))
	}
	local, err := c.goLocally(t, table)
	if err != nil || local.good == 0 {
		t.Errorf("going edit by edit with a check gives %+v, %v", local, err)
	}
}

func (c *course) goLocally(t *testing.T, table *planner.Table) (outcome, error) {
	g, err := world.Catalog().Graph(table, c.subtasks)
	if err != nil {
		return outcome{}, err
	}
	return c.local(t.Context(), g)
}

func TestOptions(t *testing.T) {
	if _, err := Experiment(t.Context(), &Options{Tasks: -1}); err == nil || !strings.Contains(err.Error(), "tasks: -1") {
		t.Errorf("got %v", err)
	}
	for _, bad := range [][]int{{1}, {9}, {0}, {4, 3}} {
		if _, err := Experiment(t.Context(), &Options{Edits: bad}); err == nil || !strings.Contains(err.Error(), "from 2 to 8") {
			t.Errorf("lengths %v: %v", bad, err)
		}
	}
}
