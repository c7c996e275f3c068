package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// terminal is a run of the command at a pseudo-terminal.
type terminal struct {
	*testing.T
	master *os.File
	seen   string // what was printed and not yet expected
	cmd    *exec.Cmd
}

// control does one ioctl, the calls that a pseudo-terminal is made by.
func control(f *os.File, request uintptr, arg *int32) error {
	c, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var errno syscall.Errno
	if err := c.Control(func(fd uintptr) {
		_, _, errno = syscall.Syscall(syscall.SYS_IOCTL, fd, request, uintptr(unsafe.Pointer(arg)))
	}); err != nil {
		return err
	}
	if errno != 0 {
		return errno
	}
	return nil
}

func (f *fault) atTerminal(args ...string) *terminal {
	f.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		f.Skip("SKIPPED: the terminal dialogue: no pseudo-terminals here: ", err)
	}
	f.Cleanup(func() { master.Close() })
	var unlock, number int32
	if err := control(master, syscall.TIOCSPTLCK, &unlock); err != nil {
		f.Fatal(err)
	}
	if err := control(master, syscall.TIOCGPTN, &number); err != nil {
		f.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		f.Fatal(err)
	}
	defer slave.Close()
	t := &terminal{T: f.T, master: master}
	t.cmd, _ = f.command(args...)
	t.cmd.Stdin, t.cmd.Stdout, t.cmd.Stderr = slave, slave, slave
	t.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := t.cmd.Start(); err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = t.cmd.Process.Kill() })
	return t
}

// expect waits until a text was printed.
func (t *terminal) expect(want string) {
	t.Helper()
	if err := t.master.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 4096)
	for !strings.Contains(t.seen, want) {
		n, err := t.master.Read(buf)
		t.seen += string(buf[:n])
		if err != nil && !strings.Contains(t.seen, want) {
			t.Fatalf("%q did not come: %v in\n%s", want, err, t.seen)
		}
	}
	_, t.seen, _ = strings.Cut(t.seen, want)
}

func (t *terminal) typed(text string) {
	t.Helper()
	if _, err := t.master.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

// ends reads what is left and checks the exit code.
func (t *terminal) ends(code int) {
	t.Helper()
	if err := t.master.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 4096)
	for {
		n, err := t.master.Read(buf)
		t.seen += string(buf[:n])
		if err != nil { // EIO when the other end was closed
			break
		}
	}
	defer time.AfterFunc(patience, func() { _ = t.cmd.Process.Kill() }).Stop()
	_ = t.cmd.Wait()
	if got := t.cmd.ProcessState.ExitCode(); got != code {
		t.Fatalf("exit code %d, want %d\n%s", got, code, t.seen)
	}
}

const question = "Carry it out? [y/a/n/e/q/?] "

func TestApprovalDialogue(t *testing.T) {
	for name, c := range map[string]struct {
		dialogue []string // what is expected and what is typed, in turns
		code     int
		log      string
	}{
		"each":      {[]string{"Step 1 changes the world (destructive)", "", question, "y\n", `{"line":"two"}`, "", question, "yes\n"}, exitOK, "one\ntwo\n"},
		"all":       {[]string{question, "a\n"}, exitOK, "one\ntwo\n"},
		"help":      {[]string{question, "?\n", "search on without it", "", question, "maybe\n", "q  stop", "", question, "a\n"}, exitOK, "one\ntwo\n"},
		"quit":      {[]string{question, "q\n"}, exitDenied, ""},
		"hang up":   {[]string{question, "\x04"}, exitDenied, ""},
		"edit":      {[]string{question, "e\n", "Arguments as JSON: ", "{\"line\":\"other\"}\n", question, "q\n"}, exitDenied, ""},
		"bad edit":  {[]string{question, "e\n", "Arguments as JSON: ", "{\"lines\":1}\n", "lines", "", question, "q\n"}, exitDenied, ""},
		"edited":    {[]string{question, "e\n", "Arguments as JSON: ", "{\"line\":\"other\"}\n", question, "y\n"}, exitOK, "other\ntwo\n"},
		"interrupt": {[]string{question, "\x03", "go on with: azimuth resume 2", ""}, exitFailed, ""},
		"reject":    {[]string{question, "n\n", "step 1 append: reject (terminal)", "", question, "q\n"}, exitDenied, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFault(t, "read", `tool append {"line":"one"}`, `tool append {"line":"two"}`, "say noted")
			f.write("az.yaml", `tools:
  - {name: append, description: Appends a line, argv: [sh, -c, 'echo "$1" >>log', sh, '{{line}}'], effect: destructive}
`)
			x := f.atTerminal("run", "--config", "az.yaml", "Note two things")
			for i := 0; i < len(c.dialogue); i += 2 {
				x.expect(c.dialogue[i])
				x.typed(c.dialogue[i+1])
			}
			x.ends(c.code)
			raw, _ := os.ReadFile(filepath.Join(f.dir, "log"))
			if string(raw) != c.log {
				t.Errorf("the log has %q, want %q\n%s", raw, c.log, x.seen)
			}
		})
	}
}

// Progress is one line that is drawn again, and goes away.
func TestProgressLine(t *testing.T) {
	f := newFault(t, "read", "tool note {}", "say noted")
	f.write("gate.txt", "")
	f.write("az.yaml", "tools:\n  - {name: note, description: Notes, argv: [cat, gate.txt], effect: read}\n")
	x := f.atTerminal("run", "--config", "az.yaml", "Note it")
	x.expect("\r\x1b[Ksearching: 1 expansion, 1 node, depth 0, 1 model call, 120 tokens")
	x.expect("\r\x1b[Kplan of 1 step found")
	x.expect("noted")
	x.ends(exitOK)
}

// An effect of which nobody knows whether it took place is asked about.
func TestUnknownDialogue(t *testing.T) {
	f := newFault(t, "destructive", noteOnce...)
	f.hit(syscall.SIGKILL)
	x := f.atTerminal("resume")
	x.expect("Nobody knows whether step 1 took place")
	x.expect("Make it again (retry), take it as done (done), or stop (abort)? ")
	x.typed("perhaps\n")
	x.expect("(abort)? ")
	x.typed("done\n")
	x.expect("succeeded")
	x.ends(exitOK)
	f.effects(1)
}
