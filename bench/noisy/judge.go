package noisy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/grade"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// JudgeOptions are the rates of a simulated judge. Zero means the default.
type JudgeOptions struct {
	TP   float64 // that a plan which reaches the goal is accepted; default .9
	FP   float64 // that another one is; default .2, negative for never
	Seed uint64  // draws other errors
}

// Validate says what is wrong with the options.
func (o JudgeOptions) Validate() error {
	if !(o.TP >= 0 && o.TP <= 1) {
		return fmt.Errorf("tp: %v is not from 0 to 1", o.TP)
	}
	if !(o.FP <= 1) {
		return fmt.Errorf("fp: %v is above 1", o.FP)
	}
	return nil
}

// Judge knows whether a plan reaches its goal and errs at a stated rate. What it says of a plan is fixed by the
// plan's calls, whatever their order, and its answer where one is graded: asking twice is no new evidence. It implements [judge.Judge] and may be
// used from several goroutines at once.
type Judge struct {
	opts  JudgeOptions
	tasks map[string]Task
}

var _ judge.Judge = (*Judge)(nil)

// NewJudge returns a judge for these tasks. The error says which option is out of range.
func NewJudge(tasks []Task, o *JudgeOptions) (*Judge, error) {
	if o == nil {
		o = &JudgeOptions{}
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	j := &Judge{opts: *o, tasks: make(map[string]Task, len(tasks))}
	if j.opts.TP == 0 {
		j.opts.TP = 0.9
	}
	if j.opts.FP == 0 {
		j.opts.FP = 0.2
	}
	for _, t := range tasks {
		j.tasks[t.Gold.Goal] = t
	}
	return j, nil
}

// Name states the rates.
func (j *Judge) Name() string {
	return fmt.Sprintf("noisy judge (tp=%v, fp=%v)", j.opts.TP, max(0, j.opts.FP))
}

// Judge accepts or rejects a plan. Errors: [ErrUnknownGoal], the context's.
func (j *Judge) Judge(ctx context.Context, p judge.Plan) (judge.Verdict, error) {
	t, ok := j.tasks[p.Goal]
	if !ok {
		return judge.Verdict{}, ErrUnknownGoal
	}
	good, err := t.reached(ctx, p.Steps, p.Answer)
	if err != nil {
		return judge.Verdict{}, errors.Join(errors.New("grade the plan"), err)
	}
	rate := j.opts.FP
	if good {
		rate = j.opts.TP
	}
	v := judge.Verdict{Usage: model.Usage{Requests: 1, Prompt: 600 + 40*len(p.Steps), Completion: 8}}
	what := content(p.Steps)
	if t.Gold.Answer != "" {
		what += "\n" + p.Answer
	}
	if source("judge", p.Goal, what, num(j.opts.Seed)).Float64() < rate {
		v.Accepted, v.Score = true, 1
	}
	return v, nil
}

// reached says whether the steps and the answer succeed by the evaluators' rule; a step that failed is no success,
// except where only the answer counts.
func (t Task) reached(ctx context.Context, steps []model.Step, answer string) (bool, error) {
	calls := make([]tool.Call, len(steps))
	for i, s := range steps {
		if s.Status == model.Failed && t.Gold.Rule != grade.Answer {
			return false, nil
		}
		calls[i] = s.Call
	}
	g, err := grade.Run(ctx, t.World, calls, answer, t.Gold)
	return g.Success, err
}

// content is the multiset of a plan's calls.
func content(steps []model.Step) string {
	keys := make([]string, len(steps))
	for i, s := range steps {
		keys[i] = s.Call.Key()
	}
	slices.Sort(keys)
	return strings.Join(keys, "\n")
}
