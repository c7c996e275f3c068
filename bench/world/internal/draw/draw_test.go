package draw

import (
	"slices"
	"testing"
	"time"
)

func TestSpacesShareNoPlace(t *testing.T) {
	for _, c := range Cities(Demo) {
		if slices.Contains(Cities(Task), c) {
			t.Errorf("%s is in both spaces", c)
		}
	}
	if len(Cities(Task)) < 20 || len(Cities(Demo)) < 20 {
		t.Error("a space has fewer than 20 places")
	}
}

func TestSourceDependsOnEverything(t *testing.T) {
	first := New("home", Task, 1, 2).Uint64()
	if New("home", Task, 1, 2).Uint64() != first {
		t.Error("the same request is drawn otherwise")
	}
	for _, other := range []uint64{New("trip", Task, 1, 2).Uint64(), New("home", Demo, 1, 2).Uint64(),
		New("home", Task, 2, 2).Uint64(), New("home", Task, 1, 3).Uint64(), New("home", Task, 12, 0).Uint64()} {
		if other == first {
			t.Error("another request is drawn from the same source")
		}
	}
}

func TestWriting(t *testing.T) {
	r := New("test", Task, 0, 0)
	money := map[string]bool{}
	dates := map[string]bool{}
	for range 200 {
		money[Money(r, 450_000)] = true
		dates[Date(r, time.Date(2027, 7, 2, 0, 0, 0, 0, time.UTC))] = true
	}
	for _, s := range []string{"$450,000", "$450k", "450000 dollars", "450,000 USD"} {
		if !money[s] {
			t.Errorf("%s is never written, only %v", s, money)
		}
	}
	for _, s := range []string{"July 2, 2027", "2 July 2027", "2027-07-02", "7/2/2027", "July 2nd, 2027"} {
		if !dates[s] {
			t.Errorf("%s is never written, only %v", s, dates)
		}
	}
	for n, want := range map[int64]string{1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 12: "12th", 13: "13th", 22: "22nd", 30: "30th"} {
		if got := Ordinal(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1250000: "1,250,000"} {
		if got := Thousands(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}

func TestIDs(t *testing.T) {
	for _, space := range []Space{Task, Demo} {
		q, err := ParseID(ID("trip", space, 7, 12))
		if q != (Request{"trip", space, 7, 12, true}) || err != nil {
			t.Errorf("space %d comes back as %+v, %v", space, q, err)
		}
	}
	for _, bad := range []string{"", "trip", "trip-7", "trip-x-1", "trip-7-x", "trip-7--1", "trip-demo-7", "trip-7-99999999999"} {
		if _, err := ParseID(bad); err == nil {
			t.Errorf("%q is read as an id", bad)
		}
	}
}
