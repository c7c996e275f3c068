package lexical_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/bench/world/trip"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/lexical"
	"github.com/azimuthdev/azimuth/tool"
)

const tripGoal = "Book a flight and a hotel: 2 adults from Boston to Lisbon, leaving March 3 2027, back March 10, hotel with a king bed under $300 a night."

func propose(t *testing.T, r model.Request) model.Response {
	t.Helper()
	resp, err := lexical.New(nil).Propose(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

// votes counts the first calls of the samples.
func votes(r model.Response) map[string]int {
	out := map[string]int{}
	for _, s := range r.Samples {
		if len(s.Calls) == 0 {
			out["finish"]++
			continue
		}
		out[s.Calls[0].Tool+s.Calls[0].Args]++
	}
	return out
}

func step(name, args, content, value string, status model.Status) model.Step {
	return model.Step{Call: tool.Call{Tool: name, Args: json.RawMessage(args)}, Result: tool.Result{Content: content, Value: json.RawMessage(value)}, Status: status}
}

func TestCapabilities(t *testing.T) {
	c := lexical.New(nil).Capabilities()
	if c.Name != "lexical" || !c.Seed || !c.Outline || c.LogProbs || c.Prices == nil || *c.Prices != (model.Prices{}) || c.N < 100 {
		t.Errorf("capabilities %+v", c)
	}
	if _, err := lexical.New(nil).Complete(context.Background(), model.TextRequest{Prompt: "hi"}); !errors.Is(err, lexical.ErrNoText) {
		t.Errorf("Complete: %v, want ErrNoText", err)
	}
}

func TestUsageAndContext(t *testing.T) {
	r := propose(t, model.Request{Goal: "x", N: 3})
	if want := (model.Usage{Requests: 1, Samples: 3}); r.Usage != want || len(r.Samples) != 3 {
		t.Errorf("usage %+v with %d samples, want %+v", r.Usage, len(r.Samples), want)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := lexical.New(nil).Propose(ctx, model.Request{N: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

// TestClearEvidence: what the goal says plainly gets every vote, at each step of the plan.
func TestClearEvidence(t *testing.T) {
	w := trip.New()
	var steps []model.Step
	for i := 0; ; i++ {
		r := propose(t, model.Request{Tools: w.Specs(), Goal: tripGoal, Steps: steps, N: 10, Seed: uint64(i), Temperature: 0.7})
		if v := votes(r); len(v) > 1 {
			t.Errorf("step %d: split votes %v", i, v)
		}
		if len(r.Samples[0].Calls) == 0 {
			break
		}
		c := tool.Call{Tool: r.Samples[0].Calls[0].Tool, Args: json.RawMessage(r.Samples[0].Calls[0].Args)}
		res, err := w.Call(context.Background(), c)
		if err != nil || res.IsError {
			t.Fatalf("%s: %v %s", c, err, res.Content)
		}
		steps = append(steps, model.Step{Call: c, Result: res})
	}
	if !strings.Contains(string(w.State()), `"searched":true`) {
		t.Errorf("state %s", w.State())
	}
}

// TestAmbiguousEvidence: where nothing says which of two tools takes a number, the votes are split, and
// at temperature 0 all samples agree.
func TestAmbiguousEvidence(t *testing.T) {
	tools := []tool.Spec{
		spec("set_width", "Sets the width of the box.", "value integer"),
		spec("set_height", "Sets the height of the box.", "value integer"),
	}
	r := model.Request{Tools: tools, Goal: "make the width or height 5", N: 400, Temperature: 1, Seed: 3}
	v := votes(propose(t, r))
	a, b := v[`set_width{"value":5}`], v[`set_height{"value":5}`]
	if a+b < 390 || a < 60 || b < 60 {
		t.Errorf("votes %v, want two calls with a good share each", v)
	}
	if again := votes(propose(t, r)); !cmp.Equal(v, again) {
		t.Errorf("the same request and seed gave %v and %v", v, again)
	}
	r.Temperature = 0
	if v := votes(propose(t, r)); len(v) != 1 {
		t.Errorf("at temperature 0: %v", v)
	}
}

// TestOutline: the outline of a trip has every call; arguments that need an answer which is not there are empty.
func TestOutline(t *testing.T) {
	r := propose(t, model.Request{Tools: trip.New().Specs(), Goal: tripGoal, N: 1, Outline: true})
	s := r.Samples[0]
	got := append([]model.RawCall{}, s.Calls...)
	got = append(got, s.Outline...)
	if !s.Complete || got[0].Tool != "select_booking_type" || got[len(got)-1].Tool != "search" {
		t.Fatalf("outline %v", got)
	}
	for _, c := range got {
		if needs := strings.Contains(c.Tool, "date") || strings.Contains(c.Tool, "origin") || strings.Contains(c.Tool, "dest") || strings.Contains(c.Tool, "location"); needs != (c.Args == "") {
			t.Errorf("%s has arguments %q", c.Tool, c.Args)
		}
	}
	if plain := propose(t, model.Request{Tools: trip.New().Specs(), Goal: tripGoal, N: 1}).Samples[0]; plain.Outline != nil || plain.Complete {
		t.Errorf("an outline that nobody asked for: %+v", plain)
	}
}

// TestEarlierAnswers: what an earlier call answered is passed on; a deferred call's answer as a reference.
func TestEarlierAnswers(t *testing.T) {
	const goal = "list the open orders of bob@example.com"
	found := step("find_user", `{"email":"bob@example.com"}`, `{"id":"u7","name":"Bob"}`, `{"id":"u7","name":"Bob"}`, model.Observed)
	if got, want := planOf(t, services(), goal, found), `list_orders{"status":"open","user_id":"u7"}`; got != want {
		t.Errorf("observed: got %s, want %s", got, want)
	}
	for _, status := range []model.Status{model.Deferred, model.Imagined} {
		found.Status = status
		if got, want := planOf(t, services(), goal, found), `list_orders{"status":"open","user_id":"${steps.1.id}"}`; got != want {
			t.Errorf("%v: got %s, want %s", status, got, want)
		}
	}
	listed := step("search_files", `{"path":"src","pattern":"todo"}`, "src/a/todo.txt\nsrc/b/todo.txt", "", model.Observed)
	if got, want := planOf(t, files(), `search for "todo" in the folder src and then read it`, listed), `read_text_file{"path":"src/a/todo.txt"}`; got != want {
		t.Errorf("text: got %s, want %s", got, want)
	}
}

// TestIdsInResults: an id is found in a text answer that happens to be JSON, though no output schema promised it.
func TestIdsInResults(t *testing.T) {
	tools := []tool.Spec{spec("find_user", "Look up a user.", "email string"), spec("list_orders", "List the orders of a user.", "user_id string")}
	const goal = "find the user bob@example.com, then list the orders"
	for content, want := range map[string]string{
		`{"users":[{"id":"u7"}]}`: `list_orders{"user_id":"u7"}`,
		`{"user_id":"u8"}`:        `list_orders{"user_id":"u8"}`,
		`{"id":7}`:                "finish: {\"id\":7}",
		`nobody`:                  "finish: nobody",
	} {
		if got := planOf(t, tools, goal, step("find_user", `{"email":"bob@example.com"}`, content, "", model.Observed)); got != want {
			t.Errorf("%s: got %s, want %s", content, got, want)
		}
	}
}

// TestFailures: a call that failed is not repeated as it was; what its message asks for comes first, and then the
// call may be tried again.
func TestFailures(t *testing.T) {
	tools := []tool.Spec{
		spec("set_color", "Sets the color of the wall.", "value enum:red|green"),
		spec("set_room", "Sets the number of the room.", "value integer"),
	}
	const goal = "paint the wall green in room 12"
	bad := step("set_color", `{"value":"green"}`, "set_room must be called first", "", model.Failed)
	if got := planOf(t, tools, goal); !strings.HasPrefix(got, "set_color") {
		t.Fatalf("without a failure: %s", got)
	}
	if got, want := planOf(t, tools, goal, bad), `set_room{"value":12}`; got != want {
		t.Errorf("after the failure: %s, want %s", got, want)
	}
	if got, want := planOf(t, tools, goal, bad, step("set_room", `{"value":12}`, "ok", "", model.Observed)), `set_color{"value":"green"}`; got != want {
		t.Errorf("after the remedy: %s, want %s", got, want)
	}
	gone := step("read_text_file", `{"path":"a.txt"}`, "ENOENT: no such file", "", model.Failed)
	if got := planOf(t, files(), "read a.txt", gone); strings.HasPrefix(got, `read_text_file{"path":"a.txt"}`) {
		t.Errorf("the failed call again: %s", got)
	}
}

func TestRejected(t *testing.T) {
	r := model.Request{Tools: files(), Goal: "read a.txt", N: 1, Rejected: []model.Rejected{{Call: model.RawCall{Tool: "read_text_file", Args: `{"path": "a.txt"}`}}}}
	if v := votes(propose(t, r)); v[`read_text_file{"path":"a.txt"}`] > 0 {
		t.Errorf("a refused call again: %v", v)
	}
}

func TestAnswer(t *testing.T) {
	for _, tt := range []struct {
		step model.Step
		want string
	}{
		{step("read_text_file", `{"path":"a.txt"}`, "milk, eggs\n", "", model.Observed), "finish: milk, eggs"},
		{step("read_text_file", `{"path":"a.txt"}`, "", `{"content":"milk"}`, model.Observed), `finish: {"content":"milk"}`},
		{step("read_text_file", `{"path":"a.txt"}`, "", "", model.Deferred), `finish: Planned, not carried out yet: read_text_file({"path":"a.txt"}).`},
	} {
		if got := planOf(t, files(), "read a.txt", tt.step); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// TestUnmet: a change that no tool makes is neither replaced by another call nor passed over in silence.
func TestUnmet(t *testing.T) {
	if got := planOf(t, files(), "delete a.txt"); !strings.HasPrefix(got, "finish: None of the tools") {
		t.Errorf("delete: %s", got)
	}
	read := step("read_text_file", `{"path":"a.txt"}`, "milk", "", model.Observed)
	if got, want := planOf(t, files(), "read a.txt and then delete it", read), "finish: milk\n\nNot done, because no tool fits: delete it."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestDemos: a tool without arguments that demonstrations always end with is called, and where descriptions say
// nothing of order, demonstrations decide.
func TestDemos(t *testing.T) {
	tools := []tool.Spec{
		spec("set_color", "Sets the color.", "value enum:red|green"),
		spec("set_room", "Sets the number of the room.", "value integer"),
		spec("paint", "Paints.", ""),
	}
	demo := model.Demo{Goal: "room 1 in red", Calls: []tool.Call{{Tool: "set_room"}, {Tool: "set_color"}, {Tool: "paint"}}}
	r := model.Request{Tools: tools, Goal: "room 12 in green", N: 1, Outline: true, Demos: []model.Demo{demo}}
	s := propose(t, r).Samples[0]
	var got []string
	for _, c := range append(s.Calls, s.Outline...) {
		got = append(got, c.Tool)
	}
	if diff := cmp.Diff([]string{"set_room", "set_color", "paint"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestPathIsEvidence: a setter that the path has called with a reading of the goal that is not the likeliest keeps
// it, and the rest is planned around it.
func TestPathIsEvidence(t *testing.T) {
	tools := []tool.Spec{
		spec("set_width", "Sets the width of the box.", "value integer"),
		spec("set_height", "Sets the height of the box.", "value integer"),
	}
	if got, want := planOf(t, tools, "a width of 5 and a height of 6", step("set_width", `{"value":6}`, "ok", "", model.Observed)), "set_height"; strings.HasPrefix(got, "set_width") {
		t.Errorf("got %s, want %s or the end", got, want)
	}
}

func TestClock(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) }
	m := lexical.New(&lexical.Options{Now: now})
	for goal, want := range map[string]string{
		`create an event called "Tea" from tomorrow until November 30`: `{"end":"2026-11-30","start":"2026-11-24","title":"Tea"}`,
		`create an event called "Tea" from March 3 to March 4`:         `{"end":"2027-03-04","start":"2027-03-03","title":"Tea"}`,
	} {
		r, err := m.Propose(context.Background(), model.Request{Tools: services(), Goal: goal, N: 1})
		if err != nil {
			t.Fatal(err)
		}
		if v := votes(r); v["create_event"+want] != 1 {
			t.Errorf("%s: %v, want %s", goal, v, want)
		}
	}
}

// FuzzPropose: whatever tools and goal say, there is an answer, its arguments are JSON objects, and it is the same
// twice.
func FuzzPropose(f *testing.F) {
	f.Add("read notes/todo.txt", "read_file", "Read a file.", `{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}`)
	f.Add("set it to 5", "set_x", "after set_x, set_x first", `{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/a"}}}`)
	f.Add("\"a\" 'b' $1-2k 3/3/2027 Paris, TX", "s", "must be last", `{"properties":{"a":{"enum":["both","a"]},"b":{"items":{}},"c":{"type":["null","number"]}},"required":["a","b","c"]}`)
	f.Add("no no no", "", "", `true`)
	f.Fuzz(func(t *testing.T, goal, name, doc, schema string) {
		tools := append(services(), tool.Spec{Name: name, Description: doc, Input: json.RawMessage(schema), Output: json.RawMessage(schema)})
		r := model.Request{Tools: tools, Goal: goal, N: 2, Outline: true, Temperature: 1}
		first, err := lexical.New(nil).Propose(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range first.Samples {
			for _, c := range append(s.Calls, s.Outline...) {
				if c.Args != "" && !json.Valid([]byte(c.Args)) {
					t.Errorf("%s: arguments %q", c.Tool, c.Args)
				}
			}
		}
		again, _ := lexical.New(nil).Propose(context.Background(), r)
		if fmt.Sprint(first) != fmt.Sprint(again) {
			t.Errorf("not the same twice:\n%v\n%v", first, again)
		}
	})
}
