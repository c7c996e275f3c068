package azimuth

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/search"
)

// option is a setting that not every strategy reads.
type option struct {
	name  string
	given bool     // it is not what it is by default
	by    []string // the strategies that read it
	but   string   // why this one does not with the other settings as they are, and the remedy; empty where it does
}

// Groups of strategies that read the same.
var (
	priced = []string{search.AStar, search.QStar}
	passes = []string{search.MCTS, search.RAP, search.LATS, search.CPL}
	whole  = []string{search.BestOfN, search.Majority, search.ComputeOptimal}
)

// allBut are the strategies without some.
func allBut(names ...string) []string {
	return slices.DeleteFunc(search.Names(), func(n string) bool { return slices.Contains(names, n) })
}

// options are the settings that belong to some strategies, with who reads them.
func (s *Settings) options() []option {
	return slices.Concat(s.rules(), s.strategies(), s.prices())
}

// rules are those of the search.
func (s *Settings) rules() []option {
	astar, outlines := []string{search.AStar}, s.ofPreset("has no outlines", search.Outline, search.Auto)
	return []option{
		{"gate", s.Gate != nil, []string{search.AStar, search.Uniform, search.QStar}, ""},
		{"reopen_max", s.ReopenMax != nil, astar, s.ofPreset("never asks a node twice", evidence...)},
		{"min_support", s.MinSupport != nil, astar, outlines},
		{"margin", s.Margin != nil, astar, outlines},
		{"max_support", s.MaxSupport != nil, astar, outlines},
		{"patience", s.Patience != nil, astar, s.ofPreset("does not turn", search.Auto)},
		{"first_accepted", s.FirstAccepted, priced, s.ofPreset("takes a rejected plan last anyway", evidence...)},
	}
}

// prices are the constants of the costs.
func (s *Settings) prices() []option {
	paper := s.ofPreset("has no such weight", search.Paper)
	alpha := option{"alpha", s.Alpha != nil, append([]string{search.CoSTA}, priced...), paper}
	if s.strategy() == search.CoSTA { // which has one of its own
		alpha.but = ""
	}
	out := []option{alpha, {"beta", s.Beta != nil, priced, paper}}
	for _, x := range s.constants() {
		out = append(out, option{x.name, *x.v != nil, priced, s.unweighed(x.name, x.only)})
	}
	return append(out, option{"evidence", s.Evidence != "", priced, s.unweighed("evidence", evidence)})
}

// unweighed says why a constant counts for nothing.
func (s *Settings) unweighed(name string, only []string) string {
	if s.Evidence == cost.Share && slices.Contains(unshared, name) {
		return fmt.Sprintf("evidence %s does not read it; choose %s", cost.Share, cost.Softmax)
	}
	if only == nil {
		return ""
	}
	return s.ofPreset("does not read it", only...)
}

// ofPreset says why an option counts for nothing unless the preset is one of some.
func (s *Settings) ofPreset(why string, some ...string) string {
	p := cmp.Or(s.Preset, search.Auto)
	if slices.Contains(some, p) || !slices.Contains(search.Presets(), p) { // which is what is wrong, and said later
		return ""
	}
	return fmt.Sprintf("preset %s %s; choose %s", p, why, strings.Join(some, ", "))
}

// strategies are the settings of single strategies.
func (s *Settings) strategies() []option {
	return []option{
		{"preset", s.Preset != "" && s.Preset != search.Auto, priced, s.unpriced()},
		{"samples", s.Samples > 1, allBut(search.Greedy), s.single()},
		{"shuffle", s.Shuffle > 1, allBut(search.Greedy, search.CoSTA), s.unshuffled()},
		{"adaptive", s.Adaptive, []string{search.AStar, search.Uniform, search.QStar, search.Vote}, ""},
		{"imagine", s.Imagine, []string{search.AStar, search.QStar, search.ComputeOptimal}, ""},
		{"merge", s.Merge, allBut(search.CoSTA), ""},
		{"exact_memory", s.ExactMemory && s.Decode == "", priced, ""},
		{"base", s.Base != "", whole, ""},
		{"plans", s.Plans != 0, whole, ""},
		{"select", s.Select != "", whole, ""},
		{"table", len(s.Table) > 0, []string{search.ComputeOptimal}, ""},
		{"width", s.Width != 0, []string{search.Beam, search.ComputeOptimal}, ""},
		{"diverse", s.Diverse, []string{search.Beam}, ""},
		{"value_beta", s.ValueBeta != nil, []string{search.VGPS}, ""},
		{"threshold", s.Threshold != 0, []string{search.DFS, search.CoSTA}, ""},
		{"trials", s.Trials != 0, []string{search.Reflexion, search.AdaPlanner, search.CoSTA}, ""},
		{"iterations", s.Iterations != 0, passes, ""},
		{"explore", s.Explore != nil, passes, ""},
		{"lambda", s.Lambda != nil, passes, s.ratingless()},
		{"rollout", s.Rollout != "", passes, ""},
		{"no_reflection", s.NoReflection, []string{search.LATS}, ""},
		{"weight", s.Weight != nil, []string{search.QStar}, ""},
		{"batch", s.Batch != 0, []string{search.QStar}, ""},
		{"eager", s.Eager, []string{search.CoSTA}, ""},
	}
}

// unread refuses what the strategy, or the preset, would not look at.
func (s *Settings) unread() error {
	if !slices.Contains(search.Names(), s.strategy()) { // which is what is wrong, and said later
		return nil
	}
	for _, o := range s.options() {
		switch {
		case !o.given:
		case !slices.Contains(o.by, s.strategy()):
			return unread(o.name, fmt.Sprintf("strategy %s does not read it", s.strategy()), "choose "+strings.Join(o.by, ", "))
		case o.but != "":
			why, remedy, _ := strings.Cut(o.but, "; ")
			return unread(o.name, why, remedy)
		}
	}
	return nil
}

// zeros refuses a 0 that would be taken for the default.
func (s *Settings) zeros() error {
	for _, z := range []struct {
		name string
		is   bool
	}{
		{"gate", or(s.Gate, 1) == 0}, {"reopen_max", or(s.ReopenMax, 1) == 0}, {"min_support", or(s.MinSupport, 1) == 0},
		{"margin", or(s.Margin, 1) == 0}, {"max_support", or(s.MaxSupport, 1) == 0}, {"patience", or(s.Patience, 1) == 0},
	} {
		if z.is {
			return fmt.Errorf("%s: 0 is neither above 0 nor negative, which is off; leave it out for the default", z.name)
		}
	}
	return nil
}

// unpriced says why a preset is none of the strategy's.
func (s *Settings) unpriced() string {
	if s.strategy() == search.QStar && s.Preset == search.Outline {
		return fmt.Sprintf("%s prices single steps; choose %s or %s", search.QStar, search.Azimuth, search.Paper)
	}
	return ""
}

// single says why a request of a strategy that makes whole plans takes one sample, or as many as there are plans.
func (s *Settings) single() string {
	base := cmp.Or(s.Base, search.Vote)
	if s.strategy() == search.Majority {
		base = cmp.Or(s.Base, search.Outline)
	}
	if s.strategy() != search.BestOfN && s.strategy() != search.Majority || base == search.Vote {
		return ""
	}
	return fmt.Sprintf("strategy %s with base %s takes a sample a plan; say how many with plans, choose base %s", s.strategy(), base, search.Vote)
}

// unshuffled says why there are not two samples in a request that could be shown the tools in two orders.
func (s *Settings) unshuffled() string {
	few := ""
	switch s.strategy() {
	case search.AdaPlanner, search.Reflexion:
		few = "1"
	case search.Majority:
		if cmp.Or(s.Base, search.Outline) == search.Outline {
			return "" // the plans are the samples of one request
		}
	}
	if s.single() == "" && (s.Samples > 1 || s.Samples == 0 && few == "") {
		return ""
	}
	return fmt.Sprintf("strategy %s asks for 1 sample at a time, which can't be drawn in groups; set more samples", s.strategy())
}

// ratingless says why a tree search has no ratings that lambda could weigh.
func (s *Settings) ratingless() string {
	n := s.strategy()
	if n == search.LATS || s.Rollout == search.Value || n == search.CPL && s.Rollout == "" {
		return ""
	}
	return fmt.Sprintf("strategy %s has no ratings; choose %s, or rollout %s", n, search.LATS, search.Value)
}
