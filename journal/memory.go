package journal

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
)

// Memory is a store that lasts as long as the process. The zero value is not usable; make one with [NewMemory].
type Memory struct {
	mu    sync.RWMutex
	runs  map[string]*memoryRun
	order []*memoryRun // by creation
	locks map[string]bool
}

type memoryRun struct {
	Run
	recs []Record
}

// NewMemory returns an empty store.
func NewMemory() *Memory {
	return &Memory{runs: map[string]*memoryRun{}, locks: map[string]bool{}}
}

// Create registers a run. Errors: [ErrID], [ErrExists].
func (m *Memory) Create(_ context.Context, r Run) error {
	if err := CheckID(r.ID); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.runs[r.ID] != nil {
		return fmt.Errorf("run %s: %w", r.ID, ErrExists)
	}
	if r.Version == 0 {
		r.Version = Version
	}
	r.Started, r.Records = r.Started.Round(0).UTC(), 0
	m.runs[r.ID] = &memoryRun{Run: r}
	m.order = append(m.order, m.runs[r.ID])
	return nil
}

// Append adds records, all of them or none. The store keeps their Data; don't change it afterwards.
func (m *Memory) Append(_ context.Context, run string, recs ...Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.run(run)
	if err != nil {
		return err
	}
	if err := CheckNext(run, r.Records, recs); err != nil {
		return err
	}
	r.recs = append(r.recs, recs...)
	r.Records += uint64(len(recs))
	return nil
}

func (m *Memory) run(id string) (*memoryRun, error) {
	if r := m.runs[id]; r != nil {
		return r, nil
	}
	return nil, fmt.Errorf("run %q: %w", id, ErrNoRun)
}

// Records yields a run's records with Seq >= from as they were when the loop began.
func (m *Memory) Records(_ context.Context, run string, from uint64) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		m.mu.RLock()
		r, err := m.run(run)
		var recs []Record
		if err == nil {
			err, recs = r.Readable(), r.recs
		}
		m.mu.RUnlock()
		if err != nil {
			yield(Record{}, err)
			return
		}
		first := min(max(from, 1)-1, uint64(len(recs)))
		for _, rec := range recs[first:] {
			err := rec.Readable()
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

// SetStatus notes how a run ended.
func (m *Memory) SetStatus(_ context.Context, run, status string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.run(run)
	if err == nil {
		r.Status = status
	}
	return err
}

// Runs lists runs, newest first, at most limit (0 = all).
func (m *Memory) Runs(_ context.Context, limit int) ([]Run, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := make([]Run, 0, len(m.order))
	for _, r := range slices.Backward(m.order) {
		out = append(out, r.Run)
	}
	slices.SortStableFunc(out, func(a, b Run) int { return b.Started.Compare(a.Started) })
	if limit > 0 && limit < len(out) {
		out = out[:limit]
	}
	return out, nil
}

// Get returns one run by its id, an unambiguous beginning of it, or "last".
func (m *Memory) Get(ctx context.Context, id string) (Run, error) {
	runs, err := m.Runs(ctx, 0)
	if err != nil {
		return Run{}, err
	}
	var found []Run
	for _, r := range runs {
		switch {
		case r.ID == id, id == "last":
			return r, nil
		case id != "" && strings.HasPrefix(r.ID, id):
			found = append(found, r)
		}
	}
	return OneOf(id, found)
}

// Delete removes a run and its records. [ErrLocked] while it is being carried on.
func (m *Memory) Delete(_ context.Context, run string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.run(run)
	if err != nil {
		return err
	}
	if m.locks[run] {
		return fmt.Errorf("run %s: %w", run, ErrLocked)
	}
	delete(m.runs, run)
	m.order = slices.DeleteFunc(m.order, func(o *memoryRun) bool { return o == r })
	return nil
}

// Lock makes the caller the only one that carries the run on, within this process.
func (m *Memory) Lock(_ context.Context, run string) (func() error, error) {
	if err := CheckID(run); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.locks[run] {
		return nil, fmt.Errorf("run %s: %w", run, ErrLocked)
	}
	m.locks[run] = true
	var once sync.Once
	return func() error {
		once.Do(func() {
			m.mu.Lock()
			defer m.mu.Unlock()
			delete(m.locks, run)
		})
		return nil
	}, nil
}

// Close does nothing: the records stay until the store is garbage.
func (m *Memory) Close() error { return nil }
