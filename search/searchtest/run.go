package searchtest

import (
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/search"
)

// Told is one outcome as it was told.
type Told struct {
	Request search.Request
	Outcome search.Outcome
}

// Model answers requests; [Script.Answer] and [Forest.Answer] do.
type Model func(t *search.Tree, r search.Request) search.Outcome

// Run asks and tells one request at a time until the strategy is done or limit outcomes were told, and returns these.
func Run(s search.Strategy, t *search.Tree, m Model, limit int) []Told {
	var told []Told
	for !s.Done(t) && len(told) < limit {
		reqs := s.Ask(t, 1)
		if len(reqs) == 0 {
			break
		}
		r := reqs[0]
		o := m(t, r)
		s.Tell(t, r, o)
		told = append(told, Told{r, o})
	}
	return told
}

// Print draws the tree with one node a line: votes, costs, where it stands and as which expansion it was chosen.
func (s *Script) Print(t *search.Tree) string {
	var b strings.Builder
	s.print(&b, t, search.Root)
	return b.String()
}

func (s *Script) print(b *strings.Builder, t *search.Tree, n search.NodeID) {
	status, why := t.Status(n)
	name := "root"
	if n != search.Root {
		name = fmt.Sprintf("%s %d/%d g=%.2f h=%.2f", s.Name(t.Action(n)), t.Votes(n), t.Samples(t.Parent(n)), t.G(n), t.H(n))
		if t.Charge(n) != 0 {
			name += fmt.Sprintf(" charge=%+.2f", t.Charge(n))
		}
		name += fmt.Sprintf(" f=%.2f", t.F(n))
	}
	if v, ok := t.Value(n); ok {
		name += fmt.Sprintf(" v=%.2f", v)
	}
	if visits, mean := t.Visits(n); visits > 0 {
		name += fmt.Sprintf(" n=%d q=%.2f", visits, mean)
	}
	fmt.Fprintf(b, "%s%s %s", strings.Repeat("  ", t.Depth(n)), name, status)
	if v, judged := t.Verdict(n); judged {
		fmt.Fprintf(b, " %s", [...]string{"unjudged", "accepted", "rejected"}[v])
	}
	if o := t.Order(n); o > 0 {
		fmt.Fprintf(b, " #%d", o)
	}
	if why != search.NoReason {
		fmt.Fprintf(b, " (%s)", why)
	}
	b.WriteByte('\n')
	for c := range t.Children(n) {
		s.print(b, t, c)
	}
}
