package tool

import (
	"strings"
	"testing"
)

func TestValidName(t *testing.T) {
	for in, want := range map[string]string{"ok-1_A": "ok-1_A", "a b//c": "a_b_c", "": "_", "größe": "gr_e", "a__b": "a__b"} {
		if got := ValidName(in); got != want {
			t.Errorf("ValidName(%q) = %q, want %q", in, got, want)
		}
	}
	long := strings.Repeat("a", 80)
	if got := ValidName(long); len(got) != ProviderName || !strings.HasPrefix(long, got[:50]) {
		t.Errorf("validName of 80 letters = %q", got)
	}
	if ValidName(long) == ValidName(long+"b") {
		t.Error("long names collide")
	}
}
