package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/journal"
)

// originOf returns where a run's tools and model came from.
func originOf(v *azimuth.View) (origin, error) {
	var o origin
	if len(v.Note) == 0 {
		return o, usagef("run %s was not started by the command; resume it from the program that started it", v.Run.ID)
	}
	if err := json.Unmarshal(v.Note, &o); err != nil {
		return o, fmt.Errorf("run %s: %w", v.Run.ID, err)
	}
	return o, nil
}

// viewing opens a run to look at.
func viewing(ctx context.Context, f *storeFlags, id string, e *env, each func(*azimuth.View, journal.Told), look func(*azimuth.View) error) error {
	s, err := lookStore(ctx, f.Store, e)
	if err != nil {
		return usage(err)
	}
	v, err := azimuth.OpenView(ctx, s, id, each)
	if err == nil {
		err = look(v)
	}
	return errors.Join(missing(err), s.Close())
}

// missing makes asking for what is not there, or can't be read by this version, a usage error.
func missing(err error) error {
	for _, mistake := range []error{journal.ErrNoRun, journal.ErrAmbiguous, journal.ErrNewer} {
		if errors.Is(err, mistake) {
			return usage(err)
		}
	}
	return err
}

type showCmd struct {
	ID string `arg:"" name:"run" help:"The run's id, its beginning, or last." default:"last"`
	storeFlags
}

func (c *showCmd) Run(ctx context.Context, e *env, g *Globals) error {
	return viewing(ctx, &c.storeFlags, c.ID, e, nil, func(v *azimuth.View) error {
		p := newPrinter(e, g)
		p.store = c.Store
		if g.JSON {
			return p.result(v.Result)
		}
		fmt.Fprintf(e.out, "Goal: %s\nModel: %s, strategy %s, seed %d, started %s\n", short(v.Run.Goal, 1000), v.Started.Model,
			strategyOf(v), v.Started.Seed, v.Run.Started.Local().Format(time.DateTime))
		if why := v.Why(); why != "" {
			fmt.Fprintf(e.out, "Why: %s took %s\n", strategyOf(v), why)
		}
		if shown, of := v.Demonstrations(); of > 0 {
			fmt.Fprintf(e.out, "Demonstrations: %d of %d in memory that are like the goal\n", shown, of)
		}
		fmt.Fprintln(e.out)
		if v.Run.Status == "" {
			v.Result.Status = "interrupted"
		}
		return p.result(v.Result)
	})
}

func strategyOf(v *azimuth.View) string {
	s := v.Settings.Strategy
	if s == "astar" || s == "" {
		s = "astar " + v.Settings.Preset
	}
	return s
}

type runsCmd struct {
	Limit int `short:"n" help:"At most so many, the newest first." default:"20"`
	storeFlags
}

func (c *runsCmd) Run(ctx context.Context, e *env, g *Globals) error {
	s, err := lookStore(ctx, c.Store, e)
	if err != nil {
		return usage(err)
	}
	runs, err := s.Runs(ctx, c.Limit)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	if g.JSON {
		if runs == nil {
			runs = []journal.Run{}
		}
		return writeJSON(e.out, runs)
	}
	for _, r := range runs {
		status := r.Status
		if status == "" {
			status = "interrupted"
		}
		fmt.Fprintf(e.out, "%s  %-11s  %6d records  %s\n", r.ID, status, r.Records, short(r.Goal, 80))
	}
	return nil
}

type replayCmd struct {
	ID string `arg:"" name:"run" help:"The run's id, its beginning, or last." default:"last"`
	storeFlags
}

// Run rebuilds the run twice, the second time from a copy of its records, and compares.
func (c *replayCmd) Run(ctx context.Context, e *env, g *Globals) error {
	n := 0
	each := func(v *azimuth.View, t journal.Told) {
		if n++; !g.JSON && !g.Quiet {
			fmt.Fprintln(e.out, told(v, n, t))
		}
	}
	return viewing(ctx, &c.storeFlags, c.ID, e, each, func(v *azimuth.View) error {
		out := struct {
			RunID  string `json:"run_id"`
			Tells  int    `json:"tells"`
			Nodes  int    `json:"nodes"`
			Digest string `json:"digest"`
		}{v.Run.ID, n, v.Tree.Len() - 1, fmt.Sprintf("%016x", v.Tree.Digest())}
		if g.JSON {
			return writeJSON(e.out, out)
		}
		fmt.Fprintf(e.out, "\n%s, %s, digest %s\n", count(out.Tells, "outcome"), count(out.Nodes, "node"), out.Digest)
		return nil
	})
}

type exportCmd struct {
	ID  string `arg:"" name:"run" help:"The run's id, its beginning, or last." default:"last"`
	Out string `short:"o" help:"File to write; standard output by default." default:"-" type:"path"`
	storeFlags
}

func (c *exportCmd) Run(ctx context.Context, e *env, _ *Globals) error {
	s, err := lookStore(ctx, c.Store, e)
	if err != nil {
		return usage(err)
	}
	r, err := s.Get(ctx, c.ID)
	if err == nil && c.Out == "-" {
		err = journal.Export(ctx, s, r.ID, e.out)
	} else if err == nil {
		err = writeFile(c.Out, func(w io.Writer) error { return journal.Export(ctx, s, r.ID, w) })
	}
	return errors.Join(missing(err), s.Close())
}

type importCmd struct {
	File string `arg:"" help:"File that azimuth export wrote." type:"existingfile"`
	storeFlags
}

func (c *importCmd) Run(ctx context.Context, e *env, _ *Globals) error {
	f, err := os.Open(c.File)
	if err != nil {
		return usage(err)
	}
	defer f.Close()
	if _, err := journal.Import(ctx, journal.NewMemory(), f); err != nil { // nothing is written unless all of it is right
		return usage(fmt.Errorf("%s: %w", c.File, err))
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	s, err := openStore(ctx, c.Store, e)
	if err != nil {
		return usage(err)
	}
	run, err := journal.Import(ctx, s, f)
	if err == nil {
		fmt.Fprintln(e.out, run.ID)
	}
	return errors.Join(usage(err), s.Close())
}
