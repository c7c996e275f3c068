package search_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"pgregory.net/rapid"
)

// two is the input, two tools for a first subtask, and one for a second.
func two() *search.ToolGraph {
	return &search.ToolGraph{Nodes: []search.ToolNode{
		{Tool: -1, Subtask: -1, Next: []int{1, 2}, Quality: 1},
		{Tool: 0, Cost: 1, Quality: 1, Next: []int{3}},
		{Tool: 1, Cost: 5, Quality: 1, Next: []int{3}},
		{Tool: 2, Subtask: 1, Cost: 1, Quality: 1},
	}}
}

// script answers an attempt at a node by number; what is not in it comes out as rated.
type script map[search.Try]search.Ran

func (s script) run(g *search.ToolGraph) func(search.Try) (search.Ran, error) {
	return func(t search.Try) (search.Ran, error) {
		if r, ok := s[search.Try{Node: t.Node, Attempt: t.Attempt}]; ok {
			return r, nil
		}
		return search.Ran{Cost: g.Nodes[t.Node].Cost, Quality: g.Nodes[t.Node].Quality}, nil
	}
}

func TestCostaRetries(t *testing.T) {
	g := two()
	deferred := search.CostaOptions{Deferred: true}
	for name, c := range map[string]struct {
		o        search.CostaOptions
		s        script
		nodes    []int
		cost     float64
		quality  float64
		spent    float64
		complete bool
	}{
		"all well":                         {deferred, nil, []int{1, 3}, 2, 1, 2, true},
		"all successors run":               {search.CostaOptions{}, nil, []int{1, 3}, 2, 1, 7, true},
		"a retry is charged":               {deferred, script{{Node: 1}: {Cost: 1, Quality: .1}, {Node: 1, Attempt: 1}: {Cost: 2, Quality: .9}}, []int{1, 3}, 4, .9, 4, true},
		"a retry that is dear loses":       {search.CostaOptions{Alpha: new(2.0)}, script{{Node: 1}: {Cost: 4}, {Node: 1, Attempt: 1}: {Cost: 4, Quality: .9}}, []int{2, 3}, 6, 1, 14, true},
		"a tool that fails is out":         {deferred, script{{Node: 1}: {Cost: 1, Failed: true}, {Node: 1, Attempt: 1}: {Cost: 1, Failed: true}}, []int{2, 3}, 6, 1, 8, true},
		"no retry":                         {search.CostaOptions{Deferred: true, Retries: -1}, script{{Node: 1}: {Cost: 1}}, []int{2, 3}, 6, 1, 7, true},
		"nothing else is left":             {deferred, script{{Node: 3}: {Cost: 1, Quality: .5}, {Node: 3, Attempt: 1}: {Cost: 1, Quality: .6}}, []int{1, 3}, 3, .6, 3, true},
		"strict":                           {search.CostaOptions{Deferred: true, Strict: true}, script{{Node: 3}: {Cost: 1, Quality: .5}, {Node: 3, Attempt: 1}: {Cost: 1, Quality: .6}}, []int{1}, 1, 1, 3, false},
		"what broke is not let through":    {deferred, script{{Node: 3}: {Cost: 1, Failed: true}, {Node: 3, Attempt: 1}: {Failed: true}}, []int{1}, 1, 1, 2, false},
		"attempts are limited":             {search.CostaOptions{Deferred: true, MaxTries: 1}, nil, []int{1}, 1, 1, 1, false},
		"a cost that is none is a fault":   {deferred, script{{Node: 1}: {Cost: math.NaN(), Quality: 1}, {Node: 1, Attempt: 1}: {Cost: -1, Quality: 1}}, []int{2, 3}, 6, 1, 6, true},
		"a quality above 1 is 1, NaN is 0": {deferred, script{{Node: 1}: {Cost: 1, Quality: math.NaN()}, {Node: 1, Attempt: 1}: {Cost: 1, Quality: 9}}, []int{1, 3}, 3, 1, 3, true},
	} {
		p := costa(t, g, c.o, c.s.run(g))
		if !slices.Equal(nodesOf(p), c.nodes) || p.Cost != c.cost || p.Quality != c.quality || p.Spent != c.spent || p.Complete != c.complete {
			t.Errorf("%s: got %v cost %v quality %v spent %v complete %v, want %+v", name, nodesOf(p), p.Cost, p.Quality, p.Spent, p.Complete, c)
		}
	}
}

func TestCostaExcludes(t *testing.T) {
	g := two()
	c, err := search.NewCosta(g, &search.CostaOptions{Deferred: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Solve(script{{Node: 1}: {Quality: .1}, {Node: 1, Attempt: 1}: {Quality: .1}}.run(g)); err != nil || !slices.Equal(c.Excluded(), []int{1}) {
		t.Errorf("%v is excluded, want node 1; %v", c.Excluded(), err)
	}
	boom := errors.New("boom")
	c, _ = search.NewCosta(g, nil)
	if _, err := c.Solve(func(search.Try) (search.Ran, error) { return search.Ran{}, boom }); err != boom {
		t.Errorf("an error of run ends in %v", err)
	}
}

// A doubtful tool is taken when the others failed, before a poor result is; without others from the start.
func TestCostaDoubts(t *testing.T) {
	doubting := func(nodes ...int) *search.ToolGraph {
		g := two()
		for _, n := range nodes {
			g.Nodes[n].Doubtful = true
		}
		return g
	}
	poor := script{{Node: 2}: {Cost: 1, Quality: .5}, {Node: 2, Attempt: 1}: {Cost: 1, Quality: .5}}
	for name, c := range map[string]struct {
		g     *search.ToolGraph
		s     script
		nodes []int
		out   []int
	}{
		"the dear tool that is known":    {doubting(1), nil, []int{2, 3}, nil},
		"the known tool comes to little": {doubting(1), poor, []int{1, 3}, []int{2}},
		"nothing is known":               {doubting(1, 2, 3), nil, []int{1, 3}, nil},
		"both come to little":            {doubting(1), script{{Node: 1}: {Failed: true}, {Node: 1, Attempt: 1}: {Failed: true}, {Node: 2}: poor[search.Try{Node: 2}], {Node: 2, Attempt: 1}: poor[search.Try{Node: 2}]}, []int{2, 3}, []int{1}},
	} {
		s, err := search.NewCosta(c.g, &search.CostaOptions{Deferred: true})
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.Solve(c.s.run(c.g))
		if err != nil || !p.Complete || !slices.Equal(nodesOf(p), c.nodes) || !slices.Equal(s.Excluded(), c.out) {
			t.Errorf("%s: %v, complete %v, %v excluded; want %v and %v", name, nodesOf(p), p.Complete, s.Excluded(), c.nodes, c.out)
		}
	}
}

// chance is what comes of an attempt: a function of the way and the attempt, not of when it is made.
func chance(g *search.ToolGraph, seed uint64, steps []int, attempt int) search.Ran {
	h := seed
	for _, n := range steps {
		h = h*31 + uint64(n) + 1
	}
	rng := rand.New(rand.NewPCG(h, uint64(attempt)))
	n := g.Nodes[steps[len(steps)-1]]
	return search.Ran{Cost: n.Cost * (.5 + rng.Float64()), Quality: math.Sqrt(rng.Float64()), Failed: rng.IntN(8) == 0}
}

// A path doesn't depend on how many attempts are under way at once and in which order they end, and telling twice
// changes nothing.
func TestCostaParallel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		g := drawTools(seed, 4, 4)
		o := search.CostaOptions{
			Alpha: new(rapid.Float64Range(0, 2).Draw(rt, "alpha")), Threshold: new(rapid.Float64Range(0, 1).Draw(rt, "threshold")),
			Exact: rapid.Bool().Draw(rt, "exact"), Deferred: rapid.Bool().Draw(rt, "deferred"), Strict: rapid.Bool().Draw(rt, "strict"),
		}
		one, many := walkCosta(rt, g, o, seed, 1), walkCosta(rt, g, o, seed, 16)
		if !reflect.DeepEqual(one, many) {
			rt.Fatalf("one at a time gives %+v, many %+v", one, many)
		}
		if again := walkCosta(rt, g, o, seed, 16); !reflect.DeepEqual(again, many) {
			rt.Fatalf("the same again gives %+v, then %+v", many, again)
		}
		cost, quality := 0.0, 1.0
		for _, s := range many.Steps {
			cost, quality = cost+s.Cost, quality*s.Quality
		}
		if math.Abs(cost-many.Cost) > 1e-9 || math.Abs(quality-many.Quality) > 1e-9 || many.Spent < cost-1e-9 {
			rt.Fatalf("%+v does not add up to cost %v and quality %v", many, cost, quality)
		}
	})
}

func wayOf(c *search.Costa, n search.NodeID) []int {
	from, node := c.Origin(n)
	if from == search.None {
		return nil
	}
	return append(wayOf(c, from), node)
}

// walkCosta carries out all that is asked for at once, the last first, and tells everything twice.
func walkCosta(rt *rapid.T, g *search.ToolGraph, o search.CostaOptions, seed uint64, limit int) search.ToolPath {
	c, err := search.NewCosta(g, &o)
	if err != nil {
		rt.Fatal(err)
	}
	for rounds := 0; !c.Done(); rounds++ {
		tries := c.Ask(limit)
		if len(tries) == 0 || rounds > 1000 {
			rt.Fatal("it is not done and asks for nothing")
		}
		slices.Reverse(tries)
		for _, t := range tries {
			for range 2 {
				r := chance(g, seed, append(wayOf(c, t.From), t.Node), t.Attempt)
				c.Tell(t, r)
			}
		}
	}
	return c.Best()
}

func TestCostaOptions(t *testing.T) {
	for want, o := range map[string]search.CostaOptions{
		"alpha: 2.5 is outside [0,2]": {Alpha: new(2.5)},
		"alpha: NaN is outside":       {Alpha: new(math.NaN())},
		"threshold: -1 is outside":    {Threshold: new(-1.0)},
		"retries: 2000 is above 1000": {Retries: 2000},
		"max tries: -1 is below 0":    {MaxTries: -1},
	} {
		if _, err := search.NewCosta(two(), &o); !errors.Is(err, search.ErrOptions) || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
	if _, err := search.NewCosta(two(), nil); err != nil {
		t.Error(err)
	}
	if _, err := two().Enumerate(1, 1); !errors.Is(err, search.ErrToolGraph) {
		t.Errorf("two paths with a limit of one: %v", err)
	}
	for want, g := range map[string]*search.ToolGraph{
		"nothing to search": nil,
		"next: 0":           {Nodes: []search.ToolNode{{Next: []int{1}, Quality: 1}, {Next: []int{0}}}},
		"cost: +Inf":        {Nodes: []search.ToolNode{{Next: []int{1}, Quality: 1}, {Cost: math.Inf(1)}}},
	} {
		if _, err := search.NewCosta(g, nil); !errors.Is(err, search.ErrToolGraph) || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
}
