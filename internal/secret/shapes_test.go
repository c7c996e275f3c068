package secret

import (
	"strings"
	"testing"
)

func TestShapes(t *testing.T) {
	block := "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----"
	for in, want := range map[string]string{
		"Authorization: Bearer abc.def-123456":                   "Authorization: [secret bearer token]",
		"key sk-proj-abcdefghij0123456789 end":                   "key [secret api key] end",
		"risk-management-for-everybody-here":                     "risk-management-for-everybody-here",
		"ghp_0123456789abcdefghij0123":                           "[secret github token]",
		"AKIAABCDEFGHIJKLMNOP":                                   "[secret aws key]",
		"a " + block + " b":                                      "a [secret private key] b",
		"cut off " + block[:40]:                                  "cut off [secret private key]",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0xyz.c2lnbmF0dXJl.x": "[secret json web token].x",
		"the bearer of this letter":                              "the bearer of this letter",
		"Authorization: Basic dXNlcjpwYXNz":                      "[secret basic authorization]",
		"see https://me:hunter2@host:80/a, http://host:80/@b":    "see https://me:[secret url password]@host:80/a, http://host:80/@b",
	} {
		if got := Shapes(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
		if got := Shapes(want); got != want {
			t.Errorf("%q became %q the second time", want, got)
		}
	}
}

func TestSettings(t *testing.T) {
	for in, want := range map[string]string{
		`authorization="Bearer abcdefgh123"`:           `authorization="Bearer [secret]"`,
		`{"x-api-key": "abc def"}`:                     `{"x-api-key": "[secret] def"}`,
		"https://u:abcdefgh123@h":                      "https://u:[secret url password]@h",
		"?api_key=abcdefgh123&x=1":                     "?api_key=[secret]&x=1",
		"sk-abcdefgh123 is wrong":                      "[secret] is wrong",
		"BEARER abcdefgh123":                           "[secret bearer token]",
		"Authorization: Bearer [secret KEY], and then": "Authorization: Bearer [secret], and then",
		"?key=[secret KEY]&x":                          "?key=[secret]&x",
		"nothing here":                                 "nothing here",
	} {
		if got := Settings(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// FuzzSettings: whatever is put around them, known values don't come through, and marks stay whole.
func FuzzSettings(f *testing.F) {
	f.Add("Authorization: Bearer ", "hunter2secret", " end")
	f.Add("?key=", "abcd", "&x=1")
	f.Fuzz(func(t *testing.T, before, value, after string) {
		value = strings.TrimSpace(value)
		if len(value) < MinLength || strings.Contains(Mark(""), value) {
			return
		}
		text := before + value + after
		if got := Settings(Of(value).Cut(text)); strings.Contains(got, value) && !strings.Contains(strings.ReplaceAll(text, value, Mark("")), value) {
			t.Fatalf("%q left in %q", value, got)
		}
	})
}
