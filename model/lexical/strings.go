package lexical

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var quotes = []struct{ open, shut string }{{`"`, `"`}, {"“", "”"}, {"`", "`"}, {"«", "»"}, {"‘", "’"}, {"'", "'"}}

// findQuoted finds quoted strings. A single quote opens only after a space or at the start and shuts only before
// something that is no letter, so that apostrophes are none.
func findQuoted(text string) []*mention {
	var out []*mention
	for i := 0; i < len(text); {
		m := quotedAt(text, i)
		if m == nil {
			_, w := utf8.DecodeRuneInString(text[i:])
			i += w
			continue
		}
		m.lead = leadBefore(text[:m.start])
		out = append(out, m)
		i = m.end
	}
	return out
}

func quotedAt(text string, i int) *mention {
	for _, q := range quotes {
		if !strings.HasPrefix(text[i:], q.open) || q.open == "'" && !opensWord(text, i) {
			continue
		}
		from := i + len(q.open)
		for n := from; n < len(text); {
			j := strings.Index(text[n:], q.shut)
			if j < 0 {
				break
			}
			end := n + j + len(q.shut)
			if q.shut != "'" && q.shut != "’" || shutsWord(text, end) {
				return &mention{kind: kindQuoted, start: i, end: end, text: text[from : n+j]}
			}
			n = end
		}
	}
	return nil
}

func opensWord(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return i == 0 || unicode.IsSpace(r) || strings.ContainsRune("([:=,", r)
}

func shutsWord(text string, end int) bool {
	r, _ := utf8.DecodeRuneInString(text[end:])
	return end == len(text) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

var (
	urlRE   = regexp.MustCompile(`\b(?:https?|ftp|file|wss?)://[^\s"'<>]+`)
	emailRE = regexp.MustCompile(`\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b`)
	pathRE  = regexp.MustCompile(`(?:~|\.{1,2})?/?(?:[\w.@+-]+/)+[\w.@*+-]*|(?:~|\.{1,2})?/[\w.@*+-]+|[\w*@+-]+(?:\.[\w-]+)*\.[A-Za-z]\w{0,5}\b`)
	nameRE  = regexp.MustCompile(`(?i)\b(?:directory|folder|file|dir)\s+(?:(?:named|called)\s+)?([\w.-]*\w)`)
	hereRE  = regexp.MustCompile(`(?i)\b(?:(?:the|this)\s+)?(?:current|working|this|root|top[- ]level)\s+(?:working\s+)?(?:directory|folder|dir)\b`)
	beforRE = regexp.MustCompile(`(?i)\b(?:the|a|my)\s+([\w.-]+)\s+(?:directory|folder)\b`)
)

// findAddresses finds URLs and e-mail addresses.
func findAddresses(text string) []*mention {
	var out []*mention
	for _, loc := range urlRE.FindAllStringIndex(text, -1) {
		url := strings.TrimRight(text[loc[0]:loc[1]], ".,;:!?)")
		out = append(out, &mention{kind: kindURL, start: loc[0], end: loc[0] + len(url), text: url})
	}
	for _, loc := range emailRE.FindAllStringIndex(text, -1) {
		out = append(out, &mention{kind: kindEmail, start: loc[0], end: loc[1], text: text[loc[0]:loc[1]]})
	}
	return out
}

// findPaths finds file paths and names: with certainty what has an extension, a leading ./ ~ or / or several slashes;
// weakly "docs/archive" and the word after "folder".
func findPaths(text string) []*mention {
	var out []*mention
	for _, loc := range pathRE.FindAllStringIndex(text, -1) {
		p := strings.TrimRight(text[loc[0]:loc[1]], ".")
		if p == "" || !hasLetter(p) || abbreviations[strings.ToLower(p)] || pathDoubt(p) > 0 && plainWords(p) {
			continue
		}
		m := &mention{kind: kindPath, start: loc[0], end: loc[0] + len(p), text: p, weak: pathDoubt(p)}
		if strings.Contains(p, "*") {
			m.kind, m.lead = kindQuoted, "query" // a pattern of names
		}
		out = append(out, m)
	}
	for _, loc := range hereRE.FindAllStringIndex(text, -1) {
		out = append(out, &mention{kind: kindPath, start: loc[0], end: loc[1], text: "."})
	}
	for _, re := range []*regexp.Regexp{nameRE, beforRE} {
		for _, loc := range re.FindAllStringSubmatchIndex(text, -1) {
			if name := text[loc[2]:loc[3]]; unknownWord(strings.ToLower(name)) && !linkWords[strings.ToLower(name)] {
				out = append(out, &mention{kind: kindPath, start: loc[2], end: loc[3], text: name, weak: 0.3})
			}
		}
	}
	return out
}

var (
	abbreviations = wordSet("e.g i.e a.m p.m u.s etc and/or w/o")
	linkWords     = wordSet("named called that which where containing with under into about it's is there has contains does tree listing structure content contents names info")
)

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLetter) || strings.Contains(s, "*")
}

// looksLikePath says whether a text is a path as a whole, with certainty.
func looksLikePath(s string) bool {
	loc := pathRE.FindStringIndex(s)
	return loc != nil && loc[0] == 0 && loc[1] == len(s) && pathDoubt(s) == 0 && !strings.Contains(s, "*")
}

// plainWords says that the parts between slashes are words or measures: "buy/rent", "2br/1ba", "100/month".
func plainWords(p string) bool {
	return isDigit(p[0]) || !slices.ContainsFunc(strings.Split(strings.ToLower(p), "/"), func(part string) bool {
		return part != "" && !isDigit(part[0]) && unknownWord(part)
	})
}

func pathDoubt(p string) float64 {
	base := p[strings.LastIndexByte(p, '/')+1:]
	switch {
	case strings.HasPrefix(p, "/"), strings.HasPrefix(p, "."), strings.HasPrefix(p, "~"):
	case strings.Contains(base, "."), strings.HasSuffix(p, "/"), strings.Count(p, "/") > 1:
	default:
		return 0.7
	}
	return 0
}

var leadRE = regexp.MustCompile(`(?i)\b(named|called|titled|entitled|name|title|about|regarding|matching|containing|pattern|for|saying|says|content|contents|text|message|with|body|of type|type|subject|to|by|as|query|note|label|tag)\s*(?:is|:|=|of)?\s*(?:the\s+)?(?:text|content|contents|string|word|phrase|term)?\s*$`)

// leadBefore returns the concept of the word that introduces what follows.
func leadBefore(before string) string {
	m := leadRE.FindStringSubmatch(before[max(0, len(before)-40):])
	if m == nil {
		return ""
	}
	switch w := strings.ToLower(m[1]); w {
	case "for", "matching":
		return "query"
	case "with", "to", "by", "as":
		return ""
	case "of type":
		return "type"
	default:
		return conceptOf(w)
	}
}

var (
	toBefore   = regexp.MustCompile(`(?i)\b(to|into|as|onto|with|by)\s+(the\s+)?((new\s+)?(file|folder|directory)\s+)?(named\s+|called\s+)?$`)
	fromBefore = regexp.MustCompile(`(?i)\b(from|of|replace|change|move|rename|copy)\s+(the\s+)?((file|folder|directory)\s+)?(named\s+|called\s+)?$`)
)

// textRole says whether a path or a quoted text is what something comes from or what it becomes.
func textRole(before string) role {
	before = before[max(0, len(before)-40):]
	switch {
	case toBefore.MatchString(before):
		return roleTo
	case fromBefore.MatchString(before):
		return roleFrom
	}
	return noRole
}
