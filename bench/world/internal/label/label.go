// Package label holds what graders compare a run with, and the comparison. It is reached through the grade
// packages only.
package label

import (
	"encoding/json"
	"regexp"
	"strconv"

	"github.com/azimuthdev/azimuth/tool"
)

// Rule says how a world's runs are graded.
type Rule uint8

// The rules.
const (
	Dictionary Rule = iota // the state is the gold dictionary, pair by pair
	Contains               // the state holds every pair of the gold dictionary
	Lines                  // the calls are those of a gold plan, in one of its orders
	Answer                 // the final answer is the gold number
	Likeness               // what is delivered is as like the target as what a gold plan delivers, or nearly
)

// Order is a gold plan. Every order of its calls that respects Needs is one too. The fields are those of [Label].
type Order struct {
	Plan  []tool.Call
	Needs [][]int
	Makes []string
	Forms []string
}

// Label is the gold answer of one task.
type Label struct {
	ID   string
	Goal string // the request, as the task has it
	// Plan is one gold plan, in the order in which a careful writer would put it.
	Plan []tool.Call
	// Needs lists for each call of Plan, by index, the calls that must come before it. Every order that
	// respects it is a gold plan.
	Needs [][]int
	// Makes holds for each call of Plan what later calls take from it (a handle, a number), "" where they take
	// nothing.
	Makes []string
	// Forms holds for each call of Plan its arguments with {j} for what call j makes, "" where they are as in
	// Plan whatever was made. It is nil in worlds in which only handles, which are whole arguments, are passed on.
	Forms []string
	// Others are gold plans with other calls than Plan, such as one that visits rooms in another order.
	Others []Order
	// From returns a gold plan from another state than the first, false where the goal is out of reach from there. It
	// is nil in worlds that don't go on from any state.
	From func(state json.RawMessage) (Order, bool)
	// Dict is the dictionary that Plan leads to, as canonical JSON; its conditions where the rule is [Contains].
	Dict json.RawMessage
	Rule Rule
	// Answer is the number that the final answer must hold: what the last call of Plan makes. "" where the world
	// asks for no answer.
	Answer string
	// Parts are what the goal is made of, in order, where tools declare kinds of subtask; else the tools of Plan are.
	Parts []Part
	// Looks says how like an image of the world w, named by its handle, is to what it ought to be after so many of the edits,
	// all where they are fewer than 0, in [0,1]; nil where the rule is not [Likeness]. No handle is what was delivered.
	Looks func(w tool.World, handle string, edits int) float64
	// Least is how like the target a success is.
	Least float64
	// Optimal is the price of the cheapest plan in dollars, where calls have prices; 0 where they have none.
	Optimal float64
}

// Part is a part of a goal that a tool does: its kind, and what the goal says of it.
type Part struct{ Kind, About string }

// Args returns the arguments of call i of Plan when the calls before it made these things, by index, "" for a call
// that was not made or made nothing; what Plan has stands in for it.
func (o Order) Args(i int, made []string) json.RawMessage {
	if i >= len(o.Forms) || o.Forms[i] == "" {
		return o.Plan[i].Args
	}
	return json.RawMessage(reference.ReplaceAllStringFunc(o.Forms[i], func(s string) string {
		j, err := strconv.Atoi(s[1 : len(s)-1])
		switch {
		case err != nil || j >= len(o.Makes):
			return s
		case j < len(made) && made[j] != "":
			return made[j]
		}
		return o.Makes[j]
	}))
}

var reference = regexp.MustCompile(`\{[0-9]{1,3}\}`)

// Order returns the label's first plan.
func (l Label) Order() Order { return Order{l.Plan, l.Needs, l.Makes, l.Forms} }

// Orders returns all gold plans, Plan first.
func (l Label) Orders() []Order { return append([]Order{l.Order()}, l.Others...) }

// Builder puts a label's plan together.
type Builder struct{ l Label }

// Add appends a call and returns its index. args must marshal; needs are indexes of earlier calls.
func (b *Builder) Add(name string, args json.RawMessage, needs ...int) int {
	b.l.Plan = append(b.l.Plan, tool.Call{Tool: name, Args: args})
	b.l.Needs = append(b.l.Needs, needs)
	b.l.Makes = append(b.l.Makes, "")
	return len(b.l.Plan) - 1
}

// Make is [Builder.Add] for a call that makes something later calls take.
func (b *Builder) Make(name string, args json.RawMessage, made string, needs ...int) int {
	i := b.Add(name, args, needs...)
	b.l.Makes[i] = made
	return i
}

// Finish appends a call that needs all before it and returns the label.
func (b *Builder) Finish(name string, dict json.RawMessage) Label {
	all := make([]int, len(b.l.Plan))
	for i := range all {
		all[i] = i
	}
	b.Add(name, json.RawMessage("{}"), all...)
	b.l.Dict = dict
	return b.l
}

// Len is how many calls were added.
func (b *Builder) Len() int { return len(b.l.Plan) }

// Done returns the label of what was added.
func (b *Builder) Done() Label { return b.l }

// Form says how call i's arguments depend on what earlier calls make, see [Label.Forms].
func (b *Builder) Form(i int, form string) {
	for len(b.l.Forms) <= i {
		b.l.Forms = append(b.l.Forms, "")
	}
	b.l.Forms[i] = form
}

// Request is a drawn request, as the register knows it.
type Request interface {
	Task() (id, goal string)
	Label() Label
}
