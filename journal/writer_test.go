package journal

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

// breaking is a store whose appends fail on demand, and that counts them.
type breaking struct {
	Store
	err     error
	appends int
	syncs   int
}

func (b *breaking) Append(ctx context.Context, run string, recs ...Record) error {
	b.appends++
	if b.err != nil {
		return b.err
	}
	return b.Store.Append(ctx, run, recs...)
}

func (b *breaking) AppendSync(ctx context.Context, run string, recs ...Record) error {
	b.syncs++
	return b.Store.Append(ctx, run, recs...)
}

func stored(t *testing.T, s Store) (n uint64) {
	t.Helper()
	r, err := s.Get(t.Context(), "r")
	if err != nil {
		t.Fatal(err)
	}
	return r.Records
}

func begin(t *testing.T, s Store, o *WriterOptions) *Writer {
	t.Helper()
	w, err := Begin(t.Context(), s, Run{ID: "r"}, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func appendSpent(t *testing.T, w *Writer, n int) {
	t.Helper()
	for range n {
		if err := w.Append(t.Context(), KindSpent, Spent{For: "waste"}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWriterBatches(t *testing.T) {
	now := at
	s := &breaking{Store: NewMemory()}
	w := begin(t, s, &WriterOptions{Batch: 3, Bytes: 2000, Age: time.Second, Now: func() time.Time { return now }})
	step := func(what string, wantStored uint64, wantAppends, wantSyncs int) {
		t.Helper()
		if got := stored(t, s); got != wantStored || s.appends != wantAppends || s.syncs != wantSyncs {
			t.Errorf("%s: %d records stored in %d+%d appends, want %d in %d+%d", what, got, s.appends, s.syncs, wantStored, wantAppends, wantSyncs)
		}
	}
	appendSpent(t, w, 2)
	step("held back", 0, 0, 0)
	appendSpent(t, w, 1)
	step("a full batch", 3, 1, 0)
	appendSpent(t, w, 1)
	now = now.Add(time.Second)
	appendSpent(t, w, 1)
	step("an old batch", 5, 2, 0)
	if err := w.Append(t.Context(), KindEnded, Ended{Answer: strings.Repeat("x", 2000)}); err != nil {
		t.Fatal(err)
	}
	step("a large record", 6, 3, 0)
	appendSpent(t, w, 1)
	if err := w.AppendSync(t.Context(), KindIntent, &Intent{Key: "k"}); err != nil {
		t.Fatal(err)
	}
	step("an intent, with what was held back", 8, 3, 1)
	appendSpent(t, w, 1)
	if err := errors.Join(w.Flush(t.Context()), w.Flush(t.Context())); err != nil {
		t.Fatal(err)
	}
	step("flushed once", 9, 4, 1)
	appendSpent(t, w, 1)
	if err := w.End(t.Context(), "failed"); err != nil {
		t.Fatal(err)
	}
	step("ended", 10, 5, 1)
	if r, err := s.Get(t.Context(), "r"); err != nil || r.Status != "failed" || !r.Started.Equal(at) {
		t.Errorf("run %+v, %v", r, err)
	}
}

func TestWriterContinues(t *testing.T) {
	s := NewMemory()
	w := begin(t, s, nil)
	appendSpent(t, w, 5)
	if err := w.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	w2, err := Continue(t.Context(), s, "r", NewScrubber(Secret{"PW", "hunter2!"}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w2.AppendSync(t.Context(), KindEnded, Ended{Answer: "hunter2!"}); err != nil {
		t.Fatal(err)
	}
	for e, err := range Read(t.Context(), s, "r", 6) {
		if err != nil || e.Seq != 6 || e.Payload.(*Ended).Answer != "[secret PW]" {
			t.Errorf("record %d %+v, %v", e.Seq, e.Payload, err)
		}
	}
	appendSpent(t, w, 1)
	if err := w.Flush(t.Context()); !errors.Is(err, ErrConflict) {
		t.Errorf("the first writer went on: %v", err)
	}
	if _, err := Continue(t.Context(), s, "nobody", nil, nil); !errors.Is(err, ErrNoRun) {
		t.Errorf("error %v", err)
	}
	if _, err := Continue(t.Context(), s, "last", nil, nil); !errors.Is(err, ErrNoRun) {
		t.Errorf("error %v, want the full id to be demanded", err)
	}
	if err := s.Create(t.Context(), Run{ID: "future", Version: Version + 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := Continue(t.Context(), s, "future", nil, nil); !errors.Is(err, ErrNewer) {
		t.Errorf("error %v", err)
	}
}

func TestWriterErrorSticks(t *testing.T) {
	full := errors.New("disk full")
	s := &breaking{Store: NewMemory(), err: full}
	w := begin(t, s, nil)
	appendSpent(t, w, 1)
	if err := w.Flush(t.Context()); !errors.Is(err, full) || !strings.Contains(err.Error(), "the journal of run r can't be written") {
		t.Fatalf("error %v", err)
	}
	s.err = nil // the disk has room again, but nobody knows what is missing
	for what, f := range map[string]func() error{
		"append": func() error { return w.Append(t.Context(), KindSpent, Spent{}) },
		"sync":   func() error { return w.AppendSync(t.Context(), KindSpent, Spent{}) },
		"flush":  func() error { return w.Flush(t.Context()) },
		"end":    func() error { return w.End(t.Context(), "succeeded") },
	} {
		if err := f(); !errors.Is(err, full) {
			t.Errorf("%s after a failure: %v", what, err)
		}
	}
	if stored(t, s) != 0 {
		t.Error("something was written after the failure")
	}
}

func TestWriterBadPayloadDoesNotStick(t *testing.T) {
	s := NewMemory()
	w := begin(t, s, nil)
	if err := w.Append(t.Context(), KindTold, Spent{}); err == nil {
		t.Fatal("a payload of another kind was accepted")
	}
	appendSpent(t, w, 1)
	if err := w.Flush(t.Context()); err != nil || stored(t, s) != 1 {
		t.Fatalf("error %v, %d records", err, stored(t, s))
	}
}

func TestWriterOutlivesCancellation(t *testing.T) {
	s := NewMemory()
	w := begin(t, ctxStore{s}, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := errors.Join(w.Append(ctx, KindSpent, Spent{}), w.End(ctx, "failed")); err != nil || stored(t, s) != 1 {
		t.Fatalf("error %v, %d records", err, stored(t, s))
	}
}

// ctxStore refuses what is cancelled.
type ctxStore struct{ Store }

func (c ctxStore) Append(ctx context.Context, run string, recs ...Record) error {
	return errors.Join(ctx.Err(), c.Store.Append(ctx, run, recs...))
}

func (c ctxStore) SetStatus(ctx context.Context, run, status string) error {
	return errors.Join(ctx.Err(), c.Store.SetStatus(ctx, run, status))
}

func TestWriterConcurrent(t *testing.T) {
	s := NewMemory()
	w := begin(t, s, &WriterOptions{Batch: 7})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if err := w.Append(t.Context(), KindSpent, Spent{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if err := w.Flush(t.Context()); err != nil || stored(t, s) != 400 {
		t.Fatalf("error %v, %d records", err, stored(t, s))
	}
}

func TestWriterOptions(t *testing.T) {
	if _, err := Begin(t.Context(), NewMemory(), Run{ID: "r"}, nil, &WriterOptions{Batch: -1}); err == nil {
		t.Error("a negative batch was accepted")
	}
	if _, err := Begin(t.Context(), NewMemory(), Run{ID: "no id"}, nil, nil); !errors.Is(err, ErrID) {
		t.Errorf("error %v", err)
	}
}
