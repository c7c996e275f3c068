package sandbox

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
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

// Tools makes a world's tables of tools, and keeps the one without distractors, which does not change: requests that
// begin in states of their own share it.
type Tools[S State] struct {
	build func(Options) *API[S]
	plain func() *API[S]
}

// NewTools returns the tables that build makes.
func NewTools[S State](build func(Options) *API[S]) *Tools[S] {
	return &Tools[S]{build, sync.OnceValue(func() *API[S] { return build(Options{}) })}
}

// API returns the table for these options.
func (t *Tools[S]) API(o Options) *API[S] {
	if o.Distractors == 0 {
		return t.plain()
	}
	return t.build(o)
}

// Extra is a distractor: a tool that stores a value under its own name, or a tool that only answers.
type Extra struct {
	Name, Doc string
	Arg       *Arg   // nil for a tool without arguments
	Answer    string // of a tool that only answers (a read)
}

// Mix returns ops with o.Distractors of the extras strewn among them. set says what it does to a state that an extra
// stores a value under its name; its error is the failed call's.
func Mix[S State](ops []Op[S], extras []Extra, o Options, set func(s S, key string, v json.RawMessage) (S, error)) []Op[S] {
	rng := rand.New(rand.NewPCG(o.Seed, 0x6469737472616374))
	for _, i := range rng.Perm(len(extras))[:min(o.Distractors, len(extras))] {
		at := rng.IntN(len(ops) + 1)
		ops = slices.Insert(ops, at, opOf(extras[i], set))
	}
	return ops
}

// Store is a set for [Mix] over dictionaries: it stores the value where ready has nothing against it.
func Store(ready func(Dict) error) func(Dict, string, json.RawMessage) (Dict, error) {
	return func(d Dict, key string, v json.RawMessage) (Dict, error) {
		if err := ready(d); err != nil {
			return d, err
		}
		return d.With(key, v), nil
	}
}

func opOf[S State](e Extra, set func(S, string, json.RawMessage) (S, error)) Op[S] {
	op := Op[S]{Name: e.Name, Doc: e.Doc, Effect: tool.Reversible}
	if e.Arg == nil {
		op.Effect = tool.Read
		op.Do = func(s S, _ []Value) (S, tool.Result, error) { return s, Say("%s", e.Answer), nil }
		return op
	}
	op.Args = []Arg{*e.Arg}
	op.Slots = &tool.Slots{Sets: []string{"extra " + e.Name}}
	op.Do = func(s S, v []Value) (S, tool.Result, error) {
		next, err := set(s, e.Name, v[0].Raw)
		if err != nil {
			return s, tool.Result{}, err
		}
		return next, Say("%s is now %s.", e.Name, v[0].Raw), nil
	}
	return op
}
