package bench

import (
	"slices"

	"github.com/azimuthdev/azimuth/engine"
)

// Table compares the contenders of one condition.
type Table struct {
	Condition Condition `json:"condition"`
	Heading   string    `json:"heading"`
	Simulated string    `json:"simulated,omitempty"`
	Lines     []Line    `json:"lines"` // in the order of the spec
	Pairs     []Pair    `json:"pairs"` // each contender against each that stands before it
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
}

// Tables returns a table for each condition of the spec that has rows.
func Tables(s Spec, rows []Row) []Table {
	by := map[Condition]map[string][]Row{}
	for _, r := range rows {
		if by[r.Condition] == nil {
			by[r.Condition] = map[string][]Row{}
		}
		by[r.Condition][r.Contender] = append(by[r.Condition][r.Contender], r)
	}
	contenders, _ := ParseContenders(s.Strategies) // of a spec that was run
	var out []Table
	for _, c := range s.Conditions() {
		if len(by[c]) == 0 {
			continue
		}
		t := Table{Condition: c, Heading: c.String(), Simulated: c.Simulated()}
		var names []string
		for _, x := range contenders {
			if own := by[c][x.Name]; len(own) > 0 {
				t.Lines = append(t.Lines, lineOf(x.Name, own))
				names = append(names, x.Name)
			}
		}
		for i, a := range names {
			for _, b := range names[:i] {
				t.Pairs = append(t.Pairs, Compare(by[c][a], by[c][b]))
			}
		}
		out = append(out, t)
	}
	return out
}

func lineOf(name string, rows []Row) Line {
	l := Line{Contender: name, Tasks: len(rows)}
	for _, r := range rows {
		l.Solved += count(r.Success)
	}
	l.Success = Wilson(l.Solved, l.Tasks, Z95)
	l.Finished = mean(rows, func(r *Row) float64 { return float64(count(r.Finished)) })
	l.Claimed = mean(rows, func(r *Row) float64 { return float64(count(r.Status == string(engine.Succeeded))) })
	l.Judged = mean(rows, func(r *Row) float64 { return float64(count(r.Judged == Accepted)) })
	l.Means = Means{
		Calls:      mean(rows, func(r *Row) float64 { return float64(r.ModelCalls) }),
		Samples:    mean(rows, func(r *Row) float64 { return float64(r.Samples) }),
		Tokens:     mean(rows, func(r *Row) float64 { return float64(r.Prompt + r.Completion) }),
		USD:        mean(rows, func(r *Row) float64 { return r.USD }),
		Tools:      mean(rows, func(r *Row) float64 { return float64(r.ToolCalls) }),
		Effects:    mean(rows, func(r *Row) float64 { return float64(r.Effects) }),
		Expansions: mean(rows, func(r *Row) float64 { return float64(r.Expansions) }),
		Nodes:      mean(rows, func(r *Row) float64 { return float64(r.Nodes) }),
		Steps:      mean(rows, func(r *Row) float64 { return float64(r.Steps) }),
		Wall:       mean(rows, func(r *Row) float64 { return r.WallMS }),
	}
	return l
}

// mean sums first: whole numbers then add up exactly, in whatever order.
func mean(rows []Row, of func(*Row) float64) float64 {
	sum := 0.0
	for i := range rows {
		sum += of(&rows[i])
	}
	return sum / float64(len(rows))
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

// Pair compares two contenders on the tasks that both were run on.
type Pair struct {
	A     string   `json:"a"`
	B     string   `json:"b"`
	Tasks int      `json:"tasks"`
	OnlyA int      `json:"only_a"` // solved by A and not by B
	OnlyB int      `json:"only_b"`
	Diff  Interval `json:"difference"`         // of success, A less B
	Exact float64  `json:"mcnemar_exact"`      // p-values, two-sided, not corrected
	Mid   float64  `json:"mcnemar_mid_p"`      // for other comparisons
	Holm  float64  `json:"holm_p,omitempty"`   // Mid, corrected for the comparisons of [Table.Against]
	Calls float64  `json:"calls_ratio_b_to_a"` // mean model calls of B for one of A, whatever their success
}

// Compare pairs the rows of a with those of b by seed and task. The rows are of one condition.
func Compare(a, b []Row) Pair {
	type task struct {
		seed uint64
		n    int
	}
	other := map[task]Row{}
	for _, r := range b {
		other[task{r.Seed, r.Task}] = r
	}
	var p Pair
	callsA, callsB := 0, 0
	for _, r := range a {
		o, ok := other[task{r.Seed, r.Task}]
		if !ok {
			continue
		}
		p.A, p.B = r.Contender, o.Contender
		p.Tasks++
		callsA, callsB = callsA+r.ModelCalls, callsB+o.ModelCalls
		switch {
		case r.Success && !o.Success:
			p.OnlyA++
		case o.Success && !r.Success:
			p.OnlyB++
		}
	}
	if callsA > 0 {
		p.Calls = float64(callsB) / float64(callsA)
	}
	p.Diff = Difference(p.OnlyA, p.OnlyB, p.Tasks, Z95)
	p.Exact, p.Mid = McNemar(p.OnlyA, p.OnlyB)
	return p
}

// turned is the same comparison from the other side.
func (p Pair) turned() Pair {
	p.A, p.B, p.OnlyA, p.OnlyB = p.B, p.A, p.OnlyB, p.OnlyA
	p.Diff = Interval{0 - p.Diff.At, 0 - p.Diff.Hi, 0 - p.Diff.Lo} // 0 is not -0
	if p.Calls > 0 {
		p.Calls = 1 / p.Calls
	}
	return p
}

// Against returns every other contender against one, with p-values corrected for making all these comparisons.
func (t *Table) Against(contender string) []Pair {
	var out []Pair
	var ps []float64
	for _, l := range t.Lines {
		for _, p := range t.Pairs {
			if p.A == contender && p.B == l.Contender {
				p = p.turned()
			}
			if p.A == l.Contender && p.B == contender {
				out, ps = append(out, p), append(ps, p.Mid)
			}
		}
	}
	for i, p := range Holm(ps) {
		out[i].Holm = p
	}
	return out
}
