package azimuth_test

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"

	"context"
	"encoding/json"
)

// laundry has two tools that wash, the quick one out of order, and one that hangs clothes up, which is an effect.
type laundry struct {
	made   []string
	broken string
	says   string // JSON beside each answer
}

func (l *laundry) tools() []tool.Tool {
	add := func(spec tool.Spec) tool.Tool { return &machine{spec, l} }
	wash := []tool.Job{{Name: "wash", Doc: "wash, clean, rinse", Rank: 1}}
	return []tool.Tool{
		add(tool.Spec{Name: "quick", Effect: tool.Pure, Solves: wash, Price: tool.Price{USD: .001}}),
		add(tool.Spec{Name: "soak", Effect: tool.Pure, Solves: wash, Price: tool.Price{USD: .1}}),
		add(tool.Spec{Name: "hang", Effect: tool.Reversible, Solves: []tool.Job{{Name: "dry", Doc: "hang up, dry", Rank: 2}}}),
	}
}

type machine struct {
	spec tool.Spec
	in   *laundry
}

func (m *machine) Spec() tool.Spec {
	m.spec.Input = json.RawMessage(`{"type":"object","properties":{"mode":{"type":"integer","minimum":1,"maximum":3}},"required":["mode"]}`)
	return m.spec
}

func (m *machine) Call(_ context.Context, args json.RawMessage) (tool.Result, error) {
	m.in.made = append(m.in.made, m.spec.Name+string(args))
	if m.spec.Name == m.in.broken {
		return tool.Result{Content: "out of order", IsError: true}, nil
	}
	return tool.Result{Content: "done", Value: json.RawMessage(m.in.says)}, nil
}

// washing runs the goal once, on a store that keeps what was learnt.
func washing(t *testing.T, store journal.Store, change func(*azimuth.Options)) (*azimuth.Result, []string) {
	t.Helper()
	l := &laundry{broken: "quick"}
	o := &azimuth.Options{Store: store, Approve: effect.Policy{Mode: effect.AllMode}}
	o.Strategy = search.CoSTA
	if change != nil {
		change(o)
	}
	a, err := azimuth.New(l.tools(), o)
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Run(t.Context(), "wash the shirt, then hang it up")
	if err != nil {
		t.Fatal(err)
	}
	return r, l.made
}

// A run that met a broken tool turns to another one, and the next run doesn't try it first.
func TestCostaLearnsFromItsJournal(t *testing.T) {
	store := journal.NewMemory()
	r, made := washing(t, store, nil)
	if want := []string{`quick{"mode":2}`, `quick{"mode":3}`, `soak{"mode":2}`, `hang{"mode":2}`}; r.Status != engine.Succeeded || !slices.Equal(made, want) {
		t.Errorf("%s: %v, %s; want %v", r.Status, made, r.Error, want)
	}
	quality := func(o *azimuth.Options) { o.Alpha = new(0.0) }
	r, made = washing(t, store, quality)
	if want := []string{`soak{"mode":2}`, `hang{"mode":2}`}; r.Status != engine.Succeeded || !slices.Equal(made, want) {
		t.Errorf("the second run makes %v, %s; want %v", made, r.Error, want)
	}
	if r.Answer != "Done: wash by soak, dry by hang." || len(r.Steps) != 2 {
		t.Errorf("%q, %+v", r.Answer, r.Steps)
	}
	v, err := azimuth.OpenView(t.Context(), store, "last", nil)
	if err != nil || v.Result.Status != engine.Succeeded || v.Tree.Len() < 4 {
		t.Errorf("the journal gives %+v, %v", v, err)
	}
}

// What other strategies met with counts too.
func TestCostaLearnsFromOtherStrategies(t *testing.T) {
	store := journal.NewMemory()
	for range 3 {
		washing(t, store, func(o *azimuth.Options) {
			o.Strategy, o.Model = search.Greedy, proposer{model.RawCall{Tool: "quick", Args: `{"mode":1}`}}
			o.Budget = budget.Limits{Expansions: 3}
		})
	}
	_, made := washing(t, store, func(o *azimuth.Options) { o.Alpha = new(0.0) })
	if made[0] != `soak{"mode":2}` {
		t.Errorf("a tool that failed elsewhere is tried first: %v", made)
	}
}

// proposer proposes one call, and then ends.
type proposer struct{ call model.RawCall }

func (p proposer) Propose(_ context.Context, r model.Request) (model.Response, error) {
	s := model.Sample{Calls: []model.RawCall{p.call}}
	if len(r.Steps) > 0 {
		s = model.Sample{Answer: "done"}
	}
	return model.Response{Samples: slices.Repeat([]model.Sample{s}, r.N), Usage: model.Usage{Requests: 1, Samples: r.N}}, nil
}
func (proposer) Complete(context.Context, model.TextRequest) (model.TextResponse, error) {
	return model.TextResponse{}, errors.ErrUnsupported
}
func (proposer) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "one call", N: 10, Seed: true}
}

// A plan in memory shows that its tools are good enough: they come before cheaper ones that nobody knows, and these come where they fail.
func TestCostaLearnsFromMemory(t *testing.T) {
	for known, want := range map[string][]string{
		"soak":  {`soak{"mode":2}`, `hang{"mode":2}`},
		"quick": {`quick{"mode":2}`, `quick{"mode":3}`, `soak{"mode":2}`, `hang{"mode":2}`},
	} {
		plans, err := memory.New(memory.Plan{Goal: "wash the socks", Calls: []tool.Call{{Tool: known, Args: json.RawMessage(`{"mode":1}`)}}})
		if err != nil {
			t.Fatal(err)
		}
		r, made := washing(t, journal.NewMemory(), func(o *azimuth.Options) { o.Memory = plans })
		if r.Status != engine.Succeeded || !slices.Equal(made, want) {
			t.Errorf("%s is known: %s, %v; want %v", known, r.Status, made, want)
		}
	}
}

// An effect that nobody approved ends the run as denied, before it is made.
func TestCostaAsksBeforeEffects(t *testing.T) {
	r, made := washing(t, journal.NewMemory(), func(o *azimuth.Options) { o.Approve = effect.Policy{} })
	if r.Status != engine.Denied || slices.ContainsFunc(made, func(c string) bool { return strings.HasPrefix(c, "hang") }) {
		t.Errorf("%s: %v, %s", r.Status, made, r.Error)
	}
}

func TestCostaStopsAtItsBudget(t *testing.T) {
	r, made := washing(t, journal.NewMemory(), func(o *azimuth.Options) { o.Budget = budget.Limits{ToolCalls: 1} })
	if r.Status != engine.Exhausted || len(made) != 1 {
		t.Errorf("%s: %v, %s", r.Status, made, r.Error)
	}
}

func TestCostaIsRefusedFirst(t *testing.T) {
	for want, s := range map[string]azimuth.Settings{
		"alpha: 3 is outside [0,2]": {Strategy: search.CoSTA, Alpha: new(3.0)},
		"threshold: 1.5":            {Strategy: search.CoSTA, Threshold: 1.5},
		"beta: strategy costa does": {Strategy: search.CoSTA, Beta: new(1.0)},
		"attempts: -1":              {Strategy: search.CoSTA, Trials: -1},
	} {
		if err := s.Validate(); !errors.Is(err, azimuth.ErrSetting) || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", s, err, want)
		}
	}
	l := &laundry{}
	o := &azimuth.Options{}
	o.Strategy = search.CoSTA
	a, err := azimuth.New(l.tools(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Run(t.Context(), "sing"); !errors.Is(err, model.ErrUnable) || !strings.Contains(err.Error(), "taken apart") {
		t.Errorf("a goal that the lexical model can't take apart: %v", err)
	}
}

// TestCostaDoesNotBelieveAnyNumber: a tool that says it took longer than a step can cost is not thrown out for it, neither now
// nor by the runs that learn from this one.
func TestCostaDoesNotBelieveAnyNumber(t *testing.T) {
	store := journal.NewMemory()
	for i := range 2 {
		l := &laundry{broken: "quick", says: `{"seconds":1e300,"quality":7}`}
		a, err := azimuth.New(l.tools(), &azimuth.Options{Store: store, Approve: effect.Policy{Mode: effect.AllMode}, Settings: azimuth.Settings{Strategy: search.CoSTA}})
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Run(t.Context(), "wash the shirt, then hang it up")
		if err != nil || r.Status != engine.Succeeded || len(r.Steps) != 2 {
			t.Errorf("run %d: %s after %v, %v", i+1, r.Status, l.made, err)
		}
	}
}

// TestCostaReservesTokens: a model that takes goals apart in its own way is not asked where its words would not be paid for.
func TestCostaReservesTokens(t *testing.T) {
	tasks, err := noisy.Tasks("toolpath", 7, 1)
	if err != nil {
		t.Fatal(err)
	}
	m, err := noisy.New(tasks, noisy.Params{P: .9}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for tokens, want := range map[int64]engine.Status{1000: engine.Exhausted, 100_000: engine.Succeeded} {
		a, err := azimuth.New(nil, &azimuth.Options{
			Settings: azimuth.Settings{Strategy: search.CoSTA, Budget: budget.Limits{Tokens: tokens}}, World: tasks[0].World, Model: m,
		})
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Run(t.Context(), tasks[0].Gold.Goal)
		if used := int64(r.Usage.PromptTokens + r.Usage.CompletionTokens); err != nil || r.Status != want || used > tokens {
			t.Errorf("%d tokens: %s after %d, %v", tokens, r.Status, used, err)
		}
	}
}

// undecided takes goals apart in its own way: each request brings the next of its lists, ten times. In a list, + is before what follows
// the subtask before it, and +/ before another way.
type undecided struct {
	proposer
	says  []string
	asked *int
	shown *model.DecomposeRequest // the last request
}

func (u undecided) Decompose(_ context.Context, r model.DecomposeRequest) (model.DecomposeResponse, error) {
	out := model.DecomposeResponse{Usage: model.Usage{Requests: 1, Samples: r.N}}
	for i := range r.N {
		kind := strings.Fields(u.says[min(*u.asked, len(u.says)-1)])
		list := []model.Subtask{}
		for j, k := range strings.Split(kind[i%len(kind)], "+") {
			kind, apart := strings.CutPrefix(k, "/")
			list = append(list, model.Subtask{ID: strconv.Itoa(j), Kind: kind, About: "the shirt"})
			if j > 0 && !apart {
				list[j].Parents = []string{list[j-1].ID}
			}
		}
		out.Samples = append(out.Samples, list)
	}
	*u.asked++
	if u.shown != nil {
		*u.shown = r
	}
	return out, nil
}

// twice is a judge who accepts plans of two calls.
type twice struct{}

func (twice) Name() string { return "twice" }
func (twice) Judge(_ context.Context, p judge.Plan) (judge.Verdict, error) {
	return judge.Verdict{Accepted: len(p.Steps) == 2, Reason: "the shirt is dirty"}, nil
}

// A rejected plan has the goal taken apart once more, and the model is told what came of the first list.
func TestCostaAsksForASecondList(t *testing.T) {
	store := journal.NewMemory()
	asked, shown := 0, model.DecomposeRequest{}
	r, made := washing(t, store, func(o *azimuth.Options) {
		o.Model, o.Judge, o.Samples = undecided{says: []string{"wash", "wash+wash"}, asked: &asked, shown: &shown}, twice{}, 1
	})
	if r.Status != engine.Succeeded || r.Answer != "Done: wash by soak, wash by soak." || asked != 2 {
		t.Errorf("%s after %d lists: %q, %v, %s", r.Status, asked, r.Answer, made, r.Error)
	}
	if len(shown.Rejected) != 1 || shown.Rejected[0].Kind != "wash" || shown.Reason != "the shirt is dirty" {
		t.Errorf("the model is told of %+v, %q", shown.Rejected, shown.Reason)
	}
	v, err := azimuth.OpenView(t.Context(), store, "last", nil)
	if err != nil || v.Result.Answer != r.Answer {
		t.Errorf("the journal gives %+v, %v", v, err)
	}
}

// strict rates steps beside what it says of plans.
type strict struct{ twice }

func (strict) Step(context.Context, judge.Part) (judge.Verdict, error) {
	return judge.Verdict{Score: .85}, nil
}

// What a step was worth is not forgotten where the goal is taken apart again and the step is in no plan any more.
func TestCostaLearnsFromBothLists(t *testing.T) {
	store := journal.NewMemory()
	r, _ := washing(t, store, func(o *azimuth.Options) {
		o.Model, o.Judge, o.Samples = undecided{says: []string{"wash", "dry+dry"}, asked: new(int)}, strict{}, 1
	})
	v, err := azimuth.OpenView(t.Context(), store, "last", nil)
	if err != nil || r.Answer != "Done: dry by hang, dry by hang." {
		t.Fatalf("%q, %v", r.Answer, err)
	}
	rated := false
	for _, x := range v.Ratings() {
		rated = rated || x.Tool == "soak" && x.Kind == "wash" && x.Quality == .85
	}
	if !rated {
		t.Errorf("the run teaches %+v", v.Ratings())
	}
}

// writer takes goals apart in words, now this way and now that.
type writer struct {
	proposer
	asked *int
}

func (writer) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "writer", N: 10, Text: true}
}
func (w writer) Complete(context.Context, model.TextRequest) (model.TextResponse, error) {
	*w.asked++
	kind := []string{"wash", "dry"}[*w.asked%2]
	text := `{"subtasks":[{"id":"1","kind":"` + kind + `","about":"the shirt","parents":[]}]}`
	return model.TextResponse{Text: text, Usage: model.Usage{Requests: 1, Samples: 1}}, nil
}

// A model in words is asked once for each list: where they don't agree, the few more are not times as many.
func TestCostaAsksForFewListsInWords(t *testing.T) {
	asked := 0
	washing(t, journal.NewMemory(), func(o *azimuth.Options) { o.Model, o.Samples = writer{asked: &asked}, 4 })
	if asked != 4+5 {
		t.Errorf("%d lists were asked for, want 4 and up to 5 more", asked)
	}
}

// boundless gives scores that no judge should give.
type boundless struct{}

func (boundless) Name() string { return "boundless" }
func (boundless) Judge(context.Context, judge.Plan) (judge.Verdict, error) {
	return judge.Verdict{Accepted: true, Score: math.Inf(1)}, nil
}
func (boundless) Step(context.Context, judge.Part) (judge.Verdict, error) {
	return judge.Verdict{Score: math.NaN()}, nil
}

// A judge may be anybody's: a score that is no number is none, and no reason to end the run.
func TestScoresThatAreNoNumbers(t *testing.T) {
	r, _ := washing(t, journal.NewMemory(), func(o *azimuth.Options) { o.Judge = boundless{} })
	if r.Status != engine.Succeeded || r.Answer != "Done: wash by soak, dry by hang." {
		t.Errorf("%s: %q, %s", r.Status, r.Answer, r.Error)
	}
}

// Several lists that nobody could vote on are no agreement.
func TestCostaAsksForASecondListWhereNoneWasAgreedOn(t *testing.T) {
	asked := 0
	r, _ := washing(t, journal.NewMemory(), func(o *azimuth.Options) {
		o.Model, o.Judge = undecided{says: []string{"wash+/wash", "wash+wash"}, asked: &asked}, twice{}
	})
	if r.Status != engine.Succeeded || r.Answer != "Done: wash by soak, wash by soak." || asked != 2 {
		t.Errorf("%s after %d lists: %q, %s", r.Status, asked, r.Answer, r.Error)
	}
}

// Where lists of subtasks don't agree more are asked for, as long as there is a budget.
func TestCostaAsksUntilListsAgree(t *testing.T) {
	for name, c := range map[string]struct {
		says   []string
		calls  int64
		asked  int
		answer string
	}{
		"they agree":              {[]string{"wash"}, 10, 1, "Done: wash by soak."},
		"they are split at first": {[]string{"wash dry", "wash"}, 10, 2, "Done: wash by soak."},
		"they stay split":         {[]string{"wash dry"}, 10, 6, "Done: wash by soak."},
		"one can be read a time":  {[]string{"wash iron iron iron iron iron iron iron iron iron"}, 10, 3, "Done: wash by soak."},
		"they are no chains":      {[]string{"wash+/wash"}, 10, 1, "Done: wash by soak."},
		"the budget is small":     {[]string{"wash dry"}, 2, 2, "Done: wash by soak."},
	} {
		asked := 0
		r, _ := washing(t, journal.NewMemory(), func(o *azimuth.Options) {
			o.Model, o.Budget = undecided{says: c.says, asked: &asked}, budget.Limits{ModelCalls: c.calls}
		})
		if asked != c.asked || r.Answer != c.answer || r.Usage.ModelCalls != c.asked {
			t.Errorf("%s: %d requests (%d by the ledger), %q; want %d and %q", name, asked, r.Usage.ModelCalls, r.Answer, c.asked, c.answer)
		}
	}
}
