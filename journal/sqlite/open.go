package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth/internal/disk"
	"github.com/azimuthdev/azimuth/journal"
	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Options of a store. Nil and zero are the defaults.
type Options struct {
	BusyTimeout time.Duration // wait for another process's write, 5 s by default
	MustExist   bool          // don't make a file that is not there; the error is fs.ErrNotExist
}

// Validate names the option that is out of range.
func (o *Options) Validate() error {
	if o != nil && o.BusyTimeout < 0 {
		return fmt.Errorf("journal store: BusyTimeout %v: want 0 for the default or more", o.BusyTimeout)
	}
	return nil
}

// OpenError says why a file can't be used, and what to do.
type OpenError struct {
	Path   string
	Remedy string
	Err    error
}

// Error names the file, what is wrong with it and the remedy.
func (e *OpenError) Error() string {
	return fmt.Sprintf("journal store %s: %v; %s", e.Path, e.Err, e.Remedy)
}

// Unwrap returns what is wrong.
func (e *OpenError) Unwrap() error { return e.Err }

// DefaultPath returns where journals are kept unless somebody says otherwise: $XDG_DATA_HOME/azimuth/azimuth.db, or
// .local/share/azimuth/azimuth.db under the home directory. A relative XDG_DATA_HOME is passed over, as its
// specification demands.
func DefaultPath(getenv func(string) string, home string) string {
	return filepath.Join(disk.Data(getenv, home), "azimuth.db")
}

// Open opens the store that a --store value names: "memory:" for one that lasts as long as the process, "sqlite:PATH" or
// PATH for a file, which is made with its directories, readable by its owner only. Errors: [*OpenError],
// [journal.ErrNewer] when a newer version has changed the file.
func Open(ctx context.Context, dsn string, o *Options) (journal.Store, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	scheme, rest, ok := strings.Cut(dsn, ":")
	switch {
	case dsn == "memory:" || dsn == "memory":
		return journal.NewMemory(), nil
	case ok && scheme == "sqlite" && rest != "":
		return OpenFile(ctx, rest, o)
	case dsn == "" || dsn == "sqlite:" || ok && isScheme(scheme):
		return nil, &OpenError{Path: fmt.Sprintf("%q", dsn), Err: errors.New("not a store"), Remedy: "write memory:, sqlite:PATH or PATH"}
	}
	return OpenFile(ctx, dsn, o)
}

// isScheme tells postgres: from C: and from a path with a colon in it.
func isScheme(s string) bool {
	return len(s) > 1 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// OpenFile opens the store in a file. See [Open].
func OpenFile(ctx context.Context, path string, o *Options) (*Store, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	var opts Options
	if o != nil {
		opts = *o
	}
	if opts.BusyTimeout == 0 {
		opts.BusyTimeout = 5 * time.Second
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, openError(path, err)
	}
	if err := touch(path, opts.MustExist); err != nil {
		return nil, openError(path, err)
	}
	done, err := first(ctx, path)
	if err != nil {
		return nil, openError(path, err)
	}
	defer done()
	s, err := connect(path, opts)
	if err != nil {
		return nil, openError(path, err)
	}
	if err := migrate(ctx, s.write); err != nil {
		return nil, errors.Join(openError(path, err), s.Close())
	}
	return s, nil
}

// touch makes the file, with its directories, for its owner's eyes only; SQLite gives its side files the same mode.
func touch(path string, mustExist bool) error {
	if mustExist {
		_, err := os.Stat(path)
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// first keeps others out while an empty file is set up: the change to WAL mode does not wait for them.
func first(ctx context.Context, path string) (done func(), err error) {
	if info, err := os.Stat(path); err != nil || info.Size() > 0 {
		return func() {}, err
	}
	unlock, err := waitLock(ctx, filepath.Join(path+".locks", ".new"))
	return func() { _ = unlock() }, err
}

func connect(path string, o Options) (*Store, error) {
	open := func(pragmas ...string) (*sql.DB, error) {
		q := url.Values{"_txlock": {"immediate"}}
		q.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", o.BusyTimeout.Milliseconds()))
		for _, p := range pragmas {
			q.Add("_pragma", p)
		}
		return sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	}
	s := &Store{path: path}
	var errs [3]error
	s.write, errs[0] = open("journal_mode(WAL)", "synchronous(NORMAL)")
	s.sync, errs[1] = open("journal_mode(WAL)", "synchronous(FULL)")
	s.read, errs[2] = open("query_only(1)")
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	s.write.SetMaxOpenConns(1)
	s.sync.SetMaxOpenConns(1)
	return s, nil
}

// openError adds the remedy to what SQLite or the operating system said.
func openError(path string, err error) error {
	e := &OpenError{Path: path, Err: err, Remedy: "check the path, or choose another one"}
	var se *driver.Error
	switch {
	case errors.Is(err, journal.ErrNewer):
		e.Remedy = "or choose another file"
	case errors.Is(err, fs.ErrNotExist):
		e.Remedy = "nothing was recorded there yet; check the path"
	case errors.Is(err, fs.ErrPermission):
		e.Remedy = "make it writable for you, or choose another path"
	case errors.Is(err, errForeign):
		e.Remedy = "choose another file"
	case errors.As(err, &se):
		e.Remedy = remedyFor(se.Code() & 0xff)
	}
	return e
}

func remedyFor(code int) string {
	switch code {
	case lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT:
		return "it is damaged or no SQLite file; move it away to start a new one, or restore it from a copy"
	case lib.SQLITE_FULL, lib.SQLITE_IOERR:
		return "the disk is full or failing; make room, or choose another path"
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return "another program holds it; try again when that is done"
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return "make it and its directory writable for you, or choose another path"
	}
	return "check the path, or choose another one"
}
