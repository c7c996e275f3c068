package cost

import (
	"fmt"
	"math"

	"github.com/azimuthdev/azimuth/search"
)

// Named is one part of a node's numbers, for a display.
type Named struct {
	Of    string  `json:"of"` // "g", "h" or "f": which number it is a part of; "value" for what a model or passes say of it
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Note  string  `json:"note,omitempty"` // how to read the value, where the name does not say it
}

// String returns the part as a display would show it.
func (n Named) String() string {
	if n.Note != "" {
		return fmt.Sprintf("%s %s", n.Name, n.Note)
	}
	return fmt.Sprintf("%s %.2f", n.Name, n.Value)
}

// Explainer is a scorer that can say what its numbers are made of. All presets of this package are.
type Explainer interface {
	Explain(t *search.Tree, n search.NodeID) []Named
}

// Explain returns the named parts of g's last step, h and f of n, how a model rated it and what the passes of a tree
// search through it brought; nil for the root. A scorer that is no [Explainer], or none, has votes only.
func Explain(s search.Scorer, t *search.Tree, n search.NodeID) []Named {
	if n == search.Root {
		return nil
	}
	var out []Named
	if e, ok := s.(Explainer); ok {
		out = e.Explain(t, n)
	} else {
		out = append(out, votesOf(t, n))
	}
	if v, ok := t.Value(n); ok {
		out = append(out, Named{Of: "value", Name: "rating", Value: v})
	}
	if visits, mean := t.Visits(n); visits > 0 {
		out = append(out, Named{Of: "value", Name: "passes", Value: mean, Note: fmt.Sprintf("%d, %.2f on the mean", visits, mean)})
	}
	return out
}

// Explain implements [Explainer].
func (p *paper) Explain(t *search.Tree, n search.NodeID) []Named {
	p.bind(t)
	out := []Named{votesOf(t, n)}
	if p.memory >= 0 {
		out = append(out, Named{Of: "g", Name: "memory", Value: 1 - t.Part(n, p.memory)})
	}
	out = p.explainExtras(out, t, n)
	if p.position >= 0 {
		out = append(out, Named{Of: "h", Name: "position", Value: 1 - t.Part(n, p.position)})
	}
	out = append(out, Named{Of: "h", Name: "imagined", Value: imagined(t, n)})
	return append(out, odds(p, t, n)...)
}

// Explain implements [Explainer].
func (e *evidence) Explain(t *search.Tree, n search.NodeID) []Named {
	e.bind(t)
	doubt := t.Step(n) - e.extras(t, n)
	if !e.share {
		doubt = 1 - math.Exp(-doubt)
	}
	out := []Named{votesOf(t, n), {Of: "g", Name: "doubt", Value: doubt}}
	if pi := t.Prior(n); pi >= 0 {
		out = append(out, Named{Of: "g", Name: "prior", Value: pi})
	}
	out = e.explainExtras(out, t, n)
	if t.IsFinish(n) {
		return append(append(out, Named{Of: "f", Name: "finish charge", Value: e.Finish(t, n)}), odds(e, t, n)...)
	}
	if r := t.Remaining(n); r >= 0 {
		out = append(out, Named{Of: "h", Name: "remaining", Value: r})
	}
	return append(out,
		Named{Of: "h", Name: "consensus", Value: max(0, e.stats.length-float64(t.Depth(n)))},
		Named{Of: "h", Name: "step price", Value: e.stats.step})
}

func votesOf(t *search.Tree, n search.NodeID) Named {
	v, k := t.Votes(n), t.Samples(t.Parent(n))
	return Named{Of: "g", Name: "votes", Value: float64(v) / float64(max(k, 1)), Note: fmt.Sprintf("%d/%d", v, k)}
}

func (c *columns) explainExtras(out []Named, t *search.Tree, n search.NodeID) []Named {
	for _, e := range c.extra {
		if e.column >= 0 && e.weight > 0 {
			out = append(out, Named{Of: "g", Name: e.name, Value: e.weight * t.Part(n, e.column)})
		}
	}
	return out
}

func odds(s search.Scorer, t *search.Tree, n search.NodeID) []Named {
	v, judged := t.Verdict(n)
	if !judged || v == search.Unjudged {
		return nil
	}
	return []Named{{Of: "f", Name: "judge odds", Value: s.Judged(t, n, v)}}
}
