package search_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// bandit is a world of one step: the policy proposes calls with given probabilities, each call has a value.
type bandit struct {
	rng    *rand.Rand
	policy []float64
	values []float64
}

func (b *bandit) answer(t *search.Tree, r search.Request) search.Outcome {
	o := search.Outcome{Failed: search.None}
	switch {
	case r.Kind == search.Evaluate:
		for c := range t.Children(r.Node) {
			o.Values = append(o.Values, b.values[t.Action(c)])
		}
	case r.Kind == search.Expand && r.Node == search.Root:
		votes := make([]int32, len(b.policy))
		for range r.Samples {
			votes[b.draw()]++
		}
		o.Samples = r.Samples
		for a, v := range votes {
			if v > 0 {
				o.Candidates = append(o.Candidates, search.Candidate{Parent: -1, Action: search.ActionID(a), Votes: v})
			}
		}
	case r.Kind == search.Expand:
		o.Samples, o.Candidates = 1, []search.Candidate{{Parent: -1, Finish: true, Votes: 1}}
	}
	return o
}

func (b *bandit) draw() int {
	u := b.rng.Float64()
	for a, p := range b.policy {
		if u -= p; u < 0 {
			return a
		}
	}
	return len(b.policy) - 1
}

// chosen is how often each call is chosen.
func chosen(t *testing.T, k int, beta float64, b bandit, runs int) []float64 {
	share := make([]float64, len(b.policy))
	for i := range runs {
		b.rng = rand.New(rand.NewPCG(uint64(i), 3))
		s, tree := mustNew(t, search.VGPS, &search.Options{Samples: k, V: search.VGPSOptions{Beta: &beta, Seed: uint64(i)}}), search.NewTree(nil)
		searchtest.Run(s, tree, b.answer, 10)
		n, complete := s.Best(tree)
		if !complete {
			t.Fatalf("no plan: %d", n)
		}
		share[tree.Action(tree.Parent(n))] += 1 / float64(runs)
	}
	return share
}

// softmaxOfSamples is the probability of each call under the paper's rule, by going through all K samples there can be.
func softmaxOfSamples(b bandit, k int, beta float64) []float64 {
	out := make([]float64, len(b.policy))
	sample := make([]int, k)
	var all func(i int, p float64)
	all = func(i int, p float64) {
		if i < k {
			for a := range b.policy {
				sample[i] = a
				all(i+1, p*b.policy[a])
			}
			return
		}
		total := 0.0
		for _, a := range sample {
			total += math.Exp(b.values[a] / beta)
		}
		for _, a := range sample {
			out[a] += p * math.Exp(b.values[a]/beta) / total
		}
	}
	all(0, 1)
	return out
}

// TestVGPSChoosesBySoftmax holds the choice to the formula by enumeration of all samples: for a middle beta, for K = 1 and
// for a great beta, where it is the policy itself, and for a small one, where it is the best that was sampled.
func TestVGPSChoosesBySoftmax(t *testing.T) {
	const runs = 4000
	b := bandit{policy: []float64{.5, .3, .2}, values: []float64{.2, .5, .9}}
	for _, c := range []struct {
		k          int
		beta, like float64
		policy     bool
	}{{3, .3, .3, false}, {1, .1, .1, true}, {4, 1e6, 1e6, true}, {3, 0, 1e-3, false}} {
		want := softmaxOfSamples(b, c.k, c.like)
		for a, got := range chosen(t, c.k, c.beta, b, runs) {
			if sd := math.Sqrt(want[a] * (1 - want[a]) / runs); math.Abs(got-want[a]) > 3.5*sd {
				t.Errorf("K %d, beta %v: call %d in %.3f, want %.3f +- %.3f", c.k, c.beta, a, got, want[a], 3.5*sd)
			}
			if c.policy && math.Abs(want[a]-b.policy[a]) > 1e-6 {
				t.Errorf("K %d, beta %v is %v, not the policy", c.k, c.beta, want)
			}
		}
	}
}

// TestVGPSNeverFallsWithK: with the true values the best call is found the more often, the more samples there are:
// 1-(1-p)^K with beta 0.
func TestVGPSNeverFallsWithK(t *testing.T) {
	const runs = 2000
	b := bandit{policy: []float64{.5, .3, .2}, values: []float64{.2, .5, .9}}
	last := 0.0
	for _, k := range []int{1, 2, 5, 10} {
		got, want := chosen(t, k, 0, b, runs)[2], 1-math.Pow(.8, float64(k))
		if math.Abs(got-want) > 3.5*math.Sqrt(want*(1-want)/runs) || got < last {
			t.Errorf("K %d: %.3f, want %.3f, after %.3f", k, got, want, last)
		}
		last = got
	}
}

// TestVGPSOfOneSampleIsGreedy: request for request, chains and failures included.
func TestVGPSOfOneSampleIsGreedy(t *testing.T) {
	for seed := range uint64(60) {
		f := &searchtest.Forest{Seed: seed, Breadth: 3, Depth: 4, Chains: seed%2 == 0, Fail: .1, Reject: .3}
		var ran [2][]searchtest.Told
		for i, name := range []string{search.Greedy, search.VGPS} {
			s, tree := mustNew(t, name, &search.Options{Samples: 1}), search.NewTree(nil)
			ran[i] = searchtest.Run(s, tree, f.Answer, 200)
		}
		if !reflect.DeepEqual(ran[0], ran[1]) {
			t.Errorf("seed %d: greedy told %d outcomes, vgps %d", seed, len(ran[0]), len(ran[1]))
		}
	}
}

// TestVGPSGoesOnByTheSameRule: when the best rated call fails the next best is taken without another request for samples.
func TestVGPSGoesOnByTheSameRule(t *testing.T) {
	s, tree := mustNew(t, search.VGPS, &search.Options{V: search.VGPSOptions{Beta: new(0.0)}}), search.NewTree(nil)
	root := s.Ask(tree, 1)[0]
	s.Tell(tree, root, search.Outcome{Failed: search.None, Samples: 5, Candidates: []search.Candidate{
		{Parent: -1, Action: 1, Votes: 3}, {Parent: -1, Action: 2, Votes: 1}, {Parent: -1, Action: 3, Votes: 1},
	}})
	rating := s.Ask(tree, 1)[0]
	s.Tell(tree, rating, search.Outcome{Failed: search.None, Values: []float64{.1, .9, .5}})
	first := s.Ask(tree, 1)[0]
	s.Tell(tree, first, search.Outcome{Failed: first.Node})
	second := s.Ask(tree, 1)[0]
	if rating.Kind != search.Evaluate || tree.Action(first.Node) != 2 || second.Kind != search.Expand || tree.Action(second.Node) != 3 {
		t.Errorf("%+v, then %+v, then %+v", rating, first, second)
	}
}

func TestVGPSOptions(t *testing.T) {
	for _, beta := range []float64{-.1, 2e6, math.NaN(), math.Inf(1)} {
		_, err := search.New(search.VGPS, &search.Options{V: search.VGPSOptions{Beta: &beta}})
		if !errors.Is(err, search.ErrOptions) || !strings.Contains(err.Error(), "value beta") || !strings.Contains(err.Error(), "[0,1e+06]") {
			t.Errorf("%v: %v", beta, err)
		}
	}
}

// TestDiverseBeam: of width 1 it is the beam; wider, no two kept states have one first step, where the beam's can.
func TestDiverseBeam(t *testing.T) {
	kin := 0
	for seed := range uint64(20) {
		var ran [2][]searchtest.Told
		for i, diverse := range []bool{false, true} {
			g := &grid{f: searchtest.Forest{Seed: seed}, breadth: 4, depth: 4}
			s, tree := mustNew(t, search.Beam, &search.Options{Width: 1, Diverse: diverse}), search.NewTree(nil)
			ran[i] = searchtest.Run(s, tree, g.answer, 1000)

			s, tree = mustNew(t, search.Beam, &search.Options{Width: 3, Diverse: diverse}), search.NewTree(nil)
			judged := map[search.NodeID]int{}
			for _, x := range searchtest.Run(s, tree, g.answer, 1000) {
				if x.Request.Kind == search.Judge {
					judged[tree.Path(x.Request.Node)[0]]++
				}
			}
			if !diverse && len(judged) < 3 {
				kin++
			} else if diverse && len(judged) != 3 {
				t.Errorf("seed %d: plans of %d subtrees, want 3", seed, len(judged))
			}
		}
		if !reflect.DeepEqual(ran[0], ran[1]) {
			t.Errorf("seed %d: a diverse beam of width 1 is another search", seed)
		}
	}
	if kin == 0 {
		t.Error("the beam never kept kin: the check says nothing")
	}
}
