package search

import (
	"fmt"
	"slices"
	"strings"
)

// Outlines says whether a strategy works on outlines: samples should carry all that they expect to follow. Those of
// astar do; other strategies leave what is imagined out.
func (o *Options) Outlines(name string) bool {
	switch name {
	case AStar, AdaPlanner, CPL:
		return true
	case BestOfN, Majority:
		return o.base(name) == Outline
	}
	return false
}

func (o *Options) base(name string) string {
	switch {
	case o != nil && o.Base != "":
		return o.Base
	case name == Majority:
		return Outline
	}
	return Vote
}

// newCourse returns the course of a strategy that is not best-first, nil for one that is, and sets the policy by
// which its tree grows.
func newCourse(name string, o *Options, p *policy) course {
	p.outline = p.outline || name != AStar && o.Outlines(name)
	switch name {
	case AStar, Uniform, QStar, Greedy, Vote, Beam, DFS, VGPS, ComputeOptimal:
	default:
		p.merges = false // a walk or a pass may stand at the node that would make room for its twin
	}
	w := walks{most: or(o.Plans, 5), samples: p.samples, retries: p.retries}
	switch r := (rated{samples: p.samples, retries: p.retries}); name {
	case BestOfN, Majority:
		return o.choice(name, w)
	case AdaPlanner:
		return newAdaPlanner(o, w)
	case Reflexion:
		w.most, w.samples, w.strict = or(o.Trials, 5), or(o.Samples, 1), true
		return &reflexion{walks: w, owed: None}
	case Beam:
		return &beam{rated: r, width: or(o.Width, 3), diverse: o.Diverse}
	case VGPS:
		return newVGPS(&o.V, r)
	case ComputeOptimal:
		return newTTS(o, p)
	case DFS:
		d := &dfs{rated: r, threshold: o.Threshold, tip: Root}
		if d.threshold == 0 {
			d.threshold = 0.2
		}
		return d
	case MCTS, RAP, LATS, CPL:
		return &mcts{how: o.Tree.how(name, o.Samples, p.retries)}
	}
	return nil
}

// perStep is how many samples a step of a plan takes.
func (o *Options) perStep(name string) int {
	if o.base(name) == Vote {
		return or(o.Samples, 5)
	}
	return 1
}

// choice is the course that makes whole plans and chooses among them.
func (o *Options) choice(name string, w walks) course {
	w.samples = o.perStep(name)
	how := o.selection(name)
	if how == ByJudge {
		return &bestOfN{w}
	}
	w.unheard = true
	m := &majority{walks: w, weigh: how == Weighted}
	if o.base(name) == Outline {
		m.whole = w.most
		m.most, m.samples = 1, m.whole
	}
	return m
}

func (o *Options) selection(name string) string {
	switch {
	case o.Select != "":
		return o.Select
	case name == Majority:
		return ByVote
	}
	return ByJudge
}

func newAdaPlanner(o *Options, w walks) course {
	w.most, w.samples = 1, or(o.Samples, 1)
	trials := or(o.Trials, 5)
	w.retries = max(w.retries, trials)
	return &adaPlanner{walks: w, trials: trials}
}

func (o *Options) validateCourse() error {
	if !(o.Threshold < 1) {
		return fmt.Errorf("%w: threshold: %v is not below 1, the highest rating; 0 takes the default, negative is off", ErrOptions, o.Threshold)
	}
	if err := oneOf("base", o.Base, Greedy, Vote, Outline); err != nil {
		return err
	}
	if err := oneOf("select", o.Select, ByJudge, ByVote, Weighted); err != nil {
		return err
	}
	return o.Tree.validate()
}

func oneOf(field, v string, words ...string) error {
	if v == "" || slices.Contains(words, v) {
		return nil
	}
	return fmt.Errorf("%w: %s %q: want one of %s; empty takes the default", ErrOptions, field, v, strings.Join(words, ", "))
}
