package engine

import (
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Events are called as a run goes on, from the goroutine that called [Engine.Run]; they must return soon. Nil
// functions are left out.
type Events struct {
	Told   func(t *search.Tree, r journal.Told) // after a request was worked on
	Chosen func(p Plan)                         // a plan was taken
	Asked  func(s effect.Step, a effect.Answer) // an approval was decided
	Start  func(n search.NodeID, c tool.Call)   // a call of the plan is about to be made
	Finish func(n search.NodeID, s model.Step)  // and this is what came of it
	Note   func(text string)                    // something that a user should know
}

func (e *Events) told(t *search.Tree, r journal.Told) {
	if e.Told != nil {
		e.Told(t, r)
	}
}

func (e *Events) chosen(p Plan) {
	if e.Chosen != nil {
		e.Chosen(p)
	}
}

func (e *Events) asked(s effect.Step, a effect.Answer) {
	if e.Asked != nil {
		e.Asked(s, a)
	}
}

func (e *Events) start(n search.NodeID, c tool.Call) {
	if e.Start != nil {
		e.Start(n, c)
	}
}

func (e *Events) finish(n search.NodeID, s model.Step) {
	if e.Finish != nil {
		e.Finish(n, s)
	}
}

func (e *Events) note(text string) {
	if e.Note != nil {
		e.Note(text)
	}
}
