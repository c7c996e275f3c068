package azimuth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/journal"
)

// Every constant can be written, has its name in JSON, and reaches the scorer's options.
func TestCostsReachTheScorer(t *testing.T) {
	typ := reflect.TypeFor[Costs]()
	if n := len(costNames()); n != typ.NumField() {
		t.Fatalf("%d names for %d fields", n, typ.NumField())
	}
	for i, name := range costNames() {
		f, value := typ.Field(i), "0.625"
		if name == "evidence" {
			value = cost.Share
		}
		if json, _, _ := strings.Cut(f.Tag.Get("json"), ","); json != name || f.Tag.Get("yaml") != name {
			t.Errorf("%s is %s in JSON", name, json)
		}
		c, err := ParseCosts(" " + name + "=" + value)
		if err != nil {
			t.Fatal(err)
		}
		s := Settings{Strategy: "astar", Costs: c}
		o, err := s.costOptions(7)
		if err != nil || s.Validate() != nil {
			t.Fatal(err, s.Validate())
		}
		got, plain := reflect.ValueOf(*o).FieldByName(f.Name), cost.Options{Length: 7}
		if got.Kind() == reflect.Pointer {
			got = got.Elem()
		}
		if fmt.Sprint(got) != value || reflect.DeepEqual(*o, plain) {
			t.Errorf("%s: the scorer gets %+v", name, o)
		}
	}
}

// Settings have every option of the scorer, under the same name and as a pointer or a text, so that it can be left out: what
// is added to one list has to be added to the other.
func TestScorerTakesNothingElse(t *testing.T) {
	settings := reflect.TypeFor[Settings]()
	for f := range reflect.TypeFor[cost.Options]().Fields() {
		have, ok := settings.FieldByName(f.Name)
		name, _, _ := strings.Cut(have.Tag.Get("json"), ",")
		switch k := have.Type; {
		case !ok:
			t.Errorf("cost.Options has %s, Costs has not: add it there and to constants and costOptions", f.Name)
		case k != reflect.TypeFor[*float64]() && k.Kind() != reflect.String:
			t.Errorf("%s is a %v", f.Name, k)
		case name != strings.ToLower(f.Name):
			t.Errorf("%s is %q in JSON", f.Name, name)
		}
	}
	s := Settings{Alpha: new(0.25), Beta: new(0.75)}
	if o, err := s.costOptions(0); err != nil || *o.Alpha != 0.25 || *o.Beta != 0.75 {
		t.Errorf("the scorer gets %+v, %v", o, err)
	}
}

func TestParseCostsRefuses(t *testing.T) {
	for text, want := range map[string]string{
		",": "NAME=VALUE", "tau": "NAME=VALUE", "tau=": "not a number", "tau=much": "not a number", "gain=1": "there are tau, n0, s,",
		"tau=1,phi=2,tau=1": "tau is given twice", "tau=1,": "NAME=VALUE",
		"evidence=share,evidence=share": "evidence is given twice", "evidence=": "is empty",
	} {
		if _, err := ParseCosts(text); !errors.Is(err, ErrSetting) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestCostsAndRulesAreRefused(t *testing.T) {
	for _, c := range []struct {
		costs string
		s     Settings
		want  string // empty for none
	}{
		{"tau=0", Settings{}, "tau: 0 is outside (0, ...)"},
		{"s=0", Settings{}, "s: 0 is outside (0, ...)"},
		{"step=-1", Settings{}, "step: -1 is outside (0, ...)"},
		{"tau=NaN", Settings{}, "tau: NaN is outside (0, ...)"},
		{"w=Inf", Settings{}, "w: +Inf is outside [0, ...)"},
		{"rho=1.5", Settings{}, "rho: 1.5 is outside [0,1]"},
		{"tp=.2,fp=.4", Settings{}, "tp: 0.2 is not above fp 0.4"},
		{"n0=0,omega=0,w=0,phi=0,rho=0,health=0", Settings{}, ""},
		{"tau=1", Settings{Preset: "paper"}, "tau: preset paper does not read it; choose azimuth, outline, auto"},
		{"health=1", Settings{Preset: "paper"}, ""},
		{"phi=1", Settings{Strategy: "vote"}, "phi: strategy vote does not read it; choose astar, qstar, or leave it out"},
		{"phi=1", Settings{Strategy: "qstar"}, ""},
		{"evidence=half", Settings{}, `evidence "half": want softmax or share`},
		{"evidence=share,tau=1", Settings{}, "tau: evidence share does not read it"},
		{"evidence=share,phi=1", Settings{Preset: "azimuth"}, ""},
		{"evidence=share", Settings{Preset: "paper"}, "evidence: preset paper does not read it"},
		{"", Settings{FirstAccepted: true, Preset: "paper"}, "first_accepted: preset paper takes a rejected plan last anyway"},
		{"", Settings{FirstAccepted: true, Strategy: "uniform"}, "first_accepted: strategy uniform does not read it"},
		{"", Settings{FirstAccepted: true, Strategy: "qstar"}, ""},
		{"", Settings{Strategy: "vote", Preset: "paper", Alpha: new(0.5)}, "preset: strategy vote does not read it; choose astar, qstar, or leave it out"},
		{"", Settings{Strategy: "vote", Alpha: new(0.5)}, "alpha: strategy vote does not read it; choose costa, astar, qstar"},
		{"", Settings{Beta: new(0.5)}, "beta: preset auto has no such weight; choose paper"},
		{"", Settings{Preset: "none", Margin: new(2)}, `preset "none": want one of`},
		{"", Settings{Strategy: "vote", Preset: "auto"}, ""},
		{"", Settings{Strategy: "greedy", Samples: 1}, ""},
		{"", Settings{Gate: new(0.0)}, "gate: 0 is neither"},
		{"", Settings{Gate: new(1.5)}, "gate: 1.5 is above 1"},
		{"", Settings{Gate: new(-1.0), Strategy: "uniform"}, ""},
		{"", Settings{Gate: new(0.5), Strategy: "vote"}, "gate: strategy vote does not read it"},
		{"", Settings{ReopenMax: new(0)}, "reopen_max: 0 is neither"},
		{"", Settings{ReopenMax: new(-1)}, ""},
		{"", Settings{ReopenMax: new(-1), Preset: "paper"}, "reopen_max: preset paper never asks a node twice"},
		{"", Settings{ReopenMax: new(1 << 20)}, "reopen max: 1048576 is outside"},
		{"", Settings{MinSupport: new(-1)}, "min support: -1"},
		{"", Settings{Margin: new(-1), MaxSupport: new(5)}, ""},
		{"", Settings{MinSupport: new(2), Preset: "outline"}, ""},
		{"", Settings{Margin: new(3), Preset: "azimuth"}, "margin: preset azimuth has no outlines; choose outline, auto, or leave it out"},
		{"tau = 1, phi = 2", Settings{}, ""},
		{"", Settings{MaxSupport: new(5), Strategy: "qstar"}, "max_support: strategy qstar does not read it"},
		{"", Settings{Patience: new(5), Strategy: "qstar"}, "patience: strategy qstar does not read it"},
		{"", Settings{Patience: new(5), Preset: "outline"}, "patience: preset outline does not turn"},
		{"", Settings{Patience: new(0)}, "patience: 0 is neither"},
		{"", Settings{Patience: new(1001)}, "patience: 1001"},
		{"", Settings{Patience: new(-1), Preset: "auto"}, ""},
	} {
		if c.costs != "" {
			var err error
			if c.s.Costs, err = ParseCosts(c.costs); err != nil {
				t.Fatal(err)
			}
		}
		err := c.s.Validate()
		if c.want == "" && err == nil || c.want != "" && errors.Is(err, ErrSetting) && strings.Contains(err.Error(), c.want) {
			continue
		}
		t.Errorf("%q, %+v: %v, want %q", c.costs, c.s, err, c.want)
	}
}

// A run goes on with the constants that it began with: its journal has them, flat beside the other settings.
func TestJournalKeepsCosts(t *testing.T) {
	w, err := world.Open("trip", nil)
	if err != nil {
		t.Fatal(err)
	}
	store := journal.NewMemory()
	s := Settings{Costs: Costs{Tau: new(1.25), Phi: new(0.0)}, Gate: new(-1.0), Margin: new(3)}
	a, err := New(nil, &Options{Settings: s, World: w, Store: store})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Run(context.Background(), "Find a bus from Chicago to Buffalo on 2027-07-11."); err != nil {
		t.Fatal(err)
	}
	v, err := OpenView(context.Background(), store, "last", nil)
	if err != nil {
		t.Fatal(err)
	}
	kept := v.Settings
	kept.Samples = 0 // decided by what the model can do
	if d := cmp.Diff(s, kept); d != "" {
		t.Error(d)
	}
	if raw, err := json.Marshal(kept); err != nil || string(raw) != `{"tau":1.25,"phi":0,"gate":-1,"margin":3}` {
		t.Errorf("%s, %v", raw, err)
	}
}
