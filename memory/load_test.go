package memory

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const demosYAML = `# demonstrations
- goal: Book a flight to Oslo
  calls:
    - tool: search
      args: {to: OSL, date: "2026-03-01", seats: 2, near: 1.5, direct: true, via: null, tags: [a, b]}
    - tool: book

- goal: |
    Two
    lines
  calls: [{tool: note, args: {day: 2026-03-01}}]
`

const demosJSON = `[
  {"goal": "Book a flight to Oslo", "calls": [
    {"tool": "search", "args": {"to": "OSL", "date": "2026-03-01", "seats": 2, "near": 1.5, "direct": true, "via": null, "tags": ["a", "b"]}},
    {"tool": "book"}]},
  {"goal": "Two\nlines\n", "calls": [{"tool": "note", "args": {"day": "2026-03-01"}}]}
]`

func load(t *testing.T, text string, format Format) []Plan {
	t.Helper()
	plans, err := Load(strings.NewReader(text), format)
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return plans
}

func TestLoadReadsTheSameFromBothFormats(t *testing.T) {
	fromYAML, fromJSON := load(t, demosYAML, YAML), load(t, demosJSON, JSON)
	if diff := cmp.Diff(fromJSON, fromYAML); diff != "" {
		t.Errorf("json and yaml differ:\n%s", diff)
	}
	p := fromYAML[0]
	want := `search({"date":"2026-03-01","direct":true,"near":1.5,"seats":2,"tags":["a","b"],"to":"OSL","via":null})`
	if len(fromYAML) != 2 || p.Calls[0].String() != want || p.Calls[1].String() != "book({})" || p.Source != SourceDemo {
		t.Errorf("read %+v", p)
	}
}

func TestLoadOfNothing(t *testing.T) {
	for text, format := range map[string]Format{"[]": JSON, "[ ]": YAML, "": YAML, "# nothing yet\n": YAML} {
		if plans := load(t, text, format); len(plans) != 0 {
			t.Errorf("%q: %v", text, plans)
		}
	}
}

func TestLoadNamesLineEntryAndField(t *testing.T) {
	deep := strings.Repeat("[", 10000)
	for _, tt := range []struct {
		format Format
		text   string
		says   string
	}{
		{JSON, ``, "line 1: ends early"},
		{JSON, `{"goal":"g"}`, "line 1: want a list"},
		{JSON, "[\n{\"goal\":\"g\",\"calls\":[{\"tool\":\"x\"}]},\n{\"goal\":\"\"}]", "line 3: entry 2: goal: is empty"},
		{JSON, "[\n{\"goal\":\"g\",\n\"calls\":[{\"tool\":\"x\",}]}]", "line 3: entry 1: invalid character"},
		{JSON, `[{"goal":"g","calls":[{"tool":"x"}]}] 1`, "line 1: something follows"},
		{JSON, `[{"goal":"g","calls":[{"tool":"x"}]}`, "ends early"},
		{JSON, `[null]`, "entry 1: plan: want an object with goal, calls"},
		{JSON, `[{"goal":1,"calls":[]}]`, "entry 1: goal: want a text"},
		{JSON, `[{"goal":"g","calls":{}}]`, "entry 1: calls: want a list of calls"},
		{JSON, `[{"goal":"g","calls":["x"]}]`, "entry 1: calls[0]: want an object with tool, args"},
		{JSON, `[{"goal":"g","calls":[{"tool":7}]}]`, "calls[0].tool: want a text"},
		{JSON, `[{"goal":"g","calls":[{"tool":"x","args":"a"}]}]`, "calls[0].args: want an object"},
		{JSON, deep, "200 levels"},
		{YAML, "goal: g\n", "line 1: want a list"},
		{YAML, "- goal: g\n  calls: [{tool: x}]\n\n- gaol: g\n", "line 4: entry 2: gaol: unknown key"},
		{YAML, "- goal: g\n  calls:\n    - name: x\n", "entry 1: calls[0].name: unknown key; want one of tool, args"},
		{YAML, "- goal: g\n  calls: [{tool: x, args: {a: .nan}}]\n", "line 2: a YAML Nan is not taken"},
		{YAML, "- &a goal: g\n", "line 1"},
		{YAML, "- goal: &a g\n  calls: *a\n", "Anchor is not taken"},
		{YAML, "- goal: !!binary aGk=\n", "Tag is not taken"},
		{YAML, "- {goal: g, 7: x}\n", "want a plain text as key"},
		{YAML, "- goal: 'g\n", "line 1"},
		{YAML, "- goal: a\n---\n- goal: b\n", "a second document"},
		{YAML, deep, "200 levels"},
		{YAML, "- goal: g\n  calls: [{tool: x, args: {a: " + strings.Repeat("[", 300) + strings.Repeat("]", 300) + "}}]", "200 levels"},
		{YAML, strings.Repeat("- ", 10000), "200 levels"},
		{"toml", "", `format "toml": want yaml or json`},
	} {
		_, err := Load(strings.NewReader(tt.text), tt.format)
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s %.60q:\n got %v\nwant %s", tt.format, tt.text, err, tt.says)
		}
	}
}

func TestLoadStopsAtItsLimit(t *testing.T) {
	_, err := Load(strings.NewReader(strings.Repeat(" ", MaxDemoBytes+1)), YAML)
	if err == nil || !strings.Contains(err.Error(), "16 MiB") {
		t.Errorf("error %v", err)
	}
}

func TestFormatOf(t *testing.T) {
	for path, want := range map[string]Format{"a.JSON": JSON, "b/c.yml": YAML, "d.yaml": YAML, "e.txt": ""} {
		if got, err := FormatOf(path); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
}

// What Load accepts is what a store accepts, and what is refused is refused with a place.
func FuzzLoad(f *testing.F) {
	for _, text := range []string{demosJSON, "[{}]", `[{"goal":"g","calls":[{"tool":"x","args":{}}]}]`} {
		f.Add(text, true)
	}
	for _, text := range []string{demosYAML, "- a: *b", "- ? x\n  : y", "- {goal: g, calls: [{tool: x}]}", "---\n...\n- goal: |\n"} {
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, isJSON bool) {
		format := YAML
		if isJSON {
			format = JSON
		}
		plans, err := Load(strings.NewReader(text), format)
		if err != nil {
			var at *LineError
			if !errors.As(err, &at) || at.Line < 1 {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		if _, err := New(plans...); err != nil {
			t.Fatalf("loaded plans are refused: %v", err)
		}
	})
}

// A store's line that was accepted is written back to the same plan.
func FuzzStoredLine(f *testing.F) {
	f.Add(`{"id":"a","goal":"g","calls":[{"tool":"x","args":{"n":1e3}}],"source":"r","created":"2026-03-01T12:00:00Z"}`)
	f.Add(`{"goal":"\ud800","calls":[{"tool":"\u0000"}]}`)
	f.Fuzz(func(t *testing.T, line string) {
		plans, err := parseLines([]byte(line))
		if err != nil || len(plans) == 0 {
			return
		}
		var b strings.Builder
		if err := writeLines(&b, plans); err != nil {
			t.Fatal(err)
		}
		again, err := parseLines([]byte(b.String()))
		if err != nil {
			t.Fatalf("%q was written as %q: %v", line, b.String(), err)
		}
		if diff := cmp.Diff(plans, again); diff != "" {
			t.Fatal(diff)
		}
	})
}
