package lexical

import (
	"slices"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
)

// planner works out one sample's whole plan for a request.
type planner struct {
	cat    *catalog
	goal   *goal
	noise  *noise
	fits   []pair             // what could go where among setters
	chosen map[*slot][]chosen // what the goal asks for of their enumerations
	steps  []model.Step
	habits habits

	actions  []*action
	used     map[*mention]bool
	parts    map[*mention]role  // the part that the slot plays which took a mention
	bound    []pair             // setters' bindings
	makers   map[string]*action // by tool and text
	out      map[*fact]bool     // ruled out by the choice that comes first
	set      map[*fact]bool     // setters that the path has called
	banned   map[string]bool    // calls that failed or were refused
	unmet    []string           // clauses that ask for a change which no tool makes
	failures []string           // what the failed calls answered
}

func newPlanner(read *reading, h habits, r model.Request, n *noise) *planner {
	p := &planner{
		cat: read.cat, goal: read.goal, fits: read.fits, chosen: read.chosen, noise: n, steps: r.Steps, habits: h,
		used: map[*mention]bool{}, parts: map[*mention]role{}, makers: map[string]*action{}, out: map[*fact]bool{}, set: map[*fact]bool{}, banned: map[string]bool{},
	}
	p.readPath()
	for _, rej := range r.Rejected {
		if args, err := canon.JSON([]byte(rej.Call.Args)); err == nil {
			p.banned[rej.Call.Tool+"\x00"+string(args)] = true
		}
	}
	return p
}

// readPath notes what was set and what failed. A call that failed may be tried again once another has succeeded.
func (p *planner) readPath() {
	for _, s := range p.steps {
		if failed(s) {
			p.banned[s.Call.Key()] = true
			p.failures = append(p.failures, firstNonEmpty(s.Result.Content, string(s.Result.Value)))
			continue
		}
		clear(p.banned)
		p.failures = nil
		if f := p.fact(s.Call.Tool); f != nil && f.setter {
			p.set[f] = true
		}
	}
}

func failed(s model.Step) bool { return s.Status == model.Failed || s.Result.IsError }

func (p *planner) fact(name string) *fact {
	i := slices.IndexFunc(p.cat.facts, func(f *fact) bool { return f.spec.Name == name })
	if i < 0 {
		return nil
	}
	return p.cat.facts[i]
}

func (p *planner) has(f *fact) bool {
	return slices.ContainsFunc(p.actions, func(a *action) bool { return a.fact == f })
}

// put adds an action unless its call is known to fail.
func (p *planner) put(a *action) bool {
	if raw, known := a.render(p.resolve); known && p.banned[a.fact.spec.Name+"\x00"+string(raw)] {
		return false
	}
	p.actions = append(p.actions, a)
	return true
}

// plan returns all actions of the plan in order, those that the path has carried out with their step.
func (p *planner) plan() []*action {
	p.fillSetters()
	p.fillActions()
	p.fillTerminals()
	p.markUrgent()
	out := sortActions(p.actions, p.habits)
	p.match(out)
	return out
}

// fillTerminals adds the tools that carry out what setters prepared, and tools without required arguments that most
// demonstrations call.
func (p *planner) fillTerminals() {
	setters := 0
	for _, a := range p.actions {
		setters += b2i(a.fact.setter)
	}
	for _, f := range p.cat.facts {
		usual := p.habits.share[f.spec.Name] >= 0.5 && len(p.actions) > 0
		if (f.terminal && setters > 0 || usual) && len(f.required) == 0 && !p.has(f) {
			p.put(&action{fact: f, at: len(p.goal.text), clause: len(p.goal.clauses) - 1, score: 1})
		}
	}
}

// markUrgent puts what the last failures ask for in front.
func (p *planner) markUrgent() {
	for _, text := range p.failures {
		wanted := p.cat.demands(text)
		for _, a := range p.actions {
			a.urgent = a.urgent || slices.Contains(wanted, a.fact)
		}
	}
}

// match finds for each action the step of the path that carried it out; a step carries out one action.
func (p *planner) match(actions []*action) {
	taken := make([]bool, len(p.steps))
	for _, a := range actions {
		raw, known := a.render(p.resolve)
		for i, s := range p.steps {
			if taken[i] || failed(s) || s.Call.Tool != a.fact.spec.Name {
				continue
			}
			if a.fact.setter && p.set[a.fact] || known && canon.Equal(raw, s.Call.Args) {
				taken[i], a.step = true, i+1
				break
			}
		}
	}
}
