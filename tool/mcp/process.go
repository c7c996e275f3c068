package mcp

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/azimuthdev/azimuth/internal/group"
)

// maxFrame is the largest protocol message that is read, in bytes. It is above [tool.JournalLimit], so that an answer that
// is too long is cut with a note, and only an absurd one breaks the connection.
const maxFrame = 64 << 20

// process is a server that was started here, in a process group of its own, so that what a wrapper such as npx
// starts in turn ends with it, and Ctrl-C at the terminal is the caller's alone.
type process struct {
	cmd    *exec.Cmd
	in     *os.File // its standard input
	out    *os.File // its standard output
	stderr *tail
	grace  time.Duration
	ended  chan struct{} // closed when it was waited for
	state  error         // of Wait; read after ended
	stop   func() error  // shutdown, once
}

func startProcess(c ServerConfig, env []string, grace time.Duration) (*process, error) {
	childIn, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	out, childOut, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, childIn.Close(), in.Close())
	}
	p := &process{in: in, out: out, stderr: &tail{}, grace: grace, ended: make(chan struct{})}
	p.stop = sync.OnceValue(p.shutdown)
	p.cmd = exec.Command(c.Command, c.Args...)
	p.cmd.Dir, p.cmd.Env = c.Dir, env
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = childIn, childOut, p.stderr
	p.cmd.WaitDelay = grace / 2 // a grandchild may hold stderr open
	group.Own(p.cmd)
	err = p.cmd.Start()
	_, _ = childIn.Close(), childOut.Close() // the child has its own copies
	if err != nil {
		_, _ = in.Close(), out.Close()
		return nil, startError(c.Command, err)
	}
	go p.wait() // ends with the process, which stop sees to
	return p, nil
}

func startError(command string, err error) error {
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("%w: install it, or write its full path in command", err)
	}
	return fmt.Errorf("starting %s: %w", command, err)
}

func (p *process) wait() {
	p.state = p.cmd.Wait()
	_ = group.Kill(p.cmd) // what it left behind
	close(p.ended)
}

// transport speaks to the process. Closing its connection leaves the pipes open until stop: a process that ended
// because its connection was given up would look as if it had died first.
func (p *process) transport() sdk.Transport {
	return &sdk.IOTransport{
		Reader:        io.NopCloser(&jsonLines{r: p.out, junk: p.stderr}),
		Writer:        stayOpen{p.in},
		MaxLineLength: maxFrame,
	}
}

type stayOpen struct{ io.Writer }

func (stayOpen) Close() error { return nil }

// shutdown asks three times, each with the grace period: by closing standard input, as the protocol says, with a
// request to terminate, and by force. That the process then ends with a signal is no error.
func (p *process) shutdown() error {
	defer p.out.Close()
	_ = p.in.Close()
	for _, push := range []func(*exec.Cmd) error{group.Terminate, group.Kill, nil} {
		if p.endsWithin(p.grace) {
			return nil
		}
		if push != nil {
			_ = push(p.cmd) // it may have ended just now
		}
	}
	return fmt.Errorf("process %d does not end", p.cmd.Process.Pid)
}

func (p *process) endsWithin(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-p.ended:
		return true
	case <-t.C:
		return false
	}
}

// died says how the process ended by itself, nil if it did not. Its output ends a moment before it does.
func (p *process) died() error {
	if !p.endsWithin(p.grace) {
		return nil
	}
	if p.state == nil {
		return fmt.Errorf("%w (exit status 0)", ErrDied)
	}
	return fmt.Errorf("%w (%v)", ErrDied, p.state)
}

// inherited are the variables that a child gets from the caller's environment: what programs need to run, and
// nothing that could be a key.
var inherited = []string{
	"PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LC_ALL", "TMPDIR", "TZ",
	"SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS",
	"SYSTEMROOT", "SYSTEMDRIVE", "PATHEXT", "COMSPEC", "TEMP", "TMP", "APPDATA", "LOCALAPPDATA", "PROGRAMFILES", "USERPROFILE",
}

func childEnv(c ServerConfig, lookup Lookup) []string {
	var env []string
	for _, name := range inherited {
		if v, ok := lookup(name); ok {
			env = append(env, name+"="+v)
		}
	}
	for name, v := range c.Env {
		env = append(env, name+"="+v) // the last one wins
	}
	return env
}
