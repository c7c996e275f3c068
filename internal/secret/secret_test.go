package secret

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// hard is a secret that each encoding writes differently.
const hard = `p"a<s>s&w\o/r d+ü?`

func TestCut(t *testing.T) {
	c := New(Value{"HARD", hard}, Value{"LONG", "abcdef-and-more"}, Value{"SHORT", "abcdef"}, Value{"TINY", "abc"},
		Value{"BLANKS", "  trimmed!\n"}, Value{"we\"ird\nname", "weird-value"}, Value{"", "unnamed"}, Value{"AGAIN", "abcdef"})
	inner, err := json.Marshal(hard)
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"nothing":                              "nothing",
		"":                                     "",
		hard:                                   "[secret HARD]",
		"x" + hard + hard + "y":                "x[secret HARD][secret HARD]y",
		`{"key":` + string(inner):              `{"key":"[secret HARD]"`,
		`{"k":` + Quoted(string(inner), false): `{"k":\"[secret HARD]\"`,
		"q=" + url.QueryEscape(hard):           "q=[secret HARD]",
		"/p/" + url.PathEscape(hard):           "/p/[secret HARD]",
		"abcdef-and-more":                      "[secret LONG]",
		"abcdef-and-mor":                       "[secret SHORT]-and-mor",
		"abc abcde":                            "abc abcde",
		"it was trimmed!":                      "it was [secret BLANKS]",
		"weird-value":                          "[secret we_ird_name]",
		"it is unnamed":                        "it is [secret]",
		"ends with the secret abcdef":          "ends with the secret [secret SHORT]",
	} {
		if got := c.Cut(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	var none *Cutter
	if none.Cut("all of it") != "all of it" || New().Cut("all of it") != "all of it" || Of("all").Cut("all of it") != "all of it" {
		t.Error("text is changed without secrets")
	}
}

func TestParts(t *testing.T) {
	for in, want := range map[string]string{"Bearer wxyz": "got [secret H]", "of three words wxyz": "got wxyz", "wxyz": "got [secret H]"} {
		if got := New(Parts("H", in)...).Cut("got wxyz"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCutBase64AtAnyPlace(t *testing.T) {
	c := New(Value{"PW", hard})
	core := base64.RawStdEncoding.EncodeToString([]byte(hard))
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		for _, text := range []string{hard, "u:" + hard, "me:" + hard, "you:" + hard, "you:" + hard + "!", "a" + hard + "bc"} {
			got := c.Cut("x " + enc.EncodeToString([]byte(text)) + " y")
			if !strings.Contains(got, "[secret PW]") || strings.Contains(got, core[4:len(core)-4]) {
				t.Errorf("%q in base64 became %q", text, got)
			}
		}
	}
}

// A value of a few letters has pieces of base64 that any long text may hold.
func TestShortValuesHaveNoBase64(t *testing.T) {
	if got := forms("abcd"); slices.ContainsFunc(got, func(f string) bool { return f != "abcd" }) {
		t.Errorf("forms %q", got)
	}
}
