package tool

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the longest tool name a [Set] takes, in bytes.
const maxName = 128

// Set is a fixed collection of tools, by name. It turns what a model wrote into a [Call] that a tool's schema
// accepted. A Set does not change after it was made and may be used from several goroutines at once.
type Set struct {
	specs   []Spec // sorted by name
	entries map[string]*entry
}

type entry struct {
	spec   Spec
	tool   Tool // nil in a set of specs only
	schema *schema
}

// NewSet returns the set of these tools, their schemas compiled. Names must be unique, not empty, at most 128
// bytes and without spaces or control characters; every error is a [*SpecError] that names tool and field.
func NewSet(tools ...Tool) (*Set, error) {
	s := &Set{entries: make(map[string]*entry, len(tools))}
	for _, t := range tools {
		if err := s.add(t.Spec(), t); err != nil {
			return nil, err
		}
	}
	s.sort()
	return s, nil
}

// NewSpecSet returns a set that parses calls and has nothing to dispatch them to: for a [World], which dispatches
// itself, and for reading plans without the tools at hand. Errors are those of [NewSet].
func NewSpecSet(specs []Spec) (*Set, error) {
	s := &Set{entries: make(map[string]*entry, len(specs))}
	for _, sp := range specs {
		if err := s.add(sp, nil); err != nil {
			return nil, err
		}
	}
	s.sort()
	return s, nil
}

func (s *Set) add(sp Spec, t Tool) error {
	if _, dup := s.entries[sp.Name]; dup {
		return &SpecError{Tool: sp.Name, Field: "name", Problem: "is taken by another tool",
			Remedy: "give each tool its own name, for example with the server's name in front"}
	}
	sch, err := checkSpec(sp)
	if err != nil {
		return err
	}
	s.entries[sp.Name] = &entry{spec: sp, tool: t, schema: sch}
	s.specs = append(s.specs, sp)
	return nil
}

func (s *Set) sort() {
	slices.SortFunc(s.specs, func(a, b Spec) int { return strings.Compare(a.Name, b.Name) })
}

// Lookup returns the tool of that name. It is false for a name that is not there, and always in a set made by
// [NewSpecSet].
func (s *Set) Lookup(name string) (Tool, bool) {
	e, ok := s.entries[name]
	if !ok || e.tool == nil {
		return nil, false
	}
	return e.tool, true
}

// Spec returns the specification of the tool of that name, as it was when the set was made: a tool that changes
// its mind later changes nothing here.
func (s *Set) Spec(name string) (Spec, bool) {
	e, ok := s.entries[name]
	if !ok {
		return Spec{}, false
	}
	return e.spec, true
}

// Specs returns all specifications, sorted by name. The slice is the caller's.
func (s *Set) Specs() []Spec { return slices.Clone(s.specs) }

// Len returns how many tools there are.
func (s *Set) Len() int { return len(s.specs) }

// Validate says what is wrong with a specification, as [NewSet] would: a [*SpecError], or nil. It is for sources
// of foreign tools that would rather leave a broken one out than fail.
func (s Spec) Validate() error {
	_, err := checkSpec(s)
	return err
}

func checkSpec(sp Spec) (*schema, error) {
	if problem := badName(sp.Name); problem != "" {
		return nil, &SpecError{Tool: sp.Name, Field: "name", Problem: problem,
			Remedy: "use letters, digits, _ and -, at most 64 of them: some models take no others"}
	}
	sch, err := compile(sp.Input)
	if err != nil {
		return nil, &SpecError{Tool: sp.Name, Field: "input", Problem: err.Error(), Err: err,
			Remedy: `give a JSON Schema of type "object" without references to other documents`}
	}
	if len(sp.Output) > 0 {
		if _, err := compileAny(sp.Output); err != nil {
			return nil, &SpecError{Tool: sp.Name, Field: "output", Problem: err.Error(), Err: err,
				Remedy: "give a JSON Schema, or none"}
		}
	}
	if problem := badSlots(sp.Slots, sch.names); problem != "" {
		return nil, &SpecError{Tool: sp.Name, Field: "slots", Problem: problem,
			Remedy: "write parameters of the tool as {name}, and no other braces"}
	}
	return sch, nil
}

func badName(name string) string {
	switch {
	case name == "":
		return "is empty"
	case len(name) > maxName:
		return "is longer than 128 bytes"
	case !utf8.ValidString(name):
		return "is not UTF-8"
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }):
		return "has a space or a control character in it"
	}
	return ""
}
