package judge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/internal/group"
	"github.com/azimuthdev/azimuth/tool"
)

const (
	// DefaultCommandTimeout is how long a command may take.
	DefaultCommandTimeout = 30 * time.Second

	keptOutput = 64 << 10               // bytes of a command's output that are kept: the last ones
	afterKill  = 500 * time.Millisecond // for pipes that a killed command's children hold open
	maxReason  = 1000                   // bytes
)

// CommandOptions are how a command is run. The zero value is the default.
type CommandOptions struct {
	Timeout time.Duration // default [DefaultCommandTimeout]
	Dir     string        // working directory, default this process's
	Env     []string      // KEY=value; nil is this process's environment
}

// Validate says which option is out of range.
func (o *CommandOptions) Validate() error {
	if o != nil && o.Timeout < 0 {
		return fmt.Errorf("timeout %v: want 0 for the default, or more", o.Timeout)
	}
	return nil
}

type command struct {
	argv []string
	opts CommandOptions
}

// Command returns a judge by a command, run without a shell. It gets the [Plan] as one JSON object on its standard
// input. Exit code 0 accepts, 1 rejects; anything else is an error, with the last line that the command wrote to its
// standard error. The last line of its output is the reason, or a JSON object {"accepted", "score", "reason"}
// that says it finer; there, accepted must agree with the exit code, and a missing score is 1 or 0. At its time limit
// the command is killed, and what it started with it where the system allows.
func Command(argv []string, o *CommandOptions) (Judge, error) {
	if len(argv) == 0 || argv[0] == "" {
		return nil, errors.New("command: is empty; write the program and its arguments")
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if _, err := exec.LookPath(argv[0]); err != nil {
		return nil, fmt.Errorf("command: %w", err)
	}
	j := &command{argv: argv}
	if o != nil {
		j.opts = *o
	}
	if j.opts.Timeout == 0 {
		j.opts.Timeout = DefaultCommandTimeout
	}
	return j, nil
}

// Name implements [Judge].
func (j *command) Name() string { return "command:" + strings.Join(j.argv, " ") }

// Judge implements [Judge].
func (j *command) Judge(ctx context.Context, p Plan) (Verdict, error) {
	input, err := json.Marshal(p)
	if err != nil {
		return Verdict{}, fmt.Errorf("command: the plan is not JSON: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, j.opts.Timeout)
	defer cancel()
	var stdout, stderr tail
	cmd := exec.CommandContext(limited, j.argv[0], j.argv[1:]...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = j.opts.Dir, j.opts.Env, afterKill
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), &stdout, &stderr
	group.Own(cmd)
	cmd.Cancel = func() error { return group.Kill(cmd) }
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return Verdict{}, ctx.Err()
	case limited.Err() != nil:
		return Verdict{}, fmt.Errorf("command: no verdict within %v; make it faster or raise its timeout", j.opts.Timeout)
	case err == nil || errors.Is(err, exec.ErrWaitDelay):
		return commandVerdict(true, stdout.lastLine())
	case errors.As(err, &exit) && exit.ExitCode() == 1:
		return commandVerdict(false, stdout.lastLine())
	}
	if line := stderr.lastLine(); line != "" {
		return Verdict{}, fmt.Errorf("command: %w: %s", err, tool.Clip(line, maxReason))
	}
	return Verdict{}, fmt.Errorf("command: %w (exit code 0 accepts, 1 rejects)", err)
}

// commandVerdict reads the last line of a command's output.
func commandVerdict(accepted bool, line string) (Verdict, error) {
	v := Verdict{Accepted: accepted}
	if accepted {
		v.Score = 1
	}
	if !strings.HasPrefix(line, "{") || canon.CheckDepth([]byte(line)) != nil || !json.Valid([]byte(line)) {
		v.Reason = tool.Clip(line, maxReason)
		return v, nil
	}
	var said struct {
		Accepted *bool    `json:"accepted"`
		Score    *float64 `json:"score"`
		Reason   string   `json:"reason"`
	}
	if err := json.Unmarshal([]byte(line), &said); err != nil {
		return Verdict{}, fmt.Errorf("command: its last line: %w; want {\"accepted\": true, \"score\": 0.9, \"reason\": \"...\"}", err)
	}
	if said.Accepted != nil && *said.Accepted != accepted {
		return Verdict{}, fmt.Errorf("command: it says accepted: %v, but its exit code says otherwise", *said.Accepted)
	}
	if said.Score != nil {
		if !(*said.Score >= 0 && *said.Score <= 1) {
			return Verdict{}, fmt.Errorf("command: its score is %v, want one from 0 to 1", *said.Score)
		}
		v.Score = *said.Score
	}
	v.Reason = tool.Clip(said.Reason, maxReason)
	return v, nil
}

// tail keeps the last part of what is written to it.
type tail struct{ b []byte }

// Write implements [io.Writer]; it never fails.
func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	if over := len(t.b) - keptOutput; over > 0 {
		t.b = append(t.b[:0], t.b[over:]...)
	}
	return len(p), nil
}

// lastLine is the last line with something on it.
func (t *tail) lastLine() string {
	text := strings.TrimSpace(string(t.b))
	return strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
}
