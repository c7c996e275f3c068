package toolpath

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

// Kind is a kind of subtask.
type Kind = model.SubtaskKind

// Tool is what is known of a tool beforehand.
type Tool struct {
	Name   string
	Solves []string // kinds of subtask; none where it only prepares others
	Needs  []string // tools one of which has to come right before it
	// Latency is what a call is expected to take while no run has shown it.
	Latency time.Duration
}

// Catalog is the tools and the kinds of subtask that they do.
type Catalog struct {
	Kinds []Kind
	Tools []Tool
}

// ErrCatalog is wrapped by what [Catalog.Validate] and [Catalog.Graph] return.
var ErrCatalog = errors.New("catalog")

func (c Catalog) kind(name string) int {
	return slices.IndexFunc(c.Kinds, func(k Kind) bool { return k.Name == name })
}

func (c Catalog) tool(name string) int {
	return slices.IndexFunc(c.Tools, func(t Tool) bool { return t.Name == name })
}

// Validate says which name is unknown or stands there twice.
func (c Catalog) Validate() error {
	for i, k := range c.Kinds {
		if c.kind(k.Name) != i {
			return fmt.Errorf("%w: kind %q stands there twice", ErrCatalog, k.Name)
		}
	}
	for i, t := range c.Tools {
		if c.tool(t.Name) != i {
			return fmt.Errorf("%w: tool %q stands there twice", ErrCatalog, t.Name)
		}
		for _, k := range t.Solves {
			if c.kind(k) < 0 {
				return fmt.Errorf("%w: tool %q: solves: there is no kind %q", ErrCatalog, t.Name, k)
			}
		}
		for _, n := range t.Needs {
			if c.tool(n) < 0 {
				return fmt.Errorf("%w: tool %q: needs: there is no tool %q", ErrCatalog, t.Name, n)
			}
		}
	}
	return nil
}

// Graph returns the graph of the tools that the subtasks need, priced by the table (nil: by latency and a quality of
// 1). Tool and Subtask in it are indexes of c.Tools and of subtasks. Errors: those of Validate, [search.ErrToolGraph],
// or subtasks that [Check] refuses.
func (c Catalog) Graph(t *Table, subtasks []Subtask) (*search.ToolGraph, error) {
	if err := errors.Join(c.Validate(), Check(subtasks, c.Kinds)); err != nil {
		return nil, err
	}
	kit := search.ToolKit{Rate: func(i, kind int) (float64, float64) {
		r := t.rate(c.Tools[i], c.Kinds[kind].Name)
		return r.Seconds, r.Quality
	}}
	for _, tl := range c.Tools {
		var needs, solves []int
		for _, n := range tl.Needs {
			needs = append(needs, c.tool(n))
		}
		for _, k := range tl.Solves {
			solves = append(solves, c.kind(k))
		}
		kit.Needs, kit.Solves = append(kit.Needs, needs), append(kit.Solves, solves)
	}
	numbered := make([]search.Subtask, len(subtasks))
	for i, s := range subtasks {
		numbered[i].Kind = c.kind(s.Kind)
		for _, p := range s.Parents {
			numbered[i].Parents = append(numbered[i].Parents, index(subtasks, p))
		}
	}
	return search.PruneTools(kit, numbered)
}

// Doubt marks the tools of a graph that experience does not know to be good enough, where another tool could take their place that
// it does: one whose steps of that kind had a mean quality of least or more, in [0,1]. For searches whose steps nothing will rate
// (inferred; the paper rates each). The graph, of [Catalog.Graph], is changed in place.
func (c Catalog) Doubt(g *search.ToolGraph, t *Table, subtasks []Subtask, least float64) {
	proven := make([]bool, len(g.Nodes))
	for i, n := range g.Nodes[1:] {
		r, ok := t.Rating(c.Tools[n.Tool].Name, subtasks[n.Subtask].Kind)
		proven[i+1] = ok && r.Quality >= least
	}
	for i := range g.Nodes[1:] {
		n := &g.Nodes[i+1]
		n.Doubtful = !proven[i+1] && slices.ContainsFunc(peers(g, i+1), func(y int) bool { return proven[y] })
	}
}

// peers are the nodes that could stand in the place of one: those that do its subtask too, or prepare for one of the same tools.
func peers(g *search.ToolGraph, n int) []int {
	next := func(y int) []int { // within its subtask
		return slices.DeleteFunc(slices.Clone(g.Nodes[y].Next), func(x int) bool { return g.Nodes[x].Subtask != g.Nodes[n].Subtask })
	}
	own := next(n)
	var out []int
	for y := range g.Nodes {
		if y == n || g.Nodes[y].Subtask != g.Nodes[n].Subtask {
			continue
		}
		theirs := next(y)
		if len(own)+len(theirs) == 0 || slices.ContainsFunc(theirs, func(x int) bool { return slices.Contains(own, x) }) {
			out = append(out, y)
		}
	}
	return out
}
