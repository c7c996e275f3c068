package docs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/provider"
	"github.com/azimuthdev/azimuth/tool/mcp"
)

// TestReadmeExample: the README's program is the body of the root package's Example, letter by letter.
func TestReadmeExample(t *testing.T) {
	_, body, ok := strings.Cut(read(t, root+"/example_test.go"), "func Example() {\n")
	if !ok {
		t.Fatal("example_test.go has no Example")
	}
	body, _, _ = strings.Cut(body, "\n}\n")
	var want strings.Builder
	for line := range strings.SplitSeq(body, "\n") {
		want.WriteString(strings.TrimPrefix(line, "\t") + "\n")
	}
	for _, got := range examples(t, "example:") {
		if got != want.String() {
			t.Errorf("the example is\n%s\nand example_test.go says\n%s", got, want.String())
		}
	}
}

// TestReadmeRun carries the README's first command out and compares the steps that its output shows.
func TestReadmeRun(t *testing.T) {
	m := regexp.MustCompile(`run --world trip "([^"]+)"`).FindStringSubmatch(read(t, root+"/README.md"))
	if m == nil {
		t.Fatal("README.md shows no run")
	}
	w, err := world.Open("trip", nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := azimuth.New(nil, &azimuth.Options{World: w})
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Run(context.Background(), m[1])
	if err != nil || r.Status != engine.Succeeded {
		t.Fatalf("%v %+v", err, r)
	}
	compareSteps(t, examples(t, "trip output")[0], r)
}

var stepLine = regexp.MustCompile(`(?m)^ +(\d+)  (\S+) +(\S+) +(\S+) +(\{.*\})$`)

func compareSteps(t *testing.T, shown string, r *azimuth.Result) {
	t.Helper()
	all := stepLine.FindAllStringSubmatch(shown, -1)
	if len(all) < 4 {
		t.Fatalf("the output shows %d steps", len(all))
	}
	for _, m := range all {
		n, err := strconv.Atoi(m[1])
		if err != nil || n > len(r.Steps) {
			t.Errorf("step %s of %d", m[1], len(r.Steps))
			continue
		}
		s := r.Steps[n-1]
		if got := []string{s.Tool, s.Effect.String(), s.Status.String(), string(s.Args)}; !slices.Equal(got, m[2:]) {
			t.Errorf("step %d is %q, the page shows %q", n, got, m[2:])
		}
	}
	if want := fmt.Sprintf("Steps: %d calls", len(r.Steps)); !strings.Contains(shown, want) {
		t.Errorf("the output does not say %q", want)
	}
}

func TestFileExamples(t *testing.T) {
	for _, text := range examples(t, "mcp example") {
		c, err := mcp.ParseConfig([]byte(text))
		if err != nil || len(c.Servers) == 0 {
			t.Errorf("mcp: %v in %s", err, text)
		}
	}
	for _, text := range examples(t, "prices example") {
		if p, err := model.ParsePrices([]byte(text)); err != nil || len(p) == 0 {
			t.Errorf("prices: %v in %s", err, text)
		}
	}
	for _, text := range examples(t, "demonstrations example") {
		if p, err := memory.Load(strings.NewReader(text), memory.YAML); err != nil || len(p) == 0 {
			t.Errorf("demonstrations: %v in %s", err, text)
		}
	}
	for _, text := range examples(t, "plan example") {
		if p, err := azimuth.ReadPlan(strings.NewReader(text)); err != nil || len(p.Steps) == 0 {
			t.Errorf("plan: %v in %s", err, text)
		}
	}
	for _, text := range examples(t, "result example") {
		var r azimuth.Result
		d := json.NewDecoder(bytes.NewReader([]byte(text)))
		d.DisallowUnknownFields()
		if err := d.Decode(&r); err != nil {
			t.Errorf("result: %v in %s", err, text)
		}
	}
}

// TestProviders: every provider stands in the table, with its key.
func TestProviders(t *testing.T) {
	raw, err := os.ReadFile(root + "/docs/config.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range provider.Providers() {
		need := map[bool]string{true: "yes", false: "no"}[p.NeedKey]
		if row := fmt.Sprintf("| `%s` | `%s` | %s |", p.Name, p.KeyVar, need); !strings.Contains(string(raw), row) {
			t.Errorf("docs/config.md lacks %s", row)
		}
	}
}

// TestCostTable: the comparison of presets is the one of the package comment, which says how it was measured.
func TestCostTable(t *testing.T) {
	doc := read(t, root+"/cost/doc.go")
	for _, text := range examples(t, "table:") {
		for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
			if !strings.Contains(doc, "//\t"+strings.TrimRight(line, " ")+"\n") && !strings.Contains(doc, line) {
				t.Errorf("cost/doc.go does not have %q", line)
			}
		}
	}
}
