package search

import (
	"fmt"
	"slices"
	"strings"
)

// ComputeOptimal is the strategy that looks at a task before it chooses how to search: what [TTS] says of its difficulty
// ([Pass] of the first request), the budget, the model and the judge is done, by [BestOfN], [Beam] or [DiverseBeam] with the
// options that they have by themselves.
//
// The first request is the chosen strategy's own, so the look costs nothing: it is the first expansion of the beam, or the
// first step of the first plan; with base greedy its samples are the first steps of as many plans. Where the table chooses
// the same whatever the difficulty is, nothing is looked at.
const ComputeOptimal = "tts"

// TTSOptions are the settings of [ComputeOptimal].
type TTSOptions struct {
	// Table is what was measured; nil is [DefaultTable].
	Table Table
	// Policy and Judge are the names of what proposes and of what judges, as the table has them; NoJudge for nobody.
	Policy, Judge string
	// Budget is how many model requests the run may make; 0 is no limit.
	Budget int
	// Calls is how long plans are thought to be where samples don't say; see [Pass].
	Calls float64
}

// NoJudge is the judge's name in a [Situation] where nobody judges.
const NoJudge = "none"

// Reasoner is implemented by strategies that chose how to go on, and can say why.
type Reasoner interface {
	// Reason says it in a line; empty while nothing was chosen.
	Reason() string
}

func (o *Options) validateTTS() error {
	if o.base(BestOfN) == Outline {
		return fmt.Errorf("%w: base: %s rates single steps in beams: want %s or %s", ErrOptions, ComputeOptimal, Greedy, Vote)
	}
	if o.TTS.Budget < 0 {
		return fmt.Errorf("%w: tts budget: %d: want 0, no limit, or more", ErrOptions, o.TTS.Budget)
	}
	_, err := NewTTS(o.TTS.Table)
	return err
}

// tts is the course of [ComputeOptimal].
type tts struct {
	o       Options
	p       *policy
	table   *TTS
	at      Situation
	samples int
	by      course // nil until it is chosen
	reason  string
}

func newTTS(o *Options, p *policy) course {
	c := &tts{o: *o, p: p, samples: p.samples, at: Situation{Policy: o.TTS.Policy, Judge: o.TTS.Judge, Budget: o.TTS.Budget}}
	measured := o.TTS.Table
	if len(measured) == 0 {
		measured = DefaultTable()
	}
	if c.at.Budget == 0 {
		c.at.Budget = maxBudget
	}
	c.table, _ = NewTTS(measured) // validated
	if all := c.methods(); len(all) == 1 {
		s := c.at
		s.Difficulty = Medium
		_, near := c.choose(s)
		c.take(all[0], "whatever the task looks like; "+c.table.said(near))
		return c
	}
	p.merges = false // what suits a beam does not suit walks
	return c
}

// methods are what may come to be chosen.
func (c *tts) methods() []string {
	var all []string
	for s := c.at; ; s.Difficulty++ {
		if m, _ := c.choose(s); !slices.Contains(all, m) {
			all = append(all, m)
		}
		if s.Difficulty == Hard {
			return all
		}
	}
}

func (c *tts) choose(s Situation) (method string, near Situation) {
	near, _ = c.table.Near(s)
	method, _ = c.table.Choose(near)
	return method, near
}

// take makes the course of a method.
func (c *tts) take(method, why string) {
	name, o := method, c.o
	if method == DiverseBeam {
		name = Beam
	}
	o.Diverse = method == DiverseBeam
	c.by = newCourse(name, &o, c.p)
	c.reason = method + ", " + why
}

// look estimates the difficulty from the first request, and chooses.
func (c *tts) look(o *Outcome) {
	pass, ok := Pass(o, c.o.TTS.Calls)
	s, look := c.at, "nothing usable was sampled, so it is taken for medium"
	if s.Difficulty = Medium; ok {
		s.Difficulty = DifficultyOf(pass)
		look = fmt.Sprintf("it looks %s: by its first step, about %.0f of 100 single samples would reach its end", s.Difficulty, 100*pass)
	}
	method, near := c.choose(s)
	c.take(method, look+"; "+c.table.said(near))
}

// said is what was measured in a situation.
func (t *TTS) said(s Situation) string {
	var words []string
	for _, m := range t.at[s] {
		words = append(words, fmt.Sprintf("%s %d of %d", m.Method, m.Solved, m.Tasks))
	}
	judge := ""
	if s.Judge != "" {
		judge = ", judge " + s.Judge
	}
	return fmt.Sprintf("measured for %s tasks, %d requests%s: %s", s.Difficulty, s.Budget, judge, strings.Join(words, ", "))
}

func (c *tts) told(t *Tree, r Request, o *Outcome, places []NodeID) {
	if c.by == nil && r.Kind == Expand && r.Node == t.focus {
		c.look(o)
		if b, ok := c.by.(*bestOfN); ok && b.samples < c.samples && len(places) > 0 {
			b.spread(t, o, places)
			return
		}
	}
	if c.by != nil {
		c.by.told(t, r, o, places)
	}
}

func (c *tts) next(t *Tree, limit int) []Request {
	if c.by == nil {
		return []Request{t.sample(t.focus, c.samples)}
	}
	return c.by.next(t, limit)
}

func (c *tts) answer(t *Tree) (NodeID, bool) {
	if c.by == nil {
		return t.accepted()
	}
	return c.by.answer(t)
}

func (c *tts) best(t *Tree) (NodeID, bool) {
	if c.by == nil {
		return t.focus, false
	}
	return c.by.best(t)
}

func (c *tts) ahead(limit int) int {
	if c.by == nil {
		return 0
	}
	return c.by.ahead(limit)
}

// needs is what any of the methods needs that may be chosen.
func (c *tts) needs() Needs {
	if c.by != nil {
		return c.by.needs()
	}
	return Needs{Values: slices.ContainsFunc(c.methods(), func(m string) bool { return m != BestOfN })}
}

// Reason implements [Reasoner].
func (s *searcher) Reason() string {
	if c, ok := s.by.(*tts); ok {
		return c.reason
	}
	return ""
}

// spread has every sample of a first request begin a walk of its own, as many as may begin.
func (w *walks) spread(t *Tree, o *Outcome, places []NodeID) {
	for i, p := range places {
		ends := o.Candidates[i].Votes
		for j := range o.Candidates {
			if int(o.Candidates[j].Parent) == i && places[j] != None {
				ends -= o.Candidates[j].Votes
			}
		}
		for ; p != None && !t.is(p, isDead) && ends > 0 && w.begun < w.most; ends-- {
			w.begun++
			w.live = append(w.live, walk{at: p, stuck: None})
		}
	}
}
