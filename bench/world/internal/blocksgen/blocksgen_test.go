package blocksgen

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

// brute is the least cost by trying all plans of at most depth moves.
func brute(t Tower, g Goal, depth, spent, best int) int {
	if spent >= best {
		return best
	}
	if g.Met(t) {
		return spent
	}
	if depth == 0 {
		return best
	}
	for _, m := range t.Moves() {
		best = brute(t.After(m), g, depth-1, spent+Cost[m.Verb], best)
	}
	return best
}

func TestRefereeAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		start, goal := tower(r, 4), goalOf(tower(r, 4))
		plans, cost := Cheapest(start, goal, 5)
		if len(plans[0]) > 10 {
			continue
		}
		if want := brute(start, goal, 12, 0, 100); cost != want {
			t.Errorf("%v to %v costs %d, want %d", start, goal, cost, want)
		}
		for _, p := range plans {
			at, sum := start, 0
			for _, m := range p {
				if !contains(at.Moves(), m) {
					t.Fatalf("%v is not possible in %v", m, at)
				}
				at, sum = at.After(m), sum+Cost[m.Verb]
			}
			if !goal.Met(at) || sum != cost {
				t.Errorf("%v ends in %v for %d, want %v for %d", p, at, sum, goal, cost)
			}
		}
	}
}

func contains(ms []Move, m Move) bool {
	for _, x := range ms {
		if x == m {
			return true
		}
	}
	return false
}

// The costs must matter: in some requests the cheapest plan keeps a block on another one where the shortest would do
// as well with the table.
func TestCostsMatter(t *testing.T) {
	dear := 0
	for i := range 150 {
		q := Draw(draw.Task, 3, i)
		for _, m := range q.plans[0] {
			if m.Verb == Stack && q.want[m.Block] != m.On {
				dear++
				break
			}
		}
		for j, on := range q.want {
			if on >= 0 && (!strings.Contains(q.Goal, q.Names[j]) || !strings.Contains(q.Goal, q.Names[on])) {
				t.Errorf("%s is not in %q", q.Names[j], q.Goal)
			}
		}
	}
	if dear < 30 {
		t.Errorf("only in %d of 150 requests a block is kept on another", dear)
	}
}

func BenchmarkDraw(b *testing.B) {
	i := 0
	for b.Loop() {
		Draw(draw.Task, 1, i)
		i++
	}
}
