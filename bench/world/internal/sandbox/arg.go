package sandbox

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// Type is the kind of value an argument takes.
type Type uint8

// The types of argument.
const (
	Integer Type = iota // a whole number from Min to Max
	Number              // a number from Min to Max
	Text                // a text that is not empty
	Choice              // one of Enum
	Choices             // at least one of Enum, in any order
	Handle              // what a constructor tool returned, see [MakeHandle]; Kind says which
	Pattern             // a text that matches Regexp, in upper case
	Texts               // a list of at least one text, which may be empty
	Grid                // a list of rows, each a list of at least one text, which may be empty
)

// Arg describes one argument. All arguments are required.
type Arg struct {
	Name, Doc string
	Type      Type
	Enum      []string       // of Choice and Choices; compared without regard to case
	Min, Max  float64        // of Integer and Number, both included; Max 0 means 1e12
	Kind      string         // of Handle: the constructor's tag, such as "loc"
	From      string         // of Handle: the constructor's name, such as "Loc", to be named in errors
	Regexp    *regexp.Regexp // of Pattern; of Text it is only stated in the schema
	Like      string         // of Pattern: an example, to be named in errors
}

// Value is an argument that was read. Raw is always set.
type Value struct {
	Raw  json.RawMessage // canonical; choices in the writing of Enum, a handle's content as a text
	Text string          // of Text, Choice, Pattern and Handle (the content, not the handle)
	Int  int64           // of Integer
	List []string        // of Choices, in lower case, sorted, each once; of Texts
	Rows [][]string      // of Grid
}

func (a Arg) max() float64 {
	if a.Max == 0 {
		return 1e12
	}
	return a.Max
}

// read checks one argument's JSON text.
func (a Arg) read(raw json.RawMessage) (Value, error) {
	switch a.Type {
	case Integer, Number:
		return a.number(raw)
	case Choices:
		return a.choices(raw)
	case Texts:
		return a.texts(raw)
	case Grid:
		return a.grid(raw)
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil || strings.TrimSpace(s) == "" {
		return Value{}, fmt.Errorf("%s: want a text that is not empty, got %s", a.Name, clip(raw))
	}
	switch a.Type {
	case Choice:
		word, err := a.choose(s)
		return Value{Raw: Quote(word), Text: word}, err
	case Handle:
		content, ok := ReadHandle(a.Kind, s)
		if !ok {
			return Value{}, fmt.Errorf("%s: %s was not made by %s; call %s first and pass on the %q of its answer unchanged",
				a.Name, clip(raw), a.From, a.From, a.Kind)
		}
		return Value{Raw: Quote(content), Text: content}, nil
	}
	s = tidy(s)
	if a.Type == Pattern {
		if s = strings.ToUpper(s); !a.Regexp.MatchString(s) {
			return Value{}, fmt.Errorf("%s: want a text such as %s, got %s", a.Name, a.Like, clip(raw))
		}
	}
	return Value{Raw: Quote(s), Text: s}, nil
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

func (a Arg) texts(raw json.RawMessage) (Value, error) {
	var in []string
	if err := json.Unmarshal(raw, &in); err != nil || len(in) == 0 {
		return Value{}, fmt.Errorf("%s: want a list of texts with at least one, got %s", a.Name, clip(raw))
	}
	for i, s := range in {
		in[i] = tidy(s)
	}
	out, err := canon.Marshal(in)
	return Value{Raw: out, List: in}, err
}

func (a Arg) grid(raw json.RawMessage) (Value, error) {
	var in [][]string
	if err := json.Unmarshal(raw, &in); err != nil || len(in) == 0 || slices.ContainsFunc(in, func(r []string) bool { return len(r) == 0 }) {
		return Value{}, fmt.Errorf("%s: want a list of rows, each a list with at least one text, got %s", a.Name, clip(raw))
	}
	for _, row := range in {
		for i, s := range row {
			row[i] = tidy(s)
		}
	}
	out, err := canon.Marshal(in)
	return Value{Raw: out, Rows: in}, err
}

func (a Arg) number(raw json.RawMessage) (Value, error) {
	c, err := canon.JSON(raw)
	if err != nil {
		return Value{}, fmt.Errorf("%s: %w", a.Name, err)
	}
	f, err := strconv.ParseFloat(string(c), 64)
	if err != nil || f < a.Min || f > a.max() || math.IsNaN(f) {
		return Value{}, fmt.Errorf("%s: want a number from %v to %v, got %s", a.Name, a.Min, a.max(), clip(raw))
	}
	if a.Type == Number {
		return Value{Raw: c}, nil
	}
	n, err := strconv.ParseInt(string(c), 10, 64)
	if err != nil {
		return Value{}, fmt.Errorf("%s: want a whole number, got %s", a.Name, clip(raw))
	}
	return Value{Raw: c, Int: n}, nil
}

func (a Arg) choices(raw json.RawMessage) (Value, error) {
	var in []string
	if err := json.Unmarshal(raw, &in); err != nil || len(in) == 0 {
		return Value{}, fmt.Errorf("%s: want a list with at least one of %s, got %s", a.Name, list(a.Enum), clip(raw))
	}
	for i, s := range in {
		word, err := a.choose(s)
		if err != nil {
			return Value{}, err
		}
		in[i] = word
	}
	low := Lower(in)
	out, err := canon.Marshal(low)
	return Value{Raw: out, List: low}, err
}

func (a Arg) choose(s string) (string, error) {
	for _, word := range a.Enum {
		if strings.EqualFold(word, strings.TrimSpace(s)) {
			return word, nil
		}
	}
	return "", fmt.Errorf("%s: %s is not one of %s", a.Name, clip(Quote(s)), list(a.Enum))
}

// read takes an argument object apart, in the order of the arguments.
func readArgs(args []Arg, raw json.RawMessage) ([]Value, error) {
	if err := canon.CheckDepth(raw); err != nil {
		return nil, err
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(raw, &m); err != nil || m == nil {
		return nil, fmt.Errorf("the arguments are not a JSON object: %s", clip(raw))
	}
	out := make([]Value, 0, len(args))
	for _, a := range args {
		v, ok := m[a.Name]
		if !ok {
			return nil, fmt.Errorf("%s: is missing", a.Name)
		}
		val, err := a.read(v)
		if err != nil {
			return nil, err
		}
		out = append(out, val)
		delete(m, a.Name)
	}
	for name := range m {
		return nil, fmt.Errorf("%s: there is no such argument", clip([]byte(name)))
	}
	return out, nil
}

func list(words []string) string { return `"` + strings.Join(words, `", "`) + `"` }

// clip keeps foreign text in messages short.
func clip(raw []byte) string {
	const most = 80
	if len(raw) > most {
		return strings.ToValidUTF8(string(raw[:most]), "") + "…"
	}
	return strings.ToValidUTF8(string(raw), "")
}

// Lower returns the words in lower case, sorted, each once: the form in which choices are stored.
func Lower(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToLower(w)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
