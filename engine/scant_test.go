package engine_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/azimuthdev/azimuth/search"
)

// TestExactIsNotContentWithLessBesideOthers: what a request does without for want of budget beside others it asks for when these
// are over, as a serial run would have.
func TestExactIsNotContentWithLessBesideOthers(t *testing.T) {
	for _, limit := range []int{40, 45, 50, 60} {
		synctest.Test(t, func(t *testing.T) {
			var want uint64
			for _, width := range []int{1, 8} {
				lines, tools := map[string][]string{}, ""
				for i := range 8 {
					name := string(rune('a' + i))
					lines[""] = append(lines[""], name)
					lines[name], tools = []string{"= " + name + " x15"}, tools+" "+name+":pure"
				}
				b := newBench(t, tools, lines)
				b.strategy, b.judge, b.search.Samples = search.Uniform, picky{"nothing at all"}, 15
				b.opts.Parallel, b.opts.Shuffle, b.opts.MaxTokens = width, 2, 1000
				b.limits = fmt.Sprintf("tokens=%dk,expansions=50", limit)
				b.slow()
				e, r := b.run()
				if want == 0 {
					want = e.Tree().Digest()
				}
				if e.Tree().Digest() != want {
					t.Errorf("%dk tokens, width %d: another tree (%s, %v)", limit, width, r.Status, r.Err)
				}
			}
		})
	}
}
