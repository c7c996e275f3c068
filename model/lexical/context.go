package lexical

import (
	"cmp"
	"slices"
)

// Words next to a mention say what it is for. A word in the mention's own phrase (up to the next comma, "and" or
// number) counts in full, less before the mention than after it; words further off count less and less.
const (
	afterWeight  = 1.0
	beforeWeight = 0.8
	outside      = 0.35 // first word beyond the phrase
	reach        = 14   // tokens looked at on each side
	impliedReach = 2    // tokens that "a" can count
)

// around returns the concepts near a mention, each once with its highest weight.
func (g *goal) around(m *mention) []weighted {
	start, end := m.start, m.end
	if m.lower != nil {
		start = m.lower.start
	}
	if m.upper != nil {
		end = m.upper.end
	}
	from, to := g.tokensIn(start, end)
	best := map[string]float64{}
	if m.implied {
		g.walk(to, 1, impliedReach, afterWeight, best)
	} else {
		g.walk(from-1, -1, reach, beforeWeight, best)
		g.walk(to, 1, reach, afterWeight, best)
	}
	if m.lead != "" {
		best[m.lead] = 1
	}
	out := make([]weighted, 0, len(best))
	for c, w := range best {
		out = append(out, weighted{c, w})
	}
	slices.SortFunc(out, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.concept, b.concept))
	})
	return out
}

func (g *goal) walk(i, step, far int, weight float64, best map[string]float64) {
	inside := true
	for n := 0; n < far && i >= 0 && i < len(g.tokens); n++ {
		t := g.tokens[i]
		i += step
		if inside && (g.boundary(t, step) || g.claimed(t)) {
			inside, weight = false, outside
		}
		if sentenceEnd(t) {
			weight *= 0.5
		}
		if t.concept == "" || g.claimed(t) {
			continue
		}
		best[t.concept] = max(best[t.concept], weight)
		weight *= 0.93
	}
}

// inPhrase says whether no boundary stands between a mention and token i.
func (g *goal) inPhrase(m *mention, i int) bool {
	from, to := g.tokensIn(m.start, m.end)
	for j := i; j < from; j++ {
		if g.boundary(g.tokens[j], -1) {
			return false
		}
	}
	for j := to; j < i; j++ {
		if g.boundary(g.tokens[j], 1) {
			return false
		}
	}
	return true
}

// boundary says whether a phrase ends at the token when read in the direction of step. Looking ahead, "with" and
// "and" begin something new; looking back they end what came before.
func (g *goal) boundary(t token, step int) bool {
	switch t.low {
	case ",", ";", "\n", ".", "!", "?", "and", "with", "plus", "(", ")", "but":
		return true
	case "-", "–", "—":
		return t.start > 0 && g.text[t.start-1] == ' '
	case "under", "over", "below", "above", "at", "from", "between":
		return step > 0
	}
	return false
}

func sentenceEnd(t token) bool {
	return t.low == "." || t.low == "!" || t.low == "?" || t.low == "\n" || t.low == ";"
}
