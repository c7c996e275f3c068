package lexical

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/model"
)

// fillActions binds the tools that each do one thing: for every clause of the goal the tool whose words and arguments
// suit it best, and again while the clause holds mentions that no call uses.
func (p *planner) fillActions() {
	setting := slices.ContainsFunc(p.actions, func(a *action) bool { return a.fact.setter })
	for ci, c := range p.goal.clauses {
		words := p.goal.words(c)
		if ci > 0 && p.bare(c) && p.refers(c) {
			words = append(words, p.hintsBefore(ci)...) // "then read it": of what sort "it" is
		}
		for round := 0; round < 6; round++ {
			best := p.bestAction(ci, c, words, setting)
			if best == nil && round == 0 && !setting && p.goal.changeAsked(c) != "" {
				p.unmet = append(p.unmet, strings.TrimSpace(p.goal.text[c.start:c.end]))
			}
			if best == nil || round > 0 && !p.fresh(best) {
				break
			}
			if !p.accept(best) {
				break
			}
			if !p.unusedIn(c) {
				break
			}
		}
	}
}

// hintsBefore says of what sort the things of the clause before are, by its mentions and by what its calls found.
func (p *planner) hintsBefore(ci int) []string {
	out := p.goal.hints(p.goal.clauses[ci-1])
	for _, a := range p.actions {
		if step := p.find(a); step > 0 && a.clause < ci && p.steps[step-1].Status == model.Observed {
			for _, m := range findPaths(cut(p.steps[step-1].Result.Content)) {
				return append(out, kindHints(m)...)
			}
		}
	}
	return out
}

// draft is an action that might be put into the plan, with the mentions it would use and the calls it needs first.
type draft struct {
	action   *action
	mentions []*mention
	before   []*draft
}

// fresh says whether a draft uses a mention that nothing has used yet.
func (p *planner) fresh(d *draft) bool {
	return slices.ContainsFunc(d.mentions, func(m *mention) bool { return !p.used[m] && m.kind != kindText })
}

func (p *planner) accept(d *draft) bool {
	for _, b := range d.before {
		if !p.has(b.action.fact) || !slices.Contains(p.actions, b.action) {
			p.accept(b)
		}
	}
	if !p.put(d.action) {
		return false
	}
	for _, m := range d.mentions {
		p.used[m] = true
	}
	return true
}

func (p *planner) unusedIn(c clause) bool {
	return slices.ContainsFunc(p.goal.mentions, func(m *mention) bool {
		return m.start >= c.start && m.start < c.end && !p.used[m] && m.kind != kindText && m.weak < 0.5
	})
}

// What a tool's relevance to a clause counts beside the fit of its arguments.
const (
	relevance     = 4.0
	verbMatch     = 2.0
	perBinding    = 3.0 // a binding counts at most this much
	unexplained   = 2.0
	outOfDate     = 3.0
	requiredFirst = 2.0 // for required arguments, so that optional ones take what is left
	otherVerb     = 2.0
	unsaidName    = 0.7 // a word of the name
	lonely        = 1.0 // a list of one
	usual         = 1.5 // for what always followed the call before in demonstrations
)

func (p *planner) bestAction(ci int, c clause, words []string, setting bool) *draft {
	scores := p.cat.index.Scores(words)
	top := slices.Max(append(slices.Clone(scores), 1e-9))
	asked := p.goal.changeAsked(c)
	next := p.habits.next[p.lastBefore(ci)]
	var best *draft
	for i, f := range p.cat.facts {
		if f.setter || f.terminal || p.out[f] || !speaksOf(f, words, setting) {
			continue
		}
		if asked != "" && !slices.Contains(f.doc, asked) {
			continue
		}
		d := p.draft(f, ci, c, 0)
		if d == nil || p.repeats(d) || len(d.action.args) == 0 && !anyIn(f.about, words) {
			continue
		}
		d.action.score += usual*next[f.spec.Name] + relevance*scores[i]/top + p.noise.draw(f.spec.Name) + verbMatch*float64(b2i(slices.Contains(words, f.verb)))
		d.action.score -= doubts(f, c, words)
		if best == nil || d.action.score > best.action.score {
			best = d
		}
	}
	return best
}

// changing are verbs that ask for a change. A tool that speaks of no such thing is never called for them: who asks to
// delete a file must not be shown it.
var changing = conceptSet("write create delete move edit send append book buy cancel close stop start pay upload install kill")

// changeAsked returns the verb of change that a clause begins with, "" if none.
func (g *goal) changeAsked(c clause) string {
	from, to := g.tokensIn(c.start, c.end)
	for _, t := range g.tokens[from:to] {
		switch {
		case changing[t.concept] && !g.claimed(t):
			return t.concept
		case t.concept != "" && !stopWords[t.low] && !softStart[t.low]:
			return ""
		}
	}
	return ""
}

// doubts is what speaks against a tool: that the clause begins with another tool's verb, that words of the tool's name
// are not in it, that the tool is out of date.
func doubts(f *fact, c clause, words []string) float64 {
	sum := outOfDate * float64(b2i(f.deprecated))
	if c.verb != "" && c.verb != "?" && c.verb != f.verb {
		sum += otherVerb
	}
	for _, w := range f.about {
		sum += unsaidName * float64(b2i(!slices.Contains(words, w)))
	}
	return sum
}

// lastBefore returns the tool that the plan calls last for earlier clauses, "" if none.
func (p *planner) lastBefore(ci int) string {
	for _, a := range slices.Backward(p.actions) {
		if a.clause < ci && !a.made {
			return a.fact.spec.Name
		}
	}
	return ""
}

// repeats says whether the plan has the same call already, or knows it to fail.
func (p *planner) repeats(d *draft) bool {
	raw, known := d.action.render(p.resolve)
	if !known {
		return false
	}
	if p.banned[d.action.fact.spec.Name+"\x00"+string(raw)] {
		return true
	}
	return slices.ContainsFunc(p.actions, func(a *action) bool {
		other, ok := a.render(p.resolve)
		return a.fact == d.action.fact && ok && string(other) == string(raw)
	})
}

// speaksOf says whether a clause speaks of a tool at all: by a word of its name or, where setters do the work, by all
// of them.
func speaksOf(f *fact, words []string, setting bool) bool {
	name := append([]string{f.verb}, f.about...)
	if setting {
		return allIn(name, words)
	}
	return slices.ContainsFunc(name, func(w string) bool { return slices.Contains(words, w) })
}

// anyIn holds of tools whose name is a single verb too.
func anyIn(about, words []string) bool {
	return len(about) == 0 || slices.ContainsFunc(about, func(w string) bool { return slices.Contains(words, w) })
}

// maxMakers is how many calls may stand behind each other to make one argument.
const maxMakers = 3

// maxChoice is how many tools may offer the value of such a call's argument: where dozens do, as each of an image sandbox's
// gives an image, all ways of chaining them would be tried, and none of them is meant.
const maxChoice = 4

// draft binds a tool's arguments from a clause; nil where a required one can't be had.
func (p *planner) draft(f *fact, ci int, c clause, depth int) *draft {
	d := &draft{action: &action{fact: f, clause: ci, at: c.start}}
	taken := map[*slot]bool{}
	local := map[*mention]bool{}
	for _, pr := range p.actionPairs(f, c) {
		if taken[pr.slot] || local[pr.mention] {
			continue
		}
		b, ok := p.bindLocal(pr.slot, pr.mention, d)
		if !ok {
			continue
		}
		taken[pr.slot], local[pr.mention] = true, true
		for _, m := range d.mentions {
			local[m] = true // a list takes several
		}
		if !slices.Contains(d.mentions, pr.mention) {
			d.mentions = append(d.mentions, pr.mention)
		}
		d.action.args = append(d.action.args, b)
		d.action.at = min(d.action.at, pr.mention.start)
		d.action.score += min(pr.score-requiredFirst*float64(b2i(pr.slot.required)), credit(pr.mention))
		if pr.slot.list && len(local) == 1 {
			d.action.score -= lonely
		}
	}
	for _, s := range f.slots {
		if !taken[s] && !p.fillOther(d, s, ci, c, depth) && s.required {
			return nil
		}
	}
	d.action.score -= unexplained * float64(p.leftOver(d, c))
	return d
}

// credit is how much a binding speaks for its tool at most; words taken as they stand fit almost anywhere.
func credit(m *mention) float64 {
	if m.kind == kindText {
		return 1
	}
	return perBinding
}

// leftOver counts what the clause mentions and neither the draft nor the plan so far uses.
func (p *planner) leftOver(d *draft, c clause) int {
	n := 0
	for _, m := range p.goal.mentions {
		if m.start >= c.start && m.start < c.end && m.kind != kindText && m.weak < 0.5 && !p.used[m] && !slices.Contains(d.mentions, m) {
			n++
		}
	}
	return n
}

// actionPairs lists what could go where in a clause, best first. Required arguments take what is possible at all,
// optional ones only what is likely.
func (p *planner) actionPairs(f *fact, c clause) []pair {
	var out []pair
	for i, s := range f.slots {
		for _, m := range p.goal.mentions {
			if m.start < c.start || m.start >= c.end || p.used[m] && m.kind != kindText {
				continue
			}
			score, ok := s.fit(m)
			if !ok || score < least(s) {
				continue
			}
			score += p.noise.draw(s.key()+m.text) - 0.001*float64(i) - 1e-6*float64(m.start)
			out = append(out, pair{s, m, score + leadFit(s, m) + targetFit(s, m) + requiredFirst*float64(b2i(s.required))})
		}
	}
	sortPairs(out)
	return out
}

func least(s *slot) float64 {
	if s.required {
		return -1
	}
	return enough
}

// leadFit looks at the word in front of quoted or free text: "named X" is for a name, "saying X" for a message. The
// object of a verb is for what the tool is about: its content.
func leadFit(s *slot, m *mention) float64 {
	if m.kind != kindText && m.kind != kindQuoted {
		return 0
	}
	switch {
	case m.lead != "" && s.about(m.lead):
		return 2
	case m.lead == "object" && s.about("content"):
		return 1
	}
	return 0
}

var makingVerbs = conceptSet("write create save append upload put add")

// targetFit prefers what stands after "to" for the path of a tool that writes.
func targetFit(s *slot, m *mention) float64 {
	if m.kind == kindPath && m.role == roleTo && s.role == noRole && makingVerbs[s.tool.verb] {
		return 0.5
	}
	return 0
}

// bindLocal is bind for drafts, which may come to nothing: makers are kept with the draft.
func (p *planner) bindLocal(s *slot, m *mention, d *draft) (bound, bool) {
	l, ok := s.constructor()
	if !ok {
		v, ok := s.value(m)
		if ok && s.list {
			v = p.gather(s, m, d)
		}
		return bound{slot: s, value: v}, ok
	}
	key := l.maker.spec.Name + "\x00" + m.text
	maker := p.makers[key]
	if maker == nil {
		maker = &action{fact: l.maker, args: makerArgs(l, m), clause: d.action.clause, at: m.start, made: true}
		if maker.args == nil {
			return bound{}, false
		}
		d.before = append(d.before, &draft{action: maker})
	}
	return bound{slot: s, maker: maker, path: l.path}, true
}

// gather makes a list of all mentions of the same kind in the same clause.
func (p *planner) gather(s *slot, first *mention, d *draft) json.RawMessage {
	c := p.goal.clauses[p.goal.clauseOf(first.start)]
	var parts []json.RawMessage
	for _, m := range p.goal.mentions {
		if m.kind != first.kind || m.start < c.start || m.start >= c.end || m.lead != first.lead || p.used[m] || m != first && slices.Contains(d.mentions, m) {
			continue
		}
		if v, ok := s.value(m); ok {
			parts = append(parts, v[1:len(v)-1])
			d.mentions = append(d.mentions, m)
		}
	}
	raw, err := json.Marshal(parts)
	if err != nil { // the parts are JSON
		return nil
	}
	return raw
}
