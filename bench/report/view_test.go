package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench"
)

// spread makes rows of two suites, with and without a judge: vote solves 10 of 20 tasks with 12 calls, clearly the first
// six of them; auto 18 with 6 calls.
func spread(t *testing.T, o *Options) *Report {
	t.Helper()
	s := bench.Spec{Suites: []string{"home", "trip"}, Strategies: []string{"vote", "lats:no_reflection=true:k=10", "astar:preset=auto"}, Tasks: 20, Seeds: 1,
		Judges: []string{bench.None, bench.Noisy}}.WithDefaults()
	var rows []bench.Row
	for _, c := range s.Conditions() {
		for i := range s.Tasks {
			row := func(name string, m bench.Measures) {
				rows = append(rows, bench.Row{Key: bench.Key{Condition: c, Contender: name, Seed: 1, Task: i}, Measures: m})
			}
			vote := bench.Measures{Success: i < 10, Finished: i < 19, ModelCalls: 12, Prompt: 18000, Margin: 1, Top: 0.7}
			if i < 6 {
				vote.Margin, vote.Top = 3, 0.9
			}
			row("vote", vote)
			row("lats:no_reflection=true:k=10", bench.Measures{Success: i < 2, Finished: true, ModelCalls: 40, Prompt: 50000})
			row("astar:preset=auto", bench.Measures{Success: i >= 2, Finished: true, ModelCalls: 6, Prompt: 9000, PriceRatio: 1.25, ToolMS: 3.5})
		}
	}
	m := bench.Manifest{Format: 1, Started: date, Spec: s, Model: s.Model, Simulated: []string{"SIMULATED proposer"}}
	r, err := New(&bench.Results{Manifests: []bench.Manifest{m}, Rows: rows}, date, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Each view in Markdown, as it is pasted into a page.
func TestViews(t *testing.T) {
	tree := []string{"lats:no_reflection=true:k=10"}
	for _, c := range []struct {
		o    Options
		want []string
	}{
		{Options{Show: []string{ViewGrid}}, []string{
			"### SIMULATED: home\n\n| | diffuse, no judge | diffuse, judge |\n|---|---|---|\n| `vote` | 50 [30–70] @12, 18k | 50 [30–70] @12, 18k |\n",
			"| `lats` no_reflection k=10 | 10 [3–30] @40, 50k |", "| `auto` | 90 [70–97] @6, 9k |", "### SIMULATED: trip\n",
		}},
		{Options{Show: []string{ViewGrid}, Columns: []string{bench.AxisSuite}, Of: []string{"vote"}, Pool: []string{bench.AxisJudge}}, []string{
			"### SIMULATED: no judge and judge\n\n| | home | trip |\n|---|---|---|\n| `vote` | 50 [35–65] @12, 18k |", "Pooled over judge",
		}},
		{Options{Show: []string{ViewCompact}}, []string{
			"### Success % of `vote` · `lats` no_reflection k=10 · `auto`\n\n| condition | diffuse, no judge", "| SIMULATED: home | 50 10 90 | 50 10 90 |", "| 12 40 6 |",
		}},
		{Options{Show: []string{ViewDifferences}, Of: []string{"astar:preset=auto"}, Pool: []string{bench.AxisSuite}}, []string{
			"### SIMULATED: home and trip: points of success, paired\n", "| `auto` less `vote` | +40.0 [",
		}},
		{Options{Show: []string{ViewVerdict}, Against: tree}, []string{
			"against the best of `lats` no_reflection k=10", "| `auto` | diffuse, judge | 2 | 2 | 2 | 6.7 / 6.7 / 6.7 | 2 | +80 / +80 / +80 |", "| `vote` | diffuse, no judge | 2 | 0 | 2 | 3.3 / 3.3 / 3.3 | 2 |",
		}},
		{Options{Show: []string{ViewSigns}, Of: []string{"astar:preset=auto"}}, []string{
			"| least margin 3 or more | 6: 100 [61–100] → 67 [30–90] |", "| mean top frequency .7 to .75 | 13: 31 [13–58] → 100 [77–100] |", "| least margin no plan | 1: 0 [", "| always `vote` | 50 [30–70] @12.0 |",
			"mean top >= 0.75 | 100 [84–100] @16.2 |", "not searched, % | 30 | 30 |", "counted as two runs",
		}},
	} {
		var b bytes.Buffer
		if err := spread(t, &c.o).Markdown(&b); err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%v: no %q in\n%s", c.o.Show, want, b.String())
			}
		}
	}
}

// On a terminal contenders have the names that they are asked for by.
func TestViewsAsText(t *testing.T) {
	s := textOf(t, spread(t, &Options{Show: []string{ViewDifferences, ViewTables}}))
	if strings.Contains(s, "`") || !strings.Contains(s, "astar:preset=auto less vote              +40.0") || !strings.Contains(s, "1.25     3.50") || !strings.Contains(s, "tool ms: what the calls") {
		t.Errorf("got\n%s", s)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	for _, o := range []Options{{Of: []string{"nobody"}}, {Pool: []string{"moon"}}, {Columns: []string{"moon"}}, {Show: []string{"moon"}}} {
		var unknown *bench.UnknownError
		if err := o.Validate(bench.Spec{Strategies: []string{"vote"}}); !errors.As(err, &unknown) || len(unknown.Known) == 0 {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
