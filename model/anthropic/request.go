package anthropic

import (
	"encoding/json"

	api "github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/packages/param"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/prompt"
)

// answerTool is the tool whose arguments are a schema-bound answer.
const answerTool = "answer"

func (m *Model) params(chat *prompt.Chat, r model.Request) api.MessageNewParams {
	p := m.base(r.Heat(), r.MaxTokens)
	p.System = []api.TextBlockParam{{Text: chat.System, CacheControl: m.breakpoint()}}
	for i, f := range chat.Tools {
		t := api.ToolParam{Name: f.Name, InputSchema: rawSchema(f.Schema)}
		if f.Description != "" {
			t.Description = param.NewOpt(f.Description)
		}
		if i == len(chat.Tools)-1 {
			t.CacheControl = m.breakpoint()
		}
		p.Tools = append(p.Tools, api.ToolUnionParam{OfTool: &t})
	}
	for i, msg := range chat.Messages {
		p.Messages = append(p.Messages, m.message(msg, i == chat.Shared-1))
	}
	return p
}

func (m *Model) textParams(r model.TextRequest) api.MessageNewParams {
	p := m.base(r.Temperature, r.MaxTokens)
	if r.System != "" {
		p.System = []api.TextBlockParam{{Text: r.System}}
	}
	p.Messages = []api.MessageParam{api.NewUserMessage(api.NewTextBlock(r.Prompt))}
	if len(r.Schema) == 0 {
		return p
	}
	schema := r.Schema
	if !ofObject(schema) {
		schema = json.RawMessage(`{"type":"object","properties":{"value":` + string(schema) + `},"required":["value"]}`)
	}
	p.Tools = []api.ToolUnionParam{{OfTool: &api.ToolParam{
		Name: answerTool, Description: param.NewOpt("Gives the answer."), InputSchema: rawSchema(schema),
	}}}
	p.ToolChoice = api.ToolChoiceUnionParam{OfTool: &api.ToolChoiceToolParam{Name: answerTool}}
	return p
}

// base fills in what does not depend on the chat. A temperature of 1 is the API's default and is left out: newer
// models refuse any other, and some refuse the field.
func (m *Model) base(temperature float64, maxTokens int) api.MessageNewParams {
	if maxTokens == 0 {
		maxTokens = m.o.MaxTokens
	}
	p := api.MessageNewParams{Model: api.Model(m.name), MaxTokens: int64(maxTokens)}
	if temperature != model.DefaultTemperature {
		p.Temperature = param.NewOpt(min(temperature, 1))
	}
	return p
}

// breakpoint marks the end of a prefix that later requests share.
func (m *Model) breakpoint() api.CacheControlEphemeralParam {
	if m.o.NoCache {
		return api.CacheControlEphemeralParam{}
	}
	return api.NewCacheControlEphemeralParam()
}

// message puts a message into blocks; the last one that siblings share ends in a breakpoint.
func (m *Model) message(msg prompt.Message, last bool) api.MessageParam {
	var mark api.CacheControlEphemeralParam
	if last {
		mark = m.breakpoint()
	}
	switch msg.Role {
	case prompt.Assistant:
		blocks := make([]api.ContentBlockParamUnion, len(msg.Calls))
		for i, c := range msg.Calls {
			blocks[i] = api.NewToolUseBlock(c.ID, json.RawMessage(c.Args), c.Tool)
		}
		return api.NewAssistantMessage(blocks...)
	case prompt.Tool:
		b := api.NewToolResultBlock(msg.CallID, msg.Text, msg.Failed)
		b.OfToolResult.CacheControl = mark
		return api.NewUserMessage(b)
	}
	b := api.NewTextBlock(msg.Text)
	b.OfText.CacheControl = mark
	return api.NewUserMessage(b)
}

// rawSchema hands a schema on as it is.
func rawSchema(schema json.RawMessage) api.ToolInputSchemaParam {
	return param.Override[api.ToolInputSchemaParam](schema)
}

// ofObject says whether a schema is one of an object, as a tool's must be.
func ofObject(schema json.RawMessage) bool {
	var s struct {
		Type any `json:"type"`
	}
	return json.Unmarshal(schema, &s) == nil && s.Type == "object"
}
