package azimuth

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// TestSettingsThatPassCanBeKept: a run's settings are the first thing in its journal, so no number that JSON can't write may pass.
func TestSettingsThatPassCanBeKept(t *testing.T) {
	tried := 0
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Settings]()) {
		if f.Type != reflect.TypeFor[float64]() && f.Type != reflect.TypeFor[*float64]() {
			continue
		}
		for _, odd := range []float64{math.Inf(1), math.Inf(-1), math.NaN()} {
			for _, strategy := range slices.Concat([]string{""}, search.Names()) {
				s := Settings{Strategy: strategy}
				v := reflect.ValueOf(&s).Elem().FieldByIndex(f.Index)
				if v.Kind() == reflect.Pointer {
					v.Set(reflect.ValueOf(&odd))
				} else {
					v.SetFloat(odd)
				}
				tried++
				if _, err := json.Marshal(s); err != nil && s.Validate() == nil {
					t.Errorf("%s of strategy %q may be %v, which no journal can hold", f.Name, strategy, odd)
				}
			}
		}
	}
	if tried < 500 {
		t.Errorf("%d settings were tried: the fields were not found", tried)
	}
}

// TestANoteIsJSON: a note stands beside the settings, and one that can't be written would take them with it.
func TestANoteIsJSON(t *testing.T) {
	for note, want := range map[string]bool{"": true, `{"a":1}`: true, "{": false, "plain words": false} {
		_, err := New([]tool.Tool{tool.Func("look", "Looks.", func(context.Context, struct{}) (string, error) { return "", nil }, nil)}, &Options{Note: json.RawMessage(note)})
		if ok := err == nil; ok != want || !ok && !strings.Contains(err.Error(), "note: ") {
			t.Errorf("%q: %v", note, err)
		}
	}
}
