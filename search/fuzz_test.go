package search_test

import (
	"math"
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

// feed reads numbers off fuzzed bytes; zeros when they are used up.
type feed struct{ data []byte }

func (f *feed) next(n int) int {
	if len(f.data) == 0 {
		return 0
	}
	b := int(f.data[0])
	f.data = f.data[1:]
	return b % n
}

func (f *feed) float() float64 {
	switch b := f.next(40); b {
	case 38:
		return math.NaN()
	case 39:
		return math.Inf(1)
	default:
		return float64(b-2) / 10
	}
}

func (f *feed) outcome(nodes int) search.Outcome {
	o := search.Outcome{Failed: search.None, Samples: f.next(12) - 1, Cut: f.next(9) == 8, Verdict: search.Verdict(f.next(3)), Score: f.float(), Changed: f.next(5) == 4}
	o.State = uint64(f.next(4))
	for range f.next(4) {
		o.Values = append(o.Values, f.float())
	}
	if f.next(5) == 4 {
		o.Failed = search.NodeID(f.next(nodes + 1))
	}
	for range f.next(7) {
		o.Candidates = append(o.Candidates, search.Candidate{
			Parent: int32(f.next(6) - 2), Action: search.ActionID(f.next(5)), Finish: f.next(5) == 4, Imagined: f.next(2) == 1,
			Votes: int32(f.next(6) - 1), Remaining: f.float(), Prior: f.float(), Parts: []float64{f.float()},
		})
	}
	return o
}

var fuzzed = []string{
	search.Uniform, search.Vote, search.Greedy, search.BestOfN, search.Majority, search.Beam, search.DFS, search.AdaPlanner,
	search.Reflexion, search.MCTS, search.RAP, search.LATS, search.CPL, search.QStar, search.CoSTA,
}

// graph is of some tools for one subtask or two, with what no journal should have now and then.
func (f *feed) graph() *search.ToolGraph {
	g := &search.ToolGraph{Nodes: []search.ToolNode{{Tool: -1, Subtask: -1, Quality: 1}}}
	for i := range f.next(6) {
		g.Nodes = append(g.Nodes, search.ToolNode{Tool: i, Cost: float64(f.next(3)), Quality: .5, Doubtful: f.next(3) == 2})
		up := &g.Nodes[f.next(i+1)]
		up.Next = append(up.Next, i+1+f.next(16)/15)
	}
	return g
}

// follow adds what strategies that go by subtasks are told.
func (f *feed) follow(o *search.Outcome) {
	o.Took = f.float()
	if f.next(2) == 1 {
		o.Graph = f.graph()
	}
	for i := range o.Candidates {
		o.Candidates[i].Tool = int32(f.next(9) - 1)
	}
}

// FuzzTell feeds a strategy whatever an engine or a damaged journal could: nothing may panic, the tree stays a tree, and
// telling the same again to a fresh strategy gives the same tree.
func FuzzTell(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 3, 0, 0, 0, 9, 0, 9, 9, 3, 1, 1, 0, 0, 3, 9, 9, 9, 1, 2, 0, 0, 2, 9, 9, 9, 0, 0, 5, 1, 2, 3})
	f.Add([]byte("0000000000000000000000000000000000000000000000000000000000000000"))
	f.Fuzz(func(t *testing.T, data []byte) {
		in := &feed{data}
		name := fuzzed[in.next(len(fuzzed))]
		o := &search.Options{
			MaxDepth: 1 + in.next(5), Gate: float64(in.next(3)) / 2, Adaptive: in.next(2) == 1, ReopenMax: in.next(20),
		}
		o.Q = search.QStarOptions{Weight: new(float64(in.next(3)) / 2), Batch: in.next(3)}
		if in.next(2) == 1 {
			o.Commutes = func(a, b search.ActionID) bool { return (a+b)%2 == 1 }
		}
		live, tree := mustNew(t, name, o), search.NewTree([]string{"price"})
		again, other := mustNew(t, name, o), search.NewTree([]string{"price"})
		for len(in.data) > 0 && tree.Len() < 500 {
			r := search.Request{Node: search.NodeID(in.next(tree.Len() + 1)), Kind: search.Kind(in.next(7))}
			if reqs := live.Ask(tree, 1+in.next(3)); in.next(4) > 0 && len(reqs) > 0 {
				r = reqs[0]
			}
			out := in.outcome(tree.Len())
			if name == search.CoSTA {
				in.follow(&out)
			}
			live.Tell(tree, r, out)
			again.Tell(other, r, out)
			live.Best(tree)
			live.Done(tree)
			if tree.Digest() != other.Digest() {
				t.Fatalf("rebuilt tree differs after %+v %+v", r, out)
			}
		}
		invariants(t, tree)
	})
}
