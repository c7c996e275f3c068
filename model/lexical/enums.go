package lexical

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// chosen is a value of an enumeration and how surely the goal asks for it.
type chosen struct {
	raw   json.RawMessage
	text  string
	score float64
	start int // byte of the evidence
}

// span is where evidence for a value stands, in tokens.
type span struct{ from, to int }

// choose finds the values of a slot's enumeration in a part of the goal, the surest first. Values whose words lie
// inside the words of a longer value or directly behind another are dropped ("house" in "town house" and "mobile
// house"), and so are those that are ruled out ("no condos").
func (g *goal) choose(s *slot, from, to int) []chosen {
	texts := s.choices()
	share, gloss := enumShare(texts), glosses(s)
	scores, spans := make([]float64, len(texts)), make([][]span, len(texts))
	for i, text := range texts {
		scores[i], spans[i] = g.evidence(text, share, from, to)
		if scores[i] < glossScore {
			scores[i], spans[i] = g.glossEvidence(gloss[text], scores[i], spans[i], from, to)
		}
	}
	others := spans
	if all, ok := allValue(s); ok { // "both" stands before the values it is said of
		i := slices.Index(texts, all.text)
		others = slices.Delete(slices.Clone(spans), i, i+1)
	}
	var out []chosen
	for i, text := range texts {
		for _, at := range spans[i] {
			if !inner(at, others) && !g.ruledOut(at.from) {
				out = append(out, chosen{s.schema.Enum[i], text, scores[i], g.tokens[at.from].start})
				break
			}
		}
	}
	slices.SortStableFunc(out, func(a, b chosen) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.start, b.start))
	})
	return out
}

// inner says whether a span lies inside a longer one or directly behind another.
func inner(a span, all [][]span) bool {
	for _, spans := range all {
		for _, b := range spans {
			if b.from <= a.from && a.to <= b.to && b.to-b.from > a.to-a.from || b.to == a.from {
				return true
			}
		}
	}
	return false
}

// enumShare says of each concept how telling it is among the values: 1 if one value has it, less if several do.
func enumShare(texts []string) map[string]float64 {
	out := map[string]float64{}
	for _, text := range texts {
		for _, c := range valueConcepts(text) {
			out[c]++
		}
	}
	for c, n := range out {
		out[c] = 1 / n
	}
	return out
}

func valueConcepts(text string) []string {
	out := concepts(splitName(text))
	if len(out) == 0 {
		for _, t := range tokenise(text) {
			out = append(out, firstNonEmpty(t.concept, t.low))
		}
	}
	return out
}

// evidence looks for a value's words close together, and returns where it finds most of them. The score is 3 for all
// that is telling in the value, 1.8 for words that only hint at it, and 0 for less than half.
func (g *goal) evidence(text string, share map[string]float64, from, to int) (float64, []span) {
	want := valueConcepts(text)
	best, at := 0.0, []span(nil)
	for i := from; i < to; i++ {
		score, end := g.matchAt(want, share, i, to)
		if score < 0.5 || score < best {
			continue
		}
		if score > best {
			best, at = score, nil
		}
		at = append(at, span{i, g.phraseEnd(end)})
	}
	return 3 * best, at
}

// phraseEnd goes over the rest of a phrase that is one concept: "-family" of "multi-family".
func (g *goal) phraseEnd(end int) int {
	rest := func(i int) bool {
		return i < len(g.tokens) && g.tokens[i].concept == "" && !g.tokens[i].punct && !g.tokens[i].digit
	}
	for rest(end) || end < len(g.tokens) && g.tokens[end].text == "-" && rest(end+1) {
		end++
	}
	return end
}

// glossScore is what a word of a value's explanation counts.
const glossScore = 2.1

func (g *goal) glossEvidence(words []string, score float64, at []span, from, to int) (float64, []span) {
	for i := from; i < to; i++ {
		if t := g.tokens[i]; t.concept != "" && slices.Contains(words, t.concept) && !g.claimed(t) {
			return glossScore, []span{{i, i + 1}}
		}
	}
	return score, at
}

// matchAt returns the share of the value's telling words that stand from token i on, within a few tokens.
func (g *goal) matchAt(want []string, share map[string]float64, i, to int) (float64, int) {
	got, total, end := 0.0, 0.0, i+1
	anchored := false
	for _, w := range want {
		total += share[w]
		for j := i; j < min(to, i+len(want)+2); j++ {
			like := g.tokenLikeness(w, j)
			if like == 0 {
				continue
			}
			anchored = anchored || j == i
			got += like * share[w]
			end = max(end, j+1)
			break
		}
	}
	if !anchored || total == 0 {
		return 0, end
	}
	return got / total, end
}

func (g *goal) tokenLikeness(want string, j int) float64 {
	t := g.tokens[j]
	if t.concept == "" || g.claimed(t) && !g.named(t) {
		return 0
	}
	if like := likeness(want, t.concept); like > 0 {
		return like
	}
	if j+1 < len(g.tokens) && strings.EqualFold(t.low+g.tokens[j+1].low, want) {
		return 1
	}
	return 0
}

var negations = wordSet("no not without except excluding avoid isn't don't never nor but")

// ruledOut says whether a negation stands shortly before a token, in the same phrase.
func (g *goal) ruledOut(at int) bool {
	for j := at - 1; j >= max(0, at-3); j-- {
		if t := g.tokens[j]; negations[t.low] && t.low != "but" {
			return true
		} else if t.punct && t.text != "-" {
			return false
		}
	}
	return false
}

// allValue returns the value that stands for all the others ("both", "all", "any"), if the enumeration has one.
func allValue(s *slot) (chosen, bool) {
	for i, text := range s.choices() {
		switch strings.ToLower(text) {
		case "both", "all":
			return chosen{s.schema.Enum[i], text, 3, 0}, true
		}
	}
	return chosen{}, false
}

// pick returns what an enumeration should be, of the values that the goal asks for: one value, or all that are named where the slot takes a
// list. Two values at once mean "both" where there is such a value. Score 0 means that the goal doesn't say.
func (n *noise) pick(s *slot, found []chosen) (json.RawMessage, chosen) {
	found = slices.Clone(found)
	if len(found) == 0 {
		return nil, chosen{}
	}
	if s.list {
		return listOf(found), found[0]
	}
	if all, ok := allValue(s); ok {
		others := slices.DeleteFunc(slices.Clone(found), func(c chosen) bool { return c.text == all.text })
		if len(others) == 0 || len(others) > 1 && others[1].score > 1.5 {
			all.start = found[0].start
			return all.raw, all
		}
		found = others // "both adults" is said of something else
	}
	for i := range found {
		found[i].score += n.draw(s.key() + "=" + found[i].text)
	}
	best := slices.MaxFunc(found, func(a, b chosen) int { return cmp.Compare(a.score, b.score) })
	return best.raw, best
}

// listOf keeps the values that are named as surely as the surest, in the order of the goal.
func listOf(found []chosen) json.RawMessage {
	sure := slices.DeleteFunc(slices.Clone(found), func(c chosen) bool { return c.score < 0.8*found[0].score })
	slices.SortStableFunc(sure, func(a, b chosen) int { return a.start - b.start })
	parts := make([]string, len(sure))
	for i, c := range sure {
		parts[i] = string(c.raw)
	}
	return json.RawMessage("[" + strings.Join(parts, ",") + "]")
}
