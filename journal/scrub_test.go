package journal

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/internal/secret"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/google/go-cmp/cmp"
)

// hard is a secret that each encoding writes differently.
const hard = `p"a<s>s&w\o/r d+ü?`

func TestScrubText(t *testing.T) {
	s := NewScrubber(Secret{"PW", " hunter2!"}, Secret{"SHORT", "  word "})
	if got := s.Text("hunter2! is no word, ghp_0123456789abcdefghij0123"); got != "[secret PW] is no word, [secret github token]" {
		t.Errorf("got %s", got)
	}
	s = nil
	if got := s.Text("hunter2! ghp_0123456789abcdefghij0123"); got != "hunter2! [secret github token]" {
		t.Errorf("a nil one knows the shapes: %s", got)
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

func quote(s string) string { return `"` + secret.Quoted(s, false) + `"` }

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
		for _, pw := range []string{hard, "hunter2!"} {
			text := before + pw + after
			if got := s.Text(text); strings.Contains(got, pw) {
				t.Fatalf("%q became %q", text, got)
			}
			for _, html := range []bool{true, false} {
				doc := `{"k":["` + secret.Quoted(text, html) + `",1]}`
				got := s.JSON([]byte(doc))
				var v struct{ K []any }
				if err := json.Unmarshal(got, &v); err != nil || len(v.K) != 2 {
					t.Fatalf("%s became %s: %v", doc, got, err)
				}
				if str, ok := v.K[0].(string); !ok || strings.Contains(str, pw) {
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
