package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

type toolsCmd struct {
	Name string `arg:"" optional:"" help:"Show one tool whole, with its schema."`
	sourceFlags
}

func (c *toolsCmd) Run(ctx context.Context, e *env, g *Globals) (err error) {
	conn, err := connect(ctx, &c.sourceFlags, g.file, e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.close()) }()
	set, err := conn.set()
	if err != nil {
		return usage(err)
	}
	if c.Name != "" {
		return c.one(set, e, g)
	}
	if g.JSON {
		return writeJSON(e.out, set.Specs())
	}
	for _, s := range set.Specs() {
		fmt.Fprintf(e.out, "%-32s %-11s %-14s %s\n", s.Name, s.Effect, s.Server, short(s.Description, 90))
	}
	for _, s := range set.Specs() {
		if s.Effect == tool.Unknown {
			fmt.Fprintln(e.err, "tools of unknown effect are treated as destructive; say what they do with \"trust\" and \"effects\" in the server's configuration")
			break
		}
	}
	return nil
}

func (c *toolsCmd) one(set *tool.Set, e *env, g *Globals) error {
	s, ok := set.Spec(c.Name)
	if !ok {
		_, err := set.Parse(c.Name, "{}")
		return usage(err)
	}
	if g.JSON {
		return writeJSON(e.out, s)
	}
	fmt.Fprintf(e.out, "%s (%s)\n\n%s\n\narguments:\n", s.Name, s.Effect, clean(s.Description))
	if err := writeJSON(e.out, s.Input); err != nil || len(s.Output) == 0 {
		return err
	}
	fmt.Fprintln(e.out, "\nanswers:")
	return writeJSON(e.out, s.Output)
}

// set returns the connection's tools, of a world too.
func (c *connection) set() (*tool.Set, error) {
	if c.world != nil {
		return tool.SetOf(c.world)
	}
	return tool.NewSet(c.tools...)
}

type modelsCmd struct {
	Search string `arg:"" optional:"" help:"Only models whose name contains this."`
	Prices string `help:"File with prices that replace the built-in ones." placeholder:"FILE" type:"path"`
}

func (c *modelsCmd) Run(e *env, g *Globals) error {
	override, err := priceTable(c.Prices)
	if err != nil {
		return usage(err)
	}
	rows := []modelRow{{Name: "lexical", Prices: &model.Prices{}}}
	for _, name := range model.ListedModels("") {
		l, _ := model.LookupListed(name)
		rows = append(rows, modelRow{name, model.LookupPrices(name, "", override), l.ContextTokens})
	}
	rows = slices.DeleteFunc(rows, func(r modelRow) bool {
		return !strings.Contains(strings.ToLower(r.Name), strings.ToLower(c.Search))
	})
	if g.JSON {
		return writeJSON(e.out, rows)
	}
	if len(rows) == 0 {
		fmt.Fprintf(e.err, "no model whose name contains %q is listed; others work too, and --prices gives them a price\n", c.Search)
		return nil
	}
	fmt.Fprintf(e.out, "%-60s %10s %10s %10s %10s   ($ a million tokens)\n", "model", "prompt", "cached", "completion", "window")
	for _, r := range rows {
		fmt.Fprintf(e.out, "%-60s %10.3f %10.3f %10.3f %10d\n", r.Name, r.Prices.Prompt, r.Prices.Cached, r.Prices.Completion, r.Window)
	}
	return nil
}

// modelRow is a model with its prices in dollars a million tokens.
type modelRow struct {
	Name   string        `json:"name"`
	Prices *model.Prices `json:"prices"`
	Window int           `json:"context_tokens,omitempty"`
}
