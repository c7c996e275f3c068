package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench"
)

// The views of a report.
const (
	ViewTables      = "tables"      // all numbers, a table a condition
	ViewGrid        = "grid"        // success, calls and tokens, contender by columns
	ViewCompact     = "compact"     // success of all contenders in one cell, condition by columns
	ViewDifferences = "differences" // contenders against one another, by columns
	ViewVerdict     = "verdict"     // rows in which a contender is above the best of several
	ViewSigns       = "signs"       // when a search is worth it
)

// Views returns the names of the views.
func Views() []string {
	return []string{ViewTables, ViewGrid, ViewCompact, ViewDifferences, ViewVerdict, ViewSigns}
}

func (r *Report) sheets(view string) []sheet {
	switch view {
	case ViewGrid:
		return r.grid()
	case ViewCompact:
		return r.compact()
	case ViewDifferences:
		return r.differences()
	case ViewVerdict:
		return r.verdict()
	case ViewSigns:
		return r.signs()
	}
	return r.tables()
}

// leaf is a set of tables that differ in their columns only.
type leaf struct {
	title  string
	tables map[string]*bench.Table // by column
}

// leaves sets the tables out: the leaves, and the columns in their order.
func (r *Report) leaves() (leaves []*leaf, columns []string) {
	at := map[bench.Condition]*leaf{}
	for i := range r.Tables {
		t := &r.Tables[i]
		rest := t.Condition.Without(r.opts.Columns...)
		p := at[rest]
		if p == nil {
			p = &leaf{title: r.title(t), tables: map[string]*bench.Table{}}
			at[rest], leaves = p, append(leaves, p)
		}
		column := r.column(t)
		p.tables[column] = t
		if !slices.Contains(columns, column) {
			columns = append(columns, column)
		}
	}
	return leaves, columns
}

// column is where a table stands on the axes of the columns.
func (r *Report) column(t *bench.Table) string {
	var words []string
	for _, a := range r.opts.Columns {
		words = append(words, said(t, a, true))
	}
	return listed(words)
}

// title is where a table stands on the other axes: its suites, and wherever else tables differ.
func (r *Report) title(t *bench.Table) string {
	var words []string
	for _, a := range bench.Axes() {
		if !slices.Contains(r.opts.Columns, a) && (a == bench.AxisSuite || t.Pooled[a] != "" || r.differ[a]) {
			words = append(words, said(t, a, false))
		}
	}
	if t.Simulated != "" {
		return "SIMULATED: " + listed(words)
	}
	return listed(words)
}

// differing are the axes on which tables differ.
func differing(tables []bench.Table) map[string]bool {
	out := map[string]bool{}
	for _, a := range bench.Axes() {
		out[a] = slices.ContainsFunc(tables, func(t bench.Table) bool { return t.Condition.Word(a) != tables[0].Condition.Word(a) })
	}
	return out
}

// said is where a table stands on an axis, in a few words; empty where it has no such axis.
func said(t *bench.Table, axis string, column bool) string {
	w := t.Condition.Word(axis)
	if list, ok := t.Pooled[axis]; ok {
		w = list
	}
	noisy := t.Condition.Model == bench.Noisy
	switch axis {
	case bench.AxisP, bench.AxisE:
		if !noisy {
			return ""
		}
		return axis + " " + w
	case bench.AxisErrors:
		if !noisy || column {
			return w
		}
		return w + " errors"
	case bench.AxisJudge:
		judges := strings.Split(w, " and ") // where they are pooled
		for i, j := range judges {
			judges[i] = judgeWord(j)
		}
		return strings.Join(judges, " and ")
	}
	return w
}

func judgeWord(j string) string {
	switch j {
	case bench.None:
		return "no judge"
	case bench.Noisy:
		return "judge"
	}
	return "judge " + j
}

// listed joins what is not empty.
func listed(words []string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), ", ")
}

// names are the contenders that are shown, in the order of the tables.
func (r *Report) names() []string {
	var out []string
	for _, t := range r.Tables {
		for _, l := range t.Lines {
			if r.shows(l.Contender) && !slices.Contains(out, l.Contender) {
				out = append(out, l.Contender)
			}
		}
	}
	return out
}

// setOut makes a sheet of each leaf: a row for each name, a cell for each column.
func (r *Report) setOut(names []string, cell func(name string, t *bench.Table) string) []sheet {
	leaves, columns := r.leaves()
	var out []sheet
	for _, p := range leaves {
		s := sheet{Title: p.title, Columns: append([]string{"contender"}, columns...)}
		for _, n := range names {
			row, any := []string{n}, false
			for _, c := range columns {
				text := ""
				if t := p.tables[c]; t != nil {
					text = cell(plain(n), t)
				}
				any = any || text != ""
				row = append(row, orDash(text))
			}
			if any {
				s.Rows = append(s.Rows, row)
			}
		}
		out = append(out, s)
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// grid says of each contender: success % [95 % interval] @calls a task, tokens a task.
func (r *Report) grid() []sheet {
	var names []string
	for _, n := range r.names() {
		names = append(names, code(n))
	}
	return r.setOut(names, func(name string, t *bench.Table) string {
		l, ok := t.Line(name)
		if !ok {
			return ""
		}
		return fmt.Sprintf("%s @%.0f, %s", whole(l.Success), l.Means.Calls, kilo(l.Means.Tokens))
	})
}

// whole is a share in whole per cent with its interval.
func whole(i bench.Interval) string {
	return fmt.Sprintf("%.0f [%.0f–%.0f]", 100*i.At, 100*i.Lo, 100*i.Hi)
}

func kilo(x float64) string {
	if x < 1000 {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.0fk", x/1000)
}

// compact has a line a leaf and all contenders in each cell: one sheet of success, one of calls.
func (r *Report) compact() []sheet {
	leaves, columns := r.leaves()
	names := r.names()
	var marked []string
	for _, n := range names {
		marked = append(marked, shortName(n))
	}
	of := func(what string, value func(l bench.Line) float64) sheet {
		s := sheet{Title: what + " of " + strings.Join(marked, " · "), Columns: append([]string{"condition"}, columns...)}
		for _, p := range leaves {
			row := []string{p.title}
			for _, c := range columns {
				var cell []string
				for _, n := range names {
					text := "–"
					if t := p.tables[c]; t != nil {
						if l, ok := t.Line(n); ok {
							text = fmt.Sprintf("%.0f", value(l))
						}
					}
					cell = append(cell, text)
				}
				row = append(row, strings.Join(cell, " "))
			}
			s.Rows = append(s.Rows, row)
		}
		return s
	}
	return []sheet{
		of("Success %", func(l bench.Line) float64 { return 100 * l.Success.At }),
		of("Model calls", func(l bench.Line) float64 { return l.Means.Calls }),
	}
}

const less = " less "

// differences are points of success of each contender less each of those that it is compared with.
func (r *Report) differences() []sheet {
	var names []string
	for _, a := range r.names() {
		for _, b := range r.Against {
			if a != b && !slices.Contains(names, code(b)+less+code(a)) {
				names = append(names, code(a)+less+code(b))
			}
		}
	}
	out := r.setOut(names, func(name string, t *bench.Table) string {
		a, b, _ := strings.Cut(name, less)
		p, ok := t.Between(a, b)
		if !ok || p.Tasks == 0 {
			return ""
		}
		return points(p.Diff)
	})
	for i := range out {
		out[i].Title += ": points of success, paired"
	}
	return out
}

// points is a difference with its interval.
func points(i bench.Interval) string {
	return fmt.Sprintf("%+.1f [%+.1f, %+.1f]", 100*i.At, 100*i.Lo, 100*i.Hi)
}

// verdict counts rows against the best of those compared with.
func (r *Report) verdict() []sheet {
	against := make([]string, len(r.Against))
	for i, a := range r.Against {
		against[i] = shortName(a)
	}
	best := "against the best of " + strings.Join(against, ", ") + " (as far as they are there)"
	if len(r.Tables) > 0 && r.Tables[0].Simulated != "" {
		best = "SIMULATED: " + best
	}
	rows := sheet{Title: best, Columns: []string{
		"contender", "errors, judge", "rows", "interval above", "no lower success", "ratio of calls there, least / median / most", "interval above or >= 2.31", "points, least / median / most",
	}}
	series := sheet{Title: best + ", over budgets", Columns: []string{
		"contender", "errors, judge", "series", "no lower success reached", "ratio of calls there, least / median / most", "points of the best, least / median / most",
	}}
	for _, v := range r.Verdicts {
		t := &bench.Table{Condition: v.Condition, Pooled: r.pooledWords()}
		where := listed([]string{said(t, bench.AxisErrors, true), said(t, bench.AxisJudge, true)})
		rows.Rows = append(rows.Rows, []string{
			code(v.Contender), where, fmt.Sprint(v.Rows), fmt.Sprint(v.Above), fmt.Sprint(v.NoLower), ratios(v.Calls), fmt.Sprint(v.Met), pointsOf(v.Points),
		})
		series.Rows = append(series.Rows, []string{code(v.Contender), where, fmt.Sprint(v.Series), fmt.Sprint(v.Reached), ratios(v.Saved), pointsOf(v.Gap)})
	}
	if !r.differ[bench.AxisBudget] {
		return []sheet{rows}
	}
	return []sheet{rows, series}
}

// pooledWords is what all tables have on the axes along which they are pooled.
func (r *Report) pooledWords() map[string]string {
	if len(r.Tables) == 0 {
		return nil
	}
	return r.Tables[0].Pooled
}

func ratios(s bench.Spread) string {
	if s.Most == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f / %.1f / %.1f", s.Least, s.Median, s.Most)
}

func pointsOf(s bench.Spread) string {
	of := func(x float64) string { return fmt.Sprintf("%+.0f", math.Round(100*x)+0) } // 0 is not -0
	return of(s.Least) + " / " + of(s.Median) + " / " + of(s.Most)
}
