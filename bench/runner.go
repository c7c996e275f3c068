package bench

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/lexical"
)

// Sink is where rows go. The runner uses it from one goroutine at a time.
type Sink interface {
	Has(Key) bool  // the row is there already
	Put(Row) error // keep it
}

// RunnerOptions of a [Runner]; nil and zero fields take the defaults.
type RunnerOptions struct {
	// Parallel is how many tasks run at once, 1 to 1,024; one a core by default. It changes wall times only.
	Parallel int
	// OpenModel opens models by name. By default only lexical is known.
	OpenModel func(name string) (model.Model, error)
	// OpenJudge opens judges that are neither none nor noisy; m is the condition's model. None by default.
	OpenJudge func(spec string, m model.Model) (judge.Judge, error)
	// Journals keeps the journal of every run; by default each goes with its run. Opened, and closed, by the caller. No run
	// sees those of others.
	Journals journal.Store
	// Progress is called after each row and once before the first, never from two goroutines at once.
	Progress func(Progress)
	// Now is the clock; time.Now by default.
	Now func() time.Time
}

// Progress is how far a run is.
type Progress struct {
	Done, Total int
	Kept        int // of those done, the rows that were there before
	Row         Row // the newest; zero at the beginning
}

// Runner runs a [Spec].
type Runner struct {
	spec       Spec
	contenders []Contender
	opts       RunnerOptions
	open       opener
	caps       model.Capabilities
	mu         sync.Mutex // guards what follows, the sink and the callback
	places     map[place]*environment
	progress   Progress
}

// NewRunner returns a runner of the spec. Errors name the field that is wrong and its range, or list what there is;
// a contender that needs what the model can't give is refused here, before anything is spent.
func NewRunner(s Spec, o *RunnerOptions) (*Runner, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	r := &Runner{spec: s.WithDefaults(), places: map[place]*environment{}}
	if o != nil {
		r.opts = *o
	}
	if err := r.defaults(); err != nil {
		return nil, err
	}
	var err error
	if r.contenders, err = ParseContenders(s.Strategies); err != nil {
		return nil, err
	}
	return r, r.probe()
}

func (r *Runner) defaults() error {
	if p := r.opts.Parallel; p < 0 || p > 1024 {
		return fmt.Errorf("parallel: %d is not from 1 to 1,024", p)
	}
	r.opts.Parallel = orDefault(r.opts.Parallel, runtime.GOMAXPROCS(0))
	if r.opts.Now == nil {
		r.opts.Now = time.Now
	}
	r.open = opener{r.opts.OpenModel, r.opts.OpenJudge}
	if r.open.model == nil {
		r.open.model = func(name string) (model.Model, error) {
			if name != "lexical" {
				return nil, fmt.Errorf("model: %q: want %s or lexical", name, Noisy)
			}
			return lexical.New(&lexical.Options{Now: r.opts.Now}), nil
		}
	}
	return nil
}

// probe makes every condition's environment once, at the size of one task, to see that all of it fits.
func (r *Runner) probe() error {
	small := r.spec
	small.Tasks, small.Lessons = 1, 0
	var e *environment
	var at place
	for _, c := range r.spec.Conditions() { // budgets stand together and share a place
		if p := placeOf(Key{Condition: c, Seed: r.spec.First}); e == nil || p != at {
			e, at = &environment{}, p
			if err := e.make(p, small, r.open); err != nil {
				return err
			}
		}
		r.caps = e.model.Capabilities()
		for _, x := range r.contenders {
			if err := e.rehearse(context.Background(), x, c, r.opts.Now); err != nil { // in memory, and over at once
				return err
			}
		}
	}
	return nil
}

// Run measures the rows that the sink does not have. It ends at the first error: an interrupt, a provider that gave
// up, a sink that can't be written. What was measured until then is in the sink.
func (r *Runner) Run(ctx context.Context, sink Sink) error {
	todo := r.missing(sink)
	g, ctx := errgroup.WithContext(ctx)
	next := make(chan job)
	g.Go(func() error {
		defer close(next)
		for _, j := range todo {
			select {
			case next <- j:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		return nil
	})
	for range r.opts.Parallel {
		g.Go(func() error {
			for j := range next {
				if err := r.work(ctx, j, sink); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// job is a row to be measured.
type job struct {
	key       Key
	contender int
}

// missing lists the rows that the sink does not have, and counts those it has.
func (r *Runner) missing(sink Sink) []job {
	r.mu.Lock()
	defer r.mu.Unlock()
	var todo []job
	r.progress = Progress{}
	clear(r.places)
	r.spec.keys(r.contenders, func(k Key, c int) {
		r.progress.Total++
		if sink.Has(k) {
			r.progress.Kept++
			return
		}
		todo = append(todo, job{k, c})
		p := placeOf(k)
		if r.places[p] == nil {
			r.places[p] = &environment{outfit: outfit{journals: apartOf(r.opts.Journals)}}
		}
		r.places[p].left++
	})
	r.progress.Done = r.progress.Kept
	if r.opts.Progress != nil {
		r.opts.Progress(r.progress)
	}
	return todo
}

func (r *Runner) work(ctx context.Context, j job, sink Sink) error {
	p := placeOf(j.key)
	r.mu.Lock()
	e := r.places[p]
	r.mu.Unlock()
	e.once.Do(func() { e.err = e.make(p, r.spec, r.open) })
	if e.err != nil {
		return e.err
	}
	row, err := e.measure(ctx, j.key, r.contenders[j.contender], r.opts.Now)
	if err != nil {
		return errors.Join(err, context.Cause(ctx))
	}
	return r.done(p, row, sink)
}

// done keeps a row, and lets go of an environment that nobody needs any more.
func (r *Runner) done(p place, row Row, sink Sink) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := sink.Put(row); err != nil {
		return err
	}
	if r.places[p].left--; r.places[p].left == 0 {
		delete(r.places, p)
	}
	r.progress.Done++
	r.progress.Row = row
	if r.opts.Progress != nil {
		r.opts.Progress(r.progress)
	}
	return nil
}
