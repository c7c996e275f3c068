package search_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/search"
	"pgregory.net/rapid"
)

// drawTools draws a graph of tools in layers, a layer a subtask, with prices above 0; next to each other in a layer,
// dearer tools are better as a rule.
func drawTools(seed uint64, layers, width int) *search.ToolGraph {
	rng := rand.New(rand.NewPCG(seed, 2))
	g := &search.ToolGraph{Nodes: []search.ToolNode{{Tool: -1, Subtask: -1, Quality: 1}}}
	before := []int{0}
	for s := range layers {
		var here []int
		for t := range 1 + rng.IntN(width) {
			cost := .1 + rng.Float64()*4
			n := search.ToolNode{Tool: t, Subtask: s, Cost: cost, Quality: min(1, .55+.1*cost+.1*rng.Float64())}
			here = append(here, len(g.Nodes))
			g.Nodes = append(g.Nodes, n)
		}
		for _, b := range before {
			g.Nodes[b].Next = here
			if rng.IntN(3) == 0 { // not every tool can work on every other's output
				g.Nodes[b].Next = here[rng.IntN(len(here)):]
			}
		}
		before = here
	}
	return g
}

// asRated carries steps out as the graph rates them, but for nodes in fails: these have the quality given there.
func asRated(g *search.ToolGraph, fails map[int]float64) func(search.Try) (search.Ran, error) {
	return func(t search.Try) (search.Ran, error) {
		n := g.Nodes[t.Node]
		q, ok := fails[t.Node]
		if !ok {
			q = n.Quality
		}
		return search.Ran{Cost: n.Cost, Quality: q}, nil
	}
}

func costa(t fatal, g *search.ToolGraph, o search.CostaOptions, run func(search.Try) (search.Ran, error)) search.ToolPath {
	c, err := search.NewCosta(g, &o)
	if err != nil {
		t.Fatalf("new: %v", err)
	}
	p, err := c.Solve(run)
	if err != nil {
		t.Fatalf("solve: %v", err)
	}
	return p
}

func enumerate(t fatal, g *search.ToolGraph, alpha float64) search.ToolPath {
	p, err := g.Enumerate(alpha, 1<<20)
	if err != nil {
		t.Fatalf("enumerate: %v", err)
	}
	return p
}

func nodesOf(p search.ToolPath) (out []int) {
	for _, s := range p.Steps {
		out = append(out, s.Node)
	}
	return out
}

// Check 2.8.1 of the notes on the paper: what is kept, and nothing else.
func TestPruneToolsKeepsAncestorsOnly(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 3))
		tools, kinds := 1+rng.IntN(9), 1+rng.IntN(3)
		kit := search.ToolKit{Rate: func(int, int) (float64, float64) { return 1, 1 }}
		for i := range tools {
			var needs, solves []int
			for p := range i {
				if rng.IntN(4) == 0 {
					needs = append(needs, p)
				}
			}
			for k := range kinds {
				if rng.IntN(3) == 0 || i == k {
					solves = append(solves, k)
				}
			}
			kit.Needs, kit.Solves = append(kit.Needs, needs), append(kit.Solves, solves)
		}
		subtasks := []search.Subtask{{Kind: 0}, {Kind: rng.IntN(min(kinds, tools)), Parents: []int{0}}, {Kind: 0, Parents: []int{0, 1}}}
		g, err := search.PruneTools(kit, subtasks)
		if err != nil {
			rt.Fatal(err)
		}
		for s := range subtasks {
			if got, want := toolsAt(g, s), ancestors(kit, subtasks[s].Kind); !slices.Equal(got, want) {
				rt.Fatalf("subtask %d has tools %v, want %v of %+v", s, got, want, kit)
			}
		}
		checkWays(rt, g, len(subtasks)-1)
	})
}

func toolsAt(g *search.ToolGraph, subtask int) (out []int) {
	for _, n := range g.Nodes {
		if n.Subtask == subtask {
			out = append(out, n.Tool)
		}
	}
	slices.Sort(out)
	return out
}

// ancestors is the closure of the tools that do a kind, by brute force.
func ancestors(kit search.ToolKit, kind int) []int {
	in := map[int]bool{}
	for range kit.Needs {
		for t := range kit.Needs {
			if slices.Contains(kit.Solves[t], kind) || in[t] {
				in[t] = true
				for _, p := range kit.Needs[t] {
					in[p] = true
				}
			}
		}
	}
	var out []int
	for t := range kit.Needs {
		if in[t] {
			out = append(out, t)
		}
	}
	return out
}

// checkWays fails unless every node lies on a way from the input to a sink, and every sink does the last subtask.
func checkWays(rt *rapid.T, g *search.ToolGraph, last int) {
	reached := map[int]bool{0: true}
	for i, n := range g.Nodes {
		if !reached[i] {
			rt.Fatalf("node %d %+v can't be reached", i, n)
		}
		for _, y := range n.Next {
			reached[y] = true
		}
		if len(n.Next) == 0 && n.Subtask != last {
			rt.Fatalf("node %d %+v leads nowhere", i, n)
		}
	}
}

func TestPruneToolsRefuses(t *testing.T) {
	rate := func(int, int) (float64, float64) { return 1, 1 }
	one := []search.Subtask{{Kind: 0}}
	for want, c := range map[string]struct {
		kit      search.ToolKit
		subtasks []search.Subtask
	}{
		"no tool does kind 0":   {search.ToolKit{Needs: [][]int{nil}, Solves: [][]int{{1}}, Rate: rate}, one},
		"circle":                {search.ToolKit{Needs: [][]int{{1}, {0}}, Solves: [][]int{{0}, nil}, Rate: rate}, one},
		"7 is no tool":          {search.ToolKit{Needs: [][]int{{7}}, Solves: [][]int{{0}}, Rate: rate}, one},
		"both must have all":    {search.ToolKit{Needs: [][]int{nil, nil}, Solves: [][]int{{0}}, Rate: rate}, one},
		"not an earlier":        {search.ToolKit{Needs: [][]int{nil}, Solves: [][]int{{0}}, Rate: rate}, []search.Subtask{{Parents: []int{0}}}},
		"nothing to search":     {search.ToolKit{Rate: rate}, nil},
		"quality: 2 is outside": {search.ToolKit{Needs: [][]int{nil}, Solves: [][]int{{0}}, Rate: func(int, int) (float64, float64) { return 1, 2 }}, one},
	} {
		if _, err := search.PruneTools(c.kit, c.subtasks); !errors.Is(err, search.ErrToolGraph) || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
}

// Check 2.8.2: 2 ranks by cost, 0 by quality, and f of a finished way is its g.
func TestCostQualityAtItsEnds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c1, c2 := rapid.Float64Range(0, 50).Draw(rt, "c1"), rapid.Float64Range(0, 50).Draw(rt, "c2")
		q1, q2 := rapid.Float64Range(0, 1).Draw(rt, "q1"), rapid.Float64Range(0, 1).Draw(rt, "q2")
		if a, b := search.CostQuality(2, c1, q1), search.CostQuality(2, c2, q2); a < b && c1 >= c2 {
			rt.Fatalf("alpha 2: %v before %v at costs %v and %v", a, b, c1, c2)
		}
		if a, b := search.CostQuality(0, c1, q1), search.CostQuality(0, c2, q2); a < b && q1 <= q2 {
			rt.Fatalf("alpha 0: %v before %v at qualities %v and %v", a, b, q1, q2)
		}
		g := drawTools(rapid.Uint64().Draw(rt, "graph"), 3, 3)
		p := costa(rt, g, search.CostaOptions{Alpha: new(1.5), Threshold: new(0.0)}, asRated(g, nil))
		if want := search.CostQuality(1.5, p.Cost, p.Quality); p.Value != want || !p.Complete {
			rt.Fatalf("the path %+v is not worth its g, %v", p, want)
		}
	})
}

// Check 2.8.3: on a chain the estimate is the objective itself, on a graph it is the recursion as printed.
func TestEstimate(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		alpha := rapid.Float64Range(0, 2).Draw(rt, "alpha")
		seed := rapid.Uint64().Draw(rt, "seed")
		chain := drawTools(seed, 5, 1)
		best := enumerate(rt, chain, alpha)
		if got := chain.Estimate(alpha, nil)[0].H; math.Abs(got-best.Value) > 1e-9*best.Value {
			rt.Fatalf("on a chain h is %v, want %v", got, best.Value)
		}
		g := drawTools(seed, 4, 4)
		rest := g.Estimate(alpha, nil)
		for i := range g.Nodes {
			h, c, q := restOf(g, alpha, i)
			if r := rest[i]; r.H != h || r.Cost != c || r.Quality != q {
				rt.Fatalf("node %d: %+v, want h %v, cost %v, quality %v", i, r, h, c, q)
			}
		}
		if b := rest[0]; b.LeastCost-enumerate(rt, g, 2).Cost > 1e-9 || b.BestQuality < enumerate(rt, g, 0).Quality-1e-9 {
			rt.Fatalf("%+v are no bounds", b)
		}
	})
}

// restOf is the paper's h, top down.
func restOf(g *search.ToolGraph, alpha float64, i int) (h, cost, quality float64) {
	if len(g.Nodes[i].Next) == 0 {
		return 0, 0, 1
	}
	h = math.Inf(1)
	for _, y := range g.Nodes[i].Next {
		_, c, q := restOf(g, alpha, y)
		c, q = c+g.Nodes[y].Cost, q*g.Nodes[y].Quality
		if v := search.CostQuality(alpha, c, q); v < h {
			h, cost, quality = v, c, q
		}
	}
	return h, cost, quality
}

// Check 2.8.4: the bound makes the search equal to trying all paths, for every alpha; so does the rule as printed at
// alpha 2. At other alphas that one loses some: how many is measured here, and held to.
func TestCostaAgainstEnumeration(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		g := drawTools(rapid.Uint64().Draw(rt, "seed"), rapid.IntRange(1, 5).Draw(rt, "layers"), 4)
		alpha := rapid.Float64Range(0, 2).Draw(rt, "alpha")
		exact := search.CostaOptions{Alpha: &alpha, Threshold: new(0.0), Exact: true, Deferred: rapid.Bool().Draw(rt, "deferred")}
		same(rt, costa(rt, g, exact, asRated(g, nil)), enumerate(rt, g, alpha))
		same(rt, costa(rt, g, search.CostaOptions{Alpha: new(2.0), Threshold: new(0.0)}, asRated(g, nil)), enumerate(rt, g, 2))
	})
	for _, c := range []struct{ alpha, found, gap float64 }{{0, .98, .001}, {.5, .65, .02}, {1, .98, .001}, {1.5, .98, .001}, {2, 1, 0}} {
		found, gap := gapOf(t, c.alpha, 300)
		t.Logf("alpha %v: the best of all paths in %.1f %%, %.2f %% above it on average", c.alpha, 100*found, 100*gap)
		if found < c.found || gap > c.gap {
			t.Errorf("alpha %v: the best path in a share of %v, %v above it on average; want at least %v, at most %v", c.alpha, found, gap, c.found, c.gap)
		}
	}
}

func same(rt *rapid.T, got, want search.ToolPath) {
	if !got.Complete || math.Abs(got.Value-want.Value) > 1e-9*want.Value {
		rt.Fatalf("got %v worth %v, want %v worth %v", nodesOf(got), got.Value, nodesOf(want), want.Value)
	}
}

// gapOf is the share of graphs on which the search as printed finds the best path, and how far above it stands on
// average.
func gapOf(t *testing.T, alpha float64, n int) (found, gap float64) {
	for seed := range n {
		g := drawTools(uint64(seed), 5, 4)
		best := enumerate(t, g, alpha)
		got := costa(t, g, search.CostaOptions{Alpha: &alpha, Threshold: new(0.0)}, asRated(g, nil))
		if above := got.Value/best.Value - 1; above < 1e-9 {
			found++
		} else {
			gap += above
		}
	}
	return found / float64(n), gap / float64(n)
}

// Check 2.8.5: a tool that is forced below the threshold is avoided by the best path without it, and what it took is
// charged.
func TestCostaAvoidsWhatFails(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		g := drawTools(rapid.Uint64().Draw(rt, "seed"), 4, 4)
		for i := range g.Nodes {
			g.Nodes[i].Quality = .8 + g.Nodes[i].Quality/5
		}
		best := enumerate(rt, g, 2)
		bad := best.Steps[rapid.IntRange(0, len(best.Steps)-1).Draw(rt, "step")].Node
		o := search.CostaOptions{Alpha: new(2.0), Retries: 2}
		got := costa(rt, g, o, asRated(g, map[int]float64{bad: .1}))
		without := enumerateWithout(rt, g, bad)
		if math.IsInf(without.Value, 1) {
			if !slices.Contains(nodesOf(got), bad) || !got.Complete {
				rt.Fatalf("there is no other way, and yet it went %+v", got)
			}
			return
		}
		same(rt, got, without)
		if least := got.Cost + 3*g.Nodes[bad].Cost; got.Spent < least-1e-9 {
			rt.Fatalf("%v was spent, less than the path and three attempts, %v", got.Spent, least)
		}
	})
}

// enumerateWithout is [search.ToolGraph.Enumerate] at alpha 2 with a node that can't pay.
func enumerateWithout(rt *rapid.T, g *search.ToolGraph, node int) search.ToolPath {
	cut := &search.ToolGraph{Nodes: slices.Clone(g.Nodes)}
	cut.Nodes[node].Cost = 1e6
	p := enumerate(rt, cut, 2)
	if slices.Contains(nodesOf(p), node) {
		p.Value = math.Inf(1)
	}
	return p
}

// Check 2.8.6: with alpha, the path becomes cheaper and poorer.
func TestCostaFront(t *testing.T) {
	for _, exact := range []bool{false, true} {
		cost, quality := math.Inf(1), math.Inf(1)
		for _, alpha := range []float64{0, .5, 1, 1.5, 2} {
			var c, q float64
			for seed := range 100 {
				g := drawTools(uint64(seed), 4, 5)
				p := costa(t, g, search.CostaOptions{Alpha: &alpha, Threshold: new(0.0), Exact: exact}, asRated(g, nil))
				c, q = c+p.Cost, q+p.Quality
			}
			t.Logf("exact %v, alpha %v: cost %.3f, quality %.4f", exact, alpha, c/100, q/100)
			if c > cost || q > quality {
				t.Errorf("exact %v: alpha %v makes the path dearer or better: cost %v after %v, quality %v after %v", exact, alpha, c, cost, q, quality)
			}
			cost, quality = c, q
		}
	}
}
