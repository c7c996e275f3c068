package lexical

import (
	"github.com/azimuthdev/azimuth/model"
)

// sampleOf turns a plan into an answer: the next call that can be made, and the calls after it. Without one, the
// goal is taken as reached.
func (p *planner) sampleOf(plan []*action, outline bool) model.Sample {
	next := p.next(plan)
	if next == nil {
		return model.Sample{Answer: answerFrom(p.steps, p.unmet), Complete: outline, GaveUp: gaveUp(p.steps, p.unmet)}
	}
	args, _ := next.render(p.resolve)
	s := model.Sample{Calls: []model.RawCall{{Tool: next.fact.spec.Name, Args: string(args)}}}
	if !outline {
		return s
	}
	s.Complete = true
	for _, a := range plan {
		if a == next || a.step > 0 {
			continue
		}
		call := model.RawCall{Tool: a.fact.spec.Name}
		if args, known := a.render(p.resolve); known {
			call.Args = string(args)
		}
		s.Outline = append(s.Outline, call)
	}
	return s
}

// next returns the first action that is not done and whose arguments are known.
func (p *planner) next(plan []*action) *action {
	for _, a := range plan {
		if a.step > 0 {
			continue
		}
		if raw, known := a.render(p.resolve); known && !p.banned[a.fact.spec.Name+"\x00"+string(raw)] {
			return a
		}
	}
	return nil
}
