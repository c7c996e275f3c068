package mcp

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestToolNames(t *testing.T) {
	long := strings.Repeat("x", 70)
	for _, c := range []struct {
		in   []source
		want []string
	}{
		{[]source{{"a", "read"}, {"b", "write"}}, []string{"read", "write"}},
		{[]source{{"a", "read"}, {"b", "read"}}, []string{"a__read", "b__read"}},
		{[]source{{"my files", "dir/read.v2"}}, []string{"dir_read_v2"}},
		{[]source{{"a", "é"}}, []string{"_"}},
		{[]source{{"a", ""}}, []string{"_"}},
		{[]source{{"a", long}}, []string{strings.Repeat("x", 55) + "_" + "c71bd109"}},
		// Both collide as plain names and with the name that tells them apart.
		{[]source{{"a", "r"}, {"b", "r"}, {"c", "a__r"}}, []string{"a__r_f2a02691", "b__r", "a__r_16f82eb1"}},
	} {
		got := toolNames(c.in)
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%v: %s", c.in, d)
		}
	}
}

func FuzzToolNames(f *testing.F) {
	f.Add("a", "read", "b", "read")
	f.Add("a", "x.y", "a", "x/y")
	valid := regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)
	f.Fuzz(func(t *testing.T, s1, t1, s2, t2 string) {
		if s1 == s2 && t1 == t2 {
			return
		}
		got := toolNames([]source{{s1, t1}, {s2, t2}})
		if got[0] == got[1] || !valid.MatchString(got[0]) || !valid.MatchString(got[1]) {
			t.Errorf("%q, %q", got[0], got[1])
		}
		if back := toolNames([]source{{s2, t2}, {s1, t1}}); back[0] != got[1] || back[1] != got[0] {
			t.Errorf("order matters: %q and %q", got, back)
		}
	})
}
