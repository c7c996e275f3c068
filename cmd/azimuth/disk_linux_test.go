package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// tmpfs mounts a disk of a size, or skips the test.
func (f *fault) tmpfs(size string) string {
	f.Helper()
	dir := filepath.Join(f.dir, "disk")
	if err := os.Mkdir(dir, 0o700); err != nil {
		f.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		f.Skip("SKIPPED: full disks: a small one can't be mounted here: ", err)
	}
	f.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return filepath.Join(dir, "az.db")
}

// A disk that is full from the beginning is a mistake in the set-up.
func TestDiskFullAtStart(t *testing.T) {
	f := newFault(t, "read", "tool note {}", "say noted")
	store := f.tmpfs("8k")
	f.must(exitUsage, []string{"run", "--config", "az.yaml", "--store", store, "Note it"}, "journal store", "make room, or choose another path")
	f.effects(0)
}

// A disk that gets full in between ends the run; what could not be recorded is not carried out.
func TestDiskFullInBetween(t *testing.T) {
	f := newFault(t, "read", "tool flood {}", `tool append {"line":"x"}`, "say done")
	f.write("az.yaml", `tools:
  - {name: flood, description: Says a lot, argv: [head, -c, "1000000", /dev/zero], effect: read}
  - {name: append, description: Appends a line, argv: [sh, -c, 'echo done >>effects'], effect: destructive}
`)
	store := f.tmpfs("400k")
	f.must(exitFailed, []string{"run", "--config", "az.yaml", "--approve", "all", "--store", store, "Note it"}, "full", "azimuth resume 2")
	f.effects(0)
}
