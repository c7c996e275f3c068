// Package canon writes JSON in one canonical form, so that equal values are equal bytes: object keys sorted,
// no white space, integral numbers without a fraction, nothing escaped that need not be. Calls are compared,
// counted, cached and journaled by this form.
package canon

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// MaxDepth is the deepest nesting that is accepted; deeper documents are refused before anything recurses.
const MaxDepth = 200

// ErrTooDeep says that a document nests deeper than [MaxDepth].
var ErrTooDeep = fmt.Errorf("nested deeper than %d levels", MaxDepth)

// JSON returns raw in canonical form. An error names what is wrong with the text: not JSON, more than one value,
// or nested deeper than [MaxDepth].
func JSON(raw []byte) (json.RawMessage, error) {
	_, c, err := Value(raw)
	return c, err
}

// Value is [JSON] that also returns the decoded document, as [json.Decoder] with UseNumber has it. Errors are those
// of JSON.
func Value(raw []byte) (v any, canonical json.RawMessage, err error) {
	if err := CheckDepth(raw); err != nil {
		return nil, nil, err
	}
	if v, err = decode(raw); err != nil {
		return nil, nil, err
	}
	canonical, err = Encode(v)
	return v, canonical, err
}

// Marshal returns the canonical form of a Go value.
func Marshal(v any) (json.RawMessage, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return JSON(raw)
}

// Equal says whether two documents are the same value. Text that is not JSON is equal only to the same bytes.
func Equal(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	ca, errA := JSON(a)
	cb, errB := JSON(b)
	return errA == nil && errB == nil && bytes.Equal(ca, cb)
}

// Object returns the members of an object, each in canonical form. Errors are those of [JSON], and that it is none.
func Object(raw []byte) (map[string]json.RawMessage, error) {
	raw, err := JSON(raw)
	if err != nil {
		return nil, err
	}
	if raw[0] != '{' {
		return nil, errors.New("want a JSON object")
	}
	var members map[string]json.RawMessage
	return members, json.Unmarshal(raw, &members)
}

// Text is the text of a JSON string, and raw as it is of everything else.
func Text(raw []byte) string {
	var s string
	if len(raw) > 0 && raw[0] == '"' && json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// CheckDepth refuses text that nests deeper than [MaxDepth], without building anything from it.
func CheckDepth(raw []byte) (err error) {
	brackets(raw, func(_, depth int) bool {
		if depth > MaxDepth {
			err = ErrTooDeep
		}
		return err == nil
	})
	return err
}

// End returns where the object or array that a text starts with ends, -1 if it does not. What is between may be
// anything in balanced brackets.
func End(text string) int {
	end := -1
	brackets(text, func(i, depth int) bool {
		if depth == 0 {
			end = i + 1
		}
		return depth > 0
	})
	return end
}

// brackets calls visit at each bracket outside of strings with the depth behind it, while that returns true.
func brackets[T string | []byte](text T, visit func(i, depth int) bool) {
	depth, inString, escaped := 0, false, false
	for i := range len(text) {
		switch c := text[i]; {
		case escaped:
			escaped = false
		case inString:
			escaped = c == '\\'
			inString = c != '"'
		case c == '"':
			inString = true
		case c == '{' || c == '[':
			depth++
			if !visit(i, depth) {
				return
			}
		case c == '}' || c == ']':
			depth--
			if !visit(i, depth) {
				return
			}
		}
	}
}

func decode(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("empty, want a JSON value")
		}
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return normal(v), nil
}

// normal rewrites numbers in place; maps need nothing, encoding/json sorts their keys.
func normal(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			v[k] = normal(e)
		}
	case []any:
		for i, e := range v {
			v[i] = normal(e)
		}
	case json.Number:
		return number(v)
	}
	return v
}

// number keeps integers to the digit (ids may exceed 2^53) and writes every other number in its shortest form.
func number(n json.Number) json.Number {
	if n == "-0" {
		return "0"
	}
	if !strings.ContainsAny(string(n), ".eE") {
		return n
	}
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil || math.IsInf(f, 0) {
		return n
	}
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return json.Number(strconv.FormatInt(int64(f), 10))
	}
	return json.Number(strconv.FormatFloat(f, 'g', -1, 64))
}

// Encode returns a Go value as JSON without escapes for HTML, so that what is canonical within it stays so.
func Encode(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// SetKey returns the object raw with the string member key set to value, in canonical form.
func SetKey(raw []byte, key, value string) (json.RawMessage, error) {
	m := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, err
	}
	v, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	m[key] = v
	return Marshal(m)
}
