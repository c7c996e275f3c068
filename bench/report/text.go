package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/bench"
)

// Text writes what the options show for a terminal.
func (r *Report) Text(w io.Writer) error { return r.write(w, false) }

// Markdown writes the same to be pasted into a page.
func (r *Report) Markdown(w io.Writer) error { return r.write(w, true) }

func (r *Report) write(w io.Writer, markdown bool) error {
	var b strings.Builder
	for _, view := range r.opts.Show {
		for _, s := range r.sheets(view) {
			if b.Len() > 0 {
				b.WriteString("\n")
			}
			s.write(&b, markdown)
		}
	}
	r.foot(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// tables are the view of everything that was measured, condition by condition.
func (r *Report) tables() []sheet {
	var out []sheet
	for _, g := range r.groups() {
		for i := range g.Tables {
			out = append(out, r.table(&g.Tables[i]))
		}
		if s, ok := savings(g); ok {
			out = append(out, s)
		}
	}
	return out
}

// savings says how many calls each contender takes for what the reference reaches; nothing is said of one budget.
func savings(g group) (s sheet, ok bool) {
	if len(g.Tables) < 2 || len(g.Savings) == 0 {
		return s, false
	}
	s = sheet{Title: savingsTitle(g), Columns: []string{"contender", "calls, points"}}
	for _, x := range g.Savings {
		s.Rows = append(s.Rows, []string{code(x.Contender), saving(x.Ratio)})
	}
	return s, true
}

func (r *Report) table(t *bench.Table) sheet {
	reference := r.reference(t)
	pairs := t.Against(reference)
	x := extrasOf(*t)
	s := sheet{Title: t.Heading, Columns: append([]string{"contender"}, columns(reference, x)...)}
	for _, l := range t.Lines {
		s.Rows = append(s.Rows, append([]string{code(l.Contender)}, cells(l, pairs, x)...))
	}
	return s
}

// extra is a column that only some worlds have.
type extra struct {
	name, means string
	of          func(bench.Means) float64
}

var extras = []extra{
	{"price", "of plans that solved their task, by the cheapest one's", func(m bench.Means) float64 { return m.Price }},
	{"tool ms", "what the calls of plans that solved their task took, by their own word", func(m bench.Means) float64 { return m.ToolMS }},
}

// extrasOf are those that some of the tables have.
func extrasOf(tables ...bench.Table) []extra {
	var out []extra
	for _, x := range extras {
		has := func(t bench.Table) bool {
			return slices.ContainsFunc(t.Lines, func(l bench.Line) bool { return x.of(l.Means) > 0 })
		}
		if slices.ContainsFunc(tables, has) {
			out = append(out, x)
		}
	}
	return out
}

// columns are the headings of [cells].
func columns(reference string, more []extra) []string {
	out := []string{"success %", "95 %", "against " + reference, "claimed %", "calls", "samples", "tokens", "$", "tools", "effects", "nodes", "steps", "ms", "tasks"}
	for _, x := range more {
		out = append(out, x.name)
	}
	return out
}

// cells are a line's numbers, in the order of [columns].
func cells(l bench.Line, pairs []bench.Pair, more []extra) []string {
	out := []string{percent(l.Success.At), percent(l.Success.Lo) + "–" + percent(l.Success.Hi), difference(pairs, l.Contender), percent(l.Claimed)}
	m := l.Means
	out = append(out, tenth(m.Calls), tenth(m.Samples), thousands(m.Tokens), dollars(m.USD))
	for _, x := range []float64{m.Tools, m.Effects, m.Nodes, m.Steps, m.Wall} {
		out = append(out, tenth(x))
	}
	out = append(out, strconv.Itoa(l.Tasks))
	for _, x := range more {
		text := "–"
		if v := x.of(m); v > 0 {
			text = fmt.Sprintf("%.2f", v)
		}
		out = append(out, text)
	}
	return out
}

func percent(x float64) string { return tenth(100 * x) }
func tenth(x float64) string   { return strconv.FormatFloat(x, 'f', 1, 64) }

// difference is points of success against the reference, with the corrected p-value.
func difference(pairs []bench.Pair, contender string) string {
	i := slices.IndexFunc(pairs, func(p bench.Pair) bool { return p.A == contender })
	if i < 0 {
		return "–"
	}
	return fmt.Sprintf("%+.1f (p %s)", 100*pairs[i].Diff.At, pvalue(pairs[i].Holm))
}

func pvalue(p float64) string {
	if p < 0.001 {
		return "<.001"
	}
	return strings.TrimPrefix(fmt.Sprintf("%.3f", p), "0")
}

func thousands(x float64) string {
	if x < 1000 {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.1fk", x/1000)
}

func dollars(x float64) string {
	if x == 0 {
		return "–"
	}
	return fmt.Sprintf("%.4f", x)
}

func savingsTitle(g group) string {
	return fmt.Sprintf("Calls of %s at its best budget for one of the contender, where that reaches no lower success", g.Savings[0].Baseline)
}

func saving(s bench.Ratio) string {
	if !s.Reached {
		return fmt.Sprintf("not reached, best %+.1f points", 100*s.Gap)
	}
	return fmt.Sprintf("%.2f, best %+.1f points", s.Ratio, 100*s.Gap)
}

func (r *Report) foot(b *strings.Builder) {
	if r.Missing > 0 {
		fmt.Fprintf(b, "\n%d of %d tasks were not measured yet.\n", r.Missing, r.Missing+r.Rows)
	}
	fmt.Fprintf(b, "\n%s\n", strings.Join(r.notes(r.opts.Show), "\n"))
	if list := r.simulated(); len(list) > 0 {
		fmt.Fprintf(b, "%s: stated simulations that are told the answers and err at a stated rate; no model's result. Tokens are by rule.\n", strings.Join(list, "; "))
	}
}

// legends say how the numbers of a view are to be read.
var legends = map[string]string{
	ViewTables: "Intervals: Wilson, 95 %. p: McNemar's mid-p on the same tasks, Holm-corrected within a table. Means a task; calls include the judge's. " +
		"claimed: the run says so itself. effects: carried out.",
	ViewGrid:        "grid: success % [Wilson, 95 %] @model calls, the judge's included, and tokens, means a task.",
	ViewCompact:     "compact: model calls are means a task and include the judge's.",
	ViewDifferences: "differences: points of success on the same tasks [95 %].",
	ViewVerdict: "interval above: the contender's Wilson interval of success is above that of the best one. ratio of calls: the best one's for one of the contender's, " +
		fmt.Sprintf("where that one's success is no lower; %g is what ToolChain* claims.", bench.ClaimedRatio),
}

// notes say how the numbers of some views are to be read.
func (r *Report) notes(views []string) []string {
	var out []string
	for _, v := range Views() {
		if legends[v] != "" && slices.Contains(views, v) {
			out = append(out, legends[v])
		}
	}
	if slices.Contains(views, ViewTables) {
		for _, x := range extrasOf(r.Tables...) {
			out = append(out, x.name+": "+x.means+".")
		}
	}
	if len(r.Against) > 1 {
		out = append(out, "Compared with the best of "+strings.Join(r.Against, ", ")+", which favours that one: by chance alone one of several comes out high.")
	}
	if len(r.opts.Pool) > 0 {
		out = append(out, "Pooled over "+strings.Join(r.opts.Pool, ", ")+". Differences: mean over all rows, paired within each condition, with an interval by task, stratified by suite, and a normal p. "+
			"Wilson's intervals take rows of one task under several conditions for independent, and are too narrow by that.")
	}
	if len(r.Signs) > 0 {
		out = append(out, "Signs: tasks: success of the base → success of the contender on the same tasks. The rule is counted as two runs: the base's calls are spent, the search begins anew where the base was not clear, and both may exceed one run's budget.")
	}
	return out
}

// simulated is what the runs simulate, each thing once.
func (r *Report) simulated() []string {
	var out []string
	for _, m := range r.Manifests {
		for _, s := range m.Simulated {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}
