package journal

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// MinSecret is the length in bytes from which a value counts as a secret: shorter ones would hit ordinary words.
const MinSecret = 6

// Secret is a value that must not be written anywhere, and the name that is written instead.
type Secret struct{ Name, Value string }

// Scrubber replaces secrets by [secret NAME]. It knows the values it was made with, also where they are escaped for
// JSON or a URL or encoded in base64 (at any place of a longer text, so in a Basic authorization too), and the shapes of
// well-known secrets: bearer and API tokens, JSON web tokens, private key blocks. A nil Scrubber knows the shapes.
// It does not recognise a secret that is written as a JSON number, in pieces, or in another encoding.
type Scrubber struct {
	byHead map[[head]byte][]pattern
	filter [1 << 16 / 64]uint64 // a bit for each hash of a head, to pass over nearly everything at once
}

// head is how many bytes a pattern is looked up by.
const head = 4

type pattern struct{ text, with string }

// NewScrubber returns a scrubber for these values. Values shorter than [MinSecret], blanks around them not counted,
// are passed over. Where one value contains another the longer one is replaced.
func NewScrubber(secrets ...Secret) *Scrubber {
	s := &Scrubber{byHead: map[[head]byte][]pattern{}}
	for _, sec := range secrets {
		v := strings.TrimSpace(sec.Value)
		if len(v) < MinSecret {
			continue
		}
		for _, f := range forms(v) {
			s.add(f, "[secret "+safeName(sec.Name)+"]")
		}
	}
	for _, ps := range s.byHead {
		slices.SortStableFunc(ps, func(a, b pattern) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	return s
}

func (s *Scrubber) add(text, with string) {
	if len(text) < MinSecret {
		return
	}
	h := [head]byte([]byte(text[:head]))
	if slices.ContainsFunc(s.byHead[h], func(p pattern) bool { return p.text == text }) {
		return
	}
	s.byHead[h] = append(s.byHead[h], pattern{text, with})
	i := hash(text)
	s.filter[i/64] |= 1 << (i % 64)
}

// hash mixes the first four bytes of s into 16 bits.
func hash(s string) uint32 {
	_ = s[head-1]
	x := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
	return x * 2654435761 >> 16
}

// forms are the ways in which v may be written: as it is, in a JSON string, in JSON text within a JSON string, in a URL, in base64.
func forms(v string) []string {
	html, plain := quoted(v, true), quoted(v, false)
	out := []string{v, html, plain, quoted(html, false), quoted(plain, false), url.QueryEscape(v), url.PathEscape(v)}
	return append(out, base64Forms(v)...)
}

// quoted is v inside a JSON string, with or without the escapes for HTML.
func quoted(v string, html bool) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(html)
	_ = e.Encode(v) // a string always has a form
	return strings.TrimSuffix(strings.TrimSuffix(b.String()[1:], "\n"), `"`)
}

// safeName keeps what needs no escape in JSON.
func safeName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\<>&[]`, r) {
			return '_'
		}
		return r
	}, name)
}

// Text returns text without secrets.
func (s *Scrubber) Text(text string) string {
	text, _ = s.replace(text, true)
	return text
}

// replace also says whether there was anything. It looks for well-known shapes only when asked to.
func (s *Scrubber) replace(text string, shaped bool) (string, bool) {
	out, hit := s.values(text)
	if !shaped {
		return out, hit
	}
	out, more := shapes(out)
	return out, hit || more
}

// values replaces the known values.
func (s *Scrubber) values(text string) (string, bool) {
	if s == nil || len(s.byHead) == 0 {
		return text, false
	}
	var b strings.Builder
	done := 0
	for i := 0; i+MinSecret <= len(text); {
		p, ok := s.at(text[i:])
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
		return text, false
	}
	b.WriteString(text[done:])
	return b.String(), true
}

// at returns the longest pattern that text begins with.
func (s *Scrubber) at(text string) (pattern, bool) {
	if i := hash(text); s.filter[i/64]&(1<<(i%64)) == 0 {
		return pattern{}, false
	}
	for _, p := range s.byHead[[head]byte([]byte(text[:head]))] {
		if strings.HasPrefix(text, p.text) {
			return p, true
		}
	}
	return pattern{}, false
}
