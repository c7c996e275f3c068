package journaltest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/google/go-cmp/cmp"
)

// Run checks a store. open returns an empty one and sees to its closing; it is called once for each check.
func Run(t *testing.T, open func(testing.TB) journal.Store) {
	for _, c := range []struct {
		name  string
		check func(*testing.T, journal.Store)
	}{
		{"create", create}, {"ids", ids}, {"order", order}, {"conflict", conflict}, {"missing run", missing},
		{"whole batch or none", batch}, {"bytes", exactBytes}, {"large output", large}, {"runs", runs}, {"get", get},
		{"status", status}, {"delete", remove}, {"lock", lock}, {"newer", newer}, {"read while writing", readWhileWriting},
		{"concurrent runs", concurrentRuns}, {"one winner", oneWinner}, {"sync", synced},
	} {
		t.Run(c.name, func(t *testing.T) { c.check(t, open(t)) })
	}
}

var start = time.Date(2026, 2, 3, 4, 5, 6, 789_012_345, time.UTC)

// record makes a small valid one.
func record(t testing.TB, seq uint64) journal.Record {
	t.Helper()
	r, err := journal.New(seq, start.Add(time.Duration(seq)), journal.KindSpent, journal.Spent{For: fmt.Sprint("no. ", seq)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func records(t testing.TB, from, to uint64) []journal.Record {
	var out []journal.Record
	for seq := from; seq <= to; seq++ {
		out = append(out, record(t, seq))
	}
	return out
}

// must fails the test on an error of a step that is not what is checked.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantErr checks with errors.Is.
func wantErr(t testing.TB, what string, got, want error) {
	t.Helper()
	if !isErr(got, want) {
		t.Errorf("%s: error %v, want %v", what, got, want)
	}
}

// fill makes a run with n records.
func fill(t testing.TB, s journal.Store, id string, n uint64) {
	t.Helper()
	must(t, s.Create(t.Context(), journal.Run{ID: id, Goal: "goal of " + id, Started: start}))
	must(t, s.Append(t.Context(), id, records(t, 1, n)...))
}

// read collects a run's records.
func read(ctx context.Context, s journal.Store, id string, from uint64) ([]journal.Record, error) {
	var out []journal.Record
	for r, err := range s.Records(ctx, id, from) {
		if err != nil {
			return out, err
		}
		out = append(out, r)
	}
	return out, nil
}

func wantRecords(t testing.TB, s journal.Store, id string, from uint64, want []journal.Record) {
	t.Helper()
	got, err := read(t.Context(), s, id, from)
	if err != nil {
		t.Fatal(err)
	}
	if slices.EqualFunc(want, got, same) {
		return // cmp is slow, and only needed to show a difference
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("records of %s from %d (-want +got):\n%s", id, from, d)
	}
}

func same(a, b journal.Record) bool {
	return a.Version == b.Version && a.Seq == b.Seq && a.At.Equal(b.At) && a.Kind == b.Kind && bytes.Equal(a.Data, b.Data)
}

func order(t *testing.T, s journal.Store) {
	fill(t, s, "r", 3)
	must(t, s.Append(t.Context(), "r", record(t, 4)))
	must(t, s.Append(t.Context(), "r"))
	must(t, s.Append(t.Context(), "r", records(t, 5, 700)...))
	all := records(t, 1, 700)
	wantRecords(t, s, "r", 0, all)
	wantRecords(t, s, "r", 1, all)
	wantRecords(t, s, "r", 5, all[4:])
	wantRecords(t, s, "r", 700, all[699:])
	wantRecords(t, s, "r", 701, nil)
	wantRecords(t, s, "r", 1<<40, nil)
	r, err := s.Get(t.Context(), "r")
	if err != nil || r.Records != 700 {
		t.Errorf("the store counts %d records, %v", r.Records, err)
	}
}

func conflict(t *testing.T, s journal.Store) {
	fill(t, s, "r", 3)
	for _, recs := range [][]journal.Record{{record(t, 3)}, {record(t, 5)}, {record(t, 0)}, {record(t, 4), record(t, 6)}} {
		wantErr(t, fmt.Sprint("append from ", recs[0].Seq), s.Append(t.Context(), "r", recs...), journal.ErrConflict)
	}
	wantRecords(t, s, "r", 1, records(t, 1, 3))
	must(t, s.Append(t.Context(), "r", record(t, 4)))
}

func batch(t *testing.T, s journal.Store) {
	fill(t, s, "r", 1)
	recs := append(records(t, 2, 500), record(t, 502))
	wantErr(t, "a batch with a hole", s.Append(t.Context(), "r", recs...), journal.ErrConflict)
	wantRecords(t, s, "r", 1, records(t, 1, 1))
}

func missing(t *testing.T, s journal.Store) {
	ctx := t.Context()
	fill(t, s, "other", 1)
	wantErr(t, "append", s.Append(ctx, "r", record(t, 1)), journal.ErrNoRun)
	wantErr(t, "sync append", journal.AppendSync(ctx, s, "r", record(t, 1)), journal.ErrNoRun)
	wantErr(t, "status", s.SetStatus(ctx, "r", "failed"), journal.ErrNoRun)
	wantErr(t, "delete", s.Delete(ctx, "r"), journal.ErrNoRun)
	wantErr(t, "delete of what is no id", s.Delete(ctx, "../r"), journal.ErrNoRun)
	_, err := s.Get(ctx, "r")
	wantErr(t, "get", err, journal.ErrNoRun)
	_, err = read(ctx, s, "r", 1)
	wantErr(t, "records", err, journal.ErrNoRun)
	_, err = read(ctx, s, "oth", 1) // only Get takes a part of an id
	wantErr(t, "records of a part of an id", err, journal.ErrNoRun)
}

// exactBytes: canonical arguments are compared byte for byte after a resume.
func exactBytes(t *testing.T, s journal.Store) {
	args := json.RawMessage("{\"a\":\"<b>&é\u2028\\u0000\",\"n\":12345678901234567890,\"x\":1e-7}")
	rec, err := journal.New(1, start, journal.KindIntent, journal.Intent{Call: tool.Call{Tool: "t", Args: args}})
	must(t, err)
	must(t, s.Create(t.Context(), journal.Run{ID: "r", Started: start}))
	must(t, s.Append(t.Context(), "r", rec))
	wantRecords(t, s, "r", 1, []journal.Record{rec})
	got, err := read(t.Context(), s, "r", 1)
	must(t, err)
	in, err := journal.Decode[journal.Intent](got[0])
	if err != nil || string(in.Call.Args) != string(args) {
		t.Errorf("arguments %s came back as %s, %v", args, in.Call.Args, err)
	}
}

func large(t *testing.T, s journal.Store) {
	content := make([]byte, 10<<20)
	for i := range content {
		content[i] = 'a' + byte(i%26)
	}
	rec, err := journal.New(1, start, journal.KindDone, journal.Done{Result: tool.Result{Content: string(content)}})
	must(t, err)
	must(t, s.Create(t.Context(), journal.Run{ID: "r", Started: start}))
	must(t, s.Append(t.Context(), "r", rec))
	got, err := read(t.Context(), s, "r", 1)
	must(t, err)
	d, err := journal.Decode[journal.Done](got[0])
	if err != nil || d.Result.Content != string(content) {
		t.Errorf("an output of 10 MiB came back as %d bytes, %v", len(d.Result.Content), err)
	}
}

func newer(t *testing.T, s journal.Store) {
	ctx := t.Context()
	must(t, s.Create(ctx, journal.Run{ID: "run", Started: start, Version: journal.Version + 1}))
	must(t, s.Append(ctx, "run", record(t, 1)))
	_, err := read(ctx, s, "run", 1)
	wantErr(t, "a newer run", err, journal.ErrNewer)

	fill(t, s, "record", 2)
	rec := record(t, 3)
	rec.Version++
	must(t, s.Append(ctx, "record", rec))
	got, err := read(ctx, s, "record", 1)
	wantErr(t, "a newer record", err, journal.ErrNewer)
	if len(got) != 2 {
		t.Errorf("%d records before the newer one, want 2", len(got))
	}
	fill(t, s, "kind", 1)
	rec = record(t, 2)
	rec.Kind = "dreamt"
	must(t, s.Append(ctx, "kind", rec))
	_, err = read(ctx, s, "kind", 1)
	wantErr(t, "an unknown kind", err, journal.ErrNewer)
}
