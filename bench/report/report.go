package report

import (
	"encoding/json"
	"io"
	"slices"
	"time"

	"github.com/azimuthdev/azimuth/bench"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/search"
)

// Format is the format of the JSON that this program writes.
const Format = 1

// Report is what a bench measured.
type Report struct {
	Format   int            `json:"format"`
	Written  time.Time      `json:"written"`
	Manifest bench.Manifest `json:"manifest"`
	Rows     int            `json:"rows"`
	Missing  int            `json:"missing"` // rows of the spec that were not measured
	Tables   []bench.Table  `json:"tables"`
	Curves   []bench.Curve  `json:"curves"`
	Savings  []Saving       `json:"savings"`
	Against  []string       `json:"against"` // others are compared with the best of these, table by table
}

// Saving is [bench.Saved] under a condition.
type Saving struct {
	Condition bench.Condition `json:"condition"` // without its budget
	bench.Ratio
}

// New puts a report together. now is when it is written. against names contenders: every other one is compared with
// the best of them, table by table; none means vote where it is there, else the first. Errors are those of
// [CheckAgainst].
func New(m bench.Manifest, rows []bench.Row, now time.Time, against []string) (*Report, error) {
	s := m.Spec
	if err := CheckAgainst(s, against); err != nil {
		return nil, err
	}
	r := &Report{
		Format: Format, Written: now.UTC(), Manifest: m, Rows: len(rows), Tables: bench.Tables(s, rows), Against: orUsual(s, against),
		Missing: len(s.Conditions())*len(s.Strategies)*s.Seeds*s.Tasks - len(rows),
	}
	r.Curves = bench.Curves(r.Tables)
	for _, g := range r.groups() {
		base, ok := bench.BestCurve(g.Curves, r.Against)
		for _, c := range g.Curves {
			if ok && !slices.Contains(r.Against, c.Contender) {
				r.Savings = append(r.Savings, Saving{c.Condition, bench.Saved(c, base)})
			}
		}
	}
	return r, nil
}

// CheckAgainst says whether the spec has contenders of these names; the error lists those it has.
func CheckAgainst(s bench.Spec, names []string) error {
	for _, n := range names {
		if !slices.Contains(s.Strategies, n) {
			return &bench.UnknownError{Kind: "contender", Name: n, Known: s.Strategies}
		}
	}
	return nil
}

func orUsual(s bench.Spec, against []string) []string {
	switch {
	case len(against) > 0 || len(s.Strategies) == 0:
		return against
	case slices.Contains(s.Strategies, search.Vote):
		return []string{search.Vote}
	}
	return s.Strategies[:1]
}

// reference is the contender that a table's others are compared with.
func (r *Report) reference(t *bench.Table) string {
	name, _ := t.Best(r.Against)
	return name
}

// JSON writes the report as one object.
func (r *Report) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// group is a set of tables that differ in their budget only, with their curves.
type group struct {
	Condition bench.Condition // without its budget
	Tables    []bench.Table
	Curves    []bench.Curve
	Savings   []Saving
}

func (r *Report) groups() []group {
	var out []group
	at := func(c bench.Condition) *group {
		c.Budget = budget.Limits{}
		i := slices.IndexFunc(out, func(g group) bool { return g.Condition == c })
		if i < 0 {
			i = len(out)
			out = append(out, group{Condition: c})
		}
		return &out[i]
	}
	for _, t := range r.Tables {
		g := at(t.Condition)
		g.Tables = append(g.Tables, t)
	}
	for _, c := range r.Curves {
		g := at(c.Condition)
		g.Curves = append(g.Curves, c)
	}
	for _, s := range r.Savings {
		g := at(s.Condition)
		g.Savings = append(g.Savings, s)
	}
	return out
}
