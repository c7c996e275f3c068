package prompt

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// ErrSchema says that the schema of a [model.TextRequest] is not one.
var ErrSchema = errors.New("not a JSON Schema")

// Bound takes the JSON out of a text (fences and words around it are skipped) and checks it against a schema. Errors:
// [ErrSchema] for the schema, [model.ErrGarbage] for the text, naming the first places where they differ.
func Bound(text string, schema json.RawMessage) (string, error) {
	compiled, err := compile(schema)
	if err != nil {
		return "", err
	}
	body := strings.TrimSpace(unwrap(strings.TrimSpace(text)))
	if !json.Valid([]byte(body)) {
		body = jsonBody(text)
	}
	if err := canon.CheckDepth([]byte(body)); err != nil {
		return "", model.Garbage(err.Error(), text)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		return "", model.Garbage("not JSON", text)
	}
	if err := compiled.Validate(value); err != nil {
		return "", model.Garbage("does not match the schema: "+tool.Clip(err.Error(), 400), text)
	}
	return body, nil
}

func compile(schema json.RawMessage) (*jsonschema.Schema, error) {
	if err := canon.CheckDepth(schema); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSchema, err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSchema, err)
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(noLoader{})
	if err := c.AddResource("answer.json", doc); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSchema, err)
	}
	compiled, err := c.Compile("answer.json")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSchema, err)
	}
	return compiled, nil
}

// noLoader keeps a schema from reading files or the network.
type noLoader struct{}

func (noLoader) Load(url string) (any, error) {
	return nil, fmt.Errorf("reference to %s: only references inside the schema are followed", url)
}
