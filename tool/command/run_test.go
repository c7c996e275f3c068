//go:build unix

package command

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

// script is a tool that runs a shell script, which sees the parameters as $1, $2 …
func script(t testing.TB, text string, change func(*Config)) tool.Tool {
	t.Helper()
	c := Config{Name: "script", Argv: []string{"sh", "-c", text, "sh", "{{a}}", "{{b}}"},
		Params: Schema(`{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}`)}
	if change != nil {
		change(&c)
	}
	tl, err := New(c, &Options{LookupEnv: func(name string) (string, bool) {
		switch name {
		case "PATH":
			return os.Getenv("PATH"), true
		case "MY_TOKEN", "MY_NAME", "OTHER":
			return "value-of-" + name, true
		}
		return "", false
	}})
	if err != nil {
		t.Fatal(err)
	}
	return tl
}

func TestCall(t *testing.T) {
	for _, c := range []struct {
		script, args string
		want         tool.Result
	}{
		{`printf '%s|' "$@"`, `{"a":"x y; $(z)","b":"*"}`, tool.Result{Content: "x y; $(z)|*|"}},
		{`echo '{"b": 1.0, "a": [] }'`, `{}`, tool.Result{Content: "{\"b\": 1.0, \"a\": [] }\n", Value: json.RawMessage(`{"a":[],"b":1}`)}},
		{`echo 42`, `{}`, tool.Result{Content: "42\n"}},
		{`echo warn >&2; echo out`, `{}`, tool.Result{Content: "out\n"}},
		{`echo warn >&2`, `{}`, tool.Result{Content: "warn\n"}},
		{`echo out; echo why >&2; exit 3`, `{}`, tool.Result{Content: "exit status 3\nwhy\nout", IsError: true}},
		{`printf '\377\376'`, `{}`, tool.Result{Content: "2 bytes that are not text"}},
		{`echo $MY_TOKEN $MY_NAME $OTHER.`, `{}`, tool.Result{Content: "[secret MY_TOKEN] value-of-MY_NAME .\n"}},
		{`cat`, `{"b":"in\nput"}`, tool.Result{Content: "in\nput"}},
		{`:`, `{"a":"-x"}`, tool.Result{Content: `script: args.a: "-x" begins with a dash and would be taken for an option`, IsError: true}},
	} {
		tl := script(t, c.script, func(cfg *Config) {
			cfg.Env, cfg.Stdin = []string{"MY_TOKEN", "MY_NAME"}, "b"
		})
		got, err := tl.Call(t.Context(), json.RawMessage(c.args))
		if err != nil || got.Content != c.want.Content || string(got.Value) != string(c.want.Value) || got.IsError != c.want.IsError {
			t.Errorf("%s %s: %+v, %v", c.script, c.args, got, err)
		}
	}
}

func TestDir(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "here"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := script(t, "ls", func(c *Config) { c.Dir = dir }).Call(t.Context(), json.RawMessage(`{}`))
	if err != nil || got.Content != "here\n" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestInferredParams(t *testing.T) {
	tl, err := New(Config{Name: "show", Argv: []string{"printf", "%s", "{{text}}"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}`
	if got := string(tl.Spec().Input); got != want {
		t.Errorf("input schema %s", got)
	}
}

func TestLongOutput(t *testing.T) {
	got, err := script(t, fmt.Sprintf("head -c %d /dev/zero | tr '\\0' x", tool.JournalLimit+1000), nil).Call(t.Context(), json.RawMessage(`{}`))
	if err != nil || len(got.Content) > tool.JournalLimit+100 || !strings.HasSuffix(got.Content, "[... 1000 bytes left out ...]") {
		t.Errorf("%d bytes, %v", len(got.Content), err)
	}
}

func TestTimeout(t *testing.T) {
	tl := script(t, "sleep 1000", func(c *Config) { c.Timeout = Duration(50 * time.Millisecond) })
	if _, err := tl.Call(t.Context(), json.RawMessage(`{}`)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v", err)
	}
}

// The program starts another one; both hold a pipe open. Then it is cancelled, and the pipe must come to its end,
// which it does when the last of them is dead.
func TestCancelKillsTheGroup(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		f, err := os.Open(pipe)
		if err != nil {
			ended <- err
			return
		}
		defer f.Close()
		r := bufio.NewReader(f)
		_, err = r.ReadString('\n')
		cancel()
		_, more := io.Copy(io.Discard, r)
		ended <- errors.Join(err, more)
	}()
	_, err := script(t, `exec 3> "$1"; sleep 1000 & echo started >&3; wait`, nil).Call(ctx, json.RawMessage(fmt.Sprintf(`{"a":%q}`, pipe)))
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error is %v", err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("what the program started outlived the call")
	}
}

func TestConformance(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "started")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	started := make(chan struct{})
	go func() {
		if f, err := os.Open(pipe); err == nil { // returns when the script has opened its end
			f.Close()
		}
		close(started)
	}()
	tooltest.Run(t, func(t testing.TB) tool.Tool {
		return script(t, `case "$1" in fail) echo no >&2; exit 1;; hang) echo x > "$2"; sleep 1000;; *) echo "$1";; esac`, nil)
	},
		tooltest.Sample{Args: `{"a":"ok"}`, Check: func(r tool.Result) error {
			if r.Content != "ok\n" {
				return fmt.Errorf("content %q", r.Content)
			}
			return nil
		}},
		tooltest.Sample{Args: `{"a":"fail"}`, Fails: true},
		tooltest.Sample{Args: `{"a":7}`, Refused: true},
		tooltest.Sample{Args: fmt.Sprintf(`{"a":"hang","b":%q}`, pipe), Started: started})
}
