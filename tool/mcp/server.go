package mcp

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/azimuthdev/azimuth/tool"
)

// maxTools is how many tools one server may list; more is a mistake or an attack.
const maxTools = 10_000

// link is a way to speak to a server.
type link struct {
	transport sdk.Transport
	proc      *process // nil where the server was not started here
	idle      func()   // frees idle connections; nil where there are none
}

// server is one connected server. Its goroutines are the SDK's, and one for each call under way; close waits for
// the latter.
type server struct {
	name    string
	config  ServerConfig
	opts    Options
	secrets *scrubber
	link    link
	session *sdk.ClientSession
	listed  []*sdk.Tool

	mu     sync.Mutex
	closed bool
	life   context.Context // ends when close begins
	end    context.CancelFunc
	calls  sync.WaitGroup
}

func newServer(name string, c ServerConfig, o Options) *server {
	s := &server{name: name, config: c, opts: o}
	s.life, s.end = context.WithCancel(context.Background())
	return s
}

// start connects and reads the tool list. When it fails the server is closed again.
func (s *server) start(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, s.opts.StartTimeout, &limitError{s.opts.StartTimeout})
	defer cancel()
	phase, err := s.connect(ctx)
	if err == nil {
		return nil
	}
	failure := s.fail(ctx, phase, err)
	s.close()
	return failure
}

func (s *server) connect(ctx context.Context) (Phase, error) {
	config, secrets, err := s.config.expand(s.name, s.opts.Lookup)
	s.config, s.secrets = config, secrets
	if err != nil {
		return PhaseStart, err
	}
	if s.link, err = s.opts.dial(s.name, config, s.opts); err != nil {
		return PhaseStart, err
	}
	if p := s.link.proc; p != nil {
		// A process that reads nothing blocks a write, which no context ends; ending the process does.
		defer context.AfterFunc(ctx, func() { _ = p.stop() })()
	}
	client := sdk.NewClient(&sdk.Implementation{Name: "azimuth", Version: s.opts.Version},
		&sdk.ClientOptions{Capabilities: &sdk.ClientCapabilities{}})
	if s.session, err = client.Connect(ctx, s.link.transport, nil); err != nil {
		return PhaseStart, err
	}
	return PhaseList, s.list(ctx)
}

func (s *server) list(ctx context.Context) error {
	if c := s.session.InitializeResult().Capabilities; c == nil || c.Tools == nil {
		return nil // it serves something else
	}
	seen := map[string]bool{}
	for t, err := range s.session.Tools(ctx, nil) {
		switch {
		case err != nil:
			return err
		case len(seen) == maxTools:
			return fmt.Errorf("more than %d tools", maxTools)
		case !seen[t.Name]: // of a name that is there twice a call reaches one tool only
			s.listed = append(s.listed, t)
		}
		seen[t.Name] = true
	}
	return nil
}

// fail explains err: a limit that passed, the caller who gave up, or a process that ended tells more than the
// broken connection that it led to.
func (s *server) fail(ctx context.Context, phase Phase, err error) error {
	var config *ConfigError
	if errors.As(err, &config) {
		return err
	}
	e := &ServerError{Server: s.name, Phase: phase}
	if s.link.proc != nil && ctx.Err() == nil {
		if died := s.link.proc.died(); died != nil {
			err = died
		}
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	e.Err = &scrubbedError{text: s.secrets.error(err.Error()), from: err}
	if s.link.proc != nil {
		for _, line := range s.link.proc.stderr.last() {
			e.Stderr = append(e.Stderr, s.secrets.error(line))
		}
	}
	return e
}

// call carries out one call. What the server answers is a result, whatever it is; everything else is an error.
func (s *server) call(ctx context.Context, name string, args json.RawMessage) (tool.Result, error) {
	limit := cmp.Or(s.config.Timeout, s.opts.CallTimeout)
	ctx, cancel := context.WithTimeoutCause(ctx, limit, &limitError{limit})
	defer cancel()
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	defer context.AfterFunc(s.life, func() { giveUp(ErrClosed) })()

	answers, err := s.send(ctx, name, args)
	if err != nil {
		return tool.Result{}, err
	}
	var a answer
	select {
	case a = <-answers:
	case <-ctx.Done():
		a.err = ctx.Err()
	}
	if a.err == nil {
		return s.scrub(convert(a.result)), nil
	}
	if refusal := refused(a.err); refusal != nil {
		return s.scrub(failed(refusal.Message)), nil
	}
	return tool.Result{}, s.fail(ctx, PhaseCall, fmt.Errorf("tool %q: %w", name, a.err))
}

type answer struct {
	result *sdk.CallToolResult
	err    error
}

// send makes the call in a goroutine, because the SDK's write to a process that reads nothing ends only with it.
func (s *server) send(ctx context.Context, name string, args json.RawMessage) (<-chan answer, error) {
	params := &sdk.CallToolParams{Name: name}
	if len(args) > 0 {
		params.Arguments = args
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, &ServerError{Server: s.name, Phase: PhaseCall, Err: ErrClosed}
	}
	answers := make(chan answer, 1)
	s.calls.Go(func() {
		r, err := s.session.CallTool(ctx, params)
		answers <- answer{r, err}
	})
	return answers, nil
}

// The SDK gives these codes of JSON-RPC errors to what happened on this side.
const (
	codeClientClosing = -32003
	codeServerClosing = -32004
	codeTransport     = -32005
)

// refused returns the error that the server itself answered with, nil if err is another.
func refused(err error) *jsonrpc.Error {
	var e *jsonrpc.Error
	if !errors.As(err, &e) {
		return nil
	}
	switch e.Code {
	case codeClientClosing, codeServerClosing, codeTransport:
		return nil
	}
	return e
}

func (s *server) scrub(r tool.Result) tool.Result {
	r.Content = s.secrets.answer(r.Content)
	if r.Value != nil {
		r.Value = json.RawMessage(s.secrets.answer(string(r.Value)))
	}
	return r
}

// close ends calls under way, the process if there is one, and the session, in bounded time.
func (s *server) close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.end()
	var err error
	if s.link.proc != nil {
		err = s.link.proc.stop()
	}
	ended := make(chan struct{})
	go func() { // ends when the connection is broken, which the process's end or the SDK's own limits see to
		defer close(ended)
		if s.session != nil {
			_ = s.session.Close() // what a dying server says of its end is no error
		}
		s.calls.Wait()
	}()
	t := time.NewTimer(s.opts.CloseGrace)
	defer t.Stop()
	select {
	case <-ended:
	case <-t.C:
	}
	if s.link.idle != nil {
		s.link.idle()
	}
	if err != nil {
		return &ServerError{Server: s.name, Phase: PhaseClose, Err: err}
	}
	return nil
}
