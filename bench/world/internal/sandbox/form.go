package sandbox

import (
	"encoding/json"
	"errors"
	"hash/fnv"
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/tool"
)

// Form is what worlds have in common that collect criteria, a call for each, and end with a search over them.
type Form struct {
	// Begun says what has to be called before criteria can be set, nil where they can be.
	Begun func(Dict) error
}

// Searched is the criterion that a form has once its search has run: true.
const Searched = "searched"

var errEnded = errors.New("the search has run and the session has ended; nothing can be set any more")

// Ready says why criteria can't be set, nil where they can be: the form has begun and not ended.
func (f Form) Ready(d Dict) error {
	if d.Has(Searched) {
		return errEnded
	}
	return f.Begun(d)
}

// Extra is a [Set] for [Table]: it stores the value where the form is ready.
func (f Form) Extra(d Dict, key string, v json.RawMessage) (Dict, error) {
	if err := f.Ready(d); err != nil {
		return d, err
	}
	return d.With(key, v), nil
}

// Setter returns the tool that stores its argument under a key where the form is ready.
func (f Form) Setter(name, key, doc string, arg Arg) Op[Dict] {
	slots := &tool.Slots{Sets: []string{key}}
	if arg.Type == Handle { // a handle begins with what it was made of, which keeps a setter behind its constructor
		slots.Uses = []string{"{" + arg.Name + "}"}
	}
	return Op[Dict]{
		Name: name, Doc: doc, Effect: tool.Reversible, Slots: slots, Args: []Arg{arg},
		Do: func(d Dict, v []Value) (Dict, tool.Result, error) {
			if err := f.Ready(d); err != nil {
				return d, tool.Result{}, err
			}
			return Put(d, key, v[0])
		},
	}
}

// Put stores a value and says so.
func Put(d Dict, key string, v Value) (Dict, tool.Result, error) {
	return d.With(key, v.Raw), nowIs(key, v), nil
}

// Search returns the tool that ends the session. fill adds what stands for criteria that were not set, or says which
// may not be missing; invent makes up what is found, with a source that depends on the criteria only. Called again it
// gives the same answer.
func (f Form) Search(doc string, output json.RawMessage, fill func(Dict) (Dict, error), invent func(Dict, *rand.Rand) (tool.Result, error)) Op[Dict] {
	return Op[Dict]{
		Name: "search", Doc: doc, Effect: tool.Idempotent, Output: output,
		Do: func(d Dict, _ []Value) (Dict, tool.Result, error) {
			if !d.Has(Searched) {
				if err := f.Ready(d); err != nil {
					return d, tool.Result{}, err
				}
			}
			d, err := fill(d)
			if err != nil {
				return d, tool.Result{}, err
			}
			d = d.With(Searched, json.RawMessage("true"))
			h := fnv.New64a()
			h.Write(d.JSON())
			res, err := invent(d, rand.New(rand.NewPCG(h.Sum64(), 0)))
			return d, res, err
		},
	}
}

// Within returns a number between the bounds min_KEY and max_KEY, near usual where they leave it open.
func Within(d Dict, r *rand.Rand, key string, usual int64) int64 {
	lo := d.Int("min_"+key, 0)
	hi := d.Int("max_"+key, max(2*lo, usual))
	lo = max(lo, hi/2)
	if hi <= lo {
		return lo
	}
	return lo + r.Int64N(hi-lo+1)
}
