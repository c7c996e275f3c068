package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/azimuthdev/azimuth/model"
)

// rehearse says whether a contender can be measured here, before anything is spent: everything that a run is made of
// is put together with a model that says what the real one can do, and does nothing.
func (e *environment) rehearse(ctx context.Context, x Contender, c Condition, now func() time.Time) error {
	caps := e.model.Capabilities()
	if n, limit := x.Settings.Samples, c.Budget.ModelCalls; caps.N == 1 && limit > 0 && int64(n) > limit {
		return fmt.Errorf("%w %q: %s returns one sample a request, so that one step takes %d calls of a budget of %d; take fewer samples",
			ErrContender, x.Name, caps.Name, n, limit)
	}
	stage := &outfit{worlds: e.worlds, goals: e.goals, words: e.words, model: standIn(e.model), judge: e.judge, plans: e.plans}
	_, _, err := stage.run(ctx, Key{Condition: c, Contender: x.Name}, x.Settings, nil, now)
	if err == nil || errors.Is(err, errRehearsal) {
		return nil
	}
	return fmt.Errorf("%w %q: %w", ErrContender, x.Name, err)
}

// standIn returns a model that offers what m offers.
func standIn(m model.Model) model.Model {
	u := understudy{m.Capabilities()}
	_, rates := m.(model.Evaluator)
	_, takesApart := m.(model.Decomposer)
	switch {
	case rates && takesApart:
		return struct {
			rater
			splitter
		}{rater{u}, splitter{}}
	case rates:
		return rater{u}
	case takesApart:
		return struct {
			understudy
			splitter
		}{u, splitter{}}
	}
	return u
}

// splitter is the understudy of a model that takes goals apart in its own way.
type splitter struct{}

// Decompose implements [model.Decomposer].
func (splitter) Decompose(context.Context, model.DecomposeRequest) (model.DecomposeResponse, error) {
	return model.DecomposeResponse{}, errRehearsal
}

// understudy has a model's capabilities and answers nothing.
type understudy struct{ caps model.Capabilities }

var errRehearsal = errors.New("this is a rehearsal")

// Propose implements [model.Model].
func (understudy) Propose(context.Context, model.Request) (model.Response, error) {
	return model.Response{}, errRehearsal
}

// Complete implements [model.Model].
func (understudy) Complete(context.Context, model.TextRequest) (model.TextResponse, error) {
	return model.TextResponse{}, errRehearsal
}

// Capabilities implements [model.Model].
func (u understudy) Capabilities() model.Capabilities { return u.caps }

// rater is the understudy of a model with ratings of its own.
type rater struct{ understudy }

// Evaluate implements [model.Evaluator].
func (rater) Evaluate(context.Context, model.EvaluateRequest) (model.EvaluateResponse, error) {
	return model.EvaluateResponse{}, errRehearsal
}
