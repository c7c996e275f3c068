package bench

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/journal"
)

// Contenders of costa see the journals of their lessons and nothing else: not of other rows, and no lesson is a task.
func TestLessonsAreNoTasks(t *testing.T) {
	kept := journal.NewMemory()
	spec := Spec{
		Suites: []string{"toolpath"}, Strategies: []string{"vote", "costa", "costa:alpha=0"}, Tasks: 2, Seeds: 1, Judges: []string{Noisy}, Lessons: 3,
		Budgets: []budget.Limits{{ModelCalls: 30}},
	}
	r, err := NewRunner(spec, &RunnerOptions{Journals: kept})
	if err != nil {
		t.Fatal(err)
	}
	k := Key{Condition: spec.Conditions()[0], Contender: "costa", Seed: 1}
	e := &environment{outfit: outfit{journals: apartOf(kept)}}
	if err := e.make(placeOf(k), r.spec, r.open); err != nil {
		t.Fatal(err)
	}
	for _, goal := range e.lessons.goals {
		if slices.Contains(e.goals, goal) {
			t.Errorf("%q is a lesson and a task", goal)
		}
	}
	for i, c := range r.contenders {
		s, err := e.lessons.learnt(t.Context(), k, c, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if s != nil {
				t.Error("vote is taught")
			}
			continue
		}
		for range 2 { // the second time it was one that was measured already
			if _, err := e.measure(t.Context(), k, c, time.Now); err != nil {
				t.Fatal(err)
			}
			seen, err := e.after(s).Runs(t.Context(), 0)
			if err != nil || len(seen) != 3 {
				t.Fatalf("%s sees %d runs, want its 3 lessons; %v", c.Name, len(seen), err)
			}
			for _, run := range seen {
				if !slices.Contains(e.lessons.goals, run.Goal) {
					t.Errorf("%s sees %q, which is no lesson", c.Name, run.Goal)
				}
			}
		}
	}
	if runs, err := kept.Runs(t.Context(), 0); err != nil || len(runs) != 4 {
		t.Errorf("%d journals of rows were kept, want 4; %v", len(runs), err)
	}
}

// The journals of lessons teach: without solved requests in memory the first tools are others after them.
func TestLessonsTeach(t *testing.T) {
	took := func(n int) (sum float64) {
		var rows Collected
		r, err := NewRunner(Spec{
			Suites: []string{"toolpath"}, Strategies: []string{"costa:alpha=0"}, Tasks: 4, Seeds: 1, P: []float64{1}, Judges: []string{Noisy}, Demos: -1, Lessons: n,
		}, nil)
		if err == nil {
			err = r.Run(t.Context(), &rows)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows.Rows() {
			sum += row.ToolMS
		}
		return sum
	}
	if before, after := took(0), took(6); after == before {
		t.Errorf("the plans' tools take %v ms with and without lessons", after)
	}
}

func TestLessonsAreInRange(t *testing.T) {
	for _, n := range []int{-1, 101} {
		if err := (Spec{Suites: []string{"home"}, Strategies: []string{"vote"}, Lessons: n}).Validate(); err == nil {
			t.Errorf("%d lessons are taken", n)
		}
	}
	if err := (Spec{Suites: []string{"home"}, Strategies: []string{"vote"}, Lessons: 2}).Validate(); err == nil || !strings.Contains(err.Error(), "only costa learns from them") {
		t.Errorf("lessons that nobody learns from: %v", err)
	}
}
