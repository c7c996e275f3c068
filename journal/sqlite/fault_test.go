package sqlite

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/journal"
)

// checkPrefix reads run r and says how many records it has, which must be told(0), told(1), …
func checkPrefix(t *testing.T, s *Store) uint64 {
	t.Helper()
	n := uint64(0)
	for e, err := range journal.Read(t.Context(), s, "r", 1) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Payload.(*journal.Told).Request.ID != n {
			t.Fatalf("record %d is told(%d)", e.Seq, e.Payload.(*journal.Told).Request.ID)
		}
		n++
	}
	return n
}

// TestDamagedFile: whatever byte is wrong, reading gives errors that say so, or what was written.
func TestDamagedFile(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	fill(t, s, "r", 200)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for page := 0; page < len(whole); page += 4096 * 3 {
		broken := append([]byte(nil), whole...)
		for i := range 200 {
			broken[page+i] ^= 0xa5
		}
		if readDamaged(t, broken) != nil {
			failed++
		}
	}
	if failed == 0 {
		t.Error("no damage was noticed")
	}
	if err := readDamaged(t, whole[:len(whole)/2]); err == nil {
		t.Error("half a file was read without an error")
	}
}

// readDamaged opens and reads a damaged copy and returns the error that comes of it.
func readDamaged(t *testing.T, file []byte) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "damaged.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := OpenFile(t.Context(), path, nil)
	if err == nil {
		defer s.Close()
		for _, err = range journal.Read(t.Context(), s, "r", 1) {
			if err != nil {
				break
			}
		}
	}
	var ce *journal.CorruptError
	var oe *OpenError
	if err != nil && !errors.As(err, &ce) && !errors.As(err, &oe) && !errors.Is(err, journal.ErrNoRun) && !errors.Is(err, journal.ErrNewer) {
		t.Errorf("error %v says neither what is damaged nor what to do", err)
	}
	return err
}

// TestMissingRecord: a hole, or an end that is cut off, is noticed.
func TestMissingRecord(t *testing.T) {
	for _, seq := range []string{"1", "3", "5"} {
		s := openIn(t, t.TempDir())
		fill(t, s, "r", 5)
		execute(t, s.Path(), "DELETE FROM records WHERE id & 4294967295 = "+seq)
		var err error
		for _, err = range s.Records(t.Context(), "r", 1) {
		}
		var ce *journal.CorruptError
		if !errors.As(err, &ce) || ce.Run != "r" || !strings.Contains(err.Error(), "damaged at record "+seq+": it is missing") {
			t.Errorf("without record %s: %v", seq, err)
		}
	}
}

// TestPragmas: what the package comment says about power cuts rests on these.
func TestPragmas(t *testing.T) {
	s := openIn(t, t.TempDir())
	for pragma, want := range map[string][3]string{
		"synchronous":  {"1", "2", ""}, // NORMAL, FULL
		"journal_mode": {"wal", "wal", "wal"},
		"busy_timeout": {"5000", "5000", "5000"},
		"query_only":   {"0", "0", "1"},
	} {
		for i, db := range []*sql.DB{s.write, s.sync, s.read} {
			var got string
			if err := db.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || want[i] != "" && got != want[i] {
				t.Errorf("connection %d has %s=%s, %v, want %s", i, pragma, got, err, want[i])
			}
		}
	}
}

// TestLockLeavesNothing: a directory of locks doesn't grow with the runs.
func TestLockLeavesNothing(t *testing.T) {
	s := openIn(t, t.TempDir())
	unlock, err := s.Lock(t.Context(), "r")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(unlock(), unlock()); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(s.Path() + ".locks")
	if err != nil || len(left) != 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// TestBytesPerRecord: what a record takes doesn't grow with the run.
func TestBytesPerRecord(t *testing.T) {
	size := func(n int) float64 {
		s := openIn(t, t.TempDir())
		fill(t, s, "r", n)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(s.Path())
		if err != nil {
			t.Fatal(err)
		}
		return float64(info.Size()) / float64(n)
	}
	small, big := size(300), size(3000)
	t.Logf("%.0f bytes a record in a run of 300, %.0f in one of 3,000", small, big)
	if big > small*1.05 {
		t.Errorf("%.0f bytes a record in a run of 300, %.0f in one of 3,000", small, big)
	}
}
