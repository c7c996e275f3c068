package bench

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/model"
)

func TestSpecRefuses(t *testing.T) {
	ok := Spec{Suites: []string{"home"}, Strategies: []string{"vote"}}
	if err := ok.Validate(); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*Spec){
		"suites: none":       func(s *Spec) { s.Suites = nil },
		"there are":          func(s *Spec) { s.Suites = []string{"moon"} },
		"strategies: none":   func(s *Spec) { s.Strategies = nil },
		"1 to 100,000":       func(s *Spec) { s.Tasks = -1 },
		"1 to 1,000":         func(s *Spec) { s.Seeds = 2000 },
		"p: 1.5":             func(s *Spec) { s.P = []float64{1.5} },
		"e: 2":               func(s *Spec) { s.E = []float64{2} },
		"diffuse or skewed":  func(s *Spec) { s.Errors = []string{"some"} },
		"equal budget":       func(s *Spec) { s.Budgets = []budget.Limits{{Depth: 3}} },
		"the model is":       func(s *Spec) { s.Model, s.P = "lexical", []float64{0.5} },
		"p: 0.5 is there":    func(s *Spec) { s.P = []float64{0.5, 0.5} },
		"suites: home is":    func(s *Spec) { s.Suites = []string{"home", "home"} },
		"demos: 5000":        func(s *Spec) { s.Demos = 5000 },
		"unknown strategy":   func(s *Spec) { s.Strategies = []string{"annealing"} },
		"calls":              func(s *Spec) { s.Budgets = []budget.Limits{{ModelCalls: -1}} },
		"first seed: 1 << 3": nil,
	} {
		s := ok
		if change == nil {
			want, s.First = "first seed", 1<<40
		} else {
			change(&s)
		}
		if err := s.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error about %q, got %v", want, err)
		}
	}
}

// A judge or a model that nobody can open is refused before anything runs, and so is a strategy that lacks something.
func TestRunnerRefuses(t *testing.T) {
	base := Spec{Suites: []string{"home"}, Strategies: []string{"vote"}}
	for want, change := range map[string]func(*Spec){
		"want none or noisy":    func(s *Spec) { s.Judges = []string{"oracle"} },
		"want noisy or lexical": func(s *Spec) { s.Model = "acme/one" },
		"price of":              func(s *Spec) { s.Budgets = []budget.Limits{{USD: 1}} },
	} {
		s := base
		change(&s)
		if _, err := NewRunner(s, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error about %q, got %v", want, err)
		}
	}
	if _, err := NewRunner(base, &RunnerOptions{Parallel: -1}); err == nil || !strings.Contains(err.Error(), "1 to 1,024") {
		t.Errorf("got %v", err)
	}
}

// mute is a model that can do little, and may not be asked before a run begins.
type mute struct {
	understudy
	asked int
}

func (m *mute) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	m.asked++
	return m.understudy.Propose(ctx, r)
}

// A contender that the model can't serve is refused before the model is asked for anything.
func TestRehearsalSpendsNothing(t *testing.T) {
	m := &mute{understudy: understudy{model.Capabilities{Name: "mute", N: 1}}}
	o := &RunnerOptions{OpenModel: func(string) (model.Model, error) { return m, nil }}
	s := Spec{Suites: []string{"home"}, Strategies: []string{"vote", "vote:k=10"}, Model: "acme/mute", Budgets: []budget.Limits{{ModelCalls: 8}}}
	if _, err := NewRunner(s, o); !errors.Is(err, ErrContender) || !strings.Contains(err.Error(), `"vote:k=10"`) || !strings.Contains(err.Error(), "10 calls") {
		t.Errorf("got %v", err)
	}
	s.Strategies = s.Strategies[:1]
	if _, err := NewRunner(s, o); err != nil {
		t.Error(err)
	}
	s.Budgets = []budget.Limits{{USD: 1}}
	if _, err := NewRunner(s, o); !errors.Is(err, ErrContender) || !strings.Contains(err.Error(), "price") {
		t.Errorf("got %v", err)
	}
	if m.asked != 0 {
		t.Errorf("%d requests were made", m.asked)
	}
}

func TestSuites(t *testing.T) {
	for _, s := range Suites() {
		w, err := world.Open(s.World, &s.Options)
		if err != nil {
			t.Fatal(err)
		}
		base, _ := world.Open(s.World, nil)
		got, crowded := len(w.Specs())-len(base.Specs()), s.Options.Distractors > 0
		if got > s.Options.Distractors || (got > 0) != crowded {
			t.Errorf("%s has %d more tools, want at most %d", s.Name, got, s.Options.Distractors)
		}
	}
	var unknown *UnknownError
	if _, err := FindSuite("moon"); !errors.As(err, &unknown) || !slices.Contains(unknown.Known, "home") || !strings.Contains(err.Error(), "home, ") {
		t.Errorf("got %v", err)
	}
}

// Every combination is a condition of its own, and says what of it is simulated.
func TestConditions(t *testing.T) {
	s := Spec{Suites: []string{"home", "trip"}, Strategies: []string{"vote"}, P: []float64{0.5, 0.8}, Errors: []string{"diffuse", "skewed"},
		Judges: []string{None, Noisy}, Budgets: []budget.Limits{{ModelCalls: 10}, {ModelCalls: 20}, {ModelCalls: 40}}}
	cs := s.Conditions()
	if len(cs) != 2*2*2*2*3 || cs[0].Budget.ModelCalls != 10 || cs[1].Budget.ModelCalls != 20 {
		t.Errorf("got %d, first %v", len(cs), cs[0])
	}
	seen := map[string]bool{}
	for _, c := range cs {
		if seen[c.String()] {
			t.Errorf("%s is there twice", c)
		}
		seen[c.String()] = true
		if !strings.Contains(c.String(), "SIMULATED proposer") {
			t.Errorf("%s does not say that it is a simulation", c)
		}
	}
	valid := Spec{Suites: []string{"home"}, Valid: true}.Conditions()[0]
	if valid.Simulated() != "SIMULATED proposer (p=0.65, e=0.3, diffuse errors, valid calls only)" {
		t.Errorf("got %q", valid.Simulated())
	}
	plain := Spec{Suites: []string{"home"}, Model: "lexical"}.Conditions()[0]
	if plain.Simulated() != "" || plain.String() != "home: model lexical, judge none; budget calls=40" {
		t.Errorf("got %q", plain)
	}
	plain.Judge = Noisy
	if got := plain.String(); got != "home: SIMULATED judge, model lexical; budget calls=40" {
		t.Errorf("got %q", got)
	}
}
