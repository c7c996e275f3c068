package openai

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	api "github.com/sashabaranov/go-openai"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/prompt"
)

// errCut ends a stream whose answer is longer than was reserved for.
var errCut = errors.New("answer cut at its limit of tokens")

// stream reads an answer as it is written, and stops reading when a choice passes its limit: closing the stream makes
// the endpoint stop writing.
func (m *Model) stream(ctx context.Context, req api.ChatCompletionRequest) part {
	//lint:ignore SA1019 set by request, see there
	limit := max(req.MaxTokens, req.MaxCompletionTokens)
	req.StreamOptions = &api.StreamOptions{IncludeUsage: true}
	s, err := m.client.CreateChatCompletionStream(ctx, req)
	if err != nil {
		return part{err: err}
	}
	defer s.Close()
	var choices choices
	var usage *api.Usage
	for err == nil {
		var chunk api.ChatCompletionStreamResponse
		if chunk, err = s.Recv(); err != nil {
			break
		}
		if chunk.Usage != nil {
			usage = chunk.Usage
		}
		for _, c := range chunk.Choices {
			if choices.add(c) > limit && m.past(choices.at(c.Index), limit) {
				err, usage = errCut, nil
			}
		}
	}
	return m.streamed(req, choices, usage, err)
}

// streamed is what a stream came to. Choices that ended are kept, whatever came after them; a choice that did not is
// kept only if it was cut here, because half an answer must not pass for a whole one.
func (m *Model) streamed(req api.ChatCompletionRequest, c choices, usage *api.Usage, err error) part {
	all := c.answers()
	p := part{usage: m.usage(usage, req, all)}
	for i, e := range c {
		if e.ended || e.cut || errors.Is(err, errCut) {
			all[i].Cut = all[i].Cut || !e.ended
			p.answers = append(p.answers, all[i])
		}
	}
	switch {
	case len(p.answers) > 0:
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		p.err = model.Garbage("the stream ended before the answer did", "")
	default:
		p.err = err
	}
	return p
}

// past says whether a choice is longer than its limit. Counting takes time, so it is done every some pieces.
func (m *Model) past(c *choice, limit int) bool {
	if c.pieces < c.counted {
		return false
	}
	c.counted = c.pieces + 16
	past := m.answerTokens(c.answer()) > limit
	c.cut = c.cut || past
	return past
}

type choice struct {
	index   int
	text    strings.Builder
	calls   []api.ToolCall
	args    [][]byte
	logProb float64
	pieces  int
	counted int // the number of pieces at which its tokens are counted again
	ended   bool
	cut     bool
}

func (c *choice) answer() prompt.Answer {
	a := prompt.Answer{Text: c.text.String(), LogProb: c.logProb, Cut: c.cut}
	for i, call := range c.calls {
		a.Calls = append(a.Calls, prompt.Call{ID: call.ID, Tool: call.Function.Name, Args: string(c.args[i])})
	}
	return a
}

// choices of one stream, in order of index.
type choices []*choice

func (c *choices) at(index int) *choice {
	i, ok := slices.BinarySearchFunc(*c, index, func(e *choice, index int) int { return e.index - index })
	if !ok {
		*c = slices.Insert(*c, i, &choice{index: index})
	}
	return (*c)[i]
}

// add takes in a piece and returns the choice's bytes, which are a bound of its tokens.
func (c *choices) add(delta api.ChatCompletionStreamChoice) int {
	to := c.at(delta.Index)
	to.pieces++
	to.text.WriteString(delta.Delta.Content)
	for _, call := range delta.Delta.ToolCalls {
		to.call(call)
	}
	if delta.Logprobs != nil {
		for _, p := range delta.Logprobs.Content {
			to.logProb += p.Logprob
		}
	}
	switch delta.FinishReason {
	case "", api.FinishReasonNull:
	default:
		to.ended, to.cut = true, delta.FinishReason == api.FinishReasonLength
	}
	return to.size()
}

func (c *choice) size() int {
	n := c.text.Len()
	for i := range c.args {
		n += len(c.args[i])
	}
	return n
}

// maxStreamCalls bounds what a broken server can make us allocate.
const maxStreamCalls = 64

func (c *choice) call(delta api.ToolCall) {
	i := max(len(c.calls)-1, 0)
	switch {
	case delta.Index != nil:
		i = *delta.Index
	case delta.ID != "" || delta.Function.Name != "":
		i = len(c.calls)
	}
	if i < 0 || i >= maxStreamCalls {
		return
	}
	for len(c.calls) <= i {
		c.calls = append(c.calls, api.ToolCall{})
		c.args = append(c.args, nil)
	}
	if delta.ID != "" {
		c.calls[i].ID = delta.ID
	}
	c.calls[i].Function.Name += delta.Function.Name
	c.args[i] = append(c.args[i], delta.Function.Arguments...)
}

func (c choices) answers() []prompt.Answer {
	out := make([]prompt.Answer, len(c))
	for i, e := range c {
		out[i] = e.answer()
	}
	return out
}
