package sandbox

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

func TestDictIsAValue(t *testing.T) {
	var empty Dict
	a := empty.With("b", json.RawMessage("1"))
	b := a.With("a", Quote("<x>")).With("b", json.RawMessage("2"))
	if got, want := string(empty.JSON())+string(a.JSON())+string(b.JSON()), `{}{"b":1}{"a":"<x>","b":2}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if a.Int("b", 7) != 1 || a.Int("c", 7) != 7 || b.Text("a") != "<x>" || b.Text("b") != "" {
		t.Error("reading back gives other values")
	}
	if c := b.WithDefault("b", json.RawMessage("9")).WithDefault("c", json.RawMessage("3")); string(c.JSON()) != `{"a":"<x>","b":2,"c":3}` {
		t.Errorf("defaults: %s", c.JSON())
	}
}

func TestRead(t *testing.T) {
	args := map[string]Arg{
		"int":    {Name: "v", Type: Integer, Min: 1, Max: 12},
		"num":    {Name: "v", Type: Number},
		"text":   {Name: "v", Type: Text},
		"choice": {Name: "v", Type: Choice, Enum: []string{"King Bed", "Luxury"}},
		"list":   {Name: "v", Type: Choices, Enum: []string{"House", "Co-op"}},
		"loc":    {Name: "v", Type: Handle, Kind: "loc", From: "Loc"},
		"cell":   {Name: "v", Type: Pattern, Regexp: regexp.MustCompile("^[A-Z][0-9]+$"), Like: "B2"},
		"row":    {Name: "v", Type: Texts},
		"rows":   {Name: "v", Type: Grid},
	}
	for _, c := range []struct{ arg, in, want, err string }{
		{"int", `3`, `3`, ""}, {"int", `3.0`, `3`, ""}, {"int", `0`, "", "from 1 to 12"}, {"int", `13`, "", "from 1 to 12"},
		{"int", `2.5`, "", "whole number"}, {"int", `"3"`, "", "want a number"}, {"int", `null`, "", "want a number"},
		{"num", `2.50`, `2.5`, ""}, {"num", `2e0`, `2`, ""}, {"num", `-1`, "", "from 0"}, {"num", `1e300`, "", "from 0"},
		{"text", `"  New   York "`, `"New York"`, ""}, {"text", `" "`, "", "not empty"}, {"text", `7`, "", "not empty"},
		{"choice", `"king bed"`, `"King Bed"`, ""}, {"choice", `"Tent"`, "", `not one of "King Bed", "Luxury"`},
		{"list", `["House","co-op","HOUSE"]`, `["co-op","house"]`, ""}, {"list", `[]`, "", "at least one"},
		{"list", `"House"`, "", "at least one"}, {"list", `["Tent"]`, "", "not one of"},
		{"cell", `"b2 "`, `"B2"`, ""}, {"cell", `"22"`, "", "such as B2"}, {"cell", `""`, "", "not empty"},
		{"row", `["a"," b  c "]`, `["a","b c"]`, ""}, {"row", `[]`, "", "at least one"}, {"row", `[1]`, "", "list of texts"},
		{"rows", `[["a"],["","c"]]`, `[["a"],["","c"]]`, ""}, {"rows", `[[]]`, "", "at least one"}, {"rows", `["a"]`, "", "list of rows"},
		{"loc", string(Quote(MakeHandle("loc", "Boston"))), `"Boston"`, ""},
		{"loc", `"Boston"`, "", "call Loc first"}, {"loc", `"loc:Boston#00000000"`, "", "was not made by Loc"},
		{"loc", string(Quote(MakeHandle("date", "Boston"))), "", "was not made by Loc"},
	} {
		vs, err := readArgs([]Arg{args[c.arg]}, json.RawMessage(`{"v":`+c.in+`}`))
		switch {
		case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err) || !strings.HasPrefix(err.Error(), "v: ")):
			t.Errorf("%s %s: error %v, want one with %q", c.arg, c.in, err, c.err)
		case c.err == "" && (err != nil || string(vs[0].Raw) != c.want):
			t.Errorf("%s %s: got %v, %v, want %s", c.arg, c.in, vs, err, c.want)
		}
	}
	for _, bad := range []string{``, `null`, `[]`, `{}`, `{"w":1}`, `{"v":1,"w":2}`, strings.Repeat(`{"v":`, 10_000)} {
		if _, err := readArgs([]Arg{args["int"]}, json.RawMessage(bad)); err == nil {
			t.Errorf("%.40s is accepted", bad)
		}
	}
}

func TestQuoteIsCanonical(t *testing.T) {
	for _, s := range []string{"", "Salem", `a"b`, `a\b`, "Zürich", "<&>", "\x00\n\x7f", "\xff"} {
		want, err := canon.Marshal(s)
		if got := Quote(s); err != nil || string(got) != string(want) {
			t.Errorf("%q is quoted %s, canonical is %s, %v", s, got, want, err)
		}
		list := []string{s, "b", s}
		want, err = canon.Marshal(map[string][]string{s: list})
		if got := Object(s, Quotes(list)); err != nil || string(got) != string(want) {
			t.Errorf("a list of %q is quoted %s, canonical is %s, %v", s, got, want, err)
		}
	}
	if got := string(Quotes(nil)); got != "[]" {
		t.Errorf("no text is %s", got)
	}
}

func TestHandleRoundTrip(t *testing.T) {
	for _, content := range []string{"Boston", "a#b", "", "x:y", "Zürich"} {
		if got, ok := ReadHandle("loc", MakeHandle("loc", content)); !ok || got != content {
			t.Errorf("%q comes back as %q, %v", content, got, ok)
		}
	}
}

func counter() *World[Dict] {
	return New(NewAPI([]Op[Dict]{
		{Name: "set", Args: []Arg{{Name: "n", Type: Integer}}, Do: func(d Dict, v []Value) (Dict, tool.Result, error) {
			return d.With("n", v[0].Raw), Say("n is %s", v[0].Raw), nil
		}},
		{Name: "fail", Do: func(d Dict, _ []Value) (Dict, tool.Result, error) {
			return d.With("trace", Quote("left")), tool.Result{}, errors.New("not now")
		}},
	}), Dict{})
}

func TestFailedCallsChangeNothing(t *testing.T) {
	w := counter()
	for _, c := range []tool.Call{{Tool: "fail", Args: json.RawMessage("{}")}, {Tool: "nothing"}, {Tool: "set", Args: json.RawMessage(`{"n":"x"}`)}} {
		res, err := w.Call(t.Context(), c)
		if err != nil || !res.IsError || res.Content == "" {
			t.Errorf("%v: got %+v, %v, want a failed result", c, res, err)
		}
	}
	if string(w.State()) != "{}" {
		t.Errorf("the state is %s", w.State())
	}
}

func TestForkIsSmall(t *testing.T) {
	w := counter()
	if n := testing.AllocsPerRun(100, func() { w.Fork() }); n > 1 {
		t.Errorf("a fork allocates %v times, want once", n)
	}
}

func BenchmarkFork(b *testing.B) {
	w := counter()
	for b.Loop() {
		w.Fork()
	}
}

func FuzzReadArgs(f *testing.F) {
	for _, s := range []string{`{"v":3}`, `{"v":["House"]}`, `{"v":"loc:Boston#00000000"}`, `{"v":1e999}`, `[[[`, `{"v":null}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for typ := Integer; typ <= Grid; typ++ {
			vs, err := readArgs([]Arg{{Name: "v", Type: typ, Enum: []string{"House"}, Kind: "loc", From: "Loc", Regexp: regexp.MustCompile("^[A-Z]+$")}}, raw)
			if err != nil {
				continue
			}
			if c, err := canon.JSON(vs[0].Raw); err != nil || string(c) != string(vs[0].Raw) {
				t.Errorf("type %d: %q gives %q, which is not canonical", typ, raw, vs[0].Raw)
			}
		}
	})
}
