package tool

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const readSchema = `{"type":"object","properties":{"path":{"type":"string"},"lines":{"type":"integer","minimum":1},
	"mode":{"enum":["text","hex"]}},"required":["path"],"additionalProperties":false}`

// fixed is a tool that answers the same to every call.
type fixed struct {
	spec Spec
	res  Result
}

func (f fixed) Spec() Spec                                            { return f.spec }
func (f fixed) Call(context.Context, json.RawMessage) (Result, error) { return f.res, nil }

func spec(name, input string) Spec { return Spec{Name: name, Input: json.RawMessage(input)} }

func mustSet(t testing.TB, specs ...Spec) *Set {
	t.Helper()
	s, err := NewSpecSet(specs)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSetKeepsAFixedOrder(t *testing.T) {
	s, err := NewSet(fixed{spec: spec("write", "")}, fixed{spec: spec("read", ""), res: Result{Content: "r"}})
	if err != nil {
		t.Fatal(err)
	}
	specs := s.Specs()
	if s.Len() != 2 || specs[0].Name != "read" || specs[1].Name != "write" {
		t.Errorf("Specs() = %v", specs)
	}
	specs[0].Name = "changed"
	if s.Specs()[0].Name != "read" {
		t.Error("Specs() lets a caller change the set")
	}
	got, ok := s.Lookup("read")
	if !ok || got.(fixed).res.Content != "r" {
		t.Errorf("Lookup(read) = %v, %v", got, ok)
	}
	if _, ok := s.Lookup("nothing"); ok {
		t.Error("Lookup finds a tool that is not there")
	}
	if _, ok := mustSet(t, spec("read", "")).Lookup("read"); ok {
		t.Error("a set of specs has a tool to call")
	}
}

func TestSetRefusesBadSpecs(t *testing.T) {
	for _, c := range []struct {
		specs []Spec
		field string
		says  string
	}{
		{[]Spec{spec("", "")}, "name", "empty"},
		{[]Spec{spec("a", ""), spec("a", "")}, "name", "another tool"},
		{[]Spec{spec("a b", "")}, "name", "space"},
		{[]Spec{spec("a\x00b", "")}, "name", "control"},
		{[]Spec{spec(strings.Repeat("a", 129), "")}, "name", "128"},
		{[]Spec{spec("a", `{`)}, "input", "not JSON"},
		{[]Spec{spec("a", `null`)}, "input", "not a JSON Schema"},
		{[]Spec{spec("a", `"object"`)}, "input", "not a JSON Schema"},
		{[]Spec{spec("a", `{"type":"objekt"}`)}, "input", "/type"},
		{[]Spec{spec("a", `{"type":"array"}`)}, "input", "always an object"},
		{[]Spec{spec("a", `{"properties":{"x":{"minimum":"3"}}}`)}, "input", "minimum"},
		{[]Spec{spec("a", `{"properties":{"x":{"pattern":"("}}}`)}, "input", "regex"},
		{[]Spec{spec("a", `{"properties":{"x":{"$ref":"file:///etc/passwd"}}}`)}, "input", "never loaded"},
		{[]Spec{spec("a", strings.Repeat(`{"not":`, 10000)+"{}"+strings.Repeat("}", 10000))}, "input", "deeper"},
		{[]Spec{{Name: "a", Output: json.RawMessage(`{"type":1}`)}}, "output", "not a JSON Schema"},
	} {
		_, err := NewSpecSet(c.specs)
		var se *SpecError
		if !errors.As(err, &se) {
			t.Errorf("%v: error is %v", c.specs, err)
			continue
		}
		if se.Tool != c.specs[0].Name || se.Field != c.field || se.Remedy == "" || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v", c.specs, err)
		}
	}
}

func TestSetTakesSchemasOfTheWild(t *testing.T) {
	for name, schema := range map[string]string{
		"no dialect, draft 7 tuple": `{"type":"object","properties":{"x":{"type":"array","items":[{"type":"string"}]}}}`,
		"draft 7":                   `{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"}`,
		"look-ahead":                `{"properties":{"x":{"type":"string","pattern":"^(?!a).*$"}}}`,
		"true":                      `true`,
		"two types":                 `{"type":["object","null"]}`,
		"local reference":           `{"properties":{"x":{"$ref":"#/$defs/y"}},"$defs":{"y":{"type":"string"}}}`,
	} {
		if err := spec("a", schema).Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParse(t *testing.T) {
	s := mustSet(t, spec("read_file", readSchema), spec("now", `{"type":"object","properties":{}}`), spec("any", ""),
		spec("open", `{"type":"object","properties":{"x":{}}}`), spec("hidden", `{"$ref":"#/$defs/a","$defs":{"a":{"required":["x"]}}}`))
	for _, c := range []struct{ tool, args, want, err string }{
		{"read_file", ` {"path" : "a", "lines": 2.0}`, `{"lines":2,"path":"a"}`, ""},
		{"read_file", `{"path":"${steps.1.files[0]}","lines":"${steps.2.n}"}`, `{"lines":"${steps.2.n}","path":"${steps.1.files[0]}"}`, ""},
		{"read_file", `{}`, "", "args.path: missing property"},
		{"read_file", "", "", "args: empty"},
		{"open", "", "", "args: empty"},
		{"hidden", "", "", "args: empty"},
		{"now", "", "{}", ""},
		{"now", " \n", "{}", ""},
		{"any", "", "{}", ""},
		{"any", `{"b":1,"a":[{"d":null,"c":1e2}]}`, `{"a":[{"c":100,"d":null}],"b":1}`, ""},
		{"now", "null", "", "args: want a JSON object, got null"},
		{"read_file", `{"path":"a","pth":"b"}`, "", "args.pth: there is no such property; there are lines, mode, path"},
		{"read_file", `{"path":3}`, "", "args.path: got number, want string"},
		{"read_file", `{"path":"a","mode":"bin"}`, "", "args.mode: value must be one of 'text', 'hex'"},
		{"read_file", `{"path":"a","lines":0}`, "", "args.lines: minimum"},
		{"read_file", `{"path":"a"} {}`, "", "more than one JSON value"},
		{"read_file", `"{\"path\":\"a\"}"`, "", "don't quote the object"},
		{"read_file", `[]`, "", "got an array"},
		{"read_file", "{\"path\":\"\xff\"}", "", "not UTF-8"},
		{"read_file", `{"path":"${steps.0}"}`, "", "args.path: not a reference"},
		{"read_file", `{"path":"a","lines":"${steps.one}"}`, "", "args.lines: not a reference"},
		{"any", strings.Repeat(`{"a":`, 10000) + "1" + strings.Repeat("}", 10000), "", "deeper than 200"},
		{"any", `{"a":"` + strings.Repeat("x", 10<<20) + `"}`, "", "at most 1048576"},
	} {
		got, err := s.Parse(c.tool, c.args)
		if c.err == "" {
			if err != nil || string(got.Args) != c.want || got.Tool != c.tool {
				t.Errorf("Parse(%s, %.80s) = %v, %v", c.tool, c.args, got, err)
			}
			continue
		}
		var ae *ArgumentError
		if !errors.As(err, &ae) || !strings.Contains(err.Error(), c.err) || len(err.Error()) > 5000 {
			t.Errorf("Parse(%s, %.80s): %v", c.tool, c.args, err)
		}
	}
}

func TestArgumentErrorShowsTheSchema(t *testing.T) {
	s := mustSet(t, spec("read", readSchema))
	_, err := s.Parse("read", `{"lines":"many","x":1}`)
	var ae *ArgumentError
	if !errors.As(err, &ae) {
		t.Fatal(err)
	}
	want := []Problem{
		{"args.lines", "got string, want integer"},
		{"args.path", "missing property, it is required"},
		{"args.x", "there is no such property; there are lines, mode, path"},
	}
	if d := cmp.Diff(want, ae.Problems); d != "" {
		t.Error(d)
	}
	if string(ae.Schema) != readSchema {
		t.Errorf("Schema = %s", ae.Schema)
	}
}

func TestUnknownTool(t *testing.T) {
	s := mustSet(t, spec("fs__read_file", ""), spec("read_files", ""), spec("write_file", ""), spec("move", ""))
	for name, want := range map[string][]string{
		"read_file": {"read_files", "fs__read_file"},
		"READ_FILE": {"read_files", "fs__read_file"},
		"mov":       {"move"},
		"zzz":       nil,
		"":          nil,
	} {
		_, err := s.Parse(name, "{}")
		var ue *UnknownToolError
		if !errors.As(err, &ue) || ue.Name != name {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := ue.Near
		if len(got) > 2 {
			got = got[:2]
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if _, err := s.Parse(strings.Repeat("x", 1<<20), "{}"); len(err.Error()) > 400 {
		t.Errorf("the message is %d bytes long", len(err.Error()))
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"path":"a"}`, `{}`, ``, `[`, `{"path":"${steps.1.a[0][\"b.c\"]}"}`, `{"lines":1e400,"path":""}`, "{\"path\":\"\u2028\"}"} {
		f.Add(seed)
	}
	s := mustSet(f, spec("read", readSchema), spec("any", ""))
	f.Fuzz(func(t *testing.T, args string) {
		for _, name := range []string{"read", "any"} {
			c, err := s.Parse(name, args)
			if err != nil {
				continue
			}
			again, err := s.Parse(name, string(c.Args))
			if err != nil || again.Key() != c.Key() {
				t.Fatalf("%q: %v, then %v, %v", args, c, again, err)
			}
		}
	})
}

func FuzzSpec(f *testing.F) {
	f.Add(readSchema)
	f.Add(`{"$ref":"#"}`)
	f.Add(`{"$dynamicRef":"#a","$dynamicAnchor":"a"}`)
	f.Fuzz(func(t *testing.T, schema string) {
		s, err := NewSpecSet([]Spec{spec("a", schema)})
		if err == nil {
			_, _ = s.Parse("a", `{"path":"x","lines":[1]}`)
		}
	})
}
