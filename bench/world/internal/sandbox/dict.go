package sandbox

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// Dict is a dictionary of JSON values, sorted by key. It is a value: With returns a changed copy, so that forks
// share one without knowing of each other. The zero value is empty.
type Dict struct{ entries []entry }

type entry struct {
	key string
	val json.RawMessage // canonical
}

// Get returns the value of a key in canonical JSON, false when there is none.
func (d Dict) Get(key string) (json.RawMessage, bool) {
	i, ok := d.find(key)
	if !ok {
		return nil, false
	}
	return d.entries[i].val, true
}

// Text returns the string that a key holds, "" when it holds none.
func (d Dict) Text(key string) string {
	raw, ok := d.Get(key)
	if !ok {
		return ""
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// Int returns the whole number that a key holds, other when it holds none.
func (d Dict) Int(key string, other int64) int64 {
	raw, ok := d.Get(key)
	if !ok {
		return other
	}
	var n int64
	if json.Unmarshal(raw, &n) != nil {
		return other
	}
	return n
}

// Has says whether the key is there.
func (d Dict) Has(key string) bool {
	_, ok := d.find(key)
	return ok
}

// Len returns how many keys there are.
func (d Dict) Len() int { return len(d.entries) }

// Keys returns the keys, sorted.
func (d Dict) Keys() []string {
	out := make([]string, len(d.entries))
	for i, e := range d.entries {
		out[i] = e.key
	}
	return out
}

// With returns a copy in which the key holds a value, which must be canonical JSON.
func (d Dict) With(key string, val json.RawMessage) Dict {
	i, ok := d.find(key)
	if ok {
		out := slices.Clone(d.entries)
		out[i].val = val
		return Dict{out}
	}
	out := make([]entry, 0, len(d.entries)+1)
	out = append(out, d.entries[:i]...)
	out = append(out, entry{key, val})
	return Dict{append(out, d.entries[i:]...)}
}

// WithDefault is [Dict.With] for a key that is not there yet, and d itself otherwise.
func (d Dict) WithDefault(key string, val json.RawMessage) Dict {
	if d.Has(key) {
		return d
	}
	return d.With(key, val)
}

// WithZero is [Dict.WithDefault] of 0 for some keys.
func (d Dict) WithZero(keys ...string) Dict {
	for _, key := range keys {
		d = d.WithDefault(key, json.RawMessage("0"))
	}
	return d
}

// JSON returns the dictionary as one canonical object.
func (d Dict) JSON() json.RawMessage {
	b := []byte{'{'}
	for i, e := range d.entries {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, Quote(e.key)...)
		b = append(b, ':')
		b = append(b, e.val...)
	}
	return append(b, '}')
}

func (d Dict) find(key string) (int, bool) {
	return slices.BinarySearchFunc(d.entries, key, func(e entry, k string) int { return strings.Compare(e.key, k) })
}

// Quote returns a text as canonical JSON. Bytes that are not UTF-8 are replaced.
func Quote(s string) json.RawMessage {
	if plain(s) {
		return json.RawMessage(`"` + s + `"`)
	}
	raw, err := canon.Marshal(s)
	if err != nil { // a string always marshals
		return json.RawMessage(`""`)
	}
	return raw
}

// Quotes returns texts as a canonical list.
func Quotes(words []string) json.RawMessage {
	b := []byte{'['}
	for i, w := range words {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, Quote(w)...)
	}
	return append(b, ']')
}

// Object returns one key with a value, which must be canonical JSON, as a canonical object.
func Object(key string, val json.RawMessage) json.RawMessage { return Dict{}.With(key, val).JSON() }

// plain says that nothing in a text needs escaping: the way of nearly all keys and values here.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
