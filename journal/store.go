package journal

import (
	"context"
	"fmt"
	"iter"
	"strings"
)

// SyncAppender is implemented by stores for which surviving a power cut costs extra. What AppendSync returned from, and all
// that was appended before, survives one.
type SyncAppender interface {
	AppendSync(ctx context.Context, run string, recs ...Record) error
}

// AppendSync appends with AppendSync where the store has it, and with Append where it hasn't.
func AppendSync(ctx context.Context, s Store, run string, recs ...Record) error {
	if sa, ok := s.(SyncAppender); ok {
		return sa.AppendSync(ctx, run, recs...)
	}
	return s.Append(ctx, run, recs...)
}

// CheckNext is for stores: it says with [ErrConflict] when recs do not carry on a run that has that many records.
func CheckNext(run string, have uint64, recs []Record) error {
	for i, r := range recs {
		if want := have + uint64(i) + 1; r.Seq != want {
			return fmt.Errorf("run %s: record %d where %d is next: %w", run, r.Seq, want, ErrConflict)
		}
	}
	return nil
}

// Readable says with [ErrNewer] when a newer version wrote the run.
func (r Run) Readable() error {
	if r.Version > Version {
		return fmt.Errorf("run %s has version %d: %w", r.ID, r.Version, ErrNewer)
	}
	return nil
}

// OneOf is for stores: it returns the only run of those that begin with id, [ErrNoRun] or [ErrAmbiguous].
func OneOf(id string, runs []Run) (Run, error) {
	switch len(runs) {
	case 0:
		return Run{}, fmt.Errorf("run %q: %w", id, ErrNoRun)
	case 1:
		return runs[0], nil
	}
	var ids []string
	for _, r := range runs[:min(len(runs), 3)] {
		ids = append(ids, r.ID)
	}
	return Run{}, fmt.Errorf("run %q could be %s …: %w", id, strings.Join(ids, ", "), ErrAmbiguous)
}

// Entry is a record with its payload: *Started, *Told, *Chosen, *Approval, *Intent, *Done, *Spent or *Ended.
type Entry struct {
	Record
	Payload any
}

// Read yields a run's records from a number on, decoded. It ends at the first error: those of [Store] and [Decode].
func Read(ctx context.Context, s Store, run string, from uint64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for rec, err := range s.Records(ctx, run, from) {
			var p any
			if err == nil {
				p, err = rec.Payload()
			}
			if !yield(Entry{rec, p}, inRun(run, err)) || err != nil {
				return
			}
		}
	}
}
