package label

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/lcs"
	"github.com/azimuthdev/azimuth/tool"
)

// Grade is what a whole plan is worth.
type Grade struct {
	Success bool // by the world's rule
	// F1 is how much of the goal was reached, in [0,1], and 1 only where all of it was: the F1 of the dictionary (0
	// when a call failed: the evaluators count that as a crash), the share of the conditions, LCS, or whether the
	// answer is right.
	F1     float64
	Failed int    // index of the first call that failed, -1 for none: the plan was executable
	Reason string // of the failure
	// LCS is the longest common subsequence of the calls with a gold plan's, by the longer of both, the best over
	// gold plans, in [0,1]. It is graded only where the rule is [Lines].
	LCS float64
	// Cost is the sum of the prices of the calls in dollars, Optimal that of the cheapest plan; 0 where calls have
	// no prices.
	Cost, Optimal float64
}

// Ratio returns Cost by Optimal, 1 for a plan that can't be cheaper; 0 where calls have no prices.
func (g Grade) Ratio() float64 {
	if g.Optimal == 0 {
		return 0
	}
	return g.Cost / g.Optimal
}

// Score compares a world's state with the gold dictionary: f1 is the F1 of the pairs of key and value, in [0,1], or
// where the rule is [Contains] the share of the gold pairs that the state holds; ok says that it is exactly 1. A
// state that is not a JSON object scores 0. A state does not know of calls that failed, of lines and of answers;
// [Run] does.
func Score(state json.RawMessage, l Label) (ok bool, f1 float64) {
	have, want := object(state), object(l.Dict)
	hit := 0
	for k, v := range have {
		if w, ok := want[k]; ok && bytes.Equal(v, w) {
			hit++
		}
	}
	if hit == 0 {
		return false, 0
	}
	precision, recall := float64(hit)/float64(len(have)), float64(hit)/float64(len(want))
	if l.Rule == Contains {
		return hit == len(want), recall
	}
	f1 = 2 * precision * recall / (precision + recall)
	return hit == len(have) && hit == len(want), f1
}

func object(raw json.RawMessage) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	if json.Unmarshal(raw, &m) != nil {
		return nil
	}
	return m
}

// Run carries a plan out in a fork of the world and grades it, with the final answer, by the evaluators' rule.
func Run(ctx context.Context, w tool.World, plan []tool.Call, answer string, l Label) (Grade, error) {
	w = w.Fork()
	g := Grade{Failed: -1, Optimal: l.Optimal}
	if l.Optimal > 0 {
		g.Cost = cost(w, plan)
	}
	for i, c := range plan {
		res, err := w.Call(ctx, c)
		if err != nil {
			return Grade{}, fmt.Errorf("call %d, %s: %w", i, c.Tool, err)
		}
		if res.IsError {
			g.Failed, g.Reason = i, res.Content
			break
		}
	}
	l.rate(&g, w, plan, answer)
	return g, nil
}

func (l Label) rate(g *Grade, w tool.World, plan []tool.Call, answer string) {
	switch l.Rule {
	case Answer:
		if g.Success = sameNumber(answer, l.Answer); g.Success {
			g.F1 = 1
		} else if g.Reason == "" {
			g.Reason = fmt.Sprintf("the answer %q is not the number that is asked for", tool.Clip(answer, 80))
		}
	case Likeness:
		if g.Failed < 0 {
			g.F1 = min(1, l.Looks(w, "", -1)/l.Least)
			g.Success = g.F1 == 1
		}
	case Lines:
		g.LCS = l.lcs(plan)
		g.F1, g.Success = g.LCS, g.LCS == 1 && g.Failed < 0
	default:
		if g.Failed < 0 {
			g.Success, g.F1 = Score(w.State(), l)
		}
	}
}

func cost(w tool.World, plan []tool.Call) float64 {
	prices := map[string]float64{}
	for _, s := range w.Specs() {
		prices[s.Name] = s.Price.USD
	}
	sum := 0.0
	for _, c := range plan {
		sum += prices[c.Tool]
	}
	return math.Round(sum*1e6) / 1e6 // a sum of cents is a whole number of them
}

var number = regexp.MustCompile(`-?\d[\d,]*(\.\d+)?`)

// sameNumber says whether the last number of a text is the gold one: the way in which answers to word problems are
// read. Commas in a number and zeros at its end don't matter.
func sameNumber(answer, gold string) bool {
	all := number.FindAllString(answer, -1)
	if len(all) == 0 {
		return false
	}
	a, okA := new(big.Rat).SetString(strings.ReplaceAll(all[len(all)-1], ",", ""))
	b, okB := new(big.Rat).SetString(gold)
	return okA && okB && a.Cmp(b) == 0
}

// MaxLines is the most lines of gold plans that [Lines] grades by; a label with more would take too long to grade.
const MaxLines = 256

// lcs returns the best score against all gold plans: the length of the longest common subsequence by the length of
// the longer of both.
func (l Label) lcs(plan []tool.Call) float64 {
	words := map[string]uint32{}
	word := func(c tool.Call) uint32 {
		if _, ok := words[c.Key()]; !ok {
			words[c.Key()] = uint32(len(words))
		}
		return words[c.Key()]
	}
	var gold [][]uint32
	for _, o := range l.Orders() {
		for _, line := range o.lines() {
			seq := make([]uint32, len(line))
			for i, c := range line {
				seq[i] = word(c)
			}
			gold = append(gold, seq)
		}
	}
	set := lcs.NewSet(gold, len(words))
	row := set.Root()
	for _, c := range plan {
		row = set.Extend(row, word(c))
	}
	best := 0.0
	for i, seq := range gold {
		best = max(best, float64(set.LCS(row, i))/float64(max(len(seq), len(plan), 1)))
	}
	return best
}

// lines returns the orders that a partial order allows, at most [MaxLines].
func (o Order) lines() [][]tool.Call {
	var out [][]tool.Call
	at := make([]int, 0, len(o.Plan))
	var walk func()
	walk = func() {
		if len(at) == len(o.Plan) && len(out) < MaxLines {
			line := make([]tool.Call, len(at))
			for i, j := range at {
				line[i] = o.Plan[j]
			}
			out = append(out, line)
		}
		for j := range o.Plan {
			ready := !slices.ContainsFunc(o.Needs[j], func(i int) bool { return !slices.Contains(at, i) })
			if ready && !slices.Contains(at, j) && len(out) < MaxLines {
				at = append(at, j)
				walk()
				at = at[:len(at)-1]
			}
		}
	}
	walk()
	return out
}
