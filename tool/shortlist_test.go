package tool

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var shelf = []Spec{
	{Name: "sendMail", Description: "Send a message", Input: []byte(`{"properties":{"to":{"description":"address of a person"}}}`)},
	{Name: "read_file", Description: "Read the text of one file", Input: []byte(`{"properties":{"path":{"type":"string"}}}`)},
	{Name: "book_flight", Description: "Book a seat on a plane", Input: []byte(`{"properties":{"airport":true}}`)},
	{Name: "weather", Description: "Forecast for a city"},
}

func names(specs []Spec) []string {
	var out []string
	for _, sp := range specs {
		out = append(out, sp.Name)
	}
	return out
}

func TestShortlist(t *testing.T) {
	for _, c := range []struct {
		query         string
		limit, budget int
		want          []string
	}{
		{"whatever", 0, 0, []string{"book_flight", "read_file", "sendMail", "weather"}},
		{"whatever", 4, 0, []string{"book_flight", "read_file", "sendMail", "weather"}},
		{"What do the files say?", 1, 0, []string{"read_file"}},
		{"mail the forecast to a person", 2, 0, []string{"sendMail", "weather"}},
		{"which airports are there", 1, 0, []string{"book_flight"}},
		{"no word of it", 2, 0, []string{"book_flight", "read_file"}}, // ties go by name
		{"weather for a flight", 0, 20, []string{"weather"}},
		{"book a flight", 0, 20, []string{"weather"}}, // what fits, though it ranks below
		{"weather", 0, 5, nil},
	} {
		if d := cmp.Diff(c.want, names(Shortlist(shelf, c.query, c.limit, c.budget))); d != "" {
			t.Errorf("%q, %d, %d: %s", c.query, c.limit, c.budget, d)
		}
	}
	if shelf[0].Name != "sendMail" {
		t.Error("Shortlist sorted its argument")
	}
}

func TestShortlistByAsksTheCounter(t *testing.T) {
	one := func(string) int { return 1 } // three texts and the overhead: 13 a tool
	if got := ShortlistBy(shelf, "read a file", 0, 27, one); len(got) != 2 {
		t.Errorf("27 tokens hold %v", names(got))
	}
}

func BenchmarkShortlist1000(b *testing.B) {
	var specs []Spec
	for i := range 1000 {
		sp := shelf[i%len(shelf)]
		sp.Name = fmt.Sprint(sp.Name, i)
		specs = append(specs, sp)
	}
	for b.Loop() {
		Shortlist(specs, "read the file", 32, 4000)
	}
}
