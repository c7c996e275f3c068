package lexical

import (
	"regexp"
	"strconv"
	"strings"
)

var numberWords = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12, "couple": 2, "pair": 2,
}

var ordinalWords = map[string]float64{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12, "ground": 0,
}

var multipliers = map[string]float64{
	"k": 1e3, "thousand": 1e3, "grand": 1e3, "m": 1e6, "mm": 1e6, "mil": 1e6, "million": 1e6, "billion": 1e9, "hundred": 100,
}

var currencies = wordSet("dollar dollars usd bucks euro euros eur pounds gbp")

// findNumbers finds digits and number words with what belongs to them: currency, thousands and millions, halves,
// ordinals. Ranges bind from both sides. "a" and "an" before a noun and "no" count as one and zero, weakly.
func findNumbers(g *goal) []*mention {
	out := collect(g, readNumber)
	joinRanges(g, out)
	for i, m := range out {
		if m.qual == exact {
			from, to := phraseEnds(g, out, i)
			m.qual = qualifierOf(g.text[from:m.start], g.text[m.end:to])
		}
	}
	return out
}

// collect gathers what read finds; it returns where to look next.
func collect(g *goal, read func(g *goal, i int) (m *mention, next int)) []*mention {
	var out []*mention
	for i := 0; i < len(g.tokens); {
		m, next := read(g, i)
		if m != nil {
			out = append(out, m)
		}
		i = max(next, i+1)
	}
	return out
}

// readNumber reads the number that starts at token i, nil if there is none; next is the token after it.
func readNumber(g *goal, i int) (m *mention, next int) {
	t := g.tokens[i]
	if !g.free(t.start, t.end) {
		return nil, i + 1
	}
	value, ok, n := numberAt(g.tokens, i)
	if !ok {
		return implied(g, i), i + 1
	}
	m = &mention{kind: kindNumber, start: t.start, num: value}
	n = m.multiply(g.tokens, n)
	n = m.ordinals(g.tokens, n)
	m.money(g, i, n)
	if n < len(g.tokens) && currencies[g.tokens[n].low] {
		m.kind, n = kindMoney, n+1
	}
	m.end = g.tokens[n-1].end
	m.counted = n < len(g.tokens) && counts(g.tokens[n])
	m.text = strconv.FormatFloat(m.num, 'f', -1, 64)
	return m, n
}

var notCounted = wordSet("per night nightly month monthly week day total max maximum min minimum tops each person or and")

// counts says whether a number before this word counts something, rather than being an amount.
func counts(t token) bool { return t.concept != "" && !stopWords[t.low] && !notCounted[t.low] }

// numberAt reads digits or number words, with "and a half".
func numberAt(ts []token, i int) (value float64, ok bool, next int) {
	t := ts[i]
	if t.digit {
		v, err := strconv.ParseFloat(strings.ReplaceAll(t.text, ",", ""), 64)
		value, ok = v, err == nil
	} else if v, is := numberWords[t.low]; is {
		value, ok = v, true
	} else if v, is := ordinalWords[t.low]; is && followedBy(ts, i+1, "floor") {
		value, ok = v, true
	}
	next = i + 1
	switch {
	case phraseAt(ts, i, "half", "an", "hour"):
		return 0.5, true, next + 1
	case phraseAt(ts, i, "half", "hour"):
		return 0.5, true, next
	}
	if !ok {
		return 0, false, next
	}
	if value >= 20 && value < 100 && !t.digit {
		value, next = withUnits(ts, value, next)
	}
	if phraseAt(ts, next, "and", "a", "half") {
		return value + 0.5, true, next + 3
	}
	return value, true, next
}

// withUnits adds the units to a word for tens: "twenty-five".
func withUnits(ts []token, tens float64, next int) (float64, int) {
	j := next
	if j < len(ts) && ts[j].text == "-" {
		j++
	}
	if j < len(ts) {
		if v, ok := numberWords[ts[j].low]; ok && v > 0 && v < 10 {
			return tens + v, j + 1
		}
	}
	return tens, next
}

func followedBy(ts []token, i int, concept string) bool {
	return i < len(ts) && ts[i].concept == concept
}

func phraseAt(ts []token, i int, words ...string) bool {
	for j, w := range words {
		if i+j >= len(ts) || ts[i+j].low != w {
			return false
		}
	}
	return true
}

// multiply applies "k", "million" and the like. A single letter must touch the digits.
func (m *mention) multiply(ts []token, n int) int {
	for n < len(ts) {
		f, ok := multipliers[ts[n].low]
		if !ok || len(ts[n].low) < 3 && ts[n].start != ts[n-1].end {
			return n
		}
		m.num *= f
		n++
	}
	return n
}

// ordinals takes "nd" of "2nd" and marks ordinals.
func (m *mention) ordinals(ts []token, n int) int {
	if n < len(ts) && ts[n].start == ts[n-1].end {
		switch ts[n].low {
		case "st", "nd", "rd", "th":
			m.ordinal = true
			return n + 1
		}
	}
	if _, ok := ordinalWords[ts[n-1].low]; ok {
		m.ordinal = true
	}
	return n
}

// money looks for a currency sign or code in front.
func (m *mention) money(g *goal, i, _ int) {
	if i == 0 {
		return
	}
	switch p := g.tokens[i-1]; p.low {
	case "$", "€", "£", "usd", "eur", "gbp":
		m.kind, m.start = kindMoney, p.start
		if i > 1 && g.tokens[i-2].end == p.start && len(g.tokens[i-2].text) == 2 {
			m.start = g.tokens[i-2].start // US$
		}
	}
}

// implied reads "a garage" and "no balcony" as one and zero, when a noun follows that is not itself counted.
func implied(g *goal, i int) *mention {
	t := g.tokens[i]
	value, ok := map[string]float64{"a": 1, "an": 1, "single": 1, "no": 0, "without": 0}[t.low]
	if !ok || i+1 >= len(g.tokens) || g.tokens[i+1].concept == "" || g.tokens[i+1].digit {
		return nil
	}
	if _, number := numberWords[g.tokens[i+1].low]; number {
		return nil
	}
	return &mention{kind: kindNumber, start: t.start, end: t.end, num: value, weak: 0.5, implied: true, text: strconv.Itoa(int(value))}
}

var betweenLink = regexp.MustCompile(`(?i)^(?:[\s\w]{0,14}?\s(to|and|through)|\s*[-–—])\s*(?:(?:us|ca|au)?(?:\$|€|£))?$`)

// joinRanges binds "between 2 and 3", "2 to 3", "$200-$400" from both sides.
func joinRanges(g *goal, ms []*mention) {
	for i := 1; i < len(ms); i++ {
		a, b := ms[i-1], ms[i]
		if a.weak > 0 || b.weak > 0 || a.qual != exact || a.end > b.start || a.num >= b.num*1000 {
			continue
		}
		link := betweenLink.FindStringSubmatch(g.text[a.end:b.start])
		if link == nil || strings.EqualFold(link[1], "and") && !opensRange(g.text[:a.start]) {
			continue
		}
		if a.num < 1000 && b.num >= 1000 && a.num*1000 <= b.num {
			a.num *= scaleOf(g.text[b.start:b.end])
			a.text = strconv.FormatFloat(a.num, 'f', -1, 64)
		}
		if a.num > b.num {
			continue
		}
		a.qual, b.qual = atLeast, atMost
		a.upper, b.lower = b, a
		if a.kind == kindMoney || b.kind == kindMoney {
			a.kind, b.kind = kindMoney, kindMoney
		}
	}
}

func opensRange(before string) bool {
	return regexpBetween.MatchString(before)
}

var regexpBetween = regexp.MustCompile(`(?i)\b(between|from|range of)\s*\$?$`)

// scaleOf returns what the letters after the digits multiply by: "$200-400k" means 200k to 400k.
func scaleOf(s string) float64 {
	word := strings.ToLower(strings.TrimLeft(s, "$€£ 0123456789.,"))
	if f, ok := multipliers[strings.TrimSpace(word)]; ok {
		return f
	}
	return 1
}

// phraseEnds returns how far the words around number i can belong to it: to the number before and after it, and to
// commas that don't stand in digits.
func phraseEnds(g *goal, ms []*mention, i int) (from, to int) {
	from, to = 0, len(g.text)
	for _, m := range append(g.mentions[:len(g.mentions):len(g.mentions)], ms...) {
		if m.weak > 0 {
			continue
		}
		if m.end <= ms[i].start {
			from = max(from, m.end)
		}
		if m.start >= ms[i].end {
			to = min(to, m.start)
		}
	}
	if j := strings.LastIndexAny(g.text[from:ms[i].start], ",;\n"); j >= 0 {
		from += j + 1
	}
	if j := strings.LastIndex(g.text[from:ms[i].start], ". "); j >= 0 {
		from += j + 1
	}
	if j := strings.IndexAny(g.text[ms[i].end:to], ",;.\n"); j >= 0 {
		to = ms[i].end + j
	}
	return from, to
}

var (
	lowBefore  = regexp.MustCompile(`(?i)\b(cheapest|smallest|(?:can't|cannot|can not|mustn't|shouldn't|won't|not|never|nothing|no)\s+(?:\w+\s+){0,2}?(?:under|below|less than|cheaper than|smaller than)|at least|(?:no|not) (?:less|fewer|lower|smaller|cheaper) than|minimum|min|more than|over|above|larger than|bigger than|starting (?:at|from)|exceeding|upwards? of|greater than)\b|>=?|≥`)
	highBefore = regexp.MustCompile(`(?i)\b(most expensive|largest|(?:can't|cannot|can not|mustn't|shouldn't|won't|not|never|nothing|no)\s+(?:\w+\s+){0,2}?(?:over|above|exceed\w*|more than|higher than)|dearer than|at most|(?:no|not) (?:more|higher|longer|greater|larger|bigger|over) than|not (?:over|above|exceed\w*)|no (?:over|above)|maximum|max|less than|fewer than|shorter than|under|below|up to|within|cheaper than|(?:never|won't|doesn't) exceed\w*|exceed no more than|cap(?:ped)? (?:at|of)|limit(?:ed)?(?: of| to)?|ceiling(?: of)?|stays? under)\b|<=?|≤`)
	ofNext     = regexp.MustCompile(`(?i)\b(at (the )?(most|least)|(no |not )?(more|less|fewer|higher) than|over|under|below|above|up to|max\w*|min\w*)( of)?\W*$`)
	weakLow    = regexp.MustCompile(`(?i)\b(from|floor of)\s*\$?$`)
	weakHigh   = regexp.MustCompile(`(?i)\b(budget|afford|spend\w*|pay|top out)\b`)
	lowAfter   = regexp.MustCompile(`(?i)^[^,;]{0,40}?(\+|\b(or|and) (more|up|above|higher|greater|larger|over|bigger)\b|\bminimum\b|\bmin\b|\bat (the )?least\b)`)
	highAfter  = regexp.MustCompile(`(?i)^[^,;]{0,40}?\b((or|and) (less|under|below|fewer|lower|cheaper|shorter)\b|max(imum)?\b|tops\b|at (the )?most\b|or so at most\b)`)
)

// qualifierOf goes by the last such phrase before the number, then by one after it, then by words that only hint.
func qualifierOf(before, after string) qualifier {
	after = ofNext.ReplaceAllString(after, "")
	low, high := lastEnd(lowBefore, before), lastEnd(highBefore, before)
	switch {
	case low > high:
		return atLeast
	case high > low:
		return atMost
	case high >= 0: // both end at the same place: "no less than" holds "less than"
		return longerOf(before)
	case lowAfter.MatchString(after):
		return atLeast
	case highAfter.MatchString(after):
		return atMost
	case weakLow.MatchString(before):
		return atLeast
	case weakHigh.MatchString(before):
		return atMost
	}
	return exact
}

// longerOf decides between phrases that end at the same place by which begins earlier.
func longerOf(before string) qualifier {
	if lastMatch(lowBefore, before) < lastMatch(highBefore, before) {
		return atLeast
	}
	return atMost
}

func lastEnd(re *regexp.Regexp, s string) int {
	all := re.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return -1
	}
	return all[len(all)-1][1]
}
