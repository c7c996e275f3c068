package judge

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/azimuthdev/azimuth/model"
)

// counted accepts everything, after a while.
type counted struct {
	asked atomic.Int32
	err   error
	takes time.Duration
}

func (c *counted) Name() string { return "counted" }

func (c *counted) Judge(context.Context, Plan) (Verdict, error) {
	c.asked.Add(1)
	time.Sleep(c.takes) // in a bubble: no time passes
	return Verdict{Accepted: true, Score: 1, Usage: model.Usage{Requests: 1}}, c.err
}

func TestCachedAsksOnceForOneSetOfCalls(t *testing.T) {
	changed := func(change func(*Plan)) Plan {
		p := trip()
		p.Steps = slices.Clone(p.Steps)
		change(&p)
		return p
	}
	inner := &counted{}
	j := Cached(inner)
	for _, tt := range []struct {
		name string
		plan Plan
		asks bool
	}{
		{"the first", trip(), true},
		{"the same", trip(), false},
		{"another order", changed(func(p *Plan) { slices.Reverse(p.Steps) }), false},
		{"a call twice", changed(func(p *Plan) { p.Steps = append(p.Steps, p.Steps[0]) }), true},
		{"a call less", changed(func(p *Plan) { p.Steps = p.Steps[1:] }), true},
		{"another answer", changed(func(p *Plan) { p.Answer = "no" }), true},
		{"another goal", changed(func(p *Plan) { p.Goal = "no" }), true},
		{"another state", changed(func(p *Plan) { p.State = json.RawMessage("{}") }), true},
		{"the first again", trip(), false},
	} {
		before := inner.asked.Load()
		v, err := j.Judge(t.Context(), tt.plan)
		asked := inner.asked.Load() > before
		if err != nil || !v.Accepted || asked != tt.asks || (v.Usage.Requests == 1) != tt.asks {
			t.Errorf("%s: asked %v, %+v, %v", tt.name, asked, v, err)
		}
	}
	if j.Name() != "counted" {
		t.Errorf("name %s", j.Name())
	}
}

func TestCachedDoesNotKeepErrors(t *testing.T) {
	inner := &counted{err: errors.New("down")}
	j := Cached(inner)
	for range 2 {
		if v, err := j.Judge(t.Context(), trip()); err == nil || v.Usage.Requests != 1 {
			t.Errorf("%+v, %v", v, err)
		}
	}
	inner.err = nil
	if _, err := j.Judge(t.Context(), trip()); err != nil || inner.asked.Load() != 3 {
		t.Errorf("asked %d times, %v", inner.asked.Load(), err)
	}
}

func TestCachedAsksOnceAtTheSameTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := &counted{takes: time.Minute}
		j := Cached(inner)
		var wg sync.WaitGroup
		var usage atomic.Int32
		for range 8 {
			wg.Go(func() {
				v, err := j.Judge(t.Context(), trip())
				usage.Add(int32(v.Usage.Requests))
				if err != nil || !v.Accepted {
					t.Errorf("%+v, %v", v, err)
				}
			})
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := j.Judge(ctx, trip()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a waiter whose time is up: %v", err)
		}
		wg.Wait()
		if inner.asked.Load() != 1 || usage.Load() != 1 {
			t.Errorf("asked %d times, usage counted %d times", inner.asked.Load(), usage.Load())
		}
	})
}

func TestCachedIsBounded(t *testing.T) {
	c := Cached(&counted{}).(*cached)
	for i := range maxCached + 10 {
		if _, err := c.Judge(t.Context(), Plan{Answer: string(rune('a' + i))}); err != nil {
			t.Fatal(err)
		}
	}
	if len(c.asked) != maxCached || len(c.order) != maxCached {
		t.Errorf("%d verdicts, %d keys", len(c.asked), len(c.order))
	}
}
