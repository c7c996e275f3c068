package blocksgen

import (
	"slices"

	"github.com/azimuthdev/azimuth/internal/heap"
)

// Max is the most blocks of a table.
const Max = 6

// Where a block can be beside on another block.
const (
	Table int8 = -1
	Hand  int8 = -2
	none  int8 = -3 // there is no such block
)

// Tower says for each block what it is on: another block, [Table] or [Hand]. Blocks that are not there are on none.
type Tower [Max]int8

// NewTower returns a table with n blocks on it.
func NewTower(n int) Tower {
	var t Tower
	for i := range t {
		t[i] = none
		if i < n {
			t[i] = Table
		}
	}
	return t
}

// Held returns the block in the hand.
func (t Tower) Held() (block int8, ok bool) {
	i := slices.Index(t[:], Hand)
	return int8(i), i >= 0
}

// Clear says whether a block is there, not held, and has nothing on it.
func (t Tower) Clear(b int8) bool { return t[b] != none && t[b] != Hand && !slices.Contains(t[:], b) }

// Verb is what the hand does.
type Verb uint8

// The four verbs, and what each costs.
const (
	PickUp  Verb = iota // a block from the table
	PutDown             // the held block on the table
	Stack               // the held block on another
	Unstack             // a block from another
)

// Cost of each verb. Putting a block down on the table is dear, so that it pays to think where to keep one.
var Cost = [...]int{PickUp: 1, PutDown: 3, Stack: 1, Unstack: 1}

// Move is one action. On is the other block of [Stack] and [Unstack], [Table] otherwise.
type Move struct {
	Verb  Verb
	Block int8
	On    int8
}

// Moves returns what can be done, in a fixed order.
func (t Tower) Moves() []Move {
	out := make([]Move, 0, Max+1)
	if b, ok := t.Held(); ok {
		out = append(out, Move{PutDown, b, Table})
		for i := range int8(Max) {
			if t.Clear(i) {
				out = append(out, Move{Stack, b, i})
			}
		}
		return out
	}
	for i := range int8(Max) {
		switch {
		case !t.Clear(i):
		case t[i] == Table:
			out = append(out, Move{PickUp, i, Table})
		default:
			out = append(out, Move{Unstack, i, t[i]})
		}
	}
	return out
}

// After returns the tower after a move, which must be possible.
func (t Tower) After(m Move) Tower {
	switch m.Verb {
	case PickUp, Unstack:
		t[m.Block] = Hand
	case PutDown:
		t[m.Block] = Table
	case Stack:
		t[m.Block] = m.On
	}
	return t
}

// Goal says for some blocks what they must be on; it is none for the others.
type Goal [Max]int8

// AnyGoal asks for nothing.
func AnyGoal() Goal { return Goal(NewTower(0)) }

// Met says whether all that is asked for holds.
func (g Goal) Met(t Tower) bool {
	for i, on := range g {
		if on != none && t[i] != on {
			return false
		}
	}
	return true
}

type open struct {
	cost, seq int
	tower     Tower
}

// Cheapest returns up to most cheapest plans, in a fixed order, and what one costs, by Dijkstra's method over all
// towers: exact. Without a way there is no plan.
func Cheapest(start Tower, goal Goal, most int) (plans [][]Move, cost int) {
	dist := map[Tower]int{start: 0}
	queue := heap.New(func(a, b *open) bool {
		if a.cost != b.cost {
			return a.cost < b.cost
		}
		return a.seq < b.seq
	})
	queue.Push(open{tower: start})
	var ends []Tower
	for seq := 1; len(ends) < most; {
		o, ok := queue.Pop()
		if !ok || len(ends) > 0 && o.cost > cost {
			break
		}
		if o.cost > dist[o.tower] {
			continue
		}
		if goal.Met(o.tower) {
			ends, cost = append(ends, o.tower), o.cost // each has a plan at least
			continue
		}
		for _, m := range o.tower.Moves() {
			next, c := o.tower.After(m), o.cost+Cost[m.Verb]
			if d, seen := dist[next]; !seen || c < d {
				dist[next] = c
				queue.Push(open{c, seq, next})
				seq++
			}
		}
	}
	w := walker{dist: dist, most: most}
	for _, e := range ends {
		w.back(e, nil)
	}
	return w.plans, cost
}

// walker collects cheapest plans from their ends.
type walker struct {
	dist  map[Tower]int
	most  int
	plans [][]Move
}

func (w *walker) back(t Tower, tail []Move) {
	if len(w.plans) >= w.most {
		return
	}
	if w.dist[t] == 0 {
		plan := slices.Clone(tail)
		slices.Reverse(plan)
		w.plans = append(w.plans, plan)
		return
	}
	for _, m := range t.Moves() {
		before, undo := t.After(m), inverse(m)
		if d, seen := w.dist[before]; seen && d+Cost[undo.Verb] == w.dist[t] {
			w.back(before, append(slices.Clone(tail), undo))
		}
	}
}

// inverse returns the move that a move undoes.
func inverse(m Move) Move {
	return Move{[...]Verb{PickUp: PutDown, PutDown: PickUp, Stack: Unstack, Unstack: Stack}[m.Verb], m.Block, m.On}
}
