package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/arith"
	"github.com/azimuthdev/azimuth/bench/world/blocks"
	"github.com/azimuthdev/azimuth/bench/world/game24"
	"github.com/azimuthdev/azimuth/bench/world/home"
	"github.com/azimuthdev/azimuth/bench/world/household"
	"github.com/azimuthdev/azimuth/bench/world/internal/arithgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/blocksgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/game24gen"
	"github.com/azimuthdev/azimuth/bench/world/internal/homegen"
	"github.com/azimuthdev/azimuth/bench/world/internal/householdgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/bench/world/internal/sheetsgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/toolpathgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/tripgen"
	"github.com/azimuthdev/azimuth/bench/world/sheets"
	"github.com/azimuthdev/azimuth/bench/world/toolpath"
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
	what string // its requests are, and its tools, in a line
	open func(id draw.Request, o Options) (tool.World, error)
	draw func(space draw.Space, seed uint64, i int) label.Request
}

// requests makes a world's own drawing one of the register's.
func requests[Q label.Request](f func(draw.Space, uint64, int) Q) func(draw.Space, uint64, int) label.Request {
	return func(s draw.Space, seed uint64, i int) label.Request { return f(s, seed, i) }
}

func entries() []entry {
	return []entry{
		{homegen.Name, "searches for a home: 15 tools that take criteria in the order of a form", func(_ draw.Request, o Options) (tool.World, error) { return home.NewWith(o) }, requests(homegen.Draw)},
		{tripgen.Name, "bookings of tickets and hotels: 20 tools that take criteria in the order of a form", func(_ draw.Request, o Options) (tool.World, error) { return trip.NewWith(o) }, requests(tripgen.Draw)},
		{sheetsgen.Name, "changes to a spreadsheet in memory: 17 tools", sheets.Open, requests(sheetsgen.Draw)},
		{householdgen.Name, "chores in a house of eight rooms: 40 verbs", func(_ draw.Request, o Options) (tool.World, error) { return household.New(o) }, requests(householdgen.Draw)},
		{arithgen.Name, "word problems of two to eight calculations: a calculator", func(_ draw.Request, o Options) (tool.World, error) { return arith.New(o) }, requests(arithgen.Draw)},
		{game24gen.Name, "the Game of 24: one tool that replaces two numbers by a result", game24.Open, requests(game24gen.Draw)},
		{blocksgen.Name, "Blocksworld with prices: 5 tools", blocks.Open, requests(blocksgen.Draw)},
		{toolpathgen.Name, "image edits on real pixels: 22 tools, several for each kind of edit", openToolpath, requests(toolpathgen.Draw)},
	}
}

// openToolpath opens the session of a request of image edits, or that of its example.
func openToolpath(id draw.Request, o Options) (tool.World, error) {
	name := toolpath.Example
	if id.Named {
		name = draw.ID(id.World, id.Space, id.Seed, id.I)
	}
	return toolpath.Open(name, &toolpath.Options{Distractors: o.Distractors, Seed: o.Seed})
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

// About says in a line what a world's requests are, and its tools; empty where there is no such world.
func About(name string) string {
	e, _ := find(name)
	return e.what
}

// Open returns a new world, by the world's name or by a request's id (such as sheets-7-12, or sheets-demo-7-3): then
// it is as the request finds it. In home, trip, household and arith every request begins alike. By name, the others
// begin as the example of their package's documentation. Errors: [*UnknownError], or what [Options.Validate] says.
func Open(nameOrID string, o *Options) (tool.World, error) {
	q := draw.Request{World: nameOrID}
	if id, err := draw.ParseID(nameOrID); err == nil {
		q = id
	}
	e, err := find(q.World)
	if err != nil {
		return nil, err
	}
	if o == nil {
		o = &Options{}
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	return e.open(q, *o)
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
		id, goal := e.draw(draw.Task, seed, i).Task()
		out[i] = Task{id, goal}
	}
	return out, nil
}

// Goal returns the goal of a request by its id, as [Tasks] has it. Errors: [*UnknownError], or that it is no request's id.
func Goal(id string) (string, error) {
	q, err := draw.ParseID(id)
	if err != nil {
		return "", err
	}
	e, err := find(q.World)
	if err != nil {
		return "", err
	}
	_, goal := e.draw(q.Space, q.Seed, q.I).Task()
	return goal, nil
}

// Demos returns n solved requests of a seed, for a planner's memory or prompt. They are never the answers to
// tasks: whatever the seeds are, requests of [Tasks] and of Demos name different things.
// The calls of demonstration i work in the world that [Open] returns for its id, WORLD-demo-SEED-i. Errors: [*UnknownError],
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
		l := e.draw(draw.Demo, seed, i).Label()
		out[i] = model.Demo{Goal: l.Goal, Calls: l.Plan}
	}
	return out, nil
}
