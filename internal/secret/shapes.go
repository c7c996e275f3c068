package secret

import (
	"regexp"
	"strings"
)

// shape is a well-known form of secret: the words with which it begins or that it contains, of three bytes or more, and the
// form itself, whose groups are kept.
type shape struct {
	name  string
	words []string
	re    *regexp.Regexp
}

var knownShapes = []shape{
	{"private key", []string{"PRIVATE KEY-----"}, regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`)},
	{"bearer token", []string{"earer ", "EARER "}, regexp.MustCompile(`\b(?i:bearer) +[A-Za-z0-9._~+/=-]{8,}`)},
	{"basic authorization", []string{"asic "}, regexp.MustCompile(`\b[Aa]uthorization: *[Bb]asic +[A-Za-z0-9+/=]{8,}`)},
	{"url password", []string{"://"}, regexp.MustCompile(`(://[^/\s:@"]*:)[^/\s@"]+(@)`)},
	{"api key", []string{"sk-"}, regexp.MustCompile(`\bsk-[A-Za-z0-9_-]{16,}`)},
	{"github token", []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}, regexp.MustCompile(`\bgh[pousr]_[A-Za-z0-9]{20,}`)},
	{"github token", []string{"github_pat_"}, regexp.MustCompile(`\bgithub_pat_[A-Za-z0-9_]{20,}`)},
	{"gitlab token", []string{"glpat-"}, regexp.MustCompile(`\bglpat-[A-Za-z0-9_-]{16,}`)},
	{"slack token", []string{"xox"}, regexp.MustCompile(`\bxox[abeprs]-[A-Za-z0-9-]{10,}`)},
	{"aws key", []string{"AKIA"}, regexp.MustCompile(`\bAKIA[A-Z0-9]{16}\b`)},
	{"google key", []string{"AIza"}, regexp.MustCompile(`\bAIza[A-Za-z0-9_-]{35}`)},
	{"json web token", []string{"eyJ"}, regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`)},
}

// shapeFilter has a bit for the first three bytes of each word.
var shapeFilter = func() (f filter) {
	for _, s := range knownShapes {
		for _, w := range s.words {
			f.set(hash3(w))
		}
	}
	return f
}()

// MayHoldShape says, fast, whether text has any of the words that the shapes of [Shapes] have.
func MayHoldShape(text string) bool {
	for i := 0; i+3 <= len(text); i++ {
		if shapeFilter.has(hash3(text[i:])) && beginsWithWord(text[i:]) {
			return true
		}
	}
	return false
}

func beginsWithWord(text string) bool {
	for _, s := range knownShapes {
		for _, w := range s.words {
			if strings.HasPrefix(text, w) {
				return true
			}
		}
	}
	return false
}

// Shapes cuts out what looks like a well-known secret: bearer and API tokens, JSON web tokens, passwords in URLs,
// private key blocks. What it returns equals text if there was none.
func Shapes(text string) string {
	if !MayHoldShape(text) {
		return text
	}
	for _, s := range knownShapes {
		if s.re.MatchString(text) {
			text = s.re.ReplaceAllString(text, "${1}"+Mark(s.name)+"${2}")
		}
	}
	return text
}

// settings are written like the setting of a secret; group 1 is kept. What stands there may be a mark already.
var settings = []*regexp.Regexp{
	regexp.MustCompile(`([?&](?:key|api_key|token|access_token)=)(?:\[secret[^]]*\]|[^&\s"]+)`),
	regexp.MustCompile(`(?i)((?:authorization|x-api-key|api[-_ ]?key)["']?\s*[:=]\s*["']?(?:bearer\s+|basic\s+)?)(?:\[secret[^]]*\]|[^\s"',}]+)`),
	regexp.MustCompile(`\b(?:sk|pk|rk)-[A-Za-z0-9_-]{8,}`),
}

// Settings cuts out what [Shapes] does and whatever else looks like a secret: values of authorization headers and key
// parameters, short keys with the usual prefixes.
func Settings(text string) string {
	for _, re := range settings {
		text = re.ReplaceAllString(text, "${1}"+Mark(""))
	}
	return Shapes(text)
}
