package azimuth

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/model/demos"
)

// showings are runs by what they had to reach, for how many demonstrations that takes.
type showings struct {
	trialsOf map[string][]demos.Trial
	judged   map[string]bool // some run of it was
	order    []string
}

// add takes a run that came to an end. unjudged takes the word of a run that succeeded for it, where nobody judged it.
func (s *showings) add(v *View, unjudged bool) {
	status := engine.Status(v.Run.Status)
	x := v.shown
	if x == nil || x.Count > demos.Most || v.Started.ForkOf != nil || len(v.Started.Prefix) > 0 ||
		!slices.Contains([]engine.Status{engine.Succeeded, engine.Failure, engine.NoPlan, engine.Exhausted}, status) {
		return
	}
	accepted, judged := v.verdict()
	if !judged && status == engine.Succeeded {
		if !unjudged {
			return
		}
		accepted, judged = true, true
	}
	t := demos.Trial{Request: v.request(), Like: x.Like, Asked: -1, Shown: x.Count, Reached: accepted && status == engine.Succeeded}
	if n, chosen := v.Settings.asked(); !chosen {
		t.Asked = min(n, demos.Most)
	}
	if s.trialsOf == nil {
		s.trialsOf, s.judged = map[string][]demos.Trial{}, map[string]bool{}
	}
	if s.trialsOf[t.Request] == nil {
		s.order = append(s.order, t.Request)
	}
	s.trialsOf[t.Request] = append(s.trialsOf[t.Request], t)
	s.judged[t.Request] = s.judged[t.Request] || judged
}

// trials are those of what was judged at least once: elsewhere only failures would count.
func (s *showings) trials() []demos.Trial {
	slices.Sort(s.order)
	var out []demos.Trial
	for _, key := range s.order {
		if !s.judged[key] {
			continue
		}
		all := s.trialsOf[key]
		slices.SortStableFunc(all, func(a, b demos.Trial) int { return cmp.Compare(a.Shown, b.Shown) })
		out = append(out, all...)
	}
	return out
}

// request is what runs have to have in common so that demonstrations and chance are all that they differ in: the goal, the
// settings, the model and the tools.
func (v *View) request() string {
	s := v.Settings
	s.Demos, s.DemoTokens, s.DemoController, s.Seed, s.Parallel = 0, 0, nil, 0, 0
	names := make([]string, len(v.Started.Tools))
	for i, t := range v.Started.Tools {
		names[i] = t.Name
	}
	raw, err := json.Marshal(struct {
		Goal, Model string
		Settings    Settings
		Tools       []string
		Note        json.RawMessage
		PlanOnly    bool
	}{v.Run.Goal, v.Started.Model, s, names, v.Note, v.planOnly})
	if err != nil { // what was read can be written
		return v.Run.ID
	}
	return string(raw)
}
