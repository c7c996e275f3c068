package search_test

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/search/searchtest"
)

// courses are strategies that are not best-first, with settings that change what they do.
var courses = map[string]*search.Options{
	search.BestOfN:                 {Plans: 3},
	search.BestOfN + "/greedy":     {Base: search.Greedy},
	search.BestOfN + "/outline":    {Base: search.Outline},
	search.BestOfN + "/depth":      {MaxDepth: 1},
	search.Majority:                nil,
	search.Majority + "/greedy":    {Base: search.Greedy, Plans: 4},
	search.Majority + "/vote":      {Base: search.Vote, Plans: 2, Samples: 3},
	search.Beam:                    nil,
	search.Beam + "/1":             {Width: 1},
	search.Beam + "/limited":       {MaxExpansions: 7, MaxDepth: 2},
	search.Beam + "/commuting":     {Commutes: func(a, b search.ActionID) bool { return true }},
	search.BestOfN + "/commuting":  {Commutes: func(a, b search.ActionID) bool { return true }},
	search.Majority + "/commuting": {Commutes: func(a, b search.ActionID) bool { return true }},
	search.MCTS + "/commuting":     {Commutes: func(a, b search.ActionID) bool { return (a+b)%2 == 0 }},
	search.CPL + "/commuting":      {Commutes: func(a, b search.ActionID) bool { return true }},
	search.VGPS + "/commuting":     {Commutes: func(a, b search.ActionID) bool { return true }},
	search.DFS:                     nil,
	search.DFS + "/unpruned":       {Threshold: -1},
	search.AdaPlanner:              nil,
	search.Reflexion:               nil,
	search.Reflexion + "/depth":    {MaxDepth: 1, Trials: 3},
	search.MCTS:                    {Tree: search.TreeOptions{Iterations: 20}},
	search.MCTS + "/wide":          {Tree: search.TreeOptions{Rollout: search.Wide}},
	search.MCTS + "/value":         {Tree: search.TreeOptions{Rollout: search.Value, Select: search.PUCT}},
	search.MCTS + "/limited":       {MaxExpansions: 7},
	search.RAP:                     nil,
	search.RAP + "/blocksworld":    {Tree: search.TreeOptions{Calc: search.Mean, Cum: search.Sum}},
	search.LATS:                    nil,
	search.LATS + "/unreflecting":  {Tree: search.TreeOptions{NoReflection: true}},
	search.CPL:                     nil,
	search.CPL + "/few":            {Samples: 2, Tree: search.TreeOptions{Iterations: 30}},
	search.CPL + "/depth":          {MaxDepth: 2},
	search.VGPS:                    nil,
	search.VGPS + "/best":          {V: search.VGPSOptions{Beta: new(0.0)}},
	search.VGPS + "/1":             {Samples: 1, MaxDepth: 2},
	search.Beam + "/diverse":       {Diverse: true},
}

func TestCoursesConform(t *testing.T) {
	for name, o := range courses {
		t.Run(name, func(t *testing.T) {
			strategy, _, _ := strings.Cut(name, "/")
			searchtest.Conformance(t, func() (search.Strategy, *search.Tree) {
				return mustNew(t, strategy, o), search.NewTree(nil)
			})
		})
	}
}
