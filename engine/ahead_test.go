package engine_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/search"
)

// TestWorkAheadTakesNoBudgetFromTheRun: a request reserves its worst case. Where the worst cases of work ahead don't fit beside the
// one that is asked for, the run goes on as a serial one would, and does not end as if its budget were spent.
func TestWorkAheadTakesNoBudgetFromTheRun(t *testing.T) {
	for _, strategy := range []string{search.BestOfN, search.Beam, search.MCTS, search.AStar} {
		synctest.Test(t, func(t *testing.T) {
			var want uint64
			for _, width := range []int{1, 2, 4} {
				b := newBench(t, "look:read find:read read:read", twoWays)
				b.strategy, b.judge, b.opts.Parallel = strategy, picky{"find read"}, width
				b.search.Base, b.search.Samples, b.limits = search.Greedy, 2, "tokens=4k,expansions=50"
				if strategy == search.AStar {
					b.search.Base = ""
				}
				b.model.delay = func(ctx context.Context, _ string) error { // until all that can be under way is
					time.Sleep(time.Second)
					return ctx.Err()
				}
				live, r := b.run()
				if want == 0 {
					want = live.Tree().Digest()
				}
				if live.Tree().Digest() != want || r.Status == engine.Exhausted {
					t.Errorf("%s, width %d: %s after %d tokens, another tree: %v", strategy, width, r.Status, r.Usage.Prompt+r.Usage.Completion, live.Tree().Digest() != want)
				}
			}
		})
	}
}
