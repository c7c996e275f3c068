package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/azimuthdev/azimuth/internal/secret"
	"github.com/azimuthdev/azimuth/model"
)

const (
	kindPropose  = "propose"
	kindComplete = "complete"
	kindHTTP     = "http"
)

// Failure is an error as it is recorded: what a run went on from must be there when it is run again. Errors of the
// context are not recorded.
type Failure struct {
	Garbage    bool          `json:"garbage,omitempty"`
	Provider   string        `json:"provider,omitempty"`
	Status     int           `json:"status,omitempty"`
	RetryAfter time.Duration `json:"retry_after,omitempty"`
	Message    string        `json:"message"`
}

func record(err error) *Failure {
	var refused *model.ProviderError
	switch {
	case errors.As(err, &refused):
		return &Failure{Provider: refused.Provider, Status: refused.Status, RetryAfter: refused.RetryAfter, Message: refused.Message}
	default:
		return &Failure{Garbage: errors.Is(err, model.ErrGarbage), Message: err.Error()}
	}
}

func (f *Failure) err() error {
	switch {
	case f == nil:
		return nil
	case f.Provider != "":
		return &model.ProviderError{Provider: f.Provider, Status: f.Status, RetryAfter: f.RetryAfter, Message: f.Message}
	case f.Garbage:
		return recorded{f.Message}
	}
	return errors.New(f.Message)
}

// recorded is an [model.ErrGarbage] with the words that it had.
type recorded struct{ message string }

func (r recorded) Error() string { return r.message }
func (recorded) Unwrap() error   { return model.ErrGarbage }

// Recorder is a model that writes what another one answers. Make one with [Record].
type Recorder struct {
	model.Model
	out writer
}

// Record returns a model that answers as m does and appends each answer to w, without the secrets named. A write that
// fails fails the request.
func Record(m model.Model, w io.Writer, secrets ...string) *Recorder {
	return &Recorder{Model: m, out: writer{w: w, secrets: secret.Of(secrets...)}}
}

// Propose asks the model behind and records its answer.
func (r *Recorder) Propose(ctx context.Context, req model.Request) (model.Response, error) {
	resp, err := r.Model.Propose(ctx, req)
	return resp, r.keep(ctx, kindPropose, req, resp, err)
}

// Complete asks the model behind and records its answer.
func (r *Recorder) Complete(ctx context.Context, req model.TextRequest) (model.TextResponse, error) {
	resp, err := r.Model.Complete(ctx, req)
	return resp, r.keep(ctx, kindComplete, req, resp, err)
}

// keep writes one exchange and returns the model's error, or that of the writing.
func (r *Recorder) keep(ctx context.Context, kind string, req, resp any, failed error) error {
	if failed != nil && ctx.Err() != nil {
		return failed
	}
	e := Entry{Kind: kind, Model: r.Capabilities().Name}
	var err error
	if e.Request, err = scrubbed(req, r.out.secrets); err != nil {
		return fmt.Errorf("cassette: request: %w", err)
	}
	if e.Key, err = key(kind, e.Model, e.Request); err != nil {
		return fmt.Errorf("cassette: request: %w", err)
	}
	if e.Response, err = scrubbed(resp, r.out.secrets); err != nil {
		return fmt.Errorf("cassette: response: %w", err)
	}
	if failed != nil {
		e.Error = record(failed)
	}
	if err := r.out.write(e); err != nil {
		return err
	}
	return failed
}

// Options are the settings of a [Player]. Nil and zero values mean the default.
type Options struct {
	// Capabilities are what the player says it can do. Name defaults to that of the first recording, N to the most
	// samples that a recorded request asked for.
	Capabilities model.Capabilities
	// Secrets are what was named when recording.
	Secrets []string
}

// Player is a model that answers from a tape. Make one with [Play].
type Player struct {
	tape    *Tape
	o       Options
	secrets *secret.Cutter
}

// Play returns a model that answers from the tape, and fails with a [*MissError] on any other request.
func Play(t *Tape, opts *Options) *Player {
	p := &Player{tape: t}
	if opts != nil {
		p.o = *opts
	}
	p.secrets = secret.Of(p.o.Secrets...)
	c := &p.o.Capabilities
	for _, e := range t.entries {
		if c.Name == "" && e.Kind != kindHTTP {
			c.Name = e.Model
		}
	}
	if c.N == 0 {
		c.N = t.widest()
		c.Seed, c.Schema, c.Outline = true, true, true
	}
	return p
}

func (t *Tape) widest() int {
	n := 1
	for _, e := range t.entries {
		var r model.Request
		if e.Kind == kindPropose && json.Unmarshal(e.Request, &r) == nil {
			n = max(n, r.N)
		}
	}
	return n
}

// Capabilities says what the recorded model could do, as far as the tape shows it.
func (p *Player) Capabilities() model.Capabilities { return p.o.Capabilities }

// Propose answers from the tape.
func (p *Player) Propose(ctx context.Context, req model.Request) (model.Response, error) {
	return play[model.Response](ctx, p, kindPropose, req)
}

// Complete answers from the tape.
func (p *Player) Complete(ctx context.Context, req model.TextRequest) (model.TextResponse, error) {
	return play[model.TextResponse](ctx, p, kindComplete, req)
}

func play[R any](ctx context.Context, p *Player, kind string, req any) (R, error) {
	var resp R
	if err := ctx.Err(); err != nil {
		return resp, err
	}
	raw, err := scrubbed(req, p.secrets)
	if err != nil {
		return resp, fmt.Errorf("replay: request: %w", err)
	}
	name := p.o.Capabilities.Name
	k, err := key(kind, name, raw)
	if err != nil {
		return resp, fmt.Errorf("replay: request: %w", err)
	}
	e, ok := p.tape.next(k)
	if !ok {
		return resp, p.tape.miss(kind, name, raw)
	}
	if err := json.Unmarshal(e.Response, &resp); err != nil {
		return resp, fmt.Errorf("replay: recording %.12s: %w", k, err)
	}
	return resp, e.Error.err()
}
