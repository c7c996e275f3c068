package report

import (
	_ "embed"
	"encoding/json"
	"html/template"
	"io"
	"strings"

	"github.com/azimuthdev/azimuth/bench"
)

//go:embed page.html
var pageSource string

// HTML writes the report as one page that needs nothing else: no network, no other file, no script.
func (r *Report) HTML(w io.Writer) error {
	t, err := template.New("page").Parse(pageSource)
	if err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(r.Manifest, "", "  ")
	if err != nil {
		return err
	}
	p := page{Report: r, Simulated: len(r.Manifest.Simulated) > 0, ManifestText: string(manifest)}
	for _, g := range r.groups() {
		p.Groups = append(p.Groups, r.shown(g))
	}
	return t.Execute(w, p)
}

// page is what the template is filled with.
type page struct {
	*Report
	Simulated    bool
	ManifestText string
	Groups       []shownGroup
}

type shownGroup struct {
	Heading, SavingsTitle string
	Key                   []series
	Plots                 []plot
	Tables                []shownTable
	Savings               []shownLine
}

type shownTable struct {
	Heading string
	Columns []string
	Lines   []shownLine
}

type shownLine struct {
	Name, Text string
	Cells      []string
}

func (r *Report) shown(g group) shownGroup {
	out := shownGroup{Heading: heading(g.Condition), Plots: []plot{callsPlot(g), costPlot(g)}}
	out.Key = out.Plots[0].Series
	for i := range g.Tables {
		t := &g.Tables[i]
		reference := r.reference(t)
		pairs := t.Against(reference)
		st := shownTable{Heading: t.Heading, Columns: columns(reference)}
		for _, l := range t.Lines {
			st.Lines = append(st.Lines, shownLine{Name: l.Contender, Cells: cells(l, pairs)})
		}
		out.Tables = append(out.Tables, st)
	}
	if len(g.Tables) > 1 && len(g.Savings) > 0 {
		out.SavingsTitle = savingsTitle(g)
		for _, s := range g.Savings {
			out.Savings = append(out.Savings, shownLine{Name: s.Contender, Text: saving(s.Ratio)})
		}
	}
	return out
}

// heading is a condition's without its budget, which differs within a group.
func heading(c bench.Condition) string { return strings.TrimSuffix(c.String(), "; budget ") }

// YText is where the numbers of the vertical axis end.
func (p plot) YText() float64 { return p.Left - 8 }

// TickEnd is the lower end of a mark on the horizontal axis.
func (p plot) TickEnd() float64 { return p.Base + 5 }

// XText is the line on which the numbers of the horizontal axis stand.
func (p plot) XText() float64 { return p.Base + 18 }

// XTitle is the line on which its title stands.
func (p plot) XTitle() float64 { return p.Base + 36 }
