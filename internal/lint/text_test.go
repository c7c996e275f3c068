package lint

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// forbidden is text that must be in no tracked file. The words are put together here, so that this file passes.
var forbidden = map[string]string{
	"/wor" + "k/":                 "a path of one machine: make it relative, or take it from a variable",
	"/ro" + "ot/":                 "a path of one machine: make it relative, or take it from a variable",
	"proxy.golang" + ".org":       "the host of a package registry: name the package, its client knows the host",
	"registry.npmjs" + ".org":     "the host of a package registry: name the package, its client knows the host",
	"py" + "pi.org":               "the host of a package registry: name the package, its client knows the host",
	"crates" + ".io":              "the host of a package registry: name the package, its client knows the host",
	"deb.debian" + ".org":         "the host of a package registry: name the package, its client knows the host",
	"files.python" + "hosted.org": "the host of a package registry: name the package, its client knows the host",
}

func badText(name string, text []byte) []string {
	if bytes.IndexByte(text, 0) >= 0 || path.Base(name) == "go.sum" || path.Base(name) == "go.mod" {
		return nil
	}
	var found []string
	for i, line := range strings.Split(string(text), "\n") {
		for word, remedy := range forbidden {
			if strings.Contains(line, word) {
				found = append(found, fmt.Sprintf("%s:%d: has %q, %s", name, i+1, word, remedy))
			}
		}
	}
	return found
}

func TestTrackedText(t *testing.T) {
	out, err := exec.Command("git", "-C", root, "ls-files", "-z").Output()
	if err != nil {
		t.Skipf("SKIPPED: no list of tracked files, since git says %v", err)
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(out), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if os.IsNotExist(err) {
			continue // removed, and not committed yet
		}
		if err != nil {
			t.Fatal(err)
		}
		report(t, badText(name, text))
	}
}

func TestBadText(t *testing.T) {
	for text, lines := range map[string]int{
		"fine": 0, "a\n/wor" + "k/x": 1, "homework/x": 0, "see crates" + ".io and py" + "pi.org": 2, "\x00/ro" + "ot/": 0,
	} {
		if got := badText("a.txt", []byte(text)); len(got) != lines {
			t.Errorf("%q: got %v, want %d", text, got, lines)
		}
	}
	if got := badText("x/go.sum", []byte("crates"+".io")); got != nil {
		t.Errorf("go.sum: got %v", got)
	}
}
