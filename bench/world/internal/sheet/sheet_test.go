package sheet

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/internal/canon"
)

func small() Table {
	return New([][]string{{"Name", "N"}, {"a", "10"}, {"b", "9"}, {"C", ""}, {"d", "x"}})
}

func column(t Table) string {
	var out []string
	for i := 1; i < t.Height(); i++ {
		out = append(out, t.Text(i, 0))
	}
	return strings.Join(out, "")
}

func TestSort(t *testing.T) {
	for _, c := range []struct {
		column int
		down   bool
		want   string
	}{{1, false, "badC"}, {1, true, "dabC"}, {0, false, "abCd"}, {0, true, "dCba"}} {
		got, err := small().Sort(c.column, c.down)
		if err != nil || column(got) != c.want {
			t.Errorf("%+v: got %s, %v", c, column(got), err)
		}
	}
}

// A table is a value: what is done to one is not seen in another that it came from.
func TestTablesAreValues(t *testing.T) {
	before := small()
	was := string(before.JSON())
	r := Range{1, 0, 2, 1}
	for name, f := range map[string]func() (Table, error){
		"update": func() (Table, error) { return before.Update(r, [][]string{{"1", "2"}, {"3", "4"}}) },
		"clear":  func() (Table, error) { return before.Clear(r) },
		"format": func() (Table, error) { return before.Format(r, "bold") },
		"copy":   func() (Table, error) { return before.Copy(r, Range{0, 0, 0, 0}) },
		"insert": func() (Table, error) { return before.Insert(2, []string{"z"}) },
		"append": func() (Table, error) { return before.Append([]string{"z"}) },
		"delete": func() (Table, error) { return before.Delete(1) },
		"column": func() (Table, error) { return before.InsertColumn(1, []string{"z"}) },
		"drop":   func() (Table, error) { return before.DeleteColumn(0) },
		"sort":   func() (Table, error) { return before.Sort(1, false) },
		"replace": func() (Table, error) {
			after, _ := before.Replace("a", "q")
			return after, nil
		},
	} {
		after, err := f()
		if err != nil || string(before.JSON()) != was || string(after.JSON()) == was {
			t.Errorf("%s: %v, from %s to %s", name, err, before.JSON(), after.JSON())
		}
		if c, err := canon.JSON(after.JSON()); err != nil || string(c) != string(after.JSON()) {
			t.Errorf("%s: %s is not canonical", name, after.JSON())
		}
	}
}

func TestValues(t *testing.T) {
	for in, want := range map[string]string{"12": "12", "12.50": "12.5", "-3": "-3", "007": `"007"`, "1e3": `"1e3"`, "": "", "1,2": `"1,2"`, "a\"b": `"a\"b"`, "1.": `"1."`} {
		if got := value(in); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func FuzzParseRange(f *testing.F) {
	for _, s := range []string{"A1:B2", "B2", "Z100:Z100", "B2:A1", ":", "A0:A1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseRange(s)
		if err == nil && (r.String() != s || r.Bottom >= MaxRows || r.Right >= MaxColumns) {
			t.Errorf("%q is read as %v", s, r)
		}
	})
}
