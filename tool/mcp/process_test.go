package mcp

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/tool"
)

func TestChild(t *testing.T) {
	for _, mode := range []string{"serves", "banner"} {
		s := one(t, child(mode), nil)
		got, err := find(t, s, "echo").Call(t.Context(), []byte(`{"text":"héllo"}`))
		if err != nil || got.Content != "héllo" {
			t.Errorf("%s: got %+v, %v", mode, got, err)
		}
		want := Info{Server: "s", Transport: "stdio", Name: "test", Version: "1.2", Protocol: s.Info()[0].Protocol, Tools: 6}
		if s.Info()[0] != want || want.Protocol == "" {
			t.Errorf("%s: info %+v, want %+v", mode, s.Info()[0], want)
		}
	}
}

// Each way not to start names the server and shows its last words.
func TestStartFails(t *testing.T) {
	dies := child("dies")
	dies.Env["API_KEY"] = "sk-123456"
	for _, c := range []struct {
		name   string
		config ServerConfig
		is     error
		want   []string
	}{
		{"no program", ServerConfig{Command: "no-such-program"}, nil, []string{`mcp server "bad": start: `, "install it, or write its full path"}},
		{"not a program", ServerConfig{Command: os.TempDir()}, nil, []string{"start: starting"}},
		{"dies", dies, ErrDied, []string{"start: the server's process ended (exit status 3)", "stderr: line 19", "stderr: key is [secret API_KEY] [31mred"}},
		{"hangs", child("hangs"), context.DeadlineExceeded, []string{"start: no answer within 200ms", "stderr: waiting for a licence"}},
		{"garbage", child("garbage"), nil, []string{"start: ", "invalid character 't'"}},
		{"no server there", ServerConfig{URL: "http://127.0.0.1:1/mcp"}, nil, []string{"start: ", "connection refused"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := &Options{CloseGrace: 300 * time.Millisecond}
			if c.name == "hangs" {
				o.StartTimeout = 200 * time.Millisecond
			}
			cfg := Config{Servers: map[string]ServerConfig{"bad": c.config, "good": child("serves")}}
			_, err := Connect(t.Context(), cfg, o)
			var se *ServerError
			if !errors.As(err, &se) || se.Server != "bad" || se.Phase != PhaseStart {
				t.Fatalf("got %v", err)
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("%v is not %v", err, c.is)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v: lacks %q", err, want)
				}
			}
			if len(se.Stderr) > tailLines || strings.Contains(err.Error(), "sk-123456") || strings.ContainsRune(err.Error(), '\x1b') {
				t.Errorf("not bounded or not scrubbed: %q", err)
			}
		})
	}
}

func TestConnectGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Connect(ctx, Config{Servers: map[string]ServerConfig{"s": child("serves")}}, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestDiesDuringACall(t *testing.T) {
	s := one(t, child("serves"), nil)
	for i, want := range []string{"call: the server's process ended (exit status 7)\n  stderr: out of memory", "exit status 7"} {
		_, err := find(t, s, "dies").Call(t.Context(), []byte(`{"text":""}`))
		if !errors.Is(err, ErrDied) || !strings.Contains(err.Error(), want) {
			t.Errorf("call %d: got %v, want %q", i, err, want)
		}
	}
}

// A process that reads nothing blocks the write of a long call; the call returns at its limit all the same, and
// closing ends the process by force.
func TestStoppedProcess(t *testing.T) {
	s := one(t, child("serves"), &Options{CallTimeout: 50 * time.Millisecond, CloseGrace: 100 * time.Millisecond})
	echo, p := find(t, s, "echo"), s.list[0].link.proc
	if err := p.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	args := fmt.Sprintf(`{"text":%q}`, strings.Repeat("x", 1<<20))
	if _, err := echo.Call(t.Context(), []byte(args)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if !gone(p.cmd.Process.Pid) {
		t.Error("the process is still there")
	}
}

// The environment of the caller stays here; what env names is there, and comes back scrubbed.
func TestChildEnvironment(t *testing.T) {
	t.Setenv("SOME_API_KEY", "leaked")
	c := child("serves")
	c.Env["MY_TOKEN"], c.Env["PLACE"] = "${FROM_LOOKUP}", "here"
	s := one(t, c, &Options{Lookup: env(map[string]string{"FROM_LOOKUP": "tok-4711", "PATH": os.Getenv("PATH")})})
	for name, want := range map[string]string{"SOME_API_KEY": "", "MY_TOKEN": "[secret MY_TOKEN]", "PLACE": "here", "PATH": os.Getenv("PATH")} {
		got, err := find(t, s, "env").Call(t.Context(), fmt.Appendf(nil, `{"text":%q}`, name))
		if err != nil || got.Content != want {
			t.Errorf("%s: got %q, %v, want %q", name, got.Content, err, want)
		}
	}
}

// A configuration mistake that shows only when variables are known is told as one.
func TestMissingVariable(t *testing.T) {
	c := child("serves")
	c.Args = []string{"${GONE}"}
	_, err := Connect(t.Context(), Config{Servers: map[string]ServerConfig{"s": c}}, &Options{Lookup: env(nil)})
	var ce *ConfigError
	if !errors.As(err, &ce) || ce.Server != "s" || ce.Field != "args" {
		t.Errorf("got %v", err)
	}
}

func TestCloseEndsProcesses(t *testing.T) {
	for _, mode := range []string{"serves", "stubborn", "parent"} {
		t.Run(mode, func(t *testing.T) {
			grace := 100 * time.Millisecond
			if mode == "serves" {
				grace = 10 * time.Second // it ends by itself, so none of it is used
			}
			s := one(t, child(mode), &Options{CloseGrace: grace})
			p := s.list[0].link.proc
			pids := []int{p.cmd.Process.Pid}
			if mode == "parent" {
				pids = append(pids, grandchild(t, p))
			}
			if err := s.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
			for _, pid := range pids {
				if !gone(pid) {
					t.Errorf("process %d is still there", pid)
				}
			}
		})
	}
}

func grandchild(t *testing.T, p *process) int {
	for _, line := range p.stderr.last() {
		if pid, err := strconv.Atoi(strings.TrimPrefix(line, "grandchild ")); err == nil {
			return pid
		}
	}
	t.Fatalf("no pid in %q", p.stderr.last())
	return 0
}

// gone waits a while for a process to end: a grandchild was killed but not waited for.
func gone(pid int) bool {
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); runtime.Gosched() {
		if ended(pid) {
			return true
		}
	}
	return false
}

// ended says whether a process has ended; one that nobody waited for yet has.
func ended(pid int) bool {
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return true
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(stat), ") Z ") || strings.Contains(string(stat), ") X ")
}

func TestBigAnswer(t *testing.T) {
	s := one(t, child("serves"), nil)
	got, err := find(t, s, "big").Call(t.Context(), []byte(`{"text":""}`))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(got.Content); n > tool.JournalLimit || n < tool.JournalLimit-16 || !strings.Contains(got.Content, "bytes left out") {
		t.Errorf("%d bytes, ends with %q", len(got.Content), got.Content[len(got.Content)-60:])
	}
}
