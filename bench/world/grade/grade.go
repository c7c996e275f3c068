// Package grade grades runs in any of the worlds, by the world's name. It is for graders, and for the simulated
// proposer and judge of the bench that are told the answers; a run never imports it.
package grade

import (
	"context"
	"encoding/json"

	homegrade "github.com/azimuthdev/azimuth/bench/world/home/grade"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	tripgrade "github.com/azimuthdev/azimuth/bench/world/trip/grade"

	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/tool"
)

// Label is a gold plan with the orders it allows, and the dictionary it leads to.
type Label = label.Label

// Grade is what a plan is worth.
type Grade = label.Grade

// Gold returns the answer to request i of [world.Tasks] with this seed. The error is a [*world.UnknownError].
func Gold(name string, seed uint64, i int) (Label, error) {
	switch name {
	case "home":
		return homegrade.Gold(seed, i), nil
	case "trip":
		return tripgrade.Gold(seed, i), nil
	}
	return Label{}, &world.UnknownError{Name: name, Known: world.Names()}
}

// Score compares a world's state with the gold dictionary: f1 is the F1 of its pairs of key and value, ok says
// that it is exactly 1. Calls that failed leave no trace in a state; [Plan] counts them.
func Score(state json.RawMessage, gold Label) (ok bool, f1 float64) { return label.Score(state, gold) }

// Plan carries a plan out in a fork of the world w, which should be new, and grades it: success is an F1 of exactly
// 1 and no failed call. The error is the world's own (a cancelled context).
func Plan(ctx context.Context, w tool.World, plan []tool.Call, gold Label) (Grade, error) {
	return label.Run(ctx, w, plan, gold)
}
