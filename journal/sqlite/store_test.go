package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/journal/journaltest"
)

func openIn(tb testing.TB, dir string) *Store {
	tb.Helper()
	s, err := OpenFile(tb.Context(), filepath.Join(dir, "a.db"), nil)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	return s
}

func TestStore(t *testing.T) {
	journaltest.RunDurable(t, func(tb testing.TB, dir string) journal.Store { return openIn(tb, dir) })
}
