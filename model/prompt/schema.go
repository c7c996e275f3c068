package prompt

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// maxCalls is how many calls one answer may make, and maxOutline how many it may list; both keep a small model that
// is bound by a grammar from going round in circles.
const maxCalls, maxOutline = 4, 12

const anyObject = `{"type":"object"}`

// answerSchema describes the answer of mode [JSON]. Keys are in the order in which they are to be written: servers
// that turn the schema into a grammar (llama.cpp) keep it. Without tools only an answer is possible.
func answerSchema(tools []Function, outline, reason bool) (json.RawMessage, error) {
	if len(tools) == 0 {
		return json.RawMessage(`{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false}`), nil
	}
	calls, err := callSchemas(tools)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString(`{"type":"object","properties":{`)
	required := `"calls"`
	if reason {
		b.WriteString(`"thought":{"type":"string"},`)
		required = `"thought","calls"`
	}
	fmt.Fprintf(&b, `"calls":{"type":"array","maxItems":%d,"items":{"anyOf":%s}}`, maxCalls, calls)
	if outline {
		wires, err := json.Marshal(wireNames(tools))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, `,"outline":{"type":"array","maxItems":%d,"items":{"type":"object","properties":{"tool":{"enum":%s},"args":%s},"required":["tool"],"additionalProperties":false}},"done":{"type":"boolean"}`,
			maxOutline, wires, anyObject)
		required += `,"outline","done"`
	}
	fmt.Fprintf(&b, `,"answer":{"type":"string"}},"required":[%s],"additionalProperties":false}`, required)
	return b.Bytes(), nil
}

func wireNames(tools []Function) []string {
	out := make([]string, len(tools))
	for i, t := range tools {
		out[i] = t.Name
	}
	return out
}

func callSchemas(tools []Function) ([]byte, error) {
	type properties struct {
		Tool struct {
			Const string `json:"const"`
		} `json:"tool"`
		Args json.RawMessage `json:"args"`
	}
	type call struct {
		Type       string     `json:"type"`
		Properties properties `json:"properties"`
		Required   []string   `json:"required"`
		Additional bool       `json:"additionalProperties"`
	}
	out := make([]call, len(tools))
	for i, t := range tools {
		out[i] = call{Type: "object", Required: []string{"tool", "args"}}
		out[i].Properties.Tool.Const = t.Name
		out[i].Properties.Args = embeddable(t.Schema)
	}
	return json.Marshal(out)
}

// embeddable returns a schema that can stand inside another. References are relative to the document that they stood
// in, and patterns are what grammar builders most often refuse: a schema with the first accepts any object here, the
// second are dropped. The tool's own schema is still checked before a call is made.
func embeddable(schema json.RawMessage) json.RawMessage {
	if bytes.Contains(schema, []byte(`"$ref"`)) || bytes.Contains(schema, []byte(`"$dynamicRef"`)) {
		return json.RawMessage(anyObject)
	}
	if !bytes.Contains(schema, []byte(`"pattern`)) && !bytes.Contains(schema, []byte(`"$schema"`)) && !bytes.Contains(schema, []byte(`"format"`)) {
		return schema
	}
	var v any
	if json.Unmarshal(schema, &v) != nil {
		return json.RawMessage(anyObject)
	}
	out, err := canon.Marshal(strip(v, false))
	if err != nil {
		return json.RawMessage(anyObject)
	}
	return out
}

// strip removes keywords, not properties that happen to have their names.
func strip(v any, properties bool) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if !properties && (k == "pattern" || k == "patternProperties" || k == "$schema" || k == "format") {
				delete(v, k)
				continue
			}
			v[k] = strip(e, !properties && k == "properties")
		}
	case []any:
		for i, e := range v {
			v[i] = strip(e, false)
		}
	}
	return v
}
