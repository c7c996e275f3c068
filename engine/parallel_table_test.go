package engine_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"go.uber.org/goleak"
)

var (
	tasks  = flag.Int("tasks", 0, "requests of a world behind each row of TestParallelTable; 0: one, and three of the widths")
	widths = []int{1, 2, 4, 8, 16, 32, 64}
)

// TestParallelTable is the table of docs/performance.md: a model that takes 200 ms, on the clock of a bubble, so that what is
// measured is waiting and nothing else. In exact every width gives the serial trees.
func TestParallelTable(t *testing.T) {
	raced := widths
	if *tasks == 0 {
		raced = []int{1, 16, 64}
	}
	for _, f := range fields(t, max(*tasks, 1)) {
		for _, batch := range []bool{false, true} {
			mode, least := "exact", f.exact
			if batch {
				mode, least = "batch", f.batch
			}
			t.Run(f.name+"/"+mode, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { f.table(t, raced, batch, least) })
			})
		}
	}
}

// table runs the widths, of which the first is 1; width 16 must be so many times as fast as width 1.
func (f field) table(t *testing.T, raced []int, batch bool, least float64) {
	var one lap
	for _, width := range raced {
		l := f.run(t, width, batch)
		if width == 1 {
			one = l
		}
		times := float64(one.elapsed) / float64(l.elapsed)
		t.Logf("width %2d: %6.1f s, %5.2f times; %4d model calls, %3d not needed", width, l.elapsed.Seconds(), times, l.calls, l.waste)
		if width == 16 && times < least {
			t.Errorf("width 16 is %.2f times as fast as width 1, want at least %g", times, least)
		}
		if !batch && l.digest != one.digest {
			t.Errorf("width %d: another tree", width)
		}
		if needed := l.calls - l.waste; !batch && needed != one.calls {
			t.Errorf("width %d: %d model calls were needed, in a serial run %d", width, needed, one.calls)
		}
	}
}

// TestParallelIsExact: whatever the strategy, every width gives the serial tree.
func TestParallelIsExact(t *testing.T) {
	trip := trips(t, 1)
	for _, name := range search.Names() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := field{races: trip(1, name, 24, search.Options{Width: 4, Plans: 8})}
				want := f.run(t, 1, false)
				for _, width := range widths[1:] {
					if l := f.run(t, width, false); l.digest != want.digest || l.calls-l.waste != want.calls {
						t.Errorf("width %d: another tree, or %d model calls needed for %d", width, l.calls-l.waste, want.calls)
					}
				}
			})
		})
	}
}

var errDown = errors.New("the model is down")

// failing is a model that is down from a moment on.
type failing struct {
	distant
	left *atomic.Int64
}

func (f failing) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	if f.left.Add(-1) < 0 {
		return model.Response{}, errDown
	}
	return f.distant.Propose(ctx, r)
}

// TestParallelLeavesNothingBehind: however a run of width 64 ends, no request is on its way any more when it returns, and no
// goroutine is left.
func TestParallelLeavesNothingBehind(t *testing.T) {
	ends := map[string]error{"budget": nil, "deadline": context.DeadlineExceeded, "model": errDown}
	for how, want := range ends {
		for _, batch := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/batch=%v", how, batch), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
					ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
					defer cancel()
					d, left := distant{newWide(16), latency, new(atomic.Int64)}, new(atomic.Int64)
					left.Store(1 << 20)
					switch how {
					case "deadline":
						ctx, cancel = context.WithTimeout(ctx, 7*latency/2)
						defer cancel()
					case "model":
						left.Store(200)
					}
					r := race{strategy: search.Uniform, model: failing{d, left}, goal: "goal", expansions: 400, batch: batch}
					_, _, err := r.try(ctx, t, 64)
					if n := d.waiting.Load(); n != 0 || !errors.Is(err, want) {
						t.Errorf("%v, and %d requests on their way", err, n)
					}
				})
			})
		}
	}
}

// BenchmarkParallel is the wide search with real timers; the latency is a fortieth of the tests', and there are a
// quarter of the expansions, so that it ends.
func BenchmarkParallel(b *testing.B) {
	for _, width := range widths {
		b.Run(fmt.Sprintf("width=%d", width), func(b *testing.B) {
			r := sixteen(search.Uniform, 320, search.Options{})[0]
			r.model = distant{newWide(16), latency / 40, nil}
			var last lap
			for b.Loop() {
				last = r.run(b, width)
			}
			b.ReportMetric(float64(last.waste), "wasted-calls")
		})
	}
}
