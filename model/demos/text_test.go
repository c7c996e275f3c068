package demos_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model/demos"
)

func TestControllerAsText(t *testing.T) {
	for _, c := range []struct{ text, want, err string }{
		{"0 3/-1.5 0.25 0 2", "0 3/-1.5 0.25 0 2", ""},
		{"# fitted\n0 1 3 # counts\n\n1 2 3 4\n 5 6 7 8e-1/", "0 1 3/1 2 3 4/5 6 7 0.8", ""},
		{"4", "4", ""},
		{"", "", "without counts"},
		{"# nothing", "", "without counts"},
		{"0 x", "", `count "x"`},
		{"0 3/1 2 y 4", "", `weight "y"`},
		{"3 0/1 2 3 4", "", "rising"},
		{"0 0/1 2 3 4", "", "rising"},
		{"-1 3/1 2 3 4", "", "rising"},
		{"0 99999999/1 2 3 4", "", "rising"},
		{strings.Repeat("1 ", 100), "", "rising"},
		{"0 3", "", "0 rows of weights; 2 counts want 1"},
		{"0 3/1 2 3 4/1 2 3 4", "", "2 rows"},
		{"0 3 5/1 2 3 4/1 2 3", "", "row 2"},
		{"0 3/1 2 NaN 4", "", "finite"},
		{"0 3/1 2 1e999 4", "", `weight "1e999"`},
	} {
		var got demos.Controller
		err := got.UnmarshalText([]byte(c.text))
		if c.err == "" && (err != nil || got.String() != c.want) || c.err != "" && (!errors.Is(err, demos.ErrInput) || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("%q: %q, %v; want %q, %q", c.text, got.String(), err, c.want, c.err)
		}
	}
}

// TestControllerInJSON: it is a text there, and a lone count may be a number.
func TestControllerInJSON(t *testing.T) {
	type settings struct {
		C *demos.Controller `json:"c,omitempty"`
	}
	for in, want := range map[string]string{`{}`: `{}`, `{"c":"0 3/1 2 3 4"}`: `{"c":"0 3/1 2 3 4"}`, `{"c":5}`: `{"c":"5"}`} {
		var s settings
		if err := json.Unmarshal([]byte(in), &s); err != nil {
			t.Fatal(err)
		}
		if out, err := json.Marshal(s); err != nil || string(out) != want {
			t.Errorf("%s: %s, %v", in, out, err)
		}
	}
	for _, in := range []string{`{"c":{}}`, `{"c":"x"}`, `{"c":-5}`, `{"c":[1]}`} {
		if err := json.Unmarshal([]byte(in), &settings{}); err == nil {
			t.Errorf("%s is taken", in)
		}
	}
}

// TestControllerOfOtherFeatures: one that was trained on something else than Features is no use to Fit, and says so.
func TestControllerOfOtherFeatures(t *testing.T) {
	for text, ok := range map[string]bool{"0 3/1 2 3 4": true, "2": true, "0 3/1 2": false} {
		var c demos.Controller
		if err := c.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := c.Validate(); (err == nil) != ok || err != nil && !strings.Contains(err.Error(), "2 weights a step; want 4") {
			t.Errorf("%s: %v", text, err)
		}
	}
	if err := new(demos.Controller).Validate(); !errors.Is(err, demos.ErrInput) {
		t.Errorf("an empty one: %v", err)
	}
}

// FuzzController: what is read can be written and read again, and asked.
func FuzzController(f *testing.F) {
	for _, text := range []string{"0 3/-1.5 0.25 0 2", "# x\n0 1 3\n1 2 3 4\n5 6 7 8", "4", "0 3/", "0/1", "0 2/1e308 1e308 -1e308 1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var c, again demos.Controller
		if err := c.UnmarshalText([]byte(text)); err != nil {
			if !errors.Is(err, demos.ErrInput) {
				t.Error(err)
			}
			return
		}
		if err := again.UnmarshalText([]byte(c.String())); err != nil || again.String() != c.String() {
			t.Errorf("%q is written as %q, read as %q: %v", text, c.String(), again.String(), err)
		}
		if c.Validate() == nil {
			demos.Fit([]float64{.5, .25}, []int{10, 10}, 20, &c)
		}
	})
}
