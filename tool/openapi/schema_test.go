package openapi

import (
	"encoding/json"
	"strings"
	"testing"
)

const pointers = `{"components":{"schemas":{
	"Name":{"type":"string","readOnly":true},
	"Loop":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/Loop"}}},
	"A":{"$ref":"#/components/schemas/B"},"B":{"type":"integer"},
	"Bad":{"$ref":"#/components/schemas/None"}}},
	"paths":{"/a b":{"list":[{"type":"boolean"}]}}}`

func TestConvert(t *testing.T) {
	var tree any
	if err := json.Unmarshal([]byte(pointers), &tree); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		v30      bool
		in, want string
	}{
		{true, `{"type":"string","nullable":true,"enum":["a"]}`, `{"type":["string","null"],"enum":["a",null]}`},
		{true, `{"allOf":[{"type":"string","xml":{}}],"nullable":true}`, `{"anyOf":[{"allOf":[{"type":"string"}]},{"type":"null"}]}`},
		{true, `{"minimum":1,"exclusiveMinimum":true,"maximum":2,"exclusiveMaximum":false}`, `{"exclusiveMinimum":1,"maximum":2}`},
		{false, `{"exclusiveMinimum":1}`, `{"exclusiveMinimum":1}`},
		{true, `{"properties":{"nullable":{"type":"string"},"example":{"example":1},"x-y":{}}}`, `{"properties":{"nullable":{"type":"string"},"example":{},"x-y":{}}}`},
		{true, `{"default":{"nullable":true,"$ref":"#/none"},"x-note":1}`, `{"default":{"nullable":true,"$ref":"#/none"}}`},
		{true, `{"required":["a","b"],"properties":{"a":{"$ref":"#/components/schemas/Name"},"b":{"writeOnly":true}}}`, `{"required":["b"],"properties":{"b":{}}}`},
		{true, `{"required":["a"],"properties":{"a":{"readOnly":true}}}`, `{"properties":{}}`},
		{false, `{"additionalProperties":false,"not":{"items":true}}`, `{"additionalProperties":false,"not":{"items":true}}`},
		{true, `{"$ref":"#/components/schemas/Loop"}`, `{"$ref":"#/$defs/Loop","$defs":{"Loop":{"type":"object","properties":{"next":{"$ref":"#/$defs/Loop"}}}}}`},
		{true, `{"items":{"$ref":"#/components/schemas/A"}}`, `{"items":{"$ref":"#/$defs/A"},"$defs":{"A":{"$ref":"#/$defs/B"},"B":{"type":"integer"}}}`},
		{true, `{"$ref":"#/paths/~1a b/list/0"}`, `{"$ref":"#/$defs/0","$defs":{"0":{"type":"boolean"}}}`},
	} {
		conv := newConverter(tree, c.v30, true)
		var in any
		if err := json.Unmarshal([]byte(c.in), &in); err != nil {
			t.Fatal(err)
		}
		out, err := conv.convert(in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		got, err := conv.finish(out)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
		}
		same(t, c.in, c.want, got)
	}
	for in, says := range map[string]string{
		`{"$ref":"#/components/schemas/Bad"}`:  `"#/components/schemas/None" leads nowhere`,
		`{"$ref":"other.json#/x"}`:             "bundle the document",
		`{"$ref":"#/paths/~1a b/list/1"}`:      "leads nowhere",
		`{"properties":{"a":{"items":[1,2]}}}`: "properties: a: items: a schema is",
		`{"allOf":{}}`:                         "want an array",
		`{"properties":[]}`:                    "want an object",
		`{"$ref":1}`:                           "want text",
	} {
		var v any
		if err := json.Unmarshal([]byte(in), &v); err != nil {
			t.Fatal(err)
		}
		if _, err := newConverter(tree, true, true).convert(v); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", in, err, says)
		}
	}
}

// document wraps operations of one path into a document; responses are filled in.
func document(ops string) []byte {
	return []byte(`{"openapi":"3.1.0","info":{"title":"t","version":"v"},"servers":[{"url":"http://doc"}],"paths":{"/a/{id}":` +
		strings.ReplaceAll(ops, "@", `"responses":{"default":{"description":"d"}}`) + `}}`)
}

func TestServersOfPathsAndOperations(t *testing.T) {
	s, err := Parse(t.Context(), document(`{"servers":[{"url":"https://path/x"}],
		"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
		"get":{@},"put":{@,"servers":[{"url":"http://{h}/y","variables":{"h":{"default":"op"}}}]}}`), "d", nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"https://path/x", "http://op/y"} {
		if got := s.Tools()[i].(*operation).base.String(); got != want {
			t.Errorf("%s is at %s, want %s", s.Tools()[i].Spec().Name, got, want)
		}
	}
}

func TestBodyWithoutASchema(t *testing.T) {
	s, err := Parse(t.Context(), document(`{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
		"put":{@,"requestBody":{"description":"anything","content":{"application/json":null}}}}`), "d", nil)
	if err != nil {
		t.Fatal(err)
	}
	if in := string(s.Tools()[0].Spec().Input); !strings.Contains(in, `"body":{"description":"anything"}`) {
		t.Errorf("input %s", in)
	}
}

func TestRequiredKeyIsNotTheModels(t *testing.T) {
	s, err := Parse(t.Context(), document(`{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}},
		{"name":"idempotency-key","in":"header","required":true,"schema":{"type":"string"}}],"post":{@}}`), "d", nil)
	if err != nil {
		t.Fatal(err)
	}
	sp := s.Tools()[0].Spec()
	if sp.KeyParam != "idempotency-key" || !strings.Contains(string(sp.Input), `"required":["id"]`) {
		t.Errorf("key %q, input %s", sp.KeyParam, sp.Input)
	}
	res, err := s.Tools()[0].Call(t.Context(), json.RawMessage(`{"id":"1"}`))
	if err != nil || !res.IsError || !strings.Contains(res.Content, "args.idempotency-key: missing") {
		t.Errorf("a call without its key: %+v, %v", res, err)
	}
}

func TestSkipped(t *testing.T) {
	const id = `"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}%s}],`
	with := func(extra string) string { return strings.Replace(id, "%s", extra, 1) }
	for ops, says := range map[string]string{
		`{` + with(`,"style":"label"`) + `"get":{@}}`:  "GET /a/{id}: parameter id in path: style label is not supported",
		`{` + with(`,"style":"matrix"`) + `"get":{@}}`: "style matrix",
		`{` + with(``) + `"put":{@,"requestBody":{"content":{"application/x-www-form-urlencoded":{"schema":{"type":"string"}}}}}}`: "no plain object",
		`{` + with(``) + `"put":{@,"requestBody":{"content":{"image/png":{}}}}}`:                                                   "none of its types [image/png]",
	} {
		s, err := Parse(t.Context(), document(ops), "d", nil)
		if err != nil {
			t.Errorf("%s: %v", ops, err)
			continue
		}
		if len(s.Tools()) != 0 || len(s.Skipped()) != 1 || !strings.Contains(s.Skipped()[0].Error(), says) {
			t.Errorf("%s: %v, want %q", ops, s.Skipped(), says)
		}
	}
}
