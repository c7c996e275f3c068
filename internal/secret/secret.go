package secret

import (
	"cmp"
	"slices"
	"strings"
)

// MinLength is the shortest text, in bytes, that is cut out: cutting out less would spoil every text and hide
// nothing.
const MinLength = 4

// Value is a secret and the name that is written instead.
type Value struct{ Name, Text string }

// Parts returns the value, and of one of two words, such as "Bearer abc", also the second as a secret of its own.
func Parts(name, text string) []Value {
	out := []Value{{name, text}}
	if w := strings.Fields(text); len(w) == 2 {
		out = append(out, Value{name, w[1]})
	}
	return out
}

// Mark is what stands where a secret was: "[secret NAME]", or "[secret]" if it has no name. It needs no escape in JSON.
func Mark(name string) string {
	if name == "" {
		return "[secret]"
	}
	return "[secret " + strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\<>&[]`, r) {
			return '_'
		}
		return r
	}, name) + "]"
}

// Cutter replaces known values by their [Mark], also where they are escaped for JSON or a URL or encoded in base64 (at
// any place of a longer text, so in a Basic authorization too). A nil Cutter knows none. It may be used by many at once.
type Cutter struct {
	byHead map[[head]byte][]pattern
	filter filter // a bit for each head, to pass over nearly everything at once
}

// head is how many bytes a pattern is looked up by.
const head = MinLength

type pattern struct{ text, with string }

// New returns a cutter of these values. Those shorter than [MinLength], blanks around them not counted, are passed
// over. Where one contains another the longer one is replaced; of equal ones the first gives the name.
func New(values ...Value) *Cutter {
	c := &Cutter{byHead: map[[head]byte][]pattern{}}
	for _, v := range values {
		if text := strings.TrimSpace(v.Text); len(text) >= MinLength {
			for _, f := range forms(text) {
				c.add(f, Mark(v.Name))
			}
		}
	}
	for _, ps := range c.byHead {
		slices.SortStableFunc(ps, func(a, b pattern) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	return c
}

// Of returns a cutter of values without names.
func Of(texts ...string) *Cutter {
	values := make([]Value, len(texts))
	for i, t := range texts {
		values[i].Text = t
	}
	return New(values...)
}

func (c *Cutter) add(text, with string) {
	h := [head]byte([]byte(text[:head]))
	if slices.ContainsFunc(c.byHead[h], func(p pattern) bool { return p.text == text }) {
		return
	}
	c.byHead[h] = append(c.byHead[h], pattern{text, with})
	c.filter.set(hash4(text))
}

// Cut replaces the known values. What it returns equals text if there was none.
func (c *Cutter) Cut(text string) string {
	if c == nil || len(c.byHead) == 0 {
		return text
	}
	var b strings.Builder
	done := 0
	for i := 0; i+head <= len(text); {
		if !c.filter.has(hash4(text[i:])) { // nearly always
			i++
			continue
		}
		p, ok := c.at(text[i:])
		if !ok {
			i++
			continue
		}
		b.WriteString(text[done:i])
		b.WriteString(p.with)
		i += len(p.text)
		done = i
	}
	if done == 0 {
		return text
	}
	b.WriteString(text[done:])
	return b.String()
}

// at returns the longest pattern that text begins with.
func (c *Cutter) at(text string) (pattern, bool) {
	for _, p := range c.byHead[[head]byte([]byte(text[:head]))] {
		if strings.HasPrefix(text, p.text) {
			return p, true
		}
	}
	return pattern{}, false
}

// filter has a bit for each of 16 bits of hash.
type filter [1 << 16 / 64]uint64

func (f *filter) set(h uint32)      { f[h/64] |= 1 << (h % 64) }
func (f *filter) has(h uint32) bool { return f[h/64]&(1<<(h%64)) != 0 }

// hash4 mixes the first four bytes of s into 16 bits.
func hash4(s string) uint32 {
	_ = s[3]
	return (uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24) * 2654435761 >> 16
}

// hash3 mixes the first three bytes of s into 16 bits.
func hash3(s string) uint32 {
	_ = s[2]
	return (uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16) * 2654435761 >> 16
}
