package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/internal/disk"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/decode"
	"github.com/azimuthdev/azimuth/search"
)

// searching are the flags that run, plan and fork share.
type searching struct {
	sourceFlags
	modelFlags
	searchFlags
	judgeFlags
	storeFlags
	memoryFlags
	approveFlags
}

func (f *searching) wanted(g *Globals) wanted {
	for i, doc := range f.OpenAPI {
		f.OpenAPI[i] = rooted(doc)
	}
	w := wanted{
		origin:  origin{f.sourceFlags, f.modelFlags, f.judgeFlags, g.path()},
		approve: &f.approveFlags, store: f.Store, memory: &f.memoryFlags, said: &f.said,
	}
	w.settings, w.notes = f.said.near(f.settings())
	return w
}

func (g *Globals) path() string {
	if g.file == nil {
		return ""
	}
	return g.file.path
}

// rooted makes the path of a document independent of where the command was started; a URL stays what it is.
func rooted(doc string) string {
	if strings.Contains(doc, "://") {
		return doc
	}
	return kong.ExpandPath(doc)
}

// goalFlags are the goal of run and plan.
type goalFlags struct {
	Goal *string `arg:"" optional:"" help:"What is to be reached. A request of a sandbox (--world game24-7-3) has a goal of its own."`
}

// goal is what was said, else what the request of a sandbox is.
func (f *goalFlags) goal(name string) (string, error) {
	if f.Goal != nil {
		if strings.TrimSpace(*f.Goal) == "" {
			return "", usagef("goal: empty; say what is to be reached")
		}
		return *f.Goal, nil
	}
	goal, err := world.Goal(name)
	var unknown *world.UnknownError
	switch {
	case errors.As(err, &unknown):
		return "", usage(err)
	case err != nil:
		return "", usagef("goal: there is none; say what is to be reached, or name a request of a sandbox, such as --world game24-7-3")
	}
	return goal, nil
}

// say prints a goal that nobody typed.
func (f *goalFlags) say(goal string, s *session) {
	if f.Goal == nil {
		s.print.note("goal: " + goal)
	}
}

type runCmd struct {
	goalFlags
	searching
}

func (c *runCmd) Run(ctx context.Context, e *env, g *Globals) error {
	goal, err := c.goal(c.World)
	if err != nil {
		return err
	}
	return with(ctx, c.wanted(g), g, e, func(s *session) (*azimuth.Result, error) {
		c.say(goal, s)
		return s.agent.Run(ctx, goal)
	})
}

// with opens a session, runs something that has a result, and prints the result.
func with(ctx context.Context, w wanted, g *Globals, e *env, f func(*session) (*azimuth.Result, error)) (err error) {
	s, err := open(ctx, w, g, e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	r, err := f(s)
	s.print.clear()
	if r == nil {
		return wrong(err)
	}
	s.print.stopped = err != nil
	if printErr := s.print.result(r); printErr != nil {
		return printErr
	}
	if err != nil {
		s.print.interrupted(r, err)
		return exitError(exitFailed)
	}
	return status(r)
}

// wrong makes mistakes in what the command was given usage errors.
func wrong(err error) error {
	for _, mistake := range []error{azimuth.ErrPlan, azimuth.ErrTools, azimuth.ErrSetting, azimuth.ErrNode, model.ErrUnable} {
		if errors.Is(err, mistake) {
			return usage(err)
		}
	}
	return missing(err)
}

// status is the exit code of a result.
func status(r *azimuth.Result) error {
	switch r.Status {
	case engine.Succeeded:
		return nil
	case engine.Exhausted:
		return exitError(exitBudget)
	case engine.Denied:
		return exitError(exitDenied)
	}
	return exitError(exitFailed)
}

type planCmd struct {
	goalFlags
	Out string `short:"o" help:"Write the plan to a file, for azimuth apply." placeholder:"FILE" type:"path"`
	searching
}

func (c *planCmd) Run(ctx context.Context, e *env, g *Globals) error {
	goal, err := c.goal(c.World)
	if err != nil {
		return err
	}
	if c.Out == "-" {
		e = e.aside()
	}
	return with(ctx, c.wanted(g), g, e, func(s *session) (*azimuth.Result, error) {
		c.say(goal, s)
		p, r, err := s.agent.Plan(ctx, goal)
		s.print.plan = p
		if err != nil || p == nil || c.Out == "" {
			return r, err
		}
		if err := writeFile(c.Out, p.Write); err != nil {
			return nil, fmt.Errorf("the plan was found (run %s) and can't be written: %w", r.RunID, err)
		}
		s.print.planFile = c.Out
		return r, nil
	})
}

// aside is the process for a command whose standard output holds a file, and nothing beside it.
func (e *env) aside() *env {
	other := *e
	other.out = e.err
	return &other
}

// writeFile writes a file whole or not at all.
func writeFile(path string, write func(io.Writer) error) error {
	if path == "-" {
		return write(os.Stdout)
	}
	return disk.Replace(path, 0o644, write)
}

type applyCmd struct {
	File string `arg:"" help:"Plan file that azimuth plan -o wrote, and that you reviewed." type:"path"`
	Yes  bool   `short:"y" env:"-" help:"The plan was reviewed: approve the effects that it lists. An approval ends with the first step that does not go as planned."`
	searching
}

func (c *applyCmd) Run(ctx context.Context, e *env, g *Globals) error {
	f, err := os.Open(c.File)
	if err != nil {
		return usage(fmt.Errorf("plan file: %w; azimuth plan -o writes one", err))
	}
	p, err := azimuth.ReadPlan(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return usage(fmt.Errorf("%s: %w", c.File, err))
	}
	by := ""
	if c.Yes {
		by = "plan file " + c.File
	}
	w := c.wanted(g)
	c.sources(ctx, &w, p.RunID, g, e)
	w.check = func(a *azimuth.Agent) error {
		if err := a.Check(p); err != nil {
			return fmt.Errorf("%s: %w", c.File, err)
		}
		return nil
	}
	return with(ctx, w, g, e, func(s *session) (*azimuth.Result, error) {
		return s.agent.Apply(ctx, p, by)
	})
}

// sources gives a plan the tools that it was made with, where none are named and the search that found it is on
// record here. Whether they are still what they were is checked like any tools.
func (c *applyCmd) sources(ctx context.Context, w *wanted, run string, g *Globals, e *env) {
	if c.named() {
		return
	}
	r := resumeCmd{ID: run, storeFlags: c.storeFlags}
	if was, err := r.wanted(ctx, g, e); err == nil {
		w.origin.sourceFlags = was.origin.sourceFlags
		w.origin.ConfigFile = was.origin.ConfigFile
	}
}

// named says whether any tools are named.
func (f *sourceFlags) named() bool { return f.World != "" || len(f.MCPConfig)+len(f.OpenAPI) > 0 }

type resumeCmd struct {
	ID     string         `arg:"" name:"run" help:"The run's id, its beginning, or last." default:"last"`
	Budget *budget.Limits `help:"A new budget for the whole run, what it spent so far included." placeholder:"LIMITS"`
	approveFlags
	storeFlags
	memoryFlags
}

func (c *resumeCmd) Run(ctx context.Context, e *env, g *Globals) error {
	w, err := c.wanted(ctx, g, e)
	if err != nil {
		return err
	}
	if c.Budget != nil {
		w.settings.Budget = *c.Budget
	}
	return with(ctx, w, g, e, func(s *session) (*azimuth.Result, error) {
		return s.agent.Resume(ctx, c.ID, c.Budget)
	})
}

// wanted finds out from the run's journal which tools and model it had.
func (c *resumeCmd) wanted(ctx context.Context, g *Globals, e *env) (wanted, error) {
	s, err := lookStore(ctx, c.Store, e)
	if err != nil {
		return wanted{}, usage(err)
	}
	v, err := azimuth.OpenView(ctx, s, c.ID, nil)
	if err := errors.Join(err, s.Close()); err != nil {
		return wanted{}, usage(err)
	}
	o, err := originOf(v)
	if err == nil {
		err = g.restore(o.ConfigFile)
	}
	if err != nil {
		return wanted{}, err
	}
	c.ID = v.Run.ID
	settings, _ := v.Settings.Read() // an earlier build took options that were never read
	return wanted{origin: o, settings: settings, approve: &c.approveFlags, store: c.Store, memory: &c.memoryFlags}, nil
}

// restore reads the configuration that a run was started with, unless this command was given one of its own: its
// tools and rules are the run's.
func (g *Globals) restore(path string) error {
	if path == "" || g.file == nil || g.file.given || g.file.path == path {
		return nil
	}
	file, err := loadConfig(path, nil)
	if err != nil {
		return usage(fmt.Errorf("%w; the run was started with it: give another one with --config", err))
	}
	g.file = file
	return nil
}

type forkCmd struct {
	ID   string        `arg:"" name:"run" help:"The run's id, its beginning, or last."`
	Node search.NodeID `arg:"" help:"The node to branch off at, as azimuth tree numbers them."`
	searching
}

func (c *forkCmd) Run(ctx context.Context, e *env, g *Globals) error {
	r := resumeCmd{ID: c.ID, storeFlags: c.storeFlags, memoryFlags: c.memoryFlags, approveFlags: c.approveFlags}
	w, err := r.wanted(ctx, g, e)
	if err != nil {
		return err
	}
	w.settings, w.notes = c.said.near(c.settings())
	w.said = &c.said
	if c.named() {
		w.origin.sourceFlags = c.sourceFlags
	}
	if c.Model != "lexical" {
		w.origin.modelFlags = c.modelFlags
	} else if c.Aligned != "" || c.AlignedURL != "" || w.settings.Decode != decode.ByTransferQ { // what the forked run steered by is its own
		w.origin.Aligned, w.origin.AlignedURL = c.Aligned, c.AlignedURL
	}
	return with(ctx, w, g, e, func(s *session) (*azimuth.Result, error) {
		return s.agent.Fork(ctx, r.ID, c.Node)
	})
}
