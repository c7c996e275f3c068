package demos_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model/demos"
)

func TestNeeded(t *testing.T) {
	counts := []int{0, 5, 10}
	for _, c := range []struct {
		accuracy []float64
		want     int
	}{{[]float64{.9, .9, .9}, 0}, {[]float64{.5, .81, .7}, 5}, {[]float64{.1, .2, .3}, 10}, {[]float64{.8, .8, .9}, 10}, {nil, 10}} {
		if got := demos.Needed(counts, c.accuracy, .8); got != c.want {
			t.Errorf("%v: %d, want %d", c.accuracy, got, c.want)
		}
	}
}

// TestTrain: what the feature decides is learned, in order.
func TestTrain(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	label := func(x float64) int { return demos.Needed([]int{0, 5, 10}, []float64{-x, 1 - x, 2}, .3) }
	var examples []demos.Example
	for range 400 {
		x := rng.NormFloat64()
		examples = append(examples, demos.Example{Features: []float64{x, rng.NormFloat64()}, Needed: label(x)})
	}
	c, err := demos.Train(examples, []int{0, 5, 10})
	if err != nil {
		t.Fatal(err)
	}
	right, last := 0, -1.0
	for _, e := range examples {
		if c.Count(e.Features) == e.Needed {
			right++
		}
	}
	for x := -3.0; x <= 3; x += .5 {
		now := c.Expected([]float64{x, 0})
		if now <= last || now < 0 || now > 10 {
			t.Errorf("%v needs %v, after %v", x, now, last)
		}
		last = now
	}
	if right < 370 {
		t.Errorf("%d of 400 right", right)
	}
}

// TestAllocate: the budget holds whatever is wanted; a constant controller gives the uniform allocation; who is thought to
// need more gets no fewer, but for the last one.
func TestAllocate(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for range 300 {
		wanted := make([]float64, 1+rng.IntN(20))
		for i := range wanted {
			wanted[i] = 10 * rng.Float64()
		}
		b := demos.Budget{Tokens: rng.IntN(5000), Length: 1 + rng.IntN(90), Share: .1 + .9*rng.Float64()}
		ns, err := demos.Allocate(wanted, b)
		total := 0
		for i, n := range ns {
			total += n
			for j := range ns {
				if wanted[i] > wanted[j] && n < ns[j]-1 || n < 0 {
					t.Fatalf("%v gives %v", wanted, ns)
				}
			}
		}
		if err != nil || float64(total*b.Length) > b.Share*float64(b.Tokens)+1e-9 {
			t.Fatalf("%d demonstrations for %+v: %v", total, b, err)
		}
	}
	same, err := demos.Allocate(slices.Repeat([]float64{3}, 8), demos.Budget{Tokens: 8 * 5 * 20, Length: 20})
	if err != nil || !slices.Equal(same, slices.Repeat([]int{5}, 8)) {
		t.Errorf("a constant controller: %v, %v", same, err)
	}
	if most, err := demos.Allocate([]float64{9, 1}, demos.Budget{Tokens: 100, Length: 10, Most: 4}); err != nil || !slices.Equal(most, []int{4, 1}) {
		t.Errorf("at most 4: %v, %v", most, err)
	}
	if none, err := demos.Allocate([]float64{0, 0}, demos.Budget{Tokens: 100, Length: 10}); err != nil || !slices.Equal(none, []int{0, 0}) {
		t.Errorf("nothing wanted: %v, %v", none, err)
	}
}

func TestErrors(t *testing.T) {
	ok := []demos.Example{{Features: []float64{1}, Needed: 0}}
	for text, f := range map[string]func() error{
		"counts":      func() error { _, err := demos.Train(ok, []int{5, 0}); return err },
		"no examples": func() error { _, err := demos.Train(nil, []int{0, 5}); return err },
		"examples[1]": func() error { _, err := demos.Train(append(ok, demos.Example{}), []int{0, 5}); return err },
		"a length":    func() error { _, err := demos.Allocate([]float64{1}, demos.Budget{Tokens: 5}); return err },
		"a share":     func() error { _, err := demos.Allocate(nil, demos.Budget{Length: 1, Share: 2}); return err },
		"wanted[1]":   func() error { _, err := demos.Allocate([]float64{1, math.NaN()}, demos.Budget{Length: 1}); return err },
	} {
		if err := f(); !errors.Is(err, demos.ErrInput) || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
