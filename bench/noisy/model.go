package noisy

import (
	"context"
	"errors"
	"fmt"

	"github.com/azimuthdev/azimuth/model"
)

// Model is the simulated proposer. It may be used from several goroutines at once.
type Model struct {
	sampler
	tasks map[string]*task // by goal
}

var _ model.Model = (*Model)(nil)

// New returns a proposer for these tasks. Errors say which parameter is out of range or which tool's schema is
// broken.
func New(tasks []Task, p Params, o *Options) (*Model, error) {
	if o == nil {
		o = &Options{}
	}
	if err := errors.Join(p.Validate(), o.Validate()); err != nil {
		return nil, err
	}
	m := &Model{sampler{p, o.withDefaults()}, make(map[string]*task, len(tasks))}
	all := shared{collect(tasks), map[string]schema{}}
	for _, t := range tasks {
		pt, err := prepare(t, all)
		if err != nil {
			return nil, err
		}
		m.tasks[t.Gold.Goal] = pt
	}
	return m, nil
}

// Open returns a proposer for the first n tasks of a world's seed: those of world.Tasks. Errors are those of
// [Tasks] and [New].
func Open(name string, seed uint64, n int, p Params, o *Options) (*Model, error) {
	tasks, err := Tasks(name, seed, n)
	if err != nil {
		return nil, err
	}
	return New(tasks, p, o)
}

// maxSamples is the most samples that one request returns.
const maxSamples = 64

// Capabilities names the parameters: noisy(p=0.65,diffuse). There are no prices.
func (m *Model) Capabilities() model.Capabilities {
	return model.Capabilities{
		Name: fmt.Sprintf("noisy(p=%v,%s)", m.params.P, m.params.Errors),
		N:    maxSamples, Seed: true, Outline: true, Text: true,
	}
}

// ErrUnknownGoal says that a goal is none of the tasks that the simulation was made with.
var ErrUnknownGoal = errors.New("the simulated proposer does not know this goal; make it with the tasks that are run")

// Propose draws r.N samples (at most 64). Errors: [ErrUnknownGoal], an N below 1, the context's.
func (m *Model) Propose(ctx context.Context, r model.Request) (model.Response, error) {
	if err := ctx.Err(); err != nil {
		return model.Response{}, err
	}
	t, ok := m.tasks[r.Goal]
	if !ok {
		return model.Response{}, ErrUnknownGoal
	}
	if r.N < 1 {
		return model.Response{}, fmt.Errorf("n: %d samples can't be drawn, ask for at least 1", r.N)
	}
	out := model.Response{Samples: make([]model.Sample, min(r.N, maxSamples))}
	path := t.read(r.Steps)
	path.warned = heard(r.Lessons)
	for i := range out.Samples {
		p := path.clone()
		rng := source("sample", r.Goal, string(p.digest), num(r.Seed), num(i), num(m.opts.Seed))
		out.Samples[i] = m.sample(rng, p, r.Outline)
	}
	out.Usage = usage(r, out.Samples)
	return out, nil
}

// usage counts tokens by the rule of the evidence for the costs.
func usage(r model.Request, samples []model.Sample) model.Usage {
	u := model.Usage{Requests: 1, Samples: len(samples), Prompt: 1500 + 40*len(r.Steps)}
	for _, s := range samples {
		u.Completion += 30 + 8*len(s.Outline)
	}
	return u
}

// Complete writes the lesson of a failed attempt, asked for in the words of package prompt's Reflect: it names the first
// wrong call of the attempt by its place and arguments with probability [Options.Lesson], else another of its calls as if
// that were wrong. Nothing else is simulated. Errors: [ErrUnknownGoal], the context's; one that wraps
// [errors.ErrUnsupported] for other texts.
func (m *Model) Complete(ctx context.Context, r model.TextRequest) (model.TextResponse, error) {
	if err := ctx.Err(); err != nil {
		return model.TextResponse{}, err
	}
	a, ok := readAttempt(r)
	if !ok {
		return model.TextResponse{}, fmt.Errorf("%w: %w", errOtherText, errors.ErrUnsupported)
	}
	t, ok := m.tasks[a.goal]
	if !ok {
		return model.TextResponse{}, ErrUnknownGoal
	}
	rng := source("lesson", r.Prompt, num(r.Seed), num(m.opts.Seed))
	return model.TextResponse{
		Text:  m.lesson(rng, t, a),
		Usage: model.Usage{Requests: 1, Prompt: 600 + 40*len(a.steps), Completion: 40},
	}, nil
}
