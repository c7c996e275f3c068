// Package householdgen draws household requests: one to three chores in a house that is always the same, how they
// are worded, and the gold plans. The world's package uses the house only.
package householdgen

import (
	"crypto/sha256"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
)

// Name is the world's name, part of every request's id and seed.
const Name = "household"

// Request is one drawn request.
type Request struct {
	ID, Goal string
	chores   []chore
	free     bool // the chores may be done in any order
	shut     bool // what was opened is to be closed again
}

// The lengths of plans that are drawn.
const (
	minCalls = 4
	maxCalls = 22
)

// Draw returns the request i of a seed.
func Draw(space draw.Space, seed uint64, i int) *Request {
	r := draw.New(Name, space, seed, i)
	for {
		q := &Request{ID: draw.ID(Name, space, seed, i), shut: draw.Chance(r, 0.6)}
		for range draw.Pick(r, 1, 2, 2, 3) {
			q.chores = append(q.chores, draw.Pick(r, chores...)(r))
		}
		q.free = len(q.chores) > 1 && draw.Chance(r, 0.5)
		if !q.sound() || q.space() != space {
			continue
		}
		q.Goal = q.goal(r)
		return q
	}
}

// space is where a request belongs, whatever its words are: a quarter of all is for demonstrations.
func (q *Request) space() draw.Space {
	var keys []string
	for _, c := range q.chores {
		keys = append(keys, c.key)
	}
	slices.Sort(keys)
	if sum := sha256.Sum256([]byte(strings.Join(keys, "\n"))); sum[0]%4 == 0 {
		return draw.Demo
	}
	return draw.Task
}

// sound says whether the chores go together, in every order that is allowed.
func (q *Request) sound() bool {
	seen := map[string]bool{}
	for i, c := range q.chores {
		if c.last && (q.free || i < len(q.chores)-1) {
			return false
		}
		for _, u := range c.uses {
			if seen[u] {
				return false
			}
			seen[u] = true
		}
	}
	for _, o := range q.orders() {
		w, ok := q.write(o)
		if n := len(w.Done().Plan); !ok || n < minCalls || n > maxCalls {
			return false
		}
	}
	return true
}

// orders are the orders of the chores that are allowed, the one of the request first.
func (q *Request) orders() [][]int {
	if !q.free {
		return [][]int{[]int{0, 1, 2}[:len(q.chores)]}
	}
	if len(q.chores) == 2 {
		return [][]int{{0, 1}, {1, 0}}
	}
	return [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}
}

func (q *Request) write(order []int) (w *writer, ok bool) {
	w = newWriter(q.shut)
	for _, i := range order {
		q.chores[i].write(w)
	}
	return w, !w.bad
}

var beginnings = []string{"", "Please ", "Could you ", "I want you to ", "Help me: ", "Your chore: ", "For today: ", "Kindly ", "It's time to ", "Would you ", "Be so kind and "}

// goal words the request.
func (q *Request) goal(r *rand.Rand) string {
	var texts []string
	opens := false
	for _, c := range q.chores {
		texts = append(texts, c.text)
		opens = opens || c.opens
	}
	s := draw.Pick(r, beginnings...)
	switch {
	case len(texts) == 1:
		s += texts[0] + "."
	case q.free:
		s += strings.Join(texts, draw.Pick(r, "; also ", "; besides ", "; and "))
		s += draw.Pick(r, ". The order does not matter.", ", in whatever order.", " - the order is up to you.")
	default:
		s += "first " + texts[0]
		for _, t := range texts[1:] {
			s += draw.Pick(r, "; then ", "; after that ", "; next ") + t
		}
		s += "."
	}
	if opens {
		s += q.lids(r)
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func (q *Request) lids(r *rand.Rand) string {
	if q.shut {
		return draw.Pick(r, " Close whatever you open right after using it.", " Shut every door that you open as soon as you are done with it.")
	}
	return draw.Pick(r, " Leave open what you open.", " Doors that you open can stay open.")
}

// Task returns the request without its answer.
func (q *Request) Task() (id, goal string) { return q.ID, q.Goal }

// Label returns the gold plans: one for each order of the chores that is allowed.
func (q *Request) Label() label.Label {
	var l label.Label
	for i, o := range q.orders() {
		w, _ := q.write(o)
		d := w.Done()
		if i == 0 {
			l = d
			continue
		}
		l.Others = append(l.Others, d.Order())
	}
	l.ID, l.Goal, l.Rule, l.Dict = q.ID, q.Goal, label.Lines, []byte("{}")
	return l
}
