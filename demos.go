package azimuth

import (
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

// AutoDemos leaves the number to a controller ([demos.Fit]): as many of the nearest as are like the goal and fit into
// [Settings.DemoTokens].
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

// demos are the demonstrations that a run shows its model, the nearest first.
func (r *run) demos(ix *memory.Index) []model.Demo {
	s := &r.header.Settings
	switch n := s.Demos; {
	case n == AutoDemos:
	case n < 0:
		return nil
	case n == 0:
		return within(ix.Demos(r.goal, defaultDemos), s.DemoTokens)
	default:
		return within(ix.Demos(r.goal, int(n)), s.DemoTokens)
	}
	all := ix.Demos(r.goal, demos.Most)
	like, tokens := make([]float64, len(all)), make([]int, len(all))
	var e model.Estimator
	for i, d := range all {
		like[i], tokens[i] = memory.Overlap(r.goal, d.Goal), e.Demo(d)
	}
	budget := s.DemoTokens
	if budget == 0 {
		budget = autoTokens
	}
	return all[:demos.Fit(like, tokens, budget, r.agent.opts.Demonstrations)]
}

// within cuts demonstrations off at a budget of tokens; 0 is none.
func within(all []model.Demo, tokens int) []model.Demo {
	if tokens == 0 {
		return all
	}
	var e model.Estimator
	for i := range all {
		if tokens -= e.Demo(all[i]); tokens < 0 {
			return all[:i]
		}
	}
	return all
}
