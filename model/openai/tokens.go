package openai

import (
	"context"
	"fmt"
	"strings"

	api "github.com/sashabaranov/go-openai"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/prompt"
)

// Model is a [model.TokenModel] where [Options.TopTokens] says that the endpoint is one.
var _ model.TokenModel = (*Model)(nil)

// NextTokens implements [model.TokenModel]: it has the endpoint write one token after the text, which is its last message,
// and takes the list of likeliest tokens that comes with it.
func (m *Model) NextTokens(ctx context.Context, r model.TokenRequest) (model.TokenResponse, error) {
	if err := m.shows(); err != nil {
		return model.TokenResponse{}, err
	}
	if r.Top < 1 || r.Top > m.o.TopTokens {
		return model.TokenResponse{}, fmt.Errorf("top %d: want 1 to %d tokens", r.Top, m.o.TopTokens)
	}
	chat, err := prompt.Render(r.Of, prompt.JSON)
	if err != nil {
		return model.TokenResponse{}, err
	}
	req := m.request(0, 0, 1)
	req.Messages, req.LogProbs, req.TopLogProbs = messages(chat), true, r.Top
	if r.Text != "" {
		req = goOn(req, r.Text)
	}
	p := m.by(ctx, req, m.once)
	if p.err == nil && len(p.next) == 0 {
		// llama.cpp holds back a token that is part of a character, and its list with it. Which token it writes makes no
		// difference to the list, so it is made to write another one.
		req.LogitBias = map[string]int{"a": 100}
		again := m.by(ctx, req, m.once)
		again.usage = again.usage.Add(p.usage)
		p = again
	}
	out := model.TokenResponse{Tokens: p.next, Usage: model.Priced(p.usage, m.o.Prices)}
	if p.err == nil && len(p.next) == 0 {
		p.err = model.Garbage("no log-probabilities of the likeliest next tokens: the endpoint is not what the option top tokens says", "")
	}
	return out, p.err
}

// ProposeFrom implements [model.TokenModel], in mode [JSON].
func (m *Model) ProposeFrom(ctx context.Context, r model.Request, begin string) (model.Response, error) {
	if !m.o.Bias {
		if err := m.shows(); err != nil {
			return model.Response{}, err
		}
	}
	chat, err := prompt.Render(r, prompt.JSON)
	if err != nil {
		return model.Response{}, err
	}
	r.N = max(r.N, 1)
	return m.samples(ctx, chat, r, begin)
}

func (m *Model) shows() error {
	if m.o.TopTokens > 0 {
		return nil
	}
	return fmt.Errorf("%s/%s does not show the log-probabilities of next tokens: %w; take a llama.cpp server", m.o.Provider, m.name, model.ErrUnable)
}

// goOn has the endpoint go on with the text instead of beginning an answer.
func goOn(req api.ChatCompletionRequest, text string) api.ChatCompletionRequest {
	req.Messages = append(req.Messages[:len(req.Messages):len(req.Messages)], api.ChatCompletionMessage{Role: api.ChatMessageRoleAssistant, Content: text})
	return req
}

// begun puts the beginning before answers: some endpoints repeat it, some don't.
func begun(p part, text string) part {
	for i, a := range p.answers {
		if !strings.HasPrefix(a.Text, text) {
			p.answers[i].Text = text + a.Text
		}
	}
	return p
}

// next is what the first token could have been.
func next(probs *api.LogProbs) []model.Token {
	if probs == nil || len(probs.Content) == 0 {
		return nil
	}
	var out []model.Token
	for _, t := range probs.Content[0].TopLogProbs {
		out = append(out, token(t.Token, t.Bytes, t.LogProb))
	}
	return out
}

// token is one of an endpoint's. Its bytes, where they are told, are what it is: the text of part of a character is not.
func token(text string, raw []byte, logProb float64) model.Token {
	if len(raw) > 0 {
		text = string(raw)
	}
	return model.Token{Text: text, LogProb: logProb, End: text == ""}
}
