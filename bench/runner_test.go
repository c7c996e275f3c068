package bench

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/journal"
)

var small = Spec{
	Suites: []string{"home"}, Strategies: []string{"vote:k=3", "astar:preset=azimuth"}, Tasks: 4, Seeds: 2, First: 7,
	Errors: []string{"diffuse", "skewed"}, Judges: []string{Noisy}, Budgets: []budget.Limits{{ModelCalls: 12}},
}

func run(t *testing.T, s Spec, o *RunnerOptions, sink Sink) *Runner {
	t.Helper()
	r, err := NewRunner(s, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Run(t.Context(), sink); err != nil {
		t.Fatal(err)
	}
	return r
}

// Every run's journal is kept where one asks for it, and the rows stay the same.
func TestJournalsAreKept(t *testing.T) {
	s := small
	s.Tasks, s.Seeds, s.Errors = 2, 1, nil
	s.Suites, s.Strategies = []string{"toolpath"}, []string{"vote:k=3", "costa"} // which learns from what is in its store
	var plain, kept Collected
	store := journal.NewMemory()
	run(t, s, nil, &plain)
	run(t, s, &RunnerOptions{Journals: store}, &kept)
	if d := cmp.Diff(timeless(plain.Rows()), timeless(kept.Rows())); d != "" {
		t.Error(d)
	}
	runs, err := store.Runs(t.Context(), 0)
	if err != nil || len(runs) != len(kept.Rows()) {
		t.Errorf("%d journals of %d runs, %v", len(runs), len(kept.Rows()), err)
	}
	for _, r := range runs {
		if r.Status == "" || r.Records < 3 {
			t.Errorf("%+v", r)
		}
	}
}

func timeless(rows []Row) []Row {
	out := make([]Row, len(rows))
	for i, r := range rows {
		out[i] = r.Timeless()
	}
	return out
}

// The same spec gives the same rows at any parallelism, and no goroutine is left.
func TestParallelismChangesNothing(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	var one, four Collected
	run(t, small, &RunnerOptions{Parallel: 1}, &one)
	run(t, small, &RunnerOptions{Parallel: 4}, &four)
	if len(one.Rows()) != 4*2*2*2 {
		t.Fatalf("%d rows", len(one.Rows()))
	}
	if d := cmp.Diff(timeless(one.Rows()), timeless(four.Rows())); d != "" {
		t.Error(d)
	}
	solved := 0
	for _, r := range one.Rows() {
		if r.ModelCalls > 12 || r.ModelCalls < 1 || r.Samples < r.ModelCalls-1 {
			t.Errorf("%s: %d calls, %d samples", r.Contender, r.ModelCalls, r.Samples)
		}
		if r.Success {
			solved++
		}
		if r.Success && (!r.Finished || r.F1 != 1 || r.Effects == 0 || r.Steps == 0) {
			t.Errorf("a success that is none: %+v", r)
		}
	}
	if solved == 0 || solved == len(one.Rows()) {
		t.Errorf("%d of %d solved: nothing is compared", solved, len(one.Rows()))
	}
}

// An interrupted run that goes on gives what an uninterrupted one gives, even when its last line was torn.
func TestResumeEqualsUninterrupted(t *testing.T) {
	var whole Collected
	run(t, small, nil, &whole)
	path := filepath.Join(t.TempDir(), "out")
	ctx, stop := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	r, err := NewRunner(small, &RunnerOptions{Parallel: 2, Progress: func(p Progress) {
		if p.Done == 9 {
			stop(enough)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	d, err := OpenDir(path, r.Manifest(nil), false)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Run(ctx, d); !errors.Is(err, enough) {
		t.Fatalf("got %v", err)
	}
	if _, err := OpenDir(path, r.Manifest(nil), true); !errors.Is(err, ErrInUse) {
		t.Errorf("a second writer: %v", err)
	}
	before := len(d.Rows())
	if err := d.Close(); err != nil || before < 9 || before > 11 {
		t.Fatalf("%d rows, %v", before, err)
	}
	tear(t, filepath.Join(path, resultsFile))
	var first Progress
	r, err = NewRunner(small, &RunnerOptions{Progress: func(p Progress) {
		if p.Row.Contender == "" {
			first = p
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = OpenDir(path, r.Manifest(nil), true); err != nil {
		t.Fatal(err)
	}
	if err := r.Run(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil || first.Kept != before-1 || first.Total != 32 {
		t.Errorf("%v, began with %+v, want %d kept", err, first, before-1)
	}
	again, err := LoadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(timeless(whole.Rows()), timeless(again.Rows())); d != "" {
		t.Error(d)
	}
}

// tear takes the end off the last line.
func tear(t *testing.T, file string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, raw[:len(raw)-20], 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestDirRefuses(t *testing.T) {
	path := t.TempDir()
	r, err := NewRunner(small, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := r.Manifest([]string{"azimuth", "bench"})
	d, err := OpenDir(path, m, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenDir(path, m, false); !errors.Is(err, ErrThere) || !strings.Contains(err.Error(), "--resume") {
		t.Errorf("without resume: %v", err)
	}
	other := m
	other.Spec.Tasks, other.Spec.Demos, other.Started = 5, -1, m.Started.Add(time.Hour)
	var diff *Mismatch
	if _, err := OpenDir(path, other, true); !errors.As(err, &diff) || !strings.Contains(err.Error(), "tasks was 4 and is 5") || len(diff.Differences) != 2 {
		t.Errorf("another spec: %v", err)
	}
	other = m
	other.Versions.Revision = "abc"
	if _, err := OpenDir(path, other, true); !errors.As(err, &diff) || !strings.Contains(err.Error(), "program") {
		t.Errorf("another program: %v", err)
	}
	if err := os.WriteFile(filepath.Join(path, resultsFile), []byte("{}\nnonsense\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenDir(path, m, true); err == nil || !strings.Contains(err.Error(), "line 2 is damaged") {
		t.Errorf("a damaged file: %v", err)
	}
	if _, err := LoadDir(filepath.Join(path, "none")); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "azimuth bench run") {
		t.Errorf("an empty directory: %v", err)
	}
}

// The built-in model needs no simulation: no table of it says so.
func TestLexicalModel(t *testing.T) {
	var rows Collected
	s := Spec{Suites: []string{"trip"}, Strategies: []string{"greedy"}, Model: "lexical", Tasks: 2, Seeds: 1}
	r := run(t, s, nil, &rows)
	ts := Tables(s, rows.Rows())
	if len(ts) != 1 || ts[0].Simulated != "" || strings.Contains(ts[0].Heading, "SIMULATED") || r.Manifest(nil).Simulated != nil {
		t.Errorf("got %+v", ts)
	}
	if ts[0].Lines[0].Tasks != 2 || ts[0].Lines[0].Means.Calls == 0 {
		t.Errorf("got %+v", ts[0].Lines)
	}
}

func TestRunEndsAtTheFirstError(t *testing.T) {
	r, err := NewRunner(small, &RunnerOptions{Parallel: 2})
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("disk full")
	if err := r.Run(t.Context(), &failing{after: 3, err: full}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type failing struct {
	Collected
	after int
	err   error
}

func (f *failing) Put(r Row) error {
	if f.after--; f.after < 0 {
		return f.err
	}
	return f.Collected.Put(r)
}

// A vote's way shows how clear it was; the least margin and the mean share are those of its own steps.
func TestRowsSayHowClearTheVotesWere(t *testing.T) {
	var c Collected
	run(t, Spec{Suites: []string{"home"}, Strategies: []string{"greedy", "vote", "astar:preset=outline"}, Tasks: 10, Seeds: 1, P: []float64{0.8}}, nil, &c)
	clear, doubtful := 0, 0
	for _, r := range c.Rows() {
		switch {
		case r.Top < 0 || r.Top > 1 || r.Margin > 5 || r.Finished && r.Top == 0:
			t.Errorf("%s, task %d: margin %d, top %v", r.Contender, r.Task, r.Margin, r.Top)
		case r.Contender == "greedy" && r.Margin > 1:
			t.Errorf("one sample a step leads by %d", r.Margin)
		case r.Contender == "vote" && r.Margin >= 2:
			clear++
		case r.Contender == "vote":
			doubtful++
		}
	}
	if clear == 0 || doubtful == 0 {
		t.Errorf("%d votes were clear, %d were not", clear, doubtful)
	}
}
