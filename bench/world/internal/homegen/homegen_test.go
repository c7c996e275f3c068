package homegen

import (
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

var small = []string{"zero", "one", "two", "three", "four", "five", "six"}

// forms are the ways in which a criterion's number may be written.
func forms(key string, n int64) []string {
	if key == "num_baths" {
		return []string{baths(n)}
	}
	digits := strings.ReplaceAll(draw.Thousands(n), ",", "")
	out := []string{digits, draw.Thousands(n), strings.TrimSuffix(digits, "000") + "k", strings.TrimSuffix(digits, "000") + "K"}
	if n < int64(len(small)) {
		out = append(out, small[n])
	}
	return out
}

// Whatever the answer holds, the request says.
func TestNothingIsLeftUnsaid(t *testing.T) {
	for i := range 1000 {
		q := Draw(draw.Space(i%2), 4, i)
		said := func(words ...string) bool {
			return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(strings.ToLower(q.Goal), strings.ToLower(w)) })
		}
		if !said(q.city) {
			t.Errorf("%s is not in %q", q.city, q.Goal)
		}
		for key, n := range q.values {
			if !said(forms(key, n)...) {
				t.Errorf("%s %d is not in %q", key, n, q.Goal)
			}
		}
		for _, typ := range q.types {
			if !said(nouns[typ]...) {
				t.Errorf("%s is not in %q", typ, q.Goal)
			}
		}
		modes := map[bool][]string{false: {"buy", "sale", "purchase"}, true: {"rent", "lease"}}
		if !said(modes[q.rent]...) {
			t.Errorf("%q does not say whether to buy or to rent", q.Goal)
		}
		if len(q.values) < 3 || len(q.values) > 7 || len(q.types) < 1 || len(q.types) > 3 {
			t.Errorf("%q has %d types and %d criteria", q.Goal, len(q.types), len(q.values))
		}
	}
}

func TestBoundsAreInOrder(t *testing.T) {
	for i := range 1000 {
		q := Draw(draw.Task, 4, i)
		for _, key := range []string{"price", "square_feet"} {
			lo, okLo := q.values["min_"+key]
			hi, okHi := q.values["max_"+key]
			if okLo && okHi && lo >= hi {
				t.Errorf("%s from %d to %d in %q", key, lo, hi, q.Goal)
			}
		}
	}
}
