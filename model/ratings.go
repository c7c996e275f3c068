package model

import (
	"context"
	"fmt"
)

// Rater rates ways on, one value in [0,1] for each of r.Options in their order: a learned critic, a rule. NaN leaves one
// unrated. It may be called from several goroutines at once.
type Rater func(ctx context.Context, r EvaluateRequest) ([]float64, error)

// WithRatings returns m with the ratings of another: strategies that go by ratings (vgps, beam, dfs, lats, cpl) ask the
// rater, which costs nothing though a request must be left of a budget, and m for all else. What m can do besides is kept where it is asked of a run's model: [Stepwise] and
// [Decomposer]. A [TokenModel] is steered first and rated then. The error of a rater ends the run, but [ErrGarbage], which leaves
// that place unrated; so does another number of values than there are options, with an error of its own.
func WithRatings(m Model, rate Rater) Model {
	by := rated{m, rate}
	stepwise, allows := m.(Stepwise)
	decomposer, takesApart := m.(Decomposer)
	switch {
	case allows && takesApart:
		return struct {
			rated
			proposes
			Decomposer
		}{by, proposes{stepwise}, decomposer}
	case allows:
		return struct {
			rated
			proposes
		}{by, proposes{stepwise}}
	case takesApart:
		return struct {
			rated
			Decomposer
		}{by, decomposer}
	}
	return by
}

// rated is a model that has its ways on rated.
type rated struct {
	Model
	rate Rater
}

// Evaluate implements [Evaluator].
func (m rated) Evaluate(ctx context.Context, r EvaluateRequest) (EvaluateResponse, error) {
	values, err := m.rate(ctx, r)
	if err == nil && len(values) != len(r.Options) {
		err = fmt.Errorf("ratings: %d values for %d options: want one each", len(values), len(r.Options))
	}
	return EvaluateResponse{Values: values}, err
}

// proposes is what a [Stepwise] model does beside being a model.
type proposes struct{ by Stepwise }

// ProposeBy implements [Stepwise].
func (p proposes) ProposeBy(ctx context.Context, r Request, allow Allow) (Response, error) {
	return p.by.ProposeBy(ctx, r, allow)
}
