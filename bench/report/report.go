package report

import (
	"encoding/json"
	"io"
	"slices"
	"time"

	"github.com/azimuthdev/azimuth/bench"
	"github.com/azimuthdev/azimuth/search"
)

// Format is the format of the JSON that this program writes.
const Format = 2

// Report is what a bench measured.
type Report struct {
	Format    int              `json:"format"`
	Written   time.Time        `json:"written"`
	Manifests []bench.Manifest `json:"manifests"` // of the runs whose rows these are
	Rows      int              `json:"rows"`
	Missing   int              `json:"missing"` // rows of the specs that were not measured
	Tables    []bench.Table    `json:"tables"`
	Curves    []bench.Curve    `json:"curves"`
	Savings   []Saving         `json:"savings"`
	Verdicts  []bench.Verdict  `json:"verdicts"`
	Signs     []bench.Signs    `json:"signs,omitempty"`
	Against   []string         `json:"against"` // others are compared with the best of these, table by table
	opts      Options
	differ    map[string]bool // axes on which the tables differ
}

// Saving is [bench.Saved] under a condition.
type Saving struct {
	Condition bench.Condition `json:"condition"` // without its budget
	bench.Ratio
}

// Options of a [Report]; nil and empty fields take the defaults.
type Options struct {
	// Against names contenders: every other one is compared with the best of them, table by table. Default: vote
	// where it is there, else the first.
	Against []string
	// Of names the contenders that the views show; all by default.
	Of []string
	// Pool names the axes along which conditions are put together, see [bench.Axes].
	Pool []string
	// Columns names the axes that are set out from left to right in the views; errors and judge by default.
	Columns []string
	// Show names what [Report.Text] and [Report.Markdown] write, see [Views]; the tables by default.
	Show []string
}

// Validate says which name is unknown, and lists what there is: an [*bench.UnknownError].
func (o Options) Validate(specs ...bench.Spec) error {
	if err := bench.CheckAxes(slices.Concat(o.Pool, o.Columns)); err != nil {
		return err
	}
	for _, v := range o.Show {
		if !slices.Contains(Views(), v) {
			return &bench.UnknownError{Kind: "view", Name: v, Known: Views()}
		}
	}
	known := bench.Contenders(specs)
	for _, n := range slices.Concat(o.Against, o.Of) {
		if !slices.Contains(known, n) {
			return &bench.UnknownError{Kind: "contender", Name: n, Known: known}
		}
	}
	return nil
}

func (o Options) withDefaults(specs []bench.Spec) Options {
	known := bench.Contenders(specs)
	switch {
	case len(o.Against) > 0 || len(known) == 0:
	case slices.Contains(known, search.Vote):
		o.Against = []string{search.Vote}
	default:
		o.Against = known[:1]
	}
	if len(o.Columns) == 0 {
		o.Columns = []string{bench.AxisErrors, bench.AxisJudge}
	}
	if len(o.Show) == 0 {
		o.Show = []string{ViewTables}
	}
	return o
}

// New puts a report together. now is when it is written. Errors are those of [Options.Validate].
func New(res *bench.Results, now time.Time, o *Options) (*Report, error) {
	var opts Options
	if o != nil {
		opts = *o
	}
	specs := res.Specs()
	if err := opts.Validate(specs...); err != nil {
		return nil, err
	}
	opts = opts.withDefaults(specs)
	r := &Report{
		Format: Format, Written: now.UTC(), Manifests: res.Manifests, Rows: len(res.Rows), Missing: res.Missing, Against: opts.Against, opts: opts,
	}
	var err error
	if r.Tables, err = bench.Pooled(specs, res.Rows, opts.Pool); err != nil {
		return nil, err
	}
	r.Curves, r.differ = bench.Curves(r.Tables), differing(r.Tables)
	r.Verdicts = bench.Verdicts(r.Tables, r.Against, opts.Of)
	for _, g := range r.groups() {
		base, ok := bench.BestCurve(g.Curves, r.Against)
		for _, c := range g.Curves {
			if ok && !slices.Contains(r.Against, c.Contender) {
				r.Savings = append(r.Savings, Saving{c.Condition, bench.Saved(c, base)})
			}
		}
	}
	if slices.Contains(opts.Show, ViewSigns) {
		r.Signs, err = bench.SignsOf(specs, res.Rows, opts.Pool, r.Against[0], r.others(specs))
	}
	return r, err
}

// others are the contenders that are shown, but for those that they are compared with.
func (r *Report) others(specs []bench.Spec) []string {
	var out []string
	for _, n := range bench.Contenders(specs) {
		if r.shows(n) && !slices.Contains(r.Against, n) {
			out = append(out, n)
		}
	}
	return out
}

func (r *Report) shows(contender string) bool {
	return len(r.opts.Of) == 0 || slices.Contains(r.opts.Of, contender)
}

// reference is the contender that a table's others are compared with.
func (r *Report) reference(t *bench.Table) string {
	name, _ := t.Best(r.Against)
	return name
}

// JSON writes the report as one object.
func (r *Report) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// group is a set of tables that differ in their budget only, with their curves.
type group struct {
	Condition bench.Condition // without its budget
	Tables    []bench.Table
	Curves    []bench.Curve
	Savings   []Saving
}

func (r *Report) groups() []group {
	var out []group
	index := map[bench.Condition]int{}
	at := func(c bench.Condition) *group {
		c = c.Without(bench.AxisBudget)
		i, ok := index[c]
		if !ok {
			i = len(out)
			index[c] = i
			out = append(out, group{Condition: c})
		}
		return &out[i]
	}
	for _, t := range r.Tables {
		g := at(t.Condition)
		g.Tables = append(g.Tables, t)
	}
	for _, c := range r.Curves {
		g := at(c.Condition)
		g.Curves = append(g.Curves, c)
	}
	for _, s := range r.Savings {
		g := at(s.Condition)
		g.Savings = append(g.Savings, s)
	}
	return out
}
