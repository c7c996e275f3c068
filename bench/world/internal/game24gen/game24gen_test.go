package game24gen

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

// 1,362 is the count that the literature gives.
func TestHowManyPuzzlesAreSolvable(t *testing.T) {
	if n := len(Puzzles()); n != 1362 {
		t.Errorf("%d puzzles are solvable, want 1362", n)
	}
	if slices.Contains(Puzzles(), [4]int64{1, 1, 1, 1}) || !slices.Contains(Puzzles(), [4]int64{3, 3, 8, 8}) {
		t.Error("1 1 1 1 can't be solved, 3 3 8 8 can")
	}
}

func TestSolvableIsToHaveSolutions(t *testing.T) {
	for i := range int64(300) {
		p := []Fraction{Whole(1 + i%7), Whole(1 + i%11), Whole(1 + i%13), Whole(13 - i%5)}[i%3:]
		if want := len(Solutions(p, 1)) > 0; solvable(p) != want {
			t.Errorf("%v: got %v, want %v", p, !want, want)
		}
	}
}

func TestSolutionsEndAt24(t *testing.T) {
	for _, p := range Puzzles()[:300] {
		start := []Fraction{Whole(p[0]), Whole(p[1]), Whole(p[2]), Whole(p[3])}
		for _, s := range Solutions(start, 5) {
			rest, ok := start, true
			for _, step := range s {
				if rest, ok = After(rest, step); !ok {
					t.Fatalf("%v: %v is not possible", p, step)
				}
			}
			if !slices.Equal(rest, []Fraction{Whole(24)}) {
				t.Errorf("%v: %v leads to %v", p, s, rest)
			}
		}
	}
}

func TestFractions(t *testing.T) {
	for s, want := range map[string]bool{"8": true, "-8": true, "8/3": true, "-8/3": true, "0": true, "6/4": false, "8/1": false,
		"8/0": false, "8/-3": false, "": false, "x": false, "1.5": false, "99999999999": false, "+8": false} {
		if f, ok := ParseFraction(s); ok != want || ok && f.String() != s {
			t.Errorf("%q: got %v, %v", s, f, ok)
		}
	}
	if _, ok := Apply("/", Whole(3), Whole(0)); ok {
		t.Error("a division by zero is possible")
	}
	if _, ok := After([]Fraction{Whole(3), Whole(4)}, Step{Whole(3), Whole(3), "+"}); ok {
		t.Error("a number is used twice")
	}
	if f, _ := Apply("/", Whole(6), Whole(-4)); f.String() != "-3/2" {
		t.Errorf("6 / -4 is %v", f)
	}
}

func TestSpacesShareNoPuzzle(t *testing.T) {
	seen := map[string]draw.Space{}
	for i := range 2000 {
		for _, space := range []draw.Space{draw.Task, draw.Demo} {
			q := Draw(space, 5, i)
			key := fmt.Sprint(q.Start)
			if s, ok := seen[key]; ok && s != space {
				t.Fatalf("%s is in both spaces", key)
			}
			seen[key] = space
			for _, n := range q.Start {
				if !strings.Contains(q.Goal, n.String()) {
					t.Errorf("%v is not in %q", n, q.Goal)
				}
			}
		}
	}
	if len(seen) < 1000 {
		t.Errorf("only %d puzzles are drawn", len(seen))
	}
}
