package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/journal/sqlite"
	"github.com/azimuthdev/azimuth/memory"
)

// session is an agent with everything that has to be closed after it.
type session struct {
	agent *azimuth.Agent
	conn  *connection
	store journal.Store
	print *printer
}

func (s *session) close() error {
	return errors.Join(s.conn.close(), s.store.Close())
}

// wanted is what a command wants a session to be.
type wanted struct {
	origin   origin
	check    func(*azimuth.Agent) error // of what the agent is going to be given; nil for nothing
	settings azimuth.Settings
	said     *said    // where the settings come from; nil for a journal
	notes    []string // what is to be said of them
	approve  *approveFlags
	store    string
	memory   *memoryFlags
}

// open makes a session. Every mistake in flags and files is found here, before anything is written.
func open(ctx context.Context, w wanted, g *Globals, e *env) (*session, error) {
	o := &azimuth.Options{Settings: w.settings, Note: w.origin.raw(), Secrets: secrets(g.file, e)}
	if err := o.Settings.Validate(); err != nil {
		return nil, usage(w.said.explain(err))
	}
	if err := w.origin.checkAligned(w.settings.Decode); err != nil {
		return nil, usage(err)
	}
	var err error
	if o.Approve, err = w.approve.policy(e, g.file); err != nil {
		return nil, err
	}
	if o.Model, err = openModel(ctx, &w.origin.modelFlags, e); err != nil {
		return nil, usage(err)
	}
	if w.origin.Aligned != "" {
		if o.Aligned, err = openModel(ctx, w.origin.second(), e); err != nil {
			return nil, usage(fmt.Errorf("aligned %w", err))
		}
	}
	if o.Settings.Budget.USD > 0 && o.Model.Capabilities().Prices == nil {
		return nil, usagef("budget: usd: the price of %s is not known; give it with --prices, or limit tokens instead", o.Model.Capabilities().Name)
	}
	if o.Judge, err = openJudge(w.origin.Judge, o.Model); err != nil {
		return nil, usage(err)
	}
	if o.Memory, err = openMemory(ctx, w.memory, e); err != nil {
		return nil, usage(err)
	}
	s := &session{print: newPrinter(e, g)}
	for _, note := range w.notes {
		s.print.note(note)
	}
	s.print.unrated(o)
	if s.conn, err = connect(ctx, &w.origin.sourceFlags, g.file, e); err != nil {
		return nil, err
	}
	s.print.sandbox, s.print.store = s.conn.world != nil, w.store
	o.World, o.Events = s.conn.world, s.print.events()
	who := &asker{e: e, p: s.print}
	if e.terminal {
		o.Approver = who
	}
	o.Unknown = w.approve.unknown(who)
	if err := s.start(ctx, w, o, e); err != nil {
		return nil, usage(errors.Join(err, s.conn.close()))
	}
	return s, nil
}

// start makes the agent, once without its store to see that everything fits, and only then opens the store.
func (s *session) start(ctx context.Context, w wanted, o *azimuth.Options, e *env) error {
	dry, err := azimuth.New(s.conn.tools, o)
	if err != nil {
		return err
	}
	if w.check != nil {
		if err := w.check(dry); err != nil {
			return err
		}
	}
	if s.store, err = openStore(ctx, w.store, e); err != nil {
		return err
	}
	o.Store = s.store
	if s.agent, err = azimuth.New(s.conn.tools, o); err != nil {
		return errors.Join(err, s.store.Close())
	}
	return nil
}

// openStore opens the journals to write to.
func openStore(ctx context.Context, dsn string, e *env) (journal.Store, error) {
	if dsn == "" {
		dsn = sqlite.DefaultPath(e.getenv, e.getenv("HOME"))
	}
	return sqlite.Open(ctx, dsn, nil)
}

// lookStore opens the journals to look at, and makes no file: where nothing was recorded yet, there are no runs.
func lookStore(ctx context.Context, dsn string, e *env) (journal.Store, error) {
	if dsn != "" {
		return sqlite.Open(ctx, dsn, &sqlite.Options{MustExist: true})
	}
	s, err := sqlite.Open(ctx, sqlite.DefaultPath(e.getenv, e.getenv("HOME")), &sqlite.Options{MustExist: true})
	if errors.Is(err, fs.ErrNotExist) {
		return journal.NewMemory(), nil
	}
	return s, err
}

// openMemory opens the plans that are remembered. Demonstrations of this run only make it a memory that forgets.
func openMemory(ctx context.Context, f *memoryFlags, e *env) (*memory.Store, error) {
	m, err := openPlans(f.MemoryFile, e)
	if err != nil || len(f.Learn) == 0 {
		return m, err
	}
	plans, err := m.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, path := range f.Learn {
		more, err := loadPlans(path)
		if err != nil {
			return nil, err
		}
		plans = append(plans, more...)
	}
	return memory.New(plans...)
}

func openPlans(path string, e *env) (*memory.Store, error) {
	switch path {
	case "none":
		return memory.New()
	case "":
		var err error
		if path, err = memory.DefaultPath(e.getenv); err != nil {
			return nil, err
		}
	}
	return memory.Open(path)
}

func loadPlans(path string) ([]memory.Plan, error) {
	format, err := memory.FormatOf(path)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("demonstrations: %w", err)
	}
	defer f.Close()
	plans, err := memory.Load(f, format)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return plans, nil
}
