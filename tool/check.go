package tool

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

const (
	maxProblems = 10  // that are listed
	maxMessage  = 400 // bytes of one of them: enumerations can be long
)

// check validates a decoded object and returns what is wrong with it. With refs, values that are references are
// not held against the schema, and texts that only look like one are problems.
func (s *schema) check(doc any, refs bool) []Problem {
	c := checker{schema: s, doc: doc, refs: refs}
	if refs {
		c.badRefs(doc, nil)
	}
	if s.sch != nil {
		var ve *jsonschema.ValidationError
		if err := s.sch.Validate(doc); errors.As(err, &ve) {
			c.collect(ve)
		} else if err != nil {
			c.add(nil, err.Error())
		}
	}
	return c.sorted()
}

// sorted returns the problems in a fixed order, each once, and not too many of them.
func (c *checker) sorted() []Problem {
	slices.SortFunc(c.problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Message, b.Message))
	})
	ps := slices.Compact(c.problems)
	return slices.Clip(ps[:min(len(ps), maxProblems)])
}

type checker struct {
	schema   *schema
	doc      any
	refs     bool
	problems []Problem
}

func (c *checker) add(loc []string, msg string) {
	c.problems = append(c.problems, Problem{Path: c.path(loc), Message: Clip(msg, maxMessage)})
}

// collect walks to the leaves of an error tree, past what is forgiven.
func (c *checker) collect(e *jsonschema.ValidationError) {
	if c.forgiven(e) {
		return
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		for _, name := range k.Missing {
			c.add(append(slices.Clone(e.InstanceLocation), name), "missing property, it is required")
		}
		return
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			c.add(append(slices.Clone(e.InstanceLocation), name), "there is no such property"+c.known(e.InstanceLocation))
		}
		return
	}
	if len(e.Causes) == 0 {
		c.add(e.InstanceLocation, text(e))
		return
	}
	for _, cause := range e.Causes {
		c.collect(cause)
	}
}

func text(e *jsonschema.ValidationError) string {
	return e.ErrorKind.LocalizedString(message.NewPrinter(language.English))
}

func (c *checker) known(loc []string) string {
	if len(loc) > 0 || len(c.schema.names) == 0 {
		return ""
	}
	return "; there are " + strings.Join(c.schema.names, ", ")
}

// forgiven says whether an error is about nothing but references: it is at one, or all that it consists of is.
// Of alternatives one forgiven branch is enough.
func (c *checker) forgiven(e *jsonschema.ValidationError) bool {
	if !c.refs {
		return false
	}
	if s, ok := c.at(e.InstanceLocation).(string); ok {
		if _, isRef := ParseRef(s); isRef {
			return true
		}
	}
	if len(e.Causes) == 0 {
		return false
	}
	switch e.ErrorKind.(type) {
	case *kind.AnyOf, *kind.OneOf:
		return slices.ContainsFunc(e.Causes, c.forgiven)
	}
	return !slices.ContainsFunc(e.Causes, func(x *jsonschema.ValidationError) bool { return !c.forgiven(x) })
}

// at returns the value at a location, nil if there is none.
func (c *checker) at(loc []string) any {
	v := c.doc
	for _, tok := range loc {
		switch x := v.(type) {
		case map[string]any:
			v = x[tok]
		case []any:
			i, err := strconv.Atoi(tok)
			if err != nil || i < 0 || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// path writes a location as args.items[3].name.
func (c *checker) path(loc []string) string {
	var b strings.Builder
	b.WriteString("args")
	for i, tok := range loc {
		if _, isArray := c.at(loc[:i]).([]any); isArray {
			fmt.Fprintf(&b, "[%s]", tok)
		} else {
			b.WriteString("." + clipName(tok))
		}
	}
	return b.String()
}

// badRefs reports texts that were meant as references and are none.
func (c *checker) badRefs(v any, loc []string) {
	switch v := v.(type) {
	case string:
		if _, ok := ParseRef(v); !ok && looksLikeRef(v) {
			c.add(loc, "not a reference; write ${steps.N} or ${steps.N.path.to.field} with N from 1")
		}
	case map[string]any:
		for _, k := range sortedKeys(v) {
			c.badRefs(v[k], append(slices.Clone(loc), k))
		}
	case []any:
		for i, e := range v {
			c.badRefs(e, append(slices.Clone(loc), strconv.Itoa(i)))
		}
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
