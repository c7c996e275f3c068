package noisy

import (
	"encoding/json"
	"math"
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// sampler draws continuations of a path.
type sampler struct {
	params Params
	opts   Options
}

// next draws what comes next; finish means the final answer. factor lowers p inside outlines.
func (s *sampler) next(r *rand.Rand, p *path, factor float64) (c tool.Call, finish bool) {
	const tries = 50 // a place where this is not enough gives the right call
	for range tries {
		c, finish = s.draw(r, p, factor)
		if finish {
			return c, true
		}
		bare, loose := p.loose(c)
		if !loose || !s.opts.Valid {
			return bare, false
		}
	}
	ready, _ := p.open()
	return s.right(r, p, ready)
}

// draw is [sampler.next] before anybody looks at handles.
func (s *sampler) draw(r *rand.Rand, p *path, factor float64) (c tool.Call, finish bool) {
	ready, early := p.open()
	if p.live != nil && len(p.moves()) == 0 {
		return tool.Call{}, true // right or not, there is nothing left to do
	}
	rate := s.rate(p, ready) * math.Pow(1-s.params.E, float64(min(p.wrong, 2))) * factor
	if r.Float64() < rate {
		return s.right(r, p, ready)
	}
	if p.wrong > 0 && r.Float64() < s.params.E {
		return s.consistent(p, ready)
	}
	d := distractor{path: p, ready: ready, early: early}
	if s.params.Errors == Skewed && r.Float64() < dominance {
		r = source("dominant", p.task.gold.Goal, num(slotOf(p, ready)), num(s.opts.Seed))
	}
	return d.draw(r)
}

// dominance is the share of the wrong mass that one distractor takes when errors are skewed.
const dominance = 0.7

// slotOf names the place in the gold plan that is preferred next.
func slotOf(p *path, ready []int) int {
	if len(ready) == 0 {
		return len(p.filled)
	}
	return ready[0]
}

// rate is p at this slot.
func (s *sampler) rate(p *path, ready []int) float64 {
	if s.params.Errors == Diffuse {
		return s.params.P
	}
	r := source("rate", p.task.gold.Goal, num(slotOf(p, ready)), num(s.opts.Seed))
	return beta(r, 2.5*s.params.P, 2.5*(1-s.params.P))
}

func (s *sampler) right(r *rand.Rand, p *path, ready []int) (tool.Call, bool) {
	if len(ready) == 0 {
		return tool.Call{}, true
	}
	j := ready[0]
	if len(ready) > 1 && r.Float64() >= s.opts.Order {
		j = pick(r, ready[1:])
	}
	return p.call(j), false
}

// consistent returns the one continuation that a path with errors suggests: it depends on the path only. A path
// on which nothing is left to do suggests to finish.
func (s *sampler) consistent(p *path, ready []int) (tool.Call, bool) {
	if len(ready) == 0 {
		return tool.Call{}, true
	}
	d := distractor{path: p, ready: ready}
	r := source("consistent", p.task.gold.Goal, string(p.digest), num(s.opts.Seed))
	if p.live != nil {
		if c, ok := d.move(r, false); ok {
			return c, false
		}
	}
	for _, draw := range []func(*rand.Rand) (tool.Call, bool){d.value, d.stray, d.repeat} {
		if c, ok := draw(r); ok {
			return c, false
		}
	}
	return tool.Call{}, true
}

// sample draws one answer.
func (s *sampler) sample(r *rand.Rand, p *path, outline bool) model.Sample {
	c, finish := s.heed(r, p, 1)
	if finish {
		return model.Sample{Answer: p.answer(r)}
	}
	out := model.Sample{Calls: []model.RawCall{raw(c)}}
	if !outline {
		return out
	}
	p.add(c, false)
	if s.opts.Imagination == Lengths {
		out.Outline, out.Complete = s.lengths(r, p), true
		return out
	}
	out.Outline, out.Complete = s.roll(r, p)
	return out
}

// What the simulation says when it takes the goal for reached, in worlds that end with a search and in others.
const (
	searched = "The criteria are set and the search has run."
	done     = "All that was asked for has been done."
)

// roll continues a path until it finishes; complete is false when it grew too long first.
func (s *sampler) roll(r *rand.Rand, p *path) (calls []model.RawCall, complete bool) {
	for len(p.calls) < s.opts.Depth {
		c, finish := s.heed(r, p, s.opts.Decay)
		if finish {
			return calls, true
		}
		calls = append(calls, raw(c))
		p.add(c, false)
	}
	return calls, false
}

// lengths names what remains, off by a random factor.
func (s *sampler) lengths(r *rand.Rand, p *path) []model.RawCall {
	var rest []string
	for j, c := range p.gold.Plan {
		if !p.filled[j] {
			rest = append(rest, c.Tool)
		}
	}
	n := int(math.Round(float64(len(rest)) * math.Exp(0.3*r.NormFloat64())))
	out := make([]model.RawCall, n)
	for i := range out {
		out[i].Tool = rest[min(i, len(rest)-1)]
	}
	return out
}

func raw(c tool.Call) model.RawCall { return model.RawCall{Tool: c.Tool, Args: string(c.Args)} }

var noArgs = json.RawMessage("{}")
