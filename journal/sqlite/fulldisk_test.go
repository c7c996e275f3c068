//go:build unix

package sqlite

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/azimuthdev/azimuth/journal"
)

// fullDiskEnv holds the directory for the child of TestFullDisk.
const fullDiskEnv = "AZIMUTH_TEST_FULL_DISK"

// TestFullDisk: a process whose files can't grow past 1 MiB gets an error from the append that doesn't fit, and the store
// holds everything up to that append and nothing of it.
func TestFullDisk(t *testing.T) {
	if dir := os.Getenv(fullDiskEnv); dir != "" {
		appendUntilFull(t, dir)
		return
	}
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^TestFullDisk$", "-test.count=1")
	cmd.Env = append(os.Environ(), fullDiskEnv+"="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s := openIn(t, dir)
	n := checkPrefix(t, s)
	if n == 0 || n%20 != 0 {
		t.Errorf("%d records are there, want a multiple of 20", n)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	// With room again the run can be carried on.
	w, err := journal.Continue(t.Context(), s, "r", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.AppendSync(t.Context(), journal.KindTold, told(int(n))); err != nil {
		t.Error(err)
	}
}

// appendUntilFull runs in the child.
func appendUntilFull(t *testing.T, dir string) {
	signal.Ignore(syscall.SIGXFSZ) // so that a write past the limit is an error, as on a full disk
	s := openIn(t, dir)
	limit := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	w, err := journal.Begin(t.Context(), s, journal.Run{ID: "r"}, nil, &journal.WriterOptions{Batch: 20, Age: 1 << 40})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5000 {
		if err = w.Append(t.Context(), journal.KindTold, told(i)); err != nil {
			break
		}
	}
	var oe *OpenError
	if !errors.As(err, &oe) || !strings.Contains(err.Error(), "make room") || !strings.Contains(err.Error(), "the journal of run r can't be written") {
		t.Fatalf("error %v, want one about the disk", err)
	}
	if again := w.Append(t.Context(), journal.KindTold, told(1)); again == nil {
		t.Fatal("the writer went on after the failure")
	}
	before := checkPrefix(t, s) // this process sees nothing half-written either
	if before%20 != 0 {
		t.Fatalf("%d records are visible, want a multiple of 20", before)
	}
}
