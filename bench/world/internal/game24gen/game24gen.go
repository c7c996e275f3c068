// Package game24gen draws puzzles of the Game of 24: four numbers from 1 to 13 that can be combined to 24, how the
// request is worded, and the gold answer.
package game24gen

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
)

// Name is the world's name, part of every request's id and seed.
const Name = "game24"

// Request is one drawn puzzle.
type Request struct {
	ID, Goal string
	Start    []Fraction // sorted
}

// Draw returns the puzzle i of a seed. Every fifth solvable puzzle is for demonstrations, the others are for tasks.
func Draw(space draw.Space, seed uint64, i int) *Request {
	r := draw.New(Name, space, seed, i)
	all := Puzzles()
	at := r.IntN(len(all))
	for (at%5 == 4) != (space == draw.Demo) {
		at = r.IntN(len(all))
	}
	q := &Request{ID: draw.ID(Name, space, seed, i)}
	for _, n := range all[at] {
		q.Start = append(q.Start, Whole(n))
	}
	q.Goal = goal(r, q.Start)
	return q
}

var wordings = []string{
	"Make 24 out of %s.", "Use %s to get 24.", "Combine %s so that 24 comes out.", "Reach 24 with the numbers %s.",
	"Play the game of 24 with %s.", "Your cards are %s: make 24.", "The numbers are %s. Get to 24.", "Can you make 24 from %s?",
	"How do %s become 24?", "Please turn %s into 24.", "Find a way from %s to 24.", "I drew %s. Bring them to 24.",
	"From %s form 24.", "With %s on the table, arrive at 24.", "Solve the 24 puzzle for %s.", "Given %s, obtain 24.",
	"On the board are %s; the target is 24.", "Get 24 by combining %s.", "Target 24, cards %s.", "Four cards show %s. Make them 24.",
}

var rules = []string{
	"", " Each number is used once.", " Use every number exactly once, with + - * /.", " Only + - * / are allowed.",
	" Every card must be used, and none twice.", " Fractions on the way are fine.",
}

func goal(r *rand.Rand, numbers []Fraction) string {
	var words []string
	for _, n := range draw.Shuffled(r, numbers) {
		words = append(words, n.String())
	}
	list := draw.List(words, "and")
	if draw.Chance(r, 0.5) {
		list = strings.Join(words, ", ")
	}
	return fmt.Sprintf(draw.Pick(r, wordings...), list) + draw.Pick(r, rules...)
}

// Task returns the request without its answer.
func (q *Request) Task() (id, goal string) { return q.ID, q.Goal }

// maxOthers is how many ways to 24 a label holds beside the first.
const maxOthers = 23

// Label returns the gold answer: the first way to 24 in the order of [Moves], and others.
func (q *Request) Label() label.Label {
	all := Solutions(q.Start, 1+maxOthers)
	l := planOf(q.Start, all[0])
	for _, s := range all[1:] {
		o := planOf(q.Start, s)
		l.Others = append(l.Others, o.Order())
	}
	l.From = from
	l.ID, l.Goal, l.Dict = q.ID, q.Goal, []byte(`{"numbers":["24"]}`)
	return l
}

// from is the first way to 24 from a state of the world.
func from(state json.RawMessage) (label.Order, bool) {
	var board struct {
		Numbers []string `json:"numbers"`
	}
	if json.Unmarshal(state, &board) != nil {
		return label.Order{}, false
	}
	var left []Fraction
	for _, s := range board.Numbers {
		n, ok := ParseFraction(s)
		if !ok {
			return label.Order{}, false
		}
		left = append(left, n)
	}
	ways := Solutions(left, 1)
	if len(ways) == 0 {
		return label.Order{}, false
	}
	l := planOf(left, ways[0])
	return l.Order(), true
}

// planOf turns steps into calls. A number that a step made is preferred to one that was there from the start.
func planOf(start []Fraction, steps []Step) label.Label {
	var b label.Builder
	origin := map[Fraction][]int{} // by number on the board: the steps that made it, -1 for the start
	for _, n := range start {
		origin[n] = append(origin[n], -1)
	}
	take := func(n Fraction) int {
		of := origin[n]
		i := of[len(of)-1]
		origin[n] = of[:len(of)-1]
		return i
	}
	for i, s := range steps {
		var needs []int
		form := func(n Fraction) string {
			j := take(n)
			if j < 0 {
				return n.String()
			}
			needs = append(needs, j)
			return fmt.Sprintf("{%d}", j)
		}
		text := Args(form(s.A), s.Op, form(s.B))
		v, _ := Apply(s.Op, s.A, s.B)
		b.Make("combine", Args(s.A.String(), s.Op, s.B.String()), v.String(), needs...)
		b.Form(i, string(text))
		origin[v] = append(origin[v], i)
	}
	return b.Done()
}

// Args returns the arguments of a combination.
func Args(a, op, b string) []byte {
	return sandbox.Dict{}.With("a", sandbox.Quote(a)).With("b", sandbox.Quote(b)).With("op", sandbox.Quote(op)).JSON()
}
