package tool

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestFootprints(t *testing.T) {
	setter := func(slot string, uses ...string) Spec {
		return Spec{Effect: Reversible, Slots: &Slots{Sets: []string{slot}, Uses: uses}}
	}
	maker := Spec{Effect: Pure, Slots: &Slots{Sets: []string{"date:{year}-{month:2}"}}}
	day := setter("departure", "{date}")
	for _, c := range []struct {
		name string
		a, b Spec
		x, y string
		want bool
	}{
		{"reads", Spec{Effect: Read}, Spec{Effect: Pure}, `{}`, `{}`, true},
		{"a read and an effect", Spec{Effect: Read}, setter("a"), `{}`, `{}`, false},
		{"nobody said", Spec{Effect: Idempotent}, setter("a"), `{}`, `{}`, false},
		{"nobody knows", Spec{}, Spec{}, `{}`, `{}`, false},
		{"two slots", setter("min_price"), setter("max_price"), `{}`, `{}`, true},
		{"one slot", setter("min_price"), setter("min_price"), `{"value":1}`, `{"value":2}`, false},
		{"a slot is used", setter("on"), setter("typed", "on"), `{}`, `{}`, false},
		{"both use the same", setter("a", "c"), setter("b", "c"), `{}`, `{}`, true},
		{"a slot begins with the other", setter("open"), setter("open {o}"), `{}`, `{"o":"fridge"}`, false},
		{"of different things", setter("open {o}"), setter("open {o}"), `{"o":"fridge"}`, `{"o":"oven"}`, true},
		{"of the same thing", setter("open {o}"), setter("open {o}"), `{"o":"fridge"}`, `{"o":"fridge","how":1}`, false},
		{"an argument is missing", setter("open {o} door"), setter("open {o} door"), `{}`, `{"o":"oven"}`, false},
		{"a numeral is no number", setter("row {n}"), setter("row {n}"), `{"n":2}`, `{"n":3}`, true},
		{"what it was made of", maker, day, `{"year":2027,"month":3}`, `{"date":"date:2027-03-01#ab"}`, false},
		{"what another was made of", maker, day, `{"year":2027,"month":4}`, `{"date":"date:2027-03-01#ab"}`, true},
		{"two makers", maker, maker, `{"year":2027,"month":4}`, `{"year":2027,"month":4}`, true},
		{"a read that says what it looks at", Spec{Effect: Read, Slots: &Slots{Uses: []string{"a"}}}, setter("b"), `{}`, `{}`, true},
		{"a read of what is set", Spec{Effect: Read, Slots: &Slots{Uses: []string{"a"}}}, setter("a"), `{}`, `{}`, false},
		{"no arguments at all", setter("a"), setter("b"), ``, `{}`, false},
	} {
		x, y := c.a.Footprint(json.RawMessage(c.x)), c.b.Footprint(json.RawMessage(c.y))
		if x.Commutes(y) != c.want || y.Commutes(x) != c.want {
			t.Errorf("%s: %+v and %+v commute: %v and %v, want %v", c.name, x, y, x.Commutes(y), y.Commutes(x), c.want)
		}
	}
}

func TestBadSlots(t *testing.T) {
	input := json.RawMessage(`{"type":"object","properties":{"a":{"type":"string"}}}`)
	for slot, problem := range map[string]string{"x {a}": "", "{b}": `parameter "b"`, "{a:2}{": "brace", "a}": "brace", "{a:x}": "brace"} {
		for _, s := range []Slots{{Sets: []string{slot}}, {Uses: []string{slot}}} {
			err := Spec{Name: "t", Input: input, Slots: &s}.Validate()
			var se *SpecError
			switch {
			case problem == "" && err != nil:
				t.Errorf("%q: %v", slot, err)
			case problem != "" && (!errors.As(err, &se) || se.Field != "slots" || !strings.Contains(err.Error(), problem)):
				t.Errorf("%q: %v, want %s", slot, err, problem)
			}
		}
	}
}

func FuzzFootprint(f *testing.F) {
	f.Add("open {o} {n:3}", `{"o":"a","n":1}`)
	f.Add("{", `[]`)
	f.Fuzz(func(t *testing.T, slot, args string) {
		sp := Spec{Slots: &Slots{Sets: []string{slot}}}
		x := sp.Footprint(json.RawMessage(args))
		if x.known && x.Commutes(x) {
			t.Errorf("%q with %s commutes with itself: %+v", slot, args, x)
		}
	})
}
