package toolpath_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/lexical"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// shop is a world in which every call appends its tool's name, takes a second a letter of it on the test's clock, and
// fails for tools that are out.
type shop struct {
	done []string
	out  []string
	now  *time.Time
}

func (s *shop) Specs() []tool.Spec { return nil }
func (s *shop) Fork() tool.World {
	return &shop{slices.Clone(s.done), s.out, s.now}
}
func (s *shop) State() json.RawMessage {
	raw, _ := json.Marshal(s.done)
	return raw
}
func (s *shop) Call(_ context.Context, c tool.Call) (tool.Result, error) {
	*s.now = s.now.Add(time.Duration(len(c.Tool)) * time.Second)
	if slices.Contains(s.out, c.Tool) {
		return tool.Result{Content: "out of order", IsError: true}, nil
	}
	s.done = append(s.done, c.Tool)
	return tool.Result{Content: "done"}, nil
}

var catalog = toolpath.Catalog{
	Kinds: []toolpath.Kind{{Name: "wash", Doc: "clean, wash, rinse", Rank: 1}, {Name: "dry", Doc: "dry, spin", Rank: 2}},
	Tools: []toolpath.Tool{
		{Name: "hose", Solves: []string{"wash"}, Latency: 4 * time.Second},
		{Name: "plug", Latency: 4 * time.Second},
		{Name: "machine", Solves: []string{"wash"}, Needs: []string{"plug"}, Latency: 7 * time.Second},
		{Name: "sun", Solves: []string{"dry"}, Latency: 3 * time.Second},
		{Name: "spinner", Solves: []string{"dry"}, Needs: []string{"plug"}, Latency: 7 * time.Second},
	},
}

// job is washing and drying in the shop; quality says what attempts are worth, 1 where it says nothing.
func job(out []string, quality map[string]float64) (toolpath.Task, *toolpath.Options) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	t := toolpath.Task{
		Goal: "wash it, then dry it", Catalog: catalog, Table: &toolpath.Table{}, World: &shop{out: out, now: &now},
		Subtasks: []toolpath.Subtask{{ID: "a", Kind: "wash"}, {ID: "b", Kind: "dry", Parents: []string{"a"}}},
		Call: func(s toolpath.Step) (tool.Call, error) {
			return tool.Call{Tool: s.Tool, Args: json.RawMessage(`{"attempt":` + string(rune('0'+s.Attempt)) + `}`)}, nil
		},
		Check: func(_ context.Context, s toolpath.Step, o toolpath.Output) (float64, error) {
			if q, ok := quality[s.Tool+string(rune('0'+s.Attempt))]; ok {
				return q, nil
			}
			return 1, nil
		},
	}
	return t, &toolpath.Options{Now: func() time.Time { return now }, Search: search.CostaOptions{Alpha: new(2.0), Deferred: true}}
}

// Doubt falls on what is not known to pass where something else is; who prepares for both is never in question.
func TestDoubt(t *testing.T) {
	subtasks := []toolpath.Subtask{{ID: "a", Kind: "wash"}, {ID: "b", Kind: "dry", Parents: []string{"a"}}}
	for want, known := range map[string]map[string]float64{
		"":             {},
		"machine":      {"hose": 1},
		"hose spinner": {"machine": .9, "hose": .3, "sun": 1},
		"sun":          {"spinner": .8, "hose": .7, "machine": .1},
	} {
		table := &toolpath.Table{}
		for name, q := range known {
			table.Add(name, map[bool]string{true: "dry", false: "wash"}[name == "sun" || name == "spinner"], 1, q, false)
		}
		g, err := catalog.Graph(table, subtasks)
		if err != nil {
			t.Fatal(err)
		}
		catalog.Doubt(g, table, subtasks, .8)
		var got []string
		for _, n := range g.Nodes {
			if n.Doubtful {
				got = append(got, catalog.Tools[n.Tool].Name)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("known %v: doubt about %q, want %q", known, got, want)
		}
	}
}

func TestRun(t *testing.T) {
	for name, c := range map[string]struct {
		out      []string
		quality  map[string]float64
		state    string
		cost     float64
		excluded string
	}{
		"cheapest":                 {nil, nil, `["hose","sun"]`, 7, ""},
		"retry":                    {nil, map[string]float64{"sun0": .1}, `["hose","sun"]`, 10, ""},
		"one fails the check":      {nil, map[string]float64{"hose0": .1, "hose1": .2}, `["plug","machine","sun"]`, 14, "hose at a"},
		"one is out":               {[]string{"hose"}, nil, `["plug","machine","sun"]`, 14, "hose at a"},
		"poor is better than none": {[]string{"spinner"}, map[string]float64{"sun0": .1, "sun1": .2}, `["hose","sun"]`, 10, "spinner at b"},
		"nothing dries":            {[]string{"spinner", "sun"}, nil, `["hose","plug"]`, 8, "sun at b spinner at b"},
	} {
		task, o := job(c.out, c.quality)
		r, err := toolpath.Run(t.Context(), task, o)
		if err != nil || string(r.World.State()) != c.state || math.Abs(r.Cost-c.cost) > 1e-6 || strings.Join(r.Excluded, " ") != c.excluded {
			t.Errorf("%s: %s at %v without %v, %v; want %+v", name, r.World.State(), r.Cost, r.Excluded, err, c)
		}
		if r.Complete != (name != "nothing dries") || len(task.World.(*shop).done) > 0 {
			t.Errorf("%s: complete is %v; the input is %s", name, r.Complete, task.World.State())
		}
	}
}

// What a run learns is what its journal teaches, and the next run goes by it.
func TestLearning(t *testing.T) {
	task, o := job([]string{"hose"}, map[string]float64{"sun0": .1, "sun1": .9})
	store := journal.NewMemory()
	o.Journal = &toolpath.Journal{Store: store, ID: "r1"}
	if _, err := toolpath.Run(t.Context(), task, o); err != nil {
		t.Fatal(err)
	}
	for _, want := range []toolpath.Rating{
		{Tool: "hose", Subtask: "wash", Count: 1, Seconds: 8, Failed: 1},
		{Tool: "sun", Subtask: "dry", Count: 1, Seconds: 6, Quality: .9},
		{Tool: "plug", Subtask: "wash", Count: 1, Seconds: 4, Quality: 1},
	} {
		if got, ok := task.Table.Rating(want.Tool, want.Subtask); !ok || got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	learnt := &toolpath.Table{}
	if err := learnt.Learn(store.Records(t.Context(), "r1", 0), catalog, .8); err != nil || !reflect.DeepEqual(learnt.Ratings(), task.Table.Ratings()) {
		t.Errorf("the journal teaches %+v, %v; the run learnt %+v", learnt.Ratings(), err, task.Table.Ratings())
	}
	if run, err := store.Get(t.Context(), "r1"); err != nil || run.Status != "succeeded" {
		t.Errorf("%+v, %v", run, err)
	}
	again, o := job([]string{"hose"}, nil)
	again.Table = learnt
	o.Search.Alpha = new(0.0)
	r, err := toolpath.Run(t.Context(), again, o)
	if err != nil || len(r.Excluded) > 0 || r.Steps[0].Tool != "plug" {
		t.Errorf("what is known to be out is tried again: %v, %v, %v", r.Excluded, r.Steps, err)
	}
}

func TestLearnFromOtherRuns(t *testing.T) {
	store := journal.NewMemory()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := store.Create(t.Context(), journal.Run{ID: "r", Version: journal.Version}); err != nil {
		t.Fatal(err)
	}
	seq := uint64(0)
	effect := func(name string, node search.NodeID, took time.Duration, d journal.Done) {
		d.Node, d.Key = node, name+"-key"
		for _, p := range []struct {
			at   time.Time
			kind journal.Kind
			v    any
		}{{at, journal.KindIntent, journal.Intent{Node: node, Call: tool.Call{Tool: name, Args: []byte("{}")}, Key: d.Key}}, {at.Add(took), journal.KindDone, d}} {
			seq++
			r, err := journal.New(seq, p.at, p.kind, p.v)
			if err = errors.Join(err, store.Append(t.Context(), "r", r)); err != nil {
				t.Fatal(err)
			}
		}
	}
	effect("sun", 1, 2*time.Second, journal.Done{})
	effect("sun", 2, 4*time.Second, journal.Done{Error: "clouds"})
	effect("spinner", 3, time.Second, journal.Done{Unknown: true})
	effect("plug", 4, time.Second, journal.Done{})
	var got toolpath.Table
	if err := got.Learn(store.Records(t.Context(), "r", 0), catalog, .8); err != nil {
		t.Fatal(err)
	}
	want := []toolpath.Rating{{Tool: "sun", Subtask: "dry", Count: 2, Seconds: 3, Quality: .5, Failed: 1}}
	if !reflect.DeepEqual(got.Ratings(), want) {
		t.Errorf("got %+v, want %+v", got.Ratings(), want)
	}
}

func TestTableComesBack(t *testing.T) {
	a := &toolpath.Table{}
	a.Add("sun", "dry", 2, .5, true)
	a.Add("sun", "dry", 4, 1, false)
	a.Add("hose", "wash", 1, 1, false)
	var b bytes.Buffer
	if err := a.Write(&b); err != nil {
		t.Fatal(err)
	}
	back, err := toolpath.ReadTable(&b)
	if err != nil || !reflect.DeepEqual(back.Ratings(), a.Ratings()) || len(back.Ratings()) != 2 {
		t.Errorf("%+v came back as %+v, %v", a.Ratings(), back.Ratings(), err)
	}
	if r := back.Ratings()[1]; r.Seconds != 3 || r.Quality != .75 || r.Failed != 1 {
		t.Errorf("the means are %+v", r)
	}
}

func FuzzReadTable(f *testing.F) {
	f.Add(`{"version":1,"ratings":[{"tool":"a","subtask":"b","count":1,"seconds":1,"quality":0.5,"failed":0}]}`)
	f.Add(`{"version":2}`)
	f.Add(`{"version":1,"ratings":[{"tool":"a","count":1,"quality":2}]}`)
	f.Add(`{"version":1,"ratings":[{"tool":"a","count":0}]}`)
	f.Add(`[`)
	f.Fuzz(func(t *testing.T, s string) {
		table, err := toolpath.ReadTable(strings.NewReader(s))
		if err != nil {
			if !errors.Is(err, toolpath.ErrTable) {
				t.Errorf("%v does not wrap ErrTable", err)
			}
			return
		}
		var b bytes.Buffer
		if err := table.Write(&b); err != nil {
			t.Fatal(err)
		}
		if back, err := toolpath.ReadTable(&b); err != nil || !reflect.DeepEqual(back.Ratings(), table.Ratings()) {
			t.Errorf("%+v came back as %+v, %v", table, back, err)
		}
	})
}

// writer is a model that answers with the given texts, one after another.
type writer struct {
	model.Model
	answers []string
	asked   []model.TextRequest
}

func (w *writer) Capabilities() model.Capabilities {
	return model.Capabilities{Text: true, Schema: true}
}
func (w *writer) Complete(_ context.Context, r model.TextRequest) (model.TextResponse, error) {
	w.asked = append(w.asked, r)
	text := w.answers[0]
	w.answers = w.answers[1:]
	return model.TextResponse{Text: text, Usage: model.Usage{Requests: 1}}, nil
}

const good = `{"subtasks":[{"id":"1","kind":"wash","about":"","parents":[]},{"id":"2","kind":"dry","about":"","parents":["1"]},` +
	`{"id":"3","kind":"dry","about":"","parents":[]},{"id":"4","kind":"wash","about":"","parents":["3"]}]}`

func TestDecomposeAsksTheModel(t *testing.T) {
	bad := strings.Replace(good, `"kind":"wash","about":"","parents":["3"]`, `"kind":"dry","about":"","parents":["3"]`, 1)
	w := &writer{answers: []string{bad, good}}
	got, used, err := toolpath.Decompose(t.Context(), w, "wash and dry", catalog.Kinds)
	if err != nil || len(got) != 4 || used.Requests != 2 {
		t.Fatalf("%v, %v, %v", got, used, err)
	}
	if r := w.asked[1]; !strings.Contains(r.Prompt, "do different kinds") || !strings.Contains(r.Prompt, "wash and dry") || !strings.Contains(string(r.Schema), `"enum":["wash","dry"]`) {
		t.Errorf("the second request is %+v", r)
	}
	w = &writer{answers: []string{"no", `{"subtasks":[]}`}}
	if _, used, err := toolpath.Decompose(t.Context(), w, "x", catalog.Kinds); !errors.Is(err, model.ErrGarbage) || !errors.Is(err, toolpath.ErrSubtasks) || used.Requests != 2 {
		t.Errorf("got %v, %v", used, err)
	}
}

// TestASecondRequestIsNoSurprise: a bad answer is quoted in the request that follows it, but not so much of it that the request
// takes more than was known beforehand.
func TestASecondRequestIsNoSurprise(t *testing.T) {
	long := strings.Replace(good, `"kind":"wash"`, `"kind":"`+strings.Repeat("wash, 7 ", 2000)+`"`, 1)
	w := &writer{answers: []string{long, good}}
	r := model.DecomposeRequest{Goal: "wash and dry", Kinds: catalog.Kinds, N: 1}
	if _, _, err := toolpath.DecomposeWith(t.Context(), w, r); err != nil {
		t.Fatal(err)
	}
	worst, err := toolpath.DecomposeText(r, toolpath.LongestReason())
	if err != nil {
		t.Fatal(err)
	}
	var e model.Estimator
	took, most := e.EstimateText(w.asked[1], model.Capabilities{}), e.EstimateText(worst, model.Capabilities{})
	if took.Prompt > most.Prompt || took.Prompt <= e.EstimateText(w.asked[0], model.Capabilities{}).Prompt {
		t.Errorf("%d tokens, where %d were to be expected", took.Prompt, most.Prompt)
	}
}

func TestDecomposeWithoutText(t *testing.T) {
	shape := func(all []toolpath.Subtask) string {
		var out []string
		for _, s := range all {
			out = append(out, s.ID+" after "+strings.Join(s.Parents, "|"))
		}
		return strings.Join(out, "; ")
	}
	for goal, want := range map[string]string{
		"first dry the shirt, then wash it": "dry 1 after ; wash 2 after dry 1",
		"rinse it and spin it":              "wash 1 after ; dry 2 after wash 1",
		"spin it, wash it":                  "dry 1 after ; wash 2 after dry 1; wash 3 after ; dry 4 after wash 3",
	} {
		got, _, err := toolpath.Decompose(t.Context(), lexical.New(nil), goal, catalog.Kinds)
		if err != nil || shape(got) != want {
			t.Errorf("%q: %s, %v; want %s", goal, shape(got), err, want)
		}
	}
	// Two orders share what they have in common at the start and at the end.
	got, err := toolpath.Clauses("wash it, spin it, rinse it and dry that", catalog.Kinds)
	if err != nil || len(got) != 6 || len(got[5].Parents) != 2 || got[5].ID != "dry 4" {
		t.Errorf("%s, %v", shape(got), err)
	}
	if _, _, err := toolpath.Decompose(t.Context(), nil, "sing", catalog.Kinds); !errors.Is(err, toolpath.ErrSubtasks) {
		t.Errorf("got %v", err)
	}
}

func TestRefusals(t *testing.T) {
	task, o := job(nil, nil)
	for want, change := range map[string]func(*toolpath.Task){
		"world and call":     func(t *toolpath.Task) { t.World = nil },
		`there is no "iron"`: func(t *toolpath.Task) { t.Subtasks = []toolpath.Subtask{{ID: "a", Kind: "iron"}} },
		"stands there twice": func(t *toolpath.Task) {
			t.Subtasks = []toolpath.Subtask{{ID: "a", Kind: "dry"}, {ID: "a", Kind: "dry"}}
		},
		"not an earlier": func(t *toolpath.Task) {
			t.Subtasks = []toolpath.Subtask{{ID: "a", Kind: "dry", Parents: []string{"b"}}}
		},
		"there are 0":            func(t *toolpath.Task) { t.Subtasks = nil },
		`there is no tool "tap"`: func(t *toolpath.Task) { t.Catalog.Tools = []toolpath.Tool{{Name: "hose", Needs: []string{"tap"}}} },
		`there is no kind "x"`:   func(t *toolpath.Task) { t.Catalog.Tools = []toolpath.Tool{{Name: "hose", Solves: []string{"x"}}} },
		"no tool does kind":      func(t *toolpath.Task) { t.Catalog.Tools = nil },
	} {
		bad := task
		change(&bad)
		if _, err := toolpath.Run(t.Context(), bad, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := toolpath.Run(ctx, task, o); !errors.Is(err, context.Canceled) {
		t.Errorf("a canceled run ends with %v", err)
	}
	boom := errors.New("boom")
	task.Check = func(context.Context, toolpath.Step, toolpath.Output) (float64, error) { return 0, boom }
	if _, err := toolpath.Run(t.Context(), task, o); !errors.Is(err, boom) {
		t.Errorf("a check that breaks ends the run with %v", err)
	}
}
