package lexical

import (
	"regexp"
	"slices"
	"strings"
)

var (
	placeInRow = regexp.MustCompile(`(?i)\b(?:must|should|has to|needs to|always)\b[^.;]*?\b(first|second|third|fourth|last)\b|\b(first|second|third|last|final) (?:call|tool|step|action)\b|\b(?:call|use|run|do) (?:it|this)(?: tool)? (first|last)\b`)
	endsAll    = regexp.MustCompile(`(?i)\b(ends|finishes|concludes|closes) (?:the|a|this)\b|\bat the (?:very )?end\b`)
	wantsPrior = regexp.MustCompile(`(?i)\b(after|once|following|requires?|needs?|depends on|prerequisites?|returned by|made by|from|until)\b[^.;]*$`)
	wantsLater = regexp.MustCompile(`(?i)\bbefore\b[^.;]*$`)
	firstAfter = regexp.MustCompile(`(?i)^\W{0,3}(?:\w+ )?(first|beforehand|must (?:be|have been) (?:called|set|run)|has (?:been|to be) (?:called|set|run))\b`)
	needWords  = regexp.MustCompile(`(?i)\b(needs?|requires?|required|must|missing|mandatory|first)\b`)
)

var ordinalRank = map[string]int{"first": firstRank, "second": firstRank + 1, "third": firstRank + 2, "fourth": firstRank + 3, "last": lastRank, "final": lastRank}

// readOrder reads simple order words off the description: "must be the first call", "call it after set_a", "call it
// last", "before set_b". Tools are recognised by their names only.
func (f *fact) readOrder(all []*fact) {
	for _, s := range sentences(f.spec.Description) {
		others := slices.DeleteFunc(namedIn(s, all), func(o *fact) bool { return o == f })
		if m := placeInRow.FindStringSubmatch(s); m != nil && f.rank == 0 && !firstOfOther(s, others) {
			f.rank = ordinalRank[strings.ToLower(m[1]+m[2]+m[3])]
		} else if endsAll.MatchString(s) && f.rank == 0 && len(f.required) == 0 {
			f.rank = lastRank
		}
		for _, o := range others {
			switch prior(s, o.spec.Name) {
			case 1:
				f.after[o] = true
			case -1:
				o.after[f] = true
			}
		}
	}
}

// firstOfOther says that a sentence speaks of another tool's being first: "set_a must be called first".
func firstOfOther(s string, others []*fact) bool {
	for _, o := range others {
		if i := strings.Index(s, o.spec.Name); i >= 0 && firstAfter.MatchString(s[i+len(o.spec.Name):]) {
			return true
		}
	}
	return false
}

// prior is 1 where a sentence wants the named tool first, -1 where it wants it later, 0 where it doesn't say.
func prior(s, name string) int {
	i := strings.Index(s, name)
	if i < 0 {
		return 0
	}
	before, after := s[:i], s[i+len(name):]
	p, l := lastMatch(wantsPrior, before), lastMatch(wantsLater, before)
	switch {
	case firstAfter.MatchString(after):
		return 1
	case p > l:
		return 1
	case l >= 0:
		return -1
	}
	return 0
}

// demands returns the tools that a text says are needed, by their names or by all the words of their names: a
// description's "hotels need location and check-in date", a failure's "set_region must be called first".
func (c *catalog) demands(text string) []*fact {
	var out []*fact
	for _, s := range sentences(text) {
		if !needWords.MatchString(s) {
			continue
		}
		found := c.named(s)
		words := concepts(s)
		for _, f := range c.facts {
			if f.setter && allIn(f.about, words) && !slices.Contains(found, f) {
				found = append(found, f)
			}
		}
		out = append(out, found...)
	}
	return out
}

func allIn(want, have []string) bool {
	return len(want) > 0 && !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) })
}

// sortActions puts actions in order: what must come first or last by its own words, what needs another's answer
// behind it, the rest by the clauses of the goal, then as demonstrated, then as the tools are listed. A maker stands
// directly before the first action that needs it.
func sortActions(actions []*action, h habits) []*action {
	slices.SortStableFunc(actions, func(a, b *action) int { return a.compare(b, h) })
	var out []*action
	state := map[*action]int{}
	var visit func(a *action)
	visit = func(a *action) {
		if state[a] != 0 {
			return
		}
		state[a] = 1
		for _, b := range actions {
			if b != a && a.fact.after[b.fact] && !b.fact.after[a.fact] && b.fact != a.fact {
				visit(b)
			}
		}
		for _, m := range a.makers() {
			visit(m)
		}
		out = append(out, a)
	}
	for _, a := range actions {
		if !a.made {
			visit(a)
		}
	}
	return out
}

func (a *action) compare(b *action, h habits) int {
	if a.urgent != b.urgent {
		return b2i(b.urgent) - b2i(a.urgent)
	}
	if d := a.fact.rank - b.fact.rank; d != 0 {
		return d
	}
	if d := a.clause - b.clause; d != 0 && !(a.fact.setter && b.fact.setter) {
		return d
	}
	pa, okA := h.place[a.fact.spec.Name]
	pb, okB := h.place[b.fact.spec.Name]
	if okA && okB && pa != pb {
		return b2i(pa > pb) - b2i(pa < pb)
	}
	if d := a.fact.index - b.fact.index; d != 0 {
		return d
	}
	return a.at - b.at
}
