package lint

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// module is the path that all our import paths begin with.
const module = "github.com/azimuthdev/azimuth"

// source is one parsed Go file.
type source struct {
	path string // from the root of the repository, with slashes
	fset *token.FileSet
	file *ast.File
}

func (s source) dir() string { return path.Dir(s.path) }
func (s source) test() bool  { return strings.HasSuffix(s.path, "_test.go") }

// external says whether the file is a test in a package of its own.
func (s source) external() bool { return s.test() && strings.HasSuffix(s.file.Name.Name, "_test") }

func (s source) imports(p string) bool {
	for _, i := range s.file.Imports {
		if strings.Trim(i.Path.Value, `"`) == p {
			return true
		}
	}
	return false
}

// at begins a finding about a place in the file.
func (s source) at(p token.Pos, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s", s.path, s.fset.Position(p).Line, fmt.Sprintf(format, args...))
}

// rule looks at one file and returns its findings.
type rule func(source) []string

var fileRules = map[string]rule{
	"imports point down":            importsPointDown,
	"heavy modules stay in rooms":   heavyModules,
	"gold stays in the bench":       goldStaysInBench,
	"tests don't sleep":             noSleep,
	"no panic":                      noPanic,
	"exported names are documented": exportedDocumented,
	"files and functions are short": shortEnough,
}

func TestRules(t *testing.T) {
	all := sources(t)
	if len(all) < 50 {
		t.Fatalf("only %d Go files found: the walk is broken", len(all))
	}
	for name, r := range fileRules {
		t.Run(name, func(t *testing.T) {
			for _, s := range all {
				report(t, r(s))
			}
		})
	}
	t.Run("packages have a comment", func(t *testing.T) { report(t, packageComments(all)) })
}

func report(t *testing.T, findings []string) {
	t.Helper()
	for _, f := range findings {
		t.Error(f)
	}
}

func parse(name string, text []byte) (source, error) {
	s := source{path: name, fset: token.NewFileSet()}
	var err error
	s.file, err = parser.ParseFile(s.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return s, err
}

var root = filepath.Join("..", "..")

var load = sync.OnceValues(func() ([]source, error) {
	var all []source
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipped(p, d.Name())
		}
		if !strings.HasSuffix(p, ".go") {
			return nil
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		s, err := parse(filepath.ToSlash(rel), text)
		all = append(all, s)
		return err
	})
	return all, err
})

// skipped leaves out what is not ours: caches, installed packages, test data.
func skipped(p, name string) error {
	if p != root && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata" || name == "bin") {
		return fs.SkipDir
	}
	return nil
}

func sources(t *testing.T) []source {
	t.Helper()
	all, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}
