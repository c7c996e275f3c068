package bm25

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"read_file":                 {"read", "file"},
		"listFiles":                 {"list", "file"},
		"HTTPServer2Go":             {"http", "server", "2", "go"},
		"What do the Queries say?":  {"query", "say"},
		"boxes, classes; bus glass": {"boxe", "classe", "bus", "glass"},
		"Größe-ändern":              {"größe", "ändern"},
		"":                          nil,
		"the of":                    nil,
		"___":                       nil,
	} {
		if d := cmp.Diff(want, Words(text)); d != "" {
			t.Errorf("Words(%q): %s", text, d)
		}
	}
}

// The numbers are the formula's, worked out by hand: mean length 2, N = 2, n = 1, idf = ln 2.
func TestScoresFollowTheFormula(t *testing.T) {
	ix := New([][]string{{"a", "a", "b"}, {"b"}})
	norm := 1.2 * (0.25 + 0.75*3/2)
	want := math.Log(2) * 2 * 2.2 / (2 + norm)
	got := ix.Scores([]string{"a", "a"})
	if math.Abs(got[0]-want) > 1e-12 || got[1] != 0 {
		t.Errorf("Scores(a) = %v, want [%v 0]", got, want)
	}
	if got := ix.Scores([]string{"b"}); got[1] <= got[0] || got[0] <= 0 {
		t.Errorf("Scores(b) = %v: the shorter document should score more, both more than 0", got)
	}
}

func TestRankBreaksTiesByIndex(t *testing.T) {
	ix := New([][]string{{"x"}, {"a"}, {"a"}, {}})
	if got := ix.Rank([]string{"a"}); !slices.Equal(got, []int{1, 2, 0, 3}) {
		t.Errorf("Rank = %v", got)
	}
	if got := New(nil).Rank([]string{"a"}); len(got) != 0 {
		t.Errorf("an empty index ranks %v", got)
	}
}

func FuzzWords(f *testing.F) {
	f.Add("readHTTPFiles 3x")
	f.Add("\xff_\u0130")
	f.Fuzz(func(t *testing.T, s string) {
		for _, w := range Words(s) {
			if w == "" || stop[w] {
				t.Fatalf("%q: word %q", s, w)
			}
		}
	})
}
