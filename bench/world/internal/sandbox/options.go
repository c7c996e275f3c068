package sandbox

import (
	"fmt"
	"sync"

	"github.com/azimuthdev/azimuth/tool"
)

// Options of a world. The zero value is the world as its evaluator defines it.
type Options struct {
	// Distractors is how many further, plausible tools the world has. What they set is one more criterion that
	// nobody asked for. At most [MaxDistractors].
	Distractors int
	Seed        uint64 // chooses which, and where in the list they stand
}

// MaxDistractors is how many further tools a world can have.
const MaxDistractors = 24

// Validate says what is wrong with the options.
func (o Options) Validate() error {
	if o.Distractors < 0 || o.Distractors > MaxDistractors {
		return fmt.Errorf("distractors: %d is not from 0 to %d", o.Distractors, MaxDistractors)
	}
	return nil
}

// Table describes the tools of a world.
type Table[S State] struct {
	Ops    func() []Op[S]
	Extras func() []Extra // its distractors, at least [MaxDistractors]
	Set    Set[S]         // what distractors do
	Moves  func(S) []tool.Call
}

// Tools makes a world's tables of tools, and keeps the one without distractors, which does not change: requests that
// begin in states of their own share it.
type Tools[S State] struct {
	table Table[S]
	plain func() *API[S]
}

// NewTools returns the tools that a table describes.
func NewTools[S State](t Table[S]) *Tools[S] {
	return &Tools[S]{t, sync.OnceValue(func() *API[S] { return t.api(Options{}) })}
}

func (t Table[S]) api(o Options) *API[S] {
	a := NewAPI(mix(t.Ops(), t.Extras(), o, t.Set))
	a.moves = t.Moves
	return a
}

// Open returns a world in a state, with the options' distractors. The error is that of [Options.Validate].
func (t *Tools[S]) Open(o Options, s S) (tool.World, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if o.Distractors == 0 {
		return t.Plain(s), nil
	}
	return New(t.table.api(o), s), nil
}

// Plain returns a world in a state, without distractors.
func (t *Tools[S]) Plain(s S) tool.World { return New(t.plain(), s) }
