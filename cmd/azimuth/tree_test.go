package main

import (
	"strings"
	"testing"
)

// branching is a tree with a plan (1, 3, 5), a branch off it that goes on (2, 4) and one that ends (6).
func branching() *picture {
	return &picture{Goal: "the goal", Strategy: "astar auto", Model: "lexical", Status: "succeeded", Summary: "run x: succeeded", Nodes: []pictureNode{
		{ID: 0, Parent: -1, Label: "goal", Plan: true, Order: 1},
		{ID: 1, Parent: 0, Label: "look {}", Plan: true, Order: 2, G: 1, H: 2, F: 3},
		{ID: 2, Parent: 0, Label: "guess {}", Order: 3, G: 2, H: 2, F: 4, Why: "not below the real state"},
		{ID: 3, Parent: 1, Label: "book {}", Plan: true, G: 2, H: 1, F: 3, Chosen: "taken at f 3.00 before node 2 at 4.00", Known: "observed"},
		{ID: 4, Parent: 2, Label: "guess again {}", G: 3, H: 1, F: 4},
		{ID: 5, Parent: 3, Label: "finish: " + strings.Repeat("long ", 20), Plan: true, G: 3, F: 3},
		{ID: 6, Parent: 1, Label: "wait {}", G: 5, H: 1, F: 6, Status: "failed"},
	}}
}

func TestDraw(t *testing.T) {
	for _, c := range []struct {
		all  bool
		want string
	}{
		{false, `
● goal                                                    #1
├─ ✗ 2 guess {}                 g 2.00  h 2.00  f 4.00    #3
│  │   not below the real state
│  └─ 1 node below, folded
★ 1 look {}                     g 1.00  h 2.00  f 3.00    #2
├─ ✗ 6 wait {}                  g 5.00  h 1.00  f 6.00
★ 3 book {}                     g 2.00  h 1.00  f 3.00
│   taken at f 3.00 before node 2 at 4.00; observed
★ 5 finish: long long long lo…  g 3.00  h 0.00  f 3.00
`},
		{true, `
● goal                                                    #1
├─ ✗ 2 guess {}                 g 2.00  h 2.00  f 4.00    #3
│  │   not below the real state
│  · 4 guess again {}           g 3.00  h 1.00  f 4.00
★ 1 look {}                     g 1.00  h 2.00  f 3.00    #2
`},
	} {
		var b strings.Builder
		if err := branching().draw(&b, c.all, 60); err != nil {
			t.Fatal(err)
		}
		if want := strings.TrimPrefix(c.want, "\n"); !strings.Contains(b.String(), want) {
			t.Errorf("all %v: got\n%s\nwant\n%s", c.all, b.String(), want)
		}
	}
}

// A tree of one path stays as narrow as it is, however deep.
func TestDrawDeep(t *testing.T) {
	p := branching()
	for i := 7; i < 5000; i++ {
		p.Nodes = append(p.Nodes, pictureNode{ID: p.Nodes[i-1].ID + 1, Parent: i - 1, Label: "on {}"})
	}
	var b strings.Builder
	if err := p.draw(&b, true, 80); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if n := len([]rune(strings.TrimSpace(line))); n > 80 {
			t.Fatalf("%d characters: %s", n, line)
		}
	}
}

func TestWrap(t *testing.T) {
	if got := wrap("  one two three  four", 7, "- "); got != "one two\n- three\n- four" {
		t.Errorf("got %q", got)
	}
}

// Costs in fractions of a second are not all nought.
func TestNumbersSaySomething(t *testing.T) {
	for v, want := range map[float64]string{0: "0.00", 0.36: "0.36", -0.5: "-0.50", 0.0101: "0.01", 0.000352: "0.00035", 12: "12.00"} {
		if got := number(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}
