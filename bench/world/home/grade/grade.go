// Package grade holds the gold answers of the Home Search world's requests and grades runs against them. It is
// for graders, and for the simulated proposer of the bench that is told so; a run never imports it.
package grade

import (
	"context"
	"encoding/json"

	"github.com/azimuthdev/azimuth/bench/world/home"
	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/homegen"
	"github.com/azimuthdev/azimuth/bench/world/internal/label"
	"github.com/azimuthdev/azimuth/tool"
)

// Label is a gold plan with the orders it allows, and the dictionary it leads to.
type Label = label.Label

// Grade is what a plan is worth.
type Grade = label.Grade

// Gold returns the answer to request i of [home.Generate] with this seed.
func Gold(seed uint64, i int) Label {
	q := homegen.Draw(draw.Task, seed, i)
	return q.Label()
}

// Score compares a session's state with the gold dictionary: f1 is the F1 of its pairs, ok says that it is
// exactly 1. Calls that failed leave no trace in a state; [Plan] counts them.
func Score(state json.RawMessage, gold Label) (ok bool, f1 float64) { return label.Score(state, gold) }

// Plan carries a plan out in a new session and grades it: success is an F1 of exactly 1 and no failed call.
func Plan(ctx context.Context, plan []tool.Call, gold Label) (Grade, error) {
	return label.Run(ctx, home.New(), plan, "", gold)
}
