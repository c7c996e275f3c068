package lexical

import "slices"

// kindWords are concepts that say what sort of thing an argument is.
var kindWords = map[kind][]string{
	kindDate:  {"date", "checkin", "checkout", "deadline", "due", "birthday"},
	kindPlace: {"location", "place", "origin", "destination", "country", "airport", "station", "hometown", "state", "venue", "loc", "dest"},
	kindPath:  {"path", "directory", "file", "folder", "src", "dst"},
	kindURL:   {"url", "link", "endpoint"},
	kindEmail: {"email", "recipient"},
	kindMoney: {"price", "fee", "amount", "pay", "salary", "payment", "deposit", "fare"},
}

var textWords = conceptSet("content text message body query pattern name title subject note description comment keyword topic term label observation prompt question summary search")

// numberedThings are texts that are often written as numbers.
var numberedThings = wordSet("number num no id code zip postcode phone version room account index key size width height length amount")

func conceptSet(s string) map[string]bool {
	out := map[string]bool{}
	for w := range wordSet(s) {
		out[conceptOf(w)] = true
	}
	return out
}

// wish fills in how well each kind of mention suits the slot, by its type, its format and the words about it.
func (s *slot) wish() {
	for k := range s.wants {
		s.wants[k] = refuse
	}
	switch s.schema.kind() {
	case "integer", "number":
		s.wishNumber()
	case "boolean", "object", "array":
	default:
		s.wishText()
	}
}

func (s *slot) wishNumber() {
	s.wants[kindNumber] = 0.5
	if s.speaksOf(kindMoney) >= 1 {
		s.wants[kindNumber], s.wants[kindMoney] = -0.5, 1.5
	}
}

func (s *slot) wishText() {
	s.wants[kindQuoted], s.wants[kindText], s.wants[kindNumber], s.wants[kindMoney] = 0.8, -0.5, refuse, refuse
	if slices.ContainsFunc(tokenise(splitName(s.name)), func(t token) bool { return numberedThings[t.low] }) {
		s.wants[kindNumber] = 0
	}
	for k := range kindWords {
		s.wants[k] = max(s.wants[k], -1.5+2*s.speaksOf(k))
	}
	if s.speaksOfText() {
		s.wants[kindText], s.wants[kindQuoted] = 1, 2
		if s.speaksOf(kindPath) < 2 {
			s.wants[kindPath] = -3
		}
	}
	switch s.schema.Format {
	case "date", "date-time":
		s.only(kindDate)
	case "uri", "url", "uri-reference", "iri":
		s.only(kindURL)
	case "email", "idn-email":
		s.only(kindEmail)
	}
	if s.schema.Format == "" && s.schema.kind() == "" {
		s.wants[kindNumber], s.wants[kindMoney] = 0, 0 // any type
	}
}

func (s *slot) only(k kind) {
	for i := range s.wants {
		s.wants[i] = refuse
	}
	s.wants[k] = 2.5
}

// speaksOf says how surely names and descriptions ask for a kind: 2 by the argument's name, 1.5 by the name of a
// tool with this one argument, 1 and less by descriptions.
func (s *slot) speaksOf(k kind) float64 {
	has := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(kindWords[k], w) })
	}
	switch {
	case has(nameConcepts(s.name)):
		return 2
	case s.tool.single() && has(s.tool.about):
		return 1.75
	case has(concepts(s.schema.Description)) || has(concepts(s.schema.Title)):
		return 1.25
	case has(s.tool.about):
		return 1
	case has(concepts(firstSentence(s.tool.spec.Description))):
		return 0.9
	}
	return 0
}

func (s *slot) speaksOfText() bool {
	words := nameConcepts(s.name)
	if s.tool.single() && genericNames[s.name] {
		words = append(words, s.tool.about...)
	}
	return slices.ContainsFunc(words, func(w string) bool { return textWords[w] })
}

// takes copies what a maker's only argument wants: a slot that needs Loc(text) wants what Loc wants, and keeps its
// own reasons.
func (s *slot) takes(m link) {
	if m.isDate {
		s.only(kindDate)
		return
	}
	in := m.maker.required[0]
	for k := range s.wants {
		s.wants[k] = max(s.wants[k], in.wants[k])
	}
	s.wants[kindDate] = in.wants[kindDate]
}
