package tool

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClip(t *testing.T) {
	long := "head" + strings.Repeat("ä", 5000) + "tail"
	got := Clip(long, 200)
	if len(got) > 200 || len(got) < 190 || !utf8.ValidString(got) ||
		!strings.HasPrefix(got, "head") || !strings.HasSuffix(got, "tail") || !strings.Contains(got, "bytes left out") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
	for limit, want := range map[int]string{0: "", -5: "", 3: "äa"} {
		if got := Clip("äaää", limit); got != want {
			t.Errorf("Clip(äaää, %d) = %q, want %q", limit, got, want)
		}
	}
	for in, want := range map[string]string{"abc": "abc", "a\xffb": "a\uFFFDb"} {
		if got := Clip(in, 5); got != want {
			t.Errorf("what fits is changed: %q", got)
		}
	}
}

func FuzzClip(f *testing.F) {
	f.Add("aä€😀"+strings.Repeat("😀", 50), 90)
	f.Add("\xff\xff\xff", 2)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		got := Clip(s, limit)
		if len(got) > max(limit, 0) || !utf8.ValidString(got) {
			t.Fatalf("Clip(%q, %d) = %q", s, limit, got)
		}
	})
}
