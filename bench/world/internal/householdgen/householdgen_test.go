package householdgen

import (
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
)

// Every thing has a place that exists, and no two have one name.
func TestHouse(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range slices.Concat(Fixtures, Items) {
		at, known := Find(o.Place)
		if seen[o.Name] || !slices.Contains(Rooms, o.Place) && (!known || !at.Is(Surface|Container|Bin)) {
			t.Errorf("%+v is there twice or nowhere", o)
		}
		seen[o.Name] = true
	}
	for _, r := range Rooms {
		if len(In(r)) < 2 {
			t.Errorf("the %s is empty", r)
		}
	}
}

// Whatever is handled, the request says; and no label has more lines than are graded by.
func TestNothingIsLeftUnsaid(t *testing.T) {
	free, shut := 0, 0
	for i := range 1500 {
		q := Draw(draw.Space(i%2), 4, i)
		l := q.Label()
		for _, c := range l.Plan {
			name := strings.TrimSuffix(strings.TrimPrefix(strings.Split(string(c.Args)+",", ",")[0], `{"object":"`), `"}`)
			name = strings.TrimSuffix(name, `"`)
			if c.Tool == "walk" || c.Tool == "stand_up" || c.Tool == "sleep" {
				continue
			}
			if !strings.Contains(strings.ToLower(q.Goal), name) {
				t.Errorf("%s of %v is not in %q", name, c, q.Goal)
			}
		}
		if opens := strings.Contains(q.Goal, "open"); opens && q.shut {
			shut++
		}
		if q.free {
			free++
		}
		if n := lines(l); n < 1 || n >= label.MaxLines {
			t.Errorf("%s has %d lines of gold", l.ID, n)
		}
		for _, c := range q.chores {
			if strings.Contains(c.text, "%!") {
				t.Errorf("got %q", c.text)
			}
		}
	}
	if free < 300 || shut < 300 {
		t.Errorf("of 1500 requests %d leave the order open and %d want doors closed", free, shut)
	}
}

// lines counts the orders of a label: groups are at most pairs, each of which doubles the number.
func lines(l label.Label) int {
	sum := 0
	for _, o := range l.Orders() {
		n := 1
		for j := 1; j < len(o.Plan); j++ {
			if slices.Equal(o.Needs[j], o.Needs[j-1]) && !slices.Contains(o.Needs[j], j-1) {
				n *= 2
			}
		}
		sum += n
	}
	return sum
}

func TestSpacesShareNoRequest(t *testing.T) {
	for i := range 300 {
		if Draw(draw.Task, 1, i).space() != draw.Task || Draw(draw.Demo, 1, i).space() != draw.Demo {
			t.Errorf("request %d is in the other space", i)
		}
	}
}
