package lexical

import (
	"encoding/json"
	"slices"
)

// fillOther fills an argument that no mention of the clause fills: an enumeration or a yes or no by the clause's
// words; and if it is required, a constant or default, what an earlier clause said, what an earlier or another tool
// answers, or the current directory.
func (p *planner) fillOther(d *draft, s *slot, ci int, c clause, depth int) bool {
	if v := p.fromWords(s, c); v != nil {
		d.add(bound{slot: s, value: v}, 1)
		return true
	}
	if !s.required {
		return false
	}
	if v := fixed(s); v != nil {
		d.add(bound{slot: s, value: v}, 0)
		return true
	}
	if b, ok := p.fromBefore(s, ci, c); ok {
		d.add(b, 0.5-lonely*float64(b2i(s.list)))
		return true
	}
	if v := p.fromResults(s); v != nil {
		d.add(bound{slot: s, value: v}, 1)
		return true
	}
	if b, ok := p.fromMaker(d, s, ci, c, depth); ok {
		d.add(b, -0.5+p.worth(b))
		return true
	}
	if s.wants[kindPath] >= 2 && (d.action.fact.verb == "search" || d.action.fact.verb == "list") {
		d.add(bound{slot: s, value: json.RawMessage(`"."`)}, -1.5)
		return true
	}
	return false
}

func (d *draft) add(b bound, score float64) {
	d.action.args = append(d.action.args, b)
	d.action.score += score
}

// worth is what the bindings of a call that the argument needs first count: those that are new with it.
func (p *planner) worth(b bound) float64 {
	if slices.Contains(p.actions, b.maker) {
		return 0
	}
	return min(max(b.maker.score, 0), perBinding)
}

func fixed(s *slot) json.RawMessage {
	switch {
	case len(s.schema.Const) > 0:
		return s.schema.Const
	case len(s.schema.Default) > 0 && !s.list:
		return s.schema.Default
	case len(s.schema.Enum) == 1 && !s.list:
		return s.schema.Enum[0]
	}
	return nil
}

// fromWords reads enumerations and booleans off a clause. Optional ones need a word of the argument's own name too.
func (p *planner) fromWords(s *slot, c clause) json.RawMessage {
	words := p.goal.words(c)
	named := slices.ContainsFunc(nameConcepts(s.name), func(w string) bool { return slices.Contains(words, w) })
	from, to := p.goal.tokensIn(c.start, c.end)
	switch {
	case s.choice():
		raw, got := p.noise.pick(s, p.goal.choose(s, from, to))
		if got.score >= hint && (s.required || named || p.goal.modifies(got, s.tool)) {
			return raw
		}
	case s.schema.kind() == "boolean" && named && !s.list:
		i := slices.IndexFunc(p.goal.tokens[from:to], func(t token) bool { return t.concept != "" && slices.Contains(nameConcepts(s.name), t.concept) })
		if i >= 0 && p.goal.ruledOut(from+i) {
			return json.RawMessage("false")
		}
		return json.RawMessage("true")
	}
	return nil
}

// modifies says whether a value stands right before a word of the tool's name: "the open orders".
func (g *goal) modifies(c chosen, f *fact) bool {
	i, _ := g.tokensIn(c.start, len(g.text))
	for _, t := range g.tokens[min(i+1, len(g.tokens)):min(i+3, len(g.tokens))] {
		if t.concept != "" && slices.Contains(f.about, t.concept) {
			return true
		}
	}
	return false
}

var pronouns = wordSet("it its that them they this those these there same")

// fromBefore looks in earlier clauses: what an argument of the same name was, or where the clause says "it", what the
// call before found.
func (p *planner) fromBefore(s *slot, ci int, c clause) (bound, bool) {
	refers := p.refers(c)
	for _, a := range slices.Backward(p.actions) {
		if a.clause >= ci || a.made {
			continue
		}
		if s.wants[kindPath] >= 0.5 && (a.fact.verb == "search" || a.fact.verb == "list") && refers && a.fact.spec.Effect.Safe() {
			return bound{slot: s, maker: a}, true
		}
		if !refers && !p.bare(c) {
			continue
		}
		for _, same := range []func(a, b *slot) bool{sameName, bothPaths} {
			for _, b := range a.args {
				if same(b.slot, s) {
					return bound{slot: s, value: b.value, maker: b.maker, path: b.path}, true
				}
			}
		}
	}
	return bound{}, false
}

func sameName(earlier, later *slot) bool {
	return earlier.name == later.name && earlier.schema.kind() == later.schema.kind() && earlier.list == later.list && !genericNames[later.name]
}

// bothPaths says that a later call can read where an earlier one has written.
func bothPaths(earlier, later *slot) bool {
	return earlier.wants[kindPath] >= 0.5 && later.wants[kindPath] >= 0.5 && earlier.list == later.list &&
		earlier.role != roleFrom && later.role != roleTo
}

func (p *planner) refers(c clause) bool {
	from, to := p.goal.tokensIn(c.start, c.end)
	return slices.ContainsFunc(p.goal.tokens[from:to], func(t token) bool { return pronouns[t.low] })
}

// bare says that a clause mentions nothing of its own.
func (p *planner) bare(c clause) bool {
	return !slices.ContainsFunc(p.goal.mentions, func(m *mention) bool {
		return m.start >= c.start && m.start < c.end && m.kind != kindText
	})
}

// fromMaker takes an argument from a tool whose answer holds it: one that the plan calls already, else one that the
// clause has the arguments for.
func (p *planner) fromMaker(d *draft, s *slot, ci int, c clause, depth int) (bound, bool) {
	for _, l := range s.makers {
		for _, a := range p.actions {
			if a.fact == l.maker && a.clause <= ci {
				return bound{slot: s, maker: a, path: l.path}, true
			}
		}
		for _, b := range d.before {
			if b.action.fact == l.maker {
				return bound{slot: s, maker: b.action, path: l.path}, true
			}
		}
	}
	if depth >= maxMakers || depth > 0 && len(s.makers) > maxChoice {
		return bound{}, false
	}
	for _, l := range s.makers {
		if l.maker.setter || l.maker.terminal || l.maker.deprecated || l.maker == d.action.fact || len(l.maker.required) == 0 && !l.strong {
			continue
		}
		sub := p.spare(d).draft(l.maker, ci, c, depth+1)
		if sub == nil || len(sub.mentions) == 0 && !l.strong {
			continue
		}
		sub.action.made = true
		d.before = append(d.before, sub)
		d.mentions = append(d.mentions, sub.mentions...)
		return bound{slot: s, maker: sub.action, path: l.path}, true
	}
	return bound{}, false
}

// spare returns a view of the planner in which the draft's mentions are used up.
func (p *planner) spare(d *draft) *planner {
	out := *p
	out.used = map[*mention]bool{}
	for m := range p.used {
		out.used[m] = true
	}
	for _, m := range d.mentions {
		out.used[m] = true
	}
	return &out
}
