package lint

import (
	"strings"
	"testing"
)

// Each rule must find what it is for, and leave alone what is right.
func TestRulesBite(t *testing.T) {
	imports := func(pkg, p string) string { return "package " + pkg + "\nimport _ \"" + p + "\"\n" }
	long := strings.Repeat("\n", maxFunctionLines)
	for _, c := range []struct{ rule, path, text, want string }{
		{"imports point down", "memory/a.go", imports("memory", module+"/engine"), "memory/a.go:2: memory imports engine"},
		{"imports point down", "engine/a.go", imports("engine", module), "engine imports the root package"},
		{"imports point down", "tune/a.go", imports("tune", module+"/explain"), "tune imports explain"},
		{"imports point down", "a.go", imports("azimuth", module+"/engine"), ""},
		{"imports point down", "model/openai/a.go", imports("openai", module+"/model"), ""},
		{"imports point down", "cmd/azimuth/a.go", imports("main", module), ""},
		{"imports point down", "search/a.go", imports("search", module+"/tool"), "search imports nothing of ours but internal"},
		{"imports point down", "search/a.go", imports("search", module+"/internal/heap"), ""},
		{"imports point down", "misc/a.go", imports("misc", "fmt"), `folder "misc" is no room`},
		{"imports point down", "tool/a_test.go", imports("tool", module+"/model/modeltest"), ""},
		{"imports point down", "tool/a_test.go", imports("tool", module+"/model"), "tool imports model"},
		{"imports point down", "tool/a_test.go", imports("tool_test", module+"/model"), ""},
		{"imports point down", "tool/a_test.go", imports("tool", module+"/bench/world/trip"), ""},
		{"imports point down", "tool/a.go", imports("tool", module+"/bench/world/trip"), "tool imports bench"},
		{"heavy modules stay in rooms", "engine/a.go", imports("engine", "modernc.org/sqlite/lib"), "belongs to journal, memory"},
		{"heavy modules stay in rooms", "journal/sqlite/a.go", imports("sqlite", "modernc.org/sqlite"), ""},
		{"heavy modules stay in rooms", "engine/a.go", imports("engine", "modernc.org/sqlite2"), ""},
		{"gold stays in the bench", "engine/a.go", imports("engine", module+"/bench/world/grade"), "imports a grader"},
		{"gold stays in the bench", "cmd/azimuth/a.go", imports("main", module+"/bench/world/trip/gradetrip"), "imports a grader"},
		{"gold stays in the bench", "bench/a.go", imports("bench", module+"/bench/world/grade"), ""},
		{"gold stays in the bench", "engine/a.go", imports("engine", "example.com/grade"), ""},
		{"gold stays in the bench", "cost/a_test.go", imports("cost_test", module+"/bench/world/grade"), ""},
		{"gold stays in the bench", "cost/a_test.go", imports("cost", module+"/bench/world/grade"), "imports a grader"},
		{"tests don't sleep", "tool/a_test.go", "package tool\nvar _ = time.Sleep\n", "a_test.go:2: a test sleeps"},
		{"tests don't sleep", "tool/a_test.go", "package tool\nimport \"testing/synctest\"\nvar _ = time.Sleep\n", ""},
		{"tests don't sleep", "tool/a.go", "package tool\nvar _ = time.Sleep\n", ""},
		{"no panic", "tool/a.go", "package tool\nfunc f() { panic(1) }\n", "a.go:2: f panics"},
		{"no panic", "tool/a.go", "package tool\nvar f = func() { panic(1) }\n", "panics"},
		{"no panic", "tool/a.go", "package tool\nfunc MustF() { panic(1) }\nfunc Func() { panic(1) }\n", ""},
		{"exported names are documented", "tool/a.go", "package tool\nfunc F() {}\n", "a.go:2: F has no comment"},
		{"exported names are documented", "tool/a.go", "package tool\ntype t int\nfunc (t) F() {}\nfunc g() {}\n", ""},
		{"exported names are documented", "tool/a.go", "package tool\ntype T int // a number\n// F is.\nfunc (*T) F() {}\nfunc (T) G() {}\n", "G has no comment"},
		{"exported names are documented", "tool/a.go", "package tool\nconst (\nA = 1 // one\nB = 2\n)\n", "a.go:4: B has no comment"},
		{"exported names are documented", "tool/a.go", "package tool\n// The letters.\nconst (\nA = 1\nB = 2\n)\n", ""},
		{"files and functions are short", "tool/a.go", "package tool\nfunc f() {" + long + "}\n", "f has 81 lines"},
		{"files and functions are short", "tool/a.go", "package tool\n" + strings.Repeat("\n", maxFileLines), "601 lines"},
		{"files and functions are short", "tool/a_test.go", "package tool\nfunc f() {" + long + "}\n", ""},
	} {
		s, err := parse(c.path, []byte(c.text))
		if err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		got := strings.Join(fileRules[c.rule](s), "\n")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %s: %.90q: got %q, want %q", c.rule, c.path, c.text, got, c.want)
		}
	}
}

func TestPackageComments(t *testing.T) {
	var all []source
	for name, text := range map[string]string{
		"a/x.go": "package a\n", "a/doc.go": "// Package a is.\npackage a\n", "b/x.go": "package b\n", "b/x_test.go": "// Package b is.\npackage b\n",
	} {
		s, err := parse(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if got := packageComments(all); len(got) != 1 || !strings.HasPrefix(got[0], "b/x.go:1: package b has no comment") {
		t.Errorf("got %v", got)
	}
}
