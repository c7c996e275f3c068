package engine_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

const latency = 200 * time.Millisecond

// distant is a model whose answers take their time on the way: delay, and up to a two-hundredth of it more, by the request's
// seed, so that no two come at once and a run in batch can be repeated. It rates steps as the model behind it does, or, where
// that can't, all alike; its lessons say nothing.
type distant struct {
	model.Model
	delay   time.Duration
	waiting *atomic.Int64 // requests on the way; nil: not counted
}

func (d distant) wait(ctx context.Context, seed uint64) error {
	if d.waiting != nil {
		d.waiting.Add(1)
		defer d.waiting.Add(-1)
	}
	timer := time.NewTimer(d.delay + time.Duration(seed%uint64(d.delay/200)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d distant) Capabilities() model.Capabilities {
	c := d.Model.Capabilities()
	c.Text = true
	return c
}

func (d distant) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	if err := d.wait(ctx, r.Seed); err != nil {
		return model.Response{}, err
	}
	return d.Model.Propose(ctx, r)
}

func (d distant) Complete(ctx context.Context, r model.TextRequest) (model.TextResponse, error) {
	if err := d.wait(ctx, r.Seed); err != nil {
		return model.TextResponse{}, err
	}
	return model.TextResponse{Text: "take care", Usage: model.Usage{Requests: 1, Samples: 1}}, nil
}

func (d distant) Evaluate(ctx context.Context, r model.EvaluateRequest) (model.EvaluateResponse, error) {
	if err := d.wait(ctx, r.Seed); err != nil {
		return model.EvaluateResponse{}, err
	}
	if e, ok := d.Model.(model.Evaluator); ok {
		return e.Evaluate(ctx, r)
	}
	resp := model.EvaluateResponse{Usage: model.Usage{Requests: 1}}
	for range r.Options {
		resp.Values = append(resp.Values, .5)
	}
	return resp, nil
}

// race is a search at a width, with all that decides how long it takes.
type race struct {
	strategy   string
	options    search.Options // without the scorer; the preset is Azimuth when empty
	model      model.Model
	goal       string
	world      tool.World // nil: one pure tool that answers at once
	expansions int64
	batch      bool
}

// lap is what a race at one width came to.
type lap struct {
	elapsed time.Duration
	calls   int // to the model
	waste   int // of them, those that were not needed
	digest  uint64
}

func (l lap) plus(m lap) lap {
	return lap{l.elapsed + m.elapsed, l.calls + m.calls, l.waste + m.waste, l.digest*31 + m.digest}
}

func (r race) run(tb testing.TB, width int) lap {
	tb.Helper()
	start := time.Now()
	e, res, err := r.try(context.Background(), tb, width)
	must(tb, err)
	return lap{time.Since(start), res.Usage.Requests, res.Waste.Requests, e.Tree().Digest()}
}

// try runs with a context and returns what came of it.
func (r race) try(ctx context.Context, tb testing.TB, width int) (*engine.Engine, *engine.Result, error) {
	tb.Helper()
	w, err := journal.Begin(ctx, journal.NewMemory(), journal.Run{ID: "b", Goal: r.goal, Version: journal.Version}, nil, nil)
	must(tb, err)
	c := engine.Config{Goal: r.goal, Model: r.model, Log: w, Ledger: budget.New(budget.Limits{Expansions: r.expansions}, nil)}
	if r.world != nil {
		c.World = r.world.Fork()
		c.Tools, err = tool.NewSpecSet(r.world.Specs())
	} else {
		c.Tools, err = tool.NewSet(boxTool{&box{}, tool.Spec{Name: "look", Effect: tool.Pure, Input: []byte(`{"type":"object","properties":{"x":{}}}`)}})
	}
	must(tb, err)
	c.Gate, err = effect.NewGate(c.Tools, c.Ledger, w, nil)
	must(tb, err)
	o := r.options
	if o.Preset == "" {
		o.Preset = search.Azimuth
	}
	o.Scorer, err = cost.New(o.Preset, nil)
	must(tb, err)
	c.Strategy, err = search.New(r.strategy, &o)
	must(tb, err)
	eo := &engine.Options{Parallel: width, Outline: true, NoAnswer: true, PlanOnly: true, Seed: 1}
	if r.batch {
		eo.Parallelism = engine.Batch
	}
	e, err := engine.New(c, eo)
	must(tb, err)
	res, err := e.Run(ctx)
	must(tb, w.End(context.WithoutCancel(ctx), string(res.Status)))
	return e, res, err
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
