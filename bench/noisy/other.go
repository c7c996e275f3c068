package noisy

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/azimuthdev/azimuth/bench/world/grade"
)

// other returns a plausible value that is not v.
func (t *task) other(r *rand.Rand, toolName string, v value) (any, bool) {
	p := t.schemas[toolName].Properties[v.name]
	switch v.raw[0] {
	case '"':
		var s string
		if json.Unmarshal(v.raw, &s) != nil {
			return nil, false
		}
		return t.otherText(r, toolName, v.name, p, s)
	case '[':
		if p.Items != nil && len(p.Items.Enum) == 0 {
			return t.otherRow(r, v.raw)
		}
		return otherList(r, p, v.raw)
	}
	var f float64
	if json.Unmarshal(v.raw, &f) != nil {
		return nil, false
	}
	return otherNumber(r, p, f), true
}

func (t *task) otherText(r *rand.Rand, toolName, arg string, p prop, s string) (any, bool) {
	pool := t.likely(p.Enum)
	switch {
	case len(pool) > 0:
	case p.handle() != "":
		pool = t.handles(p.handle())
	case p.opaque():
		pool = t.images(p)
	case p.Pattern != "":
		return otherPlace(r, s), true
	case t.gold.Rule == grade.Answer:
		return t.otherExpression(r, s), true
	case numeric(s):
		return otherNumeral(r, s), true
	default:
		pool = append(slices.Clone(t.texts[toolName+" "+arg]), "North "+s)
	}
	pool = slices.DeleteFunc(slices.Clone(pool), func(x string) bool { return x == s })
	if len(pool) == 0 {
		return nil, false
	}
	return pick(r, pool), true
}

// otherList leaves out an item, adds one or replaces one.
func otherList(r *rand.Rand, p prop, raw json.RawMessage) (any, bool) {
	var have []string
	if json.Unmarshal(raw, &have) != nil || p.Items == nil {
		return nil, false
	}
	rest := slices.DeleteFunc(slices.Clone(p.Items.Enum), func(x string) bool { return slices.Contains(have, x) })
	if len(have) > 1 && (len(rest) == 0 || r.IntN(2) == 0) {
		i := r.IntN(len(have))
		return slices.Delete(have, i, i+1), true
	}
	if len(rest) == 0 {
		return nil, false
	}
	if len(have) == 0 || r.IntN(2) == 0 {
		return append(have, pick(r, rest)), true
	}
	have[r.IntN(len(have))] = pick(r, rest)
	return have, true
}

var (
	steps   = []float64{-1, 1, 2}
	factors = []float64{0.5, 0.9, 1.1, 2, 10}
)

// otherNumber is off by a little where the number is small or bounded, and by a factor otherwise.
func otherNumber(r *rand.Rand, p prop, f float64) float64 {
	step := 1.0
	if f != math.Trunc(f) {
		step = 0.5
	}
	if p.Maximum != nil || f <= 12 {
		g := f + step*pick(r, steps)
		if p.Minimum != nil && g < *p.Minimum || p.Maximum != nil && g > *p.Maximum {
			g = 2*f - g
		}
		if lo := float64(p.least()); p.Maximum != nil && (g < lo || g > *p.Maximum) { // a range of a few values
			if g = lo; f == lo {
				g = lo + step
			}
		}
		return g
	}
	g := math.Round(f * pick(r, factors))
	if g == f {
		return f + 1
	}
	return g
}
