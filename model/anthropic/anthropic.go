package anthropic

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	api "github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"
	"golang.org/x/sync/errgroup"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/prompt"
)

// Model speaks to one of Anthropic's models. It may be used from several goroutines at once. Make one with [New].
type Model struct {
	name   string
	o      Options
	client api.Client
}

// New returns a model. It does not connect, and reads nothing from the environment.
func New(name, key string, opts *Options) (*Model, error) {
	if name == "" {
		return nil, errors.New("model name is empty: name a model, such as claude-sonnet-4-5")
	}
	if key == "" {
		return nil, errors.New("no API key: set ANTHROPIC_API_KEY")
	}
	if err := opts.Validate(); err != nil {
		return nil, err
	}
	m := &Model{name: name, o: opts.withDefaults()}
	m.o.Key = key
	m.client = api.NewClient(
		option.WithoutEnvironmentDefaults(), option.WithAPIKey(key), option.WithBaseURL(m.o.BaseURL),
		option.WithHTTPClient(m.o.Client()), option.WithMaxRetries(0),
	)
	return m, nil
}

// Capabilities says what the API can do.
func (m *Model) Capabilities() model.Capabilities {
	return model.Capabilities{
		Name: "anthropic/" + m.name, N: 1, Schema: true, Text: true, Outline: true,
		ContextTokens: m.o.ContextTokens, Prices: m.o.Prices,
	}
}

// Propose asks for r.N samples of what to do next, in r.N requests.
func (m *Model) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	r.N = max(r.N, 1)
	chat, err := prompt.Render(r, prompt.Tools)
	if err != nil {
		return model.Response{}, err
	}
	params := m.params(chat, r)
	parts := make([]part, r.N)
	ask := func(i int) error { parts[i] = m.ask(ctx, params); return parts[i].err }
	if err = ask(0); err == nil {
		var g errgroup.Group
		for i := 1; i < r.N; i++ {
			g.Go(func() error { return ask(i) })
		}
		err = g.Wait()
	}
	return m.read(ctx, chat, parts, err)
}

// part is what came of one request.
type part struct {
	message *api.Message
	usage   model.Usage
	err     error
}

// read turns messages into samples. Those that can't be used are left out; what was paid for all of them is not.
func (m *Model) read(ctx context.Context, chat *prompt.Chat, parts []part, err error) (model.Response, error) {
	var resp model.Response
	for _, p := range parts {
		resp.Usage = resp.Usage.Add(p.usage)
		if p.message == nil {
			continue
		}
		s, bad := chat.Sample(answer(p.message))
		if bad != nil {
			err = errors.Join(err, bad)
			continue
		}
		resp.Samples = append(resp.Samples, s)
	}
	resp.Usage = model.Priced(resp.Usage, m.o.Prices)
	if len(resp.Samples) > 0 && ctx.Err() == nil {
		return resp, nil
	}
	resp.Samples = nil
	return resp, err
}

func answer(msg *api.Message) prompt.Answer {
	a := prompt.Answer{Cut: msg.StopReason == api.StopReasonMaxTokens}
	for _, b := range msg.Content {
		switch b.Type {
		case "text":
			a.Text += b.Text
		case "tool_use":
			a.Calls = append(a.Calls, prompt.Call{ID: b.ID, Tool: b.Name, Args: string(b.Input)})
		}
	}
	return a
}

// ask sends one request, retries included.
func (m *Model) ask(ctx context.Context, params api.MessageNewParams) part {
	tracked, trip := endpoint.Track(ctx)
	msg, err := m.client.Messages.New(tracked, params)
	p := part{usage: model.Usage{Requests: trip.Attempts}}
	if err != nil {
		p.err = m.failure(ctx, err, trip)
		return p
	}
	if msg == nil {
		p.err = model.Garbage("an empty answer", "")
		return p
	}
	p.usage = usage(msg.Usage, p.usage.Requests)
	if len(msg.Content) == 0 {
		p.err = model.Garbage("an answer without content, stop reason "+string(msg.StopReason), "")
		return p
	}
	p.message = msg
	return p
}

// usage puts the API's counts, which keep cached tokens apart, into ours, which count them in. Nobody earns tokens back.
func usage(u api.Usage, requests int) model.Usage {
	out := model.Usage{Requests: requests, Samples: 1}
	out.Cached, out.Written = count(u.CacheReadInputTokens), count(u.CacheCreationInputTokens)
	out.Prompt = count(u.InputTokens) + out.Cached + out.Written
	out.Completion = count(u.OutputTokens)
	return out
}

// maxCount is more tokens than any window has.
const maxCount = 1 << 40

func count(n int64) int { return int(min(max(n, 0), maxCount)) }

// failure turns what the client returned into the errors that package model promises.
func (m *Model) failure(ctx context.Context, err error, trip *endpoint.Trip) error {
	name := "anthropic/" + m.name
	var refused *api.Error
	switch {
	case errors.As(err, &refused):
		return endpoint.Failure(ctx, name, refused.StatusCode, said(refused.RawJSON()), trip, err, m.o.Key)
	case ctx.Err() == nil && strings.Contains(err.Error(), "error parsing response json"):
		return model.Garbage("the endpoint's answer is not what the API promises: "+endpoint.Scrub(err.Error(), m.o.Key), "")
	}
	return endpoint.Failure(ctx, name, 0, err.Error(), trip, err, m.o.Key)
}

// said takes the message out of an error's JSON.
func said(raw string) string {
	var body struct {
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if json.Unmarshal([]byte(raw), &body) == nil && body.Error.Message != "" {
		return body.Error.Message
	}
	return raw
}

// Complete asks for text, or for JSON bound to the request's schema.
func (m *Model) Complete(ctx context.Context, r model.TextRequest) (model.TextResponse, error) {
	p := m.ask(ctx, m.textParams(r))
	resp := model.TextResponse{Usage: model.Priced(p.usage, m.o.Prices)}
	if p.err != nil {
		return resp, p.err
	}
	a := answer(p.message)
	resp.Text = a.Text
	if len(r.Schema) > 0 {
		var err error
		resp.Text, err = boundText(a, r.Schema)
		return resp, err
	}
	if strings.TrimSpace(resp.Text) == "" {
		return resp, model.Garbage("no text", "")
	}
	return resp, nil
}

// boundText takes the forced tool's arguments, out of the object that stands around them where the schema is not one
// of an object.
func boundText(a prompt.Answer, schema json.RawMessage) (string, error) {
	if len(a.Calls) == 0 {
		return prompt.Bound(a.Text, schema)
	}
	text := a.Calls[0].Args
	if !ofObject(schema) {
		var box struct {
			Value json.RawMessage `json:"value"`
		}
		if json.Unmarshal([]byte(text), &box) == nil && len(box.Value) > 0 {
			text = string(box.Value)
		}
	}
	return prompt.Bound(text, schema)
}
