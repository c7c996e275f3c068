package lexical

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a number or a single other sign of a text.
type token struct {
	text       string // as written
	low        string // in lower case
	concept    string // what the word stands for, see conceptOf
	start, end int    // bytes in the text
	digit      bool
	punct      bool
}

// tokenise splits a text into words, numbers and signs. Hyphens are signs, digits and letters that touch are two
// tokens ("3br" is "3", "br"), thousands separators stay inside a number.
func tokenise(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		end := i + w
		t := token{start: i}
		switch {
		case unicode.IsSpace(r) && r != '\n':
			i = end
			continue
		case r < utf8.RuneSelf && unicode.IsDigit(r):
			end, t.digit = numberEnd(s, i), true
		case unicode.IsLetter(r):
			end = wordEnd(s, i)
		default:
			t.punct = true
		}
		t.text, t.end = s[i:end], end
		t.low = strings.ToLower(t.text)
		out = append(out, t)
		i = end
	}
	return withConcepts(out)
}

// numberEnd returns where the digits that start at i end; "1,500" and "2.5" are one number, "3, 4" and "3." are not.
func numberEnd(s string, i int) int {
	for i < len(s) {
		switch {
		case isDigit(s[i]):
		case (s[i] == '.' || s[i] == ',' && groupOfThree(s[i+1:])) && i+1 < len(s) && isDigit(s[i+1]):
		default:
			return i
		}
		i++
	}
	return i
}

func groupOfThree(s string) bool {
	return len(s) >= 3 && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[2]) && (len(s) == 3 || !isDigit(s[3]))
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func wordEnd(s string, i int) int {
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !innerApostrophe(s, i, r) {
			return i
		}
		i += w
	}
	return i
}

func innerApostrophe(s string, i int, r rune) bool {
	if r != '\'' && r != '’' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
	return unicode.IsLetter(next)
}

// withConcepts fills in concepts; a phrase of two words that has one ("square feet") gives it to its first word, and
// the second is left without.
func withConcepts(ts []token) []token {
	for i := range ts {
		if !ts[i].punct && !ts[i].digit {
			ts[i].concept = conceptOf(ts[i].low)
			if ts[i].low == "min" && i+1 < len(ts) && (ts[i+1].digit || ts[i+1].text == "$") {
				ts[i].concept = "minimum" // not minutes
			}
		}
	}
	for i := range ts {
		j := i + 1
		if j < len(ts) && ts[j].text == "-" {
			j++
		}
		if j >= len(ts) || ts[i].concept == "" || ts[j].concept == "" {
			continue
		}
		if c, ok := phraseConcepts[ts[i].concept+" "+ts[j].concept]; ok {
			ts[i].concept, ts[j].concept = c, ""
		}
	}
	return ts
}

// splitName splits an identifier at underscores, hyphens, dots and changes of case: "getUserID" is get, user, id.
func splitName(name string) string {
	var b strings.Builder
	rs := []rune(name)
	for i, r := range rs {
		if i > 0 && startsWord(rs, i) {
			b.WriteByte(' ')
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}

func startsWord(rs []rune, i int) bool {
	if !unicode.IsUpper(rs[i]) {
		return false
	}
	return unicode.IsLower(rs[i-1]) || i+1 < len(rs) && unicode.IsLower(rs[i+1]) && unicode.IsLetter(rs[i-1])
}

// concepts returns the concepts of the content words of a text, in order.
func concepts(s string) []string {
	var out []string
	for _, t := range tokenise(s) {
		if t.concept != "" && !stopWords[t.low] {
			out = append(out, t.concept)
		}
	}
	return out
}
