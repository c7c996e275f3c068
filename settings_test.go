package azimuth

import (
	"errors"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
)

func TestSettingsOfStrategies(t *testing.T) {
	for _, c := range []struct {
		s    Settings
		want string // in the error; empty for none
	}{
		{Settings{Strategy: "beam", Width: -1}, "width: -1 is outside [0,1000]"},
		{Settings{Strategy: "dfs", Threshold: 1}, "threshold: 1 is not below 1"},
		{Settings{Strategy: "bestofn", Base: "random"}, `base "random": want one of greedy, vote, outline`},
		{Settings{Strategy: "majority", Plans: 2000}, "plans: 2000"},
		{Settings{Strategy: "majority", Select: "dice"}, `select "dice": want one of judge, vote, weighted`},
		{Settings{DemoTokens: -1}, "demo tokens: -1"},
		{Settings{Shuffle: 65}, "shuffle: 65: want 1, one order, to 64"},
		{Settings{Demos: AutoDemos, Reason: true, Shuffle: 5}, ""},
		{Settings{Strategy: "tts", Base: "outline"}, "want greedy or vote"},
		{Settings{Strategy: "tts", Table: search.Table{{Method: "mcts"}}}, `method "mcts"`},
		{Settings{Strategy: "reflexion", Trials: -3}, "trials: -3"},
		{Settings{Strategy: "mcts", Rollout: "long"}, `rollout "long": want one of real, wide, value`},
		{Settings{Strategy: "lats", Lambda: new(1.5)}, "lambda: 1.5 is outside [0,1]"},
		{Settings{Strategy: "cpl", Explore: new(-1.0)}, "explore: -1"},
		{Settings{Strategy: "rap", Iterations: -1}, "iterations: -1"},
		{Settings{Strategy: "lats", Lambda: new(0.0), Iterations: 8, NoReflection: true}, ""},
		{Settings{Strategy: "dfs", Threshold: -1}, ""},
		{Settings{Strategy: "qstar", Weight: new(2.0)}, "weight: 2 is outside [0,1]"},
		{Settings{Strategy: "vgps", ValueBeta: new(-1.0)}, "value beta: -1 is outside [0,1e+06]"},
		{Settings{Strategy: "qstar", Batch: -1}, "batch: -1 is outside [1,1048576]"},
		{Settings{Strategy: "qstar", Weight: new(0.0), Preset: "paper", Batch: 4}, ""},
	} {
		err := c.s.Validate()
		if c.want == "" && err == nil || c.want != "" && errors.Is(err, ErrSetting) && strings.Contains(err.Error(), c.want) {
			continue
		}
		t.Errorf("%+v: %v, want %q", c.s, err, c.want)
	}
}

func TestSettingsAskForOutlinesWhereTheyCount(t *testing.T) {
	for strategy, want := range map[string]bool{
		"": true, "astar": true, "adaplanner": true, "cpl": true, "majority": true, "bestofn": false, "greedy": false, "vote": false,
		"beam": false, "dfs": false, "reflexion": false, "mcts": false, "rap": false, "lats": false, "uniform": false,
	} {
		if got := (&Settings{Strategy: strategy}).outline(); got != want {
			t.Errorf("%q: outlines %v, want %v", strategy, got, want)
		}
	}
	if !(&Settings{Strategy: "bestofn", Base: "outline"}).outline() || (&Settings{Strategy: "majority", Base: "greedy"}).outline() {
		t.Error("the base does not decide")
	}
}

func TestSampling(t *testing.T) {
	for _, c := range []struct {
		s    Settings
		n    int // most samples of a request
		want int // 0: what the strategy takes itself
	}{
		{Settings{}, 16, 10}, {Settings{Preset: search.Azimuth}, 10, 10}, {Settings{}, 9, 0}, {Settings{}, 1, 0},
		{Settings{Samples: 5}, 16, 5}, {Settings{Preset: search.Paper}, 16, 0}, {Settings{Strategy: search.Vote}, 16, 0},
		{Settings{Adaptive: true}, 16, 0},
	} {
		if got := c.s.sampling(model.Capabilities{N: c.n}).Samples; got != c.want {
			t.Errorf("%+v with %d samples a request: %d, want %d", c.s, c.n, got, c.want)
		}
	}
}
