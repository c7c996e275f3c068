package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/internal/group"
	"github.com/azimuthdev/azimuth/internal/secret"
	"github.com/azimuthdev/azimuth/tool"
)

// maxStderr is how much of the standard error output is kept, in bytes.
const maxStderr = 64 << 10

// grace is how long the outputs of a killed program are waited for: something it started in another process group
// may hold them open.
const grace = 2 * time.Second

// program is a command line as a tool.
type program struct {
	spec   tool.Spec
	config Config
	path   string
	env    []string
	cut    *secret.Cutter
}

// readEnv takes from the environment what the program may see.
func (t *program) readEnv(lookup func(string) (string, bool)) {
	var secrets []secret.Value
	t.env = []string{} // not nil, which would pass on everything
	for _, name := range append(BaseEnv[:], t.config.Env...) {
		v, ok := lookup(name)
		if !ok {
			continue
		}
		t.env = append(t.env, name+"="+v)
		if secret.Name(name) {
			secrets = append(secrets, secret.Parts(name, v)...)
		}
	}
	t.cut = secret.New(secrets...)
}

// Spec returns the tool's specification.
func (t *program) Spec() tool.Spec { return t.spec }

// Call runs the program once. An error means that it did not start, or was killed at the time limit or because the
// context was cancelled.
func (t *program) Call(ctx context.Context, raw json.RawMessage) (tool.Result, error) {
	if err := ctx.Err(); err != nil {
		return tool.Result{}, err
	}
	args, err := decode(raw)
	if err != nil {
		return t.refuse(err), nil
	}
	line, err := argv(t.config.Argv[1:], args)
	if err != nil {
		return t.refuse(err), nil
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(t.config.Timeout))
	defer cancel()
	stdout, stderr := capture{limit: tool.JournalLimit}, capture{limit: maxStderr}
	cmd := exec.CommandContext(ctx, t.path, line...)
	cmd.Args[0] = t.config.Argv[0]
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = t.config.Dir, t.env, &stdout, &stderr
	if in := args[t.config.Stdin]; len(in) > 0 {
		cmd.Stdin = strings.NewReader(canon.Text(in))
	}
	group.Own(cmd)
	cmd.Cancel = func() error { return group.Kill(cmd) }
	cmd.WaitDelay = grace
	err = cmd.Run()
	if err != nil && ctx.Err() != nil {
		return tool.Result{}, fmt.Errorf("%s: killed: %w", t.spec.Name, ctx.Err())
	}
	return t.result(stdout.String(), stderr.String(), err)
}

func (t *program) refuse(err error) tool.Result {
	return tool.Result{Content: t.spec.Name + ": " + err.Error(), IsError: true}
}

func (t *program) result(stdout, stderr string, err error) (tool.Result, error) {
	stdout, stderr = t.cut.Cut(stdout), t.cut.Cut(stderr)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		text := exit.Error()
		for _, out := range []string{stderr, stdout} {
			if out = strings.TrimSpace(readable(out)); out != "" {
				text += "\n" + out
			}
		}
		return tool.Result{Content: text, IsError: true}, nil
	case err != nil && !errors.Is(err, exec.ErrWaitDelay):
		return tool.Result{}, fmt.Errorf("%s: %s", t.spec.Name, t.cut.Cut(err.Error()))
	}
	res := tool.Result{Content: readable(stdout)}
	if v, err := canon.JSON([]byte(stdout)); err == nil && (v[0] == '{' || v[0] == '[') {
		res.Value = v
	}
	if stdout == "" {
		res.Content = readable(stderr)
	}
	return res, nil
}

func readable(s string) string {
	if !utf8.ValidString(s) {
		return fmt.Sprintf("%d bytes that are not text", len(s))
	}
	return s
}

// capture keeps the beginning of what is written, and counts the rest.
type capture struct {
	buf   bytes.Buffer
	limit int
	cut   int
}

// Write never fails: a program must not die of writing too much.
func (c *capture) Write(p []byte) (int, error) {
	keep := min(len(p), c.limit-c.buf.Len())
	c.buf.Write(p[:keep])
	c.cut += len(p) - keep
	return len(p), nil
}

// String returns what was kept, with a note of what was not.
func (c *capture) String() string {
	if c.cut == 0 {
		return c.buf.String()
	}
	b := c.buf.Bytes()
	for i := 0; i < utf8.UTFMax && len(b) > 0; i++ { // the limit may have cut a rune in two
		if r, n := utf8.DecodeLastRune(b); r != utf8.RuneError || n != 1 {
			break
		}
		b = b[:len(b)-1]
	}
	return fmt.Sprintf("%s\n[... %d bytes left out ...]", b, c.cut+c.buf.Len()-len(b))
}
