package mcp

import (
	"encoding/json"
	"slices"
	"strings"
)

// minSecret is the length in bytes from which a value is replaced: shorter ones ("1", "on") would only garble
// text without hiding anything.
const minSecret = 4

// scrubber replaces configured values by [NAME]. The zero value replaces nothing.
type scrubber struct {
	pairs   []secretPair
	errors  *strings.Replacer // every configured value
	answers *strings.Replacer // only those that are secrets by name or place: a path in env must stay readable
}

type secretPair struct {
	name, value string
	secret      bool
}

// add registers a value. Of a header such as "Bearer abc" the last word is a secret of its own.
func (s *scrubber) add(name, value string, secret bool) {
	if len(value) >= minSecret {
		s.pairs = append(s.pairs, secretPair{name, value, secret})
	}
	if words := strings.Fields(value); len(words) > 1 && secret {
		if last := words[len(words)-1]; len(last) >= minSecret {
			s.pairs = append(s.pairs, secretPair{name, last, true})
		}
	}
}

// build makes the replacers; longer values go first, so that a value that contains another is replaced whole.
func (s *scrubber) build() {
	slices.SortStableFunc(s.pairs, func(a, b secretPair) int { return len(b.value) - len(a.value) })
	var all, secret []string
	for _, p := range s.pairs {
		both := []string{p.value, "[" + p.name + "]"}
		if quoted := jsonText(p.value); quoted != p.value {
			both = append(both, quoted, "["+p.name+"]")
		}
		all = append(all, both...)
		if p.secret {
			secret = append(secret, both...)
		}
	}
	s.errors, s.answers = strings.NewReplacer(all...), strings.NewReplacer(secret...)
}

// error scrubs text that goes into an error or a log.
func (s *scrubber) error(text string) string {
	if s == nil || s.errors == nil {
		return text
	}
	return s.errors.Replace(text)
}

// answer scrubs what a tool answered.
func (s *scrubber) answer(text string) string {
	if s == nil || s.answers == nil {
		return text
	}
	return s.answers.Replace(text)
}

// jsonText is the text as it stands between the quotes of a JSON string.
func jsonText(s string) string {
	b, err := json.Marshal(s)
	if err != nil || len(b) < 2 {
		return s
	}
	return string(b[1 : len(b)-1])
}

var secretWords = []string{"key", "token", "secret", "passw", "credential", "auth", "cookie", "session"}

// secretName says whether a variable's name tells that its value is a secret.
func secretName(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(secretWords, func(w string) bool { return strings.Contains(name, w) })
}
