package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/bench"
	"github.com/azimuthdev/azimuth/budget"
)

var date = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

// measured makes a report of two contenders at two budgets, in which astar solves more for fewer calls.
func measured(t *testing.T, change func(*bench.Spec)) *Report {
	t.Helper()
	s := bench.Spec{
		Suites: []string{"home"}, Strategies: []string{"vote", "astar:preset=azimuth"}, Tasks: 20, Seeds: 1,
		Budgets: []budget.Limits{{ModelCalls: 10}, {ModelCalls: 40}},
	}
	if change != nil {
		change(&s)
	}
	s = s.WithDefaults()
	var rows []bench.Row
	solved := map[string][2]int{"vote": {4, 10}, "astar:preset=azimuth": {10, 18}}
	for b, c := range s.Conditions() {
		for name, n := range solved {
			for i := range s.Tasks {
				calls := int(c.Budget.ModelCalls) - 2*b
				rows = append(rows, bench.Row{Key: bench.Key{Condition: c, Contender: name, Seed: 1, Task: i},
					Measures: bench.Measures{Success: i < n[b%2], Finished: true, ModelCalls: calls, Samples: 5 * calls, Prompt: 1500 * calls, Effects: 7, Steps: 8, WallMS: 3}})
			}
		}
	}
	m := bench.Manifest{Format: 1, Started: date, Command: []string{"azimuth", "bench", "<run>"}, Spec: s, Model: s.Model}
	for _, c := range s.Conditions()[:1] {
		if c.Simulated() != "" {
			m.Simulated = []string{c.Simulated()}
		}
	}
	r, err := New(&bench.Results{Manifests: []bench.Manifest{m}, Rows: rows, Missing: len(s.Conditions())*2*20 - len(rows)}, date, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func pageOf(t *testing.T, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.HTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func textOf(t *testing.T, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Text(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The page must open from a disk without a network, years later.
func TestPageLoadsNothing(t *testing.T) {
	p := strings.ReplaceAll(pageOf(t, measured(t, nil)), `href="#`, "") // a place on the page itself
	for _, bad := range []string{"http:", "https:", "//", "src=", "href=", "url(", "@import", "<script", "<link", "<iframe", "<img", "<object", "ZgotmplZ"} {
		if i := strings.Index(p, bad); i >= 0 {
			t.Errorf("the page has %q: %.80q", bad, p[i:])
		}
	}
	if !strings.Contains(p, "prefers-color-scheme: dark") || !strings.Contains(p, "color-scheme: light dark") {
		t.Error("the page has one colour scheme only")
	}
	if strings.Contains(p, "<run>") || !strings.Contains(p, "&lt;run&gt;") {
		t.Error("text from outside is not escaped")
	}
}

// Every plot is a well-formed picture with a line for each contender and a dot for each budget.
func TestPlots(t *testing.T) {
	svgs := regexp.MustCompile(`(?s)<svg viewBox="0 0 .*?</svg>`).FindAllString(pageOf(t, measured(t, nil)), -1)
	if len(svgs) != 2 {
		t.Fatalf("%d plots", len(svgs))
	}
	for _, s := range svgs {
		d := xml.NewDecoder(strings.NewReader(s))
		n := map[string]int{}
		for {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if e, ok := tok.(xml.StartElement); ok {
				n[e.Name.Local]++
			}
		}
		if n["circle"] != 4 || n["g"] != 2+4 || n["title"] != 4 {
			t.Errorf("elements: %v", n)
		}
		if strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
			t.Error("a number is none")
		}
	}
}

func TestFront(t *testing.T) {
	p := plot{Right: 100, Series: []series{{Points: []dot{{xy: xy{10, 50}}, {xy: xy{20, 60}}}}, {Points: []dot{{xy: xy{30, 20}}, {xy: xy{30, 25}}}}}}
	p.front()
	want := []xy{{10, 50}, {30, 50}, {30, 20}, {100, 20}}
	if len(p.Front) != len(want) {
		t.Fatalf("got %v, want %v", p.Front, want)
	}
	for i := range want {
		if p.Front[i] != want[i] {
			t.Errorf("got %v, want %v", p.Front, want)
		}
	}
}

// Points of the front have names where there is room for them: one of three that are close, and one that is far away.
func TestNames(t *testing.T) {
	at := func(name string, x, y float64) series { return series{Name: name, Points: []dot{{xy: xy{x, y}}}} }
	p := plot{Right: 600, Series: []series{at("low", 10, 300), at("near", 20, 295), at("nearer", 30, 290), at("high", 40, 100), at("behind", 50, 200), at("right", 500, 95)}}
	p.front()
	var got []string
	for _, l := range p.Labels {
		got = append(got, fmt.Sprint(l.Text, " ", l.End))
	}
	if want := []string{"low false", "high false", "right true"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A page of several conditions says which there are, and each of its links leads somewhere.
func TestContents(t *testing.T) {
	p := pageOf(t, measured(t, func(s *bench.Spec) { s.Judges = []string{"none", "noisy"} }))
	links := regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(p, -1)
	if len(links) != 2 {
		t.Fatalf("%d links, want one a condition", len(links))
	}
	for _, l := range links {
		if strings.Count(p, `id="`+l[1]+`"`) != 1 {
			t.Errorf("%s leads nowhere", l[0])
		}
	}
}

func TestScale(t *testing.T) {
	s := newScale([]float64{10, 80})
	if a, b := s.at(10), s.at(20); !(padL < a && a < b && b < plotW-padR) {
		t.Errorf("10 is at %v, 20 at %v", a, b)
	}
	if one, two := s.at(20)-s.at(10), s.at(40)-s.at(20); one-two > 0.2 || two-one > 0.2 {
		t.Errorf("doubling moves by %v and by %v", one, two)
	}
	if got := newScale(nil).ticks(); len(got) == 0 {
		t.Error("no ticks without points")
	}
}

// Whatever rests on a simulation says so, in each form; what does not, does not.
func TestSimulationIsSaid(t *testing.T) {
	r := measured(t, nil)
	for name, s := range map[string]string{"text": textOf(t, r), "page": pageOf(t, r)} {
		for _, table := range r.Tables {
			if !strings.Contains(s, table.Heading) || !strings.Contains(table.Heading, "SIMULATED proposer (p=0.65, e=0.3, diffuse errors)") {
				t.Errorf("%s: a table without a word about its simulation: %s", name, table.Heading)
			}
		}
	}
	truth := measured(t, func(s *bench.Spec) { s.Model = "lexical" })
	if s := textOf(t, truth) + pageOf(t, truth); strings.Contains(s, "SIMULATED") || strings.Contains(s, "simulation that") {
		t.Error("a real model's table says that it is simulated")
	}
}

func TestText(t *testing.T) {
	s := textOf(t, measured(t, nil))
	for _, want := range []string{"+40.0 (p .004)", "90.0", "69.9–97.2", "57.0k", "against vote", "3.80, best +40.0 points", "Holm"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in\n%s", want, s)
		}
	}
	if strings.Contains(s, "not measured") {
		t.Errorf("everything was measured:\n%s", s)
	}
}

// Among several, each table is compared with the best; the others' own lines stay.
func TestAgainstTheBest(t *testing.T) {
	full := measured(t, nil)
	var rows []bench.Row
	for _, c := range full.Manifests[0].Spec.Conditions() {
		for i := range 20 {
			rows = append(rows,
				bench.Row{Key: bench.Key{Condition: c, Contender: "vote", Seed: 1, Task: i}, Measures: bench.Measures{Success: i < 9, ModelCalls: 10}},
				bench.Row{Key: bench.Key{Condition: c, Contender: "greedy", Seed: 1, Task: i}, Measures: bench.Measures{Success: i < 4, ModelCalls: 5}},
				bench.Row{Key: bench.Key{Condition: c, Contender: "astar", Seed: 1, Task: i}, Measures: bench.Measures{Success: i < 15, ModelCalls: 8, Status: "succeeded"}})
		}
	}
	full.Manifests[0].Spec.Strategies = []string{"greedy", "vote", "astar"}
	r, err := New(&bench.Results{Manifests: full.Manifests, Rows: rows}, date, &Options{Against: []string{"greedy", "vote"}})
	if err != nil {
		t.Fatal(err)
	}
	s := textOf(t, r)
	if !strings.Contains(s, "against vote") || strings.Contains(s, "against greedy") || len(r.Savings) != 1 || r.Savings[0].Baseline != "vote" || r.Savings[0].Ratio.Ratio != 1.25 {
		t.Errorf("got %+v\n%s", r.Savings, s)
	}
	if !strings.Contains(s, "best of greedy, vote, which favours that one") || !strings.Contains(s, "100.0") {
		t.Errorf("got %s", s)
	}
}

func TestMissingRowsAreSaid(t *testing.T) {
	full := measured(t, nil)
	r, err := New(&bench.Results{Manifests: full.Manifests, Missing: 80}, date, &Options{Against: []string{"vote"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(&bench.Results{Manifests: full.Manifests}, date, &Options{Against: []string{"nobody"}}); err == nil || !strings.Contains(err.Error(), "vote, astar") {
		t.Errorf("an unknown contender: %v", err)
	}
	if r.Missing != 80 || !strings.Contains(textOf(t, r), "80 of 80 tasks were not measured") || !strings.Contains(pageOf(t, r), "80 tasks were not measured") {
		t.Errorf("got %d missing", r.Missing)
	}
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	if err := measured(t, nil).JSON(&b); err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if back.Format != Format || back.Against[0] != "vote" || len(back.Tables) != 2 || len(back.Savings) != 1 || !back.Written.Equal(date) || back.Manifests[0].Spec.Tasks != 20 {
		t.Errorf("got %+v", back)
	}
	if back.Savings[0].Baseline != "vote" || !back.Savings[0].Reached {
		t.Errorf("got %+v", back.Savings[0])
	}
}
