// Package blocksgen draws Blocksworld requests: how the blocks stand, what is asked for, how it is worded, and the gold
// answer with its price.
package blocksgen

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
)

// Name is the world's name, part of every request's id and seed.
const Name = "blocks"

// Cent is what a unit of cost is in dollars.
const Cent = 0.01

// Request is one drawn request.
type Request struct {
	ID, Goal string
	Names    []string // of the blocks
	Start    Tower
	want     Goal
	plans    [][]Move
	cost     int
}

var names = [...][]string{
	draw.Task: {"red", "blue", "green", "yellow", "orange", "white", "black", "purple", "brown", "pink"},
	draw.Demo: {"A", "B", "C", "D", "E", "F", "G", "H", "J", "K"},
}

// The lengths of cheapest plans that are drawn.
const (
	minMoves = 4
	maxMoves = 14
)

// maxOthers is how many cheapest plans a label holds beside the first.
const maxOthers = 11

// Draw returns the request i of a seed: three to six blocks.
func Draw(space draw.Space, seed uint64, i int) *Request {
	r := draw.New(Name, space, seed, i)
	for {
		n := 3 + r.IntN(Max-2)
		q := &Request{ID: draw.ID(Name, space, seed, i), Names: draw.Shuffled(r, names[space])[:n]}
		q.Start = tower(r, n)
		q.want = goalOf(tower(r, n))
		if q.want == AnyGoal() || q.want.Met(q.Start) {
			continue
		}
		q.plans, q.cost = Cheapest(q.Start, q.want, 1+maxOthers)
		if k := len(q.plans[0]); k >= minMoves && k <= maxMoves {
			q.Goal = q.goal(r)
			return q
		}
	}
}

// tower draws a table on which each block is put on the table or on a block that is clear.
func tower(r *rand.Rand, n int) Tower {
	t := NewTower(0)
	for _, b := range r.Perm(n) {
		on := Table
		if tops := t.tops(); len(tops) > 0 && r.IntN(3) > 0 {
			on = draw.Pick(r, tops...)
		}
		t[b] = on
	}
	return t
}

func (t Tower) tops() []int8 {
	var out []int8
	for i := range int8(Max) {
		if t.Clear(i) {
			out = append(out, i)
		}
	}
	return out
}

// goalOf asks for what is on what, not for what is on the table.
func goalOf(t Tower) Goal {
	g := AnyGoal()
	for i, on := range t {
		if on >= 0 {
			g[i] = on
		}
	}
	return g
}

var wordings = []string{
	"%[1]s %[2]s", "%[1]s Your task: %[2]s", "%[1]s Now %[3]s", "%[1]s Please %[3]s", "%[2]s %[1]s", "Blocks: %[1]s Goal: %[2]s",
}

var asks = []string{"make sure that %s.", "rearrange the blocks so that %s.", "bring it about that %s.", "see to it that %s.", "move blocks until %s."}

var prices = []string{
	"", " Picking up, stacking and unstacking cost 1 each, putting down on the table costs 3: spend as little as possible.",
	" Keep it cheap: putting down costs 3, everything else 1.", " The cheapest way counts (putting down 3, other moves 1).",
}

func (q *Request) goal(r *rand.Rand) string {
	ask := fmt.Sprintf(draw.Pick(r, asks...), draw.List(q.wishes(r), "and"))
	upper := strings.ToUpper(ask[:1]) + ask[1:]
	return fmt.Sprintf(draw.Pick(r, wordings...)+"%[4]s", q.scene(r), upper, ask, draw.Pick(r, prices...))
}

func (q *Request) block(i int8) string { return "the " + q.Names[i] + " block" }

func (q *Request) wishes(r *rand.Rand) []string {
	var out []string
	for i, on := range q.want {
		if on >= 0 {
			out = append(out, q.block(int8(i))+draw.Pick(r, " is on ", " is on top of ", " sits on ")+q.block(on))
		}
	}
	return draw.Shuffled(r, out)
}

// scene describes how the blocks stand, stack by stack from the bottom.
func (q *Request) scene(r *rand.Rand) string {
	var out []string
	for i, on := range q.Start {
		if on == Table {
			out = append(out, q.stack(r, int8(i)))
		}
	}
	return fmt.Sprintf(draw.Pick(r, "On the table: %s.", "There are blocks on a table: %s.", "You see on the table %s.", "The blocks stand like this: %s.",
		"At first the table holds %s.", "A table carries %s."), strings.Join(draw.Shuffled(r, out), "; "))
}

func (q *Request) stack(r *rand.Rand, b int8) string {
	blocks := []string{q.block(b)}
	for i := slices.Index(q.Start[:], b); i >= 0; i = slices.Index(q.Start[:], b) {
		b = int8(i)
		blocks = append(blocks, q.block(b))
	}
	if len(blocks) == 1 {
		return blocks[0]
	}
	if draw.Chance(r, 0.5) {
		return "a stack (from bottom to top: " + strings.Join(blocks, ", ") + ")"
	}
	return strings.Join(blocks, ", on which stands ")
}

// Task returns the request without its answer.
func (q *Request) Task() (id, goal string) { return q.ID, q.Goal }

// Label returns the gold answer: the first cheapest plan, the others, and what one costs.
func (q *Request) Label() label.Label {
	l := q.planOf(q.plans[0])
	for _, p := range q.plans[1:] {
		o := q.planOf(p)
		l.Others = append(l.Others, o.Order())
	}
	l.From = q.from
	var d sandbox.Dict
	for i, on := range q.want {
		if on >= 0 {
			d = d.With(q.Names[i], sandbox.Quote(q.Names[on]))
		}
	}
	l.ID, l.Goal, l.Dict, l.Rule, l.Optimal = q.ID, q.Goal, d.JSON(), label.Contains, float64(q.cost)*Cent
	return l
}

// from is the first cheapest plan from a state of the world.
func (q *Request) from(state json.RawMessage) (label.Order, bool) {
	var on map[string]string
	if json.Unmarshal(state, &on) != nil {
		return label.Order{}, false
	}
	t := NewTower(len(q.Names))
	for i, name := range q.Names {
		switch place := on[name]; place {
		case "table":
		case "hand":
			t[i] = Hand
		default:
			if t[i] = int8(slices.Index(q.Names, place)); t[i] < 0 {
				return label.Order{}, false
			}
		}
	}
	plans, _ := Cheapest(t, q.want, 1)
	l := q.planOf(plans[0])
	return l.Order(), true
}

// planOf turns moves into calls. One hand leaves no freedom of order within a plan.
func (q *Request) planOf(moves []Move) label.Label {
	var b label.Builder
	for i, m := range moves {
		if i == 0 {
			b.Add(Call(q.Names, m))
			continue
		}
		name, args := Call(q.Names, m)
		b.Add(name, args, i-1)
	}
	return b.Done()
}

// Tools are the names of the verbs' tools.
var Tools = [...]string{PickUp: "pick_up", PutDown: "put_down", Stack: "stack", Unstack: "unstack"}

// Call returns a move's tool and arguments, in canonical form. Names are plain words: nothing in them is escaped.
func Call(names []string, m Move) (name string, args []byte) {
	raw := `{"block":"` + names[m.Block]
	switch m.Verb {
	case Stack:
		raw += `","on":"` + names[m.On]
	case Unstack:
		raw += `","from":"` + names[m.On]
	}
	return Tools[m.Verb], []byte(raw + `"}`)
}
