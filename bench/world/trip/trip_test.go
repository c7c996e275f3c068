package trip

import (
	"regexp"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/bench/world/internal/worldtest"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/azimuthdev/azimuth/tool/tooltest"
)

var handles = regexp.MustCompile(`(LOC|DATE):([^"\n]*)"`)

// script reads calls, one a line: tool {args}. LOC:x and DATE:x stand for handles.
func script(text string) []tool.Call {
	return worldtest.Script(handles.ReplaceAllStringFunc(text, func(s string) string {
		kind, content, _ := strings.Cut(strings.TrimSuffix(s, `"`), ":")
		return sandbox.MakeHandle(strings.ToLower(kind), content) + `"`
	}))
}

const (
	tickets = `select_booking_type {"value":"trip tickets"}
Loc {"text":"Boston"}
select_transportation {"value":"train"}
set_origin {"loc":"LOC:Boston"}
set_destination {"loc":"LOC:Salem"}
Date {"month":7,"day":4,"year":2027}
set_departure_date {"date":"DATE:2027-07-04"}`
	both = `select_booking_type {"value":"both"}
select_transportation {"value":"flight"}
set_origin {"loc":"LOC:Boston"}
set_destination {"loc":"LOC:Salem"}
set_hotel_location {"loc":"LOC:Salem"}
set_checkin_date {"date":"DATE:2027-07-04"}
set_checkout_date {"date":"DATE:2027-07-09"}`
)

func TestWorldKeepsItsPromises(t *testing.T) {
	for _, calls := range []string{tickets + "\nsearch {}", both + "\nsearch {}"} {
		tooltest.World(t, func() tool.World { return New() }, script(calls)...)
	}
}

func TestTwentyTools(t *testing.T) {
	if n := len(New().Specs()); n != 20 {
		t.Errorf("there are %d tools, the evaluator has 20", n)
	}
}

func run(t *testing.T, calls string) (tool.World, tool.Result) {
	t.Helper()
	w := New()
	return w, worldtest.Run(t, w, script(calls)...)
}

func TestConstructorsAreMatchedBySetters(t *testing.T) {
	w, loc := run(t, `select_booking_type {"value":"hotels"}`+"\n"+`Loc {"text":" New  York "}`)
	res, err := w.Call(t.Context(), tool.Call{Tool: "set_hotel_location", Args: loc.Value})
	if err != nil || res.IsError {
		t.Fatalf("%+v, %v", res, err)
	}
	if got, want := string(w.State()), `{"booking_type":"hotels","hotel_location":"New York"}`; got != want {
		t.Errorf("the state is %s, want %s", got, want)
	}
}

func TestDefaultsOfSearch(t *testing.T) {
	for _, c := range []struct{ calls, want string }{
		{tickets, `{"booking_type":"trip tickets","departure_date":"2027-07-04","destination":"Salem","min_room_price":0,` +
			`"min_ticket_price":0,"origin":"Boston","searched":true,"transportation":"train"}`},
		{both, `{"booking_type":"both","checkin_date":"2027-07-04","checkout_date":"2027-07-09","departure_date":"2027-07-04",` +
			`"destination":"Salem","hotel_location":"Salem","min_room_price":0,"min_ticket_price":0,"num_rooms":1,` +
			`"origin":"Boston","return_date":"2027-07-09","searched":true,"transportation":"flight"}`},
	} {
		w, last := run(t, c.calls+"\nsearch {}")
		if got := string(w.State()); got != c.want {
			t.Errorf("the state is %s, want %s", got, c.want)
		}
		if !strings.Contains(last.Content, "Salem") || !strings.Contains(last.Content, "made up") {
			t.Errorf("the answer is %q", last.Content)
		}
		again, _ := w.Call(t.Context(), script("search {}")[0])
		if again.Content != last.Content || string(w.State()) != c.want {
			t.Error("searching again changes something")
		}
	}
}

// without leaves out the line with a call of that tool.
func without(calls, name string) string {
	var b strings.Builder
	for line := range strings.Lines(calls) {
		if !strings.HasPrefix(line, name+" ") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// Every rule: the calls before the last must work, the last must fail with the remedy and change nothing.
func TestRules(t *testing.T) {
	type rule struct{ name, calls, remedy string }
	rules := []rule{
		{"the type comes first", `set_num_adults {"value":2}`, "select_booking_type first"},
		{"search needs the type", `search {}`, "select_booking_type first"},
		{"the type is set once", tickets + "\nselect_booking_type {\"value\":\"both\"}", "can't be changed"},
		{"search ends", tickets + "\nsearch {}\nset_num_adults {\"value\":2}", "has ended"},
		{"no such room", both + "\nselect_room_type {\"value\":\"Tent\"}", `"King Bed"`},
		{"a place is not a text", both + "\nset_origin {\"loc\":\"Boston\"}", "call Loc first"},
		{"a place is not made up", both + "\nset_origin {\"loc\":\"loc:Boston#12345678\"}", "call Loc first"},
		{"a date is not a place", both + "\nset_return_date {\"date\":\"LOC:Boston\"}", "call Date first"},
		{"no such day", `Date {"month":2,"day":30,"year":2027}`, "no day 30"},
	}
	for _, name := range []string{"select_transportation", "set_origin", "set_destination", "set_departure_date"} {
		rules = append(rules, rule{"tickets without " + name, without(tickets, name) + "\nsearch {}", name})
	}
	for _, name := range []string{"select_transportation", "set_origin", "set_destination", "set_hotel_location", "set_checkin_date", "set_checkout_date"} {
		rules = append(rules, rule{"both without " + name, without(both, name) + "\nsearch {}", name})
	}
	for _, c := range rules {
		t.Run(c.name, func(t *testing.T) {
			worldtest.Refuses(t, New(), c.remedy, script(c.calls)...)
		})
	}
}

func TestConstructorsArePure(t *testing.T) {
	w := New()
	call := script(`Loc {"text":"Boston"}`)[0]
	early, _ := w.Call(t.Context(), call)
	if string(w.State()) != "{}" {
		t.Errorf("a constructor changed the state to %s", w.State())
	}
	done, _ := run(t, tickets+"\nsearch {}")
	late, _ := done.Call(t.Context(), call)
	if early.IsError || late.IsError || string(early.Value) != string(late.Value) {
		t.Errorf("a constructor's answer depends on the state: %s, %s", early.Value, late.Value)
	}
}

func TestSchemaRefusesPlainNames(t *testing.T) {
	set, err := tool.NewSpecSet(New().Specs())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := set.Parse("set_origin", `{"loc":"Boston"}`); err == nil {
		t.Error("a plain name is accepted as a location")
	}
	if _, err := set.Parse("set_origin", `{"loc":"${steps.2.loc}"}`); err != nil {
		t.Errorf("a reference to Loc's answer is refused: %v", err)
	}
}

func TestDistractors(t *testing.T) {
	w, err := NewWith(Options{Distractors: 5, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	other, _ := NewWith(Options{Distractors: 5, Seed: 4})
	same := true
	for i, s := range w.Specs() {
		same = same && s.Name == other.Specs()[i].Name
	}
	if n := len(w.Specs()); n != 25 || same {
		t.Errorf("there are %d tools, and another seed gives the same: %v", n, same)
	}
	tooltest.World(t, func() tool.World { return w.Fork() }, script(both+"\nsearch {}")...)
	if _, err := NewWith(Options{Distractors: -1}); err == nil {
		t.Error("-1 distractors are accepted")
	}
}

func FuzzCall(f *testing.F) {
	for _, c := range script(both) {
		f.Add(c.Tool, []byte(c.Args))
	}
	f.Add("Date", []byte(`{"month":2,"day":29,"year":2028}`))
	f.Fuzz(func(t *testing.T, name string, args []byte) {
		w := New()
		worldtest.Run(t, w, script(both)[0])
		worldtest.Any(t, w, name, args)
	})
}
