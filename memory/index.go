package memory

import (
	"fmt"
	"sync"

	"github.com/azimuthdev/azimuth/internal/bm25"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// Index scores paths against a fixed collection of plans. It does not change: a run makes one at its start, and
// what it learns counts for the next run. It is safe for concurrent use.
//
// Rows of the comparison are kept per path, the most recently used ones, so that a child costs one step from its
// parent's row and candidates at one node share it.
type Index struct {
	plans []Plan
	names *space // plans as sequences of tool names
	steps *space // what Score and Position compare: names, or whole calls
	exact bool

	goals func() *bm25.Index
}

// IndexOptions change how an [Index] compares. The zero value is the default.
type IndexOptions struct {
	// Exact compares whole calls, arguments included, in Score and Position. Tool names alone are the default,
	// because arguments are mostly the task's own. The prior goes by tool names always.
	Exact bool
	// Known says which tools a run has; plans with a call to another one are left out. nil keeps all plans.
	Known func(tool string) bool
	// CacheBytes bounds the memory that cached rows take (default 64 MiB). At least 16 rows are kept.
	CacheBytes int
}

// Validate says what is wrong with the options.
func (o *IndexOptions) Validate() error {
	if o != nil && o.CacheBytes < 0 {
		return fmt.Errorf("cache bytes %d: want 0 for the default, or more", o.CacheBytes)
	}
	return nil
}

const (
	defaultCacheBytes = 64 << 20
	minRows           = 16
	maxRows           = 1 << 12
)

// NewIndex returns an index of plans, such as [Store.List] returns. nil options are the default ones; an error is
// that of [IndexOptions.Validate].
func NewIndex(plans []Plan, o *IndexOptions) (*Index, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if o == nil {
		o = &IndexOptions{}
	}
	ix := &Index{exact: o.Exact}
	for _, p := range plans {
		if o.Known == nil || knows(o.Known, p.Calls) {
			ix.plans = append(ix.plans, p)
		}
	}
	bytes := o.CacheBytes
	if bytes == 0 {
		bytes = defaultCacheBytes
	}
	ix.names = newSpace(ix.plans, toolName, bytes)
	ix.steps = ix.names
	if o.Exact {
		ix.steps = newSpace(ix.plans, tool.Call.String, bytes)
	}
	ix.goals = sync.OnceValue(func() *bm25.Index { return goalIndex(ix.plans) })
	return ix, nil
}

func knows(known func(string) bool, calls []tool.Call) bool {
	for _, c := range calls {
		if !known(c.Tool) {
			return false
		}
	}
	return true
}

func toolName(c tool.Call) string { return c.Tool }

// Len is the number of plans.
func (ix *Index) Len() int { return len(ix.plans) }

// MeanLen is the mean number of calls of a plan; 0 without plans.
func (ix *Index) MeanLen() float64 {
	calls := 0
	for _, p := range ix.plans {
		calls += len(p.Calls)
	}
	return float64(calls) / float64(max(1, len(ix.plans)))
}

// Demos returns at most n plans (0 = all that match) whose goals share words with this one, best match first
// (BM25): demonstrations for a prompt.
func (ix *Index) Demos(goal string, n int) []model.Demo {
	var demos []model.Demo
	for _, p := range nearest(ix.goals(), ix.plans, goal, n) {
		demos = append(demos, p.Demo())
	}
	return demos
}

// Overlap is the share of a goal's distinct words that another goal has too, in [0,1]; 0 for a goal without words.
func Overlap(goal, other string) float64 {
	has := map[string]bool{}
	for _, w := range bm25.Words(other) {
		has[w] = true
	}
	seen, both := map[string]bool{}, 0
	for _, w := range bm25.Words(goal) {
		if seen[w] {
			continue
		}
		seen[w] = true
		if has[w] {
			both++
		}
	}
	return float64(both) / float64(max(len(seen), 1))
}

// Score is ToolChain*'s g_{t,1}: the largest LCS(path, m) / min(len(path), len(m)) over the plans m, in [0,1]. It
// is 0 for an empty memory and for an empty path (both inferred).
//
// Every subsequence of a plan scores 1, its last call alone too: the formula knows no order of beginning. Where
// that matters, use [Index.Prior].
func (ix *Index) Score(path []tool.Call) float64 {
	return ix.steps.set.Ratio(ix.steps.row(path).row)
}

// ScoreNext is Score of the path with one more call. It uses the path's row, which siblings share.
func (ix *Index) ScoreNext(path []tool.Call, next tool.Call) float64 {
	return ix.steps.set.RatioAfter(ix.steps.row(path).row, ix.steps.symbol(next))
}

// Position is ToolChain*'s h_{t,1}: where in the plans that hold it a call stands on average, as index of its last
// occurrence over the plan's length, in [0,1]; the last call of every plan it is in has 1. The printed sum lacks
// the division by the number of those plans; the text calls it an average, and only so it is one (inferred).
//
// A call that no plan holds takes the value of the one that is closest by characters: the largest
// LCS / min(length), then the smallest edit distance, then the first in memory. Only the first 1,024 bytes of each
// are compared. It is 0 for an empty memory (inferred).
func (ix *Index) Position(c tool.Call) float64 {
	s := ix.steps
	if len(s.words) == 0 {
		return 0
	}
	sym := s.symbol(c)
	if sym == unknown {
		sym = s.closest(s.word(c))
	}
	return s.positions[sym]
}
