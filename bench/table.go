package bench

import (
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/engine"
)

// Table compares the contenders of one condition.
type Table struct {
	Condition Condition `json:"condition"`
	Heading   string    `json:"heading"`
	Simulated string    `json:"simulated,omitempty"`
	// Pools is how many conditions are put together; those axes are empty in Condition, and Pooled lists what is on them.
	Pools  int               `json:"pools"`
	Pooled map[string]string `json:"pooled,omitempty"`
	Lines  []Line            `json:"lines"` // in the order of the spec
	Pairs  []Pair            `json:"pairs"` // each contender against each that stands before it
}

// Line is what one contender reached. Numbers without an interval are means a task.
type Line struct {
	Contender string   `json:"contender"`
	Tasks     int      `json:"tasks"`
	Solved    int      `json:"solved"`
	Success   Interval `json:"success"`  // with its Wilson interval
	Finished  float64  `json:"finished"` // share of tasks with a whole plan
	Claimed   float64  `json:"claimed"`  // share of tasks of which the run itself says that it succeeded
	Judged    float64  `json:"judged"`   // share of tasks whose plan a judge accepted
	Means     Means    `json:"means"`
}

// Means are means a task.
type Means struct {
	Calls      float64 `json:"model_calls"`
	Samples    float64 `json:"samples"`
	Tokens     float64 `json:"tokens"` // prompt and completion
	USD        float64 `json:"usd"`
	Tools      float64 `json:"tool_calls"`
	Effects    float64 `json:"effects"`
	Expansions float64 `json:"expansions"`
	Nodes      float64 `json:"nodes"`
	Steps      float64 `json:"steps"`
	Wall       float64 `json:"wall_ms"`
	// Price is what a plan that solved its task costs by what the cheapest costs, >= 1: the mean of those; 0 where calls
	// have no prices, or nothing was solved.
	Price float64 `json:"price_ratio,omitempty"`
	// ToolMS is what the calls of a plan that solved its task took, as their answers say: the mean of those; 0 where none
	// says it, or nothing was solved.
	ToolMS float64 `json:"tool_ms,omitempty"`
}

// Tables returns a table for each condition of the spec that has rows.
func Tables(s Spec, rows []Row) []Table {
	t, _ := Pooled([]Spec{s}, rows, nil) // no axis is wrong
	return t
}

// Pooled returns the tables of several specs' rows, in the order of the specs' conditions, with the conditions that differ
// in the named axes only put together: rows of theirs stand in one line, and contenders are compared where they met the
// same task under the same condition. The error is an [*UnknownError] about an axis.
func Pooled(specs []Spec, rows []Row, axes []string) ([]Table, error) {
	if err := CheckAxes(axes); err != nil {
		return nil, err
	}
	by := cellsOf(rows)
	var out []Table
	for _, p := range pools(specs, axes) {
		t := Table{Condition: p.pooled, Heading: p.words().String(), Simulated: p.words().simulated(), Pools: len(p.members), Pooled: p.listed()}
		var names []string
		for _, name := range Contenders(specs) {
			if own := p.rows(by, name); len(own) > 0 {
				t.Lines = append(t.Lines, lineOf(name, own))
				names = append(names, name)
			}
		}
		if len(names) == 0 {
			continue
		}
		for i, a := range names {
			for _, b := range names[:i] {
				t.Pairs = append(t.Pairs, p.compare(by, a, b))
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// Contenders are the names in several specs, in their order.
func Contenders(specs []Spec) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range specs {
		for _, text := range s.Strategies {
			if name := strings.TrimSpace(text); !seen[name] {
				seen[name] = true
				out = append(out, name)
			}
		}
	}
	return out
}

// cellsOf sorts rows by the line that they belong to. Rows that stand together already, as those of [Collected.Rows] do,
// are not copied.
func cellsOf(rows []Row) map[cellKey][]Row {
	by := map[cellKey][]Row{}
	for i := 0; i < len(rows); {
		k := cellKey{rows[i].Condition, rows[i].Contender}
		j := i + 1
		for j < len(rows) && rows[j].Contender == k.contender && rows[j].Condition == k.Condition {
			j++
		}
		if by[k] == nil {
			by[k] = rows[i:j:j]
		} else {
			by[k] = append(by[k], rows[i:j]...)
		}
		i = j
	}
	return by
}

// lineOf sums up rows, which stand in parts.
func lineOf(name string, rows [][]Row) Line {
	l := Line{Contender: name}
	var m Means
	finished, claimed, judged, priced, timed := 0, 0, 0, 0, 0
	for _, part := range rows {
		for i := range part {
			r := &part[i]
			l.Tasks++
			l.Solved += count(r.Success)
			finished += count(r.Finished)
			claimed += count(r.Status == string(engine.Succeeded))
			judged += count(r.Judged == Accepted)
			m.add(r)
			if r.Success && r.PriceRatio > 0 {
				priced++
				m.Price += r.PriceRatio
			}
			if r.Success && r.ToolMS > 0 {
				timed++
				m.ToolMS += r.ToolMS
			}
		}
	}
	l.Success = Wilson(l.Solved, l.Tasks, Z95)
	n := float64(l.Tasks)
	l.Finished, l.Claimed, l.Judged = float64(finished)/n, float64(claimed)/n, float64(judged)/n
	m.Price /= max(1, float64(priced))
	m.ToolMS /= max(1, float64(timed))
	l.Means = m.by(n)
	return l
}

// add sums first: whole numbers then add up exactly, in whatever order.
func (m *Means) add(r *Row) {
	m.Calls += float64(r.ModelCalls)
	m.Samples += float64(r.Samples)
	m.Tokens += float64(r.Prompt + r.Completion)
	m.USD += r.USD
	m.Tools += float64(r.ToolCalls)
	m.Effects += float64(r.Effects)
	m.Expansions += float64(r.Expansions)
	m.Nodes += float64(r.Nodes)
	m.Steps += float64(r.Steps)
	m.Wall += r.WallMS
}

// by divides the sums by the number of tasks. Price and the tools' time are means already.
func (m Means) by(n float64) Means {
	for _, x := range []*float64{&m.Calls, &m.Samples, &m.Tokens, &m.USD, &m.Tools, &m.Effects, &m.Expansions, &m.Nodes, &m.Steps, &m.Wall} {
		*x /= n
	}
	return m
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Line returns a contender's line; ok is false where it has none.
func (t *Table) Line(contender string) (l Line, ok bool) {
	i := slices.IndexFunc(t.Lines, func(l Line) bool { return l.Contender == contender })
	if i < 0 {
		return l, false
	}
	return t.Lines[i], true
}

// Best returns the contender with the highest success of those named, of equal ones the one with fewer calls; ok is
// false where none of them has a line. Taking the best of several favours it: by chance alone one comes out high.
func (t *Table) Best(contenders []string) (name string, ok bool) {
	var best Line
	for _, l := range t.Lines {
		if !slices.Contains(contenders, l.Contender) {
			continue
		}
		if !ok || l.Success.At > best.Success.At || l.Success.At == best.Success.At && l.Means.Calls < best.Means.Calls {
			best, ok = l, true
		}
	}
	return best.Contender, ok
}
