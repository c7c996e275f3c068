package toolpath

import (
	"context"
	"sync"

	"github.com/azimuthdev/azimuth/bench/world/toolpath"
	planner "github.com/azimuthdev/azimuth/engine/toolpath"
)

// recovered is how the contenders fared with a tool out of order.
type recovered struct {
	search, fixed     []outcome // with the tool out of order
	before            []outcome // the search without
	tries, triesAgain float64   // attempts at the broken tool, the first time and the second
}

// recover breaks the first tool that does an edit on the planner's own path, and runs again: the planner, the best tool
// for each edit, and the planner once more with what it learnt.
func (o *Options) recover(ctx context.Context, t *planner.Table, told func()) (*recovered, error) {
	const edits = 4
	r := &recovered{search: make([]outcome, o.Tasks), fixed: make([]outcome, o.Tasks), before: make([]outcome, o.Tasks)}
	var mu sync.Mutex
	return r, o.each(ctx, func(ctx context.Context, i int) error {
		c, err := newCourse(o.Seed, i, edits)
		if err != nil {
			return err
		}
		var res planner.Result
		if r.before[i], res, err = c.plan(ctx, t.Clone(), costaOptions(0)); err != nil {
			return err
		}
		c.broken = firstFinal(res)
		own := t.Clone()
		first := failures(own, c.broken)
		if r.search[i], _, err = c.plan(ctx, own, costaOptions(0)); err != nil {
			return err
		}
		g, err := toolpath.Catalog().Graph(t, c.subtasks)
		if err != nil {
			return err
		}
		if r.fixed[i], err = c.follow(ctx, g, greedy(g, false)); err != nil {
			return err
		}
		second := failures(own, c.broken)
		deferred := costaOptions(0)
		deferred.Deferred = true
		if _, _, err = c.plan(ctx, own, deferred); err != nil {
			return err
		}
		mu.Lock()
		r.tries += float64(second-first) / float64(o.Tasks)
		r.triesAgain += float64(failures(own, c.broken)-second) / float64(o.Tasks)
		mu.Unlock()
		told()
		return nil
	})
}

func firstFinal(res planner.Result) string {
	for _, s := range res.Steps {
		if s.Final {
			return s.Tool
		}
	}
	return ""
}

// failures is how often a tool failed, by a table.
func failures(t *planner.Table, name string) int {
	n := 0
	for _, r := range t.Ratings() {
		if r.Tool == name {
			n += r.Failed
		}
	}
	return n
}
