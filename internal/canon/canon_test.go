package canon

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestJSON(t *testing.T) {
	for in, want := range map[string]string{
		` { "b" : 1 , "a" : [ ] } `:  `{"a":[],"b":1}`,
		`{"b":{"d":1,"c":2},"a":0}`:  `{"a":0,"b":{"c":2,"d":1}}`,
		`{"a":1,"a":2}`:              `{"a":2}`,
		`1.0`:                        `1`,
		`1e2`:                        `100`,
		`-0`:                         `0`,
		`-0.0`:                       `0`,
		`1.50`:                       `1.5`,
		`1E-7`:                       `1e-07`,
		`0.1`:                        `0.1`,
		`9007199254740993`:           `9007199254740993`,
		`12345678901234567890`:       `12345678901234567890`,
		`-123456789012345678901234`:  `-123456789012345678901234`,
		`1e400`:                      `1e400`,
		`"<a>&\u00e4\/"`:             `"<a>&ä/"`,
		`"\ud83d\ude00"`:             `"😀"`,
		"\t\"tab\\t\"\n":             `"tab\t"`,
		`null`:                       `null`,
		`[true,false,null,"x",1.25]`: `[true,false,null,"x",1.25]`,
	} {
		got, err := JSON([]byte(in))
		if err != nil || string(got) != want {
			t.Errorf("JSON(%s) = %s, %v, want %s", in, got, err, want)
		}
	}
}

func TestJSONRefuses(t *testing.T) {
	for in, says := range map[string]string{
		"":        "empty",
		"  ":      "empty",
		"{":       "EOF",
		"{} {}":   "more than one",
		"{} x":    "more than one",
		"{'a':1}": "invalid character",
		"01":      "more than one",
		"NaN":     "invalid character",
	} {
		if got, err := JSON([]byte(in)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("JSON(%q) = %s, %v, want an error with %q", in, got, err, says)
		}
	}
}

func TestDepth(t *testing.T) {
	nest := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	if _, err := JSON(nest(MaxDepth)); err != nil {
		t.Errorf("%d levels: %v", MaxDepth, err)
	}
	if _, err := JSON(nest(MaxDepth + 1)); !errors.Is(err, ErrTooDeep) {
		t.Errorf("%d levels: %v", MaxDepth+1, err)
	}
	wide := []byte("[" + strings.Repeat("[],", 1000) + `"` + strings.Repeat(`[\"{`, 1000) + `"]`)
	if err := CheckDepth(wide); err != nil {
		t.Errorf("brackets beside each other and in strings: %v", err)
	}
}

func TestMarshal(t *testing.T) {
	got, err := Marshal(struct {
		B float64 `json:"b"`
		A string  `json:"a"`
	}{2, "<"})
	if err != nil || string(got) != `{"a":"<","b":2}` {
		t.Errorf("Marshal = %s, %v", got, err)
	}
	if _, err := Marshal(make(chan int)); err == nil {
		t.Error("a channel has a canonical form")
	}
}

func TestEqual(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{`{"a":1,"b":[2.0]}`, ` {"b":[2],"a":1.0}`, true},
		{`{"a":1}`, `{"a":"1"}`, false},
		{`[1,2]`, `[2,1]`, false},
		{`12345678901234567890`, `12345678901234567891`, false},
		{`oops`, `oops`, true},
		{`oops`, `oops `, false},
		{``, `null`, false},
	} {
		if got := Equal([]byte(c.a), []byte(c.b)); got != c.want {
			t.Errorf("Equal(%s, %s) = %v", c.a, c.b, got)
		}
	}
}

// FuzzJSON: the form is JSON of the same value, and has itself as its form.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"b":[1.0,-0,1e2],"a":{"x":"\u2028<\ud800"}}`, `1e400`, `[[[]]]`, `"`, `0.1e-7`, `1E400`, `123456789012345678901`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		once, err := JSON(raw)
		if err != nil {
			return
		}
		if !json.Valid(once) {
			t.Fatalf("%q becomes %q, which is not JSON", raw, once)
		}
		twice, err := JSON(once)
		if err != nil || string(twice) != string(once) {
			t.Fatalf("%q becomes %q becomes %q, %v", raw, once, twice, err)
		}
		if !Equal(raw, once) {
			t.Fatalf("%q is not equal to its form %q", raw, once)
		}
	})
}

func TestObject(t *testing.T) {
	m, err := Object([]byte(`{ "b": 1.0, "a": {"y":1,"x":2} }`))
	if err != nil || len(m) != 2 || string(m["a"]) != `{"x":2,"y":1}` || string(m["b"]) != "1" {
		t.Errorf("%s, %v", m, err)
	}
	for _, raw := range []string{"", "[]", "null", `"x"`, "{", "{} {}"} {
		if m, err := Object([]byte(raw)); err == nil {
			t.Errorf("%s became %s", raw, m)
		}
	}
}

func TestEnd(t *testing.T) {
	for text, want := range map[string]int{`{"a":"}\"]"} and more`: 12, `[{}] {}`: 4, `{"a":`: -1, `{"}`: -1, "": -1, "x": -1} {
		if got := End(text); got != want {
			t.Errorf("End(%s) = %d, want %d", text, got, want)
		}
	}
}

func TestText(t *testing.T) {
	for raw, want := range map[string]string{`"a\"b"`: `a"b`, `"a`: `"a`, "17": "17", `{"a":1}`: `{"a":1}`, "": ""} {
		if got := Text([]byte(raw)); got != want {
			t.Errorf("Text(%s) = %s, want %s", raw, got, want)
		}
	}
}
