package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"unsafe"
)

// JSON returns a document without secrets in its strings. What is not JSON is scrubbed as text where it can be.
// The words of the journal's own format stay, even if somebody's password is one of them.
func (s *Scrubber) JSON(doc []byte) []byte {
	var out []byte
	done := 0
	for i := 0; i < len(doc); i++ {
		if doc[i] != '"' {
			continue
		}
		end := stringEnd(doc, i+1)
		if repl, ok := s.literal(doc[i+1 : end]); ok {
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

// literal scrubs what stands between two quotes.
func (s *Scrubber) literal(raw []byte) (string, bool) {
	if len(raw) < MinSecret {
		return "", false
	}
	text := unsafe.String(unsafe.SliceData(raw), len(raw)) // only read while raw is not changed
	if bytes.IndexByte(raw, '\\') < 0 {
		out, hit := s.replace(text)
		if !hit || ownWords[text] {
			return "", false
		}
		return out, true
	}
	var decoded string
	if json.Unmarshal([]byte(`"`+text+`"`), &decoded) != nil {
		return s.replace(text)
	}
	out, hit := s.replace(decoded)
	if !hit {
		return "", false
	}
	return quoted(out, false), true
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
