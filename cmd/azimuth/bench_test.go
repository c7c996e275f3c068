package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/report"
)

// benched runs a command line and returns its exit code and what it wrote.
func benched(t *testing.T, args ...string) (code int, out, said string) {
	t.Helper()
	var o, e bytes.Buffer
	home := t.TempDir()
	code = execute(t.Context(), args, &env{
		out: &o, err: &e, width: 120, environ: func() []string { return nil },
		getenv: func(name string) string {
			if name == "HOME" {
				return home
			}
			return ""
		},
	})
	return code, o.String(), e.String()
}

func TestBenchRunAndReport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	line := []string{"bench", "run", "--suite", "home", "--strategies", "greedy,vote:k=3", "--tasks", "3", "--seeds", "1", "--budget", "calls=5", "--budget", "calls=10",
		"--errors", "diffuse,skewed", "--judge", "none,noisy", "--out", dir}
	code, out, said := benched(t, line...)
	if code != exitOK || strings.Count(out, "SIMULATED proposer (p=0.65") < 8 || !strings.Contains(out, "vote:k=3") || !strings.Contains(said, "48 of 48 tasks") {
		t.Fatalf("exit %d\n%s%s", code, out, said)
	}
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil || !bytes.Contains(page, []byte("<svg")) {
		t.Errorf("the page: %v", err)
	}
	if code, _, said := benched(t, line...); code != exitUsage || !strings.Contains(said, "--resume") {
		t.Errorf("without --resume: exit %d, %s", code, said)
	}
	if code, again, said := benched(t, append(line, "--resume")...); code != exitOK || again != out || strings.Contains(said, "2 of 48") {
		t.Errorf("with --resume: exit %d, %s\n%s", code, said, again)
	}
	if code, _, said := benched(t, append(line, "--resume", "--tasks", "4")...); code != exitUsage || !strings.Contains(said, "tasks was 3 and is 4") {
		t.Errorf("another spec: exit %d, %s", code, said)
	}
	code, out, _ = benched(t, "--json", "bench", "report", dir, "--against", "greedy")
	var r report.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != exitOK {
		t.Fatalf("exit %d: %v", code, err)
	}
	if r.Against[0] != "greedy" || len(r.Tables) != 8 || r.Missing != 0 || !strings.Contains(strings.Join(r.Manifests[0].Command, " "), "--budget calls=5 --budget calls=10 --judge none --judge noisy --p 0.65 --e 0.3 --errors diffuse,skewed") {
		t.Errorf("got %+v", r.Manifests)
	}
}

// One command makes the tables that pages are pasted from, over several directories.
func TestBenchReportViews(t *testing.T) {
	tmp := t.TempDir()
	var dirs []string
	for _, suite := range []string{"home", "sheets"} {
		dir := filepath.Join(tmp, suite)
		if code, out, said := benched(t, "-q", "bench", "run", "--suite", suite, "--strategies", "vote:k=3,astar:preset=auto:k=3", "--tasks", "4", "--seeds", "1", "--budget", "calls=20",
			"--errors", "diffuse,skewed", "--out", dir); code != exitOK {
			t.Fatalf("exit %d\n%s%s", code, out, said)
		}
		dirs = append(dirs, dir)
	}
	line := append([]string{"bench", "report", "--against", "vote:k=3", "--pool", "suite", "--show", "grid,differences,verdict,signs", "--markdown", "--out", filepath.Join(tmp, "both")}, dirs...)
	code, out, said := benched(t, line...)
	for _, want := range []string{"### SIMULATED: home and sheets\n", "| `auto` k=3 less `vote` k=3 |", "| `auto` k=3 | skewed, no judge | 1 |", "always `vote` k=3"} {
		if code != exitOK || !strings.Contains(out, want) || !strings.Contains(said, "both") {
			t.Errorf("exit %d, no %q in %s%s", code, want, out, said)
		}
	}
	for wrong, want := range map[string]string{"--show=moon": "there are tables, grid", "--pool=moon": "there are suite, p", "--of=moon": "there are vote:k=3"} {
		if code, _, said := benched(t, "bench", "report", dirs[0], wrong); code != exitUsage || !strings.Contains(said, want) {
			t.Errorf("%s: exit %d, %s", wrong, code, said)
		}
	}
}

// What is unknown is listed, what is out of range is named, and nothing is written.
func TestBenchRefuses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	for _, c := range []struct {
		change []string
		want   string
	}{
		{[]string{"--suite", "moon"}, "home, home-crowded, "},
		{[]string{"--strategies", "annealing"}, "astar"},
		{[]string{"--strategies", "vote:k=-2"}, "[0,1000]"},
		{[]string{"--p", "1.5"}, "p: 1.5"},
		{[]string{"--errors", "odd"}, "diffuse or skewed"},
		{[]string{"--judge", "oracle"}, "oracle"},
		{[]string{"--against", "astar"}, "vote"},
		{[]string{"--budget", "calls=many"}, "calls"},
		{[]string{"--tasks=-1"}, "1 to 100,000"},
		{[]string{"--parallel=-1"}, "1 to 1,024"},
	} {
		line := append([]string{"bench", "run", "--out", dir}, c.change...)
		for flag, value := range map[string]string{"--suite": "home", "--strategies": "vote"} {
			if c.change[0] != flag {
				line = append(line, flag, value)
			}
		}
		if code, out, said := benched(t, line...); code != exitUsage || !strings.Contains(said, c.want) {
			t.Errorf("%v: exit %d, no %q in %s%s", c.change, code, c.want, out, said)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a directory was made")
	}
	if code, _, said := benched(t, "bench", "report", dir); code != exitUsage || !strings.Contains(said, "no results") {
		t.Errorf("report: exit %d, %s", code, said)
	}
}

func TestBenchList(t *testing.T) {
	if code, out, _ := benched(t, "bench", "list"); code != exitOK || !strings.Contains(out, "trip-crowded") || !strings.Contains(out, "astar") || !strings.Contains(out, "toolchain") {
		t.Errorf("exit %d, %s", code, out)
	}
}

// The exit code follows the verdict, whichever it is at this size.
func TestBenchPaper(t *testing.T) {
	code, out, _ := benched(t, "-q", "bench", "paper", "dynaicl", "--scale", "0.02")
	fails := strings.Contains(out, "does NOT hold")
	if !strings.Contains(out, "claim:") || !strings.Contains(out, "SIMULATED") || (code == exitFailed) != fails || (code == exitOK) == fails {
		t.Errorf("exit %d, %s", code, out)
	}
	if code, _, said := benched(t, "bench", "paper", "perpetuum"); code != exitUsage || !strings.Contains(said, "there are toolchain, ") {
		t.Errorf("exit %d, %s", code, said)
	}
}
