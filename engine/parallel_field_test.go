package engine_test

import (
	"context"
	"sync"
	"testing"

	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

// recalled is a simulated proposer that does the work of a request once, for all widths.
type recalled struct {
	*noisy.Model
	mu   sync.Mutex
	seen map[asked]model.Response
}

// asked tells requests apart: a seed stands for the path and all that was tried on it.
type asked struct {
	goal string
	seed uint64
	n    int
}

func (m *recalled) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	k := asked{r.Goal, r.Seed, r.N}
	m.mu.Lock()
	defer m.mu.Unlock()
	if resp, ok := m.seen[k]; ok {
		return resp, nil
	}
	resp, err := m.Model.Propose(ctx, r)
	if err == nil {
		m.seen[k] = resp
	}
	return resp, err
}

// field is a strategy with what it is raced on.
type field struct {
	name  string
	races []race
	exact float64 // how many times as fast as width 1 width 16 must be at least, told exactly
	batch float64 // and as they come
}

func (f field) run(tb testing.TB, width int, batch bool) (sum lap) {
	tb.Helper()
	for _, r := range f.races {
		r.batch = batch
		sum = sum.plus(r.run(tb, width))
	}
	return sum
}

// sixteen is a search over a tree that is sixteen calls wide everywhere.
func sixteen(strategy string, expansions int64, o search.Options) []race {
	return []race{{strategy: strategy, options: o, model: distant{newWide(16), latency, nil}, goal: "goal", expansions: expansions}}
}

// trips makes races of requests of the world trip, with a simulated proposer that is right with probability .65 a step.
func trips(tb testing.TB, tasks int) func(n int, strategy string, expansions int64, o search.Options) []race {
	tb.Helper()
	all, err := world.Tasks("trip", 7, tasks)
	must(tb, err)
	w, err := world.Open("trip", nil)
	must(tb, err)
	proposer, err := noisy.Open("trip", 7, tasks, noisy.Params{P: 0.65, E: 0.3}, nil)
	must(tb, err)
	m := &recalled{Model: proposer, seen: map[asked]model.Response{}}
	return func(n int, strategy string, expansions int64, o search.Options) (races []race) {
		for _, task := range all[:n] {
			races = append(races, race{strategy: strategy, options: o, model: distant{m, latency, nil}, goal: task.Goal, world: w, expansions: expansions})
		}
		return races
	}
}

// fields are the rows of docs/performance.md. Strategies that make many requests a task have one task.
func fields(tb testing.TB, tasks int) []field {
	tb.Helper()
	trip := trips(tb, tasks)
	return []field{
		{"uniform, wide", sixteen(search.Uniform, 1280, search.Options{}), 12, 12},
		{"beam, b=16, wide", sixteen(search.Beam, 209, search.Options{Width: 16}), 12, 12},
		{"majority, 64 votes", trip(1, search.Majority, 1000, search.Options{Plans: 64, Base: search.Vote}), 6, 12},
		{"bestofn, 64 plans", trip(1, search.BestOfN, 1000, search.Options{Plans: 64}), 1, 11},
		{"astar azimuth", trip(tasks, search.AStar, 40, search.Options{Preset: search.Azimuth}), 1.4, 2},
		{"astar outline", trip(tasks, search.AStar, 40, search.Options{Preset: search.Outline}), 1.15, 1.15},
		{"astar auto", trip(tasks, search.AStar, 40, search.Options{Preset: search.Auto}), 1.15, 1.15},
		{"qstar", trip(tasks, search.QStar, 40, search.Options{}), 1.4, 2},
		{"mcts", trip(1, search.MCTS, 100, search.Options{}), 1, 2},
		{"lats", trip(1, search.LATS, 100, search.Options{}), 1, 4},
	}
}
