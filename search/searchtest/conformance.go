package searchtest

import (
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

// Conformance checks what every strategy owes the engine, over many made-up worlds. fresh returns a new strategy and
// the tree for it.
func Conformance(t *testing.T, fresh func() (search.Strategy, *search.Tree)) {
	t.Helper()
	for seed := range uint64(60) {
		f := &Forest{
			Seed: seed, Breadth: 2 + int(seed%3), Depth: 2 + int(seed%4), Chains: seed%2 == 0,
			Fail: float64(seed%4) / 10, Reject: float64(seed%5)/4 - 0.25, Scores: seed%2 == 1,
		}
		told := serial(t, fresh, f)
		rebuilt(t, fresh, told)
		anyOrder(t, fresh, f)
	}
}

// serial runs to the end, carries the plan out with mishaps, and checks that asking changes nothing that counts, that what is ahead is what is asked next,
// and that an outcome told twice changes nothing.
func serial(t *testing.T, fresh func() (search.Strategy, *search.Tree), f *Forest) []Told {
	t.Helper()
	s, tree := fresh()
	var told []Told
	for len(told) < 200 {
		if s.Done(tree) {
			x, ok := carryOut(s, tree, f.Seed+uint64(len(told)))
			if !ok {
				break
			}
			s.Tell(tree, x.Request, x.Outcome)
			told = append(told, x)
			continue
		}
		before := tree.Digest()
		var next search.Request
		if a, ok := s.(search.Ahead); ok {
			if reqs := a.Ahead(tree, 3); len(reqs) > 0 {
				next = reqs[0]
			}
		}
		reqs := s.Ask(tree, 1)
		if len(reqs) != 1 {
			t.Fatalf("seed %d: not done, nothing pending, and %d requests", f.Seed, len(reqs))
		}
		r := reqs[0]
		if next.ID != 0 && next != r {
			t.Fatalf("seed %d: ahead was %+v, asked was %+v", f.Seed, next, r)
		}
		if tree.Digest() != before {
			t.Fatalf("seed %d: asking changed the tree", f.Seed)
		}
		o := f.Answer(tree, r)
		s.Tell(tree, r, o)
		once := tree.Digest()
		s.Tell(tree, r, o)
		if tree.Digest() != once {
			t.Fatalf("seed %d: telling %+v twice changed the tree", f.Seed, r)
		}
		told = append(told, Told{r, o})
	}
	return told
}

// carryOut makes the next call of the best plan for real; it may fail, or answer otherwise than assumed.
func carryOut(s search.Strategy, t *search.Tree, seed uint64) (Told, bool) {
	n, complete := s.Best(t)
	if !complete {
		return Told{}, false
	}
	for _, x := range t.Path(n) {
		if t.Depth(x) <= t.Depth(t.Focus()) || t.IsFinish(x) {
			continue
		}
		o := search.Outcome{Failed: search.None, Changed: seed%3 == 1}
		if seed%3 == 2 {
			o.Failed = x
		}
		return Told{t.Request(search.Commit, x), o}, true
	}
	return Told{}, false
}

// rebuilt tells the same to fresh strategies without asking, from every tenth place on, and expects an equal tree.
func rebuilt(t *testing.T, fresh func() (search.Strategy, *search.Tree), told []Told) {
	t.Helper()
	live, tree := fresh()
	again, other := fresh()
	for i, x := range told {
		live.Ask(tree, 1)
		live.Tell(tree, x.Request, x.Outcome)
		again.Tell(other, x.Request, x.Outcome)
		if tree.Digest() != other.Digest() {
			t.Fatalf("after %d outcomes the rebuilt tree differs", i+1)
		}
		if live.Done(tree) != again.Done(other) {
			t.Fatalf("after %d outcomes the rebuilt strategy disagrees on being done", i+1)
		}
		a, aok := live.Best(tree)
		if b, bok := again.Best(other); a != b || aok != bok {
			t.Fatalf("after %d outcomes the best is %d %v, rebuilt %d %v", i+1, a, aok, b, bok)
		}
	}
}

// anyOrder works on three requests at a time and tells their outcomes in two orders, where these don't bear on each other.
func anyOrder(t *testing.T, fresh func() (search.Strategy, *search.Tree), f *Forest) {
	t.Helper()
	s, tree := fresh()
	o, other := fresh()
	for range 30 {
		reqs := slices.Clone(s.Ask(tree, 3))
		if len(reqs) == 0 {
			return
		}
		var outs []Told
		for _, r := range reqs {
			outs = append(outs, Told{r, f.Answer(tree, r)})
		}
		if !independent(tree, outs) {
			return
		}
		for _, x := range outs {
			s.Tell(tree, x.Request, x.Outcome)
		}
		slices.Reverse(outs)
		for _, x := range outs {
			o.Tell(other, x.Request, x.Outcome)
		}
		if merged(tree) || merged(other) {
			return // which of two twins stays is a matter of order
		}
		if tree.Turned() > 0 || other.Turned() > 0 {
			return // what is told before and after is another matter
		}
		if tree.Shape() != other.Shape() {
			t.Fatalf("seed %d: the order of telling changed the tree's shape", f.Seed)
		}
		if len(outs) > 1 {
			return // ids differ from here on
		}
	}
}

// independent says that no request is below another one, nor at the same place, where samples take the order of calls that
// commute from those told before, and that none ends a phase of the search.
func independent(t *search.Tree, outs []Told) bool {
	for i, x := range outs {
		if x.Outcome.Cut || x.Outcome.Verdict == search.Rejected {
			return false
		}
		for j, y := range outs {
			if i != j && (x.Request.Node == y.Request.Node || slices.Contains(t.Path(x.Request.Node), y.Request.Node)) {
				return false
			}
		}
	}
	return true
}

func merged(t *search.Tree) bool {
	for i := range t.Len() {
		if _, why := t.Status(search.NodeID(i)); why == search.SameCalls || why == search.SameState {
			return true
		}
	}
	return false
}
