package engine_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

// picky accepts plans whose calls have the given names only.
type picky struct{ want string }

func (picky) Name() string { return "picky" }

func (p picky) Judge(_ context.Context, plan judge.Plan) (judge.Verdict, error) {
	if pathOf(plan.Steps) == p.want {
		return judge.Verdict{Accepted: true, Score: 1}, nil
	}
	return judge.Verdict{Score: .1, Reason: "that is not " + p.want}, nil
}

var twoWays = map[string][]string{
	"":           {"look x3", "find x2"},
	"look":       {"read x3", "find x2"},
	"look read":  {"= read x5"},
	"look find":  {"= looked and found x5"},
	"find":       {"read x4", "= found"},
	"find read":  {"= found and read x5"},
	"find (read": {"= found x5"},
}

func TestRatingsDecide(t *testing.T) {
	for _, strategy := range []string{search.Beam, search.DFS} {
		b := newBench(t, "look:read find:read read:read", twoWays)
		b.strategy, b.search.Width = strategy, 1
		b.model.rates = map[string]float64{"find": .9, "find read": .8, "find =": .3}
		_, r := b.run()
		if r.Status != engine.Succeeded || names(r.Plan.Steps) != "find read" {
			t.Errorf("%s: %s %v, plan %q", strategy, r.Status, r.Err, names(r.Plan.Steps))
		}
		if want := []string{"", "find", "find read"}; !slices.Equal(b.model.rated, want) || r.Usage.Requests != 6 {
			t.Errorf("%s: rated %q in %d requests", strategy, b.model.rated, r.Usage.Requests)
		}
	}
}

// TestTheNextTrialKnowsTheLesson: the judge rejects the first trial's plan; what the model makes of that is shown to it from
// then on.
func TestTheNextTrialKnowsTheLesson(t *testing.T) {
	b := newBench(t, "look:read find:read read:read", map[string][]string{"": {"look"}, "look": {"= looked"}})
	b.strategy, b.search.Trials, b.judge = search.Reflexion, 2, picky{"find"}
	b.model.lesson = "find it instead"
	_, r := b.run()
	if r.Status == engine.Succeeded || !slices.Equal(b.model.learned, []string{"", "", "find it instead", "find it instead"}) {
		t.Errorf("status %s, lessons %q", r.Status, b.model.learned)
	}
}

func TestWhatAModelCannotGiveIsRefusedFirst(t *testing.T) {
	for _, strategy := range []string{search.Reflexion, search.LATS} {
		b := newBench(t, "look:read", map[string][]string{"": {"look"}})
		b.strategy = strategy
		_, err := engine.New(b.config("r", false), &b.opts)
		if !errors.Is(err, model.ErrUnable) || !strings.Contains(err.Error(), "lessons") || len(b.model.asked) > 0 {
			t.Errorf("%s: %v after %d requests", strategy, err, len(b.model.asked))
		}
	}
}

// TestEveryStrategyIsRebuiltAndParallel: whatever the strategy, a run that is taken up from its journal has the live tree,
// and so have runs of every width.
func TestEveryStrategyIsRebuiltAndParallel(t *testing.T) {
	for _, strategy := range search.Names() {
		var want uint64
		for _, width := range []int{1, 2, 4} {
			b := newBench(t, "look:read find:read read:read", twoWays)
			b.strategy, b.judge, b.opts.Parallel = strategy, picky{"find read"}, width
			b.model.lesson = "take care"
			b.opts.Outline = b.search.Outlines(strategy)
			live, r := b.run()
			if live.Tree().Digest() != b.engine("r", true).Tree().Digest() {
				t.Errorf("%s, width %d: the rebuilt tree differs (run ended %s)", strategy, width, r.Status)
			}
			if want == 0 {
				want = live.Tree().Digest()
			}
			if live.Tree().Digest() != want {
				t.Errorf("%s: another tree at width %d", strategy, width)
			}
		}
	}
}
