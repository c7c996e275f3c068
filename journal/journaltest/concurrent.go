package journaltest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/azimuthdev/azimuth/journal"
)

// readWhileWriting: a loop over the records may append, and may be left early.
func readWhileWriting(t *testing.T, s journal.Store) {
	fill(t, s, "r", 5)
	next, seen := uint64(6), 0
	for _, err := range s.Records(t.Context(), "r", 1) {
		must(t, err)
		seen++
		if seen <= 5 {
			must(t, s.Append(t.Context(), "r", record(t, next)))
			next++
		}
	}
	if seen < 5 || seen > 10 {
		t.Errorf("the loop saw %d records", seen)
	}
	for range s.Records(t.Context(), "r", 1) {
		break
	}
	wantRecords(t, s, "r", 1, records(t, 1, 10))
	must(t, s.Delete(t.Context(), "r"))
}

func concurrentRuns(t *testing.T, s journal.Store) {
	const writers, each = 8, 40
	var wg sync.WaitGroup
	for w := range writers {
		id := fmt.Sprint("r", w)
		must(t, s.Create(t.Context(), journal.Run{ID: id, Started: start}))
		recs := records(t, 1, each)
		wg.Go(func() {
			for i := 0; i < each; i += 2 {
				if err := s.Append(t.Context(), id, recs[i:i+2]...); err != nil {
					t.Error(err)
				}
				if got, err := read(t.Context(), s, id, 1); err != nil || len(got) != i+2 {
					t.Errorf("%s: %d records after %d, %v", id, len(got), i+2, err)
				}
			}
		})
	}
	wg.Wait()
	for w := range writers {
		wantRecords(t, s, fmt.Sprint("r", w), 1, records(t, 1, each))
	}
}

// oneWinner: of two writers of one run, one gets a conflict.
func oneWinner(t *testing.T, s journal.Store) {
	fill(t, s, "r", 1)
	for seq := uint64(2); seq < 12; seq++ {
		var won atomic.Int32
		var wg sync.WaitGroup
		rec := record(t, seq)
		for range 4 {
			wg.Go(func() {
				err := s.Append(t.Context(), "r", rec)
				if err == nil {
					won.Add(1)
				} else if !errors.Is(err, journal.ErrConflict) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Fatalf("%d writers wrote record %d", won.Load(), seq)
		}
	}
	wantRecords(t, s, "r", 1, records(t, 1, 11))
}
