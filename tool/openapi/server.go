package openapi

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/azimuthdev/azimuth/tool"
)

// effects is what the HTTP standard promises of each method (RFC 9110, section 9.2). Methods that are not here
// make no tools.
var effects = map[string]tool.Effect{
	http.MethodGet:    tool.Read,
	http.MethodHead:   tool.Read,
	http.MethodPut:    tool.Idempotent,
	http.MethodDelete: tool.Idempotent,
	http.MethodPost:   tool.Unknown,
	http.MethodPatch:  tool.Unknown,
}

// EffectExtension is the field of an operation that says what it does, in the words of [tool.Effect].
const EffectExtension = "x-azimuth-effect"

// maxDescription is how much of an operation's description a model is shown, in bytes.
const maxDescription = 2 << 10

// builder makes the tools of one document.
type builder struct {
	doc    *openapi3.T
	tree   any
	source string
	loc    *url.URL
	opts   Options
	names  map[string]bool
}

func (b *builder) build() (*Server, error) {
	s := &Server{name: b.opts.Name}
	if s.name == "" && b.doc.Info != nil {
		s.name = b.doc.Info.Title
	}
	if b.doc.Paths == nil {
		return nil, b.wrong("", errors.New("paths: has none, so there is nothing to call"))
	}
	items := b.doc.Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(items)) {
		ops := items[path].Operations()
		for _, method := range slices.Sorted(maps.Keys(ops)) {
			if _, ok := effects[method]; !ok {
				continue
			}
			place := method + " " + path
			t, skip, err := b.operation(s.name, method, path, items[path], ops[method])
			switch {
			case err != nil:
				return nil, b.wrong(place, err)
			case skip != nil:
				s.skipped = append(s.skipped, b.wrong(place, skip))
			default:
				s.tools = append(s.tools, t)
			}
		}
	}
	return s, nil
}

func (b *builder) wrong(place string, err error) error {
	return &DocumentError{Source: b.source, Place: place, Err: err}
}

// operation makes one tool. skip says why it can't; err is what the user must mend.
func (b *builder) operation(server, method, path string, item *openapi3.PathItem, op *openapi3.Operation) (t *operation, skip, err error) {
	claimed, err := claim(method, op)
	if err != nil {
		return nil, nil, err
	}
	base, err := b.base(item, op)
	if err != nil {
		return nil, nil, err
	}
	t = &operation{method: method, path: path, base: base, opts: b.opts, auth: b.security(op)}
	in := newConverter(b.tree, b.doc.IsOpenAPI30(), true)
	l := layout{conv: in, props: object{}, op: t}
	if skip := l.add(item, op); skip != nil {
		return nil, skip, nil
	}
	t.spec = tool.Spec{Description: describe(method, path, op), Server: server, KeyParam: l.key}
	if t.spec.Input, err = in.finish(l.schema()); err != nil {
		return nil, err, nil
	}
	if t.spec.Output, err = b.output(op); err != nil {
		return nil, fmt.Errorf("response: %w", err), nil
	}
	t.spec.Name = unique(b.names, b.opts.Prefix+b.name(method, path, op))
	t.spec.Effect = tool.Classify(claimed, b.opts.Trust, b.opts.Effects, t.spec.Name)
	return t, t.spec.Validate(), nil
}

func (b *builder) name(method, path string, op *openapi3.Operation) string {
	if op.OperationID != "" {
		return op.OperationID
	}
	return pathName(method, path)
}

func claim(method string, op *openapi3.Operation) (tool.Effect, error) {
	ext, ok := op.Extensions[EffectExtension]
	if !ok {
		return effects[method], nil
	}
	var e tool.Effect
	word, ok := ext.(string)
	if !ok {
		return e, fmt.Errorf("%s: is %T, want a word", EffectExtension, ext)
	}
	if err := e.UnmarshalText([]byte(word)); err != nil {
		return e, fmt.Errorf("%s: %w", EffectExtension, err)
	}
	return e, nil
}

func describe(method, path string, op *openapi3.Operation) string {
	text := strings.TrimSpace(op.Summary)
	if d := strings.TrimSpace(op.Description); d != "" && d != text {
		text = strings.TrimSpace(text + "\n" + d)
	}
	if text == "" {
		text = method + " " + path
	}
	return tool.Clip(text, maxDescription)
}

// base returns where the operation is called: the option, else the operation's, the path's or the document's first
// server, with the defaults of its variables.
func (b *builder) base(item *openapi3.PathItem, op *openapi3.Operation) (*url.URL, error) {
	const remedy = "set the base URL"
	if b.opts.BaseURL != "" {
		return baseURL(b.opts.BaseURL)
	}
	servers := b.doc.Servers
	if len(item.Servers) > 0 {
		servers = item.Servers
	}
	if op.Servers != nil && len(*op.Servers) > 0 {
		servers = *op.Servers
	}
	raw := "/"
	if len(servers) > 0 {
		raw = servers[0].URL
		for name, v := range servers[0].Variables {
			raw = strings.ReplaceAll(raw, "{"+name+"}", v.Default)
		}
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("servers: %w; %s", err, remedy)
	}
	if !u.IsAbs() && b.loc != nil {
		u = b.loc.ResolveReference(u)
	}
	if u, err = baseURL(u.String()); err != nil {
		return nil, fmt.Errorf("servers: %w; %s", err, remedy)
	}
	return u, nil
}

// output is the schema of the first 2xx answer in JSON.
func (b *builder) output(op *openapi3.Operation) ([]byte, error) {
	if op.Responses == nil {
		return nil, nil
	}
	answers := op.Responses.Map()
	for _, code := range slices.Sorted(maps.Keys(answers)) {
		if !strings.HasPrefix(code, "2") || answers[code].Value == nil {
			continue
		}
		for _, typ := range slices.Sorted(maps.Keys(answers[code].Value.Content)) {
			if media := answers[code].Value.Content[typ]; isJSON(typ) && media != nil && media.Schema != nil {
				c := newConverter(b.tree, b.doc.IsOpenAPI30(), false)
				s, err := c.schema(media.Schema)
				if err != nil {
					return nil, err
				}
				return c.finish(s)
			}
		}
	}
	return nil, nil
}
