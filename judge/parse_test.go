package judge

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/modeltest"
)

// files is a directory for tests.
type files map[string]string

func (f files) read(path string) ([]byte, error) {
	text, ok := f[path]
	if !ok {
		return nil, errors.New(path + " does not exist")
	}
	return []byte(text), nil
}

var specFiles = files{"s.json": `{"type":"string"}`, "bad.json": `{"type":7}`, "rubric.txt": "Be kind.", "a#b.json": `true`}

func TestParse(t *testing.T) {
	o := &ParseOptions{Model: &modeltest.Speaker{Caps: model.Capabilities{Name: "speaker"}}, Seed: 3, ReadFile: specFiles.read}
	for spec, name := range map[string]string{
		"cel: answer != '' ":      "cel:answer != ''",
		"schema:s.json":           "schema:s.json#answer",
		"schema:s.json#state":     "schema:s.json#state",
		"schema:a#b.json#answer":  "schema:a#b.json#answer",
		"command:go version":      "command:go version",
		`command:["go","a b"]`:    "command:go a b",
		"model":                   "model:speaker",
		"model:rubric.txt":        "model:speaker",
		"model:be strict: always": "model:speaker",
	} {
		j, err := Parse(spec, o)
		if err != nil || j.Name() != name {
			t.Errorf("%s: %v, %v", spec, j, err)
		}
	}
	if j, err := Parse("none", nil); j != nil || err != nil {
		t.Errorf("none: %v, %v", j, err)
	}
}

func TestParseTakesRubricsFromFilesAndText(t *testing.T) {
	for spec, rubricSays := range map[string]string{
		"model":                 DefaultRubric,
		"model:rubric.txt":      "Be kind.",
		"model:Prices are low.": "Prices are low.",
	} {
		m := &modeltest.Speaker{Says: `{"reason":"","score":1,"accepted":true}`}
		j, err := Parse(spec, &ParseOptions{Model: m, Seed: 3, ReadFile: specFiles.read})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := j.Judge(t.Context(), trip()); err != nil {
			t.Fatal(err)
		}
		if r := m.Asked[0]; !strings.Contains(r.Prompt, "Rubric:\n"+rubricSays+"\n") || r.Seed != 3 {
			t.Errorf("%s: seed %d, prompt %.80s", spec, r.Seed, r.Prompt)
		}
	}
}

func TestParseSaysWhatToWrite(t *testing.T) {
	for spec, says := range map[string]string{
		"":                     "want one of none, cel:EXPRESSION",
		"always":               "want one of none",
		"none:x":               "want one of none",
		"cel":                  `nothing follows "cel"`,
		"cel: ":                `nothing follows "cel"`,
		"model:":               `nothing follows "model"`,
		"cel:answr == ''":      "line 1, column 1: undeclared reference to 'answr'",
		"schema:s.json#goal":   "want #answer or #state",
		"schema:none.json":     "none.json does not exist",
		"schema:bad.json":      "not a JSON Schema: /type",
		"command:'go":          "quote ' is not closed",
		"command:[1]":          "want a list of texts",
		"command:[]":           "write the program",
		"command:''":           "write the program",
		"command:no-such-prog": "executable file not found",
		"model:strict.txt":     "rubric file: strict.txt does not exist",
	} {
		j, err := Parse(spec, &ParseOptions{Model: &modeltest.Speaker{}, ReadFile: specFiles.read})
		var se *SpecError
		if !errors.As(err, &se) || se.Spec != spec || j != nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", spec, err)
		}
	}
	if _, err := Parse("model", nil); err == nil || !strings.Contains(err.Error(), "--model") {
		t.Errorf("a model judge without a model: %v", err)
	}
}

func TestParseReadsFilesByDefault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.json")
	if _, err := Parse("schema:"+path, nil); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("a missing file: %v", err)
	}
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Parse("schema:"+path, nil); err != nil {
		t.Error(err)
	}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string][]string{
		`a  b	c`:               {"a", "b", "c"},
		`a 'b c' "d 'e'" f"g"`: {"a", "b c", "d 'e'", "fg"},
		`a '' $HOME|x \n`:      {"a", "", "$HOME|x", `\n`},
		`["a b",""]`:           {"a b", ""},
	} {
		if got, err := split(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("split(%s) = %q, %v", text, got, err)
		}
	}
}

// Any text is a judge or an error that repeats it; nothing is run or read but what it names.
func FuzzParse(f *testing.F) {
	for _, spec := range []string{"none", "cel:answer == goal", "schema:s.json#state", `command:["go"]`, "command:go 'a b'", "model:be kind", ":::"} {
		f.Add(spec)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		j, err := Parse(spec, &ParseOptions{Model: &modeltest.Speaker{}, ReadFile: specFiles.read})
		var se *SpecError
		switch {
		case err != nil && (!errors.As(err, &se) || se.Spec != spec || j != nil):
			t.Fatalf("%v, %v", j, err)
		case err == nil && j == nil && strings.TrimSpace(spec) != "none":
			t.Fatalf("%q is no judge and no error", spec)
		}
	})
}
