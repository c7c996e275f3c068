package memory

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/tool"
)

// plan writes a plan as goal and calls: "search hotels: find city=Oslo; book" has two calls.
func plan(text string) Plan {
	goal, calls, _ := strings.Cut(text, ": ")
	p := Plan{Goal: goal}
	for c := range strings.SplitSeq(calls, "; ") {
		p.Calls = append(p.Calls, call(c))
	}
	return p
}

// call writes a call as its name and at most one argument: "find city=Oslo".
func call(text string) tool.Call {
	name, arg, has := strings.Cut(text, " ")
	args := "{}"
	if key, value, _ := strings.Cut(arg, "="); has {
		args = `{"` + key + `":"` + value + `"}`
	}
	return tool.Call{Tool: name, Args: json.RawMessage(args)}
}

// stores are the ways in which plans can be kept; each test of the store runs on both.
func stores(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Run("memory", func(t *testing.T) {
		s, err := New()
		if err != nil {
			t.Fatal(err)
		}
		test(t, s)
	})
	t.Run("file", func(t *testing.T) {
		s, err := Open(filepath.Join(t.TempDir(), "deep", "memory.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		test(t, s)
	})
}

func goals(plans []Plan) string {
	var all []string
	for _, p := range plans {
		all = append(all, p.Goal)
	}
	return strings.Join(all, ", ")
}

func stored(t *testing.T, s *Store) []Plan {
	t.Helper()
	plans, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return plans
}

func TestAddDropsWhatIsThere(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		spaced := plan("a: find city=Oslo")
		spaced.Calls[0].Args = json.RawMessage(`{ "city" : "Oslo" }`)
		for _, add := range []struct {
			plans []Plan
			want  int
		}{
			{[]Plan{plan("a: find city=Oslo"), plan("b: book")}, 2},
			{[]Plan{spaced}, 0},
			{[]Plan{plan("a: find city=Rome"), plan("c: book"), plan("c: book")}, 2},
		} {
			if n, err := s.Add(t.Context(), add.plans...); n != add.want || err != nil {
				t.Errorf("Add(%s) = %d, %v; want %d", goals(add.plans), n, err, add.want)
			}
		}
		if got := goals(stored(t, s)); got != "a, b, a, c" {
			t.Errorf("stored %s", got)
		}
	})
}

func TestAddRefusesAllOrNothing(t *testing.T) {
	bad := map[string]Plan{
		"goal":          {Calls: []tool.Call{call("x")}},
		"calls":         {Goal: "g"},
		"calls[1].tool": {Goal: "g", Calls: []tool.Call{call("x"), {}}},
		"calls[0].args": {Goal: "g", Calls: []tool.Call{{Tool: "x", Args: json.RawMessage(`[1]`)}}},
	}
	stores(t, func(t *testing.T, s *Store) {
		for field, p := range bad {
			_, err := s.Add(t.Context(), plan("good: x"), p)
			var pe *PlanError
			if !errors.As(err, &pe) || pe.Field != field || !strings.HasPrefix(err.Error(), "plan 2: ") {
				t.Errorf("%s: error %v", field, err)
			}
		}
		if n := len(stored(t, s)); n != 0 {
			t.Errorf("%d plans stored", n)
		}
	})
}

func TestGetAndRemoveByShortID(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		for id, p := range map[string]Plan{"ab1": plan("one: x"), "ab2": plan("two: x"), "c": plan("three: x")} {
			p.ID = id
			if _, err := s.Add(t.Context(), p); err != nil {
				t.Fatal(err)
			}
		}
		if p, err := s.Get(t.Context(), "ab2"); err != nil || p.Goal != "two" {
			t.Errorf("Get = %v, %v", p, err)
		}
		if err := s.Remove(t.Context(), "ab"); err == nil || !strings.Contains(err.Error(), "ab1") {
			t.Errorf("an ambiguous id: %v", err)
		}
		for _, id := range []string{"zz", ""} {
			if err := s.Remove(t.Context(), id); !errors.Is(err, ErrNotFound) {
				t.Errorf("id %q: %v", id, err)
			}
		}
		for _, id := range []string{"ab1", "ab"} { // the second is unambiguous now
			if err := s.Remove(t.Context(), id); err != nil {
				t.Error(err)
			}
		}
		if got := goals(stored(t, s)); got != "three" {
			t.Errorf("left: %s", got)
		}
		if err := s.Remove(t.Context(), "c"); err != nil || len(stored(t, s)) != 0 {
			t.Errorf("removing the last one: %v", err)
		}
	})
}

func TestIDsOfOthersAreRefused(t *testing.T) {
	a, b := plan("a: x"), plan("b: x")
	a.ID, b.ID = "same", "same"
	stores(t, func(t *testing.T, s *Store) {
		if n, err := s.Add(t.Context(), a, b); err == nil || n != 0 || len(stored(t, s)) != 0 {
			t.Errorf("added %d, %v", n, err)
		}
	})
}

func TestSearch(t *testing.T) {
	s, err := New(plan("book a flight to Oslo: x"), plan("list the hotels in Oslo: y"), plan("write a report: z"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		query string
		n     int
		want  string
	}{
		{"hotel Oslo", 0, "list the hotels in Oslo, book a flight to Oslo"},
		{"hotel Oslo", 1, "list the hotels in Oslo"},
		{"nothing alike", 3, ""},
	} {
		if plans, err := s.Search(t.Context(), tt.query, tt.n); err != nil || goals(plans) != tt.want {
			t.Errorf("Search(%q, %d) = %s, %v; want %s", tt.query, tt.n, goals(plans), err, tt.want)
		}
	}
}

func TestLearnNeedsEvidence(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		for _, e := range []Evidence{{}, {Accepted: true}, {CarriedOut: true}} {
			var refused *UnprovenError
			if _, err := s.Learn(t.Context(), plan("a: x"), e); !errors.As(err, &refused) || refused.Evidence != e {
				t.Errorf("%+v: %v", e, err)
			}
		}
		if n := len(stored(t, s)); n != 0 {
			t.Errorf("%d unproven plans stored", n)
		}
		proven := Evidence{Accepted: true, CarriedOut: true}
		for _, want := range []bool{true, false} {
			if added, err := s.Learn(t.Context(), plan("a: x"), proven); added != want || err != nil {
				t.Errorf("Learn = %v, %v; want %v", added, err, want)
			}
		}
	})
}

func TestFileKeepsEveryField(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory.jsonl")
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	p := plan("a < b & é: x k=v")
	p.ID, p.Source, p.Created = "mine", "run-7", time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	if _, err := s.Add(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Plan{p}, stored(t, again)); diff != "" {
		t.Error(diff)
	}
	want := `{"id":"mine","goal":"a < b & é","calls":[{"tool":"x","args":{"k":"v"}}],"source":"run-7","created":"2026-03-01T12:00:00Z"}` + "\n"
	if raw, _ := os.ReadFile(path); string(raw) != want {
		t.Errorf("file holds\n%s", raw)
	}
}

func TestOpenNamesTheLine(t *testing.T) {
	good := `{"id":"a","goal":"g","calls":[{"tool":"x"}]}`
	for _, tt := range []struct{ text, line, says string }{
		{good + "\n\n" + good, ":3: ", "id of line 1"},
		{"\n" + `{"gaol":"g"}`, ":2: ", "gaol: unknown key"},
		{`{"goal":"g","calls":[{"tool":"x"}]`, ":1: ", "want an object"},
		{`{"goal":"g","calls":[{"tool":"x","arg":{}}]}`, ":1: ", "calls[0].arg: unknown key"},
		{good + "\n# note", ":2: ", "want an object"},
		{`{"goal":"g","calls":[{"tool":"x"}],"created":"today"}`, ":1: ", "created: want a time"},
		{`{"goal":"g","calls":[{"tool":"x","args":` + strings.Repeat("[", 10000) + `}]}`, ":1: ", "200 levels"},
	} {
		path := filepath.Join(t.TempDir(), "memory.jsonl")
		if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path)
		var at *LineError
		if !errors.As(err, &at) || !strings.Contains(err.Error(), path+tt.line) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%.40q: error %v", tt.text, err)
		}
		if after, _ := os.ReadFile(path); string(after) != tt.text {
			t.Error("a broken file was changed")
		}
	}
}

func TestTwoWritersLoseNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory.jsonl")
	var wg sync.WaitGroup
	for _, who := range []string{"a", "b", "c"} {
		s, err := Open(path) // each with a lock of its own, as processes have
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for _, what := range []string{"1", "2", "3", "4", "5"} {
				if _, err := s.Add(context.Background(), plan(who+what+": x")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(stored(t, s)); n != 15 {
		t.Errorf("%d plans of 15", n)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 2 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestReplaceFollowsLinksAndKeepsModes(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "real.jsonl"), filepath.Join(dir, "memory.jsonl")
	if err := errors.Join(os.WriteFile(target, nil, 0o640), os.Chmod(target, 0o640), os.Symlink(target, link)); err != nil {
		t.Fatal(err)
	}
	s, err := Open(link)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add(t.Context(), plan("a: x")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(target)
	if err != nil || info.Size() == 0 || info.Mode().Perm() != 0o640 {
		t.Errorf("target: %v, %v", info, err)
	}
}

func TestLockedFileGivesUpWithItsContext(t *testing.T) {
	f := &file{path: filepath.Join(t.TempDir(), "memory.jsonl")}
	err := f.update(t.Context(), func([]Plan) ([]Plan, error) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := (&Store{plans: f}).Add(ctx, plan("a: x"))
		return nil, err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestUnwritableDirectoryIsAnError(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "blocked")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(blocked, "memory.jsonl")); err == nil {
		t.Error("a file under a file was opened")
	}
}

func TestDefaultPath(t *testing.T) {
	for _, tt := range []struct{ xdg, home, want string }{
		{"/data", "/home/u", "/data/azimuth/memory.jsonl"},
		{"", "/home/u", "/home/u/.local/share/azimuth/memory.jsonl"},
		{"", "", ""},
	} {
		env := map[string]string{"XDG_DATA_HOME": tt.xdg, "HOME": tt.home}
		got, err := DefaultPath(func(key string) string { return env[key] })
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%+v: %q, %v", tt, got, err)
		}
	}
}

func TestFailedReplaceLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	inTheWay := filepath.Join(dir, "memory.jsonl", "full")
	if err := os.MkdirAll(inTheWay, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := (&file{path: filepath.Dir(inTheWay)}).replace([]Plan{plan("a: x")}); err == nil {
		t.Error("a directory was replaced by a file")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestFullDiskIsAnError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full on this system")
	}
	defer full.Close()
	if err := writeLines(full, []Plan{plan("a: x")}); err == nil {
		t.Error("a full disk went unnoticed")
	}
}
