package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench"
	"github.com/azimuthdev/azimuth/bench/papers"
	"github.com/azimuthdev/azimuth/bench/report"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

// benchCmd compares ways of searching.
type benchCmd struct {
	Run    benchRun    `cmd:"" help:"Run strategies on the same tasks and seeds at equal budget."`
	List   benchList   `cmd:"" help:"List suites, strategies and experiments."`
	Report benchReport `cmd:"" help:"Show what a run measured, and write it as JSON and as a page."`
	Table  benchTable  `cmd:"" help:"Make the table that strategy tts chooses by of what a run measured."`
	Paper  benchPaper  `cmd:"" help:"Run the small experiment of a paper; exit 1 if its claim does not hold."`
}

type benchRun struct {
	Suite      []string        `help:"Sets of tasks; azimuth bench list names them." placeholder:"NAME" required:""`
	Strategies []string        `help:"What is compared: STRATEGY[:OPTION=VALUE]…, such as vote:k=10,astar:preset=paper." placeholder:"NAME" required:""`
	Seeds      int             `help:"Seeds of tasks." default:"5" placeholder:"N"`
	FirstSeed  uint64          `help:"The first seed." default:"1" placeholder:"N"`
	Tasks      int             `help:"Tasks a seed." default:"60" placeholder:"N"`
	Budget     []budget.Limits `help:"What a run may spend, such as calls=40 (default). May be repeated, for success against calls." placeholder:"LIMITS" sep:"none"`
	Model      string          `help:"What proposes calls: noisy, a simulation that is told the answers; lexical; or PROVIDER/NAME." default:"noisy" placeholder:"NAME"`
	P          []float64       `help:"Simulation: how often a sample is right, above 0 and at most 1 (default 0.65)." placeholder:"P"`
	E          []float64       `help:"Simulation: how strongly errors propagate, 0 to 1 (default 0.3)." placeholder:"E"`
	Errors     []string        `help:"Simulation: diffuse (every sample errs on its own; default), skewed (systematic)." placeholder:"KIND"`
	Valid      bool            `help:"Simulation: no call that the tools' schemas refuse."`
	Judge      []string        `help:"Who says that a goal is reached: none (default), noisy (simulated), or as azimuth run takes it." placeholder:"SPEC" sep:"none"`
	Demos      int             `help:"Solved requests in memory (default 5, negative for none)." placeholder:"N"`
	Lessons    int             `help:"Other requests that costa goes through before each seed, to learn from its journals (default none)." placeholder:"N"`
	Parallel   int             `help:"Tasks at once (default one a core)." placeholder:"N"`
	Against    []string        `help:"Compare with the best of these contenders (default vote, else the first)." placeholder:"NAME"`
	Out        string          `short:"o" help:"Directory of the results." required:"" type:"path" placeholder:"DIR"`
	Journals   string          `help:"Keep the journal of every run, for azimuth calibrate: a path or sqlite:PATH (default none is kept)." placeholder:"DSN"`
	Resume     bool            `help:"Go on with the results that are there."`
	BaseURL    string          `name:"base-url" help:"Endpoint of an OpenAI-compatible server." placeholder:"URL"`
	Prices     string          `help:"File with prices that replace the built-in ones." placeholder:"FILE" type:"path"`
}

func (c *benchRun) spec() bench.Spec {
	var judges []string
	for _, j := range c.Judge {
		judges = append(judges, splitJudges(j)...)
	}
	return bench.Spec{
		Suites: c.Suite, Strategies: c.Strategies, Seeds: c.Seeds, First: c.FirstSeed, Tasks: c.Tasks, Budgets: c.Budget, Model: c.Model,
		P: c.P, E: c.E, Errors: c.Errors, Valid: c.Valid, Judges: judges, Demos: c.Demos, Lessons: c.Lessons,
	}
}

// splitJudges takes none,noisy for two judges; other judges' words may have commas in them.
func splitJudges(s string) []string {
	parts := strings.Split(s, ",")
	for _, p := range parts {
		if p != bench.None && p != bench.Noisy {
			return []string{s}
		}
	}
	return parts
}

// Run measures what is not there yet, writes the report into the directory and prints its tables.
func (c *benchRun) Run(ctx context.Context, e *env, g *Globals) error {
	if err := c.view().Validate(c.spec()); err != nil {
		return usage(err)
	}
	if err := c.spec().Validate(); err != nil { // before a file is made
		return usage(err)
	}
	journals, err := c.journals(ctx, e)
	if err != nil {
		return usage(err)
	}
	return errors.Join(c.measure(ctx, e, g, journals), closed(journals))
}

func (c *benchRun) view() report.Options { return report.Options{Against: c.Against} }

// journals opens the store for journals; nil without one.
func (c *benchRun) journals(ctx context.Context, e *env) (journal.Store, error) {
	if c.Journals == "" {
		return nil, nil
	}
	if strings.HasPrefix(c.Journals, "memory:") {
		return nil, errors.New("journals: memory: is gone when the command ends; give a path")
	}
	return openStore(ctx, c.Journals, e)
}

func closed(s journal.Store) error {
	if s == nil {
		return nil
	}
	return s.Close()
}

func (c *benchRun) measure(ctx context.Context, e *env, g *Globals, journals journal.Store) error {
	r, err := bench.NewRunner(c.spec(), &bench.RunnerOptions{
		Journals: journals,
		Parallel: c.Parallel, Progress: (&benchProgress{e: e, quiet: g.Quiet}).show,
		OpenModel: func(string) (model.Model, error) {
			return openModel(ctx, &modelFlags{Model: c.Model, BaseURL: c.BaseURL, Prices: c.Prices, Mode: "auto"}, e)
		},
		OpenJudge: func(spec string, m model.Model) (judge.Judge, error) { return openJudge(spec, m) },
	})
	if err != nil {
		return usage(err)
	}
	d, err := bench.OpenDir(c.Out, r.Manifest(c.command()), c.Resume)
	if err != nil {
		return usage(err)
	}
	err = r.Run(ctx, d)
	if !g.Quiet && e.terminal {
		fmt.Fprintln(e.err)
	}
	if err := errors.Join(err, d.Close()); err != nil {
		fmt.Fprintf(e.err, "go on with --resume; what was measured is in %s\n", c.Out)
		return err
	}
	return writeReport([]*bench.Dir{d}, c.Out, &reported{Options: c.view()}, e, g)
}

// command is the command line that gives these results again, whatever came from the environment or a file.
func (c *benchRun) command() []string {
	s := c.spec().WithDefaults()
	out := []string{"azimuth", "bench", "run", "--suite", strings.Join(s.Suites, ","), "--strategies", strings.Join(s.Strategies, ","),
		"--seeds", fmt.Sprint(s.Seeds), "--first-seed", fmt.Sprint(s.First), "--tasks", fmt.Sprint(s.Tasks), "--demos", fmt.Sprint(s.Demos), "--model", s.Model}
	if s.Lessons > 0 {
		out = append(out, "--lessons", fmt.Sprint(s.Lessons))
	}
	for _, b := range s.Budgets {
		out = append(out, "--budget", b.String())
	}
	for _, j := range s.Judges {
		out = append(out, "--judge", j)
	}
	if s.Model != bench.Noisy {
		return out
	}
	if s.Valid {
		out = append(out, "--valid")
	}
	return append(out, "--p", listed(s.P), "--e", listed(s.E), "--errors", strings.Join(s.Errors, ","))
}

func listed(list []float64) string {
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strings.Join(words, ",")
}

// benchProgress is a bar on a terminal, and a line every now and then elsewhere.
type benchProgress struct {
	e     *env
	quiet bool
	said  int
	begun time.Time
}

func (b *benchProgress) show(p bench.Progress) {
	if b.quiet || p.Total == 0 {
		return
	}
	if b.begun.IsZero() {
		b.begun = time.Now()
	}
	percent := 100 * p.Done / p.Total
	if !b.e.terminal && percent/10 == b.said/10 && p.Done != p.Total {
		return
	}
	b.said = percent
	rate := float64(p.Done-p.Kept) / max(time.Since(b.begun).Seconds(), 0.001)
	text := fmt.Sprintf("%d of %d tasks, %.0f a second, %s", p.Done, p.Total, rate, p.Row.Contender)
	if p.Row.Contender == "" {
		text = fmt.Sprintf("%d of %d tasks were there already", p.Done, p.Total)
	}
	if b.e.terminal {
		const width = 24
		full := width * p.Done / p.Total
		fmt.Fprintf(b.e.err, "\r\x1b[K[%s%s] %s", strings.Repeat("█", full), strings.Repeat("░", width-full), text)
		return
	}
	fmt.Fprintln(b.e.err, text)
}

// reported is how a report is shown.
type reported struct {
	report.Options
	markdown bool
}

// writeReport writes a report into a directory, if there is one, and prints it.
func writeReport(dirs []*bench.Dir, dir string, how *reported, e *env, g *Globals) error {
	res, err := bench.Merge(dirs...)
	if err != nil {
		return usage(err)
	}
	r, err := report.New(res, time.Now(), &how.Options)
	if err != nil {
		return usage(err)
	}
	files := map[string]func(io.Writer) error{"report.json": r.JSON, "report.html": r.HTML}
	if dir == "" {
		clear(files)
	} else if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, write := range files {
		if err := writeFile(filepath.Join(dir, name), write); err != nil {
			return err
		}
	}
	switch {
	case g.JSON:
		return r.JSON(e.out)
	case how.markdown:
		err = r.Markdown(e.out)
	default:
		err = r.Text(e.out)
	}
	if !g.Quiet && dir != "" {
		fmt.Fprintf(e.err, "written: %s\n", filepath.Join(dir, "report.{json,html}"))
	}
	return err
}

type benchReport struct {
	Dirs     []string `arg:"" name:"dir" help:"Directories that azimuth bench run wrote. Several are reported as one." type:"path"`
	Show     []string `help:"What is printed: tables (default), grid, compact, differences, verdict, signs." placeholder:"VIEW"`
	Against  []string `help:"Compare with the best of these contenders (default vote, else the first)." placeholder:"NAME"`
	Of       []string `help:"Contenders that the views show (default all)." placeholder:"NAME"`
	Pool     []string `help:"Put conditions together along these axes: suite, p, e, errors, judge, budget." placeholder:"AXIS"`
	Columns  []string `help:"Axes from left to right in grid, compact, differences and signs (default errors,judge)." placeholder:"AXIS"`
	Markdown bool     `help:"Print Markdown."`
	Out      string   `short:"o" help:"Directory for report.json and report.html (default DIR, where there is one)." type:"path" placeholder:"DIR"`
}

func (c *benchReport) Run(e *env, g *Globals) error {
	var dirs []*bench.Dir
	for _, path := range c.Dirs {
		d, err := bench.LoadDir(path)
		if err != nil {
			return usage(err)
		}
		dirs = append(dirs, d)
	}
	out := c.Out
	if out == "" && len(dirs) == 1 {
		out = c.Dirs[0]
	}
	how := reported{report.Options{Against: c.Against, Of: c.Of, Pool: c.Pool, Columns: c.Columns, Show: c.Show}, c.Markdown}
	return writeReport(dirs, out, &how, e, g)
}

type benchTable struct {
	Dir   string `arg:"" help:"Directory that azimuth bench run wrote, with bestofn, beam or beam:diverse=true among the strategies." type:"path"`
	Named bool   `help:"Keep models and judges apart by their names."`
}

func (c *benchTable) Run(e *env, g *Globals) error {
	d, err := bench.LoadDir(c.Dir)
	if err != nil {
		return usage(err)
	}
	t, err := bench.TTSTable(d.Rows(), c.Named)
	if err != nil {
		return usage(err)
	}
	if g.JSON {
		return writeJSON(e.out, struct {
			Table search.Table `json:"table"`
		}{t})
	}
	_, err = fmt.Fprint(e.out, t)
	return err
}

type benchList struct{}

func (c *benchList) Run(e *env, g *Globals) error {
	var names []string
	for _, p := range papers.All() {
		if p.Experiment != nil {
			names = append(names, p.Name)
		}
	}
	if g.JSON {
		return writeJSON(e.out, struct {
			Suites      []string `json:"suites"`
			Strategies  []string `json:"strategies"`
			Presets     []string `json:"presets"`
			Experiments []string `json:"experiments"`
		}{suiteNames(), search.Names(), search.Presets(), names})
	}
	fmt.Fprintln(e.out, "suites:")
	for _, s := range bench.Suites() {
		fmt.Fprintf(e.out, "  %-24s %s\n", s.Name, s.About)
	}
	fmt.Fprintf(e.out, "strategies: %s\npresets of astar: %s\nexperiments: %s\n", azimuth.Strategies(), strings.Join(search.Presets(), ", "), strings.Join(names, ", "))
	return nil
}

func suiteNames() []string {
	var out []string
	for _, s := range bench.Suites() {
		out = append(out, s.Name)
	}
	return out
}

type benchPaper struct {
	Name     string  `arg:"" help:"The paper; azimuth papers lists them."`
	Parallel int     `help:"Tasks at once (default one a core)." placeholder:"N"`
	Scale    float64 `help:"So many times the usual number of tasks." default:"1" placeholder:"X"`
}

func (c *benchPaper) Run(ctx context.Context, e *env, g *Globals) error {
	p, err := papers.FindExperiment(c.Name)
	if err != nil {
		return usage(err)
	}
	f, err := p.Experiment(ctx, &papers.Options{Parallel: c.Parallel, Scale: c.Scale, Progress: (&benchProgress{e: e, quiet: g.Quiet}).show})
	if err != nil {
		return err
	}
	if g.JSON {
		err = writeJSON(e.out, f)
	} else {
		err = f.Text(e.out)
	}
	if err == nil && !f.Holds {
		err = exitError(exitFailed)
	}
	return err
}
