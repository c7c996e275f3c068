package label

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/azimuthdev/azimuth/tool"
)

func TestScore(t *testing.T) {
	gold := Label{Dict: json.RawMessage(`{"a":1,"b":["x"],"c":"y"}`)}
	for _, c := range []struct {
		state string
		ok    bool
		f1    float64
	}{
		{`{"a":1,"b":["x"],"c":"y"}`, true, 1},
		{`{"a":1,"b":["x"]}`, false, 0.8},
		{`{"a":1,"b":["x"],"c":"y","d":0}`, false, 6.0 / 7},
		{`{"a":2,"b":["x"],"c":"y"}`, false, 2.0 / 3},
		{`{}`, false, 0}, {`{"z":1}`, false, 0}, {`[]`, false, 0}, {``, false, 0},
	} {
		ok, f1 := Score(json.RawMessage(c.state), gold)
		if ok != c.ok || math.Abs(f1-c.f1) > 1e-12 {
			t.Errorf("%s: got %v, %v, want %v, %v", c.state, ok, f1, c.ok, c.f1)
		}
	}
}

func TestSameNumber(t *testing.T) {
	for answer, want := range map[string]bool{
		"1250": true, "1,250": true, "1250.00": true, "$1,250.": true, "It is 1250": true, "3 * 4 = 12, so 1250 in all": true, "1250 dollars": true,
		"": false, "none": false, "125": false, "12500": false, "-1250": false, "1250.5": false, "1250 or 1300": false, ",": false, "-": false,
	} {
		if got := sameNumber(answer, "1250"); got != want {
			t.Errorf("%q: got %v", answer, got)
		}
	}
}

func FuzzSameNumber(f *testing.F) {
	for _, s := range []string{"12", "1,2.", "-,", "9.\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if sameNumber(s, "12") && sameNumber(s, "13") {
			t.Errorf("%q is two numbers", s)
		}
	})
}

func calls(names string) []tool.Call {
	var out []tool.Call
	for _, n := range names {
		out = append(out, tool.Call{Tool: string(n)})
	}
	return out
}

// The best of all orders of all plans counts, by the longer length.
func TestLCS(t *testing.T) {
	l := Label{
		Plan: calls("abcd"), Needs: [][]int{nil, {0}, {0}, {1, 2}},
		Others: []Order{{Plan: calls("xy"), Needs: [][]int{nil, {0}}}},
	}
	for plan, want := range map[string]float64{
		"abcd": 1, "acbd": 1, "abc": 0.75, "abccd": 0.8, "dcba": 0.5, "xy": 1, "x": 0.5, "yx": 0.5, "": 0, "zzzz": 0, "xabcd": 0.8,
	} {
		if got := l.lcs(calls(plan)); got != want {
			t.Errorf("%s: got %v, want %v", plan, got, want)
		}
	}
}

func TestLinesAreBounded(t *testing.T) {
	o := Order{Plan: calls("abcdefg"), Needs: make([][]int, 7)} // 5,040 orders
	if n := len(o.lines()); n != MaxLines {
		t.Errorf("got %d lines, want %d", n, MaxLines)
	}
}

func TestContains(t *testing.T) {
	gold := Label{Rule: Contains, Dict: json.RawMessage(`{"a":"b","b":"c"}`)}
	for state, want := range map[string]float64{`{"a":"b","b":"c","c":"table"}`: 1, `{"a":"b","b":"table"}`: 0.5, `{}`: 0} {
		if ok, f1 := Score(json.RawMessage(state), gold); ok != (want == 1) || f1 != want {
			t.Errorf("%s: got %v, %v", state, ok, f1)
		}
	}
}
