package journaltest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/google/go-cmp/cmp"
)

func isErr(got, want error) bool { return errors.Is(got, want) }

func create(t *testing.T, s journal.Store) {
	ctx := t.Context()
	in := journal.Run{ID: "r-1", Goal: "a \"goal\" <é>", Status: "", Started: start.In(time.FixedZone("", 3600)), Records: 99}
	must(t, s.Create(ctx, in))
	wantErr(t, "a second run of that id", s.Create(ctx, in), journal.ErrExists)
	got, err := s.Get(ctx, "r-1")
	want := journal.Run{ID: "r-1", Goal: in.Goal, Started: start, Version: journal.Version}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Errorf("error %v (-want +got):\n%s", err, d)
	}
	must(t, s.Create(ctx, journal.Run{ID: "timeless"}))
	if got, err := s.Get(ctx, "timeless"); err != nil || !got.Started.IsZero() {
		t.Errorf("a run without a time began at %v, %v", got.Started, err)
	}
	wantRecords(t, s, "r-1", 1, nil)
}

func ids(t *testing.T, s journal.Store) {
	for _, id := range []string{"", "last", "..", "../x", "a/b", "a b", "-a", ".a", "é", "a\x00", strings.Repeat("a", 101)} {
		wantErr(t, fmt.Sprintf("create %q", id), s.Create(t.Context(), journal.Run{ID: id, Started: start}), journal.ErrID)
		_, err := s.Lock(t.Context(), id)
		wantErr(t, fmt.Sprintf("lock %q", id), err, journal.ErrID)
	}
	for _, id := range []string{"a", "0", "A.b_c-9", strings.Repeat("a", 100)} {
		must(t, s.Create(t.Context(), journal.Run{ID: id, Started: start}))
	}
}

// names lists runs' ids.
func names(t testing.TB, s journal.Store, limit int) string {
	t.Helper()
	rs, err := s.Runs(t.Context(), limit)
	must(t, err)
	var out []string
	for _, r := range rs {
		out = append(out, r.ID)
	}
	return strings.Join(out, " ")
}

func runs(t *testing.T, s journal.Store) {
	if got := names(t, s, 0); got != "" {
		t.Errorf("an empty store has the runs %s", got)
	}
	for i, id := range []string{"b", "d", "a", "c"} {
		at := start.Add(time.Duration([]int{2, 4, 1, 2}[i]) * time.Second)
		must(t, s.Create(t.Context(), journal.Run{ID: id, Started: at}))
	}
	for limit, want := range map[int]string{0: "d c b a", 1: "d", 3: "d c b", 9: "d c b a"} {
		if got := names(t, s, limit); got != want {
			t.Errorf("with limit %d the runs are %q, want %q", limit, got, want)
		}
	}
}

func get(t *testing.T, s journal.Store) {
	_, err := s.Get(t.Context(), "last")
	wantErr(t, "the last of no runs", err, journal.ErrNoRun)
	for i, id := range []string{"abc-1", "abd-2", "abd-2-fork", "x%y"[:1] + "_1"} {
		must(t, s.Create(t.Context(), journal.Run{ID: id, Started: start.Add(time.Duration(i))}))
	}
	for id, want := range map[string]string{"abc": "abc-1", "abc-1": "abc-1", "abd-2": "abd-2", "abd-2-": "abd-2-fork",
		"x": "x_1", "last": "x_1"} {
		if got, err := s.Get(t.Context(), id); err != nil || got.ID != want {
			t.Errorf("get %q: %q, %v, want %q", id, got.ID, err, want)
		}
	}
	for id, want := range map[string]error{"ab": journal.ErrAmbiguous, "abd": journal.ErrAmbiguous, "": journal.ErrNoRun,
		"ABC": journal.ErrNoRun, "%": journal.ErrNoRun, "_": journal.ErrNoRun, "*": journal.ErrNoRun, "abc-1x": journal.ErrNoRun} {
		_, err := s.Get(t.Context(), id)
		wantErr(t, fmt.Sprintf("get %q", id), err, want)
	}
}

func status(t *testing.T, s journal.Store) {
	fill(t, s, "r", 2)
	for _, want := range []string{"exhausted", "succeeded", ""} {
		must(t, s.SetStatus(t.Context(), "r", want))
		if got, err := s.Get(t.Context(), "r"); err != nil || got.Status != want || got.Records != 2 {
			t.Errorf("status %q with %d records, %v, want %q", got.Status, got.Records, err, want)
		}
	}
}

func remove(t *testing.T, s journal.Store) {
	for _, id := range []string{"a", "b", "c"} {
		fill(t, s, id, 3)
	}
	must(t, s.Delete(t.Context(), "b"))
	_, err := read(t.Context(), s, "b", 1)
	wantErr(t, "records of what was deleted", err, journal.ErrNoRun)
	wantRecords(t, s, "a", 1, records(t, 1, 3))
	wantRecords(t, s, "c", 1, records(t, 1, 3))
	fill(t, s, "b", 1)
	wantRecords(t, s, "b", 1, records(t, 1, 1))
	if got := names(t, s, 0); got != "b c a" {
		t.Errorf("the runs are %q", got)
	}
}

func lock(t *testing.T, s journal.Store) {
	ctx := t.Context()
	fill(t, s, "r", 1)
	unlock, err := s.Lock(ctx, "r")
	must(t, err)
	_, err = s.Lock(ctx, "r")
	wantErr(t, "a second lock", err, journal.ErrLocked)
	wantErr(t, "delete of what is locked", s.Delete(ctx, "r"), journal.ErrLocked)
	other, err := s.Lock(ctx, "r2") // a run is locked before it is created as well
	must(t, err)
	must(t, unlock())
	again, err := s.Lock(ctx, "r")
	must(t, err)
	must(t, unlock()) // twice does nothing
	_, err = s.Lock(ctx, "r")
	wantErr(t, "a lock after the first holder unlocked twice", err, journal.ErrLocked)
	must(t, again())
	must(t, other())
	must(t, s.Delete(ctx, "r"))
}

func synced(t *testing.T, s journal.Store) {
	fill(t, s, "r", 2)
	must(t, journal.AppendSync(t.Context(), s, "r", records(t, 3, 5)...))
	wantErr(t, "a conflict", journal.AppendSync(t.Context(), s, "r", record(t, 9)), journal.ErrConflict)
	wantRecords(t, s, "r", 1, records(t, 1, 5))
}
