package bm25

import (
	"strings"
	"unicode"
)

// Words splits text into lower-case words: at everything that is neither letter nor digit (so also snake_case), at
// camelCase humps, and between letters and digits. Common English words are left out and plurals made singular, so
// that "listFiles" and "list the file" have the same words.
func Words(text string) []string {
	var out []string
	rs := []rune(text)
	start := 0
	flush := func(end int) {
		if end > start {
			if w := Stem(strings.ToLower(string(rs[start:end]))); !stop[w] {
				out = append(out, w)
			}
		}
		start = end
	}
	for i, r := range rs {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush(i)
			start = i + 1
			continue
		}
		if i > start && border(rs, i) {
			flush(i)
		}
	}
	flush(len(rs))
	return out
}

// border says whether a new word begins at i > 0: aB, a1, 1a, and the B of AABa.
func border(rs []rune, i int) bool {
	prev, r := rs[i-1], rs[i]
	if unicode.IsDigit(prev) != unicode.IsDigit(r) {
		return true
	}
	if !unicode.IsUpper(r) {
		return false
	}
	return unicode.IsLower(prev) || unicode.IsUpper(prev) && i+1 < len(rs) && unicode.IsLower(rs[i+1])
}

// Stem makes a plural singular by the three rules of Harman's S stemmer (How effective is suffixing?, JASIS 1991).
// It does not touch anything else.
func Stem(w string) string {
	switch {
	case len(w) < 4 || !strings.HasSuffix(w, "s"):
	case strings.HasSuffix(w, "ies"):
		if !endsIn(w, "eies", "aies") {
			return w[:len(w)-3] + "y"
		}
	case strings.HasSuffix(w, "es"):
		if !endsIn(w, "aes", "ees", "oes") {
			return w[:len(w)-1]
		}
	case !endsIn(w, "us", "ss"):
		return w[:len(w)-1]
	}
	return w
}

func endsIn(w string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

var stop = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`a an and are as at be by can do does for from has have how i if in into is it its me my of on or
		our please so that the their them then there these this those to us was what when where which who will with you your`) {
		m[w] = true
	}
	return m
}()
