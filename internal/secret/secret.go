// Package secret cuts secrets out of text that is going to be seen.
//
//	cut := secret.Cutter(os.Getenv("API_TOKEN"))
//	fmt.Println(cut(answer))
package secret

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// Mark stands where a secret was.
const Mark = "[secret]"

// MinLength is the shortest text, in bytes, that is cut out: cutting out less would spoil every text and hide
// nothing.
const MinLength = 4

var words = []string{"auth", "cookie", "credential", "key", "passw", "secret", "session", "token"}

// Name says whether the name of a header or of an environment variable tells that its value is a secret.
func Name(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(name, w) })
}

// Cutter returns a function that replaces each of the values by [Mark], also where they are written as part of a
// URL or of a JSON string. Of a value of two words, such as "Bearer abc", the second is a secret of its own.
func Cutter(values ...string) func(string) string {
	var all []string
	for _, v := range values {
		forms := []string{v}
		if w := strings.Fields(v); len(w) == 2 {
			forms = append(forms, w[1])
		}
		for _, f := range forms {
			all = append(all, f, url.QueryEscape(f), url.PathEscape(f), quoted(f, true), quoted(f, false))
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) }) // one that contains another goes first
	var pairs []string
	for _, s := range all {
		if len(s) >= MinLength {
			pairs = append(pairs, s, Mark)
		}
	}
	return strings.NewReplacer(pairs...).Replace
}

// quoted is the text as it stands between the quotes of a JSON string, with or without <, > and & escaped.
func quoted(s string, html bool) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(html)
	if err := e.Encode(s); err != nil {
		return s
	}
	return b.String()[1 : b.Len()-len("\"\n")]
}
