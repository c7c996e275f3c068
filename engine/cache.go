package engine

import (
	"context"
	"sync"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// reads keeps what safe calls answered, so that an equal call is made once; equal calls at the same time wait for
// one another.
type reads struct {
	mu    sync.Mutex
	calls map[string]*read
	epoch int
}

type read struct {
	done   chan struct{}
	result tool.Result
	err    error
}

func newReads() *reads { return &reads{calls: map[string]*read{}} }

// forget drops what may have changed: everything but pure calls is asked again from now on.
func (r *reads) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.epoch++
}

// call returns the result of c and whether it was there already. An error is not kept.
func (r *reads) call(ctx context.Context, c tool.Call, eff tool.Effect, f func(context.Context, tool.Call) (tool.Result, error)) (tool.Result, bool, error) {
	key := r.key(c, eff)
	r.mu.Lock()
	x, ok := r.calls[key]
	if !ok {
		x = &read{done: make(chan struct{})}
		r.calls[key] = x
	}
	r.mu.Unlock()
	if !ok {
		x.result, x.err = f(ctx, c)
		if x.err != nil {
			r.mu.Lock()
			delete(r.calls, key)
			r.mu.Unlock()
		}
		close(x.done)
		return x.result, false, x.err
	}
	select {
	case <-x.done:
	case <-ctx.Done():
		return tool.Result{}, false, context.Cause(ctx)
	}
	if x.err != nil { // the one that went first was interrupted, perhaps; try for ourselves
		return r.call(ctx, c, eff, f)
	}
	return x.result, true, nil
}

func (r *reads) key(c tool.Call, eff tool.Effect) string {
	if eff == tool.Pure {
		return c.Key()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return string(rune(r.epoch)) + "\x00" + c.Key()
}

// restore puts in what a journal holds.
func (r *reads) restore(c tool.Call, eff tool.Effect, res tool.Result) {
	x := &read{done: make(chan struct{}), result: res}
	close(x.done)
	key := r.key(c, eff)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls[key] = x
}

// parses keeps checked calls by what the model wrote: samples repeat each other most of the time.
type parses struct {
	set *tool.Set
	mu  sync.Mutex
	ok  map[model.RawCall]tool.Call
}

const maxParses = 8192

func newParses(s *tool.Set) *parses { return &parses{set: s, ok: map[model.RawCall]tool.Call{}} }

func (p *parses) parse(raw model.RawCall) (tool.Call, error) {
	p.mu.Lock()
	c, ok := p.ok[raw]
	p.mu.Unlock()
	if ok {
		return c, nil
	}
	c, err := p.set.Parse(raw.Tool, raw.Args)
	if err != nil {
		return c, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.ok) >= maxParses {
		clear(p.ok)
	}
	p.ok[raw] = c
	return c, nil
}
