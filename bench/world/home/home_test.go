package home

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/bench/world/internal/worldtest"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

var script = worldtest.Script

const good = `set_location {"value":"Salem"}
set_buy_or_rent {"value":"rent"}
select_home_type {"values":["Townhouse","Apartment"]}
set_num_baths {"value":1.5}
set_max_price {"value":2400}
search {}`

func TestWorldKeepsItsPromises(t *testing.T) {
	tooltest.World(t, func() tool.World { return New() }, script(good)...)
}

func TestFifteenTools(t *testing.T) {
	if n := len(New().Specs()); n != 15 {
		t.Errorf("there are %d tools, the evaluator has 15", n)
	}
}

func TestSearchFillsDefaultsAndAnswers(t *testing.T) {
	w := New()
	last := worldtest.Run(t, w, script(good)...)
	want := `{"buy_or_rent":"rent","home_types":["apartment","townhouse"],"location":"Salem","max_price":2400,` +
		`"min_price":0,"min_square_feet":0,"num_baths":1.5,"searched":true}`
	if got := string(w.State()); got != want {
		t.Errorf("the state is %s, want %s", got, want)
	}
	if !strings.Contains(last.Content, "Salem") || !strings.Contains(last.Content, "made up") {
		t.Errorf("the answer is %q", last.Content)
	}
	again, _ := w.Call(t.Context(), script("search {}")[0])
	if again.Content != last.Content || string(w.State()) != want {
		t.Error("searching again changes something")
	}
}

// Every rule: the calls before the last must work, the last must fail with the remedy and change nothing.
func TestRules(t *testing.T) {
	for _, c := range []struct{ name, calls, remedy string }{
		{"location is set once", "set_location {\"value\":\"A\"}\nset_location {\"value\":\"B\"}", "can't be changed"},
		{"mode needs the location", `set_buy_or_rent {"value":"buy"}`, "set_location first"},
		{"mode is set once", "set_location {\"value\":\"A\"}\nset_buy_or_rent {\"value\":\"buy\"}\nset_buy_or_rent {\"value\":\"rent\"}", "set once"},
		{"criteria need the location", `set_num_beds {"value":2}`, "set_location first, then set_buy_or_rent"},
		{"criteria need the mode", "set_location {\"value\":\"A\"}\nset_num_baths {\"value\":2}", "set_buy_or_rent first"},
		{"types need the mode", "set_location {\"value\":\"A\"}\nselect_home_type {\"values\":[\"House\"]}", "set_buy_or_rent first"},
		{"search needs the mode", "set_location {\"value\":\"A\"}\nsearch {}", "set_buy_or_rent first"},
		{"no land to rent", "set_location {\"value\":\"A\"}\nset_buy_or_rent {\"value\":\"rent\"}\nselect_home_type {\"values\":[\"House\",\"Land\"]}", "House, Townhouse, Condo, Apartment"},
		{"no apartment to buy", "set_location {\"value\":\"A\"}\nset_buy_or_rent {\"value\":\"buy\"}\nselect_home_type {\"values\":[\"Apartment\"]}", "Co-op"},
		{"search ends", good + "\nset_num_beds {\"value\":2}", "has ended"},
		{"search ends the types", good + "\nselect_home_type {\"values\":[\"House\"]}", "has ended"},
		{"no such choice", "set_location {\"value\":\"A\"}\nset_buy_or_rent {\"value\":\"steal\"}", `"buy", "rent"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			worldtest.Refuses(t, New(), c.remedy, script(c.calls)...)
		})
	}
}

func TestTypesAreComparedInLowerCase(t *testing.T) {
	w := New()
	worldtest.Run(t, w, script("set_location {\"value\":\"A\"}\nset_buy_or_rent {\"value\":\"buy\"}\nselect_home_type {\"values\":[\"mobile\",\"CO-OP\"]}")...)
	if !strings.Contains(string(w.State()), `["co-op","mobile"]`) {
		t.Errorf("the state is %s", w.State())
	}
}

func TestDistractors(t *testing.T) {
	w, err := NewWith(Options{Distractors: sandbox.MaxDistractors, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(w.Specs()); n != 15+sandbox.MaxDistractors {
		t.Errorf("there are %d tools", n)
	}
	calls := script(good + "\nset_currency {\"value\":\"EUR\"}")
	tooltest.World(t, func() tool.World { return w.Fork() }, calls...)
	for _, c := range calls[:2] {
		w.Call(t.Context(), c)
	}
	w.Call(t.Context(), calls[len(calls)-1])
	if !strings.Contains(string(w.State()), `"set_currency":"EUR"`) {
		t.Errorf("a distractor leaves no trace: %s", w.State())
	}
	if _, err := NewWith(Options{Distractors: 25}); err == nil {
		t.Error("25 distractors are accepted")
	}
}

func FuzzCall(f *testing.F) {
	f.Add("set_location", []byte(`{"value":"A"}`))
	f.Add("select_home_type", []byte(`{"values":["House"]}`))
	f.Add("set_num_beds", []byte(`{"value":2}`))
	f.Fuzz(func(t *testing.T, name string, args []byte) {
		w := New()
		worldtest.Run(t, w, script(good)[:2]...)
		worldtest.Any(t, w, name, args)
	})
}
