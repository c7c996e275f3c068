package tool

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseRef(t *testing.T) {
	for s, want := range map[string]*Ref{
		"${steps.1}":                    {1, nil},
		"${steps.12.a.b}":               {12, []string{"a", "b"}},
		"${steps.1.items.0.id}":         {1, []string{"items", "0", "id"}},
		"${steps.1.items[0][2].id}":     {1, []string{"items", "0", "2", "id"}},
		"${steps.1[0]}":                 {1, []string{"0"}},
		`${steps.1["a.b"].c}`:           {1, []string{"a.b", "c"}},
		`${steps.1["a]\"}"]}`:           {1, []string{`a]"}`}},
		"${steps.1.größe}":              {1, []string{"größe"}},
		"${steps.0}":                    nil,
		"${steps.-1}":                   nil,
		"${steps.+1}":                   nil,
		"${steps.}":                     nil,
		"${steps.x}":                    nil,
		"${steps.1.}":                   nil,
		"${steps.1..a}":                 nil,
		"${steps.1.a}}":                 nil,
		"${steps.1[a]}":                 nil,
		"${steps.1[-1]}":                nil,
		"${steps.1[0}":                  nil,
		"${steps.1[]}":                  nil,
		`${steps.1["a]}`:                nil,
		"${steps.99999999999999999999}": nil,
		" ${steps.1}":                   nil,
		"see ${steps.1}":                nil,
		"${step.1}":                     nil,
		"":                              nil,
		"${steps.1." + strings.Repeat("a", 2000) + "}": nil,
	} {
		got, ok := ParseRef(s)
		if ok != (want != nil) {
			t.Errorf("ParseRef(%.60q) = %v, %v", s, got, ok)
		} else if ok {
			if d := cmp.Diff(*want, got); d != "" {
				t.Errorf("ParseRef(%q): %s", s, d)
			}
		}
	}
}

func TestResolve(t *testing.T) {
	results := map[int]Result{
		1: {Content: "plain \u2028 text"},
		2: {Content: "shown", Value: json.RawMessage(`{"items":[{"id":12345678901234567890,"n":1.50}],"a.b":{"z":1,"y":[ ]}}`)},
		3: {Content: `{"id":"as text"}`},
		4: {Content: "broke", IsError: true},
		5: {Content: "see ${steps.1}", Value: json.RawMessage(`{"x":"${steps.1}"}`)},
	}
	lookup := func(step int) (Result, bool) { r, ok := results[step]; return r, ok }
	for _, c := range []struct{ args, want, err string }{
		{`{"a":1}`, `{"a":1}`, ""},
		{`{"b":"${steps.1}", "a":["${steps.2.items[0].id}"]}`, `{"a":[12345678901234567890],"b":"plain \u2028 text"}`, ""},
		{`{"a":"${steps.2.items.0}"}`, `{"a":{"id":12345678901234567890,"n":1.5}}`, ""},
		{`{"a":{"b":"${steps.2[\"a.b\"]}"}}`, `{"a":{"b":{"y":[],"z":1}}}`, ""},
		{`{"a":"${steps.3.id}"}`, `{"a":"as text"}`, ""},
		{`{"a":"${steps.5.x}"}`, `{"a":"${steps.1}"}`, ""}, // data is never searched for references
		{`{"${steps.1}":"x"}`, `{"${steps.1}":"x"}`, ""},
		{`{"a":"${steps.9.x}"}`, "", "${steps.9.x}: the result of step 9 is not known"},
		{`{"a":"${steps.4}"}`, "", "step 4 failed"},
		{`{"a":"${steps.1.x}"}`, "", "plain text, which has no fields; use ${steps.1}"},
		{`{"a":"${steps.2.items.1.id}"}`, "", `${steps.2.items} has no "1"; it is an array of 1`},
		{`{"a":"${steps.2.item}"}`, "", `has no "item"; it has a.b, items`},
		{`{"a":"${steps.2.items.0.id.x}"}`, "", "neither an object nor an array"},
		{`{"a":`, "", "unexpected EOF"},
	} {
		got, err := Resolve(json.RawMessage(c.args), lookup)
		if c.err == "" && (err != nil || string(got) != c.want) {
			t.Errorf("%s: %s, %v", c.args, got, err)
		}
		if c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("%s: %s, %v, want %s", c.args, got, err, c.err)
		}
	}
	var re *RefError
	if _, err := Resolve(json.RawMessage(`{"a":"${steps.7}"}`), lookup); !errors.As(err, &re) || re.Ref.Step != 7 {
		t.Errorf("error is %v", err)
	}
}

func TestRefs(t *testing.T) {
	got := Refs(json.RawMessage(`{"z":"${steps.1}","a":[{"b":"${steps.2.x}"},"${steps.1}","text ${steps.3}"]}`))
	if d := cmp.Diff([]Ref{{2, []string{"x"}}, {1, nil}}, got); d != "" {
		t.Error(d)
	}
	if got := Refs(json.RawMessage(`{"a":"${steps.1}"`)); got != nil {
		t.Errorf("text that is not JSON has %v", got)
	}
}

// A reference may stand for a value of any type, at any depth, and in one branch of an alternative; everything
// beside it is still checked. ParseExact forgives nothing.
func TestParseForgivesOnlyReferences(t *testing.T) {
	s := mustSet(t, spec("f", `{"type":"object","properties":{
		"n":{"type":"integer","maximum":3},"e":{"enum":["a","b"]},"d":{"type":"string","pattern":"^\\d+$","maxLength":2},
		"o":{"type":"object","properties":{"deep":{"type":"array","items":{"type":"boolean"}}},"required":["deep"]},
		"alt":{"anyOf":[{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}},{"type":"boolean"}]},
		"one":{"oneOf":[{"type":"integer"},{"type":"null"}]},
		"all":{"allOf":[{"type":"integer"},{"minimum":2}]},
		"ref":{"$ref":"#/$defs/id"}
	},"$defs":{"id":{"type":"object","properties":{"x":{"type":"integer"}}}}}`))
	const r = `"${steps.1.x}"`
	for args, ok := range map[string]bool{
		`{"n":` + r + `,"e":` + r + `,"d":` + r + `}`:       true,
		`{"o":{"deep":[true,` + r + `]}}`:                   true,
		`{"o":` + r + `}`:                                   true,
		`{"alt":` + r + `,"one":` + r + `,"all":` + r + `}`: true,
		`{"alt":{"id":` + r + `}}`:                          true,
		`{"ref":{"x":` + r + `}}`:                           true,
		`{"o":{"deep":[1,` + r + `]}}`:                      false,
		`{"n":` + r + `,"e":"c"}`:                           false,
		`{"o":{"deeper":` + r + `}}`:                        false,
		`{"alt":{"id":"x"}}`:                                false,
		`{"n":"${steps.1.x} "}`:                             false,
	} {
		if _, err := s.Parse("f", args); (err == nil) != ok {
			t.Errorf("Parse(%s): %v", args, err)
		}
		if _, err := s.ParseExact("f", args); err == nil {
			t.Errorf("ParseExact(%s) is accepted", args)
		}
	}
	if _, err := s.ParseExact("f", `{"free":"${steps.x}"}`); err != nil {
		t.Errorf("ParseExact minds a text: %v", err)
	}
}

func FuzzRef(f *testing.F) {
	f.Add("${steps.1.a[0]}")
	f.Add(`${steps.3["a.b"][0].c}`)
	f.Fuzz(func(t *testing.T, s string) {
		r, ok := ParseRef(s)
		if !ok {
			return
		}
		again, ok := ParseRef(r.String())
		if !ok || !cmp.Equal(r, again) {
			t.Fatalf("%q is %#v, whose String %q is %#v, %v", s, r, r.String(), again, ok)
		}
	})
}
