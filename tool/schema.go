package tool

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// schema is a compiled input schema. The zero value accepts any object.
type schema struct {
	sch   *jsonschema.Schema
	names []string // top-level parameters, sorted, for messages
	bare  bool     // declares no parameter at all
}

// shape is what we look at ourselves in a schema's first level.
type shape struct {
	Type       json.RawMessage            `json:"type"`
	Properties map[string]json.RawMessage `json:"properties"`
}

// compile compiles an input schema: empty, or a schema that an object can match.
func compile(raw json.RawMessage) (*schema, error) {
	if len(raw) == 0 {
		return &schema{bare: true}, nil
	}
	sch, err := compileAny(raw)
	if err != nil {
		return nil, err
	}
	s := &schema{sch: sch}
	if sch.Bool != nil {
		s.bare = *sch.Bool
		return s, nil
	}
	var top shape
	if err := json.Unmarshal(raw, &top); err != nil {
		return nil, err
	}
	if !takesObject(top.Type) {
		return nil, fmt.Errorf(`is of type %s, but arguments are always an object`, top.Type)
	}
	s.names = sortedKeys(top.Properties)
	s.bare = declaresNothing(raw)
	return s, nil
}

func takesObject(typ json.RawMessage) bool {
	return len(typ) == 0 || bytes.Contains(typ, []byte(`"object"`))
}

// declaresNothing says whether the schema is one of no parameters: none named, none demanded, none hidden behind
// a reference or a combination.
func declaresNothing(raw json.RawMessage) bool {
	var m map[string]json.RawMessage
	if json.Unmarshal(raw, &m) != nil {
		return false
	}
	for k, v := range m {
		switch k {
		case "type", "title", "description", "$schema", "$id", "$comment", "additionalProperties",
			"unevaluatedProperties", "$defs", "definitions", "examples", "default":
		case "properties", "required", "patternProperties":
			if v = bytes.TrimSpace(v); !bytes.Equal(v, []byte("{}")) && !bytes.Equal(v, []byte("[]")) && !bytes.Equal(v, []byte("null")) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// compileAny compiles a schema of any type. One that names no dialect is taken as 2020-12, and failing that as
// draft 7, which is what many servers write without saying so.
func compileAny(raw json.RawMessage) (*jsonschema.Schema, error) {
	if err := canon.CheckDepth(raw); err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("is not JSON: %w", err)
	}
	switch doc.(type) {
	case map[string]any, bool:
	default:
		return nil, errors.New("is not a JSON Schema: want an object, true or false")
	}
	sch, err := compileDraft(doc, jsonschema.Draft2020)
	if err == nil {
		return sch, nil
	}
	if m, ok := doc.(map[string]any); ok && m["$schema"] == nil {
		if sch, err7 := compileDraft(doc, jsonschema.Draft7); err7 == nil {
			return sch, nil
		}
	}
	return nil, fmt.Errorf("is not a JSON Schema: %w", flat(err))
}

// flat says on one line where in a schema the dialect's own schema was violated.
func flat(err error) error {
	var ve *jsonschema.ValidationError
	var sve *jsonschema.SchemaValidationError
	if !errors.As(err, &sve) || !errors.As(sve.Err, &ve) {
		return err
	}
	for len(ve.Causes) > 0 {
		ve = ve.Causes[0]
	}
	return fmt.Errorf("at /%s: %s", strings.Join(ve.InstanceLocation, "/"), text(ve))
}

const schemaURL = "schema:input"

func compileDraft(doc any, draft *jsonschema.Draft) (*jsonschema.Schema, error) {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(draft)
	c.UseLoader(noLoader{})
	c.UseRegexpEngine(pattern)
	if err := c.AddResource(schemaURL, doc); err != nil {
		return nil, err
	}
	return c.Compile(schemaURL)
}

// noLoader keeps a foreign schema from reading files or calling hosts.
type noLoader struct{}

// Load refuses.
func (noLoader) Load(url string) (any, error) {
	return nil, fmt.Errorf("%s is another document, which is never loaded", url)
}

// pattern compiles a regular expression of a schema. JSON Schema asks for ECMAScript's dialect; what of it Go does
// not know (look-around, back references) is not checked here, the tool itself will. That also keeps matching
// linear in the length of the text.
func pattern(s string) (jsonschema.Regexp, error) {
	re, err := regexp.Compile(s)
	if err == nil {
		return re, nil
	}
	var se *syntax.Error
	if errors.As(err, &se) && foreignSyntax[se.Code] {
		return anyText(s), nil
	}
	return nil, err
}

var foreignSyntax = map[syntax.ErrorCode]bool{
	syntax.ErrInvalidPerlOp:       true, // (?= (?! (?<=
	syntax.ErrInvalidNamedCapture: true,
	syntax.ErrInvalidEscape:       true, // \1 \u0041 \cA
	syntax.ErrInvalidCharRange:    true, // \p{Script=Greek}
	syntax.ErrInvalidRepeatSize:   true, // a{2000}
	syntax.ErrLarge:               true,
}

// anyText is a pattern that every text matches.
type anyText string

// String returns the pattern as it was written.
func (a anyText) String() string { return string(a) }

// MatchString is always true.
func (a anyText) MatchString(string) bool { return true }
