package lexical

import (
	"encoding/json"
	"slices"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// bound is an argument: a literal, or what another action's answer holds.
type bound struct {
	slot  *slot
	value json.RawMessage
	maker *action
	path  string // in the maker's answer
}

// action is a call that the plan makes.
type action struct {
	fact   *fact
	args   []bound
	clause int
	at     int     // byte in the goal that asks for it
	score  float64 // how surely
	urgent bool    // a failure asks for it
	made   bool    // only there to make another's argument
	step   int     // 1-based step on the path that carried it out, 0 if none has
}

func (a *action) makers() []*action {
	var out []*action
	for _, b := range a.args {
		if b.maker != nil && !slices.Contains(out, b.maker) {
			out = append(out, b.maker)
		}
	}
	return out
}

// tree is a JSON value under construction.
type tree struct {
	leaf json.RawMessage
	kids map[string]*tree
	list bool
}

func (t *tree) set(path []string, v json.RawMessage) {
	if len(path) == 0 {
		t.leaf = v
		return
	}
	if path[0] == element {
		t.list = true
	}
	if t.kids == nil {
		t.kids = map[string]*tree{}
	}
	if t.kids[path[0]] == nil {
		t.kids[path[0]] = &tree{}
	}
	t.kids[path[0]].set(path[1:], v)
}

// MarshalJSON writes the value.
func (t *tree) MarshalJSON() ([]byte, error) {
	switch {
	case t.leaf != nil:
		return t.leaf, nil
	case t.list:
		return json.Marshal([]*tree{t.kids[element]})
	case t.kids == nil:
		return []byte("{}"), nil
	}
	return json.Marshal(t.kids)
}

// render writes the arguments in canonical form; resolve gives the values of arguments that come from other actions,
// and says whether it knows them.
func (a *action) render(resolve func(bound) (json.RawMessage, bool)) (json.RawMessage, bool) {
	var t tree
	for _, b := range a.args {
		v := b.value
		if b.maker != nil {
			known := false
			if v, known = resolve(b); !known {
				return nil, false
			}
			if b.slot.list && len(v) > 0 && v[0] != '[' {
				v = json.RawMessage("[" + string(v) + "]")
			}
		}
		t.set(b.slot.path, v)
	}
	raw, err := canon.Marshal(&t)
	return raw, err == nil
}
