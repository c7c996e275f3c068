package openai

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"

	api "github.com/sashabaranov/go-openai"
	"golang.org/x/sync/errgroup"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/prompt"
)

// Model speaks to one model of one endpoint. It may be used from several goroutines at once. Make one with [New].
type Model struct {
	name   string
	o      Options
	client *api.Client
	http   *http.Client // the client's
	tokens model.Estimator

	width    atomic.Int32 // most choices that the endpoint is asked for at once
	fellBack atomic.Bool  // Auto went over to JSON
	calls    atomic.Bool  // Auto: the endpoint made a tool call
}

// New returns a model of the endpoint that the options name. It does not connect.
func New(name string, opts *Options) (*Model, error) {
	if name == "" {
		return nil, errors.New("model name is empty: name the model that the endpoint serves")
	}
	if err := opts.Validate(); err != nil {
		return nil, err
	}
	m := &Model{name: name, o: opts.withDefaults(name)}
	m.width.Store(int32(m.o.MaxN))
	cfg := api.DefaultConfig(m.o.Key)
	cfg.BaseURL = strings.TrimRight(m.o.BaseURL, "/")
	m.http = m.o.Client()
	cfg.HTTPClient = m.http
	m.client = api.NewClientWithConfig(cfg)
	return m, nil
}

// Capabilities says what the endpoint is taken to be able to do.
func (m *Model) Capabilities() model.Capabilities {
	return model.Capabilities{
		Name: m.o.Provider + "/" + m.name, N: m.o.MaxN, Seed: true, LogProbs: m.o.LogProbs, Schema: true, Text: true, Outline: true,
		ContextTokens: m.o.ContextTokens, Prices: m.o.Prices, TopTokens: m.o.TopTokens, Bias: m.o.Bias,
	}
}

// Propose asks for r.N samples of what to do next.
func (m *Model) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	r.N = max(r.N, 1)
	mode := m.mode()
	resp, err := m.propose(ctx, r, mode)
	if m.o.Mode != Auto || mode == prompt.JSON || ctx.Err() != nil || !m.giveUpTools(r, resp, err) {
		return resp, err
	}
	again, err := m.propose(ctx, r, prompt.JSON)
	again.Usage = again.Usage.Add(resp.Usage)
	return again, err
}

func (m *Model) mode() prompt.Mode {
	if m.o.Mode == JSON || m.o.Mode == Auto && m.fellBack.Load() {
		return prompt.JSON
	}
	return prompt.Tools
}

// giveUpTools decides, after an answer in mode Tools, whether to go over to JSON. An endpoint that made one tool call
// can make them, and is not doubted again.
func (m *Model) giveUpTools(r model.Request, resp model.Response, err error) bool {
	calls := slices.ContainsFunc(resp.Samples, func(s model.Sample) bool { return len(s.Calls) > 0 })
	if calls {
		m.calls.Store(true)
	}
	if len(r.Tools) == 0 || m.calls.Load() {
		return false
	}
	var refused *model.ProviderError
	switch {
	case errors.As(err, &refused):
		if refused.Status == 0 || !aboutTools(refused.Message) {
			return false
		}
	case err != nil && !errors.Is(err, model.ErrGarbage):
		return false
	}
	m.fellBack.Store(true)
	return true
}

func aboutTools(message string) bool {
	message = strings.ToLower(message)
	for _, word := range []string{"tool", "function", "jinja", "template"} {
		if strings.Contains(message, word) {
			return true
		}
	}
	return false
}

func (m *Model) propose(ctx context.Context, r model.Request, mode prompt.Mode) (model.Response, error) {
	chat, err := prompt.Render(r, mode)
	if err != nil {
		return model.Response{}, err
	}
	return m.samples(ctx, chat, r, "")
}

// samples asks for answers that begin with the text.
func (m *Model) samples(ctx context.Context, chat *prompt.Chat, r model.Request, begin string) (model.Response, error) {
	parts, err := m.gather(ctx, func(first, n int) part {
		req := m.chatRequest(chat, r, first, n)
		if begin == "" {
			return m.ask(ctx, req)
		}
		return begun(m.ask(ctx, goOn(req, begin)), begin)
	}, r.N)
	return m.read(chat, parts, r.N, err)
}

// part is what came of one request: answers, or why there are none.
type part struct {
	answers []prompt.Answer
	next    []model.Token // the likeliest first tokens of the first choice, where they were asked for
	drawn   []model.Token // the first token of each choice, where it was asked for
	usage   model.Usage
	err     error
}

// gather asks for n choices in as few requests as the endpoint allows. The first goes alone while it is not known
// whether the endpoint returns as many as it is asked for.
func (m *Model) gather(ctx context.Context, ask func(first, n int) part, n int) ([]part, error) {
	width := int(m.width.Load())
	var parts []part
	got := 0
	if width > 1 {
		want := min(n, width)
		p := ask(0, want)
		parts = append(parts, p)
		most, refused := allowed(p.err)
		switch {
		case refused:
			width = min(most, want-1)
		case p.err != nil:
			return parts, p.err
		case len(p.answers) < want:
			width = max(len(p.answers), 1)
		}
		width = max(width, 1)
		m.width.Store(int32(width))
		got = len(p.answers)
	}
	rest := make([]part, (max(n-got, 0)+width-1)/width)
	var g errgroup.Group
	for i := range rest {
		first := got + i*width
		g.Go(func() error { rest[i] = ask(first, min(width, n-first)); return rest[i].err })
	}
	err := g.Wait()
	return append(parts, rest...), err
}

// read turns answers into samples. Samples that can't be used are left out; what was paid for all of them is not.
func (m *Model) read(chat *prompt.Chat, parts []part, n int, err error) (model.Response, error) {
	var resp model.Response
	for _, p := range parts {
		resp.Usage = resp.Usage.Add(p.usage)
		for _, a := range p.answers {
			s, bad := chat.Sample(a)
			switch {
			case bad != nil:
				err = errors.Join(err, bad)
			case len(resp.Samples) < n:
				resp.Samples = append(resp.Samples, s)
			}
		}
	}
	resp.Usage = model.Priced(resp.Usage, m.o.Prices)
	if len(resp.Samples) > 0 && !cancelled(err) {
		return resp, nil
	}
	if err == nil {
		err = model.Garbage("no choice", "")
	}
	resp.Samples = nil
	return resp, err
}

func cancelled(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// Complete asks for text, or for JSON bound to the request's schema.
func (m *Model) Complete(ctx context.Context, r model.TextRequest) (model.TextResponse, error) {
	p := m.ask(ctx, m.textRequest(r))
	resp := model.TextResponse{Usage: model.Priced(p.usage, m.o.Prices)}
	if p.err != nil {
		return resp, p.err
	}
	if len(p.answers) == 0 || strings.TrimSpace(p.answers[0].Text) == "" {
		return resp, model.Garbage("no text", "")
	}
	resp.Text = p.answers[0].Text
	if len(r.Schema) == 0 {
		return resp, nil
	}
	var err error
	resp.Text, err = prompt.Bound(resp.Text, r.Schema)
	return resp, err
}
