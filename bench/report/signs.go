package report

import (
	"fmt"
	"slices"

	"github.com/azimuthdev/azimuth/bench"
)

// signs set out, for each contender and leaf, what the base's votes foretold, and what the rule makes of it.
func (r *Report) signs() []sheet {
	type place struct {
		rest      bench.Condition
		contender string
	}
	var out []sheet
	at := map[place]int{}
	_, columns := r.leaves()
	tables := map[bench.Condition]*bench.Table{}
	for i := range r.Tables {
		tables[r.Tables[i].Condition] = &r.Tables[i]
	}
	for _, s := range r.Signs {
		t := tables[s.Condition]
		k := place{s.Condition.Without(r.opts.Columns...), s.Contender}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, newSigns(r.title(t), s, columns))
		}
		column := 1 + slices.Index(columns, r.column(t))
		for j, cell := range signCells(s) {
			out[i].Rows[j][column] = cell
		}
	}
	return out
}

// newSigns is a sheet without its cells.
func newSigns(title string, s bench.Signs, columns []string) sheet {
	out := sheet{
		Title:   fmt.Sprintf("%s: what the votes of %s foretell, and %s on the same tasks", title, shortName(s.Base), shortName(s.Contender)),
		Columns: append([]string{"sign"}, columns...),
	}
	var names []string
	for _, g := range s.Margin {
		names = append(names, "least margin "+g.Sign)
	}
	for _, g := range s.Top {
		names = append(names, "mean top frequency "+g.Sign)
	}
	names = append(names, "always "+code(s.Base), "always "+code(s.Contender),
		fmt.Sprintf("the rule: search unless least margin >= %d and mean top >= %g", s.Rule.Margin, s.Rule.Top), "of these not searched, %", "of these over one run's budget, %")
	for _, n := range names {
		row := make([]string, len(columns)+1)
		row[0] = n
		for i := range columns {
			row[i+1] = "–"
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// signCells are the numbers, in the order of the names.
func signCells(s bench.Signs) []string {
	var out []string
	for _, g := range slices.Concat(s.Margin, s.Top) {
		text := "–"
		if g.Tasks > 0 {
			text = fmt.Sprintf("%d: %s → %s", g.Tasks, whole(g.Base), whole(g.Contender))
		}
		out = append(out, text)
	}
	for _, w := range []bench.Way{s.Rule.Base, s.Rule.Search, s.Rule.Both} {
		out = append(out, fmt.Sprintf("%s @%.1f", whole(w.Success), w.Calls))
	}
	share := func(n int) string { return fmt.Sprintf("%.0f", 100*float64(n)/float64(max(1, s.Tasks))) }
	return append(out, share(s.Rule.Clear), share(s.Rule.Over))
}
