package memory

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/azimuthdev/azimuth/internal/disk"
)

// lockRetry is how long a process waits before it asks again for a file that another one is changing.
const lockRetry = 10 * time.Millisecond

// DefaultPath returns where a user's memory is: azimuth/memory.jsonl under $XDG_DATA_HOME, or under ~/.local/share
// where that is not set. getenv is [os.Getenv] outside of tests.
func DefaultPath(getenv func(string) string) (string, error) {
	dir := disk.Data(getenv, getenv("HOME"))
	if !filepath.IsAbs(dir) {
		return "", errors.New("neither XDG_DATA_HOME nor HOME is set: say where the memory is with --memory FILE")
	}
	return filepath.Join(dir, "memory.jsonl"), nil
}

// Open returns the store in a file of JSON Lines, one plan a line, that people may read and edit. A file that is
// not there yet is an empty memory; it is made, and its directory, with the first plan. Changes go through a
// new file that replaces the old one, under a lock beside it (path + ".lock"), so that a reader sees the old
// or the new and two processes lose nothing of each other's. What is there now is read once to tell early what
// is wrong with it: a [*LineError].
func Open(path string) (*Store, error) {
	f := &file{path: path}
	if _, err := f.load(context.Background()); err != nil {
		return nil, err
	}
	return &Store{plans: f}, nil
}

// LineError says what is wrong with a line of a memory or a demonstration file.
type LineError struct {
	File  string // empty where there is none
	Line  int    // from 1
	Entry int    // from 1; 0 where the fault is outside of an entry
	Err   error  // a *PlanError where one field is to blame
}

// Error returns file, line, entry and fault.
func (e *LineError) Error() string {
	where := fmt.Sprintf("line %d", e.Line)
	if e.File != "" {
		where = fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	if e.Entry > 0 {
		where += fmt.Sprintf(": entry %d", e.Entry)
	}
	return where + ": " + e.Err.Error()
}

// Unwrap returns the fault.
func (e *LineError) Unwrap() error { return e.Err }

type file struct{ path string }

func (f *file) load(context.Context) ([]Plan, error) {
	raw, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("memory: %w", err)
	}
	plans, err := parseLines(raw)
	var at *LineError
	if errors.As(err, &at) {
		at.File = f.path
	}
	return plans, err
}

// parseLines reads plans, one a line. Empty lines are nothing.
func parseLines(raw []byte) ([]Plan, error) {
	var plans []Plan
	ids := map[string]int{}
	n := 0
	for line := range bytes.Lines(raw) {
		n++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		p, err := parsePlan(line, storedKeys)
		if err != nil {
			return nil, &LineError{Line: n, Err: err}
		}
		if first := ids[p.ID]; first > 0 {
			return nil, &LineError{Line: n, Err: &PlanError{"id",
				fmt.Sprintf("%s is the id of line %d too; leave it out and it is made from goal and calls", p.ID, first)}}
		}
		ids[p.ID] = n
		plans = append(plans, p)
	}
	return plans, nil
}

func (f *file) update(ctx context.Context, change func([]Plan) ([]Plan, error)) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	lock := flock.New(f.path+".lock", flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, lockRetry); err != nil {
		return fmt.Errorf("memory: lock %s.lock: %w", f.path, err)
	}
	defer lock.Unlock()
	old, err := f.load(ctx)
	if err != nil {
		return err
	}
	plans, err := change(old)
	if err != nil || plans == nil {
		return err
	}
	if err := f.replace(plans); err != nil {
		return fmt.Errorf("memory: nothing was changed: %w", err)
	}
	return nil
}

func (f *file) replace(plans []Plan) error {
	return disk.Replace(f.path, 0o600, func(w io.Writer) error { return writeLines(w, plans) })
}

func writeLines(out io.Writer, plans []Plan) error {
	w := bufio.NewWriter(out)
	e := json.NewEncoder(w) // one line a value
	e.SetEscapeHTML(false)  // for people
	for _, p := range plans {
		if err := e.Encode(p); err != nil {
			return err
		}
	}
	return w.Flush()
}
