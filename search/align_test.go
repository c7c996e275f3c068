package search

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// said is a sample: calls in its order, and whether it comes to an end.
type said struct {
	calls  []ActionID
	finish bool
}

// forest puts samples together as the engine does: equal beginnings are one chain with their votes.
func forest(samples []said) Outcome {
	o := Outcome{Failed: None, Samples: len(samples)}
	for _, s := range samples {
		parent := int32(-1)
		for i, a := range s.calls {
			parent = add(&o, Candidate{Parent: parent, Action: a, Imagined: i > 0, Remaining: float64(len(s.calls) - i - 1), Prior: -1})
		}
		if s.finish {
			add(&o, Candidate{Parent: parent, Finish: true, Imagined: parent >= 0, Prior: -1})
		}
	}
	return o
}

func add(o *Outcome, c Candidate) int32 {
	i := slices.IndexFunc(o.Candidates, func(x Candidate) bool {
		return x.Parent == c.Parent && x.Action == c.Action && x.Finish == c.Finish
	})
	if i < 0 {
		i = len(o.Candidates)
		o.Candidates = append(o.Candidates, c)
	}
	x := &o.Candidates[i]
	x.Remaining = (x.Remaining*float64(x.Votes) + c.Remaining) / float64(x.Votes+1)
	x.Votes++
	return int32(i)
}

// aligned are the samples of an outcome after they were brought into one order below the root.
func aligned(t *Tree, o *Outcome, commutes func(a, b ActionID) bool) (all []said) {
	c := &core{policy: policy{commutes: commutes, merges: true}}
	a := aligner{in: c.align(t, Root, o), commutes: func(a, b ActionID) bool { return false }}
	for _, s := range a.unravel() {
		var x said
		for _, i := range s.steps {
			if x.finish = a.in[i].Finish; !x.finish {
				x.calls = append(x.calls, a.in[i].Action)
			}
		}
		for range s.votes {
			all = append(all, x)
		}
	}
	return all
}

// least is the lexicographically least order that swapping neighbours which commute leads to, by trying all.
func (s said) least(commutes func(a, b ActionID) bool) string {
	seen := map[string]bool{}
	var walk func(calls []ActionID)
	walk = func(calls []ActionID) {
		if k := fmt.Sprint(calls, s.finish); !seen[k] {
			seen[k] = true
			for i := 1; i < len(calls); i++ {
				if commutes(calls[i-1], calls[i]) {
					next := slices.Clone(calls)
					next[i-1], next[i] = next[i], next[i-1]
					walk(next)
				}
			}
		}
	}
	walk(s.calls)
	return slices.Min(slices.Collect(maps.Keys(seen)))
}

func drawSamples(t *rapid.T) []said {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) said {
		return said{
			calls:  rapid.SliceOfN(rapid.Map(rapid.IntRange(1, 5), func(i int) ActionID { return ActionID(i) }), 0, 5).Draw(t, "calls"),
			finish: true,
		}
	}), 1, 6).Draw(t, "samples")
}

// relation draws which calls commute. A call commutes with itself.
func relation(t *rapid.T) func(a, b ActionID) bool {
	bits := rapid.Uint64().Draw(t, "relation")
	return func(a, b ActionID) bool {
		lo, hi := min(a, b), max(a, b)
		return a == b || bits>>(lo*8+hi)&1 != 0
	}
}

// Each sample stays the sample that it was but for the order of calls that commute.
func TestAlignedSamplesAreLegalOrders(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		samples, commutes := drawSamples(rt), relation(rt)
		o := forest(samples)
		got := aligned(NewTree(nil), &o, commutes)
		if a, b := orders(got, commutes), orders(samples, commutes); !slices.Equal(a, b) {
			rt.Fatalf("%v became %v", samples, got)
		}
	})
}

func orders(samples []said, commutes func(a, b ActionID) bool) (out []string) {
	for _, s := range samples {
		out = append(out, s.least(commutes))
	}
	slices.Sort(out)
	return out
}

// Whatever legal orders the samples come in, the candidates are the same: their votes, lengths and places, to the order in
// which they are numbered.
func TestAlignedOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		samples, commutes := drawSamples(rt), relation(rt)
		shuffled := make([]said, len(samples))
		for i, s := range rapid.Permutation(samples).Draw(rt, "order") {
			shuffled[i] = said{slices.Clone(s.calls), s.finish}
			for range rapid.IntRange(0, 6).Draw(rt, "swaps") {
				if len(s.calls) < 2 {
					break
				}
				c, j := shuffled[i].calls, rapid.IntRange(1, len(s.calls)-1).Draw(rt, "at")
				if commutes(c[j-1], c[j]) {
					c[j-1], c[j] = c[j], c[j-1]
				}
			}
		}
		a, b := forest(samples), forest(shuffled)
		x, y := &core{policy: policy{commutes: commutes}}, &core{policy: policy{commutes: commutes}}
		before, after := x.align(NewTree(nil), Root, &a), y.align(NewTree(nil), Root, &b)
		if p, q := paths(before), paths(after); !slices.Equal(p, q) {
			rt.Fatalf("%v is\n%v\nin other orders\n%v", samples, p, q)
		}
	})
}

// paths are the candidates by the ways to them.
func paths(cs []Candidate) []string {
	ways, out := make([]string, len(cs)), make([]string, len(cs))
	for i, c := range cs {
		if c.Parent >= 0 {
			ways[i] = ways[c.Parent]
		}
		ways[i] += fmt.Sprintf("%d ", c.Action)
		out[i] = fmt.Sprintf("%s: %d, %.6f left, imagined %v, end %v", ways[i], c.Votes, c.Remaining, c.Imagined, c.Finish)
	}
	slices.Sort(out)
	return out
}

func always(a, b ActionID) bool { return true }

// Two samples of one order and three of the other are five votes for one call, and five for the other after it.
func TestTwoOrdersAreOne(t *testing.T) {
	o := forest([]said{{calls: []ActionID{1, 2}}, {calls: []ActionID{2, 1}}, {calls: []ActionID{2, 1}}, {calls: []ActionID{1, 2}}, {calls: []ActionID{2, 1}}})
	got := (&core{policy: policy{commutes: always}}).align(NewTree(nil), Root, &o)
	if len(got) != 2 || got[0].Action != 1 || got[0].Votes != 5 || got[1].Action != 2 || got[1].Votes != 5 || got[1].Parent != 0 {
		t.Errorf("got %+v", got)
	}
	if got[0].Imagined || !got[1].Imagined || got[0].Remaining != 1 || got[1].Remaining != 0 {
		t.Errorf("what a sample asks for and how much follows went wrong: %+v", got)
	}
}

// Samples that overlap in part: each has one vote at each of its places.
func TestPartialOverlap(t *testing.T) {
	o := forest([]said{{calls: []ActionID{1, 2}}, {calls: []ActionID{1, 3}}, {calls: []ActionID{1}}, {calls: []ActionID{3, 2}}, {calls: []ActionID{4, 3, 1}}})
	want := []string{
		"1 : 4, 1.000000 left, imagined false, end false", "1 2 : 1, 0.000000 left, imagined true, end false",
		"1 3 : 2, 0.500000 left, imagined true, end false", "1 3 4 : 1, 0.000000 left, imagined true, end false",
		"2 : 1, 1.000000 left, imagined false, end false", "2 3 : 1, 0.000000 left, imagined true, end false",
	}
	slices.Sort(want)
	if got := paths((&core{policy: policy{commutes: always}}).align(NewTree(nil), Root, &o)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What the tree holds already draws samples to it, what failed there does not.
func TestAlignLooksAtTheTree(t *testing.T) {
	tree := NewTree(nil)
	c := &core{policy: newPolicy(Vote, &Options{Commutes: always}), scorer: frequency{}, bestFirst: newBestFirst()}
	first := forest([]said{{calls: []ActionID{7}}, {calls: []ActionID{7}}, {calls: []ActionID{8}}})
	c.Tell(tree, tree.Request(Expand, Root), first)
	next := forest([]said{{calls: []ActionID{8, 7}}, {calls: []ActionID{8}}})
	if got := aligned(tree, &next, always); !slices.Equal(got[0].calls, []ActionID{7, 8}) {
		t.Errorf("a call with two votes and one more possible comes after one with one and two: %v", got)
	}
	tree.drop(1, CallFailed)
	if got := aligned(tree, &next, always); slices.ContainsFunc(got, func(s said) bool { return s.calls[0] == 7 }) {
		t.Errorf("a sample was led to a call that failed: %v", got)
	}
}

// A call that does not commute with itself names steps before it by number, so these keep their places; those after it
// need not.
func TestCallsThatCountStepsKeepThem(t *testing.T) {
	commutes := func(a, b ActionID) bool { return a != 9 && b != 9 }
	o := forest([]said{{calls: []ActionID{2, 1, 9, 4, 3}}})
	if got := aligned(NewTree(nil), &o, commutes); !slices.Equal(got[0].calls, []ActionID{2, 1, 9, 3, 4}) {
		t.Errorf("got %v", got)
	}
}

// A forest that is not sound is left to insert, which knows what to do with it.
func TestAlignLeavesNonsenseAlone(t *testing.T) {
	for _, cs := range [][]Candidate{
		{{Parent: 1, Action: 1}, {Parent: -1, Action: 2}},
		{{Parent: -1, Finish: true}, {Parent: 0, Action: 2}},
	} {
		o := Outcome{Candidates: cs}
		if got := (&core{policy: policy{commutes: always}}).align(NewTree(nil), Root, &o); &got[0] != &cs[0] {
			t.Errorf("%+v became %+v", cs, got)
		}
	}
}
