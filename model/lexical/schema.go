package lexical

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// schema is the part of JSON Schema that binding goes by. What it doesn't know it ignores: the caller validates.
type schema struct {
	ID          string             `json:"$id"`
	Ref         string             `json:"$ref"`
	Title       string             `json:"title"`
	Description string             `json:"description"`
	Type        names              `json:"type"`
	Format      string             `json:"format"`
	Enum        []json.RawMessage  `json:"enum"`
	Const       json.RawMessage    `json:"const"`
	Default     json.RawMessage    `json:"default"`
	Items       *schema            `json:"items"`
	Properties  map[string]*schema `json:"properties"`
	Required    []string           `json:"required"`
	AnyOf       []*schema          `json:"anyOf"`
	OneOf       []*schema          `json:"oneOf"`
	AllOf       []*schema          `json:"allOf"`
	Defs        map[string]*schema `json:"$defs"`
	Definitions map[string]*schema `json:"definitions"`
	Pattern     string             `json:"pattern"`
	Minimum     *float64           `json:"minimum"`
	Maximum     *float64           `json:"maximum"`
}

// names is one string or a list of them.
type names []string

// UnmarshalJSON reads both forms; anything else is no name.
func (n *names) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*n = names{one}
		return nil
	}
	var many []string
	if json.Unmarshal(b, &many) == nil {
		*n = many
	}
	return nil
}

type plainSchema schema

// UnmarshalJSON reads an object; true, false and forms of other drafts are read as the schema that accepts anything.
func (s *schema) UnmarshalJSON(b []byte) error {
	var p plainSchema
	var mistyped *json.UnmarshalTypeError
	if err := json.Unmarshal(b, &p); err == nil || errors.As(err, &mistyped) {
		*s = schema(p) // what could be read
	}
	return nil
}

// parseSchema reads a schema and resolves its local references. Text that is no schema gives the empty schema.
func parseSchema(raw json.RawMessage) *schema {
	var s schema
	if len(raw) == 0 || canon.CheckDepth(raw) != nil || json.Unmarshal(raw, &s) != nil {
		return &schema{}
	}
	return s.resolve(&s, 0)
}

// maxSchemaDepth ends references that lead in a circle.
const maxSchemaDepth = 6

// resolve returns s with references replaced by what they name and with the first real alternative of anyOf, oneOf
// and allOf merged in. It works on copies, because definitions are shared.
func (s *schema) resolve(root *schema, depth int) *schema {
	if s == nil || depth > maxSchemaDepth {
		return &schema{}
	}
	out := *s
	if s.Ref != "" {
		out.merge(root.lookup(s.Ref).resolve(root, depth+1))
		if out.Title == "" {
			out.Title = s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
		}
	}
	for _, alt := range slices.Concat(s.AllOf, firstReal(s.AnyOf), firstReal(s.OneOf)) {
		out.merge(alt.resolve(root, depth+1))
	}
	if s.Items != nil {
		out.Items = s.Items.resolve(root, depth+1)
	}
	if len(out.Properties) > 0 {
		props := make(map[string]*schema, len(out.Properties))
		for name, p := range out.Properties {
			props[name] = p.resolve(root, depth+1)
		}
		out.Properties = props
	}
	return &out
}

func firstReal(alts []*schema) []*schema {
	for i, a := range alts {
		if a != nil && !slices.Equal(a.Type, names{"null"}) {
			return alts[i : i+1]
		}
	}
	return nil
}

func (s *schema) lookup(ref string) *schema {
	name := ref[strings.LastIndexByte(ref, '/')+1:]
	switch {
	case strings.HasPrefix(ref, "#/$defs/"):
		return s.Defs[name]
	case strings.HasPrefix(ref, "#/definitions/"):
		return s.Definitions[name]
	}
	return nil
}

// merge takes from o what s leaves open.
func (s *schema) merge(o *schema) {
	if len(s.Type) == 0 {
		s.Type = o.Type
	}
	if len(s.Enum) == 0 {
		s.Enum = o.Enum
	}
	if s.Items == nil {
		s.Items = o.Items
	}
	if len(s.Properties) == 0 {
		s.Properties, s.Required = o.Properties, append(slices.Clone(s.Required), o.Required...)
	}
	if len(s.Const) == 0 {
		s.Const = o.Const
	}
	s.ID, s.Title = firstNonEmpty(s.ID, o.ID), firstNonEmpty(s.Title, o.Title)
	s.Format, s.Description = firstNonEmpty(s.Format, o.Format), firstNonEmpty(s.Description, o.Description)
}

func firstNonEmpty(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// kind returns the JSON type that a value should have: the first that is not null, else what the rest of the schema
// implies, else "".
func (s *schema) kind() string {
	for _, t := range s.Type {
		if t != "null" {
			return t
		}
	}
	switch {
	case len(s.Properties) > 0:
		return "object"
	case s.Items != nil:
		return "array"
	}
	return ""
}

// order returns the names of the properties: the required ones as listed, then the others by name.
func (s *schema) order() []string {
	var out, rest []string
	for _, name := range s.Required {
		if _, ok := s.Properties[name]; ok && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for name := range s.Properties {
		if !slices.Contains(out, name) {
			rest = append(rest, name)
		}
	}
	slices.Sort(rest)
	return append(out, rest...)
}

func (s *schema) requires(name string) bool { return slices.Contains(s.Required, name) }
