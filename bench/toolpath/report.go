package toolpath

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Report is what came of an [Experiment].
type Report struct {
	Claim     string   `json:"claim"`     // of the paper
	Expected  string   `json:"expected"`  // the shape that the claim should have here
	Simulated string   `json:"simulated"` // what is not real
	Measured  []Point  `json:"measured"`
	Notes     []string `json:"notes,omitempty"`
	Rows      []Row    `json:"rows"`  // for plots
	Edits     []int    `json:"edits"` // the lengths of the chains
}

// Point is one thing that was measured and what the claim says of it.
type Point struct {
	What  string `json:"what"`
	Got   string `json:"got"`
	Want  string `json:"want,omitempty"` // empty: for information
	Holds bool   `json:"holds"`
}

// Holds says whether every point that has a want does.
func (r *Report) Holds() bool {
	return !slices.ContainsFunc(r.Measured, func(p Point) bool { return p.Want != "" && !p.Holds })
}

func newReport(o Options) *Report {
	return &Report{
		Edits: o.Edits,
		Claim: "A* over the tools that the subtasks need, by cost and quality at once, traces a front over alpha that dominates fixed choices; its accuracy stays flat as chains get longer, where theirs decays; it recovers from tools that fail.",
		Expected: "with alpha from 0 to 2 the path gets cheaper and its result less like the target; some alpha is at least as good as each greedy choice in both; " +
			"edits done well fall by at most 5 points from the shortest chains to the longest, and by less than with the best tool for each edit; with a tool out of order they fall by at most 5 points; near exhaustive enumeration on short chains",
		Simulated: "SIMULATED judge of the steps (the grader), subtasks from the words of the goal; tools, outputs and prices are real",
		Notes: []string{
			fmt.Sprintf("%d requests of each length; prices and qualities were learnt on %d others.", o.Tasks, o.Lessons),
			"The cost of a path is the paper's: what its own steps took, failed attempts included. What the search ran beside it is under \"spent\".",
			"Greedy choices make one attempt at each edit and are not checked, as the paper's baselines; \"" + Checked + "\" is a harder baseline of our own.",
			"Exhaustive enumeration knows the usual settings only; the search may try others.",
		},
	}
}

func (r *Report) add(what, got, want string, holds bool) {
	r.Measured = append(r.Measured, Point{What: what, Got: got, Want: want, Holds: holds})
}

func (r *Report) addRows(edits int, all map[string][]outcome) {
	for _, name := range slices.Sorted(maps.Keys(all)) {
		r.Rows = append(r.Rows, row(name, edits, all[name]))
	}
}

// at returns the row of a contender at a length.
func (r *Report) at(name string, edits int) Row {
	for _, x := range r.Rows {
		if x.Contender == name && x.Edits == edits {
			return x
		}
	}
	return Row{Contender: name, Edits: edits}
}

// mean is a contender's mean over all lengths.
func (r *Report) mean(name string) Row {
	m := Row{Contender: name}
	for _, n := range r.Edits {
		x := r.at(name, n)
		k := 1 / float64(len(r.Edits))
		m.Tasks += x.Tasks
		m.Cost, m.Spent, m.Likeness, m.Good, m.Whole = m.Cost+k*x.Cost, m.Spent+k*x.Spent, m.Likeness+k*x.Likeness, m.Good+k*x.Good, m.Whole+k*x.Whole
	}
	return m
}

func (x Row) text() string {
	return fmt.Sprintf("path %.2f ms, spent %.2f ms, likeness %.3f, edits done well %.1f %%, all of them %.1f %%", x.Cost, x.Spent, x.Likeness, 100*x.Good, 100*x.Whole)
}

// front is the cost-quality front over alpha, against greedy choices.
func (r *Report) front() {
	var costs, likes []float64
	for _, a := range alphas {
		m := r.mean(Alpha(a))
		r.add("all lengths, "+Alpha(a), m.text(), "", false)
		costs, likes = append(costs, m.Cost), append(likes, m.Likeness)
	}
	for _, name := range []string{Deferred, Exact, Cheapest, BestTool, Checked, Planned} {
		r.add("all lengths, "+name, r.mean(name).text(), "", false)
	}
	r.add("path cost over alpha 0 to 2", list(costs, "%.3f"), "never rises", falls(costs))
	r.add("likeness over alpha 0 to 2", list(likes, "%.3f"), "never rises", falls(likes))
	for _, name := range []string{Cheapest, BestTool} {
		b := r.mean(name)
		over := slices.IndexFunc(alphas, func(a float64) bool {
			m := r.mean(Alpha(a))
			return m.Cost <= b.Cost && m.Likeness >= b.Likeness
		})
		got := "none is"
		if over >= 0 {
			got = "alpha " + fmt.Sprint(alphas[over]) + " is"
		}
		r.add("an alpha at most as dear as "+name+" and at least as like the target", got, "there is one", over >= 0)
	}
}

// falls says whether no number is above the one before it, but for rounding.
func falls(v []float64) bool {
	for i := 1; i < len(v); i++ {
		if v[i] > v[i-1]*(1+1e-9) {
			return false
		}
	}
	return true
}

func list(v []float64, format string) string {
	var out []string
	for _, x := range v {
		out = append(out, fmt.Sprintf(format, x))
	}
	return strings.Join(out, ", ")
}

// gap is how a contender does against all paths carried out.
type gap struct {
	n, same      int // requests that both do well, or neither; those with no worse objective
	above, share float64
	more, fewer  int // requests that only the contender, or only the enumeration, does well
}

func gapOf(name string, all map[int]map[string][]outcome) gap {
	var g gap
	for _, edits := range slices.Sorted(maps.Keys(all)) {
		for i, best := range all[edits][Exhaustive] {
			switch o := all[edits][name][i]; {
			case o.whole && !best.whole:
				g.more++
			case !o.whole && best.whole:
				g.fewer++
			default:
				g.n++
				above := ratio(o.value, best.value) - 1
				g.above += above
				g.share += ratio(o.spent, best.spent)
				if above <= 1e-9 {
					g.same++
				}
			}
		}
	}
	g.above, g.share = g.above/float64(max(g.n, 1)), g.share/float64(max(g.n, 1))
	return g
}

// gaps compares with all paths carried out.
func (r *Report) gaps(all map[int]map[string][]outcome) {
	for _, name := range []string{Alpha(1), Exact, Deferred, Planned} {
		g := gapOf(name, all)
		r.add(fmt.Sprintf("up to %d edits, %s against all paths at alpha 1", exhausted, name),
			fmt.Sprintf("as good or better in %d of %d, objective %+.1f %% on average, in %.0f %% of the tools' time; %d more requests done well, %d fewer",
				g.same, g.n, 100*g.above, 100*g.share, g.more, g.fewer), "", false)
	}
	g := gapOf(Alpha(1), all)
	r.add("objective above that of exhaustive enumeration", fmt.Sprintf("%+.1f %%", 100*g.above), "at most +10 %", g.above <= .1)
}

// flat compares how accuracy falls as chains get longer.
func (r *Report) flat() {
	fall := func(name string) float64 {
		return r.at(name, r.Edits[0]).Good - r.at(name, r.Edits[len(r.Edits)-1]).Good
	}
	for _, name := range []string{Alpha(0), Alpha(1), Cheapest, BestTool, Checked} {
		var good, whole []float64
		for _, n := range r.Edits {
			x := r.at(name, n)
			good, whole = append(good, 100*x.Good), append(whole, 100*x.Whole)
		}
		r.add(fmt.Sprintf("edits done well at %v edits, %s", r.Edits, name), list(good, "%.1f")+" %; requests done well "+list(whole, "%.0f")+" %", "", false)
	}
	own, theirs := fall(Alpha(0)), fall(BestTool)
	r.add(fmt.Sprintf("fall of edits done well from %d to %d edits, %s", r.Edits[0], r.Edits[len(r.Edits)-1], Alpha(0)), points(own), "at most 5 points", own <= .05)
	r.add("the same, "+BestTool, points(theirs), "more than that of the search", theirs > own)
}

func points(v float64) string { return fmt.Sprintf("%.1f points", 100*v) }

// recovery says what a tool out of order costs.
func (r *Report) recovery(x *recovered) {
	before, with, fixed := row("", 4, x.before), row("", 4, x.search), row("", 4, x.fixed)
	r.add("4 edits, "+Alpha(0)+" without a failure", before.text(), "", false)
	r.add("4 edits, "+Alpha(0)+", a tool of its own path out of order", with.text(), "", false)
	r.add("4 edits, "+BestTool+", the same tool out of order", fixed.text(), "", false)
	lost := before.Good - with.Good
	r.add("edits done well that the failure costs the search", points(lost), "at most 5 points", lost <= .05)
	r.add("steps of the broken tool, the first time and once the table knows (deferred)", fmt.Sprintf("%.2f, then %.2f", x.tries, x.triesAgain),
		"fewer", x.triesAgain < x.tries && !math.IsNaN(x.tries))
}

// ratio is a by b, 1 where both are 0.
func ratio(a, b float64) float64 {
	if b == 0 {
		if a == 0 {
			return 1
		}
		return math.Inf(1)
	}
	return a / b
}
