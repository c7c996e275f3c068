package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/internal/splitmix"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// follow does what propose does for a strategy that goes by subtasks: what comes next is what the graph of the tools says, and
// the first time the goal is taken apart for it.
func (e *Engine) follow(ctx context.Context, j *job, d *done) error {
	if j.course == nil || j.anew() {
		ok, err := e.decompose(ctx, j, d)
		if !ok || err != nil {
			return err
		}
	} else if err := e.assess(ctx, j, d); err != nil {
		return err
	}
	d.samples = max(d.samples, 1)
	for _, x := range j.at {
		if x != 0 && !j.course.has(x) {
			continue
		}
		next := j.course.graph.Nodes[x].Next
		for _, y := range next {
			if err := e.settings(ctx, j, d, y); err != nil {
				return err
			}
		}
		if len(next) == 0 {
			d.vote(-1, action{finish: true, answer: j.summary()}, false, 0)
		}
	}
	return nil
}

// assess says what the call at the end of the path took and is worth: by its own answer, else by a judge of steps, else 1. A call
// that waits for approval takes what it is rated, and passes.
func (e *Engine) assess(ctx context.Context, j *job, d *done) error {
	if len(j.nodes) == 0 || len(j.at) == 0 || !j.course.has(j.at[0]) {
		return nil
	}
	p, n := &j.nodes[len(j.nodes)-1], j.course.graph.Nodes[j.at[0]]
	d.took = e.took(p, n.Cost, j.span)
	if q, ok := graded(p.obs.result); ok {
		d.score = q
		return nil
	}
	d.score = 1
	if j.judged.Kind == j.course.subtasks[n.Subtask].Kind && p.obs.status == model.Observed {
		d.score = j.judged.Quality
		return nil
	}
	if e.cfg.Stepper == nil || p.obs.status != model.Observed || !j.course.final(j.at[0]) {
		return nil
	}
	st, _ := steps(nil, j.nodes)
	part := judge.Part{Plan: judge.Plan{Goal: e.cfg.Goal, Steps: st}, Kinds: j.kinds(), About: j.course.subtasks[n.Subtask].About}
	if j.world != nil {
		part.State = j.world.State()
	}
	hold, err := e.cfg.Ledger.Reserve(e.stepEstimate(part))
	if err != nil {
		return err
	}
	v, err := e.cfg.Stepper.Step(ctx, part)
	hold.Settle(spent(v.Usage))
	d.usage = d.usage.Add(v.Usage)
	switch {
	case errors.Is(err, model.ErrGarbage): // there is no verdict, as there is none of other judges
		d.reason = err.Error()
	case err != nil:
		return fmt.Errorf("check of %s: %w", p.act.call.Tool, err)
	default:
		d.score, d.reason = unit(v.Score), v.Reason
	}
	return nil
}

// stepEstimate is what rating a step may use at most.
func (e *Engine) stepEstimate(p judge.Part) budget.Amount {
	s, ok := e.cfg.Stepper.(judge.StepEstimator)
	if !ok {
		return e.judgeEstimate(p.Plan)
	}
	if !e.limited() && e.cfg.Ledger.Limits().ModelCalls == 0 {
		return budget.Amount{}
	}
	return spent(s.EstimateStep(p))
}

// kinds are what the steps of the path did.
func (j *job) kinds() []string {
	out := make([]string, len(j.nodes))
	for i, p := range j.nodes {
		if len(p.tools) > 0 {
			out[i] = j.course.kind(p.tools[0])
		}
	}
	return out
}

// summary says in words what the path did.
func (j *job) summary() string {
	var parts []string
	for i, k := range j.kinds() {
		if k != "" {
			parts = append(parts, k+" by "+j.nodes[i].act.call.Tool)
		}
	}
	if len(parts) == 0 {
		return "Nothing was to be done."
	}
	return "Done: " + strings.Join(parts, ", ") + "."
}

// settings proposes the calls of a tool of the graph, one for each attempt.
func (e *Engine) settings(ctx context.Context, j *job, d *done, y int) error {
	if !j.course.has(y) {
		return nil
	}
	n := j.course.graph.Nodes[y]
	spec, ok := e.cfg.Tools.Spec(j.course.catalog.Tools[n.Tool].Name)
	if !ok {
		return nil
	}
	s := j.course.subtasks[n.Subtask]
	st, _ := steps(nil, withoutHistory(j.nodes))
	for attempt := range max(e.opts.Attempts, 1) {
		args, missing, err := toolpath.Bind(spec, e.cfg.Goal, s, attempt, st, e.outputs)
		if err == nil && len(missing) > 0 {
			return e.askArguments(ctx, j, d, spec, y, missing)
		}
		if err == nil {
			err = e.offer(d, model.RawCall{Tool: spec.Name, Args: string(args)}, y)
		}
		if err != nil {
			d.reason = err.Error()
			return nil
		}
	}
	return nil
}

func (e *Engine) outputs(name string) json.RawMessage {
	spec, _ := e.cfg.Tools.Spec(name)
	return spec.Output
}

// offer adds a call to what is proposed, unless it is there for the same tool of the graph.
func (e *Engine) offer(d *done, raw model.RawCall, y int) error {
	c, err := e.parses.parse(raw)
	if err != nil {
		return err
	}
	for _, x := range d.cands {
		if x.tool == int32(y) && sameCall(x.act.call, c) {
			return nil
		}
	}
	d.cands = append(d.cands, candidate{parent: -1, act: action{call: c}, votes: 1, tool: int32(y)})
	return nil
}

func sameCall(a, b tool.Call) bool { return a.Tool == b.Tool && string(a.Args) == string(b.Args) }

// askArguments asks the model for a call of one tool, where a rule can't make one. What most samples say is tried first.
func (e *Engine) askArguments(ctx context.Context, j *job, d *done, spec tool.Spec, y int, missing []string) error {
	s := j.course.subtasks[j.course.graph.Nodes[y].Subtask]
	st, num := steps(j.history, j.nodes)
	req := e.request(j, append(st, j.tried...), max(e.opts.Attempts, 1), splitmix.Mix(j.seed+uint64(y)))
	req.Tools, req.Outline = []tool.Spec{spec}, false
	req.Lessons = append(req.Lessons[:len(req.Lessons):len(req.Lessons)],
		fmt.Sprintf("Of the goal, do only this part now, with one call of %s: %s (%s)", spec.Name, s.Kind, s.About))
	resp, err := e.ask(ctx, req)
	d.usage = d.usage.Add(resp.Usage)
	if err != nil && !errors.Is(err, model.ErrGarbage) {
		return err
	}
	var votes []model.RawCall
	count := map[model.RawCall]int{}
	for _, x := range resp.Samples {
		if len(x.Calls) == 0 || x.Calls[0].Tool != spec.Name {
			continue
		}
		raw := x.Calls[0]
		if count[raw]++; count[raw] == 1 {
			votes = append(votes, raw)
		}
	}
	slices.SortStableFunc(votes, func(a, b model.RawCall) int { return cmp.Compare(count[b], count[a]) })
	found := false
	for _, raw := range votes {
		c, err := e.parses.parse(raw)
		if err != nil {
			d.rejects = append(d.rejects, raw)
			continue
		}
		c = planned(c, num)
		found = e.offer(d, model.RawCall{Tool: c.Tool, Args: string(c.Args)}, y) == nil || found
	}
	if !found {
		d.reason = fmt.Sprintf("%s: neither the goal nor an earlier step says %s, and the model proposed no call of it; say it in the goal, or use another model", spec.Name, strings.Join(missing, ", "))
	}
	return nil
}
