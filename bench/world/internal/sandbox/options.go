package sandbox

import (
	"fmt"
	"math/rand/v2"
	"slices"

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

// Extra is a distractor: a tool that stores a value under its own name, or a tool that only answers.
type Extra struct {
	Name, Doc string
	Arg       *Arg   // nil for a tool without arguments
	Answer    string // of a tool that only answers (a read)
}

// Mix returns ops with o.Distractors of the extras strewn among them. ready says whether the state is one in which
// criteria may be set; its error is the failed call's.
func Mix(ops []Op, extras []Extra, o Options, ready func(Dict) error) []Op {
	rng := rand.New(rand.NewPCG(o.Seed, 0x6469737472616374))
	for _, i := range rng.Perm(len(extras))[:min(o.Distractors, len(extras))] {
		at := rng.IntN(len(ops) + 1)
		ops = slices.Insert(ops, at, extras[i].op(ready))
	}
	return ops
}

func (e Extra) op(ready func(Dict) error) Op {
	op := Op{Name: e.Name, Doc: e.Doc, Effect: tool.Reversible}
	if e.Arg == nil {
		op.Effect = tool.Read
		op.Do = func(d Dict, _ []Value) (Dict, tool.Result, error) { return d, Say("%s", e.Answer), nil }
		return op
	}
	op.Args = []Arg{*e.Arg}
	op.Do = func(d Dict, v []Value) (Dict, tool.Result, error) {
		if err := ready(d); err != nil {
			return d, tool.Result{}, err
		}
		return d.With(e.Name, v[0].Raw), Say("%s is now %s.", e.Name, v[0].Raw), nil
	}
	return op
}
