package engine

import (
	"context"
	"fmt"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// price asks the run's components and prior about the candidates, siblings together.
func (e *Engine) price(ctx context.Context, j *job, d *done, out []search.Candidate) error {
	if len(e.cfg.Costs.Steps)+len(e.cfg.Costs.Heuristics) == 0 && e.cfg.Costs.Prior == nil {
		return nil
	}
	path := calls(j.nodes)
	for parent := int32(-1); parent < int32(len(out)); parent++ {
		var group []int
		for i := range out {
			if out[i].Parent == parent {
				group = append(group, i)
			}
		}
		if len(group) == 0 {
			continue
		}
		st := &cost.State{Goal: e.cfg.Goal, Path: d.pathTo(path, parent)}
		if err := e.priceGroup(ctx, st, d, group, out); err != nil {
			return err
		}
	}
	return nil
}

// pathTo returns the calls of the path to a candidate, itself included.
func (d *done) pathTo(path []tool.Call, i int32) []tool.Call {
	if i < 0 {
		return path
	}
	up := d.pathTo(path, d.cands[i].parent)
	if d.cands[i].act.finish {
		return up
	}
	return append(up[:len(up):len(up)], d.cands[i].act.call)
}

func (e *Engine) priceGroup(ctx context.Context, st *cost.State, d *done, group []int, out []search.Candidate) error {
	cs := make([]cost.Candidate, len(group))
	for k, i := range group {
		c := &d.cands[i]
		cs[k] = cost.Candidate{
			Call: c.act.call, Finish: c.act.finish, Votes: int(c.votes), Samples: d.samples, Remaining: out[i].Remaining,
		}
		if spec, ok := e.cfg.Tools.Spec(c.act.call.Tool); ok && !c.act.finish {
			cs[k].Spec = &spec
		}
	}
	if e.cfg.Costs.Prior != nil {
		ps, err := e.cfg.Costs.Prior.Next(ctx, st, cs)
		if err != nil {
			return fmt.Errorf("prior: %w", err)
		}
		for k, i := range group {
			out[i].Prior = ps[k]
		}
	}
	for k, i := range group {
		parts, err := e.parts(ctx, st, &cs[k])
		if err != nil {
			return err
		}
		out[i].Parts = parts
	}
	return nil
}

// parts returns the components' values of one candidate, in the order of [Costs.Parts].
func (e *Engine) parts(ctx context.Context, st *cost.State, c *cost.Candidate) ([]float64, error) {
	all := e.cfg.Costs
	v := make([]float64, 0, len(all.Steps)+len(all.Heuristics))
	for _, s := range all.Steps {
		x, err := s.Cost(ctx, st, c)
		if err != nil {
			return nil, fmt.Errorf("cost %s: %w", s.Name(), err)
		}
		v = append(v, x)
	}
	for _, h := range all.Heuristics {
		x, err := h.Remaining(ctx, st, c)
		if err != nil {
			return nil, fmt.Errorf("heuristic %s: %w", h.Name(), err)
		}
		v = append(v, x)
	}
	return v, nil
}
