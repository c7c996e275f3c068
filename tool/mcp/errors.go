package mcp

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrDied says that a server's process ended, by itself or by somebody else's hand.
var ErrDied = errors.New("the server's process ended")

// ErrClosed says that a tool was called after [Servers.Close].
var ErrClosed = errors.New("the servers are closed")

// Phase is what a server was doing when it failed.
type Phase string

// The phases of a server's life.
const (
	PhaseStart Phase = "start"      // starting the program, and the handshake
	PhaseList  Phase = "list tools" // reading its tool list
	PhaseCall  Phase = "call"       // carrying out a call: whether it took effect is not known
	PhaseClose Phase = "close"      // ending it
)

// ServerError says which server failed, when and why. Secrets are scrubbed from all of it. [errors.Is] finds
// [ErrDied], [ErrClosed], [context.DeadlineExceeded] for a server that hangs, and [context.Canceled].
type ServerError struct {
	Server string
	Phase  Phase
	Err    error
	Stderr []string // its last lines on standard error, at most 10, oldest first
}

// Error is one line for what happened and one for each line of stderr.
func (e *ServerError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "mcp server %q: %s: %v", e.Server, e.Phase, e.Err)
	for _, line := range e.Stderr {
		b.WriteString("\n  stderr: " + line)
	}
	return b.String()
}

// Unwrap returns Err.
func (e *ServerError) Unwrap() error { return e.Err }

// limitError is the cause of a context that ran into a limit set here, told apart from the caller's own.
type limitError struct{ limit time.Duration }

func (e *limitError) Error() string { return fmt.Sprintf("no answer within %v", e.limit) }
func (e *limitError) Unwrap() error { return context.DeadlineExceeded }

// scrubbedError shows scrubbed text and still matches what it was made from. It has no Unwrap, because the error
// within may hold a secret.
type scrubbedError struct {
	text string
	from error
}

func (e *scrubbedError) Error() string        { return e.text }
func (e *scrubbedError) Is(target error) bool { return errors.Is(e.from, target) }
