package model_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model"
)

// base answers with what was called.
type base struct{}

func (base) Propose(context.Context, model.Request) (model.Response, error) {
	return model.Response{Samples: []model.Sample{{Answer: "proposed"}}}, nil
}

func (base) Complete(context.Context, model.TextRequest) (model.TextResponse, error) {
	return model.TextResponse{Text: "written"}, nil
}

func (base) Capabilities() model.Capabilities { return model.Capabilities{Name: "base", Text: true} }

// Evaluate is what must not be asked.
func (base) Evaluate(context.Context, model.EvaluateRequest) (model.EvaluateResponse, error) {
	return model.EvaluateResponse{}, errors.New("the model's own rating")
}

type steps struct{ base }

func (steps) ProposeBy(context.Context, model.Request, model.Allow) (model.Response, error) {
	return model.Response{Samples: []model.Sample{{Answer: "step by step"}}}, nil
}

type apart struct{ base }

func (apart) Decompose(context.Context, model.DecomposeRequest) (model.DecomposeResponse, error) {
	return model.DecomposeResponse{Samples: [][]model.Subtask{{{ID: "taken apart"}}}}, nil
}

type both struct {
	steps
	apart apart
}

func (b both) Decompose(ctx context.Context, r model.DecomposeRequest) (model.DecomposeResponse, error) {
	return b.apart.Decompose(ctx, r)
}

// TestWithRatings: the ratings are the rater's, all else is the model's own, and what it can't do it still can't.
func TestWithRatings(t *testing.T) {
	rate := func(_ context.Context, r model.EvaluateRequest) ([]float64, error) {
		return slices.Repeat([]float64{.25}, len(r.Options)), nil
	}
	for _, c := range []struct {
		m            model.Model
		steps, apart bool
	}{{base{}, false, false}, {steps{}, true, false}, {apart{}, false, true}, {both{}, true, true}} {
		m := model.WithRatings(c.m, rate)
		got, err := m.(model.Evaluator).Evaluate(t.Context(), model.EvaluateRequest{Options: make([]model.Option, 2)})
		if err != nil || !slices.Equal(got.Values, []float64{.25, .25}) || got.Usage != (model.Usage{}) {
			t.Errorf("%T: %+v, %v", c.m, got, err)
		}
		proposed, errP := m.Propose(t.Context(), model.Request{})
		text, errT := m.Complete(t.Context(), model.TextRequest{})
		if errP != nil || errT != nil || proposed.Samples[0].Answer != "proposed" || text.Text != "written" || m.Capabilities().Name != "base" {
			t.Errorf("%T: %+v, %+v", c.m, proposed, text)
		}
		s, ok := m.(model.Stepwise)
		if ok != c.steps {
			t.Errorf("%T: stepwise is %v", c.m, ok)
		} else if ok {
			if r, err := s.ProposeBy(t.Context(), model.Request{}, nil); err != nil || r.Samples[0].Answer != "step by step" {
				t.Errorf("%T: %+v, %v", c.m, r, err)
			}
		}
		d, ok := m.(model.Decomposer)
		if ok != c.apart {
			t.Errorf("%T: a decomposer is %v", c.m, ok)
		} else if ok {
			if r, err := d.Decompose(t.Context(), model.DecomposeRequest{}); err != nil || r.Samples[0][0].ID != "taken apart" {
				t.Errorf("%T: %+v, %v", c.m, r, err)
			}
		}
	}
}

func TestWithRatingsRefusesAnotherNumber(t *testing.T) {
	m := model.WithRatings(base{}, func(context.Context, model.EvaluateRequest) ([]float64, error) { return []float64{1}, nil })
	_, err := m.(model.Evaluator).Evaluate(t.Context(), model.EvaluateRequest{Options: make([]model.Option, 2)})
	if err == nil || !strings.Contains(err.Error(), "1 values for 2 options") {
		t.Errorf("got %v", err)
	}
}
