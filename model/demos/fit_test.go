package demos_test

import (
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth/model/demos"
)

func TestFit(t *testing.T) {
	even := make([]int, 20)
	for i := range even {
		even[i] = 10
	}
	for _, c := range []struct {
		what   string
		like   []float64
		budget int
		want   int
	}{
		{"all are like", []float64{.8, .8, .5}, 1000, 3},
		{"the third is not", []float64{.8, .4, .3, .8}, 1000, 2},
		{"the budget ends", []float64{.8, .8, .8}, 25, 2},
		{"no budget", []float64{.8}, 9, 0},
		{"nothing is like", []float64{0, 0}, 1000, 0},
		{"none", nil, 1000, 0},
		{"more than are shown", slices.Repeat([]float64{1}, 20), 1000, demos.Most},
	} {
		if got := demos.Fit(c.like, even, c.budget, nil); got != c.want {
			t.Errorf("%s: %d, want %d", c.what, got, c.want)
		}
	}
}

// TestFitOfAController: a trained controller's number takes the place of the threshold, and not of the budget.
func TestFitOfAController(t *testing.T) {
	var examples []demos.Example
	near, far := []float64{.9, .9, .9}, []float64{.2, .2, .2}
	for range 20 {
		examples = append(examples, demos.Example{Features: demos.Features(near), Needed: 0}, demos.Example{Features: demos.Features(far), Needed: 3})
	}
	c, err := demos.Train(examples, []int{0, 3})
	if err != nil {
		t.Fatal(err)
	}
	tokens := []int{10, 10, 10}
	if a, b, short := demos.Fit(near, tokens, 100, c), demos.Fit(far, tokens, 100, c), demos.Fit(far, tokens, 20, c); a != 0 || b != 3 || short != 2 {
		t.Errorf("%d of near, %d of far ones, %d within 20 tokens; want 0, 3 and 2", a, b, short)
	}
}
