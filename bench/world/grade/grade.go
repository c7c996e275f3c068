// Package grade grades runs in any of the worlds, by the world's name. It is for graders, and for the simulated
// proposer and judge of the bench that are told the answers; a run never imports it.
//
//	w, err := world.Open(task.ID, nil)
//	gold, err := grade.Gold("arith", seed, i)
//	g, err := grade.Run(ctx, w, plan, answer, gold)
//
// What a success is differs: see [Rule].
package grade

import (
	"context"
	"encoding/json"

	"github.com/azimuthdev/azimuth/bench/world/internal/arithgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/blocksgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/game24gen"
	"github.com/azimuthdev/azimuth/bench/world/internal/homegen"
	"github.com/azimuthdev/azimuth/bench/world/internal/householdgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/bench/world/internal/sheetsgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/toolpathgen"
	"github.com/azimuthdev/azimuth/bench/world/internal/tripgen"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/tool"
)

// Label is a gold plan with the orders it allows, and what it leads to.
type Label = label.Label

// Order is a gold plan with the orders it allows.
type Order = label.Order

// Grade is what a plan is worth.
type Grade = label.Grade

// Part is a part of a goal that a tool does.
type Part = label.Part

// Rule says how a world's runs are graded.
type Rule = label.Rule

// The rules.
const (
	Dictionary = label.Dictionary // the state is the gold dictionary and no call failed: home, trip, sheets, game24
	Contains   = label.Contains   // the state holds the gold conditions and no call failed: blocks
	Lines      = label.Lines      // the calls are a gold plan, in one of its orders: household
	Answer     = label.Answer     // the final answer is the gold number: arith
	Likeness   = label.Likeness   // what was delivered is nearly as like the target as what a gold plan delivers: toolpath
)

// Gold returns the answer to request i of [world.Tasks] with this seed. The error is a [*world.UnknownError].
func Gold(name string, seed uint64, i int) (Label, error) { return drawn(name, draw.Task, seed, i) }

// Demo returns the answer to demonstration i of [world.Demos] with this seed. The error is a
// [*world.UnknownError].
func Demo(name string, seed uint64, i int) (Label, error) { return drawn(name, draw.Demo, seed, i) }

func drawn(name string, space draw.Space, seed uint64, i int) (Label, error) {
	q := request(name, space, seed, i)
	if q == nil {
		return Label{}, &world.UnknownError{Name: name, Known: world.Names()}
	}
	return q.Label(), nil
}

func request(name string, space draw.Space, seed uint64, i int) label.Request {
	switch name {
	case homegen.Name:
		return homegen.Draw(space, seed, i)
	case tripgen.Name:
		return tripgen.Draw(space, seed, i)
	case sheetsgen.Name:
		return sheetsgen.Draw(space, seed, i)
	case householdgen.Name:
		return householdgen.Draw(space, seed, i)
	case arithgen.Name:
		return arithgen.Draw(space, seed, i)
	case game24gen.Name:
		return game24gen.Draw(space, seed, i)
	case blocksgen.Name:
		return blocksgen.Draw(space, seed, i)
	case toolpathgen.Name:
		return toolpathgen.Draw(space, seed, i)
	}
	return nil
}

// Score compares a world's state with the gold dictionary: f1 is the F1 of its pairs of key and value, or where
// conditions are to hold the share that does; ok says that it is exactly 1. A state does not know of calls that
// failed, of lines and of answers: [Run] does.
func Score(state json.RawMessage, gold Label) (ok bool, f1 float64) { return label.Score(state, gold) }

// Plan is [Run] without a final answer.
func Plan(ctx context.Context, w tool.World, plan []tool.Call, gold Label) (Grade, error) {
	return label.Run(ctx, w, plan, "", gold)
}

// Run carries a plan out in a fork of the world w, which should be as [world.Open] returns it for the request's id,
// and grades it with the final answer by the world's rule. Only where gold has an Answer does the answer matter.
// The error is the world's own (a cancelled context).
func Run(ctx context.Context, w tool.World, plan []tool.Call, answer string, gold Label) (Grade, error) {
	return label.Run(ctx, w, plan, answer, gold)
}
