package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"unsafe"

	"github.com/azimuthdev/azimuth/internal/secret"
)

// JSON returns a document without secrets in its strings. What is not JSON is scrubbed as text where it can be.
// The words of the journal's own format stay, even if somebody's password is one of them.
func (s *Scrubber) JSON(doc []byte) []byte {
	var out []byte
	done := 0
	text := unsafe.String(unsafe.SliceData(doc), len(doc))              // only read while doc is not changed
	shaped := secret.MayHoldShape(text) || strings.Contains(text, `\u`) // which could hide a word
	for i := 0; i < len(doc); i++ {
		if doc[i] != '"' {
			continue
		}
		end := stringEnd(doc, i+1)
		if repl, ok := s.literal(doc[i+1:end], shaped); ok {
			out = append(append(out, doc[done:i+1]...), repl...)
			done = end
		}
		i = end
	}
	if done == 0 {
		return doc
	}
	return append(out, doc[done:]...)
}

// stringEnd returns where the string that has begun before i is closed.
func stringEnd(doc []byte, i int) int {
	for ; i < len(doc); i++ {
		switch doc[i] {
		case '"':
			return i
		case '\\':
			i++
		}
	}
	return len(doc)
}

// literal scrubs what stands between two quotes; shaped says that it may hold a well-known shape.
func (s *Scrubber) literal(raw []byte, shaped bool) (string, bool) {
	if len(raw) < MinSecret {
		return "", false
	}
	text := unsafe.String(unsafe.SliceData(raw), len(raw)) // only read while raw is not changed
	if bytes.IndexByte(raw, '\\') < 0 {
		out := s.replace(text, shaped)
		return out, out != text && !ownWords[text]
	}
	if !shaped && plainEscapes(raw) && s.replace(text, false) == text { // the known values have their escaped forms too
		return "", false
	}
	var decoded string
	if json.Unmarshal([]byte(`"`+text+`"`), &decoded) != nil {
		out := s.replace(text, shaped)
		return out, out != text
	}
	out := s.replace(decoded, shaped)
	if out == decoded {
		return "", false
	}
	return secret.Quoted(out, false), true
}

// plainEscapes says that nothing is escaped that encode would not escape.
func plainEscapes(raw []byte) bool {
	for i := 0; i < len(raw)-1; i++ {
		if raw[i] == '\\' {
			if i++; raw[i] == 'u' || raw[i] == '/' {
				return false
			}
		}
	}
	return true
}

// Scrubbed returns a store that scrubs goals and records before they reach s. [Begin] and [Continue] use it, so nothing that
// is written by a [Writer] goes around it.
func Scrubbed(s Store, by *Scrubber) Store { return &scrubbed{s, by} }

type scrubbed struct {
	Store
	by *Scrubber
}

// Create registers the run with a scrubbed goal.
func (s *scrubbed) Create(ctx context.Context, r Run) error {
	r.Goal = s.by.Text(r.Goal)
	return s.Store.Create(ctx, r)
}

// Append scrubs the records and appends them.
func (s *scrubbed) Append(ctx context.Context, run string, recs ...Record) error {
	return s.Store.Append(ctx, run, s.all(recs)...)
}

// AppendSync scrubs the records and appends them to the store's highest degree.
func (s *scrubbed) AppendSync(ctx context.Context, run string, recs ...Record) error {
	return AppendSync(ctx, s.Store, run, s.all(recs)...)
}

func (s *scrubbed) all(recs []Record) []Record {
	out := make([]Record, len(recs))
	for i, r := range recs {
		r.Data = s.by.JSON(r.Data)
		out[i] = r
	}
	return out
}
