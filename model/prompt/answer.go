package prompt

import (
	"encoding/json"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// maxArgs is the longest arguments that are looked at.
const maxArgs = 1 << 20

// Answer is what a model wrote, as an endpoint returned it.
type Answer struct {
	Text    string
	Calls   []Call
	LogProb float64 // of all tokens together, 0 = not known
	Cut     bool    // the answer ran into its limit of tokens
}

// Sample reads an answer. Errors are [model.ErrGarbage]: nothing at all, a call without a name, arguments nested
// deeper than [canon.MaxDepth] or beyond 1 MiB, in mode [JSON] text that is not the object asked for, and an answer that
// was cut before its first call was whole (half an answer must not pass for the final one). Arguments are not checked
// further: that is for whoever knows the tools.
func (c *Chat) Sample(a Answer) (model.Sample, error) {
	s, err := c.sample(a)
	if err != nil {
		return model.Sample{}, err
	}
	for _, call := range s.Calls {
		if err := checkCall(call); err != nil {
			return model.Sample{}, err
		}
	}
	s.LogProb = a.LogProb
	return s, nil
}

func (c *Chat) sample(a Answer) (model.Sample, error) {
	if a.Cut {
		a.Calls = wholeCalls(a.Calls)
	}
	switch {
	case len(a.Calls) > 0:
		return c.fromCalls(a), nil
	case a.Cut && c.mode == Tools:
		return model.Sample{}, model.Garbage("cut at its limit of tokens before a call was whole", a.Text)
	case c.mode == JSON:
		return c.fromObject(a.Text)
	}
	return c.fromText(a.Text)
}

// wholeCalls drops a last call that was cut in its arguments.
func wholeCalls(calls []Call) []Call {
	if n := len(calls); n > 0 && !isObject(calls[n-1].Args) {
		return calls[:n-1]
	}
	return calls
}

func checkCall(call model.RawCall) error {
	switch {
	case call.Tool == "":
		return model.Garbage("a call without a tool's name", call.Args)
	case len(call.Args) > maxArgs:
		return model.Garbage("arguments of "+tool.Clip(call.Tool, 64)+" are larger than 1 MiB", call.Args)
	case canon.CheckDepth([]byte(call.Args)) != nil:
		return model.Garbage("arguments of "+tool.Clip(call.Tool, 64)+": "+canon.ErrTooDeep.Error(), call.Args)
	}
	return nil
}

// fromCalls takes the calls as they are, and the outline from the text beside them.
func (c *Chat) fromCalls(a Answer) model.Sample {
	var s model.Sample
	for _, call := range a.Calls {
		s.Calls = append(s.Calls, model.RawCall{Tool: c.names.real(call.Tool), Args: call.Args})
	}
	if plan, _, ok := findPlan(a.Text); ok {
		s.Outline, s.Complete = c.plan(plan)
	}
	return s
}

// fromText reads text without a tool call: the final answer, unless it is nothing but a call written as text, which
// is what models do whose endpoint did not recognise the call.
func (c *Chat) fromText(text string) (model.Sample, error) {
	plan, rest, found := findPlan(text)
	rest = strings.TrimSpace(rest)
	if calls := c.written(rest); len(calls) > 0 {
		s := model.Sample{Calls: calls}
		if found {
			s.Outline, s.Complete = c.plan(plan)
		}
		return s, nil
	}
	if rest != "" {
		return model.Sample{Answer: rest}, nil
	}
	if found {
		return c.fromPlan(plan)
	}
	return model.Sample{}, model.Garbage("neither text nor a tool call", text)
}

// fromPlan takes an answer that is only a plan: its first call, if it has arguments, is the next one.
func (c *Chat) fromPlan(plan string) (model.Sample, error) {
	outline, complete := c.plan(plan)
	if len(outline) == 0 || outline[0].Args == "" {
		return model.Sample{}, model.Garbage("a plan without a tool call", plan)
	}
	return model.Sample{Calls: outline[:1], Outline: outline[1:], Complete: complete}, nil
}

// fromObject reads the object of mode [JSON], leniently: fences and words around it are skipped.
func (c *Chat) fromObject(text string) (model.Sample, error) {
	body := jsonBody(text)
	if body == "" {
		return model.Sample{}, model.Garbage("no JSON object", text)
	}
	if canon.CheckDepth([]byte(body)) != nil {
		return model.Sample{}, model.Garbage(canon.ErrTooDeep.Error(), text)
	}
	var o struct {
		Calls   []objectCall `json:"calls"`
		Outline []objectCall `json:"outline"`
		Done    bool         `json:"done"`
		Answer  string       `json:"answer"`
	}
	if err := json.Unmarshal([]byte(body), &o); err != nil {
		return model.Sample{}, model.Garbage("not the JSON object asked for", text)
	}
	if len(o.Calls) == 0 {
		if strings.TrimSpace(o.Answer) == "" {
			return model.Sample{}, model.Garbage("neither calls nor an answer", text)
		}
		return model.Sample{Answer: o.Answer}, nil
	}
	s := model.Sample{Complete: o.Done && c.outline}
	for _, call := range o.Calls {
		s.Calls = append(s.Calls, call.raw(c.names))
	}
	for _, call := range o.Outline {
		if _, ok := c.names.known(call.name()); !ok {
			s.Complete = false
			break
		}
		s.Outline = append(s.Outline, call.raw(c.names))
	}
	return s, nil
}

// objectCall is a call in a JSON object, under any of the names that models give its parts.
type objectCall struct {
	Tool       string          `json:"tool"`
	Name       string          `json:"name"`
	Args       json.RawMessage `json:"args"`
	Arguments  json.RawMessage `json:"arguments"`
	Parameters json.RawMessage `json:"parameters"`
}

func (o objectCall) name() string {
	if o.Tool != "" {
		return o.Tool
	}
	return o.Name
}

func (o objectCall) raw(n names) model.RawCall {
	for _, args := range []json.RawMessage{o.Args, o.Arguments, o.Parameters} {
		if len(args) > 0 {
			return model.RawCall{Tool: n.real(o.name()), Args: unquote(args)}
		}
	}
	return model.RawCall{Tool: n.real(o.name())}
}

// unquote undoes arguments that were written as a string of JSON.
func unquote(args json.RawMessage) string {
	var inner string
	if json.Unmarshal(args, &inner) == nil {
		return inner
	}
	return string(args)
}

// written finds tool calls that are the whole of a text: one object or a list of them, in fences or <tool_call> tags
// or not. It finds none where any of them names a tool that was not offered.
func (c *Chat) written(text string) []model.RawCall {
	text = unwrap(text)
	if text == "" || (text[0] != '{' && text[0] != '[') || canon.CheckDepth([]byte(text)) != nil {
		return nil
	}
	var list []objectCall
	if text[0] == '{' {
		text = "[" + text + "]"
	}
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil
	}
	var out []model.RawCall
	for _, o := range list {
		if _, ok := c.names.known(o.name()); !ok {
			return nil
		}
		out = append(out, o.raw(c.names))
	}
	return out
}

var wrappers = []struct{ open, shut string }{
	{"<tool_call>", "</tool_call>"}, {"<tools>", "</tools>"}, {"<function_call>", "</function_call>"},
	{"```json", "```"}, {"```tool_code", "```"}, {"```tool_call", "```"}, {"```", "```"},
}

// unwrap takes off what models put around a call.
func unwrap(text string) string {
	for _, w := range wrappers {
		if rest, ok := strings.CutPrefix(text, w.open); ok {
			if inner, _, ok := strings.Cut(rest, w.shut); ok {
				return strings.TrimSpace(inner)
			}
			return strings.TrimSpace(rest)
		}
	}
	return text
}

// jsonBody is the text from the first { to the last }.
func jsonBody(text string) string {
	start, end := strings.IndexByte(text, '{'), strings.LastIndexByte(text, '}')
	if start < 0 || end < start {
		return ""
	}
	return text[start : end+1]
}
