package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

const root = "../.."

// page is a Markdown file of the repository.
type page struct{ path, text string }

// pages are README.md and everything in docs.
func pages(t *testing.T) []page {
	t.Helper()
	paths, err := filepath.Glob(root + "/docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []page
	for _, p := range append(paths, root+"/README.md") {
		out = append(out, page{p, read(t, p)})
	}
	return out
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// examples are the code blocks after a marker that begins like this, on all pages.
func examples(t *testing.T, marker string) []string {
	t.Helper()
	block := regexp.MustCompile("(?s)<!-- " + regexp.QuoteMeta(marker) + "[^>]*-->\n```[a-z]*\n(.*?)```")
	var out []string
	for _, p := range pages(t) {
		for _, m := range block.FindAllStringSubmatch(p.text, -1) {
			out = append(out, m[1])
		}
	}
	if len(out) == 0 {
		t.Fatalf("no page has an example marked %q", marker)
	}
	return out
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

func TestLinks(t *testing.T) {
	for _, p := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(p.text, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			file, anchor, _ := strings.Cut(m[1], "#")
			to := p.path
			if file != "" {
				to = filepath.Join(filepath.Dir(p.path), file)
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s: link to %s: %v", p.path, m[1], err)
			} else if anchor != "" && !hasHeading(read(t, to), anchor) {
				t.Errorf("%s: link to %s: no such heading", p.path, m[1])
			}
		}
	}
}

// hasHeading says whether a heading has the anchor that the usual renderers give it.
func hasHeading(text, anchor string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " ")
		if !ok || !strings.HasPrefix(line, "#") {
			continue
		}
		slug := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, title)
		if slug == anchor {
			return true
		}
	}
	return false
}

var named = regexp.MustCompile("`((?:Test|Benchmark)[A-Z]\\w*)`|-(?:run|bench) '?\\^?((?:Test)?[A-Z]\\w*)")

// TestNamedTestsExist: what a page says is tested has a test of that name.
func TestNamedTestsExist(t *testing.T) {
	var source strings.Builder
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root {
			return filepath.SkipDir
		}
		if err == nil && strings.HasSuffix(path, "_test.go") {
			source.WriteString(read(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, p := range pages(t) {
		for _, m := range named.FindAllStringSubmatch(p.text, -1) {
			name := m[1] + m[2]
			found++
			if !regexp.MustCompile(`(?m)^func (?:Test|Benchmark)?` + name).MatchString(source.String()) {
				t.Errorf("%s names %s, which is not there", p.path, name)
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d names found", found)
	}
}
