package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	api "github.com/sashabaranov/go-openai"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/model/prompt"
)

// Model is a [model.BiasModel] where [Options.Bias] says that the endpoint is one.
var _ model.BiasModel = (*Model)(nil)

// maxRefusal is how much of a refusal is read, in bytes.
const maxRefusal = 64 << 10

// drawRequest is a chat completion with what the client's type has no place for.
type drawRequest struct {
	api.ChatCompletionRequest
	LogitBias map[int]float64 `json:"logit_bias"` // in place of the client's, which takes whole numbers only
	// What servers leave out of a draw unless they are told otherwise would make it another distribution.
	TopK     int      `json:"top_k"`
	MinP     float64  `json:"min_p"`
	Samplers []string `json:"samplers"`
}

// DrawNext implements [model.BiasModel].
func (m *Model) DrawNext(ctx context.Context, r model.DrawRequest) (model.DrawResponse, error) {
	if err := m.draws(); err != nil {
		return model.DrawResponse{}, err
	}
	chat, err := prompt.Render(r.Of, prompt.JSON)
	if err != nil {
		return model.DrawResponse{}, err
	}
	parts, err := m.gather(ctx, func(first, n int) part {
		req := m.request(r.Of.Heat(), model.DeriveSeed(r.Of.Seed, first), 1)
		req.Messages, req.LogProbs, req.TopP = messages(chat), true, 1
		if n > 1 {
			req.N = n
		}
		if r.Text != "" {
			req = goOn(req, r.Text)
		}
		return m.by(ctx, req, func(ctx context.Context, req api.ChatCompletionRequest) part { return m.draw(ctx, req, r) })
	}, max(r.Of.N, 1))
	var out model.DrawResponse
	for _, p := range parts {
		out.Usage, out.Tokens = out.Usage.Add(p.usage), append(out.Tokens, p.drawn...)
	}
	out.Usage = model.Priced(out.Usage, m.o.Prices)
	if err != nil {
		out.Tokens = nil
	}
	return out, err
}

func (m *Model) draws() error {
	if m.o.Bias {
		return nil
	}
	return fmt.Errorf("%s/%s is not known to draw tokens under a bias: %w; take a llama.cpp server", m.o.Provider, m.name, model.ErrUnable)
}

// draw sends one request for first tokens.
func (m *Model) draw(ctx context.Context, req api.ChatCompletionRequest, r model.DrawRequest) part {
	var resp api.ChatCompletionResponse
	err := m.post(ctx, strings.TrimRight(m.o.BaseURL, "/")+"/chat/completions",
		&drawRequest{ChatCompletionRequest: req, LogitBias: r.Bias, Samplers: []string{"temperature"}}, &resp)
	if err != nil {
		return part{err: err}
	}
	drawn := make([]model.Token, len(resp.Choices))
	for i, c := range resp.Choices {
		drawn[i] = first(c, r.Text)
		resp.Choices[i].Message.Content = drawn[i].Text // what was begun is not paid as written
	}
	p := m.part(&resp, req)
	p.drawn = drawn
	return p
}

// first is the token that a choice begins with behind what was begun, which some endpoints repeat.
func first(c api.ChatCompletionChoice, begun string) model.Token {
	if c.LogProbs != nil && len(c.LogProbs.Content) > 0 {
		t := c.LogProbs.Content[0]
		return token(t.Token, t.Bytes, t.LogProb)
	}
	text := strings.TrimPrefix(c.Message.Content, begun)
	return model.Token{Text: text, End: text == ""}
}

// Tokenize implements [model.BiasModel].
func (m *Model) Tokenize(ctx context.Context, text string) ([]model.Piece, error) {
	if err := m.draws(); err != nil {
		return nil, err
	}
	in := struct {
		Content string `json:"content"`
		Special bool   `json:"add_special"`
		Pieces  bool   `json:"with_pieces"`
	}{text, false, true}
	var out struct {
		Tokens []struct {
			ID    int             `json:"id"`
			Piece json.RawMessage `json:"piece"`
		} `json:"tokens"`
	}
	tracked, trip := endpoint.Track(ctx)
	url := strings.TrimSuffix(strings.TrimRight(m.o.BaseURL, "/"), "/v1") + "/tokenize"
	if err := m.post(tracked, url, in, &out); err != nil {
		return nil, fmt.Errorf("tokens of a text: %w", m.failure(ctx, err, trip))
	}
	pieces := make([]model.Piece, len(out.Tokens))
	for i, t := range out.Tokens {
		pieces[i].ID = t.ID
		if json.Unmarshal(t.Piece, &pieces[i].Text) != nil {
			pieces[i].Text = "" // bytes: part of a character
		}
	}
	return pieces, nil
}

// post sends JSON and reads JSON. Its errors are those of the client's requests.
func (m *Model) post(ctx context.Context, url string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if m.o.Key != "" {
		req.Header.Set("Authorization", "Bearer "+m.o.Key)
	}
	resp, err := m.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return refusal(resp)
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

// refusal is the error that the client makes of such an answer.
func refusal(resp *http.Response) error {
	text, _ := io.ReadAll(io.LimitReader(resp.Body, maxRefusal)) // what can be had of why
	var said api.ErrorResponse
	if json.Unmarshal(text, &said) != nil || said.Error == nil {
		return &api.RequestError{HTTPStatusCode: resp.StatusCode, Body: text}
	}
	said.Error.HTTPStatusCode = resp.StatusCode
	return said.Error
}
