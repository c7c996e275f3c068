package bench

import (
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/bench/world/grade"
)

// What an agent is made of with a model that is not simulated leads to no answer: neither a value of the graders'
// types nor the text of a gold state can be reached by any chain of pointers, fields, maps and interfaces.
func TestRunCannotReachGold(t *testing.T) {
	for _, name := range world.Names() {
		s := Spec{Suites: []string{name}, Strategies: []string{"vote"}, Model: "lexical", Tasks: 3, Seeds: 1}.WithDefaults()
		r, err := NewRunner(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		e := &environment{}
		if err := e.make(placeOf(Key{Condition: s.Conditions()[0], Seed: 1}), s, r.open); err != nil {
			t.Fatal(err)
		}
		o, err := e.options(0, r.contenders[0].Settings, &watcher{}, nil, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		w := walker{seen: map[uintptr]bool{}}
		w.walk(reflect.ValueOf(o))
		if w.label || len(w.texts) < 50 {
			t.Errorf("%s: a label can be reached: %v; %d texts seen", name, w.label, len(w.texts))
		}
		for _, g := range e.gold {
			text := strings.Join(w.texts, "\n")
			if len(g.Dict) > telling && strings.Contains(text, string(g.Dict)) {
				t.Errorf("%s: the answer to %q can be reached", name, g.Goal)
			}
		}
		w = walker{seen: map[uintptr]bool{}} // and the walk would have found it
		w.walk(reflect.ValueOf(e))
		if !w.label {
			t.Errorf("%s: the walk does not even find what is there", name)
		}
	}
}

// telling is how long a state has to be to be recognised, in bytes.
const telling = 40

// walker gathers every text within reach of a value.
type walker struct {
	seen  map[uintptr]bool
	texts []string
	label bool
}

func (w *walker) walk(v reflect.Value) {
	if !v.IsValid() {
		return
	}
	w.label = w.label || v.Type() == reflect.TypeFor[grade.Label]()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && !w.seen[v.Pointer()] {
			w.seen[v.Pointer()] = true
			w.walk(v.Elem())
		}
	case reflect.Interface:
		w.walk(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			w.walk(v.Field(i))
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			w.walk(it.Key())
			w.walk(it.Value())
		}
	case reflect.String:
		w.texts = append(w.texts, v.String())
	case reflect.Slice, reflect.Array:
		w.list(v)
	}
}

func (w *walker) list(v reflect.Value) {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
		w.texts = append(w.texts, string(v.Bytes()))
		return
	}
	for i := range v.Len() {
		w.walk(v.Index(i))
	}
}

// Closures can hide what reflection can't follow; but the packages that a run is made of don't know the graders.
func TestProductDoesNotLinkGraders(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "github.com/azimuthdev/azimuth").Output()
	if err != nil {
		t.Skipf("SKIPPED: go list: %v", err)
	}
	if text := string(out); strings.Contains(text, "/grade") || !strings.Contains(text, "azimuth/engine") {
		t.Errorf("the product links a grader:\n%s", text)
	}
}
