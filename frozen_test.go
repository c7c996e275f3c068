package azimuth_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/journal/sqlite"
	"github.com/azimuthdev/azimuth/judge"
)

var freeze = flag.Bool("freeze", false, "write the frozen journal of this version anew: only before the version is released")

const frozenFolder = "testdata/journal"

// frozen is what a frozen journal must read as, by every later version.
type frozen struct {
	Status string   `json:"status"`
	Answer string   `json:"answer"`
	Steps  []string `json:"steps"`
	Nodes  int      `json:"nodes"`
	Digest string   `json:"digest"`
}

func frozenName(ext string) string {
	return filepath.Join(frozenFolder, fmt.Sprintf("v%d.%s", journal.Version, ext))
}

// TestFrozenJournal reads a journal that an earlier build of this version wrote, from both of its forms, and expects the
// same tree, the same steps, and nothing to be done again.
func TestFrozenJournal(t *testing.T) {
	if *freeze {
		writeFrozen(t)
	}
	raw, err := os.ReadFile(frozenName("json"))
	if err != nil {
		t.Fatal(err)
	}
	var want frozen
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	for form, store := range map[string]journal.Store{"jsonl": importFrozen(t), "sqlite": copyFrozen(t)} {
		v, err := azimuth.OpenView(context.Background(), store, "frozen", nil)
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		if d := cmp.Diff(want, frozenOf(v)); d != "" {
			t.Errorf("%s: %s", form, d)
		}
		var c cafe
		r, err := agent(t, &c, azimuth.Options{Store: store}).Resume(context.Background(), "frozen", nil)
		if err != nil || r.Status != engine.Succeeded || c.booked.Load() != 0 {
			t.Errorf("%s: resumed to %+v %v, %d bookings", form, r, err, c.booked.Load())
		}
	}
}

func frozenOf(v *azimuth.View) frozen {
	f := frozen{Status: v.Run.Status, Answer: v.Result.Answer, Nodes: v.Tree.Len(), Digest: fmt.Sprintf("%016x", v.Tree.Digest())}
	for _, s := range v.Result.Steps {
		f.Steps = append(f.Steps, fmt.Sprintf("%s %s %s", s.Tool, s.Args, s.Status))
	}
	return f
}

func importFrozen(t *testing.T) journal.Store {
	t.Helper()
	f, err := os.Open(frozenName("jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := journal.NewMemory()
	if _, err := journal.Import(context.Background(), s, f); err != nil {
		t.Fatal(err)
	}
	return s
}

func copyFrozen(t *testing.T) journal.Store {
	t.Helper()
	raw, err := os.ReadFile(frozenName("db"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "frozen.db")
	if err := os.WriteFile(path, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// writeFrozen makes a run that has a record of every kind: a café that is closed at first, a judge, approvals.
func writeFrozen(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "frozen.db")
	s, err := sqlite.Open(ctx, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	j, err := judge.Expression(`steps.exists(s, s.tool == "book_table" && s.error == "")`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var c cafe
	a := agent(t, &c, azimuth.Options{
		Settings: azimuth.Settings{Preset: "azimuth", Seed: 3, Temperature: 2}, Store: s, Judge: j, Approve: effect.Policy{Mode: effect.AllMode},
		NewID: func() string { return "frozen" }, Now: func() time.Time { return time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC) },
	})
	if r, err := a.Run(ctx, goal); err != nil || r.Status != engine.Succeeded {
		t.Fatal(r, err)
	}
	v, err := azimuth.OpenView(ctx, s, "frozen", nil)
	if err != nil {
		t.Fatal(err)
	}
	writeTo(t, frozenName("json"), func(f *os.File) error {
		e := json.NewEncoder(f)
		e.SetIndent("", "  ")
		return e.Encode(frozenOf(v))
	})
	writeTo(t, frozenName("jsonl"), func(f *os.File) error { return journal.Export(ctx, s, "frozen", f) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	writeTo(t, frozenName("db"), func(f *os.File) error { _, err := f.Write(raw); return err })
}

func writeTo(t *testing.T, path string, write func(*os.File) error) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := write(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
