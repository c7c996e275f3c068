package search

import (
	"fmt"
	"slices"
)

// ToolKit is what is known of tools beforehand, by number.
type ToolKit struct {
	// Needs[t] are the tools one of which has to come right before tool t; none where t starts from the input.
	// (The paper's tool dependency graph, from its end.)
	Needs [][]int
	// Solves[t] are the kinds of subtask that tool t does; none for tools that only prepare others. (The paper's model
	// description table.)
	Solves [][]int
	// Rate returns what tool t is expected to take (>= 0) and to be worth (in [0,1]) at a kind of subtask, as itself or
	// as a preparation of another tool. (The paper's benchmark table.)
	Rate func(t, kind int) (cost, quality float64)
}

// Subtask is a node of the subtask graph. The paper calls that a tree, but branches may meet again. Each way
// from a subtask without parents to one without children does the whole task in one order.
type Subtask struct {
	Kind    int
	Parents []int // any one of them comes right before; each stands earlier in the list
}

// PruneTools puts the tools that the subtasks need into one graph, and none else. For each subtask, the tools that do it
// and all their ancestors by Needs form a part of their own; the parts without a parent follow the input, the others the
// final tools of each of their parents. Final is a tool that does the subtask and that no other one of its part needs.
//
// Differing from the source, several subtasks may be first.
// Errors wrap [ErrToolGraph]: a subtask that no tool does, a number that is none, needs in a circle, ratings out of range.
func PruneTools(kit ToolKit, subtasks []Subtask) (*ToolGraph, error) {
	order, err := kit.order()
	if err != nil {
		return nil, err
	}
	g := &ToolGraph{Nodes: []ToolNode{{Tool: -1, Subtask: -1, Quality: 1}}}
	ends := make([][]int, len(subtasks))
	for i, s := range subtasks {
		before := []int{0}
		if len(s.Parents) > 0 {
			before = nil
		}
		for _, p := range s.Parents {
			if p < 0 || p >= i {
				return nil, fmt.Errorf("%w: subtask %d: parents: %d is not an earlier subtask", ErrToolGraph, i, p)
			}
			before = append(before, ends[p]...)
		}
		slices.Sort(before)
		if ends[i] = g.add(kit, order, i, s.Kind, slices.Compact(before)); len(ends[i]) == 0 {
			return nil, fmt.Errorf("%w: subtask %d: no tool does kind %d: add one, or leave the subtask out", ErrToolGraph, i, s.Kind)
		}
	}
	return g, g.Validate()
}

// add appends the part of a subtask and returns its final tools.
func (g *ToolGraph) add(kit ToolKit, order []int, subtask, kind int, before []int) (ends []int) {
	wanted := kit.wanted(order, kind)
	place := map[int]int{} // tool -> node
	needed := map[int]bool{}
	for _, t := range order {
		if !wanted[t] {
			continue
		}
		n := ToolNode{Tool: t, Subtask: subtask}
		n.Cost, n.Quality = kit.Rate(t, kind)
		place[t] = len(g.Nodes)
		g.Nodes = append(g.Nodes, n)
		from := before
		if len(kit.Needs[t]) > 0 {
			from = nil
		}
		for _, p := range kit.Needs[t] {
			from = append(from, place[p])
			needed[p] = true
		}
		for _, p := range from {
			g.Nodes[p].Next = append(g.Nodes[p].Next, place[t])
		}
	}
	for _, t := range order {
		if wanted[t] && !needed[t] {
			ends = append(ends, place[t])
		}
	}
	return ends
}

// wanted says of each tool whether it does the kind or is an ancestor of one that does.
func (k ToolKit) wanted(order []int, kind int) []bool {
	out := make([]bool, len(k.Needs))
	for i := len(order) - 1; i >= 0; i-- {
		t := order[i]
		out[t] = out[t] || slices.Contains(k.Solves[t], kind)
		if out[t] {
			for _, p := range k.Needs[t] {
				out[p] = true
			}
		}
	}
	return out
}

// order returns the tools, each after all that it needs, and otherwise by number.
func (k ToolKit) order() ([]int, error) {
	if len(k.Needs) != len(k.Solves) || k.Rate == nil {
		return nil, fmt.Errorf("%w: needs has %d tools and solves %d: both must have all, and rate must be given", ErrToolGraph, len(k.Needs), len(k.Solves))
	}
	var out []int
	placed := make([]bool, len(k.Needs))
	for len(out) < len(k.Needs) {
		before := len(out)
		for t, needs := range k.Needs {
			for j, p := range needs {
				if p < 0 || p >= len(k.Needs) || slices.Contains(needs[:j], p) {
					return nil, fmt.Errorf("%w: tool %d: needs: %d is no tool, or stands there twice", ErrToolGraph, t, p)
				}
			}
			if !placed[t] && !slices.ContainsFunc(needs, func(p int) bool { return !placed[p] }) {
				placed[t] = true
				out = append(out, t)
			}
		}
		if len(out) == before {
			return nil, fmt.Errorf("%w: tool %d: needs: it needs itself in a circle", ErrToolGraph, slices.Index(placed, false))
		}
	}
	return out, nil
}
