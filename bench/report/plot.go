package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/azimuthdev/azimuth/bench"
)

// plot is a picture of points on two axes, in SVG units.
type plot struct {
	Title, X, Y string
	W, H        float64
	Left, Base  float64 // where the axes cross
	Right, Top  float64
	XTicks      []tick
	YTicks      []tick
	Series      []series
	Front       []xy // the points that nothing beats at their price
	Labels      []label
}

type tick struct {
	At   float64
	Text string
}

type series struct {
	Name   string
	Color  int // 0 to colors-1
	Dashed bool
	Mark   int // of the points: 0 to marks-1
	Points []dot
}

// label is a name beside a point of the front.
type label struct {
	xy
	Text  string
	Color int
	End   bool // the text ends there
}

// dot is a measured point with its interval.
type dot struct {
	xy
	Lo, Hi float64 // ends of the interval, as Y
	Text   string  // what the reader is told of it
}

type xy struct{ X, Y float64 }

// colors is how many colours the page has, marks how many shapes of points. Series beyond the colours are dashed and have the
// next shape.
const (
	colors = 10
	marks  = 3
)

const (
	plotW, plotH           = 640.0, 360.0
	padL, padR, padT, padB = 52.0, 16.0, 14.0, 44.0
	percentStep            = 20
	labelW, labelH         = 220.0, 13.0 // what the name of a point takes up
)

// measure is a point before it has a place.
type measure struct {
	x       float64
	success bench.Interval
	text    string
}

// scale places values on a logarithmic axis, since budgets are doubled rather than added to.
type scale struct{ lo, hi float64 }

func newScale(xs []float64) scale {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, x := range xs {
		if x > 0 {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	if lo > hi {
		return scale{1, 10}
	}
	return scale{lo / 1.25, hi * 1.25}
}

func (s scale) at(x float64) float64 {
	x = max(x, s.lo)
	return tenths(padL + (plotW-padL-padR)*math.Log(x/s.lo)/math.Log(s.hi/s.lo))
}

// ticks are at 1, 2 and 5 times the powers of ten.
func (s scale) ticks() []tick {
	var out []tick
	for e := math.Floor(math.Log10(s.lo)); e <= math.Ceil(math.Log10(s.hi)); e++ {
		for _, m := range []float64{1, 2, 5} {
			if x := m * math.Pow(10, e); x >= s.lo && x <= s.hi {
				out = append(out, tick{s.at(x), short(x)})
			}
		}
	}
	return out
}

func short(x float64) string {
	switch {
	case x >= 1e6:
		return fmt.Sprintf("%gM", x/1e6)
	case x >= 1e3:
		return fmt.Sprintf("%gk", x/1e3)
	}
	return fmt.Sprintf("%g", math.Round(x*1e6)/1e6)
}

func height(share float64) float64 { return tenths(plotH - padB - (plotH-padT-padB)*share) }

// tenths of a pixel are enough.
func tenths(x float64) float64 { return math.Round(10*x) / 10 }

// newPlot places the points of each name. Names keep their colours from plot to plot.
func newPlot(title, x string, names []string, points map[string][]measure) plot {
	p := plot{
		Title: title, X: x, Y: "success, %", W: plotW, H: plotH, Left: padL, Base: plotH - padB, Right: plotW - padR, Top: padT,
	}
	var xs []float64
	for _, n := range names {
		for _, m := range points[n] {
			xs = append(xs, m.x)
		}
	}
	s := newScale(xs)
	p.XTicks = s.ticks()
	for i := 0; i <= 100; i += percentStep {
		p.YTicks = append(p.YTicks, tick{height(float64(i) / 100), fmt.Sprint(i)})
	}
	for i, n := range names {
		one := series{Name: n, Color: i % colors, Dashed: i >= colors, Mark: i / colors % marks}
		for _, m := range points[n] {
			one.Points = append(one.Points, dot{xy{s.at(m.x), height(m.success.At)}, height(m.success.Lo), height(m.success.Hi), n + ": " + m.text})
		}
		slices.SortStableFunc(one.Points, func(a, b dot) int { return cmp.Compare(a.X, b.X) })
		p.Series = append(p.Series, one)
	}
	p.front()
	return p
}

// front marks the points that no cheaper or equally cheap one equals, as a staircase from left to right, and names them where
// there is room.
func (p *plot) front() {
	var all []label
	for _, s := range p.Series {
		for _, d := range s.Points {
			all = append(all, label{d.xy, s.Name, s.Color, d.X > (p.Left+p.Right)/2})
		}
	}
	slices.SortStableFunc(all, func(a, b label) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	best := math.Inf(1) // Y grows downwards
	for _, d := range all {
		if d.Y >= best {
			continue
		}
		if len(p.Front) > 0 {
			p.Front = append(p.Front, xy{d.X, best})
		}
		best = d.Y
		p.Front = append(p.Front, d.xy)
		taken := func(l label) bool { return l.Y-d.Y <= labelH && (l.End == d.End || d.X-l.X <= labelW) }
		if !slices.ContainsFunc(p.Labels, taken) {
			p.Labels = append(p.Labels, d)
		}
	}
	if len(p.Front) > 0 {
		p.Front = append(p.Front, xy{p.Right, best})
	}
}

// callsPlot shows success against calls, a line a contender.
func callsPlot(g group) plot {
	points := map[string][]measure{}
	var names []string
	for _, c := range g.Curves {
		names = append(names, c.Contender)
		for _, q := range c.Points {
			points[c.Contender] = append(points[c.Contender], measure{q.Calls, q.Success, fmt.Sprintf("budget %s, %.1f calls, %s", q.Budget, q.Calls, success(q.Success))})
		}
	}
	return newPlot("Success against model calls", "model calls a task (mean)", names, points)
}

// costPlot shows success against what it costs: dollars where there are prices, tokens otherwise.
func costPlot(g group) plot {
	usd := false
	for _, t := range g.Tables {
		for _, l := range t.Lines {
			usd = usd || l.Means.USD > 0
		}
	}
	unit, price := "tokens a task (mean)", func(m bench.Means) float64 { return m.Tokens }
	if usd {
		unit, price = "$ a task (mean)", func(m bench.Means) float64 { return m.USD }
	}
	points := map[string][]measure{}
	var names []string
	for _, t := range g.Tables {
		for _, l := range t.Lines {
			if points[l.Contender] == nil {
				names = append(names, l.Contender)
			}
			x := price(l.Means)
			points[l.Contender] = append(points[l.Contender], measure{x, l.Success, fmt.Sprintf("budget %s, %s %s, %s", t.Condition.Budget, short(math.Round(x*1e4)/1e4), unit, success(l.Success))})
		}
	}
	return newPlot("Cost and quality", unit, names, points)
}

func success(i bench.Interval) string {
	return fmt.Sprintf("%.1f %% [%.1f, %.1f]", 100*i.At, 100*i.Lo, 100*i.Hi)
}
