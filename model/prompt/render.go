package prompt

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

//go:embed *.tmpl
var files embed.FS

// templates are parsed at the first use: a command that asks no model does not pay for them.
var templates = sync.OnceValues(func() (*template.Template, error) { return template.ParseFS(files, "*.tmpl") })

func execute(name string, data any) (string, error) {
	t, err := templates()
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return "", err
	}
	return strings.TrimSpace(b.String()), nil
}

type shownCall struct{ Tool, Args string }

type shownDemo struct {
	Goal  string
	Calls []shownCall
}

func system(r model.Request, mode Mode, functions []Function, n names) (string, error) {
	data := struct {
		JSON, Outline, Reason bool
		Tools                 []Function
		Demos                 []shownDemo
	}{JSON: mode == JSON, Outline: r.Outline, Reason: r.Reason, Tools: functions}
	for _, d := range r.Demos {
		shown := shownDemo{Goal: d.Goal}
		for _, c := range d.Calls {
			shown.Calls = append(shown.Calls, shownCall{Tool: wireName(c.Tool), Args: object(c.Args)})
		}
		data.Demos = append(data.Demos, shown)
	}
	return execute("system.tmpl", data)
}

// object is what stands for arguments in a message: endpoints refuse a call with none.
func object(args json.RawMessage) string {
	if len(args) == 0 {
		return "{}"
	}
	return string(args)
}

// parameters returns a tool's schema as one of an object: empty and null schemas accept any object.
func parameters(input json.RawMessage) (json.RawMessage, error) {
	if len(bytes.TrimSpace(input)) == 0 || string(bytes.TrimSpace(input)) == "null" {
		return json.RawMessage(`{"type":"object","properties":{}}`), nil
	}
	if err := canon.CheckDepth(input); err != nil {
		return nil, err
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(input, &keys); err != nil {
		return nil, errors.New("not a JSON object")
	}
	if _, ok := keys["type"]; !ok {
		keys["type"] = json.RawMessage(`"object"`)
		return canon.Marshal(keys)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, input); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (c *Chat) step(number int, s model.Step, tools []tool.Spec) error {
	data := struct {
		Step         int
		Text, Fields string
	}{number, shown(s), ""}
	name := s.Status.String()
	if s.Result.IsError && s.Status == model.Observed {
		name = model.Failed.String()
	}
	if s.Status == model.Deferred {
		data.Fields = outputFields(s.Call.Tool, tools)
	}
	text, err := execute(name, data)
	if err != nil {
		return err
	}
	call := Call{Tool: wireName(s.Call.Tool), Args: object(s.Call.Args)}
	c.pair("step_"+strconv.Itoa(number), call, text, name == model.Failed.String())
	return nil
}

// shown is a step's output with nothing in it that could be taken for the end of the frame around it.
func shown(s model.Step) string {
	text := model.ShownOutput(s)
	if text == "" {
		return "(empty)"
	}
	return closing.Replace(text)
}

var closing = strings.NewReplacer("</output", `<\/output`, "<output", `<\output`)

// outputFields lists the fields that a tool declares in its output, or nothing.
func outputFields(name string, tools []tool.Spec) string {
	i := slices.IndexFunc(tools, func(s tool.Spec) bool { return s.Name == name })
	if i < 0 || len(tools[i].Output) == 0 || canon.CheckDepth(tools[i].Output) != nil {
		return ""
	}
	var schema struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	if json.Unmarshal(tools[i].Output, &schema) != nil {
		return ""
	}
	fields := make([]string, 0, len(schema.Properties))
	for f := range schema.Properties {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	return strings.Join(fields, ", ")
}

// rejected shows a call that a schema refused. Endpoints insist that arguments are a JSON object, so any other text
// is told in the message instead.
func (c *Chat) rejected(number int, r model.Rejected) error {
	data := struct{ Reason, Schema, Args string }{Reason: r.Reason, Schema: string(r.Schema)}
	call := Call{Tool: wireName(r.Call.Tool), Args: r.Call.Args}
	if !isObject(r.Call.Args) {
		data.Args = tool.Clip(r.Call.Args, 500)
		call.Args = "{}"
		if data.Args == "" {
			data.Args = "(empty)"
		}
	}
	if call.Tool == "" {
		call.Tool = "unknown"
	}
	text, err := execute("rejected", data)
	if err != nil {
		return fmt.Errorf("rejected call: %w", err)
	}
	c.pair("rejected_"+strconv.Itoa(number), call, text, true)
	return nil
}

func isObject(text string) bool {
	return canon.CheckDepth([]byte(text)) == nil && strings.HasPrefix(strings.TrimSpace(text), "{") && json.Valid([]byte(text))
}
