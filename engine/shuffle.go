package engine

import (
	"context"
	"errors"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/internal/splitmix"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// sample draws a request's samples: in one request, or in [Options.Shuffle] of them that differ in the order of their tools.
// A call names its tool, so that what was answered needs no putting back: the votes of all groups are one count. The orders
// follow from the request's seed, and so are the same whenever it is made.
func (e *Engine) sample(ctx context.Context, r model.Request, d *done) (model.Response, error) {
	groups := min(e.opts.Shuffle, r.N)
	if groups < 2 || len(r.Tools) < 2 {
		return e.ask(ctx, r)
	}
	x, err := search.NewEnsemble(len(r.Tools), &search.EnsembleOptions{Votes: groups, Seed: r.Seed})
	if err != nil {
		return model.Response{}, err
	}
	var all model.Response
	for i := range groups {
		one := r
		one.N = (r.N + i) / groups // the groups' sizes add up to N and differ by one at most
		one.Seed = splitmix.Mix(r.Seed + 4 + uint64(i))
		one.Tools = make([]tool.Spec, len(r.Tools))
		for at, t := range x.Order(i % x.Votes()) {
			one.Tools[at] = r.Tools[t]
		}
		resp, err := e.ask(ctx, one)
		all.Usage = all.Usage.Add(resp.Usage)
		all.Samples = append(all.Samples, resp.Samples...)
		switch {
		case err == nil, errors.Is(err, model.ErrGarbage) && (i+1 < groups || len(all.Samples) > 0):
		case errors.Is(err, budget.ErrExhausted) && len(all.Samples) > 0: // what was drawn is paid for, and says something
			d.scant = true
			return all, nil
		default:
			return all, err
		}
	}
	return all, nil
}
