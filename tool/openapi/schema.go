package openapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// object is a JSON object on its way from the document's schemas to a tool's.
type object = map[string]any

// converter turns the document's schemas into JSON Schema 2020-12 that refers to nothing outside itself. One
// converter makes one tool's schema, for one direction.
type converter struct {
	tree    any  // the document
	v30     bool // OpenAPI 3.0: nullable, and exclusive bounds are booleans
	request bool // leaves out what is readOnly, otherwise what is writeOnly
	defs    object
	names   map[string]string // of definitions, by pointer
	taken   map[string]bool
}

func newConverter(tree any, v30, request bool) *converter {
	return &converter{tree: tree, v30: v30, request: request, defs: object{}, names: map[string]string{}, taken: map[string]bool{}}
}

// schema converts one schema. Nil stands for one that accepts everything.
func (c *converter) schema(ref *openapi3.SchemaRef) (any, error) {
	if ref == nil {
		return true, nil
	}
	raw, err := json.Marshal(ref)
	if err != nil {
		return nil, err
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, err
	}
	return c.convert(v)
}

// The keywords that hold schemas, and those that no validator and no model needs.
var (
	oneSchema  = set("items additionalProperties not contains propertyNames if then else unevaluatedItems unevaluatedProperties contentSchema")
	schemaList = set("allOf anyOf oneOf prefixItems")
	schemaMap  = set("properties patternProperties dependentSchemas")
	dropped    = set("example examples xml discriminator externalDocs deprecated nullable readOnly writeOnly $schema $id $comment $defs definitions")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func (c *converter) convert(v any) (any, error) {
	in, ok := v.(object)
	if !ok {
		if _, ok := v.(bool); ok {
			return v, nil
		}
		return nil, fmt.Errorf("a schema is %T, want an object", v)
	}
	out := object{}
	for k, e := range in {
		x, keep, err := c.keyword(k, e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k, err)
		}
		if keep {
			out[k] = x
		}
	}
	c.hide(in, out)
	if c.v30 {
		bound(out, "exclusiveMinimum", "minimum")
		bound(out, "exclusiveMaximum", "maximum")
	}
	if in["nullable"] == true {
		return orNull(out), nil
	}
	return out, nil
}

func (c *converter) keyword(k string, v any) (out any, keep bool, err error) {
	switch {
	case dropped[k] || strings.HasPrefix(k, "x-"):
		return nil, false, nil
	case k == "$ref":
		ptr, ok := v.(string)
		if !ok {
			return nil, false, fmt.Errorf("is %T, want text", v)
		}
		name, err := c.def(ptr)
		return "#/$defs/" + name, true, err
	case oneSchema[k]:
		out, err = c.convert(v)
	case schemaList[k]:
		out, err = c.list(v)
	case schemaMap[k]:
		out, err = c.members(v)
	default:
		out = v
	}
	return out, true, err
}

func (c *converter) list(v any) (any, error) {
	in, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf("is %T, want an array", v)
	}
	out := make([]any, len(in))
	var err error
	for i, e := range in {
		if out[i], err = c.convert(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (c *converter) members(v any) (any, error) {
	in, ok := v.(object)
	if !ok {
		return nil, fmt.Errorf("is %T, want an object", v)
	}
	out := object{}
	for _, k := range slices.Sorted(maps.Keys(in)) {
		e, err := c.convert(in[k])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k, err)
		}
		out[k] = e
	}
	return out, nil
}

// def makes a definition of what a pointer leads to, once, and returns its name. The name is taken before the
// definition is converted, so that a schema may refer to itself.
func (c *converter) def(ptr string) (string, error) {
	if name, ok := c.names[ptr]; ok {
		return name, nil
	}
	v, err := lookup(c.tree, ptr)
	if err != nil {
		return "", err
	}
	name := unique(c.taken, ptr[strings.LastIndexByte(ptr, '/')+1:])
	c.names[ptr] = name
	c.defs[name], err = c.convert(v)
	return name, err
}

// lookup follows a JSON pointer (RFC 6901) in the document.
func lookup(v any, ptr string) (any, error) {
	path, ok := strings.CutPrefix(ptr, "#/")
	if !ok {
		return nil, fmt.Errorf("reference %q: want one into this document, #/...; bundle the document first", ptr)
	}
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	for tok := range strings.SplitSeq(path, "/") {
		tok = unescape.Replace(tok)
		switch x := v.(type) {
		case object:
			v, ok = x[tok]
		case []any:
			i, err := strconv.Atoi(tok)
			if ok = err == nil && i >= 0 && i < len(x); ok {
				v = x[i]
			}
		default:
			ok = false
		}
		if !ok {
			return nil, fmt.Errorf("reference %q leads nowhere", ptr)
		}
	}
	return v, nil
}

// hide takes out the properties that don't go in this direction.
func (c *converter) hide(in, out object) {
	props, _ := in["properties"].(object)
	kept, _ := out["properties"].(object)
	flag := "writeOnly"
	if c.request {
		flag = "readOnly"
	}
	hidden := map[string]bool{}
	for name, p := range props {
		if c.marked(p, flag) {
			hidden[name] = true
			delete(kept, name)
		}
	}
	if req, ok := out["required"].([]any); ok && len(hidden) > 0 {
		req = slices.DeleteFunc(slices.Clone(req), func(n any) bool { s, _ := n.(string); return hidden[s] })
		if out["required"] = req; len(req) == 0 {
			delete(out, "required")
		}
	}
}

func (c *converter) marked(p any, flag string) bool {
	m, ok := p.(object)
	if !ok {
		return false
	}
	if ptr, ok := m["$ref"].(string); ok && m[flag] == nil {
		v, err := lookup(c.tree, ptr)
		m, ok = v.(object)
		if err != nil || !ok {
			return false
		}
	}
	return m[flag] == true
}

// bound rewrites a bound and its flag, as 3.0 has them, into the exclusive bound of JSON Schema.
func bound(m object, flag, limit string) {
	exclusive, ok := m[flag].(bool)
	if !ok {
		return
	}
	delete(m, flag)
	if v, has := m[limit]; exclusive && has {
		m[flag] = v
		delete(m, limit)
	}
}

// orNull lets a schema also accept null.
func orNull(m object) any {
	typ, ok := m["type"].(string)
	if !ok {
		return object{"anyOf": []any{m, object{"type": "null"}}}
	}
	m["type"] = []any{typ, "null"}
	if enum, ok := m["enum"].([]any); ok && !slices.Contains(enum, nil) {
		m["enum"] = append(slices.Clone(enum), nil)
	}
	return m
}

// finish adds the definitions that the schema can reach, and writes it.
func (c *converter) finish(root any) (json.RawMessage, error) {
	m, ok := root.(object)
	if !ok {
		return json.Marshal(root)
	}
	used := object{}
	c.reach(m, used)
	if len(used) > 0 {
		m = maps.Clone(m)
		m["$defs"] = used
	}
	return json.Marshal(m)
}

func (c *converter) reach(v any, used object) {
	switch v := v.(type) {
	case object:
		if ref, ok := v["$ref"].(string); ok {
			name := strings.TrimPrefix(ref, "#/$defs/")
			if def, ok := c.defs[name]; ok && used[name] == nil {
				used[name] = def
				c.reach(def, used)
			}
		}
		for _, e := range v {
			c.reach(e, used)
		}
	case []any:
		for _, e := range v {
			c.reach(e, used)
		}
	}
}
