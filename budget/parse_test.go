package budget

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Limits{
		"":                        {},
		"usd=0.50":                {USD: 0.5},
		"usd=1e3":                 {USD: 1000},
		"tokens=200k":             {Tokens: 200_000},
		"tokens=1.5k":             {Tokens: 1500},
		"tokens=1.001k":           {Tokens: 1001},
		"tokens=2M":               {Tokens: 2_000_000},
		"time=90s":                {Wall: 90 * time.Second},
		" calls = 50 , tools=20 ": {ModelCalls: 50, ToolCalls: 20},
		"usd=0.50,tokens=200k,time=2m,calls=50,tools=20,expansions=100,depth=20": {
			USD: 0.5, Tokens: 200_000, Wall: 2 * time.Minute, ModelCalls: 50, ToolCalls: 20, Expansions: 100, Depth: 20},
	} {
		got, err := Parse(text)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", text, got, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ text, key, remedy string }{
		{"usd=-1", "usd", remedyUSD},
		{"usd=0", "usd", remedyUSD},
		{"usd=NaN", "usd", remedyUSD},
		{"usd=inf", "usd", remedyUSD},
		{"usd=ten", "usd", remedyUSD},
		{"usd=", "usd", remedyUSD},
		{"tokens=-5", "tokens", remedyCount},
		{"tokens=0", "tokens", remedyCount},
		{"tokens=1.5", "tokens", remedyCount},
		{"tokens=NaNk", "tokens", remedyCount},
		{"tokens=infM", "tokens", remedyCount},
		{"tokens=1.0005k", "tokens", remedyCount},
		{"tokens=9223372036854775807k", "tokens", remedyCount},
		{"tokens=10m", "tokens", remedyCount},
		{"depth=3000M", "depth", remedyCount},
		{"time=0s", "time", remedyTime},
		{"time=-2m", "time", remedyTime},
		{"time=120", "time", remedyTime},
		{"calls=1,calls=2", "calls", remedyTwice},
		{"money=3", "money", remedyKey},
		{"calls", "", remedyPair},
		{"calls=1,", "", remedyPair},
		{"=3", "", remedyPair},
	} {
		got, err := Parse(c.text)
		var pe *ParseError
		if !errors.As(err, &pe) || pe.Key != c.key || pe.Remedy != c.remedy || got != (Limits{}) {
			t.Errorf("Parse(%q) = %+v, %v, want an error on %q: %s", c.text, got, err, c.key, c.remedy)
		}
	}
	_, err := Parse("tokens=lots")
	if want := "budget: tokens=lots: want a whole number above 0, like 50, 200k or 1M"; err.Error() != want {
		t.Errorf("error = %q, want %q", err, want)
	}
}

func TestLimitsString(t *testing.T) {
	for want, l := range map[string]Limits{
		"":                    {},
		"usd=0.5":             {USD: 0.5},
		"time=2m":             {Wall: 2 * time.Minute},
		"time=1h":             {Wall: time.Hour},
		"time=1h10m":          {Wall: 70 * time.Minute},
		"time=1m30s":          {Wall: 90 * time.Second},
		"tokens=200k,calls=3": {Tokens: 200_000, ModelCalls: 3},
		"usd=1,tokens=2,time=3s,calls=4,tools=5,expansions=6,depth=7": {
			USD: 1, Tokens: 2, Wall: 3 * time.Second, ModelCalls: 4, ToolCalls: 5, Expansions: 6, Depth: 7},
	} {
		if got := l.String(); got != want {
			t.Errorf("%+v prints %q, want %q", l, got, want)
		}
	}
}

func TestLimitsValidate(t *testing.T) {
	for _, l := range []Limits{{USD: -1}, {USD: math.NaN()}, {USD: math.Inf(1)}, {Tokens: -1}, {ToolCalls: -1}, {Wall: -1}, {Depth: -1}} {
		var pe *ParseError
		if err := l.Validate(); !errors.As(err, &pe) {
			t.Errorf("%+v: error %v, want a ParseError", l, err)
		}
		if _, err := json.Marshal(l); err == nil {
			t.Errorf("%+v was written", l)
		}
	}
}

func TestLimitsJSON(t *testing.T) {
	type file struct{ Budget Limits }
	in := file{Limits{USD: 0.25, Tokens: 1000}}
	raw, err := json.Marshal(in)
	if err != nil || string(raw) != `{"Budget":"usd=0.25,tokens=1k"}` {
		t.Fatalf("wrote %s, %v", raw, err)
	}
	var out file
	if err := json.Unmarshal(raw, &out); err != nil || out != in {
		t.Fatalf("read %+v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"Budget":"usd=x"}`), &out); err == nil || out != in {
		t.Fatalf("a wrong budget gave %+v, %v", out, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "usd=0.50,tokens=200k,time=2m,calls=50,tools=20,expansions=100,depth=20", "usd=1e-300",
		"tokens=1.5k", "time=1h0m0.5s", "calls=9223372036854775807", "x=1", "usd==", ",,", "usd=0x1p-2", "depth=2k"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := Parse(s)
		if err != nil {
			var pe *ParseError
			if !errors.As(err, &pe) || pe.Remedy == "" {
				t.Fatalf("%q: %v is not a ParseError with a remedy", s, err)
			}
			return
		}
		if err := l.Validate(); err != nil {
			t.Fatalf("%q parsed into %+v: %v", s, l, err)
		}
		again, err := Parse(l.String())
		if err != nil || again != l {
			t.Fatalf("%q printed as %q read back as %+v, %v", s, l.String(), again, err)
		}
		if strings.Contains(l.String(), " ") {
			t.Fatalf("%q has blanks", l.String())
		}
	})
}
