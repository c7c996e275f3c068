package cost_test

import (
	"fmt"
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

// wide answers every request with five distinct candidates at no cost of its own.
type wide struct {
	outcomes [64]search.Outcome
	next     int
}

func newWide() *wide {
	w := &wide{}
	for i := range w.outcomes {
		o := search.Outcome{Failed: search.None, Samples: 9}
		for j := range 5 {
			o.Candidates = append(o.Candidates, search.Candidate{
				Parent: -1, Action: search.ActionID(i*5 + j), Votes: int32(1 + (i+j)%3), Remaining: float64((i*7 + j*3) % 11), Prior: -1,
			})
		}
		w.outcomes[i] = o
	}
	return w
}

func (w *wide) answer() search.Outcome {
	w.next++
	return w.outcomes[w.next*7919>>3&63]
}

// grow selects and tells until the tree has so many nodes.
func grow(s search.Strategy, t *search.Tree, w *wide, nodes int) {
	for t.Len() < nodes {
		s.Tell(t, s.Ask(t, 1)[0], w.answer())
	}
}

func newSearch(tb testing.TB, preset string) (search.Strategy, *search.Tree) {
	o := &search.Options{Preset: preset, Scorer: mustScorer(tb, preset, nil), MaxDepth: 1000}
	return mustNew(tb, search.AStar, o), search.NewTree(nil)
}

// BenchmarkSelectTell reports the time a node of growing a whole tree; DESIGN.md section 10 holds 1 µs.
func BenchmarkSelectTell(b *testing.B) {
	for _, preset := range []string{search.Azimuth, search.Paper, search.Outline, search.Auto} {
		for _, nodes := range []int{1_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", preset, nodes), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					s, t := newSearch(b, preset)
					grow(s, t, newWide(), nodes)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*nodes), "ns/node")
			})
		}
	}
}

func TestSelectAllocatesNothing(t *testing.T) {
	s, tree := newSearch(t, search.Azimuth)
	w := newWide()
	grow(s, tree, w, 20_000)
	allocs := testing.AllocsPerRun(100, func() {
		if len(s.Ask(tree, 1)) != 1 {
			t.Fatal("nothing to ask for")
		}
		s.(search.Ahead).Ahead(tree, 4)
	})
	if allocs != 0 {
		t.Errorf("Ask and Ahead allocate %v times", allocs)
	}
}
