package search_test

import (
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// BenchmarkQStarWide prices and enters a thousand tools a node.
func BenchmarkQStarWide(b *testing.B) {
	const tools = 1000
	var cands []search.Candidate
	for a := range tools {
		cands = append(cands, search.Candidate{Parent: -1, Action: search.ActionID(a), Votes: 1})
	}
	answer := func(*search.Tree, search.Request) search.Outcome {
		return search.Outcome{Failed: search.None, Candidates: cands}
	}
	b.ReportAllocs()
	for b.Loop() {
		scorer := search.NewQ(func(_ *search.Tree, _ search.NodeID, step, q []float64) {
			for i := range step {
				step[i], q[i] = 1, float64(i%17)+1
			}
		})
		s := mustNew(b, search.QStar, &search.Options{Scorer: scorer, MaxDepth: 1000})
		searchtest.Run(s, search.NewTree(nil), answer, 50)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/50/tools, "ns/edge")
}
