package journal

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// WriterOptions of a [Writer]. Nil and zero are the defaults.
type WriterOptions struct {
	Now   func() time.Time // time.Now by default
	Batch int              // records held back at most, 64 by default; 1 writes each at once
	Bytes int              // bytes held back at most, 1 MiB by default
	Age   time.Duration    // an Append later than this after the oldest held back writes all, 50 ms by default
}

// Validate names the option that is out of range.
func (o *WriterOptions) Validate() error {
	if o == nil {
		return nil
	}
	if o.Batch < 0 || o.Bytes < 0 || o.Age < 0 {
		return fmt.Errorf("journal writer: Batch %d, Bytes %d, Age %v: want 0 for the default or more", o.Batch, o.Bytes, o.Age)
	}
	return nil
}

func (o *WriterOptions) withDefaults() WriterOptions {
	d := WriterOptions{Now: time.Now, Batch: 64, Bytes: 1 << 20, Age: 50 * time.Millisecond}
	if o == nil {
		return d
	}
	if o.Now != nil {
		d.Now = o.Now
	}
	if o.Batch > 0 {
		d.Batch = o.Batch
	}
	if o.Bytes > 0 {
		d.Bytes = o.Bytes
	}
	if o.Age > 0 {
		d.Age = o.Age
	}
	return d
}

// Writer writes one run's records: it numbers, dates, scrubs and batches them. It may be used from several goroutines
// at once, and starts none itself. Call Flush before waiting for something slow, so that others see what was done.
//
// The first error of the store (a full disk, another writer's record) is returned by every later call too: a run
// whose journal can't be written must stop. Writing goes on after a context's cancellation, because a run that was interrupted still has
// to note where it stood.
type Writer struct {
	store Store
	run   string
	opts  WriterOptions

	mu     sync.Mutex
	next   uint64
	held   []Record
	bytes  int
	oldest time.Time
	err    error
}

// Begin registers a run and returns its writer. Secrets that by knows never reach the store.
func Begin(ctx context.Context, s Store, r Run, by *Scrubber, o *WriterOptions) (*Writer, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	opts := o.withDefaults()
	if r.Started.IsZero() {
		r.Started = opts.Now()
	}
	s = Scrubbed(s, by)
	if err := s.Create(ctx, r); err != nil {
		return nil, err
	}
	return &Writer{store: s, run: r.ID, opts: opts, next: 1}, nil
}

// Continue returns a writer that carries on an existing run, whose full id it takes. Lock the run first.
func Continue(ctx context.Context, s Store, run string, by *Scrubber, o *WriterOptions) (*Writer, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	r, err := s.Get(ctx, run)
	if err == nil && r.ID != run {
		err = fmt.Errorf("run %q: %w", run, ErrNoRun)
	}
	if err == nil {
		err = r.Readable()
	}
	if err != nil {
		return nil, err
	}
	return &Writer{store: Scrubbed(s, by), run: run, opts: o.withDefaults(), next: r.Records + 1}, nil
}

// Run returns the run's id.
func (w *Writer) Run() string { return w.run }

// Append adds a record, which the store has when the next Flush, AppendSync or End returned, or earlier. The payload is encoded
// before Append returns.
func (w *Writer) Append(ctx context.Context, kind Kind, payload any) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.add(kind, payload); err != nil {
		return err
	}
	if len(w.held) < w.opts.Batch && w.bytes < w.opts.Bytes && w.held[len(w.held)-1].At.Sub(w.oldest) < w.opts.Age {
		return nil
	}
	return w.flush(ctx, w.store.Append)
}

// AppendSync adds a record and returns when it, and all before it, would survive a power cut. Intents need it: they
// are written before their effect is started.
func (w *Writer) AppendSync(ctx context.Context, kind Kind, payload any) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.add(kind, payload); err != nil {
		return err
	}
	return w.flush(ctx, func(ctx context.Context, run string, recs ...Record) error {
		return AppendSync(ctx, w.store, run, recs...)
	})
}

// Flush hands everything held back to the store. What it returned from survives the death of this process.
func (w *Writer) Flush(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.flush(ctx, w.store.Append)
}

// End flushes and notes how the run ended. More may be appended afterwards.
func (w *Writer) End(ctx context.Context, status string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.flush(ctx, w.store.Append); err != nil {
		return err
	}
	return w.store.SetStatus(context.WithoutCancel(ctx), w.run, status)
}

// add numbers a record and holds it back.
func (w *Writer) add(kind Kind, payload any) error {
	if w.err != nil {
		return w.err
	}
	rec, err := New(w.next, w.opts.Now(), kind, payload)
	if err != nil {
		return err // nothing was written, nothing is missing
	}
	if len(w.held) == 0 {
		w.oldest = rec.At
	}
	w.next++
	w.held = append(w.held, rec)
	w.bytes += len(rec.Data)
	return nil
}

func (w *Writer) flush(ctx context.Context, put func(context.Context, string, ...Record) error) error {
	if w.err != nil || len(w.held) == 0 {
		return w.err
	}
	if err := put(context.WithoutCancel(ctx), w.run, w.held...); err != nil {
		w.err = fmt.Errorf("the journal of run %s can't be written: %w", w.run, err)
		return w.err
	}
	clear(w.held)
	w.held, w.bytes = w.held[:0], 0
	return nil
}
