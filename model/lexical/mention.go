package lexical

import "slices"

// kind is what sort of thing a mention is.
type kind uint8

const (
	kindNumber kind = iota
	kindMoney
	kindDate
	kindPlace
	kindQuoted
	kindPath
	kindURL
	kindEmail
	kindText // words after "named", "about", "saying", or the object of a verb
)

// qualifier says from which side a number binds.
type qualifier uint8

const (
	exact qualifier = iota
	atLeast
	atMost
)

// role is the part that a place or a date plays.
type role uint8

const (
	noRole role = iota
	roleFrom
	roleTo
	roleIn
	roleStart
	roleEnd
)

// mention is a piece of the goal that can become an argument.
type mention struct {
	kind         kind
	start, end   int    // bytes in the goal
	text         string // as an argument
	num          float64
	qual         qualifier
	role         role
	date         date
	lead         string  // concept of the word that introduces it: "name" for "called X"
	weak         float64 // how much less certain than others of its kind, >= 0
	ordinal      bool
	counted      bool       // a number with a noun behind it
	implied      bool       // a number that only an article or "no" gives
	lower, upper *mention   // the other end of a range
	words        []weighted // concepts around it and how close they are, best first
}

// weighted is a concept and how much it counts.
type weighted struct {
	concept string
	weight  float64
}

func (m *mention) overlaps(o *mention) bool { return m.start < o.end && o.start < m.end }

// goal is a text and what was found in it.
type goal struct {
	text     string
	tokens   []token
	mentions []*mention
	clauses  []clause        // see clauses.go; never empty
	known    map[string]bool // concepts that the tools speak of
}

// parseGoal finds everything in a text that can become an argument. now gives years to dates without one; nil leaves
// such dates out.
func parseGoal(text string, now clock, cat *catalog) *goal {
	g := &goal{text: text, tokens: tokenise(text), known: cat.known}
	g.add(findQuoted(text)...)
	g.add(findAddresses(text)...)
	g.add(findDates(text, now)...)
	g.add(findPaths(text)...)
	g.add(findNumbers(g)...)
	g.add(findPlaces(g)...)
	g.clauses = findClauses(g, cat.verbs)
	g.add(findTexts(g)...)
	slices.SortStableFunc(g.mentions, func(a, b *mention) int { return a.start - b.start })
	for _, m := range g.mentions {
		m.words = g.around(m)
		if m.kind == kindPath || m.kind == kindQuoted {
			m.role = textRole(g.text[:m.start])
		}
	}
	return g
}

// add takes over mentions that don't overlap what is there already; earlier finders are the surer ones.
func (g *goal) add(ms ...*mention) {
	for _, m := range ms {
		if m.kind == kindText || g.free(m.start, m.end) {
			g.mentions = append(g.mentions, m)
		}
	}
}

func (g *goal) free(start, end int) bool {
	probe := &mention{start: start, end: end}
	return !slices.ContainsFunc(g.mentions, probe.overlaps)
}

// tokensIn returns the range of tokens that lie in [start,end) bytes.
func (g *goal) tokensIn(start, end int) (int, int) {
	from := slices.IndexFunc(g.tokens, func(t token) bool { return t.start >= start })
	if from < 0 {
		return len(g.tokens), len(g.tokens)
	}
	to := from
	for to < len(g.tokens) && g.tokens[to].start < end {
		to++
	}
	return from, to
}

// claimed says whether a token is part of a mention; words of free text and articles that count are not.
func (g *goal) claimed(t token) bool {
	for _, m := range g.mentions {
		if m.kind != kindText && !m.implied && t.start >= m.start && t.start < m.end {
			return true
		}
	}
	return false
}

// named says whether a token is part of a place or of quoted text, which may be a value of an enumeration.
func (g *goal) named(t token) bool {
	return slices.ContainsFunc(g.mentions, func(m *mention) bool {
		return (m.kind == kindPlace || m.kind == kindQuoted) && t.start >= m.start && t.start < m.end
	})
}
