package engine

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
)

// flight is a job under way.
type flight struct {
	job    *job
	done   chan *done
	beside bool // others were under way at the same time (batch)
}

// flightKey tells whether work ahead is still the work that is asked for.
type flightKey struct {
	node    search.NodeID
	kind    search.Kind
	samples int
	seed    uint64
}

func keyOf(j *job) flightKey {
	return flightKey{j.req.Node, j.req.Kind, j.req.Samples, j.seed}
}

// pool owns the goroutines of a search.
type pool struct {
	e       *Engine
	ctx     context.Context
	cancel  context.CancelFunc
	wg      sync.WaitGroup
	flights map[flightKey]*flight
	any     chan *flight // every flight, when it is over (batch)
	running atomic.Int64 // flights that are not over
	told    int          // results (exact)
}

// search asks, works and tells until the strategy is done or something ends it.
func (e *Engine) search(ctx context.Context) error {
	p := &pool{e: e, flights: map[flightKey]*flight{}, any: make(chan *flight, e.opts.Parallel)}
	p.ctx, p.cancel = context.WithCancel(ctx)
	defer p.close(ctx)
	run := p.serial
	if e.opts.Parallel > 1 && e.opts.Parallelism == Batch {
		run = (&crowd{pool: p, holds: map[*flight]*budget.Hold{}}).run
	}
	err := run()
	if err != nil && ctx.Err() != nil { // the budget of time, or the caller, rather than what it made of a request
		return context.Cause(ctx)
	}
	return err
}

// serial tells results in the order of a serial run, whatever is worked on ahead.
func (p *pool) serial() error {
	e, ctx := p.e, p.ctx
	for !e.cfg.Strategy.Done(e.tree) {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		reqs := e.cfg.Strategy.Ask(e.tree, 1)
		if len(reqs) == 0 {
			return nil
		}
		hold, err := e.admit(reqs[0])
		if err != nil {
			return err
		}
		j, d := p.result(reqs[0])
		p.told++
		if err := e.tell(ctx, hold, j, d); err != nil {
			return err
		}
	}
	return nil
}

// admit reserves an expansion before any work on it begins.
func (e *Engine) admit(r search.Request) (*budget.Hold, error) {
	if r.Kind != search.Expand {
		return e.cfg.Ledger.Reserve(budget.Amount{})
	}
	return e.cfg.Ledger.Reserve(budget.Amount{Expansions: 1})
}

// result works on a request and on what would come after it, and waits for the request.
func (p *pool) result(r search.Request) (*job, *done) {
	j := p.e.prepare(r)
	if p.e.opts.Parallel == 1 {
		return j, p.e.do(p.ctx, j)
	}
	f := p.launch(j)
	p.ahead()
	delete(p.flights, keyOf(f.job))
	d := <-f.done
	f.job.req = r
	if beside := f.job != j || len(p.flights) > 0; beside && (d.scant || errors.Is(d.err, budget.ErrExhausted)) {
		return p.alone(f.job, d)
	}
	return f.job, d
}

// alone works on a request again that found no budget left while other work was under way: what that had reserved and did not
// use comes back when it is over. A serial run would not have met it. The calls that it made are made and paid.
func (p *pool) alone(j *job, d *done) (*job, *done) {
	for _, f := range p.flights {
		f.done <- <-f.done
	}
	if err := p.e.keep(context.WithoutCancel(p.ctx), d); err != nil {
		d.err = err
		return j, d
	}
	j = p.e.prepare(j.req)
	again := p.e.do(p.ctx, j)
	again.usage = d.usage.Add(again.usage)
	return j, again
}

// ahead keeps the pool full with what a serial run would ask for next if nothing changed. A result that is not wanted yet
// holds no place: it is kept for the time when it will be. So that a search which seldom does what it was thought to do
// does not cost many times its serial run, such results are at most as many as were told, and the width.
func (p *pool) ahead() {
	a, ok := p.e.cfg.Strategy.(search.Ahead)
	if !ok {
		return
	}
	for _, r := range a.Ahead(p.e.tree, p.e.opts.Parallel-1) {
		running := int(p.running.Load())
		if running >= p.e.opts.Parallel || len(p.flights)-running >= p.told+p.e.opts.Parallel {
			return
		}
		p.launch(p.e.prepare(r))
	}
}

// launch starts a job unless it is under way already.
func (p *pool) launch(j *job) *flight {
	k := keyOf(j)
	if f, ok := p.flights[k]; ok {
		return f
	}
	f := &flight{job: j, done: make(chan *done, 1)}
	p.flights[k] = f
	p.running.Add(1)
	p.wg.Go(func() {
		d := p.e.do(p.ctx, f.job)
		p.running.Add(-1)
		f.done <- d
		if p.e.opts.Parallelism == Batch {
			p.any <- f
		}
	})
	return f
}

// close ends what is still under way and counts it as waste.
func (p *pool) close(ctx context.Context) {
	p.cancel()
	p.wg.Wait() // nobody blocks: any has room for all of them
	e := p.e
	for _, f := range p.flights {
		select {
		case d := <-f.done:
			e.waste, e.usage = e.waste.Add(d.usage), e.usage.Add(d.usage)
			if d.usage.Requests > 0 {
				_ = e.cfg.Log.Append(context.WithoutCancel(ctx), journal.KindSpent, journal.Spent{For: "waste", Usage: d.usage})
			}
		default:
		}
	}
}
