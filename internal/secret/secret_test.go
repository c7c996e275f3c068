package secret

import "testing"

func TestName(t *testing.T) {
	for name, want := range map[string]bool{"GITHUB_TOKEN": true, "X-Api-Key": true, "Authorization": true, "PGPASSWORD": true,
		"PATH": false, "Accept": false, "": false} {
		if Name(name) != want {
			t.Errorf("Name(%q) = %v", name, !want)
		}
	}
}

func TestCutter(t *testing.T) {
	cut := Cutter("a\"b c&d e", "Bearer wxyz", "abcd", "abcdef", "x", "")
	for in, want := range map[string]string{
		"see abcdef and abcd": "see [secret] and [secret]",
		`{"x":"a\"b c&d e"}`:  `{"x":"[secret]"}`,
		"?key=a%22b+c%26d+e":  "?key=[secret]",
		"got wxyz":            "got [secret]",
		"x abc":               "x abc",
	} {
		if got := cut(in); got != want {
			t.Errorf("cut(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Cutter()("all of it"); got != "all of it" {
		t.Errorf("without secrets %q", got)
	}
}
