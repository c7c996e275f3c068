package openapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// arguments are a call's, each still in JSON.
type arguments map[string]json.RawMessage

// request writes the call as HTTP. Errors are the arguments' fault.
func (t *operation) request(ctx context.Context, args arguments) (*http.Request, error) {
	path, err := t.fill(args)
	if err != nil {
		return nil, err
	}
	content, err := t.content(args)
	if err != nil {
		return nil, err
	}
	u := *t.base
	target := strings.TrimRight(u.EscapedPath(), "/") + path
	if u.Path, err = url.PathUnescape(target); err != nil {
		return nil, err
	}
	u.RawPath, u.RawQuery, u.Fragment = target, t.query(args), ""
	req, err := http.NewRequestWithContext(ctx, t.method, u.String(), content)
	if err != nil {
		return nil, err
	}
	t.headers(req, args)
	return req, nil
}

// fill puts the arguments into the path. One that would lead out of its place is refused.
func (t *operation) fill(args arguments) (string, error) {
	path := t.path
	for _, p := range t.params {
		if p.in != "path" {
			continue
		}
		raw, ok := args[p.arg]
		text := strings.Join(p.values(raw), ",")
		if !ok || text == "" || strings.Trim(text, ".") == "" {
			return "", fmt.Errorf("args.%s: %q can't stand in a path", p.arg, text)
		}
		path = strings.ReplaceAll(path, "{"+p.name+"}", url.PathEscape(text))
	}
	return path, nil
}

// values writes an argument as one text an item: a scalar has one, an object has name,value or name=value.
func (p param) values(raw json.RawMessage) []string {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	if p.json {
		return []string{string(raw)}
	}
	switch raw[0] {
	case '[':
		var items []json.RawMessage
		_ = json.Unmarshal(raw, &items) // args are canonical JSON
		out := make([]string, len(items))
		for i, it := range items {
			out[i] = canon.Text(it)
		}
		return out
	case '{':
		var out []string
		for _, kv := range members(raw) {
			if p.explode {
				out = append(out, kv[0]+"="+kv[1])
			} else {
				out = append(out, kv[0], kv[1])
			}
		}
		return out
	}
	return []string{canon.Text(raw)}
}

// members returns the names and values of an object, by name.
func members(raw json.RawMessage) [][2]string {
	var m map[string]json.RawMessage
	_ = json.Unmarshal(raw, &m)
	var out [][2]string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, [2]string{k, canon.Text(m[k])})
	}
	return out
}

// separators join the items of an array in a query, by style.
var separators = map[string]string{"form": ",", "spaceDelimited": "%20", "pipeDelimited": "|"}

func (t *operation) query(args arguments) string {
	var out []string
	add := func(k, v string) { out = append(out, url.QueryEscape(k)+"="+v) }
	for _, p := range t.params {
		raw, ok := args[p.arg]
		if p.in != "query" || !ok || string(raw) == "null" {
			continue
		}
		isObject, isArray := raw[0] == '{' && !p.json, raw[0] == '[' && !p.json
		switch {
		case isObject && (p.style == "deepObject" || p.explode):
			for _, kv := range members(raw) {
				name := kv[0]
				if p.style == "deepObject" {
					name = p.name + "[" + kv[0] + "]"
				}
				add(name, url.QueryEscape(kv[1]))
			}
		case isArray && p.explode:
			for _, v := range p.values(raw) {
				add(p.name, url.QueryEscape(v))
			}
		default:
			vs := p.values(raw)
			for i, v := range vs {
				vs[i] = url.QueryEscape(v)
			}
			add(p.name, strings.Join(vs, separators[p.style]))
		}
	}
	return strings.Join(out, "&")
}

func (t *operation) headers(req *http.Request, args arguments) {
	req.Header.Set("Accept", "application/json, text/*;q=0.8, */*;q=0.5")
	if t.body != nil && req.Body != nil {
		req.Header.Set("Content-Type", t.body.mime)
	}
	for k, v := range t.opts.Headers {
		req.Header.Set(k, v)
	}
	for _, p := range t.params {
		vs := p.values(args[p.arg])
		if len(vs) == 0 {
			continue
		}
		switch p.in {
		case "header":
			req.Header.Set(p.name, strings.Join(vs, ","))
		case "cookie":
			req.AddCookie(&http.Cookie{Name: p.name, Value: strings.Join(vs, ",")})
		}
	}
}

// content is the request's body, nil if no argument belongs to it.
func (t *operation) content(args arguments) (io.Reader, error) {
	if t.body == nil {
		return nil, nil
	}
	if arg := t.body.arg; arg != "" {
		raw, ok := args[arg]
		switch {
		case !ok:
			return nil, nil
		case isText(t.body.mime) && !isJSON(t.body.mime):
			return strings.NewReader(canon.Text(raw)), nil
		}
		return bytes.NewReader(raw), nil
	}
	fields := arguments{}
	for arg, name := range t.body.fields {
		if raw, ok := args[arg]; ok {
			fields[name] = raw
		}
	}
	if len(fields) == 0 {
		return nil, nil
	}
	if isForm(t.body.mime) {
		return strings.NewReader(form(fields)), nil
	}
	raw, err := canon.Marshal(fields)
	return bytes.NewReader(raw), err
}

func form(fields arguments) string {
	vs := url.Values{}
	for name, raw := range fields {
		vs[name] = param{}.values(raw)
	}
	return vs.Encode()
}

// known refuses arguments that go nowhere: a call that did not come by [tool.Set.Parse].
func (t *operation) known(args arguments) error {
	for arg := range args {
		is := func(p param) bool { return p.arg == arg }
		if slices.ContainsFunc(t.params, is) {
			continue
		}
		if t.body != nil {
			if _, ok := t.body.fields[arg]; ok || t.body.arg == arg {
				continue
			}
		}
		return fmt.Errorf("args.%s: there is no such parameter", arg)
	}
	for _, p := range t.params {
		if _, ok := args[p.arg]; p.required && !ok {
			return fmt.Errorf("args.%s: missing, it is required", p.arg)
		}
	}
	return nil
}

func decodeArgs(raw json.RawMessage) (arguments, error) {
	args, err := canon.Object(raw)
	if err != nil {
		return nil, fmt.Errorf("args: %w", err)
	}
	return args, nil
}
