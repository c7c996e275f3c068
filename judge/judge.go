package judge

import (
	"context"
	"encoding/json"

	"github.com/azimuthdev/azimuth/model"
)

// Plan is a finished plan as a judge sees it.
type Plan struct {
	Goal   string          `json:"goal"`
	Steps  []model.Step    `json:"steps"`           // from the first call to the last
	Answer string          `json:"answer"`          // the final answer, may be empty
	State  json.RawMessage `json:"state,omitempty"` // the world's state after the steps; nil outside of a world
}

// Verdict is what a judge says of a plan.
type Verdict struct {
	Accepted bool        `json:"accepted"`
	Score    float64     `json:"score"`            // in [0,1]; 1 is the best
	Reason   string      `json:"reason,omitempty"` // one line for a human, may be empty
	Usage    model.Usage `json:"usage,omitzero"`   // what asking used, also when the answer was an error
}

// Judge says whether a finished plan reaches its goal. Implementations may be called from several goroutines at
// once. An error means that there is no verdict: the plan is neither accepted nor rejected. Usage is then still
// filled with what was spent.
type Judge interface {
	Judge(ctx context.Context, p Plan) (Verdict, error)
	// Name is the judge's kind and what it goes by, in one line. It is constant.
	Name() string
}

// Estimator is a [Judge] whose asking may cost something: what one plan may use at most, so that it can be reserved
// before it is spent.
type Estimator interface {
	Estimate(p Plan) model.Usage
}
