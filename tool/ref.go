package tool

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// Ref stands for an output that is not yet known: an argument whose value is exactly the text
// ${steps.N.path.to.field}. N is the step's number on the path, from 1. The path leads through the keys and array
// indexes of the step's [Result.Value]; without a path the reference is to [Result.Content].
//
// A key with dots or brackets in it is written ["like.this"], and an index either .0 or [0].
type Ref struct {
	Step int
	Path []string
}

const (
	refOpen  = "${steps."
	refClose = "}"
	maxRef   = 1024 // bytes of a reference
)

// ParseRef reads a reference; ok is false for any other text.
func ParseRef(s string) (r Ref, ok bool) {
	if !looksLikeRef(s) || len(s) > maxRef {
		return Ref{}, false
	}
	body := s[len(refOpen) : len(s)-len(refClose)]
	end := strings.IndexAny(body, ".[")
	if end < 0 {
		end = len(body)
	}
	step, err := strconv.Atoi(body[:end])
	if err != nil || step < 1 || body[0] == '+' {
		return Ref{}, false
	}
	path, ok := parsePath(body[end:])
	return Ref{Step: step, Path: path}, ok
}

func looksLikeRef(s string) bool {
	return len(s) > len(refOpen)+len(refClose) && strings.HasPrefix(s, refOpen) && strings.HasSuffix(s, refClose)
}

// parsePath reads .key, [index] and ["key"] until nothing is left.
func parsePath(s string) (path []string, ok bool) {
	for s != "" {
		var seg string
		switch {
		case s[0] == '.':
			end := strings.IndexAny(s[1:], ".[") + 1
			if end == 0 {
				end = len(s)
			}
			seg, s = s[1:end], s[end:]
		case strings.HasPrefix(s, `["`):
			quoted, err := strconv.QuotedPrefix(s[1:])
			if err != nil || !strings.HasPrefix(s[1+len(quoted):], "]") {
				return nil, false
			}
			seg, _ = strconv.Unquote(quoted)
			path, s = append(path, seg), s[len(quoted)+2:]
			continue
		case s[0] == '[':
			end := strings.IndexByte(s, ']')
			if end < 0 || !isIndex(s[1:end]) {
				return nil, false
			}
			seg, s = s[1:end], s[end+1:]
		default:
			return nil, false
		}
		if seg == "" || strings.ContainsAny(seg, "{}]\"") {
			return nil, false
		}
		path = append(path, seg)
	}
	return path, true
}

func isIndex(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 0 && s[0] != '+'
}

// String returns the reference as it stands in arguments; [ParseRef] reads it back.
func (r Ref) String() string {
	var b strings.Builder
	b.WriteString(refOpen + strconv.Itoa(r.Step))
	for _, seg := range r.Path {
		if seg == "" || strings.ContainsAny(seg, ".[]{}\"\\") {
			b.WriteString("[" + strconv.Quote(seg) + "]")
		} else {
			b.WriteString("." + seg)
		}
	}
	b.WriteString(refClose)
	return b.String()
}

// RefError says that a reference has no value.
type RefError struct {
	Ref Ref
	Why string
}

// Error names the reference and what stands in its way.
func (e *RefError) Error() string { return fmt.Sprintf("%s: %s", e.Ref, e.Why) }

// Refs returns the references in arguments, in the order of their keys, each once. Text that is not JSON has none.
func Refs(args json.RawMessage) []Ref {
	if !bytes.Contains(args, []byte(refOpen)) {
		return nil
	}
	var out []Ref
	seen := map[string]bool{}
	_, err := replace(args, func(r Ref) (json.RawMessage, error) {
		if s := r.String(); !seen[s] {
			seen[s] = true
			out = append(out, r)
		}
		return json.RawMessage("null"), nil
	})
	if err != nil {
		return nil
	}
	return out
}

// Resolve returns the arguments, canonical, with each reference replaced by the whole value it stands for. lookup
// returns the result of a step, false while it is not known. A value is put in as it is and never searched for
// references again. The error is a [*RefError] that names the first reference without a value, or says that args
// are not JSON.
//
// The schema has not seen the values: hand what comes back to [Set.ParseExact].
func Resolve(args json.RawMessage, lookup func(step int) (Result, bool)) (json.RawMessage, error) {
	return replace(args, func(r Ref) (json.RawMessage, error) {
		res, ok := lookup(r.Step)
		if !ok {
			return nil, &RefError{r, fmt.Sprintf("the result of step %d is not known", r.Step)}
		}
		return r.In(res)
	})
}

// In returns the value that the reference has in a step's result. Where the result has no Value but its Content is
// JSON, the path leads through that: many tools write structured answers as text. The error is a [*RefError].
func (r Ref) In(res Result) (json.RawMessage, error) {
	if res.IsError {
		return nil, &RefError{r, fmt.Sprintf("step %d failed", r.Step)}
	}
	if len(r.Path) == 0 {
		if res.Content == "" && len(res.Value) > 0 {
			return canon.JSON(res.Value)
		}
		return canon.Marshal(res.Content)
	}
	raw := res.Value
	if len(raw) == 0 {
		raw = json.RawMessage(res.Content)
	}
	raw, err := canon.JSON(raw)
	if err != nil {
		return nil, &RefError{r, fmt.Sprintf("the answer of step %d is plain text, which has no fields; use ${steps.%d}", r.Step, r.Step)}
	}
	for i, seg := range r.Path {
		if raw, err = child(raw, seg); err != nil {
			return nil, &RefError{r, fmt.Sprintf("%s %v", Ref{r.Step, r.Path[:i]}, err)}
		}
	}
	return raw, nil
}

// child returns one member of an object or an array in canonical form.
func child(raw json.RawMessage, seg string) (json.RawMessage, error) {
	switch raw[0] {
	case '{':
		var m map[string]json.RawMessage
		if err := json.Unmarshal(raw, &m); err != nil {
			return nil, err
		}
		if v, ok := m[seg]; ok {
			return v, nil
		}
		return nil, fmt.Errorf("has no %q; it has %s", seg, Clip(strings.Join(sortedKeys(m), ", "), maxMessage))
	case '[':
		var a []json.RawMessage
		if err := json.Unmarshal(raw, &a); err != nil {
			return nil, err
		}
		if i, err := strconv.Atoi(seg); err == nil && i >= 0 && i < len(a) {
			return a[i], nil
		}
		return nil, fmt.Errorf("has no %q; it is an array of %d", seg, len(a))
	}
	return nil, fmt.Errorf("has no %q; it is neither an object nor an array", seg)
}

// replace rewrites canonical arguments with f's value in the place of each reference.
func replace(args json.RawMessage, f func(Ref) (json.RawMessage, error)) (json.RawMessage, error) {
	raw, err := canon.JSON(args)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := rewrite(&b, raw, f); err != nil {
		return nil, err
	}
	return slices.Clip(b.Bytes()), nil
}

func rewrite(b *bytes.Buffer, raw json.RawMessage, f func(Ref) (json.RawMessage, error)) error {
	switch raw[0] {
	case '{':
		return rewriteObject(b, raw, f)
	case '[':
		return rewriteArray(b, raw, f)
	case '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
		if r, ok := ParseRef(s); ok {
			v, err := f(r)
			b.Write(v)
			return err
		}
	}
	b.Write(raw)
	return nil
}

func rewriteObject(b *bytes.Buffer, raw json.RawMessage, f func(Ref) (json.RawMessage, error)) error {
	var m map[string]json.RawMessage
	if err := json.Unmarshal(raw, &m); err != nil {
		return err
	}
	b.WriteByte('{')
	for i, k := range sortedKeys(m) {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := canon.Marshal(k)
		if err != nil {
			return err
		}
		b.Write(key)
		b.WriteByte(':')
		if err := rewrite(b, m[k], f); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

func rewriteArray(b *bytes.Buffer, raw json.RawMessage, f func(Ref) (json.RawMessage, error)) error {
	var a []json.RawMessage
	if err := json.Unmarshal(raw, &a); err != nil {
		return err
	}
	b.WriteByte('[')
	for i, v := range a {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := rewrite(b, v, f); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}
