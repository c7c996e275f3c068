package command

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/azimuthdev/azimuth/tool"
)

const example = `
name: search
description: Searches the notes
argv: [grep, -rn, --, "{{words}}", notes]
params: {type: object, required: [words], properties: {words: {type: string, minLength: 1}}}
effect: read
timeout: 10s
env: [NOTES_TOKEN]
`

func TestConfigFromYAMLAndJSON(t *testing.T) {
	var c Config
	if err := yaml.UnmarshalWithOptions([]byte(example), &c, yaml.DisallowUnknownField()); err != nil {
		t.Fatal(err)
	}
	check := func(c Config) {
		t.Helper()
		if c.Name != "search" || len(c.Argv) != 5 || c.Effect != tool.Read || time.Duration(c.Timeout) != 10*time.Second || c.Env[0] != "NOTES_TOKEN" {
			t.Errorf("%+v", c)
		}
		if !strings.Contains(string(c.Params), `"minLength":1`) {
			t.Errorf("params %s", c.Params)
		}
		if err := c.Validate(); err != nil {
			t.Error(err)
		}
	}
	check(c)
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var again Config
	if err := json.Unmarshal(raw, &again); err != nil {
		t.Fatal(err)
	}
	check(again)
	if err := yaml.Unmarshal([]byte("timeout: soon"), &c); err == nil || !strings.Contains(err.Error(), "such as 30s") {
		t.Errorf("error is %v", err)
	}
}

func TestConfigRefused(t *testing.T) {
	schema := func(s string) Schema { return Schema(s) }
	for says, c := range map[string]Config{
		"argv: empty":                   {Name: "a"},
		"can't be a parameter":          {Name: "a", Argv: []string{"{{x}}"}},
		"timeout":                       {Name: "a", Argv: []string{"true"}, Timeout: -1},
		"not a directory":               {Name: "a", Argv: []string{"true"}, Dir: "/nothing/here"},
		"write names only":              {Name: "a", Argv: []string{"true"}, Env: []string{"A=b"}},
		"write parameters as {{name}}":  {Name: "a", Argv: []string{"true", "{{a b}}"}},
		`no property "x"`:               {Name: "a", Argv: []string{"true", "{{x}}"}, Params: schema(`{"properties":{}}`)},
		`property "y" is used neither`:  {Name: "a", Argv: []string{"true"}, Params: schema(`{"properties":{"y":{}}}`)},
		"key_param":                     {Name: "a", Argv: []string{"true"}, KeyParam: "k"},
		"name is empty":                 {Argv: []string{"true"}},
		"not a JSON Schema":             {Name: "a", Argv: []string{"true"}, Params: schema(`{"type":"x"}`)},
		"install it":                    {Name: "a", Argv: []string{"no-such-program-here"}},
		"params: invalid character 'o'": {Name: "a", Argv: []string{"true"}, Params: schema(`oops`)},
	} {
		if _, err := New(c, nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q, got %v", says, err)
		}
	}
}

func TestArgv(t *testing.T) {
	template := []string{"-n", "--limit={{limit}}", "{{files}}", "{{a}}:{{b}}", "--", "{{last}}"}
	for args, want := range map[string]string{
		`{}`:                              "-n|--",
		`{"limit":null}`:                  "-n|--",
		`{"limit":-3}`:                    "-n|--limit=-3|--",
		`{"files":["a b","$(rm)","c;d"]}`: "-n|a b|$(rm)|c;d|--",
		`{"files":[]}`:                    "-n|--",
		`{"a":"x"}`:                       "-n|--",
		`{"a":"{{b}}","b":"-y"}`:          "-n|{{b}}:-y|--",
		`{"last":"-rf"}`:                  "-n|--|-rf",
		`{"last":{"b":1.0,"a":true}}`:     `-n|--|{"a":true,"b":1}`,
		`{"last":""}`:                     "-n|--|",
		`{"a":"-x","b":"y"}`:              "error: args.a",
		`{"files":["-x"]}`:                "error: args.files",
		`{"last":"a\u0000b"}`:             "error: args.last",
	} {
		a, err := decode(json.RawMessage(args))
		if err != nil {
			t.Fatal(err)
		}
		out, err := argv(template, a)
		got := strings.Join(out, "|")
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != want && !(strings.HasPrefix(want, "error") && strings.HasPrefix(got, want)) {
			t.Errorf("%s: %s, want %s", args, got, want)
		}
	}
}

// FuzzArgv: an element never becomes more than one, and no text at the beginning becomes an option.
func FuzzArgv(f *testing.F) {
	f.Add("a b", "-x")
	f.Add("{{b}}", "\x00")
	f.Fuzz(func(t *testing.T, a, b string) {
		raw, err := json.Marshal(map[string]string{"a": a, "b": b})
		if err != nil {
			t.Fatal(err)
		}
		args, err := decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		out, err := argv([]string{"{{a}}", "x{{b}}", "{{a}}{{b}}"}, args)
		if err != nil {
			return
		}
		if len(out) != 3 || strings.HasPrefix(out[0], "-") || strings.HasPrefix(out[2], "-") {
			t.Fatalf("%q, %q become %q", a, b, out)
		}
	})
}
