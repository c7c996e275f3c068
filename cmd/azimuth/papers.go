package main

import (
	"cmp"
	"fmt"

	"github.com/azimuthdev/azimuth/bench/papers"
)

// papersCmd lists what Azimuth is built from.
type papersCmd struct{}

func (c *papersCmd) Run(e *env, g *Globals) error {
	all := papers.All()
	if g.JSON {
		return writeJSON(e.out, all)
	}
	in := 0
	for _, p := range all {
		if p.Status() == papers.In {
			in++
		}
		fmt.Fprintf(e.out, "%-12s  %-10s  %-32s  %-36s  %s\n", p.Name, cmp.Or(p.ArXiv, "–"), short(p.Kind, 32), short(p.Place(), 60), p.Title)
	}
	fmt.Fprintf(e.out, "\n%d papers, %d in; azimuth bench paper NAME runs the experiment of one that is in\n", len(all), in)
	return nil
}
