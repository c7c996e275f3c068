//go:build unix

package main

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// fault is a folder with a tool that says when it has done its effect and then blocks, and a model that uses it.
type fault struct {
	*testing.T
	dir         string
	ready, gate *os.File // named pipes: the tool, or the model, is there; what the tool waits for
	answers     atomic.Pointer[scripted]
	env         []string
}

// patience is how long anything may take before a test gives up.
const patience = 60 * time.Second

func newFault(t *testing.T, effect string, answers ...string) *fault {
	f := &fault{T: t, dir: t.TempDir()}
	f.ready, f.gate = f.pipe("ready"), f.pipe("gate")
	f.say(answers...)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { f.answers.Load().ServeHTTP(w, r) }))
	t.Cleanup(s.CloseClientConnections)
	t.Cleanup(s.Close)
	t.Cleanup(s.CloseClientConnections) // requests that hang end before the server waits for them
	f.env = append(os.Environ(), "XDG_DATA_HOME="+filepath.Join(f.dir, "data"), "XDG_CONFIG_HOME="+filepath.Join(f.dir, "conf"),
		"HOME="+f.dir, "AZIMUTH_MODEL=vllm/scripted", "AZIMUTH_MODEL_MODE=tools", "AZIMUTH_BASE_URL="+s.URL+"/v1", "AZIMUTH_SAMPLES=2")
	f.write("az.yaml", `tools:
  - name: note
    description: Notes a line
    argv: [sh, -c, 'echo done >>effects; echo up >ready; cat gate']
    effect: `+effect+"\n")
	return f
}

func (f *fault) say(answers ...string) { s := scripted(answers); f.answers.Store(&s) }

func (f *fault) write(name, text string) {
	if err := os.WriteFile(filepath.Join(f.dir, name), []byte(text), 0o600); err != nil {
		f.Fatal(err)
	}
}

// pipe makes a named pipe and holds both of its ends, so that opening it never blocks.
func (f *fault) pipe(name string) *os.File {
	path := filepath.Join(f.dir, name)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		f.Fatal(err)
	}
	p, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { p.Close() }) // a tool that was orphaned ends with it
	return p
}

func (f *fault) command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	c := exec.Command("azimuth", args...)
	c.Dir, c.Env = f.dir, f.env
	out := new(bytes.Buffer)
	c.Stdout, c.Stderr = out, out
	return c, out
}

// hit starts a run, waits until the tool or the model is there, and sends the signal.
func (f *fault) hit(sig syscall.Signal) string {
	f.Helper()
	c, out := f.command("run", "--config", "az.yaml", "--approve", "all", "Note it")
	if err := c.Start(); err != nil {
		f.Fatal(err)
	}
	defer time.AfterFunc(patience, func() { _ = c.Process.Kill() }).Stop()
	f.wait()
	if err := c.Process.Signal(sig); err != nil {
		f.Fatal(err)
	}
	_ = c.Wait()
	if sig != syscall.SIGKILL && c.ProcessState.ExitCode() != exitFailed {
		f.Fatalf("exit code %d\n%s", c.ProcessState.ExitCode(), out)
	}
	return out.String()
}

func (f *fault) wait() {
	f.Helper()
	if err := f.ready.SetReadDeadline(time.Now().Add(patience)); err != nil {
		f.Fatal(err)
	}
	if _, err := f.ready.Read(make([]byte, 100)); err != nil {
		f.Fatal(err)
	}
}

// must runs the command to its end, which is an exit code and texts that were printed.
func (f *fault) must(code int, args []string, want ...string) {
	f.Helper()
	c, out := f.command(args...)
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		f.Fatal(err)
	}
	if got := c.ProcessState.ExitCode(); got != code {
		f.Fatalf("%v: exit code %d, want %d\n%s", args, got, code, out)
	}
	for _, w := range want {
		if !strings.Contains(out.String(), w) {
			f.Errorf("%v: %q is missing in\n%s", args, w, out)
		}
	}
}

func (f *fault) effects(want int) {
	f.Helper()
	raw, err := os.ReadFile(filepath.Join(f.dir, "effects"))
	if err != nil && want > 0 {
		f.Fatal(err)
	}
	if got := strings.Count(string(raw), "\n"); got != want {
		f.Fatalf("%d effects, want %d", got, want)
	}
}

var noteOnce = []string{"tool note {}", "say noted"}

// An effect that was under way when the process died is never made again unless somebody says so.
func TestKilledInEffect(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			f := newFault(t, "destructive", noteOnce...)
			out := f.hit(sig)
			if sig != syscall.SIGKILL && !strings.Contains(out, "go on with: azimuth resume 2") {
				t.Errorf("it does not say how to go on:\n%s", out)
			}
			f.must(exitOK, []string{"runs"}, "interrupted")
			f.must(exitOK, []string{"show"}, "interrupted")
			f.must(exitDenied, []string{"resume"}, "step 1", "unknown", "azimuth resume 2", "--unknown")
			f.must(exitDenied, []string{"resume", "--unknown", "abort", "--approve", "all"}, "unknown")
			f.effects(1)
			f.must(exitOK, []string{"resume", "--unknown", "done"}, "succeeded")
			f.must(exitOK, []string{"resume", "--unknown", "retry", "--approve", "all"}, "succeeded")
			f.effects(1)
		})
	}
}

func TestKilledInEffectAndRetried(t *testing.T) {
	f := newFault(t, "destructive", noteOnce...)
	f.hit(syscall.SIGKILL)
	if err := os.Remove(filepath.Join(f.dir, "gate")); err != nil { // the tool need not wait any more
		t.Fatal(err)
	}
	f.write("gate", "")
	f.must(exitOK, []string{"resume", "--unknown", "retry"}, "succeeded")
	f.effects(2)
}

// A run that was stopped while it searched goes on where it was.
func TestStoppedWhileSearching(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT} {
		for name, answers := range map[string][]string{
			"first question":  {"hang ready"},
			"second question": {"tool note {}", "hang ready"},
		} {
			t.Run(name+" "+sig.String(), func(t *testing.T) {
				t.Parallel()
				f := newFault(t, "destructive")
				for i, a := range answers {
					answers[i] = strings.Replace(a, "hang ready", "hang "+f.ready.Name(), 1)
				}
				f.say(answers...)
				out := f.hit(sig)
				if sig == syscall.SIGINT && !strings.Contains(out, "go on with: azimuth resume 2") {
					t.Errorf("it does not say how to go on:\n%s", out)
				}
				f.effects(0)
				f.say(noteOnce...)
				f.must(exitDenied, []string{"resume"}, "note not approved")
				f.effects(0)
			})
		}
	}
}

// A call that only reads is made again: nothing is lost by that.
func TestStoppedInRead(t *testing.T) {
	f := newFault(t, "read", noteOnce...)
	f.hit(syscall.SIGINT)
	if err := os.Remove(filepath.Join(f.dir, "gate")); err != nil {
		t.Fatal(err)
	}
	f.write("gate", "all of it")
	f.must(exitOK, []string{"resume"}, "succeeded")
}
