package engine_test

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/search"
)

// TestQStarKnowsAState: the same reads in another order are no other state, so only one of the two orders is gone on from;
// a read more is another state; and a rebuilt run knows it too.
func TestQStarKnowsAState(t *testing.T) {
	b := newBench(t, "one:read two:read", map[string][]string{
		"":            {"one x3", "two x2"},
		"one":         {"two x3", "= too soon x2"},
		"two":         {"one x5"},
		"one two":     {`one{"x":2} x3`, "= at last x2"},
		"two one":     {`one{"x":2} x3`, "= at last x2"},
		"one two one": {"= too late x5"},
	})
	b.strategy = search.QStar
	j, err := judge.Expression(`answer == "at last"`, nil)
	if err != nil {
		t.Fatal(err)
	}
	b.judge = j
	e, r := b.run()
	if r.Status != engine.Succeeded || r.Answer != "at last" {
		t.Fatalf("status %s, answer %q, err %v", r.Status, r.Answer, r.Err)
	}
	same := func(tree *search.Tree) (n int) {
		for i := range tree.Len() {
			if _, why := tree.Status(search.NodeID(i)); why == search.SameState {
				n++
			}
		}
		return n
	}
	if got := same(e.Tree()); got != 1 {
		t.Errorf("%d nodes were dropped for their state, want 1; asked about %s", got, strings.Join(b.model.asked, " | "))
	}
	if again := b.engine("r", true); again.Tree().Digest() != e.Tree().Digest() || same(again.Tree()) != 1 {
		t.Error("the rebuilt tree differs")
	}
}
