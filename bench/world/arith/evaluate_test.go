package arith

import (
	"strings"
	"testing"
)

func TestEvaluate(t *testing.T) {
	for in, want := range map[string]string{
		"3 + 4 * 12": "51", "(3+4)*12": "84", "7/2": "3.5", "1/3": "0.3333333333", "-(2 - 5)": "3", "--2": "2",
		"2 * -3": "-6", "0.1 + 0.2": "0.3", "1/3*3": "1", " 12 ": "12", "10 - 3 - 2": "5", "64/4/2": "8",
		"-1/100000000000": "0", "999999999999999*999999999999999": "999999999999998000000000000001",
	} {
		v, err := Evaluate(in)
		if err != nil || Format(v) != want {
			t.Errorf("%s: got %v, %v, want %s", in, v, err, want)
		}
	}
	for in, want := range map[string]string{
		"": "ends where a number", "3 +": "ends where a number", "3 4": "want an operator", "(3": "closing parenthesis", "3)": "want an operator",
		"1/0": "division by zero", "1/(2-2)": "division by zero", "x": "want a number", "1e9": "want an operator", "2^3": "want an operator", "1,250": "want an operator",
		"1.": "a digit", ".5": "want a number", "1234567890123456789": "15 digits", "$3": "want a number", "3 × 4": "want an operator",
		strings.Repeat("(", 50) + "1": "nested", strings.Repeat("-", 50) + "1": "nested", strings.Repeat("1+", 200) + "1": "longer than 200",
		strings.Repeat("999999999999*", 12) + "9": "too large",
	} {
		if v, err := Evaluate(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20s: got %v, %v, want an error with %q", in, v, err, want)
		}
	}
}

func FuzzEvaluate(f *testing.F) {
	for _, s := range []string{"3 + 4 * 12", "(1/3)*-3.25", "((((", "1/0", "-\xff", "0\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := Evaluate(s)
		if err != nil {
			return
		}
		if again, err := Evaluate("(" + s + ")"); len(s) < maxLength-2 && strings.Count(s, "(")+strings.Count(s, "-") < maxDepth && (err != nil || again.Cmp(v) != 0) {
			t.Errorf("%q is %v, in parentheses %v, %v", s, v, again, err)
		}
	})
}
