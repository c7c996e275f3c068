package search_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

func ensemble(t *testing.T, choices int, o *search.EnsembleOptions) *search.Ensemble {
	t.Helper()
	e, err := search.NewEnsemble(choices, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestEnsembleRestoresLabels: wherever the right choice stands, one who finds it is understood; orders are permutations,
// and no two are the same.
func TestEnsembleRestoresLabels(t *testing.T) {
	for _, choices := range []int{2, 4, 6, 9} {
		e := ensemble(t, choices, &search.EnsembleOptions{Seed: 3})
		if want := min(5, []int{2, 5}[min(choices-2, 1)]); e.Votes() != want {
			t.Errorf("%d choices: asked %d times, want %d", choices, e.Votes(), want)
		}
		for right := range choices {
			positions := make([]int, e.Votes())
			for i := range positions {
				positions[i] = slices.Index(e.Order(i), right)
				if e.Choice(i, positions[i]) != right {
					t.Errorf("choice %d at %d is read as %d", right, positions[i], e.Choice(i, positions[i]))
				}
			}
			if got, votes := e.Decide(positions); got != right || votes[right] != e.Votes() {
				t.Errorf("%d choices, right is %d: %d by %v", choices, right, got, votes)
			}
		}
		for i := range e.Votes() {
			for j := range i {
				if slices.Equal(e.Order(i), e.Order(j)) {
					t.Errorf("%d choices: %v comes twice", choices, e.Order(i))
				}
			}
		}
	}
}

// TestEveryOrderIsUnbiased: one who always takes the same position votes for each choice as often.
func TestEveryOrderIsUnbiased(t *testing.T) {
	for choices := 2; choices <= 5; choices++ {
		e := ensemble(t, choices, &search.EnsembleOptions{Every: true})
		for at := range choices {
			positions := slices.Repeat([]int{at}, e.Votes())
			if _, votes := e.Decide(positions); slices.Min(votes) != slices.Max(votes) || votes[0]*choices != e.Votes() {
				t.Errorf("always %d of %d: %v", at, choices, votes)
			}
		}
	}
}

func TestDecide(t *testing.T) {
	e := ensemble(t, 3, &search.EnsembleOptions{Every: true})
	if got, votes := e.Decide([]int{-1, 3, 99}); got != -1 || slices.Max(votes) != 0 {
		t.Errorf("answers that can't be read: %d by %v", got, votes)
	}
	if got := e.Choice(6, 0); got != -1 {
		t.Errorf("a vote that there was not: %d", got)
	}
	for text, f := range map[string]func() error{
		"choices: 1":            func() error { _, err := search.NewEnsemble(1, nil); return err },
		"votes: -1":             func() error { _, err := search.NewEnsemble(4, &search.EnsembleOptions{Votes: -1}); return err },
		"every: 7 choices have": func() error { _, err := search.NewEnsemble(7, &search.EnsembleOptions{Every: true}); return err },
	} {
		if err := f(); !errors.Is(err, search.ErrOptions) || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestNearest: what is in the pool is its own nearest, whatever its length; the order is that of brute force.
func TestNearest(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	pool := make([][]float64, 30)
	for i := range pool {
		pool[i] = []float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
	}
	for i, v := range pool {
		if got := search.Nearest([]float64{3 * v[0], 3 * v[1], 3 * v[2]}, pool, 5); len(got) != 5 || got[0] != i {
			t.Errorf("nearest to %d: %v", i, got)
		}
	}
	flat := [][]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}, {1}, {-1, 0}}
	if got := search.Nearest([]float64{1, 0}, flat, 99); !slices.Equal(got, []int{1, 3, 0, 2, 4, 5}) {
		t.Errorf("got %v", got)
	}
	if a, b := search.Cosine([]float64{3, 4}, []float64{4, 3}), search.Cosine([]float64{1}, flat[0]); a != .96 || b != 0 {
		t.Errorf("cosines %v and %v", a, b)
	}
	if got := search.Nearest(nil, nil, 3); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}
