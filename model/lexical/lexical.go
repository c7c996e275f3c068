package lexical

import (
	"context"
	"errors"
	"time"

	"github.com/azimuthdev/azimuth/model"
)

// ErrNoText says that free text was asked of the lexical model, which has none to give.
var ErrNoText = errors.New("the lexical model can't write text; choose another model for what needs it")

// maxSamples is how many samples one request returns at most.
const maxSamples = 1024

// maxGoal is how many bytes of a goal are read.
const maxGoal = 1 << 16

// Options of the model. Nil is fine.
type Options struct {
	// Now gives a year to dates in the goal that name none ("March 3") and a day to "today" and "tomorrow". Without
	// it such dates are not understood, so that equal requests have equal answers on any day.
	Now func() time.Time
}

// Model is the lexical model. It has no state and may be used from several goroutines at once.
type Model struct{ now clock }

var _ model.Model = (*Model)(nil)

// New returns the model.
func New(o *Options) *Model {
	if o == nil {
		o = &Options{}
	}
	return &Model{now: o.Now}
}

// Capabilities says: many samples a request, seeded, with outlines, free of charge, no log-probabilities, no text.
func (m *Model) Capabilities() model.Capabilities {
	return model.Capabilities{Name: "lexical", N: maxSamples, Seed: true, Outline: true, Prices: &model.Prices{}}
}

// Propose plans once for each sample and returns the next call of each plan. At temperature 0 all samples are equal.
// The only error is the context's.
func (m *Model) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	cat := newCatalog(r.Tools)
	g := parseGoal(cut(r.Goal), m.now, cat.verbs)
	h := habitsOf(r.Demos)
	n := min(max(r.N, 1), maxSamples)
	out := model.Response{Usage: model.Usage{Requests: 1, Samples: n}}
	for i := range n {
		if err := ctx.Err(); err != nil {
			return model.Response{}, err
		}
		if i > 0 && !(r.Temperature > 0) {
			out.Samples = append(out.Samples, out.Samples[0])
			continue
		}
		p := newPlanner(cat, g, h, r, newNoise(r.Seed, i, r.Temperature))
		out.Samples = append(out.Samples, p.sampleOf(p.plan(), r.Outline))
	}
	return out, nil
}

func cut(s string) string {
	if len(s) > maxGoal {
		return s[:maxGoal]
	}
	return s
}

// Complete returns [ErrNoText], whatever is asked.
func (m *Model) Complete(context.Context, model.TextRequest) (model.TextResponse, error) {
	return model.TextResponse{}, ErrNoText
}
