package world

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

func TestNames(t *testing.T) {
	if got := Names(); !slices.Equal(got, []string{"arith", "blocks", "game24", "home", "household", "sheets", "toolpath", "trip"}) {
		t.Errorf("got %v", got)
	}
}

// TestAbout: what is said of a world in a line names as many tools as it has.
func TestAbout(t *testing.T) {
	words := map[string]int{"a calculator": 1, "one tool": 1}
	for _, name := range Names() {
		w, err := Open(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		about, said := About(name), 0
		if _, list, ok := strings.Cut(about, ": "); ok {
			fmt.Sscan(list, &said)
		}
		for word, n := range words {
			if strings.Contains(about, word) {
				said = n
			}
		}
		if said != len(w.Specs()) {
			t.Errorf("%s has %d tools: %q", name, len(w.Specs()), about)
		}
	}
	if About("moon") != "" {
		t.Error("there is a moon")
	}
}

func TestUnknownWorldNamesTheOthers(t *testing.T) {
	_, err1 := Open("moon", nil)
	_, err2 := Tasks("moon", 1, 1)
	_, err3 := Demos("moon", 1, 1)
	for _, err := range []error{err1, err2, err3} {
		var unknown *UnknownError
		if !errors.As(err, &unknown) || !strings.Contains(err.Error(), "home, household") {
			t.Errorf("got %v", err)
		}
	}
}

func TestBadNumbersAreRefused(t *testing.T) {
	_, err1 := Open("home", &Options{Distractors: MaxDistractors + 1})
	_, err2 := Tasks("home", 1, -1)
	_, err3 := Demos("home", 1, -1)
	for _, err := range []error{err1, err2, err3} {
		if err == nil {
			t.Error("a bad number is accepted")
		}
	}
}

// end is what the state holds after a demonstration; in the other worlds every request has an end of its own.
var end = map[string]string{"home": `"searched":true`, "trip": `"searched":true`, "game24": `{"numbers":["24"]}`}

// Demonstrations work, in worlds that keep their promises, with distracting tools as well.
func TestDemosWork(t *testing.T) {
	for _, name := range Names() {
		for _, o := range []*Options{nil, {Distractors: 24, Seed: 1}} {
			demos, err := Demos(name, 3, 20)
			if err != nil {
				t.Fatal(err)
			}
			fresh := func(i int) tool.World {
				w, err := Open(fmt.Sprintf("%s-demo-3-%d", name, i), o)
				if err != nil {
					t.Fatal(err)
				}
				return w
			}
			if w := fresh(0); o != nil {
				plain, _ := Open(name, nil)
				if len(w.Specs()) != len(plain.Specs())+24 {
					t.Errorf("%s: %d tools with 24 distractors, %d without", name, len(w.Specs()), len(plain.Specs()))
				}
			}
			tooltest.World(t, fresh(0).Fork, demos[0].Calls...)
			for i, d := range demos {
				if goal, err := Goal(fmt.Sprintf("%s-demo-3-%d", name, i)); goal != d.Goal {
					t.Errorf("the goal of %s %d is %q, %v", name, i, goal, err)
				}
				f := fresh(i)
				for _, c := range d.Calls {
					if res, err := f.Call(t.Context(), c); err != nil || res.IsError {
						t.Errorf("%q: %v: %+v, %v", d.Goal, c, res, err)
					}
				}
				if !strings.Contains(string(f.State()), end[name]) {
					t.Errorf("%q ends in %s", d.Goal, f.State())
				}
			}
		}
	}
}

// By name, each world opens in a state of its own that does not depend on a seed, and its own promises hold there.
func TestOpenByName(t *testing.T) {
	for _, name := range Names() {
		tooltest.World(t, func() tool.World {
			w, err := Open(name, nil)
			if err != nil {
				t.Fatal(err)
			}
			return w
		})
	}
	for _, bad := range []string{"moon-7-1", "home-7", "sheets-7-x"} {
		if _, err := Open(bad, nil); err == nil {
			t.Errorf("%s is opened", bad)
		}
	}
}

func TestTasksAreFixed(t *testing.T) {
	for _, name := range Names() {
		a, _ := Tasks(name, 5, 10)
		b, _ := Tasks(name, 5, 5)
		other, _ := Tasks(name, 6, 1)
		if !slices.Equal(a[:5], b) {
			t.Errorf("%s: requests depend on how many are drawn", name)
		}
		if a[0].Goal == other[0].Goal || a[0].ID != name+"-5-0" {
			t.Errorf("got %+v, and of another seed %+v", a[0], other[0])
		}
	}
}

// Requests vary, and no demonstration names a place that a task names first, so none is the answer to one.
func TestRequestsVaryAndDemosAreNotTasks(t *testing.T) {
	for _, name := range Names() {
		tasks, err := Tasks(name, 3, 500)
		if err != nil {
			t.Fatal(err)
		}
		goals, openings := map[string]bool{}, map[string]bool{}
		for _, task := range tasks {
			goals[task.Goal] = true
			openings[strings.Join(strings.Fields(task.Goal)[:3], " ")] = true
		}
		if len(openings) < 15 {
			t.Errorf("%s: only %d ways to begin: %v", name, len(openings), openings)
		}
		for i := range 500 {
			goal, err := Goal(fmt.Sprintf("%s-demo-3-%d", name, i)) // what Demos would solve as well
			if err != nil || goals[goal] {
				t.Errorf("%q is a task too, or %v", goal, err)
			}
		}
	}
}

// Gold never enters: outside of the bench nothing may import a grade package or the simulation that knows gold,
// and inside of it not the worlds themselves.
func TestGoldIsOutOfReach(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && rel != "." || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || mayKnow(rel) {
			return nil
		}
		for _, imp := range imports(t, path) {
			if strings.HasSuffix(imp, "/grade") || strings.HasSuffix(imp, "/bench/noisy") {
				t.Errorf("%s imports %s", rel, imp)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// mayKnow says whether a file belongs to the part of the bench that grades.
func mayKnow(rel string) bool {
	if !strings.HasPrefix(rel, "bench/") {
		return false
	}
	return !strings.HasPrefix(rel, "bench/world/") || strings.Contains(rel, "/grade/")
}

func imports(t *testing.T, path string) []string {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil // somebody moved it meanwhile
	}
	f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
	if err != nil {
		t.Logf("%s is not read: %v", path, err)
		return nil
	}
	var out []string
	for _, spec := range f.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			out = append(out, p)
		}
	}
	return out
}

func BenchmarkFork(b *testing.B) {
	w, err := Open("trip", nil)
	if err != nil {
		b.Fatal(err)
	}
	demos, _ := Demos("trip", 1, 1)
	for _, c := range demos[0].Calls {
		if _, err := w.Call(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
	var f tool.World
	for b.Loop() {
		f = w.Fork()
	}
	_ = f
}

func BenchmarkPlan(b *testing.B) {
	w, err := Open("trip", nil)
	if err != nil {
		b.Fatal(err)
	}
	demos, _ := Demos("trip", 1, 1)
	for b.Loop() {
		f := w.Fork()
		for _, c := range demos[0].Calls {
			if _, err := f.Call(b.Context(), c); err != nil {
				b.Fatal(err)
			}
		}
		_ = f.State()
	}
}
