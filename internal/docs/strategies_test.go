package docs_test

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/search"
)

// TestStrategiesPage: every strategy is in the table of its page, and has a section that says what to know of it.
func TestStrategiesPage(t *testing.T) {
	text := read(t, root+"/docs/strategies.md")
	sections := map[string]string{}
	for _, part := range strings.Split(text, "\n## ")[1:] {
		title, body, _ := strings.Cut(part, "\n")
		sections[title] = body
	}
	for _, name := range search.Names() {
		body, ok := sections[name]
		if !ok {
			t.Errorf("docs/strategies.md has no section %q", name)
			continue
		}
		for _, want := range []string{"\n- Options: ", "\n- Needs: ", "\n- Take it: "} {
			if !strings.Contains(body, want) {
				t.Errorf("docs/strategies.md: %s: no line %q", name, strings.TrimSpace(want))
			}
		}
		if !strings.Contains(text, "[`"+name+"`](#"+name+")") {
			t.Errorf("docs/strategies.md: %s is not in the table", name)
		}
	}
	for _, preset := range search.Presets() {
		if !strings.Contains(sections[search.AStar], "`"+preset+"`") {
			t.Errorf("docs/strategies.md: preset %s is not there", preset)
		}
	}
}

// TestReadmeLists: who reads the front page only finds every strategy and every sandbox there.
func TestReadmeLists(t *testing.T) {
	text := read(t, root+"/README.md")
	for _, name := range append(search.Names(), world.Names()...) {
		if !strings.Contains(text, "`"+name+"`") {
			t.Errorf("README.md does not name %s", name)
		}
	}
}
