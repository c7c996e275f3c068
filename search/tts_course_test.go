package search_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// byDifficulty is a table that takes a method where a task looks easy, medium and hard.
func byDifficulty(methods ...string) search.Table {
	var t search.Table
	for d, m := range methods {
		t = append(t, search.Measured{Situation: search.Situation{Difficulty: search.Difficulty(d), Budget: 40}, Method: m, Solved: 1, Tasks: 1})
	}
	return t
}

// methodOptions are the strategy that a method is by itself, with these options.
func methodOptions(method string, o search.Options) (string, *search.Options) {
	if method == search.DiverseBeam {
		o.Diverse, method = true, search.Beam
	}
	return method, &o
}

// TestTTSIsWhatItChooses: with one method in the table it asks what that strategy asks, from the first request on; and so it
// does when it looks first, since the look is that strategy's own first request.
func TestTTSIsWhatItChooses(t *testing.T) {
	looked := 0
	for _, method := range []string{search.BestOfN, search.Beam, search.DiverseBeam} {
		other := search.Beam
		if method == search.Beam {
			other = search.BestOfN
		}
		for seed := range uint64(30) {
			f := &searchtest.Forest{Seed: seed, Breadth: 3, Depth: 4, Chains: seed%2 == 0, Fail: .1, Reject: .5, Scores: true}
			base := search.Options{Samples: 4, Width: 2, Plans: 3}
			name, o := methodOptions(method, base)
			want := searchtest.Run(mustNew(t, name, o), search.NewTree(nil), f.Answer, 300)
			for _, table := range []search.Table{byDifficulty(method), byDifficulty(method, method, method), byDifficulty(other, method, method), byDifficulty(method, method, other)} {
				o := base
				o.TTS.Table = table
				s, tree := mustNew(t, search.ComputeOptimal, &o), search.NewTree(nil)
				got := searchtest.Run(s, tree, f.Answer, 300)
				reason := s.(search.Reasoner).Reason()
				if !strings.HasPrefix(reason, method+", ") {
					continue
				}
				if strings.Contains(reason, "looks") {
					looked++
				}
				if !slices.EqualFunc(got, want, func(a, b searchtest.Told) bool { return a.Request == b.Request }) {
					t.Fatalf("%s, seed %d (%s): %d requests, by itself %d", method, seed, reason, len(got), len(want))
				}
			}
		}
	}
	if looked < 50 {
		t.Errorf("it looked %d times: the check says little", looked)
	}
}

// TestTTSSpreadsItsLook: with base greedy the samples of the first request are the first steps of as many plans, so that a
// look saves as many requests as it has samples, but for itself.
func TestTTSSpreadsItsLook(t *testing.T) {
	const l, n, k = 3, 6, 4
	g := &grid{breadth: k, depth: l}
	o := &search.Options{Base: search.Greedy, Plans: n, Samples: k, TTS: search.TTSOptions{Table: byDifficulty(search.Beam, search.BestOfN, search.BestOfN)}}
	s, tree := mustNew(t, search.ComputeOptimal, o), search.NewTree(nil)
	told := searchtest.Run(s, tree, g.answer, 500)
	if got, want := count(told)[search.Expand], n*(l+1)-(k-1); got != want {
		t.Errorf("%d requests, want %d: %s", got, want, s.(search.Reasoner).Reason())
	}
	if told[0].Request.Samples != k || told[1].Request.Samples != 1 {
		t.Errorf("%d and then %d samples, want %d and 1", told[0].Request.Samples, told[1].Request.Samples, k)
	}
}

func TestPass(t *testing.T) {
	two := func(a, b search.Candidate) search.Outcome {
		a.Parent, b.Parent = -1, -1
		return search.Outcome{Candidates: []search.Candidate{a, b, {Parent: 0, Votes: 9}}}
	}
	for _, c := range []struct {
		what  string
		o     search.Outcome
		calls float64
		want  float64
	}{
		{"votes and the usual length", two(search.Candidate{Votes: 3, Remaining: -1, Prior: -1}, search.Candidate{Votes: 1, Remaining: -1, Prior: -1}), 0, math.Pow(.75, 4)},
		{"memory's length", two(search.Candidate{Votes: 3, Remaining: -1, Prior: -1}, search.Candidate{Votes: 1, Remaining: -1, Prior: -1}), 2, .75 * .75},
		{"the samples' length", two(search.Candidate{Votes: 3, Remaining: 0, Prior: -1}, search.Candidate{Votes: 1, Remaining: -1, Prior: -1}), 9, .75},
		{"memory as a sample", two(search.Candidate{Votes: 3, Remaining: 0, Prior: 1}, search.Candidate{Votes: 1, Remaining: -1, Prior: -1}), 9, .8},
		{"an answer at once", two(search.Candidate{Votes: 1, Finish: true, Remaining: -1, Prior: -1}, search.Candidate{Votes: 1, Remaining: 3, Prior: -1}), 9, .5},
	} {
		if got, ok := search.Pass(&c.o, c.calls); !ok || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
	if _, ok := search.Pass(&search.Outcome{}, 3); ok {
		t.Error("nothing was sampled, and it is known what it is worth")
	}
}

// TestNear: what was measured nearest counts, the judge before all else.
func TestNear(t *testing.T) {
	text := `
easy 10 bestofn 5/10
easy 160 beam 5/10            # the nearer budget, by ratio
hard 40 diverse 5/10; easy 40 beam 5/10 judge=none
medium 40 bestofn 5/10 judge=a%3Db policy=m`
	table, err := search.ParseTable(text)
	if err != nil {
		t.Fatal(err)
	}
	again, err := search.ParseTable(table.String())
	if err != nil || !slices.Equal(again, table) {
		t.Errorf("%v is read as %v, %v", table, again, err)
	}
	tts, err := search.NewTTS(table)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		s    search.Situation
		want search.Situation
	}{
		{search.Situation{Judge: "x", Difficulty: search.Easy, Budget: 30}, table[0].Situation},
		{search.Situation{Judge: "x", Difficulty: search.Easy, Budget: 50}, table[1].Situation},
		{search.Situation{Judge: "x", Difficulty: search.Hard, Budget: 1}, table[2].Situation},
		{search.Situation{Judge: "none", Difficulty: search.Hard, Budget: 1}, table[3].Situation},
		{search.Situation{Judge: "a=b", Policy: "m", Difficulty: search.Easy, Budget: 1}, table[4].Situation},
	} {
		if got, ok := tts.Near(c.s); got != c.want || !ok {
			t.Errorf("%d: %+v, want %+v", i, got, c.want)
		}
	}
}

func TestBadTables(t *testing.T) {
	for text, want := range map[string]string{
		"medium 40 bestofn":                 "want DIFFICULTY BUDGET METHOD SOLVED/TASKS",
		"odd 40 beam 1/2":                   `difficulty "odd"`,
		"easy many beam 1/2":                `budget "many"`,
		"easy 0 beam 1/2":                   "budget: 0",
		"easy 40 mcts 1/2":                  `method "mcts"`,
		"easy 40 beam 1":                    "SOLVED/TASKS",
		"easy 40 beam 3/2":                  "3 solved of 2",
		"easy 40 beam 1/2; hard 0 beam 1/1": "measured[1]",
		"easy 40 beam 1/2 judge=":           "judge=NAME",
		"easy 40 beam 1/2 colour=blue":      "judge=NAME or policy=NAME",
		"easy 40 beam 1/2 policy=%zz":       "policy=NAME",
		"easy 40 beam 1/2 extra":            `"extra"`,
		"# nothing\n\nhard -1 bestofn 1/1":  "budget: -1",
	} {
		if _, err := search.ParseTable(text); !errors.Is(err, search.ErrOptions) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	o := &search.Options{Base: search.Outline}
	if err := o.Validate(search.ComputeOptimal); !errors.Is(err, search.ErrOptions) {
		t.Errorf("base outline: %v", err)
	}
}

func FuzzParseTable(f *testing.F) {
	f.Add("medium 40 bestofn 61/100 judge=none; hard 1 diverse 0/1 # x")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := search.ParseTable(text)
		if err != nil {
			return
		}
		if again, err := search.ParseTable(table.String()); err != nil || !slices.Equal(again, table) {
			t.Errorf("%q is read as %v, and again as %v, %v", text, table, again, err)
		}
	})
}

// TestTheDefaultTable is what its page says: complete, and best-of-N everywhere.
func TestTheDefaultTable(t *testing.T) {
	table := search.DefaultTable()
	tts, err := search.NewTTS(table)
	if err != nil || len(table) != 3*3*3*2 {
		t.Fatalf("%d entries, %v", len(table), err)
	}
	for _, m := range table {
		if got, _ := tts.Choose(m.Situation); got != search.BestOfN {
			t.Errorf("%+v: %s", m.Situation, got)
		}
	}
}

// TestTTSNeeds: ratings are needed where a beam may be chosen.
func TestTTSNeeds(t *testing.T) {
	for want, table := range map[bool]search.Table{true: byDifficulty(search.BestOfN, search.BestOfN, search.Beam), false: byDifficulty(search.BestOfN, search.BestOfN, search.BestOfN)} {
		s := mustNew(t, search.ComputeOptimal, &search.Options{TTS: search.TTSOptions{Table: table}})
		if got := s.(search.Needy).Needs(); got != (search.Needs{Values: want}) {
			t.Errorf("%v: needs %+v", table, got)
		}
	}
}
