package lexical

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// link says that a tool's answer holds what a slot takes.
type link struct {
	maker  *fact
	path   string // in the answer, "" for all of it
	strong bool   // by declaration (pattern, title, naming the tool), not by likeness of names
	isDate bool   // the maker takes month and day
}

// simple says whether one piece of text can fill the maker's arguments.
func (l link) simple() bool {
	return l.isDate || len(l.maker.required) == 1 && !l.maker.required[0].choice()
}

// linkMakers finds for each slot the tools that yield its value.
func (c *catalog) linkMakers() {
	for _, f := range c.facts {
		for _, s := range f.slots {
			for _, maker := range c.facts {
				if maker == f || maker.setter {
					continue
				}
				if l, ok := linkOf(s, maker); ok {
					s.makers = append(s.makers, l)
				}
			}
			slices.SortStableFunc(s.makers, func(a, b link) int { return b2i(b.strong) - b2i(a.strong) })
		}
	}
	for _, f := range c.facts {
		for _, s := range f.slots {
			if l, ok := s.constructor(); ok {
				s.takes(l)
			}
		}
	}
}

// constructor returns the tool that must make the slot's value from a piece of text, if there is one.
func (s *slot) constructor() (link, bool) {
	if len(s.makers) > 0 && s.makers[0].strong && s.makers[0].simple() {
		return s.makers[0], true
	}
	return link{}, false
}

// vague are names of answers that many tools have and that say nothing of what they hold.
var vague = wordSet("value id name text result results type status message data ok success error output items count")

func linkOf(s *slot, maker *fact) (link, bool) {
	l := link{maker: maker, isDate: takesDate(maker)}
	declared := slices.Contains(namedIn(s.schema.Description, []*fact{maker}), maker) ||
		s.tool.single() && madeBy(s.tool.spec.Description, maker)
	if sameThing(s.schema, maker.out) {
		l.strong = true
		return l, true
	}
	props := maker.out.Properties
	for _, name := range slices.Sorted(maps.Keys(props)) {
		p := props[name]
		fits := p.kind() == s.schema.kind() || p.kind() == "" || s.schema.kind() == ""
		switch {
		case sameThing(s.schema, p), declared && fits && (len(props) == 1 || strings.EqualFold(name, s.name)):
			return link{maker, name, true, l.isDate}, true
		case fits && likeNamed(s, name, maker) && !s.choice():
			l.path = name
		}
	}
	if declared && len(props) == 0 {
		l.strong = true
		return l, true
	}
	return l, l.path != ""
}

var madePhrase = regexp.MustCompile(`(?i)\b(returned by|made by|created by|given by|result of|output of|answer of|from)\s+\W?$`)

// madeBy says whether a description names the maker as where a value comes from.
func madeBy(description string, maker *fact) bool {
	for _, sentence := range sentences(description) {
		i := strings.Index(sentence, maker.spec.Name)
		if i >= 0 && slices.Contains(namedIn(sentence, []*fact{maker}), maker) && madePhrase.MatchString(sentence[:i]) {
			return true
		}
	}
	return false
}

// sameThing compares what schemas declare about identity: $id, title, pattern, or the same fields.
func sameThing(a, b *schema) bool {
	switch {
	case a.ID != "" && a.ID == b.ID, a.Pattern != "" && a.Pattern == b.Pattern:
		return true
	case a.Title != "" && strings.EqualFold(a.Title, b.Title) && !genericNames[strings.ToLower(a.Title)] && a.kind() == b.kind():
		return true
	}
	return len(a.Properties) > 1 && slices.Equal(slices.Sorted(maps.Keys(a.Properties)), slices.Sorted(maps.Keys(b.Properties)))
}

// likeNamed accepts order_id from an answer's order_id, or from the id that a tool about orders answers.
func likeNamed(s *slot, name string, maker *fact) bool {
	if strings.EqualFold(name, s.name) {
		return !vague[strings.ToLower(name)]
	}
	rest, ok := strings.CutSuffix(strings.ToLower(splitName(s.name)), "id")
	if !ok || strings.ToLower(name) != "id" {
		return false
	}
	rest = strings.TrimSpace(rest)
	return rest != "" && slices.Contains(maker.about, conceptOf(rest))
}

func takesDate(f *fact) bool {
	has := func(name string) bool {
		return slices.ContainsFunc(f.required, func(s *slot) bool { return strings.EqualFold(s.name, name) })
	}
	return has("month") && has("day") && len(f.required) <= 3
}
