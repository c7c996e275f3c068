package sandbox

import (
	"encoding/json"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// node is the part of JSON Schema that the worlds use.
type node struct {
	Type        string          `json:"type"`
	Description string          `json:"description,omitempty"`
	Properties  map[string]node `json:"properties,omitempty"`
	Required    []string        `json:"required,omitempty"`
	Closed      *bool           `json:"additionalProperties,omitempty"`
	Enum        []string        `json:"enum,omitempty"`
	Pattern     string          `json:"pattern,omitempty"`
	Minimum     *float64        `json:"minimum,omitempty"`
	Maximum     *float64        `json:"maximum,omitempty"`
	MinLength   int             `json:"minLength,omitempty"`
	Items       *node           `json:"items,omitempty"`
	MinItems    int             `json:"minItems,omitempty"`
	Unique      bool            `json:"uniqueItems,omitempty"`
}

func (a Arg) schema() node {
	n := node{Type: "string", Description: a.Doc}
	switch a.Type {
	case Integer, Number:
		n.Type, n.Minimum = "integer", &a.Min
		if a.Type == Number {
			n.Type = "number"
		}
		if a.Max != 0 {
			n.Maximum = &a.Max
		}
	case Text:
		n.MinLength = 1
		if a.Regexp != nil {
			n.Pattern = a.Regexp.String()
		}
	case Choice:
		n.Enum = a.Enum
	case Choices:
		n.Type, n.MinItems, n.Unique = "array", 1, true
		n.Items = &node{Type: "string", Enum: a.Enum}
	case Handle:
		n.Pattern = handlePattern(a.Kind)
	case Pattern:
		n.Pattern = a.Regexp.String()
	case Texts, Grid:
		n.Type, n.MinItems, n.Items = "array", 1, &node{Type: "string"}
		if a.Type == Grid {
			n.Items = &node{Type: "array", MinItems: 1, Items: n.Items}
		}
	}
	return n
}

// input returns the JSON Schema of the arguments.
func input(args []Arg) json.RawMessage {
	closed := false
	n := node{Type: "object", Properties: map[string]node{}, Closed: &closed}
	for _, a := range args {
		n.Properties[a.Name] = a.schema()
		n.Required = append(n.Required, a.Name)
	}
	return encode(n)
}

// HandleOutput returns the JSON Schema of a constructor's answer: an object whose one field, named like the
// handle's kind, holds the handle.
func HandleOutput(kind, doc string) json.RawMessage {
	return encode(node{Type: "object", Required: []string{kind},
		Properties: map[string]node{kind: {Type: "string", Description: doc, Pattern: handlePattern(kind)}}})
}

func encode(n node) json.RawMessage {
	raw, err := canon.Marshal(n)
	if err != nil { // node has only fields that marshal
		return json.RawMessage("{}")
	}
	return raw
}
