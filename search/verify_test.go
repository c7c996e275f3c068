package search_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

func TestChoose(t *testing.T) {
	samples := []search.Scored{{1, .4}, {2, .9}, {1, .4}, {-1, 2}, {3, .3}, {3, .3}, {3, .3}}
	for _, c := range []struct {
		rule    string
		samples []search.Scored
		want    int
	}{
		{search.ByVotes, samples, 4}, {search.ByScore, samples, 1}, {search.ByScores, samples, 1},
		{search.ByScores, append(samples, search.Scored{Answer: 3, Score: .1}), 4},
		{search.ByScore, []search.Scored{{1, .5}, {2, .5}, {3, .5}}, 0}, // constant scores: the first
		{search.ByVotes, []search.Scored{{1, .1}, {2, .9}}, 0},
		{search.ByScore, []search.Scored{{1, math.NaN()}, {2, -5}}, 1},
		{search.ByScore, []search.Scored{{-1, 1}}, -1}, {search.ByVotes, nil, -1},
	} {
		if got := search.Choose(c.rule, c.samples); got != c.want {
			t.Errorf("%s of %v: %d, want %d", c.rule, c.samples, got, c.want)
		}
	}
}

// TestVotesIgnoreScores: majority is invariant to scores.
func TestVotesIgnoreScores(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		a := make([]search.Scored, 7)
		for i := range a {
			a[i].Answer = rng.IntN(3)
		}
		want := search.Choose(search.ByVotes, a)
		for i := range a {
			a[i].Score = rng.NormFloat64()
		}
		if got := search.Choose(search.ByVotes, a); got != want {
			t.Fatalf("%d with scores, %d without: %v", got, want, a)
		}
	}
}

// TestBestOfNByVerifier: with a perfect verifier it succeeds in 1-(1-p)^N, with a random one in p.
func TestBestOfNByVerifier(t *testing.T) {
	const p, n, runs = .3, 4, 5000
	rng := rand.New(rand.NewPCG(4, 4))
	for verifier, want := range map[string]float64{"perfect": 1 - math.Pow(1-p, n), "random": p} {
		right := 0.0
		for range runs {
			samples := make([]search.Scored, n)
			for i := range samples {
				samples[i].Score = rng.Float64()
				if rng.Float64() < p {
					samples[i].Answer = 1
				}
				if verifier == "perfect" {
					samples[i].Score = float64(samples[i].Answer)
				}
			}
			right += float64(samples[search.Choose(search.ByScore, samples)].Answer) / runs
		}
		if sd := math.Sqrt(want * (1 - want) / runs); math.Abs(right-want) > 3.5*sd {
			t.Errorf("a %s verifier: %.3f, want %.3f", verifier, right, want)
		}
	}
}

func TestAggregate(t *testing.T) {
	steps := []float64{.9, .3, .6}
	for how, want := range map[string]float64{search.Least: .3, search.Last: .6, search.Mean: .6} {
		if got := search.Aggregate(how, steps); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %v, want %v", how, got, want)
		}
		if got := search.Aggregate(how, nil); got != -1 {
			t.Errorf("%s of nothing: %v", how, got)
		}
	}
}
