package engine

import (
	"cmp"
	"context"
	"errors"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/search"
)

// crowd keeps as many requests under way as there is room for, and tells results as they come.
//
// A request reserves its worst case, so that one may find no budget beside what others have reserved and will not use. It is made
// again when nothing is under way any more, and until then nobody else is let in. All that were turned away are tried together;
// where that gets none of them through, one alone. What is refused alone is refused for good.
type crowd struct {
	*pool
	holds  map[*flight]*budget.Hold // what is under way
	turned []search.Request         // away, for want of budget beside others
	moved  bool                     // something was told since they were last tried
	stop   error
}

func (c *crowd) run() error {
	for {
		switch {
		case c.stop != nil || c.ctx.Err() != nil || c.e.cfg.Strategy.Done(c.e.tree):
		case len(c.turned) == 0:
			c.fill()
		case len(c.holds) == 0:
			c.retry()
		}
		if len(c.holds) == 0 {
			if c.stop == nil {
				c.stop = context.Cause(c.ctx)
			}
			return c.stop
		}
		c.land(<-c.any)
	}
}

// fill lets in what the strategy asks for, as long as there is room.
func (c *crowd) fill() {
	for c.stop == nil && len(c.turned) == 0 && len(c.holds) < c.e.opts.Parallel && !c.e.cfg.Strategy.Done(c.e.tree) {
		reqs := c.e.cfg.Strategy.Ask(c.e.tree, 1)
		if len(reqs) == 0 {
			return
		}
		c.enter(reqs[0])
	}
}

// retry lets those in who were turned away, when nothing is under way: all of them, or one if that was in vain.
func (c *crowd) retry() {
	again := c.turned
	c.turned = nil
	if !c.moved {
		c.enter(again[0])
		c.turned = append(c.turned, again[1:]...)
		return
	}
	c.moved = false
	for _, r := range again {
		if c.stop == nil {
			c.enter(r)
		}
	}
}

// enter starts work on a request if the budget allows it.
func (c *crowd) enter(r search.Request) {
	h, err := c.e.admit(r)
	switch {
	case c.waits(err, len(c.holds) > 0):
		c.turned = append(c.turned, r)
		return
	case err != nil:
		c.stop = cmp.Or(c.stop, err)
		return
	}
	f := c.launch(c.e.prepare(r))
	f.beside = len(c.holds) > 0
	if len(c.holds) == 1 { // of more than one, all know already
		for other := range c.holds {
			other.beside = true
		}
	}
	c.holds[f] = h
}

// waits says whether an error is one that a request may not meet again when nothing is under way.
func (c *crowd) waits(err error, beside bool) bool {
	return c.stop == nil && beside && errors.Is(err, budget.ErrExhausted)
}

// land tells what came of a flight, unless it has to be made again.
func (c *crowd) land(f *flight) {
	h := c.holds[f]
	delete(c.holds, f)
	delete(c.flights, keyOf(f.job))
	d := <-f.done
	if c.waits(d.err, f.beside) {
		c.e.unfinished(c.ctx, h, d)
		c.turned = append(c.turned, f.job.req)
		c.stop = c.e.keep(context.WithoutCancel(c.ctx), d) // its calls are made and paid
		return
	}
	err := c.e.tell(c.ctx, h, f.job, d)
	c.moved = c.moved || err == nil
	if c.stop == nil {
		c.stop = err
	}
}
