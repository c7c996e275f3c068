package secret

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
)

// forms are the ways in which v may be written: as it is, in a JSON string, in JSON text within a JSON string, in a URL, in base64.
func forms(v string) []string {
	html, plain := Quoted(v, true), Quoted(v, false)
	out := []string{v, html, plain, Quoted(html, false), Quoted(plain, false), url.QueryEscape(v), url.PathEscape(v)}
	return append(out, base64Forms(v)...)
}

// Quoted is the text as it stands between the quotes of a JSON string, with or without <, > and & escaped.
func Quoted(s string, html bool) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(html)
	_ = e.Encode(s) // a string always has a form
	return strings.TrimSuffix(strings.TrimSuffix(b.String()[1:], "\n"), `"`)
}

// minBase64 is the shortest piece of base64 that is looked for: fewer letters stand in every long base64 text by chance.
const minBase64 = 6

// base64Forms are what v looks like inside of longer base64 texts. A byte of base64 is six bits, so v looks different
// at each of three offsets, and its first and last letters depend on what is around it; those are left out.
func base64Forms(v string) []string {
	var out []string
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for offset := range 3 {
			text := enc.EncodeToString(append(make([]byte, offset), v...))
			first := (offset*8 + 5) / 6
			last := (offset + len(v)) * 8 / 6
			if last-first >= minBase64 {
				out = append(out, text[first:last])
			}
		}
	}
	return out
}
