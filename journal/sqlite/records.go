package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/azimuthdev/azimuth/journal"
	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

const seqMask = 1<<32 - 1 // the lower half of a record's id

// Append adds records, all of them or none; they survive the death of the process. [journal.ErrNoRun],
// [journal.ErrConflict].
func (s *Store) Append(ctx context.Context, run string, recs ...journal.Record) error {
	return s.append(ctx, s.write, run, recs)
}

// AppendSync is Append for records that must survive a power cut, with everything appended before.
func (s *Store) AppendSync(ctx context.Context, run string, recs ...journal.Record) error {
	return s.append(ctx, s.sync, run, recs)
}

func (s *Store) append(ctx context.Context, db *sql.DB, run string, recs []journal.Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := transact(ctx, db, func(tx *sql.Tx) error {
		var no int64
		var have uint64
		err := tx.QueryRowContext(ctx, `SELECT no, records FROM runs WHERE id = ?`, run).Scan(&no, &have)
		if errors.Is(err, sql.ErrNoRows) {
			return noRun(run)
		}
		if err == nil {
			err = journal.CheckNext(run, have, recs)
		}
		if err == nil {
			err = insert(ctx, tx, no, recs)
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE runs SET records = ? WHERE no = ?`, have+uint64(len(recs)), no)
		return err
	})
	return s.explain(err)
}

func insert(ctx context.Context, tx *sql.Tx, no int64, recs []journal.Record) error {
	st, err := tx.PrepareContext(ctx, `INSERT INTO records (id, at, kind, version, data) VALUES (?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer st.Close()
	for _, r := range recs {
		if r.Seq > seqMask {
			return fmt.Errorf("record %d: a run has at most %d records", r.Seq, seqMask)
		}
		_, err := st.ExecContext(ctx, no<<32|int64(r.Seq), nanos(r.At), string(r.Kind), r.Version, []byte(r.Data))
		if err != nil {
			return err
		}
	}
	return nil
}

// records calls yield for each record until it returns false.
func (s *Store) records(ctx context.Context, run string, from uint64, yield func(journal.Record) bool) error {
	no, have, err := s.number(ctx, run)
	if err != nil {
		return err
	}
	first := no<<32 | int64(min(max(from, 1), seqMask))
	rows, err := s.read.QueryContext(ctx, `SELECT id, at, kind, version, data FROM records WHERE id BETWEEN ? AND ? ORDER BY id`,
		first, no<<32|seqMask)
	if err != nil {
		return s.explain(err)
	}
	defer rows.Close()
	last := max(from, 1) - 1
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return &journal.CorruptError{Run: run, Seq: last + 1, Err: err}
		}
		if err := r.Readable(); err != nil {
			return err
		}
		if r.Seq != last+1 {
			return &journal.CorruptError{Run: run, Seq: last + 1, Err: errMissing}
		}
		last = r.Seq
		if !yield(r) {
			return nil
		}
	}
	if err := rows.Err(); err != nil {
		return s.damaged(err, run, last+1)
	}
	if last < have {
		return &journal.CorruptError{Run: run, Seq: last + 1, Err: errMissing}
	}
	return nil
}

var errMissing = errors.New("it is missing")

// number returns a run's number and how many records it has at least.
func (s *Store) number(ctx context.Context, run string) (no int64, have uint64, err error) {
	r := journal.Run{ID: run}
	err = s.read.QueryRowContext(ctx, `SELECT no, records, version FROM runs WHERE id = ?`, run).Scan(&no, &have, &r.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, noRun(run)
	}
	if err != nil {
		return 0, 0, s.explain(err)
	}
	return no, have, r.Readable()
}

func scan(rows *sql.Rows) (journal.Record, error) {
	var r journal.Record
	var id, at int64
	var kind string
	var data []byte
	err := rows.Scan(&id, &at, &kind, &r.Version, &data)
	r.Seq, r.At, r.Kind, r.Data = uint64(id&seqMask), fromNanos(at), journal.Kind(kind), data
	return r, err
}

// damaged turns SQLite's report of a damaged page into one of a damaged record.
func (s *Store) damaged(err error, run string, seq uint64) error {
	var se *driver.Error
	if errors.As(err, &se) && se.Code()&0xff == lib.SQLITE_CORRUPT {
		return &journal.CorruptError{Run: run, Seq: seq, Err: err}
	}
	return s.explain(err)
}

// nanos is how times are stored; the zero time, which is out of its range, is the smallest number.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return math.MinInt64
	}
	return t.UnixNano()
}

func fromNanos(n int64) time.Time {
	if n == math.MinInt64 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}
