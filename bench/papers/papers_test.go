package papers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench"
)

func TestAll(t *testing.T) {
	seen := map[string]bool{}
	name, number := regexp.MustCompile(`^[a-z][a-z0-9]*$`), regexp.MustCompile(`^(\d{4}\.\d{4,5})?$`)
	for _, p := range All() {
		if seen[p.Name] || !name.MatchString(p.Name) || !number.MatchString(p.ArXiv) || p.Title == "" || p.Kind == "" || p.Room == "" {
			t.Errorf("%+v", p)
		}
		seen[p.Name] = true
		if (len(p.Places) > 0) != (p.Experiment != nil) {
			t.Errorf("%s: what is in has an experiment, what is not has none", p.Name)
		}
	}
	if len(seen) != 71 {
		t.Errorf("%d papers, want 71", len(seen))
	}
}

// Every place that is claimed is there.
func TestPlacesExist(t *testing.T) {
	n := 0
	for _, p := range All() {
		for _, place := range p.Places {
			n++
			if err := exists(place); err != nil {
				t.Errorf("%s: %v", p.Name, err)
			}
		}
	}
	if n == 0 {
		t.Error("nothing is in")
	}
	for _, wrong := range []string{"search.Nothing", "cost/nothing.go", "nowhere.Paper", "memory.Index.Nothing", "search"} {
		if exists(wrong) == nil {
			t.Errorf("%s is taken for a place", wrong)
		}
	}
	if err := exists("memory.Index.Step"); err != nil {
		t.Error(err)
	}
}

var root = filepath.Join("..", "..")

// exists looks a place up: a file, or folder.Name, or folder.Type.Method.
func exists(place string) error {
	if strings.HasSuffix(place, ".go") {
		_, err := os.Stat(filepath.Join(root, filepath.FromSlash(place)))
		return err
	}
	dir, name, ok := strings.Cut(place, ".")
	if !ok {
		return errors.New(place + " is neither a file nor folder.Name")
	}
	files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(dir), "*.go"))
	if err != nil || len(files) == 0 {
		return errors.Join(err, fs.ErrNotExist, errors.New(dir+": no Go files"))
	}
	for _, f := range files {
		file, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if declares(file, name) {
			return nil
		}
	}
	return errors.New(place + ": no such name")
}

func declares(f *ast.File, name string) bool {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if receiver(d)+d.Name.Name == name {
				return true
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					if s.Name.Name == name {
						return true
					}
				case *ast.ValueSpec:
					for _, id := range s.Names {
						if id.Name == name {
							return true
						}
					}
				}
			}
		}
	}
	return false
}

func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	name := ""
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && name == "" {
			name = id.Name + "."
		}
		return name == ""
	})
	return name
}

func TestJSON(t *testing.T) {
	raw, err := json.Marshal(All())
	if err != nil {
		t.Fatal(err)
	}
	var back []map[string]string
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	first, second := back[0], back[1]
	if len(back) != 71 || len(first) != 6 || first["name"] != "toolchain" || first["arxiv"] != "2310.13227" || first["status"] != "in" || !strings.Contains(first["place"], "search.Paper") {
		t.Errorf("got %v", first)
	}
	for _, p := range back {
		if p["status"] == NotYet != (p["place"] == "") {
			t.Errorf("got %v", second)
		}
	}
}

func TestFind(t *testing.T) {
	var unknown *bench.UnknownError
	if _, err := Find("perpetuum"); !errors.As(err, &unknown) || len(unknown.Known) != 71 || !strings.Contains(err.Error(), "toolchain, sla") {
		t.Errorf("got %v", err)
	}
	if p, err := FindExperiment("toolchain"); err != nil || p.Experiment == nil {
		t.Errorf("got %v", err)
	}
	for _, p := range All() {
		if p.Experiment == nil {
			if _, err := FindExperiment(p.Name); err == nil || !strings.Contains(err.Error(), "not in yet") || !strings.Contains(err.Error(), "toolchain") {
				t.Errorf("got %v", err)
			}
			break
		}
	}
}

// A claim holds when every point that it rests on does, and a failing one is said to fail.
func TestVerdict(t *testing.T) {
	f := (&Finding{Measured: []Point{{What: "a", Got: "1"}, {What: "b", Got: "2", Want: "2", Holds: true}}}).judge()
	if !f.Holds || f.Verdict() != "the claim holds here" {
		t.Errorf("got %+v", f)
	}
	f.Simulated, f.Measured[1].Holds = "SIMULATED proposer", false
	f.judge()
	var b bytes.Buffer
	if err := f.Text(&b); err != nil {
		t.Fatal(err)
	}
	if f.Holds || !strings.Contains(b.String(), "✗ b: 2 (wanted: 2)") || !strings.Contains(b.String(), "does NOT hold") || !strings.Contains(b.String(), "SIMULATED proposer: no model's result") {
		t.Errorf("got %s", b.String())
	}
}

// The experiment at its smallest size: it measures every contender and each component, and says that it is simulated.
func TestToolchain(t *testing.T) {
	f, err := experiment(toolchain)(t.Context(), &Options{Scale: 0.02})
	if err != nil {
		t.Fatal(err)
	}
	wants := 0
	for _, p := range f.Measured {
		if p.Want != "" {
			wants++
		}
	}
	if wants != 2*(2+4) || len(f.Measured) < wants+2*5 || !strings.Contains(f.Simulated, "SIMULATED") {
		t.Errorf("got %+v", f)
	}
	if _, err := experiment(toolchain)(t.Context(), &Options{Scale: -1}); err == nil || !strings.Contains(err.Error(), "scale: -1") {
		t.Errorf("got %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := experiment(toolchain)(stopped, &Options{Scale: 0.02}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
