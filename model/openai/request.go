package openai

import (
	api "github.com/sashabaranov/go-openai"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/prompt"
)

// coldest stands for a temperature of 0, which the client leaves out although an endpoint's default is not 0. It is as
// good as greedy and far from what a server might flush to zero or overflow by.
const coldest = 1e-6

// chatRequest is the part of a request that begins at sample first.
func (m *Model) chatRequest(chat *prompt.Chat, r model.Request, first, n int) api.ChatCompletionRequest {
	req := m.request(r.Heat(), model.DeriveSeed(r.Seed, first), r.MaxTokens)
	req.Messages = messages(chat)
	if n > 1 {
		req.N = n
	}
	req.LogProbs = m.o.LogProbs
	for _, f := range chat.Tools {
		req.Tools = append(req.Tools, api.Tool{Type: api.ToolTypeFunction, Function: &api.FunctionDefinition{
			Name: f.Name, Description: f.Description, Parameters: f.Schema,
		}})
	}
	if chat.Schema != nil {
		req.ResponseFormat = bound("next_step", chat.Schema)
	}
	return req
}

func (m *Model) textRequest(r model.TextRequest) api.ChatCompletionRequest {
	req := m.request(r.Temperature, model.DeriveSeed(r.Seed, 0), r.MaxTokens)
	if r.System != "" {
		req.Messages = append(req.Messages, api.ChatCompletionMessage{Role: api.ChatMessageRoleSystem, Content: r.System})
	}
	req.Messages = append(req.Messages, api.ChatCompletionMessage{Role: api.ChatMessageRoleUser, Content: r.Prompt})
	if len(r.Schema) > 0 {
		req.ResponseFormat = bound("answer", r.Schema)
	}
	return req
}

// request fills in what does not depend on the chat.
func (m *Model) request(temperature float64, seed uint64, maxTokens int) api.ChatCompletionRequest {
	if maxTokens == 0 {
		maxTokens = m.o.MaxTokens
	}
	s := wireSeed(seed)
	req := api.ChatCompletionRequest{Model: m.name, Seed: &s}
	if reasons(m.name) {
		req.MaxCompletionTokens = maxTokens
		return req
	}
	//lint:ignore SA1019 the name that every server but OpenAI's reasoning models understands
	req.MaxTokens = maxTokens
	req.Temperature = float32(temperature)
	if temperature == 0 {
		req.Temperature = coldest
	}
	return req
}

// wireSeed keeps a seed to the 31 bits that every server takes.
func wireSeed(seed uint64) int { return int(seed >> 33) }

func bound(name string, schema []byte) *api.ChatCompletionResponseFormat {
	return &api.ChatCompletionResponseFormat{
		Type:       api.ChatCompletionResponseFormatTypeJSONSchema,
		JSONSchema: &api.ChatCompletionResponseFormatJSONSchema{Name: name, Schema: rawSchema(schema)},
	}
}

type rawSchema []byte

// MarshalJSON returns the schema as it is: the order of its keys is the order in which a server's grammar writes them.
func (s rawSchema) MarshalJSON() ([]byte, error) { return s, nil }

func messages(chat *prompt.Chat) []api.ChatCompletionMessage {
	out := make([]api.ChatCompletionMessage, 0, len(chat.Messages)+1)
	out = append(out, api.ChatCompletionMessage{Role: api.ChatMessageRoleSystem, Content: chat.System})
	for _, m := range chat.Messages {
		msg := api.ChatCompletionMessage{Role: m.Role.String(), Content: m.Text, ToolCallID: m.CallID}
		for _, c := range m.Calls {
			msg.ToolCalls = append(msg.ToolCalls, api.ToolCall{
				ID: c.ID, Type: api.ToolTypeFunction, Function: api.FunctionCall{Name: c.Tool, Arguments: c.Args},
			})
		}
		out = append(out, msg)
	}
	return out
}
