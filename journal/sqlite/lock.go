package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/gofrs/flock"
)

// Lock makes this process, and within it the caller, the only one that carries the run on. The kernel gives the lock
// up when the process dies. [journal.ErrLocked] when somebody else has it.
func (s *Store) Lock(_ context.Context, run string) (func() error, error) {
	if err := journal.CheckID(run); err != nil {
		return nil, err
	}
	path := filepath.Join(s.path+".locks", run)
	unlock, err := tryLock(path)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run, err)
	}
	return unlock, nil
}

// tryLock locks a file that it makes, and that unlock removes. [journal.ErrLocked] when somebody else has it.
func tryLock(path string) (unlock func() error, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	for {
		l := flock.New(path, flock.SetPermissions(0o600))
		ok, err := l.TryLock()
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, journal.ErrLocked
		}
		if current(l, path) {
			return func() error { return release(l, path) }, nil
		}
		_ = l.Close() // its last holder removed the file between our opening and our locking it: take the new one
	}
}

// waitLock tries until it has the lock or ctx ends.
func waitLock(ctx context.Context, path string) (unlock func() error, err error) {
	for {
		unlock, err := tryLock(path)
		if !errors.Is(err, journal.ErrLocked) {
			return unlock, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
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
