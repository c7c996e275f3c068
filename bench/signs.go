package bench

// Signs say when a search is worth its calls, by what a run without one shows: how clear the votes on its way were (see
// [Measures]: Margin and Top). Both runs are of the same tasks.
type Signs struct {
	Condition Condition   `json:"condition"`
	Heading   string      `json:"heading"`
	Base      string      `json:"base"`      // walks by votes
	Contender string      `json:"contender"` // searches
	Tasks     int         `json:"tasks"`
	Margin    []SignGroup `json:"by_least_margin"`
	Top       []SignGroup `json:"by_mean_top"`
	Rule      Rule        `json:"rule"`
}

// SignGroup are the tasks in which the base showed the same sign.
type SignGroup struct {
	Sign      string   `json:"sign"`
	Tasks     int      `json:"tasks"`
	Base      Interval `json:"base"` // success
	Contender Interval `json:"contender"`
	Diff      Interval `json:"difference"` // contender less base, paired
	Mid       float64  `json:"mcnemar_mid_p"`
}

// Rule compares three ways of using the two: always the base, always the contender, and the contender only where the base
// was not clear. The last is counted as two runs: what the base spent is spent, and the search begins anew, so that calls
// add up and may exceed what one run is allowed. A search that could take over all of the base's requests would need
// less, at best what the contender alone does.
type Rule struct {
	Margin int     `json:"least_margin"` // clear: the least margin is no lower, in votes …
	Top    float64 `json:"mean_top"`     // … nor is the mean share of the samples, and there is a whole plan
	Clear  int     `json:"clear"`        // tasks
	Over   int     `json:"over_budget"`  // tasks on which both together took more calls than one run is allowed
	Base   Way     `json:"always_base"`
	Search Way     `json:"always_contender"`
	Both   Way     `json:"by_rule"`
}

// Way is what a way reaches and takes.
type Way struct {
	Success Interval `json:"success"`
	Calls   float64  `json:"model_calls"` // mean
}

// ClearMargin and ClearTop are the rule's bounds, for votes of five samples (found in a simulator).
const (
	ClearMargin = 2
	ClearTop    = 0.75
)

// IsClear says whether the votes on a plan's way were so clear that a search is not worth it.
func (r *Row) IsClear() bool { return r.Finished && r.Margin >= ClearMargin && r.Top >= ClearTop }

// SignsOf compares contenders with a base that votes, condition by condition, pooled along axes as in [Pooled]. A condition
// where one of the two has no rows, or the base's show no votes, is left out. The error is an [*UnknownError] about an axis.
func SignsOf(specs []Spec, rows []Row, axes []string, base string, contenders []string) ([]Signs, error) {
	if err := CheckAxes(axes); err != nil {
		return nil, err
	}
	by := cellsOf(rows)
	var out []Signs
	for _, p := range pools(specs, axes) {
		for _, name := range contenders {
			x := newSigns(p, base, name)
			for _, c := range p.members {
				x.add(by[cellKey{c, base}], by[cellKey{c, name}], c.Budget.ModelCalls)
			}
			if x.voted {
				out = append(out, x.done())
			}
		}
	}
	return out, nil
}

// noPlan is the sign of a run that ended without a whole plan.
const noPlan = "no plan"

// signs adds tasks up.
type signs struct {
	Signs
	voted       bool
	margin, top []signCount
	both, clear int // solved by the rule; tasks
	all         signCount
	calls       [3]int // of the base, the contender and the rule
}

type signCount struct {
	sign                string
	below               float64 // the group's upper bound, not included
	tasks, base, search int
	onlyBase, onlyOther int
}

func newSigns(p *pool, base, contender string) *signs {
	x := &signs{Signs: Signs{Condition: p.pooled, Heading: p.words().String(), Base: base, Contender: contender}}
	x.margin = []signCount{{sign: "0 or less", below: 1}, {sign: "1", below: 2}, {sign: "2", below: 3}, {sign: "3 or more", below: 1e9}, {sign: noPlan}}
	x.top = []signCount{
		{sign: "below .6", below: .6}, {sign: ".6 to .7", below: .7}, {sign: ".7 to .75", below: .75}, {sign: ".75 to .85", below: .85},
		{sign: ".85 or more", below: 2}, {sign: noPlan},
	}
	return x
}

// add takes the rows of one condition.
func (x *signs) add(base, search []Row, limit int64) {
	base, search = sorted(base), sorted(search)
	for i, j := 0, 0; i < len(base) && j < len(search); {
		switch c := byTask(base[i], search[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			x.task(&base[i], &search[j], limit)
			i, j = i+1, j+1
		}
	}
}

func (x *signs) task(base, search *Row, limit int64) {
	x.voted = x.voted || base.Top > 0
	x.all.add(base, search)
	group(x.margin, base, float64(base.Margin)).add(base, search)
	group(x.top, base, base.Top).add(base, search)
	x.calls[0] += base.ModelCalls
	x.calls[1] += search.ModelCalls
	if base.IsClear() {
		x.clear++
		x.both += count(base.Success)
		x.calls[2] += base.ModelCalls
		return
	}
	x.both += count(search.Success)
	x.calls[2] += base.ModelCalls + search.ModelCalls
	x.Rule.Over += count(limit > 0 && int64(base.ModelCalls+search.ModelCalls) > limit)
}

// group returns the group that a base's row belongs to.
func group(groups []signCount, base *Row, sign float64) *signCount {
	last := len(groups) - 1
	for i := range groups[:last] {
		if base.Finished && sign < groups[i].below {
			return &groups[i]
		}
	}
	return &groups[last]
}

func (g *signCount) add(base, search *Row) {
	g.tasks++
	g.base += count(base.Success)
	g.search += count(search.Success)
	g.onlyBase += count(base.Success && !search.Success)
	g.onlyOther += count(search.Success && !base.Success)
}

func (g *signCount) group() SignGroup {
	_, mid := McNemar(g.onlyOther, g.onlyBase)
	return SignGroup{
		Sign: g.sign, Tasks: g.tasks, Base: Wilson(g.base, g.tasks, Z95), Contender: Wilson(g.search, g.tasks, Z95),
		Diff: Difference(g.onlyOther, g.onlyBase, g.tasks, Z95), Mid: mid,
	}
}

func (x *signs) done() Signs {
	s, n := x.Signs, x.all.tasks
	s.Tasks = n
	for i := range x.margin {
		s.Margin = append(s.Margin, x.margin[i].group())
	}
	for i := range x.top {
		s.Top = append(s.Top, x.top[i].group())
	}
	way := func(solved, calls int) Way { return Way{Wilson(solved, n, Z95), float64(calls) / float64(n)} }
	s.Rule.Margin, s.Rule.Top, s.Rule.Clear = ClearMargin, ClearTop, x.clear
	s.Rule.Base, s.Rule.Search, s.Rule.Both = way(x.all.base, x.calls[0]), way(x.all.search, x.calls[1]), way(x.both, x.calls[2])
	return s
}
