package memory

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/azimuthdev/azimuth/internal/bm25"
)

// ErrNotFound says that no plan has the id; `azimuth memory` lists the ids there are.
var ErrNotFound = errors.New("no such plan in memory")

// Store is a collection of plans that reached their goals. Make one with [Open] or [New]. Its methods may be
// called from several goroutines at once.
type Store struct{ plans backing }

// backing keeps the plans of a store: a file, or a slice.
type backing interface {
	load(ctx context.Context) ([]Plan, error)
	// update replaces the plans by what change returns; where that is nil or an error, nothing happens.
	update(ctx context.Context, change func([]Plan) ([]Plan, error)) error
}

// New returns a store that lives in this process only: for tests, for worlds and their demonstrations. Plans are
// checked as [Store.Add] does.
func New(plans ...Plan) (*Store, error) {
	s := &Store{plans: &slice{}}
	_, err := s.Add(context.Background(), plans...)
	return s, err
}

// Add stores the plans that are not there yet, and says how many those were. Two plans are the same when goal and
// calls are. All of them are added, or none: a [*PlanError] names the plan and the field that is wrong.
//
// Add asks for no evidence: it is for people who seed or edit a memory. Runs use [Store.Learn].
func (s *Store) Add(ctx context.Context, plans ...Plan) (int, error) {
	fresh := make([]Plan, len(plans))
	for i, p := range plans {
		var err error
		if fresh[i], err = p.normal(); err != nil {
			return 0, fmt.Errorf("plan %d: %w", i+1, err)
		}
	}
	added := 0
	err := s.plans.update(ctx, func(old []Plan) ([]Plan, error) {
		all, err := merge(old, fresh)
		if err != nil || len(all) == len(old) {
			return nil, err
		}
		added = len(all) - len(old)
		return all, nil
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

// merge appends the plans that are new to old, which is not changed.
func merge(old, fresh []Plan) ([]Plan, error) {
	known, ids := make(map[string]bool, len(old)), make(map[string]bool, len(old))
	for _, p := range old {
		known[p.digest()], ids[p.ID] = true, true
	}
	all := slices.Clone(old)
	for _, p := range fresh {
		digest := p.digest()
		if known[digest] {
			continue
		}
		if ids[p.ID] {
			return nil, fmt.Errorf("id %s: another plan has it; leave it empty and it is made from goal and calls", p.ID)
		}
		known[digest], ids[p.ID] = true, true
		all = append(all, p)
	}
	return all, nil
}

// Remove deletes one plan. The id may be shortened as long as it means one plan only. [ErrNotFound].
func (s *Store) Remove(ctx context.Context, id string) error {
	return s.plans.update(ctx, func(old []Plan) ([]Plan, error) {
		i, err := find(old, id)
		if err != nil {
			return nil, err
		}
		all := make([]Plan, 0, len(old)-1)
		return append(append(all, old[:i]...), old[i+1:]...), nil
	})
}

// Get returns one plan. The id may be shortened as long as it means one plan only. [ErrNotFound].
func (s *Store) Get(ctx context.Context, id string) (Plan, error) {
	plans, err := s.plans.load(ctx)
	if err != nil {
		return Plan{}, err
	}
	i, err := find(plans, id)
	if err != nil {
		return Plan{}, err
	}
	return plans[i], nil
}

func find(plans []Plan, id string) (int, error) {
	found := -1
	for i, p := range plans {
		switch {
		case p.ID == id:
			return i, nil
		case id == "" || !strings.HasPrefix(p.ID, id):
		case found >= 0:
			return 0, fmt.Errorf("id %q means %s and %s; write more of it", id, plans[found].ID, p.ID)
		default:
			found = i
		}
	}
	if found < 0 {
		return 0, fmt.Errorf("id %q: %w", id, ErrNotFound)
	}
	return found, nil
}

// List returns all plans in the order in which they were added. The slice is the caller's; the calls are shared
// and must not be changed.
func (s *Store) List(ctx context.Context) ([]Plan, error) { return s.plans.load(ctx) }

// Search returns at most n plans (0 = all that match) whose goals share words with the text, best match first (BM25).
func (s *Store) Search(ctx context.Context, goal string, n int) ([]Plan, error) {
	plans, err := s.plans.load(ctx)
	if err != nil {
		return nil, err
	}
	return nearest(goalIndex(plans), plans, goal, n), nil
}

func goalIndex(plans []Plan) *bm25.Index {
	goals := make([][]string, len(plans))
	for i, p := range plans {
		goals[i] = bm25.Words(p.Goal)
	}
	return bm25.New(goals)
}

// nearest returns the plans that share words with the goal, best first.
func nearest(ix *bm25.Index, plans []Plan, goal string, n int) []Plan {
	words := bm25.Words(goal)
	scores := ix.Scores(words)
	var found []Plan
	for _, i := range ix.Rank(words) {
		if scores[i] == 0 || n > 0 && len(found) == n {
			break
		}
		found = append(found, plans[i])
	}
	return found
}

// slice is the backing of a store without a file.
type slice struct {
	mu    sync.Mutex
	plans []Plan
}

func (s *slice) load(context.Context) ([]Plan, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.plans), nil
}

func (s *slice) update(_ context.Context, change func([]Plan) ([]Plan, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	plans, err := change(s.plans)
	if err == nil && plans != nil {
		s.plans = plans
	}
	return err
}
