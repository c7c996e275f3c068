// Package arithgen draws word problems: a story of two to eight calculations with numbers that are of no use, how it
// is worded, and the gold answer. The world's package does not use it; the register and the grade package do.
package arithgen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
)

// Name is the world's name, part of every request's id and seed.
const Name = "arith"

// Request is one drawn problem.
type Request struct {
	ID, Goal string
	steps    []step
}

// step is one calculation.
type step struct {
	op   string
	a, b num
}

// num is a number of the story, or the result of a step.
type num struct {
	v    int64
	from int // the step that makes it, -1 for a number of the story
}

func given(v int64) num { return num{v, -1} }

// do appends a calculation. A quotient must have no remainder.
func (q *Request) do(a num, op string, b num) num {
	v := int64(0)
	switch op {
	case "+":
		v = a.v + b.v
	case "-":
		v = a.v - b.v
	case "*":
		v = a.v * b.v
	case "/":
		v = a.v / b.v
	}
	q.steps = append(q.steps, step{op, a, b})
	return num{v, len(q.steps) - 1}
}

// Draw returns the problem i of a seed.
func Draw(space draw.Space, seed uint64, i int) *Request {
	r := draw.New(Name, space, seed, i)
	for {
		q := &Request{ID: draw.ID(Name, space, seed, i)}
		w := newWriter(r, space, q)
		draw.Pick(r, stories...)(w)
		if n := len(q.steps); n >= 2 && n <= 8 && !q.negative() {
			q.Goal = w.text()
			return q
		}
	}
}

func (q *Request) negative() bool {
	return slices.ContainsFunc(q.steps, func(s step) bool { return s.result() < 0 })
}

// Task returns the request without its answer.
func (q *Request) Task() (id, goal string) { return q.ID, q.Goal }

// Label returns the gold answer: one calculation a step.
func (q *Request) Label() label.Label {
	var b label.Builder
	last := int64(0)
	for i, s := range q.steps {
		var needs []int
		for _, n := range []num{s.a, s.b} {
			if n.from >= 0 {
				needs = append(needs, n.from)
			}
		}
		value := num{s.result(), i}
		b.Make("calculate", expression(s, num.value), strconv.FormatInt(value.v, 10), needs...)
		b.Form(i, string(expression(s, num.form)))
		last = value.v
	}
	l := b.Done()
	l.ID, l.Goal, l.Rule, l.Answer, l.Dict = q.ID, q.Goal, label.Answer, strconv.FormatInt(last, 10), []byte("{}")
	return l
}

func (s step) result() int64 {
	var q Request
	return q.do(s.a, s.op, s.b).v
}

func (n num) value() string { return strconv.FormatInt(n.v, 10) }

func (n num) form() string {
	if n.from < 0 {
		return n.value()
	}
	return fmt.Sprintf("{%d}", n.from)
}

func expression(s step, write func(num) string) []byte {
	return []byte(`{"expression":` + string(sandbox.Quote(write(s.a)+" "+s.op+" "+write(s.b))) + `}`)
}

// writer puts a story together.
type writer struct {
	*rand.Rand
	q         *Request
	name      string
	friend    string
	she       string
	sentences []string
	question  string
}

var people = [...][]string{
	draw.Task: {"Maria", "Tom", "Aisha", "Ben", "Clara", "Diego", "Elena", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Kira", "Liam", "Mona",
		"Nils", "Olga", "Pablo", "Rosa", "Samir", "Tara", "Uwe", "Vera", "Will", "Yara"},
	draw.Demo: {"Anna", "Bob", "Cora", "Dan", "Emma", "Frank", "Gina", "Henry", "Ida", "Jack", "Kate", "Leo", "Mia", "Noah", "Olivia",
		"Paul", "Ruth", "Sam", "Tina", "Victor"},
}

func newWriter(r *rand.Rand, space draw.Space, q *Request) *writer {
	names := draw.Shuffled(r, people[space])
	return &writer{Rand: r, q: q, name: names[0], friend: names[1], she: draw.Pick(r, "she", "he", "they")}
}

// say appends a sentence and ask sets the question. NAME, FRIEND and SHE stand for the people.
func (w *writer) say(format string, args ...any) {
	w.sentences = append(w.sentences, fmt.Sprintf(format, args...))
}

func (w *writer) ask(format string, args ...any) { w.question = fmt.Sprintf(format, args...) }

// tell and end are say and ask for sentences without numbers, of which they choose one.
func (w *writer) tell(sentences ...string) { w.say("%s", draw.Pick(w.Rand, sentences...)) }
func (w *writer) end(questions ...string)  { w.ask("%s", draw.Pick(w.Rand, questions...)) }

// between draws a number from lo to hi, lo where hi is below it.
func (w *writer) between(lo, hi int64) num { return given(lo + w.Int64N(max(hi-lo, 0)+1)) }

func (w *writer) chance(p float64) bool { return draw.Chance(w.Rand, p) }

// text joins the story. Numbers of no use are strewn in after the first sentence.
func (w *writer) text() string {
	for range w.IntN(3) {
		at := 1 + w.IntN(len(w.sentences))
		w.sentences = append(w.sentences[:at], append([]string{w.idle()}, w.sentences[at:]...)...)
	}
	s := strings.Join(append(w.sentences, w.question), " ")
	return strings.NewReplacer("NAME", w.name, "FRIEND", w.friend, "SHE", w.she).Replace(s)
}

// idle is a sentence with a number that the answer does not depend on.
func (w *writer) idle() string {
	n := 3 + w.IntN(60)
	return fmt.Sprintf(draw.Pick(w.Rand, "NAME is %d years old.", "It is %d degrees outside.", "FRIEND lives %d km away.",
		"The whole thing took %d minutes.", "There were %d people in the street.", "A radio played song number %d.",
		"FRIEND has read %d pages of a novel.", "The house number is %d.", "NAME slept until minute %d of the hour."), n)
}
