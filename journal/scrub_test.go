package journal

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/google/go-cmp/cmp"
)

// hard is a secret that each encoding writes differently.
const hard = `p"a<s>s&w\o/r d+ü?`

func TestScrubValues(t *testing.T) {
	s := NewScrubber(Secret{"HARD", hard}, Secret{"LONG", "abcdef-and-more"}, Secret{"SHORT", "abcdef"}, Secret{"TINY", "abc"},
		Secret{"BLANKS", "  trimmed!\n"}, Secret{"we\"ird\nname", "weird-value"})
	inner, err := json.Marshal(hard)
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"nothing":                     "nothing",
		"":                            "",
		hard:                          "[secret HARD]",
		"x" + hard + hard + "y":       "x[secret HARD][secret HARD]y",
		`{"key":` + string(inner):     `{"key":"[secret HARD]"`,
		"q=" + url.QueryEscape(hard):  "q=[secret HARD]",
		"/p/" + url.PathEscape(hard):  "/p/[secret HARD]",
		"abcdef-and-more":             "[secret LONG]",
		"abcdef-and-mor":              "[secret SHORT]-and-mor",
		"abc abcde":                   "abc abcde",
		"it was trimmed!":             "it was [secret BLANKS]",
		"weird-value":                 "[secret we_ird_name]",
		"ends with the secret abcdef": "ends with the secret [secret SHORT]",
	} {
		if got := s.Text(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestScrubBase64AtAnyPlace(t *testing.T) {
	s := NewScrubber(Secret{"PW", hard})
	core := base64.RawStdEncoding.EncodeToString([]byte(hard))
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		for _, text := range []string{hard, "u:" + hard, "me:" + hard, "you:" + hard, "you:" + hard + "!", "a" + hard + "bc"} {
			got := s.Text("x " + enc.EncodeToString([]byte(text)) + " y")
			if !strings.Contains(got, "[secret PW]") || strings.Contains(got, core[4:len(core)-4]) {
				t.Errorf("%q in base64 became %q", text, got)
			}
		}
	}
}

func TestScrubShapes(t *testing.T) {
	block := "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----"
	var s *Scrubber // a nil one knows the shapes
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
	} {
		if got := s.Text(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestScrubJSONKeepsDocuments(t *testing.T) {
	s := NewScrubber(Secret{"A", hard}, Secret{"REQ", "request"}, Secret{"STATE", "deferred"}, Secret{"NUM", "123456"}, Secret{"PW", "hunter2!"})
	told := Told{
		Observed: []Observation{{Node: 123456, Status: model.Deferred, Result: tool.Result{
			Content: "the request\nwas deferred by \"hunter2!\"", Value: json.RawMessage(`{"hunter2!":["hunter2\u0021","no"],"n":123456}`)}}},
		Actions: []Action{{Call: &tool.Call{Tool: "login", Args: json.RawMessage(`{"pw":` + quote(hard) + `}`)}}},
	}
	rec, err := New(1, at, KindTold, told)
	if err != nil {
		t.Fatal(err)
	}
	rec.Data = s.JSON(rec.Data)
	got, err := Decode[Told](rec)
	if err != nil {
		t.Fatalf("%v: %s", err, rec.Data)
	}
	want := told
	want.Observed = []Observation{{Node: 123456, Status: model.Deferred, Result: tool.Result{
		Content: "the [secret REQ]\nwas [secret STATE] by \"[secret PW]\"", Value: json.RawMessage(`{"[secret PW]":["[secret PW]","no"],"n":123456}`)}}}
	want.Actions = []Action{{Call: &tool.Call{Tool: "login", Args: json.RawMessage(`{"pw":"[secret A]"}`)}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func quote(s string) string { return `"` + quoted(s, false) + `"` }

func TestEnvSecrets(t *testing.T) {
	got := EnvSecrets([]string{"OPENAI_API_KEY=aaa", "GH_TOKEN=bbb", "DB_PASSWORD=ccc", "CLIENT_SECRET_2=ddd", "key=eee", "PATH=/bin",
		"HOME=/home/x", "PWD=/work", "OLDPWD=/tmp", "KEYBOARD=us", "TOKENIZER=x", "DATABASE_URL=postgres://me:s3cr%21et@db/x", "EMPTY", "MY_PWD=fff"})
	want := []Secret{{"OPENAI_API_KEY", "aaa"}, {"GH_TOKEN", "bbb"}, {"DB_PASSWORD", "ccc"}, {"CLIENT_SECRET_2", "ddd"}, {"key", "eee"},
		{"DATABASE_URL", "s3cr!et"}, {"MY_PWD", "fff"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestScrubbedStore(t *testing.T) {
	m := NewMemory()
	s := Scrubbed(m, NewScrubber(Secret{"PW", "hunter2!"}))
	ctx := t.Context()
	rec, err := New(1, at, KindEnded, Ended{Answer: "it is hunter2!"})
	if err != nil {
		t.Fatal(err)
	}
	rec2, err := New(2, at, KindEnded, Ended{Answer: "still hunter2!"})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{s.Create(ctx, Run{ID: "r", Goal: "use hunter2!"}), s.Append(ctx, "r", rec), AppendSync(ctx, s, "r", rec2)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	if err := Export(ctx, m, "r", &out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hunter2") || strings.Count(out.String(), "[secret PW]") != 3 {
		t.Errorf("stored %s", out.String())
	}
	if !strings.Contains(string(rec.Data), "hunter2!") {
		t.Error("the caller's record was changed")
	}
}

// FuzzScrub: whatever is put around a secret, it doesn't come through, and documents stay documents.
func FuzzScrub(f *testing.F) {
	f.Add("", "")
	f.Add(`\`, `"`)
	f.Add("sk-", "\xff")
	f.Add("hunter2", "hunter2!hunter2!")
	s := NewScrubber(Secret{"A", hard}, Secret{"PW", "hunter2!"})
	f.Fuzz(func(t *testing.T, before, after string) {
		for _, secret := range []string{hard, "hunter2!"} {
			text := before + secret + after
			if got := s.Text(text); strings.Contains(got, secret) {
				t.Fatalf("%q became %q", text, got)
			}
			for _, html := range []bool{true, false} {
				doc := `{"k":["` + quoted(text, html) + `",1]}`
				got := s.JSON([]byte(doc))
				var v struct{ K []any }
				if err := json.Unmarshal(got, &v); err != nil || len(v.K) != 2 {
					t.Fatalf("%s became %s: %v", doc, got, err)
				}
				if str, ok := v.K[0].(string); !ok || strings.Contains(str, secret) {
					t.Fatalf("%s became %s", doc, got)
				}
			}
		}
	})
}

func BenchmarkScrubJSON(b *testing.B) {
	var secrets []Secret
	for i := range 10 {
		secrets = append(secrets, Secret{"S", strings.Repeat(string(rune('a'+i)), 10) + "-&-0123456789"})
	}
	s := NewScrubber(secrets...)
	doc := []byte(`[` + strings.Repeat(`{"tool":"search_homes","args":{"city":"Springfield"},"content":"3 homes match:\nElm Street"},`, 20) + `0]`)
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		s.JSON(doc)
	}
}
