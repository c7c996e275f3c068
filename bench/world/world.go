package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/home"
	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/homegen"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/bench/world/internal/tripgen"
	"github.com/azimuthdev/azimuth/bench/world/trip"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// Options of a world: how many distracting tools it has, and the seed that chooses them. Zero is the world as its
// evaluator defines it.
type Options = sandbox.Options

// MaxDistractors is how many distracting tools a world can have.
const MaxDistractors = sandbox.MaxDistractors

// Task is a request without its answer.
type Task struct {
	ID   string `json:"id"`
	Goal string `json:"goal"`
}

// entry is what the register knows of a world.
type entry struct {
	name string
	open func(Options) (tool.World, error)
	task func(seed uint64, i int) Task
	demo func(seed uint64, i int) label.Label
}

func entries() []entry {
	return []entry{
		{
			name: homegen.Name,
			open: func(o Options) (tool.World, error) { return home.NewWith(o) },
			task: func(seed uint64, i int) Task {
				q := homegen.Draw(draw.Task, seed, i)
				return Task{q.ID, q.Goal}
			},
			demo: func(seed uint64, i int) label.Label {
				q := homegen.Draw(draw.Demo, seed, i)
				return q.Label()
			},
		},
		{
			name: tripgen.Name,
			open: func(o Options) (tool.World, error) { return trip.NewWith(o) },
			task: func(seed uint64, i int) Task {
				q := tripgen.Draw(draw.Task, seed, i)
				return Task{q.ID, q.Goal}
			},
			demo: func(seed uint64, i int) label.Label {
				q := tripgen.Draw(draw.Demo, seed, i)
				return q.Label()
			},
		},
	}
}

// UnknownError says that there is no world of that name.
type UnknownError struct {
	Name  string
	Known []string
}

// Error names the worlds there are.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("world %q: there is no such world; there are %s", e.Name, strings.Join(e.Known, ", "))
}

func find(name string) (entry, error) {
	all := entries()
	i := slices.IndexFunc(all, func(e entry) bool { return e.name == name })
	if i < 0 {
		return entry{}, &UnknownError{Name: name, Known: Names()}
	}
	return all[i], nil
}

// Names returns the names of the worlds, sorted.
func Names() []string {
	var out []string
	for _, e := range entries() {
		out = append(out, e.name)
	}
	slices.Sort(out)
	return out
}

// Open returns a new world. Errors: [*UnknownError], or what [Options.Validate] says.
func Open(name string, o *Options) (tool.World, error) {
	e, err := find(name)
	if err != nil {
		return nil, err
	}
	if o == nil {
		o = &Options{}
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	return e.open(*o)
}

// Tasks returns n requests of a seed; request i does not depend on n. Errors: [*UnknownError], or a negative n.
func Tasks(name string, seed uint64, n int) ([]Task, error) {
	e, err := find(name)
	if err != nil {
		return nil, err
	}
	if n < 0 {
		return nil, fmt.Errorf("n: %d tasks can't be drawn, give at least 0", n)
	}
	out := make([]Task, n)
	for i := range out {
		out[i] = e.task(seed, i)
	}
	return out, nil
}

// Demos returns n solved requests of a seed, for a planner's memory or prompt. They are never the answers to
// tasks: whatever the seeds are, requests of [Tasks] and of Demos name different places. Errors: [*UnknownError],
// or a negative n.
func Demos(name string, seed uint64, n int) ([]model.Demo, error) {
	e, err := find(name)
	if err != nil {
		return nil, err
	}
	if n < 0 {
		return nil, fmt.Errorf("n: %d demonstrations can't be drawn, give at least 0", n)
	}
	out := make([]model.Demo, n)
	for i := range out {
		l := e.demo(seed, i)
		out[i] = model.Demo{Goal: l.Goal, Calls: l.Plan}
	}
	return out, nil
}
