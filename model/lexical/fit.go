package lexical

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// How much each sort of evidence counts for binding a mention to a slot. They are chosen, not fitted: words next to
// the mention decide, the rest breaks ties.
const (
	contextScale = 4.0
	silent       = 1.0 // a number, and nothing near it has a word of the slot's name
	boundMatch   = 1.5 // both say "at least"
	boundMissing = 0.6 // the slot is a bound and the goal gives a plain number
	roleMatch    = 2.5
	roleMiss     = 3.0
	weakScale    = 1.5
	enough       = 2.2 // what a setter's mention must reach
	nearly       = 1.5 // a second best within this much of the best is an alternative to it
	hint         = 1.2 // what the choice that must come first needs
	plain        = 1.9 // what a choice must reach: more than a hint, or most of its words
)

// fit says how well a mention suits a slot; ok is false where it can't go there.
func (s *slot) fit(m *mention) (score float64, ok bool) {
	if s.choice() || s.wants[m.kind] <= refuse {
		return 0, false
	}
	if _, rendered := s.value(m); !rendered {
		return 0, false
	}
	if m.implied && (s.qual != exact || s.wants[kindMoney] > 0 || !s.counts(m)) {
		return 0, false // "a price" is no price of 1, "a night" no room
	}
	if m.kind == kindNumber && s.wants[kindMoney] > 0 && (m.counted || !mentions(m, "price", outside/2)) {
		return 0, false // a bare number is an amount only if something says so
	}
	bound, ok := s.bound(m)
	if !ok {
		return 0, false
	}
	score = s.want(m) + contextScale*s.context(m) - silent*s.unsaid(m) + bound + s.part(m) - weakScale*m.weak
	if m.ordinal && !s.about("floor", "rank", "position", "index", "page", "place", "step", "line") {
		score -= 2
	}
	return score, true
}

// context sums over the slot's words how close the goal's words are that mean or hint at them, at most 1.25.
func (s *slot) context(m *mention) float64 {
	sum := 0.0
	for _, w := range s.words {
		best := 0.0
		for _, near := range m.words {
			best = max(best, near.weight*likeness(w.concept, near.concept))
		}
		if m.kind == kindMoney && w.concept == "price" {
			best = 1
		}
		sum += w.weight * best
	}
	return min(sum, 1.25)
}

// want is what the slot wants of a mention's kind; a quoted path is both, a quoted text and a path.
func (s *slot) want(m *mention) float64 {
	if m.kind == kindQuoted && looksLikePath(m.text) {
		return max(s.wants[kindQuoted], s.wants[kindPath])
	}
	return s.wants[m.kind]
}

// unsaid is the share of the slot's name that no word near a number means or hints at.
func (s *slot) unsaid(m *mention) float64 {
	if m.kind != kindNumber && m.kind != kindMoney || len(s.title) == 0 {
		return 0
	}
	n := 0
	for _, c := range s.title {
		n += b2i(!mentions(m, c, 0) && !(m.kind == kindMoney && c == "price"))
	}
	return float64(n) / float64(len(s.title))
}

func (s *slot) bound(m *mention) (float64, bool) {
	switch {
	case s.qual == exact || m.kind != kindNumber && m.kind != kindMoney:
		return 0, true
	case s.qual == m.qual:
		return boundMatch, true
	case m.qual != exact:
		return 0, false
	case s.qual == atLeast:
		return -2 * boundMissing, true
	}
	return -boundMissing, true
}

// part compares the part that a place, date or path plays with the one that the slot is for.
func (s *slot) part(m *mention) float64 {
	switch {
	case s.role == noRole || m.role == noRole:
		return 0
	case s.role == m.role:
		return roleMatch
	case s.role == roleIn && m.role == roleTo || s.role == roleTo && m.role == roleIn:
		return -0.5
	}
	return -roleMiss
}

// counts says whether the noun behind "a" is what the slot counts: the last word of its name.
func (s *slot) counts(m *mention) bool {
	words := s.tool.about
	if own := nameConcepts(s.name); len(own) > 0 && !genericNames[s.name] {
		words = own
	}
	return len(words) > 0 && slices.ContainsFunc(m.words, func(w weighted) bool { return w.concept == words[len(words)-1] })
}

func (s *slot) about(concepts ...string) bool {
	for _, w := range s.words {
		for _, c := range concepts {
			if w.concept == c {
				return true
			}
		}
	}
	return false
}

// value writes a mention as the slot's type; ok is false where it isn't one.
func (s *slot) value(m *mention) (json.RawMessage, bool) {
	if l, ok := s.constructor(); ok && (l.isDate || len(l.maker.required) == 1) {
		return nil, l.isDate == (m.kind == kindDate)
	}
	var v json.RawMessage
	ok := true
	switch s.schema.kind() {
	case "integer", "number":
		v, ok = s.number(m)
	case "string", "":
		v, ok = s.text(m)
	default:
		return nil, false
	}
	if ok && s.list {
		v = json.RawMessage("[" + string(v) + "]")
	}
	return v, ok
}

func (s *slot) number(m *mention) (json.RawMessage, bool) {
	v := m.num
	if s.about("minute") && mentions(m, "hour", 0.9) {
		v *= 60
	}
	switch {
	case m.kind != kindNumber && m.kind != kindMoney:
		return nil, false
	case s.schema.kind() == "integer" && v != math.Trunc(v):
		return nil, false
	case s.schema.Minimum != nil && v < *s.schema.Minimum, s.schema.Maximum != nil && v > *s.schema.Maximum:
		return nil, false
	}
	return json.RawMessage(strconv.FormatFloat(v, 'f', -1, 64)), true
}

// mentions says whether a word of a concept, or one that hints at it, is as close as least.
func mentions(m *mention, concept string, least float64) bool {
	for _, w := range m.words {
		if likeness(concept, w.concept) > 0 && w.weight >= least {
			return true
		}
	}
	return false
}

func (s *slot) text(m *mention) (json.RawMessage, bool) {
	if s.schema.kind() == "" && m.kind == kindNumber {
		return json.RawMessage(m.text), true
	}
	text := m.text
	if m.kind == kindDate && s.schema.Format == "date-time" {
		text += "T00:00:00Z"
	}
	if strings.TrimSpace(text) == "" && m.kind != kindQuoted {
		return nil, false
	}
	return quote(text), true
}

// quote writes a JSON string.
func quote(s string) json.RawMessage {
	raw, err := json.Marshal(strings.ToValidUTF8(s, "\uFFFD"))
	if err != nil { // strings always marshal
		return json.RawMessage(`""`)
	}
	return raw
}
