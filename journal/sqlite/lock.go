package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/gofrs/flock"
)

// Lock makes this process, and within it the caller, the only one that carries the run on. The kernel gives the lock
// up when the process dies. [journal.ErrLocked] when somebody else has it.
func (s *Store) Lock(_ context.Context, run string) (func() error, error) {
	if err := journal.CheckID(run); err != nil {
		return nil, err
	}
	dir := s.path + ".locks"
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, run)
	for {
		l := flock.New(path, flock.SetPermissions(0o600))
		ok, err := l.TryLock()
		if err != nil {
			return nil, fmt.Errorf("lock of run %s: %w", run, err)
		}
		if !ok {
			return nil, fmt.Errorf("run %s: %w", run, journal.ErrLocked)
		}
		if current(l, path) {
			return func() error { return release(l, path) }, nil
		}
		_ = l.Close() // its last holder removed the file between our opening and our locking it: take the new one
	}
}

// current says whether the locked file is the one that the path leads to.
func current(l *flock.Flock, path string) bool {
	locked, err1 := l.Stat()
	there, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(locked, there)
}

// release removes the file while it is still locked, so that it can't be another holder's; where a file in use can't be
// removed it stays, which does no harm.
func release(l *flock.Flock, path string) error {
	if !l.Locked() {
		return nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) && !errors.Is(err, os.ErrPermission) {
		return errors.Join(err, l.Unlock())
	}
	return l.Unlock()
}
