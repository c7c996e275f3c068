package noisy

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

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
	w, err := world.Open(name, nil)
	if err != nil {
		return nil, err
	}
	if n < 0 {
		return nil, fmt.Errorf("n: %d tasks can't be drawn, give at least 0", n)
	}
	out := make([]Task, n)
	for i := range out {
		l, err := grade.Gold(name, seed, i)
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
}

func prepare(t Task, texts map[string][]string) (*task, error) {
	p := &task{gold: t.Gold, world: t.World, schemas: map[string]schema{}, makers: map[string]bool{}, takers: map[string]bool{}, texts: texts}
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
		}
	}
	for _, s := range t.World.Specs() {
		var sch schema
		if err := json.Unmarshal(s.Input, &sch); err != nil {
			return nil, fmt.Errorf("tool %s: input schema: %w", s.Name, err)
		}
		p.schemas[s.Name] = sch
		for _, a := range sch.Properties {
			p.takers[s.Name] = p.takers[s.Name] || a.Pattern != ""
		}
		if !used[s.Name] {
			p.strays = append(p.strays, s.Name)
		}
	}
	return p, nil
}

// value is an argument.
type value struct {
	name string
	raw  json.RawMessage
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
