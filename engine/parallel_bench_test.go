package engine_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// distant is a model whose answers take their time on the way.
type distant struct {
	model.Model
	delay time.Duration
}

func (d distant) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	timer := time.NewTimer(d.delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return d.Model.Propose(ctx, r)
	case <-ctx.Done():
		return model.Response{}, ctx.Err()
	}
}

// race is a search at a width, with all that decides how long it takes.
type race struct {
	strategy   string
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

func (r race) run(tb testing.TB, width int) lap {
	ctx := context.Background()
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
	sc, err := cost.New(search.Azimuth, nil)
	must(tb, err)
	c.Strategy, err = search.New(r.strategy, &search.Options{Preset: search.Azimuth, Scorer: sc})
	must(tb, err)
	o := &engine.Options{Parallel: width, Outline: true, NoAnswer: true, PlanOnly: true, Seed: 1}
	if r.batch {
		o.Parallelism = engine.Batch
	}
	e, err := engine.New(c, o)
	must(tb, err)
	start := time.Now()
	res, err := e.Run(ctx)
	must(tb, err)
	l := lap{time.Since(start), res.Usage.Requests, res.Waste.Requests, e.Tree().Digest()}
	must(tb, w.End(ctx, string(res.Status)))
	return l
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

const (
	latency = 200 * time.Millisecond
	breadth = 320 // expansions of the wide search
)

// TestWideSearchScales: uniform cost over a tree that is five calls wide everywhere, with a model that takes 200 ms. The
// clock is a bubble's, so what is measured is waiting and nothing else.
func TestWideSearchScales(t *testing.T) {
	for _, batch := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			r := race{strategy: search.Uniform, model: distant{newWide(5), latency}, goal: "goal", expansions: breadth, batch: batch}
			one := r.run(t, 1)
			for _, width := range []int{2, 4, 8, 16} {
				l := r.run(t, width)
				times := float64(one.elapsed) / float64(l.elapsed)
				t.Logf("batch %v, width %2d: %v, %.1f times width 1; %d model calls, %d not needed", batch, width, l.elapsed, times, l.calls, l.waste)
				if times < 0.75*float64(width) {
					t.Errorf("batch %v, width %d: %.1f times as fast as width 1, want at least %.1f", batch, width, times, 0.75*float64(width))
				}
				if !batch && l.digest != one.digest {
					t.Errorf("width %d: another tree", width)
				}
			}
		})
	}
}

// TestNarrowSearchGains: A* over requests of a world, with a simulated proposer that errs. Every width gives the serial
// tree; what working ahead gains depends on how often the next-best node stays the next best.
func TestNarrowSearchGains(t *testing.T) {
	const tasks = 10
	all, err := world.Tasks("trip", 7, tasks)
	must(t, err)
	w, err := world.Open("trip", nil)
	must(t, err)
	m, err := noisy.Open("trip", 7, tasks, noisy.Params{P: 0.65, E: 0.3}, &noisy.Options{Imagination: noisy.Lengths})
	must(t, err)
	synctest.Test(t, func(t *testing.T) {
		var serial time.Duration
		digests := make([]uint64, tasks)
		for _, width := range []int{1, 2, 4, 8, 16} {
			var sum lap
			for i, task := range all {
				r := race{strategy: search.AStar, model: distant{m, latency}, goal: task.Goal, world: w, expansions: 40}
				l := r.run(t, width)
				sum.elapsed, sum.calls, sum.waste = sum.elapsed+l.elapsed, sum.calls+l.calls, sum.waste+l.waste
				if width == 1 {
					digests[i] = l.digest
				} else if l.digest != digests[i] {
					t.Errorf("width %d, %s: another tree", width, task.ID)
				}
			}
			if width == 1 {
				serial = sum.elapsed
			}
			times := float64(serial) / float64(sum.elapsed)
			t.Logf("astar, width %2d: %v, %.2f times width 1; %d model calls, %d not needed", width, sum.elapsed, times, sum.calls, sum.waste)
			if width > 1 && times <= 1 {
				t.Errorf("width %d is not faster than serial", width)
			}
		}
	})
}

// BenchmarkParallel is the wide search with real timers; the latency is a tenth of the tests' so that it ends.
func BenchmarkParallel(b *testing.B) {
	for _, width := range []int{1, 2, 4, 8, 16} {
		b.Run(fmt.Sprintf("width=%d", width), func(b *testing.B) {
			r := race{strategy: search.Uniform, model: distant{newWide(5), latency / 10}, goal: "goal", expansions: 64}
			var last lap
			for b.Loop() {
				last = r.run(b, width)
			}
			b.ReportMetric(float64(last.waste), "wasted-calls")
		})
	}
}
