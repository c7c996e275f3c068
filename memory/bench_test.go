package memory

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/tool"
)

// The size that DESIGN.md speaks of: 100,000 plans of 10 calls, over 40 tools.
const benchPlans, benchCalls, benchTools = 100_000, 10, 40

var benchIndex = sync.OnceValues(func() (*Index, error) { return NewIndex(benchMemory(), nil) })

func benchMemory() []Plan {
	r := rand.New(rand.NewPCG(1, 2))
	plans := make([]Plan, benchPlans)
	for i := range plans {
		plans[i] = Plan{Goal: fmt.Sprint("goal ", i), Calls: benchPath(r, benchCalls)}
	}
	return plans
}

func benchPath(r *rand.Rand, n int) []tool.Call {
	calls := make([]tool.Call, n)
	for i := range calls {
		calls[i] = tool.Call{Tool: fmt.Sprint("tool_", r.IntN(benchTools)), Args: json.RawMessage("{}")}
	}
	return calls
}

// benchNodes are paths of 8 calls, distinct ones, so that no row of a node itself is at hand.
func benchNodes(b *testing.B) (*Index, []tool.Call, []tool.Call) {
	ix, err := benchIndex()
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	parent, candidates := benchPath(r, 7), benchPath(r, 64)
	ix.Score(parent)
	return ix, parent, candidates
}

// One node against the memory: the step from its parent's row.
func BenchmarkScore100k(b *testing.B) {
	ix, parent, candidates := benchNodes(b)
	for i := 0; b.Loop(); i++ {
		ix.ScoreNext(parent, candidates[i%len(candidates)])
	}
}

// The same with the row kept for its children: a node that is then expanded.
func BenchmarkExtend100k(b *testing.B) {
	ix, parent, candidates := benchNodes(b)
	s := ix.names
	row := s.row(parent).row
	for i := 0; b.Loop(); i++ {
		s.set.Ratio(s.set.Extend(row, s.symbol(candidates[i%len(candidates)])))
	}
}

// The same by a table for each plan.
func BenchmarkScoreNaive100k(b *testing.B) {
	ix, parent, candidates := benchNodes(b)
	s := ix.names
	var p []uint32
	for _, c := range append(parent[:7:7], candidates[0]) {
		p = append(p, s.symbol(c))
	}
	row := make([]int, benchCalls+1)
	for i := 0; b.Loop(); i++ {
		p[7] = s.symbol(candidates[i%len(candidates)])
		score(s.seqs, p, row)
	}
}

// The prior of one node, whose row is there: once a node, for all its candidates.
func BenchmarkPrior100k(b *testing.B) {
	ix, parent, _ := benchNodes(b)
	s := ix.names
	key := pathKey(s, parent)
	row := s.rowOf(key).row
	for b.Loop() {
		s.prior(row, key)
	}
}

func pathKey(s *space, path []tool.Call) string {
	var key []byte
	for _, c := range path {
		sym := s.symbol(c)
		key = append(key, byte(sym), byte(sym>>8), byte(sym>>16), byte(sym>>24))
	}
	return string(key)
}

func BenchmarkNewIndex100k(b *testing.B) {
	plans := benchMemory()
	for b.Loop() {
		if _, err := NewIndex(plans, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// A candidate takes no memory of the size of the collection: only the path's key.
func TestScoreNextAllocatesLittle(t *testing.T) {
	ix := index(t, nil, "g: a; b; c", "g: c; a; b", "g: b")
	parent, candidate := path("a; b"), call("c")
	state, cand := &cost.State{Path: parent}, &cost.Candidate{Call: candidate}
	step := ix.Step()
	if n := testing.AllocsPerRun(100, func() {
		if _, err := step.Cost(t.Context(), state, cand); err != nil {
			t.Error(err)
		}
	}); n > 4 {
		t.Errorf("%v allocations a candidate", n)
	}
}
