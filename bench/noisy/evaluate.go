package noisy

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

var _ model.Evaluator = (*Model)(nil)

// The self-evaluation's constants: the mean rating of all options, and the standard deviation of a rating about the mean
// of its kind.
const (
	ratingMean  = 0.5
	ratingNoise = 0.2
)

// Evaluate rates options as one who half knows: on the mean .6 where the path with the option holds no wrong entry and
// .4 where it does ([Options.Gap] apart), with a standard deviation of .2, cut to [0,1]. Half of the noise's variance
// belongs to the path and the option, so that asking again does not help against it. By default a right option is rated
// above a wrong one with probability .76. To finish is right when nothing remains to be done and the
// answer is right where one is asked for. Errors: [ErrUnknownGoal],
// the context's.
func (m *Model) Evaluate(ctx context.Context, r model.EvaluateRequest) (model.EvaluateResponse, error) {
	if err := ctx.Err(); err != nil {
		return model.EvaluateResponse{}, err
	}
	t, ok := m.tasks[r.Goal]
	if !ok {
		return model.EvaluateResponse{}, ErrUnknownGoal
	}
	out := model.EvaluateResponse{Values: make([]float64, len(r.Options))}
	for i, o := range r.Options {
		out.Values[i] = m.rate(t, succeeded(r.Steps), o, r.Seed)
	}
	out.Usage = model.Usage{Requests: 1, Prompt: 600 + 40*len(r.Steps), Completion: 8 * len(r.Options)}
	return out, nil
}

// rate draws the rating of an option after a path.
func (m *Model) rate(t *task, steps []model.Step, o model.Option, seed uint64) float64 {
	if !o.Finish {
		steps = append(slices.Clone(steps), model.Step{Call: tool.Call{Tool: o.Call.Tool, Args: json.RawMessage(o.Call.Args)}})
	}
	p := t.read(steps)
	right := p.wrong == 0
	if o.Finish {
		ready, early := p.open()
		right = right && len(ready)+len(early) == 0 && (t.gold.Answer == "" || o.Answer == t.gold.Answer)
	}
	mean := ratingMean - m.opts.Gap/2
	if right {
		mean = ratingMean + m.opts.Gap/2
	}
	parts := []string{"rating", p.task.gold.Goal, string(p.digest), ending(o), num(m.opts.Seed)}
	noise := normal(source(parts...)) + normal(source(append(parts, num(seed))...))
	return min(max(mean+ratingNoise*math.Sqrt(0.5)*noise, 0), 1)
}

func normal(r *rand.Rand) float64 { return r.NormFloat64() }

func ending(o model.Option) string {
	if o.Finish {
		return "finish"
	}
	return "call"
}

// succeeded leaves out the calls that failed: a plan does not hold them.
func succeeded(steps []model.Step) []model.Step {
	out := make([]model.Step, 0, len(steps))
	for _, s := range steps {
		if s.Status != model.Failed {
			out = append(out, s)
		}
	}
	return out
}
