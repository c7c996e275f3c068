package noisy

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/bench/world/grade"
	"github.com/azimuthdev/azimuth/tool"
)

// Task is a request with its answer.
type Task struct {
	Gold  grade.Label
	World tool.World // as it is before the first call; only ever forked
}

// Tasks returns the first n tasks of a world's seed, with their answers. The error is that of [world.Open] or of
// [world.Tasks].
func Tasks(name string, seed uint64, n int) ([]Task, error) {
	if n < 0 {
		return nil, fmt.Errorf("n: %d tasks can't be drawn, give at least 0", n)
	}
	out := make([]Task, n)
	for i := range out {
		l, err := grade.Gold(name, seed, i)
		if err != nil {
			return nil, err
		}
		w, err := world.Open(l.ID, nil)
		if err != nil {
			return nil, err
		}
		out[i] = Task{Gold: l, World: w}
	}
	return out, nil
}

// schema is what the simulation reads of a tool's JSON Schema.
type schema struct {
	Properties map[string]prop `json:"properties"`
}

type prop struct {
	Type    string   `json:"type"`
	Enum    []string `json:"enum"`
	Items   *prop    `json:"items"`
	Pattern string   `json:"pattern"`
	Maximum *float64 `json:"maximum"`
	Minimum *float64 `json:"minimum"`
}

// handle returns the kind of handle that the argument takes, "" for one that takes none.
func (p prop) handle() string {
	kind, ok := strings.CutSuffix(p.Pattern, ":.+#[0-9a-f]{8}$")
	if !ok {
		return ""
	}
	return strings.TrimPrefix(kind, "^")
}

// fits says whether a text matches the argument's pattern.
func (p prop) fits(s string) bool {
	ok, err := regexp.MatchString(p.Pattern, s)
	return ok && err == nil
}

func (s schema) names() []string { return slices.Sorted(maps.Keys(s.Properties)) }

// task is a [Task], prepared.
type task struct {
	gold    grade.Label
	world   tool.World
	schemas map[string]schema
	makers  map[string]bool     // constructors: tools whose calls make handles
	takers  map[string]bool     // tools that take a handle
	strays  []string            // tools that the gold plan does not use
	texts   map[string][]string // values of free text arguments that other tasks' plans have, by tool and argument
	numbers []json.RawMessage   // numbers in the gold plan
	said    []string            // numbers in the goal
	things  map[string]bool     // texts in the gold plan
	orders  []grade.Order       // gold plans
	moves   bool                // the world lists the calls that would not fail

	mu    sync.Mutex
	known map[string]*grade.Order // gold plans by state, nil where there is none
}

// mover is a world that can list the calls that would not fail now, none where it can't after all.
type mover interface{ Moves() []tool.Call }

// shared is what the tasks of a simulation have in common.
type shared struct {
	texts   map[string][]string
	schemas map[string]schema // by tool and schema, so that each is read once
}

func prepare(t Task, all shared) (*task, error) {
	p := &task{
		gold: t.Gold, world: t.World, schemas: map[string]schema{}, makers: map[string]bool{}, takers: map[string]bool{},
		texts: all.texts, things: map[string]bool{}, orders: t.Gold.Orders(), said: inGoal.FindAllString(t.Gold.Goal, -1),
		known: map[string]*grade.Order{},
	}
	m, ok := t.World.(mover)
	p.moves = ok && len(m.Moves()) > 0
	used := p.uses(t)
	for _, s := range t.World.Specs() {
		sch, err := all.read(s)
		if err != nil {
			return nil, err
		}
		p.schemas[s.Name] = sch
		for _, a := range sch.Properties {
			p.takers[s.Name] = p.takers[s.Name] || a.handle() != ""
		}
		if !used[s.Name] {
			p.strays = append(p.strays, s.Name)
		}
	}
	return p, nil
}

var inGoal = regexp.MustCompile(`[0-9]+`)

// uses gathers what the gold plan has, and returns its tools.
func (p *task) uses(t Task) map[string]bool {
	used := map[string]bool{}
	for i, c := range t.Gold.Plan {
		used[c.Tool] = true
		if t.Gold.Makes[i] != "" {
			p.makers[c.Tool] = true
		}
		for _, v := range values(c) {
			if v.raw[0] >= '0' && v.raw[0] <= '9' {
				p.numbers = append(p.numbers, v.raw)
			}
			if s, ok := v.text(); ok {
				p.things[s] = true
			}
		}
	}
	return used
}

// read reads a tool's schema.
func (a shared) read(s tool.Spec) (schema, error) {
	key := s.Name + "\x00" + string(s.Input)
	if sch, ok := a.schemas[key]; ok {
		return sch, nil
	}
	var sch schema
	if err := json.Unmarshal(s.Input, &sch); err != nil {
		return schema{}, fmt.Errorf("tool %s: input schema: %w", s.Name, err)
	}
	a.schemas[key] = sch
	return sch, nil
}

// value is an argument.
type value struct {
	name string
	raw  json.RawMessage
}

// text returns a value that is a text.
func (v value) text() (s string, ok bool) {
	return s, json.Unmarshal(v.raw, &s) == nil
}

// values returns a call's arguments, sorted by name.
func values(c tool.Call) []value {
	var m map[string]json.RawMessage
	if json.Unmarshal(c.Args, &m) != nil {
		return nil
	}
	var out []value
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if len(m[name]) > 0 {
			out = append(out, value{name, m[name]})
		}
	}
	return out
}

// collect gathers the texts of all tasks' gold plans, without handles.
func collect(tasks []Task) map[string][]string {
	out := map[string][]string{}
	for _, t := range tasks {
		for _, c := range t.Gold.Plan {
			for _, v := range values(c) {
				var s string
				if json.Unmarshal(v.raw, &s) == nil && !strings.Contains(s, "#") {
					out[c.Tool+" "+v.name] = append(out[c.Tool+" "+v.name], s)
				}
			}
		}
	}
	for k := range out {
		slices.Sort(out[k])
		out[k] = slices.Compact(out[k])
	}
	return out
}
