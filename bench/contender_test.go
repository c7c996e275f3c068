package bench

import (
	"errors"
	"strings"
	"testing"
)

func TestParseContender(t *testing.T) {
	c, err := ParseContender(" astar:preset=paper:k=7:alpha=0.25:merge=true ")
	if err != nil {
		t.Fatal(err)
	}
	s := c.Settings
	if c.Name != "astar:preset=paper:k=7:alpha=0.25:merge=true" || s.Strategy != "astar" || s.Preset != "paper" || s.Samples != 7 || *s.Alpha != 0.25 || !s.Merge {
		t.Errorf("got %q, %+v", c.Name, s)
	}
}

// The constants of the costs are options like the others.
func TestParseContenderCosts(t *testing.T) {
	c, err := ParseContender("astar:preset=outline:phi=0:tau=1.5:s=1e9:gate=-1:reopen=-1:margin=3")
	if err != nil {
		t.Fatal(err)
	}
	s := c.Settings
	if *s.Phi != 0 || *s.Tau != 1.5 || *s.S != 1e9 || s.W != nil || *s.Gate != -1 || *s.ReopenMax != -1 || *s.Margin != 3 {
		t.Errorf("got %+v", s)
	}
}

// What is wrong is named, and what would be right.
func TestParseContenderRefuses(t *testing.T) {
	for text, want := range map[string][]string{
		"annealing":              {"annealing", "astar", "greedy", "vote"},
		"":                       {"no strategy", "astar"},
		"astar:preset=best":      {"preset", "best", "paper", "azimuth"},
		"vote:k=-1":              {"samples: -1", "[0,1000]"},
		"vote:k=0.5":             {"samples", "a whole number"},
		"vote:k=many":            {"samples", "a whole number"},
		"astar:merge=4":          {"merge", "true or false"},
		"astar:alpha=2":          {"alpha", "[0,1]"},
		"astar:speed=4":          {"speed", "temperature", "k,"},
		"vote:seed=4":            {"no option \"seed\""},
		"vote:no_answer=true":    {"no option"},
		"vote:k":                 {"OPTION=VALUE"},
		"astar:tau=0":            {"tau: 0 is outside (0, ...)"},
		"astar:tau=big":          {": tau: string is not a number"},
		"vote:phi=0":             {"phi: strategy vote does not read it"},
		"astar:preset=paper:w=1": {"w: preset paper does not read it"},
		"vote:k=1:samples=2":     {"samples is given twice"},
		"vote:width=3":           {"width: strategy vote does not read it; choose beam, tts"},
		"greedy:k=10":            {"samples: strategy greedy does not read it", "vote"},
		"majority:k=10":          {"samples: strategy majority with base outline takes a sample a plan; say how many with plans, choose base vote, or leave it out"},
		"qstar:preset=outline":   {"qstar prices single steps; choose azimuth or paper"},
		"mcts:lambda=0.5":        {"lambda: strategy mcts has no ratings; choose lats, or rollout value"},
		"vote:demo_controller=4": {"only demos auto reads it"},
	} {
		_, err := ParseContender(text)
		if !errors.Is(err, ErrContender) {
			t.Errorf("%q: got %v", text, err)
			continue
		}
		for _, w := range want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%q: %v does not say %q", text, err, w)
			}
		}
	}
	if _, err := ParseContenders([]string{"vote", "vote "}); !errors.Is(err, ErrContender) {
		t.Errorf("twice the same: %v", err)
	}
}

func FuzzParseContender(f *testing.F) {
	for _, s := range []string{"vote:k=10", "astar:preset=paper:alpha=.25", "a:b=c", ":=", "vote:k={}", "astar:alpha=null", "vote:k=1e99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseContender(s)
		if err != nil {
			return
		}
		again, err := ParseContender(c.Name)
		if err != nil || again.Name != c.Name {
			t.Errorf("%q is read once and not again: %v", s, err)
		}
	})
}
