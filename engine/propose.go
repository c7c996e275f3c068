package engine

import (
	"context"
	"errors"
	"slices"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/internal/splitmix"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// candidate is a call that samples proposed, at its place in the forest of an outcome.
type candidate struct {
	parent    int32
	act       action
	imagined  bool
	votes     int32
	remaining float64 // summed over known
	known     int32   // samples that said how many calls would follow
	tool      int32   // node of the graph of the tools, 0 for none
}

// proposal is a sample after its calls were checked.
type proposal struct {
	calls    []tool.Call
	made     int // the first so many are proposed, the rest imagined
	finished bool
	answer   string
	gaveUp   bool
	length   int // calls to the end as far as the sample said, -1 if it did not
	cut      bool
}

// request returns the request for n samples after these steps.
func (e *Engine) request(j *job, st []model.Step, n int, seed uint64) model.Request {
	return model.Request{
		Tools: e.shown, Demos: e.opts.Demos, Goal: e.cfg.Goal, Steps: st, Outline: e.opts.Outline, Reason: e.opts.Reason, Lessons: j.lessons,
		N: n, Seed: seed, Temperature: e.opts.Temperature, MaxTokens: e.opts.MaxTokens,
	}
}

// ask makes a model request: reserve the worst case, ask, settle what it was.
func (e *Engine) ask(ctx context.Context, r model.Request) (model.Response, error) {
	if s, ok := e.cfg.Model.(model.Stepwise); ok {
		return s.ProposeBy(ctx, r, e.allow)
	}
	hold, err := e.cfg.Ledger.Reserve(e.estimate(r))
	if err != nil {
		return model.Response{}, err
	}
	resp, err := e.cfg.Model.Propose(ctx, r)
	hold.Settle(spent(resp.Usage))
	return resp, err
}

// allow reserves for one of the requests of a model that makes several for an answer.
func (e *Engine) allow(worst model.Usage) (func(model.Usage), error) {
	hold, err := e.cfg.Ledger.Reserve(spent(worst))
	if err != nil {
		return nil, err
	}
	return func(u model.Usage) { hold.Settle(spent(u)) }, nil
}

// estimate is what a request may use at most. Tokens are counted only where they are limited: counting takes longer
// than everything else that the engine does for a node.
func (e *Engine) estimate(r model.Request) budget.Amount {
	if e.limited() {
		return spent(e.est.Estimate(r, e.caps))
	}
	if n := max(e.caps.N, 1); r.N > n {
		return budget.Amount{ModelCalls: int64((r.N + n - 1) / n)}
	}
	return budget.Amount{ModelCalls: 1}
}

func (e *Engine) limited() bool {
	l := e.cfg.Ledger.Limits()
	return l.Tokens > 0 || l.USD > 0
}

// spent is the ledger's form of a usage.
func spent(u model.Usage) budget.Amount {
	return budget.Amount{ModelCalls: int64(u.Requests), Tokens: int64(u.Prompt + u.Completion), USD: u.USD}
}

// propose samples what could come after the node.
func (e *Engine) propose(ctx context.Context, j *job, d *done) error {
	st, num := steps(j.history, j.nodes)
	st = append(st, j.tried...)
	req := e.request(j, st, max(j.req.Samples, 1), j.seed)
	resp, err := e.sample(ctx, req, d)
	d.usage = d.usage.Add(resp.Usage)
	if errors.Is(err, model.ErrGarbage) {
		d.reason = err.Error()
		return nil
	}
	if err != nil {
		return err
	}
	good, bad := e.check(resp.Samples, num)
	if len(bad) > len(good) { // otherwise the samples that are good say enough, and a request more would say little
		more, err := e.again(ctx, req, bad, num, d)
		if err != nil {
			return err
		}
		if good = append(good, more...); len(good) == 0 {
			d.reason = "no tool takes what was proposed: " + bad[0].Reason
		}
	}
	good = slices.DeleteFunc(good, func(p proposal) bool { return e.repeats(j.nodes, p) })
	d.samples = len(good)
	d.cands = make([]candidate, 0, len(good))
	for _, p := range good {
		d.cut = d.cut || p.cut
		d.grow(e.straighten(p))
	}
	if e.opts.Imagine {
		return e.imagine(ctx, j, d, st, num)
	}
	return nil
}

// imagine asks, for every call that was proposed as the next one, for the rest of the plan after it, and takes its
// length (ToolChain*, section on the future cost h: continue the plan concretely until it ends). What is imagined is
// not proposed: it makes no nodes.
func (e *Engine) imagine(ctx context.Context, j *job, d *done, st []model.Step, num numbering) error {
	for i := range d.cands {
		c := &d.cands[i]
		if c.parent >= 0 || c.act.finish {
			continue
		}
		req := e.request(j, append(st[:len(st):len(st)], model.Step{Call: c.act.call, Status: model.Deferred}), 1, splitmix.Mix(j.seed+3+uint64(i)))
		req.Outline = true
		resp, err := e.ask(ctx, req)
		d.usage = d.usage.Add(resp.Usage)
		if errors.Is(err, model.ErrGarbage) {
			continue
		}
		if err != nil {
			return err
		}
		c.remaining, c.known = 0, 0
		for k := range resp.Samples {
			if p, bad := e.checkOne(&resp.Samples[k], num); bad == nil && p.length >= 0 {
				c.remaining += float64(p.length)
				c.known++
			}
		}
	}
	return nil
}

// repeats says whether a sample asks first for what the path has read already with no effect in between: it would be
// answered the same again, and the search would walk in a circle. In a world a repeated call may mean something.
func (e *Engine) repeats(nodes []pathNode, p proposal) bool {
	if e.cfg.World != nil || len(p.calls) == 0 {
		return false
	}
	return e.readBefore(calls(nodes), p.calls[0])
}

// readBefore says whether a call is a read that stands among the calls already, with no effect after it.
func (e *Engine) readBefore(done []tool.Call, c tool.Call) bool {
	if !e.safe(c) {
		return false
	}
	for _, x := range slices.Backward(done) {
		if x.Tool == c.Tool && string(x.Args) == string(c.Args) {
			return true
		}
		if !e.safe(x) {
			return false
		}
	}
	return false
}

// straighten takes reads out of a sample that repeat an earlier call of the same sample.
func (e *Engine) straighten(p proposal) proposal {
	if e.cfg.World != nil {
		return p
	}
	kept := p.calls[:0]
	made := p.made
	for i, c := range p.calls {
		if e.readBefore(kept, c) {
			if i < p.made {
				made--
			}
			continue
		}
		kept = append(kept, c)
	}
	if p.length >= 0 {
		p.length -= len(p.calls) - len(kept)
	}
	p.calls, p.made = kept, made
	return p
}

// maxShown is how many refused calls a model is shown at once.
const maxShown = 3

// again shows the model the schemas that its calls did not match, once, and returns what it makes of that.
func (e *Engine) again(ctx context.Context, req model.Request, bad []model.Rejected, num numbering, d *done) ([]proposal, error) {
	for _, b := range bad {
		d.rejects = append(d.rejects, b.Call)
	}
	req.N, req.Seed, req.Rejected = len(bad), splitmix.Mix(req.Seed+2), bad[:min(len(bad), maxShown)]
	resp, err := e.ask(ctx, req)
	d.usage = d.usage.Add(resp.Usage)
	switch { // what is good already is enough to go on with
	case errors.Is(err, budget.ErrExhausted):
		d.scant = true
		return nil, nil
	case errors.Is(err, model.ErrGarbage):
		return nil, nil
	case err != nil:
		return nil, err
	}
	good, still := e.check(resp.Samples, num)
	for _, b := range still {
		d.rejects = append(d.rejects, b.Call)
	}
	return good, nil
}

// check turns samples into proposals and tells which ones have calls that no tool takes.
func (e *Engine) check(samples []model.Sample, num numbering) (good []proposal, bad []model.Rejected) {
	good = make([]proposal, 0, len(samples))
	for i := range samples {
		p, rej := e.checkOne(&samples[i], num)
		if rej != nil {
			bad = append(bad, *rej)
			continue
		}
		good = append(good, p)
	}
	return good, bad
}

func (e *Engine) checkOne(s *model.Sample, num numbering) (proposal, *model.Rejected) {
	p := proposal{length: -1}
	if n := len(s.Calls) + len(s.Outline); n > 0 {
		p.calls = make([]tool.Call, 0, n)
	}
	for _, raw := range s.Calls {
		c, err := e.parses.parse(raw)
		if err != nil {
			return p, e.rejection(raw, err)
		}
		p.calls = append(p.calls, planned(c, num))
	}
	p.made = len(p.calls)
	if p.made == 0 {
		p.finished, p.answer, p.gaveUp, p.length = true, s.Answer, s.GaveUp, 0
		return p, nil
	}
	if s.Complete || len(s.Outline) > 0 {
		p.length = p.made + len(s.Outline)
	}
	for _, raw := range s.Outline {
		c, err := e.parses.parse(raw)
		if err != nil { // an argument that is not known yet, or an outline that could not be carried out as it stands
			p.cut = raw.Args == ""
			return p, nil
		}
		p.calls = append(p.calls, planned(c, num))
	}
	p.finished = s.Complete
	return p, nil
}

func planned(c tool.Call, num numbering) tool.Call {
	if num.shifted() {
		c.Args = tool.Renumber(c.Args, num.planned)
	}
	return c
}

func (e *Engine) rejection(raw model.RawCall, err error) *model.Rejected {
	r := &model.Rejected{Call: raw, Reason: err.Error()}
	if spec, ok := e.cfg.Tools.Spec(raw.Tool); ok {
		r.Schema = spec.Input
	}
	return r
}

// grow adds a proposal to the forest of candidates.
func (d *done) grow(p proposal) {
	parent := int32(-1)
	for i, c := range p.calls {
		left := -1
		if p.length >= 0 {
			left = p.length - i - 1
		}
		parent = d.vote(parent, action{call: c}, i >= p.made, left)
	}
	if p.finished {
		d.vote(parent, action{finish: true, answer: p.answer, gaveUp: p.gaveUp}, p.made > 0, 0)
	}
}

// vote counts a sample's vote for a call below the parent and returns the candidate's index.
func (d *done) vote(parent int32, a action, imagined bool, left int) int32 {
	i := d.find(parent, a)
	if i < 0 {
		i = int32(len(d.cands))
		d.cands = append(d.cands, candidate{parent: parent, act: a, imagined: imagined})
	}
	c := &d.cands[i]
	c.votes++
	c.imagined = c.imagined && imagined
	if c.act.answer == "" {
		c.act.answer = a.answer
	}
	if left >= 0 {
		c.remaining += float64(left)
		c.known++
	}
	return i
}

func (d *done) find(parent int32, a action) int32 {
	for i := range d.cands {
		c := &d.cands[i]
		if c.parent != parent || c.act.finish != a.finish {
			continue
		}
		if a.finish && sameEnd(c.act, a) || !a.finish && c.act.call.Tool == a.call.Tool && string(c.act.call.Args) == string(a.call.Args) {
			return int32(i)
		}
	}
	return -1
}

func sameEnd(a, b action) bool { return actionKey(a) == actionKey(b) }

// outcome gives the candidates their ids and prices. It runs in the run's own goroutine, in the order of tells.
func (e *Engine) outcome(ctx context.Context, j *job, d *done) (search.Outcome, error) {
	o := search.Outcome{
		Failed: d.failed, Samples: d.samples, Cut: d.cut, Verdict: d.verdict, Score: d.score, Values: d.values, State: d.state,
		Graph: d.graph, Took: d.took,
	}
	if len(d.cands) == 0 {
		return o, nil
	}
	o.Candidates = make([]search.Candidate, len(d.cands))
	for i := range d.cands {
		c := &d.cands[i]
		sc := &o.Candidates[i]
		*sc = search.Candidate{
			Parent: c.parent, Action: e.actions.id(c.act), Finish: c.act.finish, Imagined: c.imagined,
			Votes: c.votes, Remaining: -1, Prior: -1, Tool: c.tool,
		}
		if c.known > 0 {
			sc.Remaining = c.remaining / float64(c.known)
		}
	}
	return o, e.price(ctx, j, d, o.Candidates)
}
