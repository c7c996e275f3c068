package search_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// TestTTSTakesTheBest: in each situation the method is the one that solved most, so that on the tasks for tuning no fixed
// method solves more.
func TestTTSTakesTheBest(t *testing.T) {
	hard := search.Situation{Policy: "small", Judge: "good", Difficulty: search.Hard, Budget: 16}
	easy := hard
	easy.Difficulty = search.Easy
	poor := hard
	poor.Judge = "poor"
	measured := []search.Measured{
		{hard, search.BestOfN, 10, 100}, {hard, search.Beam, 30, 100}, {hard, search.DiverseBeam, 25, 100}, {hard, search.DiverseBeam, 45, 100},
		{easy, search.BestOfN, 80, 100}, {easy, search.Beam, 80, 100}, {poor, search.BestOfN, 1, 10}, {poor, search.Beam, 9, 100},
	}
	table, err := search.NewTTS(measured)
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range map[search.Situation]string{hard: search.DiverseBeam, easy: search.BestOfN, poor: search.BestOfN} {
		if got, known := table.Choose(s); got != want || !known {
			t.Errorf("%+v: %s, want %s", s, got, want)
		}
	}
	hard.Budget = 4
	if got, known := table.Choose(hard); known || got != search.BestOfN {
		t.Errorf("a budget that was not measured: %s", got)
	}
	for text, m := range map[string]search.Measured{
		`method "mcts"`: {easy, search.MCTS, 1, 2}, "3 solved of 2": {easy, search.Beam, 3, 2}, "budget: 0": {search.Situation{}, search.Beam, 1, 2},
	} {
		if _, err := search.NewTTS([]search.Measured{measured[0], m}); !errors.Is(err, search.ErrOptions) || !strings.Contains(err.Error(), "measured[1]") || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestDifficulties(t *testing.T) {
	for pass, want := range map[float64]string{1: "easy", .5: "easy", .49: "medium", .1: "medium", .09: "hard", 0: "hard"} {
		if got := search.DifficultyOf(pass).String(); got != want {
			t.Errorf("%v: %s, want %s", pass, got, want)
		}
	}
}

// TestSpend: with a budget of 1 all methods are plain sampling; with 4 the diverse beam is the beam that keeps one state.
func TestSpend(t *testing.T) {
	run := func(method string, n int, seed uint64) (plan []search.ActionID, asked map[search.Kind]int) {
		f := &searchtest.Forest{Seed: seed, Breadth: 4, Depth: 4, Reject: -1}
		name, o := search.Spend(method, n, &search.Options{MaxDepth: 9})
		s, tree := mustNew(t, name, o), search.NewTree(nil)
		asked = count(searchtest.Run(s, tree, f.Answer, 500))
		best, _ := s.Best(tree)
		for _, x := range tree.Path(best) {
			plan = append(plan, tree.Action(x))
		}
		if o.MaxDepth != 9 {
			t.Error("the other options are lost")
		}
		return plan, asked
	}
	for seed := range uint64(20) {
		one, _ := run(search.BestOfN, 1, seed)
		beam, _ := run(search.Beam, 1, seed)
		diverse, _ := run(search.DiverseBeam, 1, seed)
		if !slices.Equal(one, beam) || !slices.Equal(one, diverse) || len(one) == 0 {
			t.Errorf("seed %d, a budget of 1: %v, %v and %v", seed, one, beam, diverse)
		}
		beam, a := run(search.Beam, 4, seed)
		diverse, b := run(search.DiverseBeam, 4, seed)
		if !slices.Equal(beam, diverse) || a[search.Expand] != b[search.Expand] {
			t.Errorf("seed %d, a budget of 4: %v and %v", seed, beam, diverse)
		}
	}
}
