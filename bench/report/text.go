package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/azimuthdev/azimuth/bench"
)

// Text writes the tables for a terminal.
func (r *Report) Text(w io.Writer) error {
	var b strings.Builder
	for i, g := range r.groups() {
		if i > 0 {
			b.WriteString("\n")
		}
		for j := range g.Tables {
			if j > 0 {
				b.WriteString("\n")
			}
			r.table(&b, &g.Tables[j])
		}
		r.savings(&b, g)
	}
	r.foot(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) table(b *strings.Builder, t *bench.Table) {
	fmt.Fprintf(b, "%s\n", t.Heading)
	width := len("contender")
	for _, l := range t.Lines {
		width = max(width, len(l.Contender))
	}
	reference := r.reference(t)
	pairs := t.Against(reference)
	tw := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(tw, "%-*s\t%s\t\n", width, "contender", strings.Join(columns(reference), "\t"))
	for _, l := range t.Lines {
		fmt.Fprintf(tw, "%-*s\t%s\t\n", width, l.Contender, strings.Join(cells(l, pairs), "\t"))
	}
	_ = tw.Flush() // a builder takes everything
}

// columns are the headings of [cells].
func columns(reference string) []string {
	return []string{"success %", "95 %", "against " + reference, "claimed %", "calls", "samples", "tokens", "$", "tools", "effects", "nodes", "steps", "ms", "tasks"}
}

// cells are a line's numbers, in the order of [columns].
func cells(l bench.Line, pairs []bench.Pair) []string {
	out := []string{percent(l.Success.At), percent(l.Success.Lo) + "–" + percent(l.Success.Hi), difference(pairs, l.Contender), percent(l.Claimed)}
	m := l.Means
	out = append(out, tenth(m.Calls), tenth(m.Samples), thousands(m.Tokens), dollars(m.USD))
	for _, x := range []float64{m.Tools, m.Effects, m.Nodes, m.Steps, m.Wall} {
		out = append(out, tenth(x))
	}
	return append(out, strconv.Itoa(l.Tasks))
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

// savings says how many calls each contender takes for what the reference reaches.
func (r *Report) savings(b *strings.Builder, g group) {
	if len(g.Tables) < 2 || len(g.Savings) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s:\n", savingsTitle(g))
	for _, s := range g.Savings {
		fmt.Fprintf(b, "  %-40s %s\n", s.Contender, saving(s.Ratio))
	}
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
	fmt.Fprintf(b, "\nIntervals: Wilson. p: McNemar's mid-p on the same tasks, Holm-corrected within a table. Means a task; calls include the judge's. claimed: the run says so itself.\n")
	if len(r.Against) > 1 {
		fmt.Fprintf(b, "Compared with the best of %s, which favours that one: by chance alone one of several comes out high.\n", strings.Join(r.Against, ", "))
	}
	for _, s := range r.Manifest.Simulated {
		fmt.Fprintf(b, "%s: a stated simulation that is told the answers and errs at a stated rate; no model's result. Tokens are by rule.\n", s)
	}
}
