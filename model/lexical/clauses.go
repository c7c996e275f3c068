package lexical

import (
	"regexp"
	"slices"
	"strings"
)

// clause is a part of the goal that asks for one thing: it starts at a word that some tool's name has for its verb.
type clause struct {
	start, end int    // bytes
	verb       string // concept, empty where the goal starts without one
}

// findClauses splits a goal at verbs that follow a sentence end, a comma, "and" or "then". verbs holds the concepts
// that the tools' names begin with.
func findClauses(g *goal, verbs map[string]bool) []clause {
	out := []clause{{start: 0, end: len(g.text)}}
	for i, t := range g.tokens {
		if !verbs[t.concept] || g.claimed(t) || !clauseStart(g, i) {
			continue
		}
		last := &out[len(out)-1]
		if last.verb == "" && !holdsVerb(g, last.start, t.start, verbs) {
			last.verb = t.concept
			continue
		}
		if last.verb == "" {
			last.verb = "?"
		}
		last.end = t.start
		out = append(out, clause{start: t.start, end: len(g.text), verb: t.concept})
	}
	return out
}

func holdsVerb(g *goal, from, to int, verbs map[string]bool) bool {
	a, b := g.tokensIn(from, to)
	for _, t := range g.tokens[a:b] {
		if verbs[t.concept] && !g.claimed(t) {
			return true
		}
	}
	return false
}

var softStart = wordSet("please now also finally next then and , . ; ! ? to")

func clauseStart(g *goal, i int) bool {
	if i == 0 {
		return true
	}
	p := g.tokens[i-1].low
	return softStart[p] || p == "\n" || p == ":" || sentenceEnd(g.tokens[i-1])
}

// clauseOf returns the index of the clause that holds a byte.
func (g *goal) clauseOf(at int) int {
	for i, c := range g.clauses {
		if at >= c.start && at < c.end {
			return i
		}
	}
	return len(g.clauses) - 1
}

// words returns the concepts of a clause that are in no mention, with hints that mentions give: a path's extension.
func (g *goal) words(c clause) []string {
	var out []string
	from, to := g.tokensIn(c.start, c.end)
	for _, t := range g.tokens[from:to] {
		if t.concept != "" && !stopWords[t.low] && !g.claimed(t) {
			out = append(out, t.concept)
		}
	}
	return append(out, g.hints(c)...)
}

func (g *goal) hints(c clause) []string {
	var out []string
	for _, m := range g.mentions {
		if m.start >= c.start && m.start < c.end {
			out = append(out, kindHints(m)...)
		}
	}
	return out
}

func kindHints(m *mention) []string {
	switch {
	case m.kind == kindURL:
		return []string{"url"}
	case m.kind == kindEmail:
		return []string{"email"}
	case m.kind == kindPath, m.kind == kindQuoted && looksLikePath(m.text):
		ext := strings.ToLower(m.text[strings.LastIndexByte(m.text, '.')+1:])
		switch {
		case textFiles[ext]:
			return []string{"file", conceptOf("text")}
		case mediaFiles[ext]:
			return []string{"file", "image"}
		}
	}
	return nil
}

var (
	textFiles  = wordSet("txt md log csv json yaml yml toml ini xml html css js ts py go rs c h cpp java sh sql conf cfg")
	mediaFiles = wordSet("png jpg jpeg gif webp bmp svg mp3 wav ogg flac mp4")
)

var textStarts = regexp.MustCompile(`(?i)\b(named|called|titled|entitled|about|regarding|matching|containing|saying|for|pattern|query|of type|with (?:the )?(?:text|content|contents|message|body|name|title))\s+`)

// findTexts finds words that are meant as they stand: after "named", "about", "saying" and the like, and the object
// of each clause's verb ("write hello world to a.txt"). They are the weakest of mentions.
func findTexts(g *goal) []*mention {
	var out []*mention
	for _, loc := range textStarts.FindAllStringIndex(g.text, -1) {
		if m := g.textAt(loc[1]); m != nil && (g.says(m.text) || strictLead[leadBefore(g.text[:loc[1]])]) {
			m.lead, m.weak = leadBefore(g.text[:loc[1]]), 0.5
			out = append(out, m)
		}
	}
	for _, c := range g.clauses {
		from, to := g.tokensIn(c.start, c.end)
		for i := from; i+1 < to; i++ {
			if g.tokens[i].concept == c.verb && c.verb != "" {
				if m := g.textAt(g.tokens[i].end); m != nil && g.says(m.text) {
					m.lead, m.weak = "object", 1
					out = append(out, m)
				}
				break
			}
		}
	}
	return out
}

// strictLead are words after which any words are meant as they stand.
var strictLead = conceptSet("named saying content")

// says that a text holds a word that is not just a word for what tools do and have.
func (g *goal) says(text string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(text)), func(w string) bool {
		return unknownWord(w) && !g.known[conceptOf(w)]
	})
}

var textEnds = wordSet("in to into from on under at with and then or about named called titled matching containing saying regarding")

// textAt reads words from a byte up to a preposition, a comma or another mention, articles in front left out.
func (g *goal) textAt(at int) *mention {
	i, _ := g.tokensIn(at, len(g.text))
	for i < len(g.tokens) && (g.tokens[i].low == "the" || g.tokens[i].low == "a" || g.tokens[i].low == "an") {
		i++
	}
	j := i
	for j < len(g.tokens) && j < i+12 && !textEnds[g.tokens[j].low] && !g.claimed(g.tokens[j]) && !endsText(g, j) {
		j++
	}
	if j == i {
		return nil
	}
	start, end := g.tokens[i].start, g.tokens[j-1].end
	return &mention{kind: kindText, start: start, end: end, text: g.text[start:end]}
}

func endsText(g *goal, j int) bool {
	t := g.tokens[j]
	return t.punct && t.text != "-" && t.text != "'" && t.text != "#"
}
