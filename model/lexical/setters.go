package lexical

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// pair is a mention that might fill a slot.
type pair struct {
	slot    *slot
	mention *mention
	score   float64
}

// fillSetters binds the tools that state one criterion each. First the choices ("must be first" ones decide which
// other tools apply), then every mention goes to the slot that it suits best, each used once; then what the
// descriptions or failures demand is filled from mentions used already.
func (p *planner) fillSetters() {
	p.choices(func(f *fact) bool { return f.rank < 0 })
	p.assign(p.pairs(), true)
	p.choices(func(f *fact) bool { return f.rank >= 0 })
	p.fillDemanded()
}

// choices binds setters whose argument is an enumeration or a yes or no.
func (p *planner) choices(which func(*fact) bool) {
	for _, f := range p.cat.facts {
		if !f.setter || !f.single() || !which(f) || p.has(f) || p.out[f] {
			continue
		}
		s := f.slots[0]
		if !s.choice() {
			continue
		}
		raw, c := p.chosenBefore(s)
		if raw == nil {
			raw, c = p.noise.pick(s, p.unexplained(p.chosen[s]))
		}
		if raw != nil && (c.score >= plain || f.rank < 0 && c.score >= hint) {
			p.put(&action{fact: f, args: []bound{{slot: s, value: raw}}, at: c.start, score: c.score, clause: p.goal.clauseOf(c.start)})
			p.mode(s, c)
		}
	}
}

// unexplained drops values whose word says what a bound number is: of "a price under $300", price is no sort order.
func (p *planner) unexplained(found []chosen) []chosen {
	return slices.DeleteFunc(slices.Clone(found), func(c chosen) bool {
		i, _ := p.goal.tokensIn(c.start, len(p.goal.text))
		return slices.ContainsFunc(p.bound, func(b pair) bool {
			said := func(c string) bool { return likeness(c, p.goal.tokens[i].concept) > 0 }
			return slices.ContainsFunc(b.slot.title, said) && p.goal.inPhrase(b.mention, i)
		})
	})
}

// mode remembers that the choice which comes first rules tools out: those whose descriptions speak of other values
// only.
func (p *planner) mode(s *slot, c chosen) {
	all, hasAll := allValue(s)
	if s.tool.rank >= 0 || s.list || hasAll && all.text == c.text {
		return
	}
	share := enumShare(s.choices())
	for _, f := range p.cat.facts {
		words := f.speaks
		own, other := false, false
		for _, text := range s.choices() {
			speaks := slices.ContainsFunc(valueConcepts(text), func(w string) bool { return share[w] == 1 && slices.Contains(words, w) })
			own = own || speaks && text == c.text
			other = other || speaks && text != c.text && !(hasAll && text == all.text)
		}
		if other && !own {
			p.out[f] = true
		}
	}
}

// setterChoices lists for each setter's enumeration the values that the goal asks for.
func setterChoices(cat *catalog, g *goal) map[*slot][]chosen {
	out := map[*slot][]chosen{}
	for _, f := range cat.facts {
		if f.setter && f.single() && f.slots[0].choice() {
			out[f.slots[0]] = g.choose(f.slots[0], 0, len(g.tokens))
		}
	}
	return out
}

// setterPairs lists what could go where among setters by the evidence alone.
func setterPairs(cat *catalog, g *goal) []pair {
	var out []pair
	for _, f := range cat.facts {
		if !f.setter || len(f.required) > 1 || len(f.slots) == 0 {
			continue
		}
		out = append(out, slotPairs(f.slots[0], g)...)
	}
	return out
}

// slotPairs lists the mentions that suit a slot. What only an article counts gives way to any number that is written.
func slotPairs(s *slot, g *goal) []pair {
	var out, implied []pair
	written := false
	for _, m := range g.mentions {
		score, ok := s.fit(m)
		switch {
		case !ok || m.kind == kindText:
		case m.implied:
			implied = append(implied, pair{s, m, score})
		default:
			written = written || score >= enough
			out = append(out, pair{s, m, score})
		}
	}
	if written {
		return out
	}
	return append(out, implied...)
}

// onThePath is added to the score of a binding that the path has made already.
const onThePath = 100

// pairs lists what could go where among the setters that are still to be called, best first.
func (p *planner) pairs() []pair {
	var out []pair
	for _, c := range p.fits {
		f := c.slot.tool
		if p.has(f) || p.out[f] {
			continue
		}
		if p.set[f] {
			if !p.onPath(c.slot, c.mention) {
				continue // it was given another value before
			}
			c.score += onThePath
		}
		c.score += p.noise.draw(c.slot.key() + c.mention.text)
		out = append(out, c)
	}
	sortPairs(out)
	return out
}

func sortPairs(ps []pair) {
	slices.SortStableFunc(ps, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
}

// assign takes pairs from the best on, each tool once and, if once is set, each mention once.
func (p *planner) assign(ps []pair, once bool) {
	refused := map[*fact]float64{}
	for _, c := range ps {
		if p.has(c.slot.tool) || once && p.used[c.mention] || c.score < threshold(c, once)+p.noise.draw("without "+c.slot.key()) {
			continue
		}
		if was, ok := refused[c.slot.tool]; ok && c.score < was-nearly {
			continue // a call that failed is not made with whatever else is there
		}
		if !p.bindSetter(c) {
			refused[c.slot.tool] = max(refused[c.slot.tool], c.score)
		}
	}
}

// threshold is lower where the sort of thing says by itself where it goes: a place for the only slot that takes one.
func threshold(c pair, once bool) float64 {
	own := c.mention.kind != kindNumber && c.mention.kind != kindMoney && c.slot.wants[c.mention.kind] >= 1.5
	switch {
	case !once:
		return enough - 1 // that it is demanded is evidence too
	case own:
		return 0.3
	}
	return enough
}

func (p *planner) bindSetter(c pair) bool {
	b, ok := p.bind(c.slot, c.mention)
	if !ok {
		return false
	}
	a := &action{fact: c.slot.tool, args: []bound{b}, at: c.mention.start, score: c.score, clause: p.goal.clauseOf(c.mention.start)}
	if !p.put(a) {
		return false
	}
	p.used[c.mention] = true
	p.bound = append(p.bound, c)
	if p.parts[c.mention] == noRole {
		p.parts[c.mention] = c.slot.role
	}
	return true
}

// bind makes an argument of a mention, through the tool that has to make its value where there is one.
func (p *planner) bind(s *slot, m *mention) (bound, bool) {
	if l, ok := s.constructor(); ok {
		maker, ok := p.construct(l, m)
		return bound{slot: s, maker: maker, path: l.path}, ok
	}
	v, ok := s.value(m)
	return bound{slot: s, value: v}, ok
}

// construct returns the action that makes a value of a mention; equal mentions share one.
func (p *planner) construct(l link, m *mention) (*action, bool) {
	key := l.maker.spec.Name + "\x00" + m.text
	if a, ok := p.makers[key]; ok {
		return a, true
	}
	a := &action{fact: l.maker, args: makerArgs(l, m), at: m.start, clause: p.goal.clauseOf(m.start), made: true}
	if a.args == nil {
		return nil, false
	}
	p.makers[key] = a
	p.actions = append(p.actions, a)
	return a, true
}

// makerArgs fills a simple maker's arguments from a mention, nil where they don't fit.
func makerArgs(l link, m *mention) []bound {
	var out []bound
	for _, s := range l.maker.required {
		part := m
		if l.isDate {
			part = datePart(s, m)
		}
		v, ok := s.value(part)
		if !ok {
			return nil
		}
		out = append(out, bound{slot: s, value: v})
	}
	return out
}

// datePart returns the day, month or year of a date as a number.
func datePart(s *slot, m *mention) *mention {
	out := &mention{kind: kindNumber, num: float64(m.date.day)}
	switch strings.ToLower(s.name) {
	case "month":
		out.num = float64(m.date.month)
	case "year":
		out.num = float64(m.date.year)
	}
	out.text = strconv.FormatFloat(out.num, 'f', -1, 64)
	return out
}

// fillDemanded fills setters that are needed and that no unused mention fills, from any mention that suits.
func (p *planner) fillDemanded() {
	var demanded []*fact
	if len(p.actions) > 0 {
		for _, f := range p.cat.facts {
			if f.terminal || p.has(f) {
				demanded = append(demanded, f.demands...)
			}
		}
	}
	for _, s := range p.failures {
		demanded = append(demanded, p.cat.demands(s)...)
	}
	var ps []pair
	for _, c := range p.pairs() {
		if slices.Contains(demanded, c.slot.tool) && !opposed(p.parts[c.mention], c.slot.role) {
			ps = append(ps, c)
		}
	}
	p.assign(ps, false)
}

// opposed parts are never played by the same place or day: where one starts isn't where one ends.
func opposed(a, b role) bool {
	if a == noRole || b == noRole || a == b {
		return false
	}
	return a == roleFrom || b == roleFrom || a == roleStart || b == roleStart
}
