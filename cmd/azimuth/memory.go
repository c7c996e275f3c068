package main

import (
	"context"
	"fmt"
	"time"

	"github.com/azimuthdev/azimuth/memory"
)

// memoryCmd looks at and edits what is remembered.
type memoryCmd struct {
	List   memoryList   `cmd:"" default:"withargs" help:"List plans, those nearest to a goal first where one is given."`
	Show   memoryShow   `cmd:"" help:"Show one plan, as demonstrations are written."`
	Add    memoryAdd    `cmd:"" help:"Add demonstrations from a YAML or JSON file."`
	Remove memoryRemove `cmd:"" help:"Forget a plan."`
	Path   memoryPath   `cmd:"" help:"Print where plans are kept."`
}

// memoryFlag is where plans are kept.
type memoryFlag struct {
	File string `name:"memory" help:"Plans that succeeded (default under the user's data directory)." placeholder:"FILE"`
}

type memoryList struct {
	Goal  string `arg:"" optional:"" help:"Only the plans whose goals are nearest to this one."`
	Limit int    `short:"n" help:"At most so many." default:"20"`
	memoryFlag
}

func (c *memoryList) Run(ctx context.Context, e *env, g *Globals) error {
	m, err := openPlans(c.File, e)
	if err != nil {
		return usage(err)
	}
	var plans []memory.Plan
	if c.Goal != "" {
		plans, err = m.Search(ctx, c.Goal, c.Limit)
	} else if plans, err = m.List(ctx); len(plans) > c.Limit {
		plans = plans[:c.Limit]
	}
	if err != nil {
		return err
	}
	if g.JSON {
		if plans == nil {
			plans = []memory.Plan{}
		}
		return writeJSON(e.out, plans)
	}
	for _, p := range plans {
		fmt.Fprintf(e.out, "%s  %-8s  %-16s  %s\n", p.ID, count(len(p.Calls), "call"), short(p.Source, 16), short(p.Goal, 90))
	}
	return nil
}

type memoryShow struct {
	ID string `arg:"" help:"The plan's id, or its beginning."`
	memoryFlag
}

func (c *memoryShow) Run(ctx context.Context, e *env, g *Globals) error {
	m, err := openPlans(c.File, e)
	if err != nil {
		return usage(err)
	}
	p, err := m.Get(ctx, c.ID)
	if err != nil {
		return usage(err)
	}
	if g.JSON {
		return writeJSON(e.out, p)
	}
	fmt.Fprintf(e.out, "%s\n%s, %s\n", clean(p.Goal), p.Source, p.Created.Local().Format(time.DateTime))
	for i, call := range p.Calls {
		fmt.Fprintf(e.out, "%3d  %s %s\n", i+1, call.Tool, clean(string(call.Args)))
	}
	return nil
}

type memoryAdd struct {
	Files []string `arg:"" help:"Files of demonstrations: a list of {goal, calls: [{tool, args}]}." type:"existingfile"`
	memoryFlag
}

func (c *memoryAdd) Run(ctx context.Context, e *env, _ *Globals) error {
	m, err := openPlans(c.File, e)
	if err != nil {
		return usage(err)
	}
	var all []memory.Plan
	for _, path := range c.Files {
		plans, err := loadPlans(path)
		if err != nil {
			return usage(err)
		}
		all = append(all, plans...)
	}
	n, err := m.Add(ctx, all...)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%s added, %d known already\n", count(n, "plan"), len(all)-n)
	return nil
}

type memoryRemove struct {
	ID []string `arg:"" help:"Ids of plans, or their beginnings."`
	memoryFlag
}

func (c *memoryRemove) Run(ctx context.Context, e *env) error {
	m, err := openPlans(c.File, e)
	if err != nil {
		return usage(err)
	}
	for _, id := range c.ID { // all of them, or none
		if _, err := m.Get(ctx, id); err != nil {
			return usage(err)
		}
	}
	for _, id := range c.ID {
		if err := m.Remove(ctx, id); err != nil {
			return usage(err)
		}
		fmt.Fprintln(e.out, "forgotten:", id)
	}
	return nil
}

type memoryPath struct{ memoryFlag }

func (c *memoryPath) Run(e *env) error {
	path := c.File
	if path == "" {
		var err error
		if path, err = memory.DefaultPath(e.getenv); err != nil {
			return usage(err)
		}
	}
	_, err := fmt.Fprintln(e.out, path)
	return err
}
