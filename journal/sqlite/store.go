package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"sync"

	"github.com/azimuthdev/azimuth/journal"
	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Store is a [journal.Store] and a [journal.SyncAppender] in a file. Make one with [Open] or [OpenFile].
type Store struct {
	path string

	mu    sync.Mutex // one writer of this process at a time: waiting here is fair, waiting for SQLite's lock is not
	write *sql.DB    // one connection, synchronous=NORMAL
	sync  *sql.DB    // one connection, synchronous=FULL
	read  *sql.DB    // as many as there are readers
}

var (
	_ journal.Store        = (*Store)(nil)
	_ journal.SyncAppender = (*Store)(nil)
)

// Path returns the file's absolute path.
func (s *Store) Path() string { return s.path }

// Close closes the file. Locks are not released by it.
func (s *Store) Close() error {
	return errors.Join(s.read.Close(), s.sync.Close(), s.write.Close())
}

// Check reads the whole file and says whether it is sound.
func (s *Store) Check(ctx context.Context) error {
	var answer string
	err := s.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&answer)
	if err == nil && answer != "ok" {
		err = errors.New(answer)
	}
	if err != nil {
		return &OpenError{Path: s.path, Err: err, Remedy: remedyFor(lib.SQLITE_CORRUPT)}
	}
	return nil
}

// Create registers a run. Errors: [journal.ErrID], [journal.ErrExists].
func (s *Store) Create(ctx context.Context, r journal.Run) error {
	if err := journal.CheckID(r.ID); err != nil {
		return err
	}
	if r.Version == 0 {
		r.Version = journal.Version
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.write.ExecContext(ctx, `INSERT INTO runs (id, goal, status, started, records, version) VALUES (?, ?, ?, ?, 0, ?)`,
		r.ID, r.Goal, r.Status, nanos(r.Started), r.Version)
	var se *driver.Error
	if errors.As(err, &se) && se.Code() == lib.SQLITE_CONSTRAINT_UNIQUE {
		return fmt.Errorf("run %s: %w", r.ID, journal.ErrExists)
	}
	return s.explain(err)
}

// SetStatus notes how a run ended. [journal.ErrNoRun].
func (s *Store) SetStatus(ctx context.Context, run, status string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.one(s.write.ExecContext(ctx, `UPDATE runs SET status = ? WHERE id = ?`, status, run))(run)
}

// one turns the result of a statement on one run into an error when there is no such run.
func (s *Store) one(res sql.Result, err error) func(run string) error {
	return func(run string) error {
		if err != nil {
			return s.explain(err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return s.explain(err)
		}
		return noRun(run)
	}
}

func noRun(run string) error { return fmt.Errorf("run %q: %w", run, journal.ErrNoRun) }

// explain adds the remedy to SQLite's own errors.
func (s *Store) explain(err error) error {
	var se *driver.Error
	if errors.As(err, &se) {
		return openError(s.path, err)
	}
	return err
}

const runColumns = `SELECT id, goal, status, started, records, version FROM runs`

// Runs lists runs, newest first, at most limit (0 = all).
func (s *Store) Runs(ctx context.Context, limit int) ([]journal.Run, error) {
	if limit <= 0 {
		limit = -1
	}
	return s.runs(ctx, runColumns+` ORDER BY started DESC, no DESC LIMIT ?`, limit)
}

// Get returns one run by its id, an unambiguous beginning of it, or "last".
func (s *Store) Get(ctx context.Context, id string) (journal.Run, error) {
	if id == "last" {
		runs, err := s.Runs(ctx, 1)
		if err != nil {
			return journal.Run{}, err
		}
		return journal.OneOf(id, runs)
	}
	if id == "" {
		return journal.Run{}, noRun(id)
	}
	runs, err := s.runs(ctx, runColumns+` WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id = ?1 DESC, started DESC, no DESC LIMIT 4`, id)
	if err != nil {
		return journal.Run{}, err
	}
	if len(runs) > 0 && runs[0].ID == id {
		return runs[0], nil
	}
	return journal.OneOf(id, runs)
}

func (s *Store) runs(ctx context.Context, query string, args ...any) ([]journal.Run, error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	out := []journal.Run{}
	for rows.Next() {
		var r journal.Run
		var started int64
		if err := rows.Scan(&r.ID, &r.Goal, &r.Status, &started, &r.Records, &r.Version); err != nil {
			return nil, err
		}
		r.Started = fromNanos(started)
		out = append(out, r)
	}
	return out, s.explain(rows.Err())
}

// Delete removes a run and its records. [journal.ErrLocked] while any process carries it on.
func (s *Store) Delete(ctx context.Context, run string) error {
	unlock, err := s.Lock(ctx, run)
	if errors.Is(err, journal.ErrID) {
		return noRun(run)
	}
	if err != nil {
		return err
	}
	defer unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	return transact(ctx, s.write, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM records WHERE id BETWEEN
			(SELECT no << 32 FROM runs WHERE id = ?1) AND (SELECT (no << 32) + 4294967295 FROM runs WHERE id = ?1)`, run)
		if err != nil {
			return s.explain(err)
		}
		return s.one(tx.ExecContext(ctx, `DELETE FROM runs WHERE id = ?`, run))(run)
	})
}

// transact runs f in a transaction that is undone when f fails.
func transact(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing to undo after a commit
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Records yields a run's records with Seq >= from, in order, as they were when the loop began.
func (s *Store) Records(ctx context.Context, run string, from uint64) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		if err := s.records(ctx, run, from, func(r journal.Record) bool { return yield(r, nil) }); err != nil {
			yield(journal.Record{}, err)
		}
	}
}
