package tripgen

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

func dateForms(t time.Time) []string {
	return []string{t.Format("January 2, 2006"), t.Format("2 January 2006"), t.Format(ISO), t.Format("1/2/2006"),
		t.Format("Jan 2, 2006"), t.Month().String() + " " + draw.Ordinal(int64(t.Day())) + t.Format(", 2006")}
}

var small = []string{"zero", "one", "two", "three", "four", "five"}

var means = map[string][]string{"flight": {"flight", "plane"}, "train": {"train"}, "bus": {"bus"}, "cruise": {"cruise"}}

// Whatever the answer holds, the request says.
func TestNothingIsLeftUnsaid(t *testing.T) {
	for i := range 1000 {
		q := Draw(draw.Space(i%2), 4, i)
		said := func(words ...string) bool {
			return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(strings.ToLower(q.Goal), strings.ToLower(w)) })
		}
		for _, city := range []string{q.from, q.to, q.hotel} {
			if !said(city) && !said("hotel there") {
				t.Errorf("%s is not in %q", city, q.Goal)
			}
		}
		for _, day := range []time.Time{q.depart, q.back, q.checkin, q.checkout} {
			if !day.IsZero() && !said(dateForms(day)...) {
				t.Errorf("%s is not in %q", day.Format(ISO), q.Goal)
			}
		}
		for key, n := range q.counts {
			forms := []string{strings.ReplaceAll(draw.Thousands(n), ",", "")}
			if n < int64(len(small)) {
				forms = append(forms, small[n])
			}
			if !said(forms...) {
				t.Errorf("%s %d is not in %q", key, n, q.Goal)
			}
		}
		if q.tickets() && !said(means[q.transport]...) || q.room != "" && !said(q.room) || q.rooms() && !said("hotel") {
			t.Errorf("%+v is not all in %q", q, q.Goal)
		}
	}
}

func TestRequestsMakeSense(t *testing.T) {
	types := map[string]int{}
	for i := range 1000 {
		q := Draw(draw.Task, 4, i)
		types[q.booking]++
		if q.tickets() && q.from == q.to {
			t.Errorf("a trip from %s to itself", q.from)
		}
		if q.rooms() && !q.checkout.After(q.checkin) || !q.back.IsZero() && !q.back.After(q.depart) {
			t.Errorf("%q ends before it begins", q.Goal)
		}
		if q.booking == "both" && !q.depart.IsZero() && q.depart.After(q.checkin) {
			t.Errorf("%q checks in before the trip", q.Goal)
		}
		for _, key := range []string{"ticket_price", "room_price"} {
			lo, okLo := q.counts["min_"+key]
			hi, okHi := q.counts["max_"+key]
			if okLo && okHi && lo >= hi {
				t.Errorf("%s from %d to %d in %q", key, lo, hi, q.Goal)
			}
		}
	}
	for _, booking := range BookingTypes {
		if types[booking] < 250 {
			t.Errorf("only %d of 1000 requests are for %s", types[booking], booking)
		}
	}
}
