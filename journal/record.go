package journal

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"time"
)

// Version is the format of the records that this program writes. It reads this version and older ones.
const Version = 1

// Errors of stores; match with errors.Is.
var (
	ErrNoRun    = errors.New("no such run")
	ErrNewer    = errors.New("written by a newer version; use that version to read it")
	ErrLocked   = errors.New("the run is being carried on by another process")
	ErrConflict = errors.New("the record's number is not the next one of its run")
)

// Record is one entry of a run's journal. Records are only ever appended.
type Record struct {
	Version int             `json:"v"`
	Seq     uint64          `json:"seq"` // 1, 2, 3 … within a run
	At      time.Time       `json:"at"`
	Kind    Kind            `json:"kind"`
	Data    json.RawMessage `json:"data"` // the payload type of Kind, see payload.go
}

// Run is what a store knows of a run without reading its records.
type Run struct {
	ID      string    `json:"run_id"`
	Goal    string    `json:"goal"`
	Status  string    `json:"status"` // empty while it is under way or was interrupted
	Started time.Time `json:"started"`
	Records uint64    `json:"records"`
	Version int       `json:"v"`
}

// Store keeps journals. All methods may be called from several goroutines at once. What Append returned from is
// durable to the store's stated degree.
type Store interface {
	// Create registers a run. An id that exists is an error.
	Create(ctx context.Context, r Run) error
	// Append adds records, all of them or none. ErrConflict when the first Seq is not the next one.
	Append(ctx context.Context, run string, recs ...Record) error
	// Records yields a run's records with Seq >= from, in order. ErrNoRun, ErrNewer.
	Records(ctx context.Context, run string, from uint64) iter.Seq2[Record, error]
	// SetStatus notes how a run ended.
	SetStatus(ctx context.Context, run, status string) error
	// Runs lists runs, newest first, at most limit (0 = all).
	Runs(ctx context.Context, limit int) ([]Run, error)
	// Get returns one run; id may be an unambiguous beginning of the run's id, or "last".
	Get(ctx context.Context, id string) (Run, error)
	// Delete removes a run and its records.
	Delete(ctx context.Context, run string) error
	// Lock makes this process the only one that carries the run on, until unlock is called or the process dies.
	// ErrLocked when another one does.
	Lock(ctx context.Context, run string) (unlock func() error, err error)
	Close() error
}
