package noisy

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

// distractor draws wrong continuations of a path.
type distractor struct {
	path         *path
	ready, early []int
}

// Shares of the wrong mass, cumulated: wrong value .40, call too early .15, wrong tool .25, premature finish .10,
// repetition or other .10.
var shares = [...]float64{0.40, 0.55, 0.80, 0.90, 1}

// draw returns a distractor. A kind that is impossible here gives its share to the next one that is possible.
func (d *distractor) draw(r *rand.Rand) (c tool.Call, finish bool) {
	kind, _ := slices.BinarySearch(shares[:], r.Float64())
	t := d.path.task
	if kind == 2 && len(t.strays) == 0 && !t.moves {
		kind = 0 // with one tool there is no wrong one
	}
	if (kind == 0 || kind == 2) && t.moves {
		if c, ok := d.move(r, kind == 2); ok {
			return c, false
		}
	}
	for i := range len(shares) {
		k := (kind + i) % len(shares)
		if k == 3 {
			if len(d.ready) > 0 {
				return tool.Call{}, true
			}
			continue
		}
		makers := [...]func(*rand.Rand) (tool.Call, bool){d.value, d.tooEarly, d.stray, nil, d.repeat}
		if c, ok := makers[k](r); ok {
			return c, false
		}
	}
	return tool.Call{}, true
}

// value returns the preferred call with another value.
func (d *distractor) value(r *rand.Rand) (tool.Call, bool) {
	if len(d.ready) == 0 {
		return tool.Call{}, false
	}
	right := d.path.call(d.ready[0])
	vs := values(right)
	if len(vs) == 0 {
		return tool.Call{}, false
	}
	v := pick(r, vs)
	other, ok := d.path.task.other(r, right.Tool, v)
	if !ok {
		return tool.Call{}, false
	}
	return with(right, v.name, other)
}

// tooEarly returns a call of the plan that still needs something.
func (d *distractor) tooEarly(r *rand.Rand) (tool.Call, bool) {
	if len(d.early) == 0 {
		return tool.Call{}, false
	}
	return d.path.guess(r, pick(r, d.early)), true
}

// move returns a call that would not fail but that no preferred one is: of the preferred call's tool, or of another
// one, where there are such.
func (d *distractor) move(r *rand.Rand, other bool) (tool.Call, bool) {
	var right tool.Call
	if len(d.ready) > 0 {
		right = d.path.call(d.ready[0])
	}
	var fit, rest []tool.Call
	for _, c := range d.path.moves() {
		switch {
		case equal(c, right):
		case (c.Tool != right.Tool) == other:
			fit = append(fit, c)
		default:
			rest = append(rest, c)
		}
	}
	if len(fit) == 0 {
		fit = rest
	}
	if len(fit) == 0 {
		return tool.Call{}, false
	}
	return pick(r, fit), true
}

// stray returns a call of a tool that the plan has no use for.
func (d *distractor) stray(r *rand.Rand) (tool.Call, bool) {
	t := d.path.task
	if len(t.strays) == 0 {
		return tool.Call{}, false
	}
	name := pick(r, t.strays)
	c := tool.Call{Tool: name, Args: noArgs}
	for _, arg := range t.schemas[name].names() {
		v, ok := t.invent(r, name, arg)
		if !ok {
			return tool.Call{}, false
		}
		if c, ok = with(c, arg, v); !ok {
			return tool.Call{}, false
		}
	}
	return c, true
}

// repeat returns a call that was made already, or a stray one where there is none.
func (d *distractor) repeat(r *rand.Rand) (tool.Call, bool) {
	if len(d.path.calls) == 0 {
		return d.stray(r)
	}
	return pick(r, d.path.calls), true
}

// with returns a call in which one argument has another value.
func with(c tool.Call, name string, v any) (tool.Call, bool) {
	var m map[string]json.RawMessage
	if json.Unmarshal(c.Args, &m) != nil {
		return tool.Call{}, false
	}
	val, err := canon.Marshal(v)
	if err != nil {
		return tool.Call{}, false
	}
	m[name] = val
	return tool.Call{Tool: c.Tool, Args: object(m)}, true
}

// object writes members that are in canonical form as an object that is. Names of arguments are plain words.
func object(members map[string]json.RawMessage) json.RawMessage {
	out := []byte{'{'}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, '"'), name...), '"', ':')
		out = append(out, members[name]...)
	}
	return append(out, '}')
}

// invent returns a plausible value for an argument that nothing was asked for.
func (t *task) invent(r *rand.Rand, toolName, arg string) (any, bool) {
	p := t.schemas[toolName].Properties[arg]
	switch {
	case len(p.Enum) > 0:
		return pick(r, t.likely(p.Enum)), true
	case p.Type == "array" && p.Items != nil && len(p.Items.Enum) > 0:
		return []string{pick(r, p.Items.Enum)}, true
	case p.Type == "integer" || p.Type == "number":
		if n := pick(r, append(slices.Clip(t.numbers), json.RawMessage("4"))); r.IntN(2) == 0 && (p.Type == "number" || !bytes.ContainsRune(n, '.')) && p.within(n) {
			return n, true
		}
		n := max(1, p.least()) + r.IntN(3)
		if p.Maximum != nil {
			n = min(n, int(*p.Maximum))
		}
		return n, true
	case p.handle() != "":
		hs := t.handles(p.handle())
		if len(hs) == 0 {
			return nil, false
		}
		return pick(r, hs), true
	case p.opaque():
		return pick(r, append(t.images(p), "img-0000000000000000")), true
	case p.Pattern != "":
		return t.place(r, p)
	case p.Type == "array" && p.Items != nil && p.Items.Type == "string":
		return []string{"default"}, true
	}
	if seen := t.texts[toolName+" "+arg]; p.Type == "string" && len(seen) > 0 {
		return pick(r, seen), true // what other plans have there
	}
	return "default", p.Type == "string"
}

// handles returns those of the gold plan that are of a kind.
func (t *task) handles(kind string) []string {
	var out []string
	for _, h := range t.gold.Makes {
		if strings.HasPrefix(h, kind+":") {
			out = append(out, h)
		}
	}
	return out
}
