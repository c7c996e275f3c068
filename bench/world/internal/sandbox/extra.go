package sandbox

import (
	"encoding/json"
	"math/rand/v2"
	"slices"

	"github.com/azimuthdev/azimuth/tool"
)

// Extra is a distractor: a tool that stores a value under its own name, or a tool that only answers.
type Extra struct {
	Name, Doc string
	Arg       *Arg   // nil for a tool without arguments
	Answer    string // of a tool that only answers (a read)
}

// ReadExtra only answers.
func ReadExtra(name, doc, answer string) Extra { return Extra{Name: name, Doc: doc, Answer: answer} }

// ArgExtra stores an argument, which is then called value.
func ArgExtra(name, doc string, a Arg) Extra {
	a.Name = "value"
	return Extra{Name: name, Doc: doc, Arg: &a}
}

// TextExtra stores a text that arg describes.
func TextExtra(name, doc, arg string) Extra { return ArgExtra(name, doc, Arg{Doc: arg, Type: Text}) }

// IntegerExtra stores a whole number that arg describes.
func IntegerExtra(name, doc, arg string) Extra {
	return ArgExtra(name, doc, Arg{Doc: arg, Type: Integer})
}

// ChoiceExtra stores one of the words.
func ChoiceExtra(name, doc, arg string, words ...string) Extra {
	return ArgExtra(name, doc, Arg{Doc: arg, Type: Choice, Enum: words})
}

// Later returns extras of which those that store something say in their descriptions when to call them.
func Later(when string, extras ...Extra) []Extra {
	for i := range extras {
		if extras[i].Arg != nil {
			extras[i].Doc += when
		}
	}
	return extras
}

// Set says what it does to a state that an extra stores a value under its name. Its error is the failed call's.
type Set[S State] func(s S, key string, v json.RawMessage) (S, error)

// mix returns ops with o.Distractors of the extras strewn among them.
func mix[S State](ops []Op[S], extras []Extra, o Options, set Set[S]) []Op[S] {
	more := make([]Op[S], len(extras))
	for i, e := range extras {
		more[i] = opOf(e, set)
	}
	return Strew(rand.New(rand.NewPCG(o.Seed, 0x6469737472616374)), ops, more, o.Distractors)
}

// Strew returns all with n of the others, or all of these where they are fewer, each at some place among them.
func Strew[T any](rng *rand.Rand, all, others []T, n int) []T {
	for _, i := range rng.Perm(len(others))[:min(n, len(others))] {
		at := rng.IntN(len(all) + 1)
		all = slices.Insert(all, at, others[i])
	}
	return all
}

func opOf[S State](e Extra, set Set[S]) Op[S] {
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
		return next, nowIs(e.Name, v[0]), nil
	}
	return op
}

func nowIs(key string, v Value) tool.Result { return Say("%s is now %s.", key, v.Raw) }
