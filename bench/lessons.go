package bench

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/search"
)

// lessonSeeds is where the seeds of lessons begin: above all that rows can have, so that no lesson is drawn as a task is. In a world with
// few requests, as household is, one may have the words of a task by chance; nothing of its answer is in a lesson.
const lessonSeeds = 1 << 32

// lessons are runs on requests that nobody measures, for contenders that learn from journals. They have their own
// environment: the model and the judge of a lesson know nothing of the tasks, nor those of the tasks anything of a lesson.
type lessons struct {
	environment
	n     int
	mu    sync.Mutex
	begun map[lesson]*school
}

// lesson names what journals depend on beside the place.
type lesson struct{ contender, budget string }

// school is a contender's journals of its lessons.
type school struct {
	once  sync.Once
	store journal.Store
	err   error
}

// newLessons draws the requests. Nil where there are to be none.
func newLessons(p place, s Spec, o opener) (*lessons, error) {
	if s.Lessons <= 0 {
		return nil, nil
	}
	l := &lessons{n: s.Lessons, begun: map[lesson]*school{}}
	p.seed += lessonSeeds
	s.Tasks, s.Lessons = s.Lessons, 0
	return l, l.make(p, s, o)
}

// learns says whether the contender reads journals.
func (c Contender) learns() bool { return c.Settings.Strategy == search.CoSTA }

// learnt returns the journals of a contender's lessons, which are given one after another where nobody asked before. Nil for
// contenders that don't read journals.
func (l *lessons) learnt(ctx context.Context, k Key, c Contender, now func() time.Time) (journal.Store, error) {
	if l == nil || !c.learns() {
		return nil, nil
	}
	at := lesson{c.Name, k.Budget.String()}
	l.mu.Lock()
	s := l.begun[at]
	if s == nil {
		s = &school{store: journal.NewMemory()}
		l.begun[at] = s
	}
	l.mu.Unlock()
	s.once.Do(func() {
		k.Seed += lessonSeeds
		for i := range l.n {
			k.Task = i
			if _, _, err := l.run(ctx, k, c.Settings, s.store, now); err != nil {
				s.err = fmt.Errorf("%s, lesson %d: %w", c.Name, i, err)
				return
			}
		}
	})
	return s.store, s.err
}

// taught is a store that shows the journals of lessons beside those that it keeps, and no others to the next run.
type taught struct {
	apart
	lessons journal.Store
}

// Runs implements [journal.Store]: the lessons.
func (t taught) Runs(ctx context.Context, limit int) ([]journal.Run, error) {
	return t.lessons.Runs(ctx, limit)
}

// Get implements [journal.Store].
func (t taught) Get(ctx context.Context, id string) (journal.Run, error) {
	r, err := t.lessons.Get(ctx, id)
	if errors.Is(err, journal.ErrNoRun) {
		return t.apart.Get(ctx, id)
	}
	return r, err
}

// Records implements [journal.Store].
func (t taught) Records(ctx context.Context, run string, from uint64) iter.Seq2[journal.Record, error] {
	if _, err := t.lessons.Get(ctx, run); err == nil {
		return t.lessons.Records(ctx, run, from)
	}
	return t.apart.Records(ctx, run, from)
}
