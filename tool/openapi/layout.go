package openapi

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"mime"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/azimuthdev/azimuth/tool"
)

// param is one argument and where it goes.
type param struct {
	arg      string // its name in the tool's arguments
	name     string // its name on the wire
	in       string // path, query, header, cookie
	style    string
	explode  bool
	json     bool // written as JSON text
	required bool
}

// body is how the arguments make a request's body.
type body struct {
	mime   string
	arg    string            // the argument that is the body as a whole
	fields map[string]string // otherwise: argument to property
}

// layout lays an operation's parameters and body out as one object.
type layout struct {
	conv     *converter
	op       *operation
	props    object
	required []string
	key      string // the argument that takes an idempotency key
}

// schema is the object that add has laid out.
func (l *layout) schema() object {
	s := object{"type": "object", "properties": l.props, "additionalProperties": false}
	if len(l.required) > 0 {
		s["required"] = l.required
	}
	return s
}

// add lays out everything, or says what of it can't be done.
func (l *layout) add(item *openapi3.PathItem, op *openapi3.Operation) error {
	for _, in := range []string{"path", "query", "header", "cookie"} {
		for _, p := range merged(item.Parameters, op.Parameters) {
			if p.In == in && !ignored(p) {
				if err := l.param(p); err != nil {
					return fmt.Errorf("parameter %s in %s: %w", p.Name, p.In, err)
				}
			}
		}
	}
	if op.RequestBody == nil || op.RequestBody.Value == nil {
		return nil
	}
	if err := l.body(op.RequestBody.Value); err != nil {
		return fmt.Errorf("request body: %w", err)
	}
	return nil
}

// merged returns the operation's parameters and those of its path that it does not replace.
func merged(path, op openapi3.Parameters) []*openapi3.Parameter {
	var out []*openapi3.Parameter
	for _, ref := range slices.Concat(op, path) {
		p := ref.Value
		same := func(q *openapi3.Parameter) bool { return p.In == q.In && p.Name == q.Name }
		if p != nil && !slices.ContainsFunc(out, same) {
			out = append(out, p)
		}
	}
	return out
}

// ignored says that OpenAPI wants the parameter ignored: these headers are described elsewhere.
func ignored(p *openapi3.Parameter) bool {
	return p.In == "header" && slices.ContainsFunc([]string{"Accept", "Content-Type", "Authorization"},
		func(h string) bool { return strings.EqualFold(h, p.Name) })
}

func (l *layout) param(p *openapi3.Parameter) error {
	out := param{name: p.Name, in: p.In, required: p.Required || p.In == "path"}
	ref := p.Schema
	for typ, media := range p.Content { // OpenAPI wants exactly one
		if !isJSON(typ) {
			return fmt.Errorf("content %s: want JSON", typ)
		}
		ref, out.json = media.Schema, true
	}
	how, err := p.SerializationMethod()
	if err != nil {
		return err
	}
	out.style, out.explode = how.Style, how.Explode
	if out.style == "label" || out.style == "matrix" {
		return fmt.Errorf("style %s is not supported", out.style)
	}
	s, err := l.conv.schema(ref)
	if err != nil {
		return err
	}
	isKey := p.In == "header" && strings.EqualFold(p.Name, "Idempotency-Key")
	// A model is never required to think of a key: the effect gate does.
	out.arg = l.place(p.Name, p.In, described(s, p.Description), out.required && !isKey)
	l.op.params = append(l.op.params, out)
	if isKey {
		l.key = out.arg
	}
	return nil
}

// place adds a property and returns its name: the one it has, or with the place in front if that is taken.
func (l *layout) place(name, in string, schema any, required bool) string {
	taken := map[string]bool{}
	for k := range l.props {
		taken[k] = true
	}
	if taken[tool.ValidName(name)] {
		name = in + "_" + name
	}
	arg := unique(taken, name)
	l.props[arg] = schema
	if required {
		l.required = append(l.required, arg)
	}
	return arg
}

// described puts a parameter's description into its schema, unless that has one.
func described(s any, text string) any {
	m, ok := s.(object)
	if text == "" || ok && m["description"] != nil {
		return s
	}
	if !ok {
		return object{"description": text}
	}
	m = maps.Clone(m)
	m["description"] = text
	return m
}

func (l *layout) body(rb *openapi3.RequestBody) error {
	typ, media := pick(rb.Content)
	if media == nil {
		return fmt.Errorf("none of its types %v is supported: want JSON, a form or text", slices.Sorted(maps.Keys(rb.Content)))
	}
	s, err := l.conv.schema(media.Schema)
	if err != nil {
		return err
	}
	l.op.body = &body{mime: typ}
	flat, ok := l.flat(s)
	if !ok && isForm(typ) {
		return errors.New("is a form, but its schema is no plain object")
	}
	if !ok {
		l.op.body.arg = l.place("body", "request", described(s, rb.Description), rb.Required)
		return nil
	}
	l.spread(flat, rb.Required)
	return nil
}

// spread adds the properties of a body as arguments.
func (l *layout) spread(flat object, must bool) {
	l.op.body.fields = map[string]string{}
	props, _ := flat["properties"].(object)
	need, _ := flat["required"].([]any)
	for _, name := range slices.Sorted(maps.Keys(props)) {
		arg := l.place(name, "body", props[name], must && slices.Contains(need, any(name)))
		l.op.body.fields[arg] = name
	}
}

// flat returns a body's schema if it is an object whose properties are all there is to it.
func (l *layout) flat(s any) (object, bool) {
	m, ok := s.(object)
	if !ok {
		return nil, false
	}
	if ref, ok := m["$ref"].(string); ok && len(m) == 1 {
		m, ok = l.conv.defs[strings.TrimPrefix(ref, "#/$defs/")].(object)
		if !ok {
			return nil, false
		}
	}
	for k, v := range m {
		switch k {
		case "type":
			ok = v == "object"
		case "properties", "required", "title", "description", "default":
		case "additionalProperties", "unevaluatedProperties":
			ok = v == false
		default:
			ok = false
		}
		if !ok {
			return nil, false
		}
	}
	props, _ := m["properties"].(object)
	return m, len(props) > 0
}

// pick chooses the type of body that says most: JSON, then a form, then text.
func pick(content openapi3.Content) (string, *openapi3.MediaType) {
	for _, fits := range []func(string) bool{isJSON, isForm, isText} {
		for _, typ := range slices.Sorted(maps.Keys(content)) {
			if fits(typ) {
				return typ, cmp.Or(content[typ], &openapi3.MediaType{})
			}
		}
	}
	return "", nil
}

func isJSON(typ string) bool {
	t := mediaType(typ)
	return t == "application/json" || t == "text/json" || strings.HasSuffix(t, "+json")
}

func isForm(typ string) bool { return mediaType(typ) == "application/x-www-form-urlencoded" }

func isText(typ string) bool { return strings.HasPrefix(mediaType(typ), "text/") }

func mediaType(typ string) string {
	t, _, err := mime.ParseMediaType(typ)
	if err != nil {
		t, _, _ = strings.Cut(strings.ToLower(typ), ";")
	}
	return strings.TrimSpace(t)
}
