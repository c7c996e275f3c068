package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/azimuthdev/azimuth/journal"
)

func TestOpenDSN(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for dsn, want := range map[string]string{
		"memory:":                           "",
		"memory":                            "",
		"a.db":                              filepath.Join(dir, "a.db"),
		"sqlite:b.db":                       filepath.Join(dir, "b.db"),
		"sqlite:" + dir + "/c.db":           filepath.Join(dir, "c.db"),
		"deep/er/d.db":                      filepath.Join(dir, "deep/er/d.db"),
		"odd name?mode=ro&x=%41#frag;é+.db": filepath.Join(dir, "odd name?mode=ro&x=%41#frag;é+.db"),
		"./colon:in.db":                     filepath.Join(dir, "colon:in.db"),
		"sqlite:file.db?_pragma=journal_mode(DEL": filepath.Join(dir, "file.db?_pragma=journal_mode(DEL"),
	} {
		s, err := Open(t.Context(), dsn, nil)
		if err != nil {
			t.Errorf("%s: %v", dsn, err)
			continue
		}
		if err := s.Create(t.Context(), journal.Run{ID: "r"}); err != nil {
			t.Errorf("%s: %v", dsn, err)
		}
		if file, ok := s.(*Store); ok != (want != "") || ok && file.Path() != want {
			t.Errorf("%s opened %T %+v, want %q", dsn, s, s, want)
		}
		if err := s.Close(); err != nil {
			t.Errorf("%s: close: %v", dsn, err)
		}
		if want == "" {
			continue
		}
		info, err := os.Stat(want)
		if err != nil || info.Mode().Perm() != 0o600 || info.Size() == 0 {
			t.Errorf("%s: file %v, %v", dsn, info, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	foreign := filepath.Join(dir, "foreign.db")
	execute(t, foreign, "CREATE TABLE bookmarks (url TEXT)")
	future := openIn(t, dir).Path()
	execute(t, future, "PRAGMA user_version = 99")
	for name, c := range map[string]struct {
		dsn  string
		opts *Options
		want error
		says string
	}{
		"nothing":      {"", nil, nil, "write memory:, sqlite:PATH or PATH"},
		"no path":      {"sqlite:", nil, nil, "write memory:, sqlite:PATH or PATH"},
		"other store":  {"postgres://x/y", nil, nil, "write memory:, sqlite:PATH or PATH"},
		"text file":    {write("text", strings.Repeat("This is no database. ", 100)), nil, nil, "damaged or no SQLite file; move it away"},
		"cut file":     {write("cut", "SQLite format 3\x00cut"), nil, nil, "damaged or no SQLite file; move it away"},
		"directory":    {dir, nil, nil, "choose another one"},
		"under a file": {write("file", "x") + "/a.db", nil, nil, "choose another one"},
		"foreign":      {foreign, nil, errForeign, "choose another file"},
		"future":       {future, nil, journal.ErrNewer, "its schema is version 99: written by a newer version"},
		"not there":    {filepath.Join(dir, "no.db"), &Options{MustExist: true}, fs.ErrNotExist, "nothing was recorded there yet"},
		"bad option":   {foreign, &Options{BusyTimeout: -1}, nil, "BusyTimeout"},
	} {
		s, err := Open(t.Context(), c.dsn, c.opts)
		if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %v with %q", name, err, c.want, c.says)
		}
		if err == nil {
			_ = s.Close()
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "no.db")); err == nil {
		t.Error("MustExist made the file")
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "text")); !strings.HasPrefix(string(text), "This is") {
		t.Error("a file that is no database was changed")
	}
}

// execute runs SQL on a file as another program would.
func execute(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

func TestOpenKeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	fill(t, s, "r", 3)
	for range 3 {
		s := openIn(t, dir)
		if r, err := s.Get(t.Context(), "r"); err != nil || r.Records != 3 {
			t.Fatalf("reopened with %d records, %v", r.Records, err)
		}
	}
}

func TestDefaultPath(t *testing.T) {
	for xdg, want := range map[string]string{
		"":         "/home/me/.local/share/azimuth/azimuth.db",
		"/data":    "/data/azimuth/azimuth.db",
		"relative": "/home/me/.local/share/azimuth/azimuth.db",
	} {
		getenv := func(name string) string { return map[string]string{"XDG_DATA_HOME": xdg}[name] }
		if got := DefaultPath(getenv, "/home/me"); got != filepath.FromSlash(want) {
			t.Errorf("XDG_DATA_HOME=%s: %s, want %s", xdg, got, want)
		}
	}
}

// TestOpenTogether: of several that make the same file at once, none fails.
func TestOpenTogether(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "new", "a.db")
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				s, err := OpenFile(t.Context(), path, nil)
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Close()
				if err := s.Create(t.Context(), journal.Run{ID: fmt.Sprint("r", i)}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
}
