package searchtest

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

func TestParseErrors(t *testing.T) {
	for script, want := range map[string]string{
		"a b":                  "no colon",
		": a*x":                "no number",
		": a*2 {heat=1}":       "no part",
		": *2":                 "no action",
		": a r 2":              "want =",
		"a end: judge perhaps": "perhaps",
		"\n: a\n: b*":          "line 3",
	} {
		if _, err := Parse(script, "price"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", script, err, want)
		}
	}
}

func TestAnswer(t *testing.T) {
	s, err := Parse(`
: a*3 r=2 pi=.5 {price=.25} (b*2 (end*1)) [c*1], end*1   // comment
: d*1
a: fail
end: judge accept .75`, "price")
	if err != nil {
		t.Fatal(err)
	}
	tree := search.NewTree(nil)
	r := tree.Request(search.Expand, search.Root)
	o := s.Answer(tree, r)
	if o.Samples != 4 || len(o.Candidates) != 5 {
		t.Fatalf("%d samples, %d candidates", o.Samples, len(o.Candidates))
	}
	a, b, c := o.Candidates[0], o.Candidates[1], o.Candidates[3]
	if a.Votes != 3 || a.Remaining != 2 || a.Prior != .5 || a.Parts[0] != .25 || a.Parent != -1 {
		t.Errorf("a is %+v", a)
	}
	if b.Parent != 0 || !b.Imagined || c.Parent != 0 || c.Imagined || !o.Candidates[2].Finish {
		t.Errorf("b is %+v, c is %+v", b, c)
	}
	st, err := search.New(search.Uniform, nil)
	if err != nil {
		t.Fatal(err)
	}
	st.Tell(tree, r, o)
	if o := s.Answer(tree, tree.Request(search.Expand, search.Root)); s.Name(o.Candidates[0].Action) != "d" {
		t.Errorf("the second request brings %+v", o.Candidates)
	}
	if o := s.Answer(tree, tree.Request(search.Expand, s.Find(tree, "a"))); o.Failed != s.Find(tree, "a") {
		t.Errorf("a did not fail: %+v", o)
	}
	if o := s.Answer(tree, tree.Request(search.Judge, s.Find(tree, "end"))); o.Verdict != search.Accepted || o.Score != .75 {
		t.Errorf("the verdict is %v, %v", o.Verdict, o.Score)
	}
}
