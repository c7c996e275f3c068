package blocks

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/blocksgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
	"github.com/azimuthdev/azimuth/tool"
)

// Options of the world: how many distracting tools it has, and the seed that chooses them.
type Options = sandbox.Options

// Block is a block and what it is on: the name of another block, or "table".
type Block struct{ Name, On string }

// ErrTable says what is wrong with the blocks of [New].
var ErrTable = errors.New("want one to six blocks with names of their own, each on the table or on another one, at most one on each, in no circle")

// New returns a table with these blocks. Errors: [ErrTable], or what [Options.Validate] says.
func New(all []Block, o Options) (tool.World, error) {
	var names []string
	for _, b := range all {
		if b.Name == "" || b.Name == "table" || b.Name == "hand" || slices.Contains(names, b.Name) {
			return nil, ErrTable
		}
		names = append(names, b.Name)
	}
	if len(names) < 1 || len(names) > blocksgen.Max {
		return nil, ErrTable
	}
	t := blocksgen.NewTower(len(all))
	for i, b := range all {
		if b.On == "table" {
			continue
		}
		on := int8(slices.Index(names, b.On))
		if on < 0 || slices.Contains(t[:], on) {
			return nil, ErrTable
		}
		t[i] = on
	}
	if circular(t) {
		return nil, ErrTable
	}
	return open(names, t, o)
}

func circular(t blocksgen.Tower) bool {
	for i := range t {
		at := int8(i)
		for range len(t) {
			if at >= 0 {
				at = t[at]
			}
		}
		if at >= 0 {
			return true
		}
	}
	return false
}

// Open returns the table of a request, or the example of the package comment where none is named.
func Open(id draw.Request, o Options) (tool.World, error) {
	if !id.Named {
		return New([]Block{{"red", "table"}, {"blue", "red"}, {"green", "table"}}, o)
	}
	q := blocksgen.Draw(id.Space, id.Seed, id.I)
	return open(q.Names, q.Start, o)
}

func open(names []string, t blocksgen.Tower, o Options) (tool.World, error) {
	return tools.Open(o, table{names: names, tower: t})
}

var tools = sandbox.NewTools(sandbox.Table[table]{Ops: ops, Extras: extras, Set: set, Moves: moves})

// table is how the blocks stand, and what distracting tools stored.
type table struct {
	names []string // by block; never changed
	tower blocksgen.Tower
	notes sandbox.Dict
}

// JSON says for each block what it is on, and the notes where there are any.
func (t table) JSON() json.RawMessage {
	d := t.notes
	for i, name := range t.names {
		d = d.With(name, sandbox.Quote(t.on(int8(i))))
	}
	return d.JSON()
}

func (t table) on(b int8) string {
	switch on := t.tower[b]; on {
	case blocksgen.Table:
		return "table"
	case blocksgen.Hand:
		return "hand"
	default:
		return t.names[on]
	}
}

func set(t table, key string, v json.RawMessage) (table, error) {
	t.notes = t.notes.With(key, v)
	return t, nil
}

func ops() []sandbox.Op[table] {
	arg := func(name, doc string) sandbox.Arg { return sandbox.Arg{Name: name, Doc: doc, Type: sandbox.Text} }
	block := arg("block", "Name of the block, for example red.")
	op := func(v blocksgen.Verb, doc string, args ...sandbox.Arg) sandbox.Op[table] {
		return sandbox.Op[table]{
			Name: blocksgen.Tools[v], Effect: tool.Reversible, Args: args,
			Doc:   fmt.Sprintf("%s Costs %d.", doc, blocksgen.Cost[v]),
			Price: tool.Price{USD: float64(blocksgen.Cost[v]) * blocksgen.Cent},
			Do:    func(t table, vals []sandbox.Value) (table, tool.Result, error) { return t.do(v, vals) },
		}
	}
	return []sandbox.Op[table]{
		op(blocksgen.PickUp, "Picks up a block from the table. The hand must be empty, and nothing may be on the block.", block),
		op(blocksgen.PutDown, "Puts the block in the hand down on the table, where there is always room.", block),
		op(blocksgen.Stack, "Puts the block in the hand on another block, on which nothing may be.", block, arg("on", "Name of the block that it is put on.")),
		op(blocksgen.Unstack, "Takes a block off another block. The hand must be empty, and nothing may be on the block that is taken.", block, arg("from", "Name of the block that it is on.")),
		{
			Name: "look", Doc: "Describes how the blocks stand and what is in the hand.", Effect: tool.Read,
			Do: func(t table, _ []sandbox.Value) (table, tool.Result, error) {
				return t, sandbox.Say("%s", t.describe()), nil
			},
		},
	}
}

// index finds a block by its name.
func (t table) index(name string) (int8, error) {
	name = strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(name), "the "), " block")
	for i, n := range t.names {
		if strings.EqualFold(n, name) {
			return int8(i), nil
		}
	}
	return 0, fmt.Errorf("there is no block %q; there are %s", name, strings.Join(t.names, ", "))
}

func (t table) do(v blocksgen.Verb, vals []sandbox.Value) (table, tool.Result, error) {
	b, err := t.index(vals[0].Text)
	if err != nil {
		return t, tool.Result{}, err
	}
	m := blocksgen.Move{Verb: v, Block: b, On: blocksgen.Table}
	if len(vals) > 1 {
		if m.On, err = t.index(vals[1].Text); err != nil {
			return t, tool.Result{}, err
		}
	}
	if !slices.Contains(t.tower.Moves(), m) {
		return t, tool.Result{}, t.why(m)
	}
	t.tower = t.tower.After(m)
	return t, sandbox.Say("Done. %s", t.describe()), nil
}

// why says what stands against a move.
func (t table) why(m blocksgen.Move) error {
	held, full := t.tower.Held()
	name := t.names[m.Block]
	switch takes := m.Verb == blocksgen.PickUp || m.Verb == blocksgen.Unstack; {
	case takes && full:
		return fmt.Errorf("the hand holds %s; put it down or stack it first", t.names[held])
	case !takes && (!full || held != m.Block):
		return fmt.Errorf("the hand does not hold %s; pick it up or unstack it first", name)
	case takes && !t.tower.Clear(m.Block):
		return fmt.Errorf("something is on %s; take that off first", name)
	case m.Verb == blocksgen.PickUp:
		return fmt.Errorf("%s is not on the table but on %s; use unstack", name, t.on(m.Block))
	case m.Verb == blocksgen.Unstack:
		return fmt.Errorf("%s is not on %s but on %s", name, t.names[m.On], t.on(m.Block))
	}
	return fmt.Errorf("nothing can be put on %s while something is on it or it is in the hand", t.names[m.On])
}

func (t table) describe() string {
	var out []string
	for i, name := range t.names {
		switch on := t.on(int8(i)); on {
		case "hand":
			out = append(out, name+" is in the hand")
		case "table":
			out = append(out, name+" is on the table")
		default:
			out = append(out, name+" is on "+on)
		}
	}
	return strings.Join(out, ", ") + "."
}

func moves(t table) []tool.Call {
	var out []tool.Call
	for _, m := range t.tower.Moves() {
		name, args := blocksgen.Call(t.names, m)
		out = append(out, tool.Call{Tool: name, Args: args})
	}
	return out
}
