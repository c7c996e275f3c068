package journaltest

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/journal"
)

// childEnv tells the re-executed test binary what to do, and where.
const childEnv = "AZIMUTH_JOURNALTEST_CHILD"

// RunDurable checks a store that outlives its process: everything of [Run], and that what was appended survives
// closing and kill -9, that locks hold between processes and end with their holder. open opens the store at a place
// (a directory of its own), empty the first time, and sees to its closing. Call it at the top of a test function: the
// function is run again in child processes.
func RunDurable(t *testing.T, open func(tb testing.TB, dir string) journal.Store) {
	if role, dir, ok := strings.Cut(os.Getenv(childEnv), " "); ok {
		child(t, role, open(t, dir))
	}
	Run(t, func(tb testing.TB) journal.Store { return open(tb, tb.TempDir()) })
	t.Run("reopen", func(t *testing.T) { reopen(t, open) })
	t.Run("two handles", func(t *testing.T) { twoHandles(t, open) })
	name := t.Name()
	t.Run("lock ends with its holder", func(t *testing.T) { lockDies(t, name, open) })
	for _, after := range []int{1, 9, 40} {
		t.Run(fmt.Sprintf("killed after %d", after), func(t *testing.T) { killed(t, name, open, after) })
	}
}

func reopen(t *testing.T, open func(testing.TB, string) journal.Store) {
	dir := t.TempDir()
	s := open(t, dir)
	fill(t, s, "r", 3)
	must(t, s.SetStatus(t.Context(), "r", "denied"))
	must(t, s.Close())
	s = open(t, dir)
	wantRecords(t, s, "r", 1, records(t, 1, 3))
	if r, err := s.Get(t.Context(), "last"); err != nil || r.Status != "denied" || !r.Started.Equal(start) {
		t.Errorf("reopened as %+v, %v", r, err)
	}
	must(t, s.Append(t.Context(), "r", record(t, 4)))
}

// twoHandles: what one handle wrote the other sees, and can't overwrite.
func twoHandles(t *testing.T, open func(testing.TB, string) journal.Store) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir)
	fill(t, a, "r", 2)
	wantRecords(t, b, "r", 1, records(t, 1, 2))
	must(t, b.Append(t.Context(), "r", record(t, 3)))
	wantErr(t, "append of a number that the other took", a.Append(t.Context(), "r", record(t, 3)), journal.ErrConflict)
	unlock, err := a.Lock(t.Context(), "r")
	must(t, err)
	_, err = b.Lock(t.Context(), "r")
	wantErr(t, "lock through the other handle", err, journal.ErrLocked)
	must(t, unlock())
}

// process is a child that plays a role until it is killed.
type process struct {
	cmd *exec.Cmd
	in  io.Closer
	out *bufio.Scanner
}

func spawn(t *testing.T, test, role, dir string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.count=1")
	cmd.Env = append(os.Environ(), childEnv+"="+role+" "+dir)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return &process{cmd, in, bufio.NewScanner(out)}
}

// next returns the next line that the child wrote for its parent.
func (p *process) next() (n int, ok bool) {
	for p.out.Scan() {
		if _, err := fmt.Sscanf(p.out.Text(), "child: %d", &n); err == nil {
			return n, true
		}
	}
	return 0, false
}

// kill is kill -9. It returns the last number that the child had written.
func (p *process) kill(last int) int {
	_ = p.cmd.Process.Kill()
	for n, ok := p.next(); ok; n, ok = p.next() {
		last = n
	}
	_ = p.cmd.Wait() // says that it was killed
	return last
}

func tell(n int) { fmt.Printf("child: %d\n", n) }

// child plays its role until it is killed, or its parent is gone.
func child(t *testing.T, role string, s journal.Store) {
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // ends with the parent
		os.Exit(3)
	}()
	switch role {
	case "lock":
		_, err := s.Lock(t.Context(), "r")
		must(t, err)
		tell(1)
		select {}
	case "append":
		for n := uint64(0); ; n += 4 {
			must(t, s.Append(t.Context(), "r", records(t, n+1, n+3)...))
			must(t, journal.AppendSync(t.Context(), s, "r", record(t, n+4)))
			tell(int(n + 4))
		}
	}
	t.Fatalf("no role %q", role)
}

func lockDies(t *testing.T, test string, open func(testing.TB, string) journal.Store) {
	dir := t.TempDir()
	s := open(t, dir)
	fill(t, s, "r", 1)
	p := spawn(t, test, "lock", dir)
	if _, ok := p.next(); !ok {
		t.Fatal("the child got no lock")
	}
	_, err := s.Lock(t.Context(), "r")
	wantErr(t, "lock of what another process has", err, journal.ErrLocked)
	p.kill(0)
	unlock, err := s.Lock(t.Context(), "r")
	if err != nil {
		t.Fatalf("its holder is dead: %v", err)
	}
	must(t, unlock())
}

// killed: whatever the child said it had appended is there, in whole batches; and another run was written meanwhile.
func killed(t *testing.T, test string, open func(testing.TB, string) journal.Store, after int) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.Create(t.Context(), journal.Run{ID: "r", Started: start}))
	must(t, s.Create(t.Context(), journal.Run{ID: "mine", Started: start}))
	p := spawn(t, test, "append", dir)
	said := 0
	for i := range after {
		n, ok := p.next()
		if !ok {
			t.Fatal("the child stopped by itself")
		}
		said = n
		must(t, s.Append(t.Context(), "mine", record(t, uint64(i+1))))
	}
	said = p.kill(said)
	must(t, s.Close())

	s = open(t, dir)
	wantRecords(t, s, "mine", 1, records(t, 1, uint64(after)))
	got, err := read(t.Context(), s, "r", 1)
	must(t, err)
	n := len(got)
	if n < said || n%4 != 0 && n%4 != 3 {
		t.Errorf("%d records are there, the child had synced %d", n, said)
	}
	wantRecords(t, s, "r", 1, records(t, 1, uint64(n)))
	must(t, s.Append(t.Context(), "r", record(t, uint64(n+1))))
}
