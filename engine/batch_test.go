package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// slow has every answer of the bench's model take a second, so that all that can be under way is.
func (b *bench) slow() {
	b.model.delay = func(ctx context.Context, _ string) error {
		time.Sleep(time.Second)
		return ctx.Err()
	}
}

func inBatch(t *testing.T, strategy string, shuffle, width int, limits string) *bench {
	b := newBench(t, "look:read find:read read:read", twoWays)
	b.strategy, b.judge, b.opts.Parallel, b.opts.Parallelism = strategy, picky{"find read"}, width, engine.Batch
	b.search.Samples, b.opts.Shuffle, b.limits = 5, shuffle, limits
	b.slow()
	return b
}

// TestBatchWaitsForWhatOthersReserved: requests whose worst cases don't fit beside those of others are made when these are over.
// The plan is found that a run without a limit on tokens finds, and its journal gives the tree and what was used again.
func TestBatchWaitsForWhatOthersReserved(t *testing.T) {
	for _, strategy := range []string{search.BestOfN, search.Beam, search.MCTS, search.AStar, search.Uniform} {
		for _, shuffle := range []int{0, 2} { // with 2 a request may be turned away half done
			for _, width := range []int{2, 4, 16} {
				t.Run(fmt.Sprintf("%s/%d/%d", strategy, shuffle, width), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						free := inBatch(t, strategy, shuffle, width, "expansions=50")
						_, want := free.run()
						b := inBatch(t, strategy, shuffle, width, "tokens=15k,expansions=50")
						e, r := b.run()
						if r.Status == engine.Exhausted || r.Status != want.Status || names(r.Plan.Steps) != names(want.Plan.Steps) {
							t.Errorf("%s (%v) after %d tokens: %q, want %q", r.Status, r.Err, r.Usage.Prompt+r.Usage.Completion, names(r.Plan.Steps), names(want.Plan.Steps))
						}
						if rebuilt := b.engine("r", true); rebuilt.Tree().Digest() != e.Tree().Digest() || rebuilt.Result().Usage != r.Usage {
							t.Errorf("rebuilt: %+v, want %+v", rebuilt.Result().Usage, r.Usage)
						}
					})
				})
			}
		}
	}
}

// TestBatchEndsWhenNothingFits: where a request does not fit with nothing under way the run is over, within its limit.
func TestBatchEndsWhenNothingFits(t *testing.T) {
	for _, limits := range []string{"tokens=100", "tokens=3k", "tokens=6k", "expansions=1", "calls=1"} {
		for _, width := range []int{2, 16} {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, "look:read find:read read:read", twoWays)
				b.strategy, b.opts.Parallel, b.opts.Parallelism, b.limits = search.Uniform, width, engine.Batch, limits
				b.search.Samples, b.judge = 5, picky{"nothing at all"}
				b.slow()
				cfg := b.config("r", false)
				e, err := engine.New(cfg, &b.opts)
				must(t, err)
				r, err := e.Run(context.Background())
				must(t, err)
				if r.Status != engine.Exhausted || !errors.Is(r.Err, budget.ErrExhausted) {
					t.Errorf("%s, width %d: %s, %v", limits, width, r.Status, r.Err)
				}
				lim, spent := cfg.Ledger.Limits(), cfg.Ledger.Spent()
				if lim.Tokens > 0 && spent.Tokens > lim.Tokens || lim.ModelCalls > 0 && spent.ModelCalls > lim.ModelCalls || lim.Expansions > 0 && spent.Expansions > lim.Expansions {
					t.Errorf("%s, width %d: %+v is spent", limits, width, spent)
				}
			})
		}
	}
}

// TestBatchUsesWhatFits: eight of sixteen requests fit at once; the others go in when these are over, and so it takes two turns
// of the model, neither sixteen nor one.
func TestBatchUsesWhatFits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lines := map[string][]string{}
		for i := range 16 {
			name := string(rune('a' + i))
			lines[""] = append(lines[""], name)
			lines[name] = []string{"= " + name}
		}
		b := newBench(t, "a:pure b:pure c:pure d:pure e:pure f:pure g:pure h:pure i:pure j:pure k:pure l:pure m:pure n:pure o:pure p:pure", lines)
		b.strategy, b.opts.Parallel, b.opts.Parallelism, b.search.Samples = search.Uniform, 16, engine.Batch, 16
		b.judge, b.opts.MaxTokens = picky{"nothing at all"}, 1000
		b.slow()
		// a request's worst case is 16 samples of 1,000 tokens and less than 1,000 of prompt; it uses a few hundred
		b.limits = "tokens=" + fmt.Sprint(8*17_000+2_000) + ",expansions=50"
		start := time.Now()
		_, r := b.run()
		if turns := time.Since(start) / time.Second; r.Status == engine.Exhausted || turns < 3 || turns > 4 {
			t.Errorf("%s (%v) after %d turns of the model; want 1 for the first, 2 for the sixteen", r.Status, r.Err, turns)
		}
		if n := len(b.model.asked); n != 17 {
			t.Errorf("%d requests, want 17", n)
		}
	})
}

// yard is a world of tools without a state.
type yard struct {
	*box
	specs []tool.Spec
}

func (y yard) Specs() []tool.Spec     { return y.specs }
func (y yard) Fork() tool.World       { return y }
func (y yard) State() json.RawMessage { return json.RawMessage(`{}`) }
func (y yard) Call(ctx context.Context, c tool.Call) (tool.Result, error) {
	return boxTool{y.box, tool.Spec{Name: c.Tool}}.Call(ctx, c.Args)
}

// TestNoCallIsPaidTwice: the call of a request that was turned away afterwards, for want of budget beside others, is known when the
// request is made again, and to a run that is taken up from the journal.
func TestNoCallIsPaidTwice(t *testing.T) {
	for _, mode := range []engine.Parallelism{engine.Exact, engine.Batch} {
		synctest.Test(t, func(t *testing.T) {
			lines, tools := map[string][]string{}, ""
			for i := range 8 {
				name := string(rune('a' + i))
				lines[""], lines[name], tools = append(lines[""], name), []string{"= " + name}, tools+" "+name+":pure"
			}
			b := newBench(t, tools, lines)
			b.strategy, b.opts.Parallel, b.opts.Parallelism, b.search.Samples, b.search.Width = search.Beam, 8, mode, 8, 8
			b.judge, b.opts.MaxTokens = picky{"nothing at all"}, 1000
			b.slow()
			b.limits = "tokens=20k,tools=8,expansions=50" // room for two requests beside each other
			cfg := b.config("r", false)
			cfg.World = yard{b.box, b.set.Specs()}
			e, err := engine.New(cfg, &b.opts)
			must(t, err)
			r, err := e.Run(context.Background())
			must(t, err)
			if r.Spent.ToolCalls != 8 || len(b.model.asked) != 9 {
				t.Errorf("%s: %s (%v), %d calls are paid, %d requests made; want 8 and 9", mode, r.Status, r.Err, r.Spent.ToolCalls, len(b.model.asked))
			}
			if b.engine("r", true).Tree().Digest() != e.Tree().Digest() {
				t.Errorf("%s: the rebuilt tree differs", mode)
			}
		})
	}
}
