package openai

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	api "github.com/sashabaranov/go-openai"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/prompt"
)

// ask sends one request, retries included.
func (m *Model) ask(ctx context.Context, req api.ChatCompletionRequest) part {
	if m.o.Stream {
		return m.by(ctx, req, m.stream)
	}
	return m.by(ctx, req, m.once)
}

func (m *Model) by(ctx context.Context, req api.ChatCompletionRequest, send func(context.Context, api.ChatCompletionRequest) part) part {
	tracked, trip := endpoint.Track(ctx)
	p := send(tracked, req)
	p.usage.Requests = trip.Attempts
	if p.err != nil {
		p.err = m.failure(ctx, p.err, trip)
	}
	return p
}

func (m *Model) once(ctx context.Context, req api.ChatCompletionRequest) part {
	resp, err := m.client.CreateChatCompletion(ctx, req)
	if err != nil {
		return part{err: err}
	}
	return m.part(&resp, req)
}

// part reads what came.
func (m *Model) part(resp *api.ChatCompletionResponse, req api.ChatCompletionRequest) part {
	var p part
	for _, c := range resp.Choices {
		if p.next == nil {
			p.next = next(c.LogProbs)
		}
		a := answer(c.Message.Content, c.Message.ToolCalls, c.LogProbs)
		a.Cut = c.FinishReason == api.FinishReasonLength
		p.answers = append(p.answers, a)
	}
	p.usage = m.usage(&resp.Usage, req, p.answers)
	if len(p.answers) == 0 {
		p.err = model.Garbage("no choice", "")
	}
	return p
}

func answer(text string, calls []api.ToolCall, probs *api.LogProbs) prompt.Answer {
	a := prompt.Answer{Text: text}
	for _, c := range calls {
		a.Calls = append(a.Calls, prompt.Call{ID: c.ID, Tool: c.Function.Name, Args: c.Function.Arguments})
	}
	if probs != nil {
		for _, p := range probs.Content {
			a.LogProb += p.LogProb
		}
	}
	return a
}

// usage is what the endpoint counted, or an estimate where it counted nothing. llama.cpp counts one of several
// choices only: where there are several, a count below what was written is not believed.
func (m *Model) usage(u *api.Usage, req api.ChatCompletionRequest, answers []prompt.Answer) model.Usage {
	out := model.Usage{Samples: len(answers)}
	written := 0
	for _, a := range answers {
		written += m.answerTokens(a)
	}
	if u != nil && (u.PromptTokens > 0 || u.CompletionTokens > 0) {
		out.Prompt, out.Completion = max(u.PromptTokens, 0), max(u.CompletionTokens, 0) // nobody earns tokens back
		if d := u.PromptTokensDetails; d != nil {
			out.Cached = min(max(d.CachedTokens, 0), out.Prompt)
		}
		if len(answers) > 1 && out.Completion < written {
			out.Completion, out.Estimated = written, true
		}
		return out
	}
	out.Completion, out.Estimated = written, true
	for _, msg := range req.Messages {
		out.Prompt += m.tokens.Tokens(msg.Content)
		for _, c := range msg.ToolCalls {
			out.Prompt += m.tokens.Tokens(c.Function.Arguments)
		}
	}
	if raw, err := json.Marshal(req.Tools); err == nil {
		out.Prompt += m.tokens.Tokens(string(raw))
	}
	return out
}

func (m *Model) answerTokens(a prompt.Answer) int {
	n := m.tokens.Tokens(a.Text)
	for _, c := range a.Calls {
		n += m.tokens.Tokens(c.Tool) + m.tokens.Tokens(c.Args)
	}
	return n
}

// failure turns what the client returned into the errors that package model promises.
func (m *Model) failure(ctx context.Context, err error, trip *endpoint.Trip) error {
	name := m.o.Provider + "/" + m.name
	var refused *api.APIError
	var other *api.RequestError
	switch {
	case errors.Is(err, model.ErrGarbage):
		return err
	case errors.As(err, &refused):
		return endpoint.Failure(ctx, name, refused.HTTPStatusCode, refused.Message, trip, err, m.o.Key)
	case errors.As(err, &other):
		return endpoint.Failure(ctx, name, other.HTTPStatusCode, string(other.Body), trip, err, m.o.Key)
	case ctx.Err() == nil && malformed(err):
		return model.Garbage("the endpoint's answer is not what the API promises: "+endpoint.Scrub(err.Error(), m.o.Key), "")
	}
	return endpoint.Failure(ctx, name, 0, err.Error(), trip, err, m.o.Key)
}

// malformed says whether an answer came and was not the JSON that it should be.
func malformed(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}
