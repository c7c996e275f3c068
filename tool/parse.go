package tool

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/internal/lcs"
)

// MaxArgs is the longest argument text that [Set.Parse] takes, in bytes (1 MiB). What is longer is a model that
// went astray, or a file that should be passed by its name.
const MaxArgs = 1 << 20

// Parse turns a name and an argument text, as a model wrote them, into a call: the text is limited to [MaxArgs]
// and to 200 levels, must be one JSON object, is brought into canonical form and validated against the tool's
// schema. Where a value is a reference to an earlier step (see [Ref]) the schema is not asked about it.
//
// Arguments are never invented: an empty text stands for {} only where the schema declares no parameter at all
// (providers send it so). Errors: [*UnknownToolError], [*ArgumentError].
func (s *Set) Parse(name, args string) (Call, error) { return s.parse(name, args, true) }

// ParseExact is [Set.Parse] for arguments in which nothing is open any more: a text that looks like a reference
// is a text, and the schema is asked about it. Use it on what [Resolve] returned, so that an output that happens
// to contain a reference, by accident or by malice, is data.
func (s *Set) ParseExact(name, args string) (Call, error) { return s.parse(name, args, false) }

func (s *Set) parse(name, args string, refs bool) (Call, error) {
	e, ok := s.entries[name]
	if !ok {
		return Call{}, &UnknownToolError{Name: name, Near: s.near(name)}
	}
	doc, raw, problem := e.text(args)
	if problem != "" {
		return Call{}, e.refuse(Problem{Path: "args", Message: problem})
	}
	refs = refs && bytes.Contains(raw, []byte(refOpen)) // most arguments have none
	if problems := e.schema.check(doc, refs); len(problems) > 0 {
		return Call{}, e.refuse(problems...)
	}
	return Call{Tool: name, Args: raw}, nil
}

// text decodes the argument text and brings it into canonical form, or says what is wrong with it.
func (e *entry) text(args string) (doc any, raw json.RawMessage, problem string) {
	if len(args) > MaxArgs {
		return nil, nil, fmt.Sprintf("%d bytes long, at most %d are taken; pass large data by name", len(args), MaxArgs)
	}
	if !utf8.ValidString(args) {
		return nil, nil, "not UTF-8"
	}
	if strings.TrimSpace(args) == "" {
		if e.schema.bare {
			return map[string]any{}, json.RawMessage("{}"), ""
		}
		return nil, nil, "empty; write a JSON object with the tool's parameters"
	}
	doc, raw, err := canon.Value([]byte(args))
	if err != nil {
		return nil, nil, "not JSON: " + err.Error()
	}
	if raw[0] != '{' {
		return nil, nil, "want a JSON object, got " + kindOf(raw)
	}
	return doc, raw, ""
}

func (e *entry) refuse(problems ...Problem) error {
	return &ArgumentError{Tool: e.spec.Name, Problems: problems, Schema: e.spec.Input}
}

func kindOf(raw json.RawMessage) string {
	switch raw[0] {
	case '[':
		return "an array"
	case '"':
		return "a string; don't quote the object"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

// near returns at most three names that look like the one asked for: at most a third of its letters differ, or one
// contains the other. The nearest come first, then by name.
func (s *Set) near(name string) []string {
	if name == "" || len(name) > maxName {
		return nil
	}
	type match struct {
		name string
		dist int
	}
	var ms []match
	want := strings.ToLower(name)
	for _, sp := range s.specs {
		have := strings.ToLower(sp.Name)
		d := lcs.Distance(want, have)
		within := len(want) > 2 && strings.Contains(have, want) || len(have) > 2 && strings.Contains(want, have)
		if within || d <= max(1, len(want)/3) {
			ms = append(ms, match{sp.Name, d})
		}
	}
	slices.SortStableFunc(ms, func(a, b match) int { return a.dist - b.dist })
	var out []string
	for _, m := range ms[:min(3, len(ms))] {
		out = append(out, m.name)
	}
	return out
}
