package search_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

func TestErrorsNameTheFieldAndTheRemedy(t *testing.T) {
	for _, c := range []struct {
		name string
		o    *search.Options
		is   error
		want []string
	}{
		{"beem", nil, search.ErrName, []string{"beem", "astar", "uniform", "greedy", "vote", "beam", "mcts"}},
		{search.AStar, nil, search.ErrOptions, []string{"scorer", "cost.New"}},
		{search.AStar, &search.Options{Preset: "best"}, search.ErrOptions, []string{"best", "azimuth"}},
		{search.Vote, &search.Options{Samples: -1}, search.ErrOptions, []string{"samples", "-1", "[0,1000]"}},
		{search.Vote, &search.Options{MaxDepth: 5000}, search.ErrOptions, []string{"max depth", "1000"}},
		{search.Vote, &search.Options{Gate: 1.5}, search.ErrOptions, []string{"gate", "1.5"}},
		{search.Vote, &search.Options{Gate: math.NaN()}, search.ErrOptions, []string{"gate"}},
		{search.Vote, &search.Options{Retries: -2}, search.ErrOptions, []string{"retries"}},
	} {
		_, err := search.New(c.name, c.o)
		if !errors.Is(err, c.is) {
			t.Errorf("%s %+v: %v", c.name, c.o, err)
			continue
		}
		for _, w := range c.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%q does not mention %q", err, w)
			}
		}
	}
}

func TestNamesAreKnown(t *testing.T) {
	for _, name := range search.Names() {
		if name == search.AStar {
			continue // needs a scorer; package cost tries it
		}
		if _, err := search.New(name, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
