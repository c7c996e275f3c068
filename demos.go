package azimuth

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/demos"
)

// Demos is how many demonstrations a model is shown: a number, 0 for the default, negative for none, or [AutoDemos]. In
// text it is a number or auto.
type Demos int

// AutoDemos leaves the number to a controller ([demos.Fit]): as many of the nearest as are like the goal, or as
// [Settings.DemoController] says, and fit into [Settings.DemoTokens].
const AutoDemos Demos = math.MinInt32

const auto = "auto"

// String returns the text.
func (d Demos) String() string {
	if d == AutoDemos {
		return auto
	}
	return strconv.Itoa(int(d))
}

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Demos) UnmarshalText(text []byte) error {
	if string(text) == auto {
		*d = AutoDemos
		return nil
	}
	n, err := strconv.ParseInt(string(text), 10, 32)
	if err != nil || Demos(n) == AutoDemos {
		return fmt.Errorf("demos: %q: want a whole number or %s", text, auto)
	}
	*d = Demos(n)
	return nil
}

// MarshalJSON writes a number, or "auto".
func (d Demos) MarshalJSON() ([]byte, error) {
	if d == AutoDemos {
		return json.Marshal(auto)
	}
	return json.Marshal(int(d))
}

// UnmarshalJSON reads a number or a text.
func (d *Demos) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil && string(raw) != "null" {
		return d.UnmarshalText([]byte(text))
	}
	if string(raw) == "null" {
		return nil
	}
	return d.UnmarshalText(raw)
}

// autoTokens is the budget of [AutoDemos] where none is set; inferred.
const autoTokens = 1000

// shown is how many demonstrations a run shows its model, and of which: what [Calibrate] goes by. A run that is taken up again
// shows as many.
type shown struct {
	Count int       `json:"count"`
	Like  []float64 `json:"like,omitempty"` // how like the goal those in memory are, the nearest first, at most [demos.Most]
}

// asked is how many demonstrations the settings ask for; chosen says that a controller decides.
func (s *Settings) asked() (n int, chosen bool) {
	switch {
	case s.Demos == AutoDemos:
		return demos.Most, true
	case s.Demos == 0:
		return defaultDemos, false
	}
	return max(int(s.Demos), 0), false
}

// shown decides how many of memory's demonstrations a new run shows.
func (s *Settings) shown(goal string, ix *memory.Index) *shown {
	n, chosen := s.asked()
	all := ix.Demos(goal, max(n, demos.Most))
	x, tokens := &shown{Like: make([]float64, len(all))}, make([]int, len(all))
	var e model.Estimator
	for i, d := range all {
		x.Like[i], tokens[i] = memory.Overlap(goal, d.Goal), e.Demo(d)
	}
	budget := s.DemoTokens
	switch {
	case chosen:
		x.Count = demos.Fit(x.Like, tokens, cmp.Or(budget, autoTokens), s.DemoController)
		return x
	case budget == 0:
		budget = math.MaxInt
	}
	for x.Count < min(n, len(all)) && tokens[x.Count] <= budget {
		budget -= tokens[x.Count]
		x.Count++
	}
	x.Like = x.Like[:min(len(all), demos.Most)] // the same whatever was asked for
	return x
}

// demos are the demonstrations that a run shows its model, the nearest first.
func (h *header) demos(goal string, ix *memory.Index) []model.Demo {
	x := h.Shown
	if x == nil {
		x = h.Settings.shown(goal, ix)
	}
	if x.Count <= 0 { // to memory, 0 is all
		return nil
	}
	return ix.Demos(goal, x.Count)
}

func (s *Settings) validateDemos() error {
	switch {
	case s.DemoTokens < 0:
		return fmt.Errorf("demo tokens: %d: want 0, no bound, or more", s.DemoTokens)
	case s.DemoTokens > 0 && s.Demos < 0 && s.Demos != AutoDemos:
		return unread("demo_tokens", fmt.Sprintf("demos %d shows none", s.Demos), "ask for some")
	case s.DemoController == nil:
		return nil
	case s.Demos != AutoDemos:
		return unread("demo_controller", fmt.Sprintf("only demos %s reads it", auto), "set that")
	}
	return s.DemoController.Validate()
}
