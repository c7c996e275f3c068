package engine

import (
	"context"
	"fmt"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

// give puts the given path into a fresh tree: a chain of nodes below the root, told like any other outcome.
func (e *Engine) give(ctx context.Context) error {
	g := e.opts.Given
	if g == nil || len(g.Steps) == 0 {
		return nil
	}
	t := journal.Told{
		Request: e.tree.Request(search.Expand, search.Root),
		Outcome: search.Outcome{Failed: search.None, Samples: 1, Candidates: e.chain(g)},
	}
	if t.Actions = e.actions.take(); g.Plan {
		t.Answers = []string{g.Answer}
	}
	if err := e.write(ctx, t); err != nil {
		return err
	}
	nodes := make([]search.NodeID, len(t.Outcome.Candidates))
	for i := range nodes {
		if nodes[i] = e.place(search.Root, t.Outcome.Candidates, int32(i)); nodes[i] == search.None {
			return fmt.Errorf("given step %d: the strategy does not take it", i+1)
		}
	}
	return e.focus(ctx, g, nodes)
}

// chain returns the given steps as candidates that follow one another.
func (e *Engine) chain(g *Given) []search.Candidate {
	var cs []search.Candidate
	add := func(a action) {
		cs = append(cs, search.Candidate{
			Parent: int32(len(cs) - 1), Action: e.actions.id(a), Finish: a.finish, Votes: 1, Remaining: -1, Prior: -1,
			Parts: make([]float64, len(e.cfg.Costs.Parts())),
		})
	}
	for _, s := range g.Steps {
		add(action{call: s.Call})
	}
	if g.Plan {
		add(action{finish: true, answer: g.Answer})
	}
	return cs
}

// focus tells what is known of the given steps, and where to go on from.
func (e *Engine) focus(ctx context.Context, g *Given, nodes []search.NodeID) error {
	at := search.Root
	if !g.Plan {
		at = nodes[len(nodes)-1]
	}
	t := journal.Told{Request: e.tree.Request(search.Focus, at), Outcome: search.Outcome{Failed: search.None}}
	for i, s := range g.Steps {
		t.Observed = append(t.Observed, journal.Observation{Node: nodes[i], Status: givenStatus(s, g.Plan), Result: s.Result})
	}
	if err := e.write(ctx, t); err != nil || !g.Plan {
		return err
	}
	e.back.chosen = nodes
	return e.cfg.Log.Append(ctx, journal.KindChosen, journal.Chosen{Nodes: nodes, Complete: true})
}

// givenStatus takes what a plan file observed as imagined: carrying it out will tell whether it still holds.
func givenStatus(s model.Step, plan bool) model.Status {
	if plan && s.Status == model.Observed {
		return model.Imagined
	}
	return s.Status
}

// write journals a record and applies it.
func (e *Engine) write(ctx context.Context, t journal.Told) error {
	if err := e.cfg.Log.Append(ctx, journal.KindTold, t); err != nil {
		return err
	}
	e.apply(t)
	e.opts.Events.told(e.tree, t)
	return nil
}

// chosenSet is the set of the nodes of the plan that is being carried out.
func (e *Engine) chosenSet() map[search.NodeID]bool {
	set := map[search.NodeID]bool{}
	for _, n := range e.back.chosen {
		set[n] = true
	}
	return set
}
