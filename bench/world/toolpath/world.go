package toolpath

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"sync"
	"time"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/pixels"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/bench/world/internal/scene"
	"github.com/azimuthdev/azimuth/tool"
)

// The shortest and the longest chain of edits that a request asks for.
const (
	MinEdits = scene.MinEdits
	MaxEdits = scene.MaxEdits
)

// Options of a world; nil and zero are fine.
type Options struct {
	// Now makes prices be what this clock says; nil makes them pixels times a constant.
	Now func() time.Time
	// Edits is the length of the requests' chains, [MinEdits] to [MaxEdits]; 0 lets each have its own.
	Edits int
	// Distractors is how many further tools the world has that no request needs, 0 to [MaxDistractors], and Seed chooses them.
	Distractors int
	Seed        uint64
}

// Validate says which field is out of its range.
func (o *Options) Validate() error {
	if o == nil {
		return nil
	}
	if err := (sandbox.Options{Distractors: o.Distractors}).Validate(); err != nil {
		return err
	}
	if o.Edits != 0 && (o.Edits < MinEdits || o.Edits > MaxEdits) {
		return fmt.Errorf("edits: %d is not from %d to %d; 0 lets each request have its own", o.Edits, MinEdits, MaxEdits)
	}
	return nil
}

func (o *Options) edits() int {
	if o == nil {
		return 0
	}
	return o.Edits
}

// Task is a request without its answer. Image is the handle of the picture that is to be edited.
type Task struct {
	ID    string `json:"id"`
	Goal  string `json:"goal"`
	Image string `json:"image"`
}

// Generate returns n requests of a seed. Request i does not depend on n. The error is that of [Options.Validate], or a
// negative n.
func Generate(seed uint64, n int, o *Options) ([]Task, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if n < 0 {
		return nil, fmt.Errorf("n: %d tasks can't be drawn, give at least 0", n)
	}
	out := make([]Task, n)
	for i := range out {
		q := scene.Draw(draw.Task, seed, i, o.edits())
		out[i] = Task{ID: q.ID, Goal: q.Goal, Image: scene.Handle(q.Start())}
	}
	return out, nil
}

// World is one session. It implements [tool.World].
type World struct {
	box   *sandbox.World[desk]
	store *store
}

var _ tool.World = (*World)(nil)

// Example is the request whose picture the world has where none is named.
const Example = scene.Name + "-demo-1-0"

// Name is what requests' ids begin with.
const Name = scene.Name

// Open returns the session of a request of [Generate] with these options, by its id, such as toolpath-7-12. The
// picture is there. Errors: an id that is none, or those of [Options.Validate].
func Open(id string, o *Options) (*World, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	q, err := draw.ParseID(id)
	if err != nil {
		return nil, err
	}
	if q.World != scene.Name {
		return nil, fmt.Errorf("id: %q is not a request of %s", id, scene.Name)
	}
	s := &store{images: map[string]*pixels.Image{}, answers: map[string]tool.Result{}}
	if o != nil {
		s.now = o.Now
	}
	s.put(scene.Draw(q.Space, q.Seed, q.I, o.edits()).Start())
	return &World{sandbox.New(sandbox.NewAPI(ops(s, o)), desk{}), s}, nil
}

// Specs returns the tools in a fixed order.
func (w *World) Specs() []tool.Spec { return w.box.Specs() }

// Set returns the set of the tools, compiled once; see [tool.SetOf].
func (w *World) Set() (*tool.Set, error) { return w.box.Set() }

// Call carries out a call. What is wrong with it is a failed result; the error is the context's only.
func (w *World) Call(ctx context.Context, c tool.Call) (tool.Result, error) {
	return w.box.Call(ctx, c)
}

// Fork returns a copy that shares the images. It may be used at the same time as the original.
func (w *World) Fork() tool.World { return w.fork() }

func (w *World) fork() *World {
	c := *w.box
	return &World{&c, w.store}
}

// State returns the handle that was delivered, as {"image":handle}; {} before.
func (w *World) State() json.RawMessage { return w.box.State() }

// Image returns a picture by its handle, to be looked at or graded; ok is false where there is none.
func (w *World) Image(handle string) (m *image.NRGBA, ok bool) {
	p, ok := w.store.get(handle)
	if !ok {
		return nil, false
	}
	return p.NRGBA(), true
}

// desk is the state: what was delivered.
type desk struct{ delivered string }

// JSON implements sandbox.State.
func (d desk) JSON() json.RawMessage {
	if d.delivered == "" {
		return json.RawMessage("{}")
	}
	return sandbox.HandleValue("image", d.delivered)
}

// store holds images by their handles, and answers. It only grows.
type store struct {
	now     func() time.Time
	mu      sync.Mutex
	images  map[string]*pixels.Image
	answers map[string]tool.Result // of calls that were made, without a clock
}

// once answers a call that was made before, in whichever fork, without making it again: the tools are pure, and their
// stated prices stay what they are. With a clock every call is made.
func (s *store) once(key string, call func() (tool.Result, error)) (tool.Result, error) {
	s.mu.Lock()
	r, ok := s.answers[key]
	s.mu.Unlock()
	if ok {
		return r, nil
	}
	r, err := call()
	if err == nil && s.now == nil {
		s.mu.Lock()
		s.answers[key] = r
		s.mu.Unlock()
	}
	return r, err
}

func (s *store) put(m *pixels.Image) string {
	h := scene.Handle(m)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.images[h] = m
	return h
}

func (s *store) get(handle string) (*pixels.Image, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.images[handle]
	return m, ok
}
