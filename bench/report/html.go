package report

import (
	_ "embed"
	"encoding/json"
	"html/template"
	"io"
	"slices"
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
	manifests, err := json.MarshalIndent(r.Manifests, "", "  ")
	if err != nil {
		return err
	}
	p := page{Report: r, First: r.Manifests[0], ManifestText: string(manifests), Notes: r.notes([]string{ViewTables, ViewGrid, ViewVerdict})}
	p.Simulated = len(r.simulated()) > 0
	p.Overview, p.Rows = r.grid(), slices.Concat(r.verdict(), r.signs())
	for _, g := range r.groups() {
		p.Groups = append(p.Groups, r.shown(g))
	}
	return t.Execute(w, p)
}

// page is what the template is filled with.
type page struct {
	*Report
	First        bench.Manifest
	Simulated    bool
	ManifestText string
	Notes        []string
	Overview     []sheet
	Rows         []sheet // counted: for those who want to know
	Groups       []shownGroup
}

type shownGroup struct {
	Heading string
	Key     []series
	Plots   []plot
	Tables  []sheet
}

func (r *Report) shown(g group) shownGroup {
	out := shownGroup{Heading: heading(g.Tables[0]), Plots: []plot{callsPlot(g), costPlot(g)}}
	out.Key = out.Plots[0].Series
	for i := range g.Tables {
		out.Tables = append(out.Tables, r.table(&g.Tables[i]))
	}
	if s, ok := savings(g); ok {
		out.Tables = append(out.Tables, s)
	}
	return out
}

// heading is a table's without its budget, which differs within a group.
func heading(t bench.Table) string {
	text, _, _ := strings.Cut(t.Heading, "; budget ")
	return text
}

// Plain are the texts of a sheet without their marks.
func (s sheet) Plain() sheet {
	out := sheet{Title: plain(s.Title)}
	for _, c := range s.Columns {
		out.Columns = append(out.Columns, plain(c))
	}
	for _, row := range s.Rows {
		var texts []string
		for _, c := range row {
			texts = append(texts, plain(c))
		}
		out.Rows = append(out.Rows, texts)
	}
	return out
}

// YText is where the numbers of the vertical axis end.
func (p plot) YText() float64 { return p.Left - 8 }

// TickEnd is the lower end of a mark on the horizontal axis.
func (p plot) TickEnd() float64 { return p.Base + 5 }

// XText is the line on which the numbers of the horizontal axis stand.
func (p plot) XText() float64 { return p.Base + 18 }

// XTitle is the line on which its title stands.
func (p plot) XTitle() float64 { return p.Base + 36 }
