package cost_test

import (
	"math"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
	"pgregory.net/rapid"
)

// first runs one expansion of a script and returns the tree.
func first(t testing.TB, preset string, o *cost.Options, script string, parts ...string) (*searchtest.Script, *search.Tree) {
	t.Helper()
	s, err := searchtest.Parse(script, parts...)
	if err != nil {
		t.Fatal(err)
	}
	tree := search.NewTree(parts)
	st := mustNew(t, search.AStar, &search.Options{Preset: preset, Scorer: mustScorer(t, preset, o)})
	searchtest.Run(st, tree, s.Answer, 1)
	return s, tree
}

func near(a, b, eps float64) bool { return math.Abs(a-b) <= eps }

// TestEvidence checks step costs against the figures that cost-findings section 7 gives for tau .8 and n0 .5.
func TestEvidence(t *testing.T) {
	for _, c := range []struct {
		script, action string
		want           float64
	}{
		{": a*5", "a", .03},
		{": a*4, b*1", "a", .14},
		{": a*4, b*1", "b", 2.5},
		{": a*3, b*1, c*1", "a", .43},
		{": a*3, b*2", "a", .46},
		{": a*1, b*1, c*1, d*1, e*1", "c", 1.74},
	} {
		s, tree := first(t, search.Azimuth, nil, c.script)
		if got := tree.Step(s.Find(tree, c.action)); !near(got, c.want, .05) {
			t.Errorf("%q: step of %s is %.3f, want %.2f", c.script, c.action, got, c.want)
		}
	}
}

func TestEvidenceIsAPosterior(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := &searchtest.Forest{Seed: rapid.Uint64().Draw(rt, "seed"), Breadth: 4, Depth: 3, Reject: -1}
		tree := search.NewTree(nil)
		scorer := mustScorer(t, search.Azimuth, nil)
		searchtest.Run(mustNew(t, search.AStar, &search.Options{Preset: search.Azimuth, Scorer: scorer}), tree, f.Answer, 1)
		none, _ := scorer.Reopen(tree, search.Root)
		sum := math.Exp(-none)
		for c := range tree.Children(search.Root) {
			if tree.Step(c) < 0 {
				rt.Fatalf("negative step %v", tree.Step(c))
			}
			sum += math.Exp(-tree.Step(c))
		}
		if !near(sum, 1, 1e-9) {
			rt.Fatalf("the posteriors and that of none sum to %v", sum)
		}
	})
}

func TestSaturation(t *testing.T) {
	// Beyond S samples, the same shares of votes give the same cost.
	s, a := first(t, search.Azimuth, nil, ": a*12, b*4")
	_, b := first(t, search.Azimuth, nil, ": a*24, b*8")
	if x, y := a.Step(s.Find(a, "a")), b.Step(s.Find(b, "a")); !near(x, y, 1e-12) {
		t.Errorf("steps %v and %v, want the same", x, y)
	}
}

func TestMemoryPriorBreaksTies(t *testing.T) {
	s, tree := first(t, search.Azimuth, nil, ": a*2 pi=.1, b*2 pi=.8")
	if a, b := tree.Step(s.Find(tree, "a")), tree.Step(s.Find(tree, "b")); b >= a {
		t.Errorf("the call that memory expects costs %v, the other %v", b, a)
	}
	_, plain := first(t, search.Azimuth, nil, ": a*2, b*2")
	_, off := first(t, search.Azimuth, &cost.Options{Omega: new(0.0)}, ": a*2 pi=.1, b*2 pi=.8")
	if x, y := plain.Step(1), off.Step(1); x != y {
		t.Errorf("omega 0 costs %v, no memory %v", y, x)
	}
}

func TestHeuristicAndFinishCharge(t *testing.T) {
	// Five samples that expect 1 + 7 calls and the starting one of 8: Dhat is 8; cbar is (.6 + c) / 3.
	s, tree := first(t, search.Azimuth, nil, ": a*4 r=7, b*1 r=7")
	a := s.Find(tree, "a")
	want := (0.6 + tree.Step(a)) / 3 * (0.5*7 + 0.5*7)
	if got := tree.H(a); !near(got, want, 1e-9) {
		t.Errorf("h is %v, want %v", got, want)
	}
	s, tree = first(t, search.Azimuth, &cost.Options{Length: 4}, ": a*4 r=3, end*1")
	dhat := (4 + 4*4 + 0) / 6.0
	if got, want := tree.Charge(s.Find(tree, "end")), 2*(dhat-1); !near(got, want, 1e-9) {
		t.Errorf("finishing at once is charged %v, want %v", got, want)
	}
	if h := tree.H(s.Find(tree, "end")); h != 0 {
		t.Errorf("h of a finished plan is %v", h)
	}
}

func TestJudgeOdds(t *testing.T) {
	sc := mustScorer(t, search.Azimuth, nil)
	tree := search.NewTree(nil)
	if got := sc.Judged(tree, 0, search.Accepted); !near(got, -math.Log(4.5), 1e-9) {
		t.Errorf("accepted: %v", got)
	}
	if got := sc.Judged(tree, 0, search.Rejected); !near(got, math.Log(8), 1e-9) {
		t.Errorf("rejected: %v", got)
	}
	if got := sc.Judged(tree, 0, search.Unjudged); got != 0 {
		t.Errorf("unjudged: %v", got)
	}
}

const twoComponents = ": a*3 {memory=.25 position=.5} r=1, b*1 {memory=1 position=1} r=3, c*1 {memory=0 position=.2} r=0"

// TestPaperAlgebra is check 2 of core-planning 1.10: the limits of alpha.
func TestPaperAlgebra(t *testing.T) {
	for _, c := range []struct {
		alpha float64
		want  map[string]float64
	}{
		{1, map[string]float64{"a": .25, "b": 1, "c": 0}},
		{0, map[string]float64{"a": .4, "b": .8, "c": .8}},
		{.5, map[string]float64{"a": math.Sqrt(.25 * .4), "b": math.Sqrt(.8), "c": 0}},
	} {
		s, tree := first(t, search.Paper, &cost.Options{Alpha: &c.alpha}, twoComponents, "memory", "position")
		for name, want := range c.want {
			if got := tree.Step(s.Find(tree, name)); !near(got, want, 1e-12) {
				t.Errorf("alpha %v: step of %s is %v, want %v", c.alpha, name, got, want)
			}
		}
	}
}

// TestPaperHeuristic is check 5 of core-planning 1.10, as far as it concerns this room.
func TestPaperHeuristic(t *testing.T) {
	for _, c := range []struct{ beta, a, b, c float64 }{
		{1, .5, 1, .2},
		{0, .5, .75, 0},
		{.5, .5, math.Sqrt(.75), 0},
	} {
		s, tree := first(t, search.Paper, &cost.Options{Beta: &c.beta}, twoComponents, "memory", "position")
		for name, want := range map[string]float64{"a": c.a, "b": c.b, "c": c.c} {
			if got := tree.H(s.Find(tree, name)); !near(got, want, 1e-12) {
				t.Errorf("beta %v: h of %s is %v, want %v", c.beta, name, got, want)
			}
		}
	}
}

// TestPaperBounds: every step and h are in [0,1], whatever is proposed; votes of a place sum to its samples.
func TestPaperBounds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := &searchtest.Forest{Seed: rapid.Uint64().Draw(rt, "seed"), Breadth: 4, Depth: 4, Reject: -1, Parts: 2}
		tree := search.NewTree([]string{"memory", "position"})
		o := &cost.Options{Alpha: new(rapid.Float64Range(0, 1).Draw(rt, "alpha")), Beta: new(rapid.Float64Range(0, 1).Draw(rt, "beta"))}
		st := mustNew(t, search.AStar, &search.Options{Preset: search.Paper, Scorer: mustScorer(t, search.Paper, o)})
		searchtest.Run(st, tree, f.Answer, 12)
		for i := range tree.Len() {
			n, votes := search.NodeID(i), 0
			if s, h := tree.Step(n), tree.H(n); !(s >= 0 && s <= 1 && h >= 0 && h <= 1) {
				rt.Fatalf("step %v, h %v", s, h)
			}
			for c := range tree.Children(n) {
				votes += tree.Votes(c)
			}
			if votes != tree.Samples(n) {
				rt.Fatalf("%d votes of %d samples", votes, tree.Samples(n))
			}
		}
	})
}

func TestIdenticalSamplesCostNothingInPaper(t *testing.T) {
	// Check 3 of core-planning 1.10: one child, cost 0 for every alpha below 1.
	s, tree := first(t, search.Paper, &cost.Options{Alpha: new(.9)}, ": a*5 {memory=1}", "memory")
	if got := tree.Step(s.Find(tree, "a")); got != 0 || tree.Len() != 2 {
		t.Errorf("%d nodes, step %v", tree.Len(), got)
	}
}

// TestOptionErrors: each error names the field and says what to do.
func TestOptionErrors(t *testing.T) {
	for _, c := range []struct {
		o    cost.Options
		want []string
	}{
		{cost.Options{Alpha: new(1.5)}, []string{"alpha", "1.5", "[0,1]"}},
		{cost.Options{Beta: new(math.NaN())}, []string{"beta", "[0,1]"}},
		{cost.Options{Rho: new(-.1)}, []string{"rho", "[0,1]"}},
		{cost.Options{Tau: -1}, []string{"tau", "default"}},
		{cost.Options{W: new(math.Inf(1))}, []string{"w", "[0, ...)"}},
		{cost.Options{TP: 1}, []string{"tp", "(0,1)"}},
		{cost.Options{TP: .1}, []string{"tp", "fp", "swap"}},
	} {
		_, err := cost.New(search.Azimuth, &c.o)
		if err == nil {
			t.Errorf("%+v: no error", c.o)
			continue
		}
		for _, w := range c.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%q does not mention %q", err, w)
			}
		}
	}
	if _, err := cost.New("cheap", nil); err == nil || !strings.Contains(err.Error(), "azimuth") {
		t.Errorf("unknown preset: %v", err)
	}
}

func TestExplainWithoutAScorer(t *testing.T) {
	s, err := searchtest.Parse(": a*4, b*1\na: end*5\na: value .75")
	if err != nil {
		t.Fatal(err)
	}
	tree := search.NewTree(nil)
	st := mustNew(t, search.LATS, &search.Options{Tree: search.TreeOptions{Iterations: 1}})
	searchtest.Run(st, tree, s.Answer, 100)
	parts := cost.Explain(nil, tree, s.Find(tree, "a"))
	if len(parts) != 3 || parts[0].String() != "votes 4/5" || parts[1].String() != "rating 0.75" || parts[2].String() != "passes 1, 0.50 on the mean" {
		t.Errorf("%v", parts)
	}
	if cost.Explain(nil, tree, search.Root) != nil {
		t.Error("the root has parts")
	}
}

func TestExplain(t *testing.T) {
	for preset, want := range map[string]string{
		search.Azimuth: "votes 4/5; doubt 0.23; prior 0.20; health 0.10; remaining 3.00; consensus 3.00; step price 0.32",
		search.Paper:   "votes 4/5; memory 0.75; position 0.60; imagined 0.25",
	} {
		sc := mustScorer(t, preset, &cost.Options{Length: 4, Health: map[string]*float64{search.Azimuth: new(.5)}[preset]})
		s, err := searchtest.Parse(": a*4 r=3 pi=.2 {memory=.25 position=.4 health=.2}, b*1 r=3 pi=.8", "memory", "position", "health")
		if err != nil {
			t.Fatal(err)
		}
		tree := search.NewTree([]string{"memory", "position", "health"})
		searchtest.Run(mustNew(t, search.AStar, &search.Options{Preset: preset, Scorer: sc}), tree, s.Answer, 1)
		var got []string
		for _, n := range cost.Explain(sc, tree, s.Find(tree, "a")) {
			got = append(got, n.String())
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %s, want %s", preset, strings.Join(got, "; "), want)
		}
	}
}
