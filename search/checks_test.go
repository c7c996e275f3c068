package search_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// grid is a deterministic world: the same few calls follow every path, plans have a given number of calls, and each plan
// has a score that its path decides. Nothing is accepted, so that only the search itself ends a search.
type grid struct {
	f              searchtest.Forest
	breadth, depth int
	whole          bool // answers carry whole outlines
}

func (g *grid) answer(t *search.Tree, r search.Request) search.Outcome {
	o := search.Outcome{Failed: search.None}
	switch r.Kind {
	case search.Judge:
		o.Score = g.score(t, r.Node)
	case search.Evaluate:
		for c := range t.Children(r.Node) {
			o.Values = append(o.Values, .2+.6*g.score(t, c))
		}
	case search.Expand:
		o.Samples = g.breadth
		g.grow(&o, -1, t.Depth(r.Node))
	}
	return o
}

func (g *grid) grow(o *search.Outcome, parent int32, depth int) {
	if depth == g.depth {
		o.Candidates = append(o.Candidates, search.Candidate{Parent: parent, Finish: true, Votes: 1, Imagined: parent >= 0, Remaining: -1, Prior: -1})
		return
	}
	for a := range g.breadth {
		o.Candidates = append(o.Candidates, search.Candidate{
			Parent: parent, Action: search.ActionID(a + 1), Votes: 1, Imagined: parent >= 0, Remaining: -1, Prior: -1,
		})
		if g.whole {
			g.grow(o, int32(len(o.Candidates)-1), depth+1)
		}
	}
}

// score is made up from the path, never 0.
func (g *grid) score(t *search.Tree, n search.NodeID) float64 {
	h := g.f.Seed + 1
	for _, x := range t.Path(n) {
		h = (h ^ uint64(t.Action(x))) * 0x9e3779b97f4a7c15
		h ^= h >> 31
	}
	return rand.New(rand.NewPCG(h, 1)).Float64()*.99 + .01
}

// best is the highest score of all plans, by trying them all.
func (g *grid) best(t *testing.T) float64 {
	s, tree := mustNew(t, search.Uniform, nil), search.NewTree(nil)
	best := 0.0
	for n := search.NodeID(0); int(n) < tree.Len(); n++ { // telling grows the tree ahead of n
		if tree.IsFinish(n) {
			best = max(best, g.score(tree, n))
			continue
		}
		r := tree.Request(search.Expand, n)
		s.Tell(tree, r, g.answer(tree, r))
	}
	return best
}

// TestTreeSearchFindsTheBest: with enough passes every setting of the tree search goes through a small tree to its end
// and returns the plan that brute force finds; so does a beam as wide as the tree, and depth-first search with a judge
// that rejects.
func TestTreeSearchFindsTheBest(t *testing.T) {
	enough := search.TreeOptions{Iterations: 5000}
	for name, o := range map[string]*search.Options{
		search.MCTS: {Samples: 3, Tree: enough}, search.RAP: {Samples: 3, Tree: enough}, search.LATS: {Samples: 3, Tree: enough},
		search.CPL: {Samples: 3, Tree: enough}, search.Beam: {Width: 1000},
	} {
		for seed := range uint64(8) {
			g := &grid{f: searchtest.Forest{Seed: seed}, breadth: 3, depth: 3, whole: name == search.CPL}
			s, tree := mustNew(t, name, o), search.NewTree(nil)
			searchtest.Run(s, tree, g.answer, 20_000)
			n, complete := s.Best(tree)
			if want := g.best(t); !complete || !s.Done(tree) || math.Abs(tree.Score(n)-want) > 1e-12 {
				t.Errorf("%s, seed %d: found %v (complete %v, done %v), the best is %v", name, seed, tree.Score(n), complete, s.Done(tree), want)
			}
		}
	}
}

// TestWideBeamIsExhaustive: with b at least the number of steps at a level every place is asked, once, and rated, once.
func TestWideBeamIsExhaustive(t *testing.T) {
	g := &grid{breadth: 3, depth: 3}
	s, tree := mustNew(t, search.Beam, &search.Options{Width: 27}), search.NewTree(nil)
	asked := count(searchtest.Run(s, tree, g.answer, 1000))
	if places := 1 + 3 + 9 + 27; asked[search.Expand] != places || asked[search.Evaluate] != places || tree.Len() != places+27 {
		t.Errorf("%v for %d nodes, want %d places", asked, tree.Len(), places)
	}
}

// TestNarrowBeamFollowsTheBestRated: b = 1 is the chain of the best rated steps.
func TestNarrowBeamFollowsTheBestRated(t *testing.T) {
	for seed := range uint64(20) {
		g := &grid{f: searchtest.Forest{Seed: seed}, breadth: 4, depth: 5}
		s, tree := mustNew(t, search.Beam, &search.Options{Width: 1}), search.NewTree(nil)
		searchtest.Run(s, tree, g.answer, 1000)
		n, _ := s.Best(tree)
		for _, x := range tree.Path(n) {
			v, _ := tree.Value(x)
			for c := range tree.Children(tree.Parent(x)) {
				if w, _ := tree.Value(c); w > v {
					t.Fatalf("seed %d: went by a step rated %v, not %v", seed, v, w)
				}
			}
		}
	}
}

// TestRequestsAStep holds the strategies to their price in model requests, for plans of L calls: nothing fails, the judge
// says nothing.
func TestRequestsAStep(t *testing.T) {
	const l, b, n = 4, 2, 3
	for _, c := range []struct {
		name            string
		o               search.Options
		expands, values int
	}{
		{search.Greedy, search.Options{}, l + 1, 0},
		{search.Vote, search.Options{}, l + 1, 0},
		{search.BestOfN, search.Options{Plans: n, Base: search.Greedy}, n * (l + 1), 0},
		{search.Majority, search.Options{Plans: n, Base: search.Vote}, n * (l + 1), 0},
		{search.Beam, search.Options{Width: b}, 1 + b*l, 1 + b*l}, // a request and a rating for each kept state; one at the root
		{search.DFS, search.Options{}, l + 1, l + 1},
		{search.VGPS, search.Options{}, l + 1, l}, // the only way on at the end is not rated
		{search.Reflexion, search.Options{}, l + 1, 0},
		{search.LATS, search.Options{Samples: 3, Tree: search.TreeOptions{Iterations: 1}}, l + 1, l + 1},
		{search.RAP, search.Options{Samples: 3, Tree: search.TreeOptions{Iterations: 1}}, l + 1, 0},
		{search.MCTS, search.Options{Samples: 3, Tree: search.TreeOptions{Iterations: 1}}, l + 1, 0},
	} {
		g := &grid{breadth: 3, depth: l}
		s, tree := mustNew(t, c.name, &c.o), search.NewTree(nil)
		asked := count(searchtest.Run(s, tree, g.answer, 1000))
		if asked[search.Expand] != c.expands || asked[search.Evaluate] != c.values {
			t.Errorf("%s: %d requests for samples, %d for ratings, want %d and %d", c.name, asked[search.Expand], asked[search.Evaluate], c.expands, c.values)
		}
	}
	for _, name := range []string{search.AdaPlanner, search.Majority} { // a perfect outline takes one request
		g := &grid{breadth: 1, depth: l, whole: true}
		s, tree := mustNew(t, name, nil), search.NewTree(nil)
		if asked := count(searchtest.Run(s, tree, g.answer, 1000)); asked[search.Expand] != 1 || asked[search.Judge] != 1 {
			t.Errorf("%s: %v, want one request and one verdict", name, asked)
		}
	}
}

func count(told []searchtest.Told) map[search.Kind]int {
	n := map[search.Kind]int{}
	for _, x := range told {
		n[x.Request.Kind]++
	}
	return n
}

// TestGreedyNeverGoesBack: every step is asked below the one before, and the plan holds all of them.
func TestGreedyNeverGoesBack(t *testing.T) {
	for seed := range uint64(20) {
		f := &searchtest.Forest{Seed: seed, Breadth: 3, Depth: 5, Reject: -1}
		s, tree := mustNew(t, search.Greedy, nil), search.NewTree(nil)
		at := search.Root
		for _, x := range searchtest.Run(s, tree, f.Answer, 100) {
			if tree.Parent(x.Request.Node) != at && x.Request.Node != search.Root {
				t.Fatalf("seed %d: from %d to %d", seed, at, x.Request.Node)
			}
			at = x.Request.Node
		}
		if n, complete := s.Best(tree); !complete || n != at {
			t.Errorf("seed %d: the plan ends at %d, the walk at %d", seed, n, at)
		}
	}
}

// TestBestOfNOfAPerfectJudge is check 8.1: with a judge that knows, accuracy is 1-(1-p^L)^N; with one that accepts
// everything it is p^L.
func TestBestOfNOfAPerfectJudge(t *testing.T) {
	const p, l, n, runs = .7, 3, 3, 4000
	whole := math.Pow(p, l)
	for judge, want := range map[string]float64{"knows": 1 - math.Pow(1-whole, n), "accepts": whole} {
		rng := rand.New(rand.NewPCG(7, 7))
		model := func(tree *search.Tree, r search.Request) search.Outcome {
			o := search.Outcome{Failed: search.None, Samples: 1}
			right := !slices.ContainsFunc(tree.Path(r.Node), func(n search.NodeID) bool { return tree.Action(n) == 1 })
			if r.Kind == search.Judge {
				if o.Verdict = search.Rejected; right || judge == "accepts" {
					o.Verdict = search.Accepted
				}
				return o
			}
			c := search.Candidate{Parent: -1, Votes: 1, Finish: tree.Depth(r.Node) == l}
			if !c.Finish && rng.Float64() >= p {
				c.Action = 1
			}
			o.Candidates = []search.Candidate{c}
			return o
		}
		right := 0.0
		for range runs {
			s, tree := mustNew(t, search.BestOfN, &search.Options{Plans: n, Base: search.Greedy}), search.NewTree(nil)
			searchtest.Run(s, tree, model, 1000)
			best, _ := s.Best(tree)
			if !slices.ContainsFunc(tree.Path(best), func(n search.NodeID) bool { return tree.Action(n) == 1 }) {
				right += 1. / runs
			}
		}
		if sd := math.Sqrt(want * (1 - want) / runs); math.Abs(right-want) > 3*sd {
			t.Errorf("a judge that %s: %.3f, want %.3f +- %.3f", judge, right, want, 3*sd)
		}
	}
}

// TestReflexionNeverFallsWithTrials: a task that is solved within n trials is solved within more; there is a lesson
// between two trials and none after the last.
func TestReflexionNeverFallsWithTrials(t *testing.T) {
	solved := 0
	for seed := range uint64(60) {
		before := false
		for trials := 1; trials <= 5; trials++ {
			f := &searchtest.Forest{Seed: seed, Breadth: 3, Depth: 3, Fail: .1, Reject: .6}
			s, tree := mustNew(t, search.Reflexion, &search.Options{Trials: trials}), search.NewTree(nil)
			searchtest.Run(s, tree, f.Answer, 500)
			n, _ := s.Best(tree)
			v, _ := tree.Verdict(n)
			if before && v != search.Accepted {
				t.Errorf("seed %d: solved in %d trials, not in %d", seed, trials-1, trials)
			}
			if tree.Lessons() > trials-1 || v != search.Accepted && tree.Lessons() != trials-1 {
				t.Errorf("seed %d: %d lessons of %d trials", seed, tree.Lessons(), trials)
			}
			before = v == search.Accepted
		}
		if before {
			solved++
		}
	}
	if solved < 20 || solved == 60 {
		t.Errorf("%d of 60 solved: the check says nothing", solved)
	}
}

// TestAdaPlannerRefinesOnceAFailure: each failed call brings one request, at the last good place, and nothing that was
// asked before it is asked again.
func TestAdaPlannerRefinesOnceAFailure(t *testing.T) {
	failures := 0
	for seed := range uint64(80) {
		f := &searchtest.Forest{Seed: seed, Breadth: 3, Depth: 4, Chains: true, Fail: .2, Reject: -1}
		s, tree := mustNew(t, search.AdaPlanner, &search.Options{Trials: 50, Retries: 50}), search.NewTree(nil)
		told := searchtest.Run(s, tree, f.Answer, 500)
		for i, x := range told {
			if x.Outcome.Failed == search.None {
				continue
			}
			failures++
			if i+1 < len(told) && (told[i+1].Request.Kind != search.Expand || told[i+1].Request.Node != tree.Parent(x.Outcome.Failed)) {
				t.Errorf("seed %d: after %d failed %+v was asked", seed, x.Outcome.Failed, told[i+1].Request)
			}
		}
	}
	if failures < 20 {
		t.Errorf("%d calls failed: the check says nothing", failures)
	}
}

// TestBreadth: what does not depend on one another is asked for at once, and told ahead.
func TestBreadth(t *testing.T) {
	g := &grid{breadth: 4, depth: 3}
	for name, o := range map[string]*search.Options{
		search.Beam: {Width: 4}, search.Majority: {Base: search.Vote, Plans: 3}, search.BestOfN: {Plans: 3},
	} {
		s, tree := mustNew(t, name, o), search.NewTree(nil)
		most := 0
		for !s.Done(tree) {
			reqs := slices.Clone(s.Ask(tree, 4))
			most = max(most, len(reqs))
			for _, r := range reqs {
				o := g.answer(tree, r)
				if r.Kind == search.Expand { // another leader each time
					i := int(r.ID>>32&0xffff) % max(1, len(o.Candidates))
					o.Candidates[i].Votes++
				}
				s.Tell(tree, r, o)
			}
		}
		if most < 2 {
			t.Errorf("%s never asks for more than %d at once", name, most)
		}
	}
	s, tree := mustNew(t, search.Beam, &search.Options{Width: 4}), search.NewTree(nil)
	searchtest.Run(s, tree, g.answer, 2)
	if n := len(s.(search.Ahead).Ahead(tree, 8)); n != 4 {
		t.Errorf("a beam of 4 says %d requests ahead", n)
	}
}

// TestNeeds: what a strategy needs of a model is known before it asks.
func TestNeeds(t *testing.T) {
	for name, want := range map[string]search.Needs{
		search.Beam: {Values: true}, search.DFS: {Values: true}, search.Reflexion: {Text: true}, search.LATS: {Values: true, Text: true},
		search.CPL: {Values: true}, search.VGPS: {Values: true}, search.MCTS: {}, search.RAP: {}, search.BestOfN: {}, search.Majority: {}, search.AdaPlanner: {},
	} {
		if got := mustNew(t, name, nil).(search.Needy).Needs(); got != want {
			t.Errorf("%s needs %+v, want %+v", name, got, want)
		}
	}
	quiet := mustNew(t, search.LATS, &search.Options{Tree: search.TreeOptions{NoReflection: true}})
	valued := mustNew(t, search.MCTS, &search.Options{Tree: search.TreeOptions{Rollout: search.Value}})
	if quiet.(search.Needy).Needs().Text || !valued.(search.Needy).Needs().Values {
		t.Error("the options do not count")
	}
}
