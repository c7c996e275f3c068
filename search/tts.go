package search

import (
	"fmt"
	"math"
	"slices"
)

// DiverseBeam is [Beam] with [Options.Diverse], as a choice of [TTS].
const DiverseBeam = "diverse beam"

// Difficulty is how hard a task is for a policy, by the share of its single samples that solve it.
type Difficulty uint8

// The difficulties.
const (
	Easy   Difficulty = iota // solved by at least 50 of 100 samples
	Medium                   // by at least 10
	Hard                     // by fewer
)

// String returns the word.
func (d Difficulty) String() string { return [...]string{"easy", "medium", "hard"}[d%3] }

// DifficultyOf is the difficulty at which a share of samples, Pass@1 in [0,1], solves a task: the absolute thresholds of arXiv
// 2502.06703.
func DifficultyOf(pass float64) Difficulty {
	switch {
	case pass >= .5:
		return Easy
	case pass >= .1:
		return Medium
	}
	return Hard
}

// Pass estimates Pass@1 from what a first request costs anyway: the share of its samples that agree on the leading call, to
// the power of the number of calls that a plan has, in [0,1]. What memory holds of the leading call counts as one sample more.
// The number of calls is what the samples expect, or, where none says, calls, or 4 where that is not above 0 either.
// ok is false where no sample is usable. Inferred: the paper draws many whole samples of each task.
func Pass(o *Outcome, calls float64) (pass float64, ok bool) {
	lead, all := -1, int32(0)
	for i := range o.Candidates {
		if c := &o.Candidates[i]; c.Parent < 0 {
			all = sum(all, max(c.Votes, 1))
			if lead < 0 || c.Votes > o.Candidates[lead].Votes {
				lead = i
			}
		}
	}
	if lead < 0 {
		return 0, false
	}
	c := &o.Candidates[lead]
	agree, of := float64(max(c.Votes, 1)), float64(all)
	if c.Prior >= 0 {
		agree, of = agree+unit(c.Prior, 0), of+1
	}
	switch {
	case c.Finish:
		calls = 1
	case c.Remaining >= 0:
		calls = c.Remaining + 1
	case !(calls > 0):
		calls = usualCalls
	}
	return math.Pow(agree/of, min(max(calls, 1), longest)), true
}

// usualCalls is how long plans are thought to be where nothing says.
const usualCalls = 4

// Situation is what the best use of test-time compute depends on.
type Situation struct {
	Policy     string // which model proposes; empty is any
	Judge      string // which model or check scores; empty is any
	Difficulty Difficulty
	// Budget is what may be spent, 1 to 1,000,000, in one unit for a whole table: N, the samples at a step or the plans, in the
	// paper; model requests in a run ([TTSOptions]).
	Budget int
}

// Measured is what a method reached in a situation on tasks for tuning.
type Measured struct {
	Situation
	Method        string // [BestOfN], [Beam] or [DiverseBeam]
	Solved, Tasks int
}

// methods are what [TTS] chooses from; of equally good ones the first, which asks the judge least, is chosen.
var methods = []string{BestOfN, Beam, DiverseBeam}

// TTS is compute-optimal test-time scaling (Liu et al., arXiv 2502.06703, after Snell et al.): the method that solves most,
//
//	argmax over methods of P(solved | policy, judge, difficulty, budget)
//
// is looked up in what was measured on tasks for tuning. That the judge is among the conditions is the paper's point: it
// scores and it steers, so a method that is best with one judge can be the worst with another.
type TTS struct {
	at  map[Situation][]Measured
	all []Situation // in the order in which they were given
}

const maxBudget = 1_000_000

// NewTTS makes the table. Measurements of one method in one situation add up. Errors wrap [ErrOptions] and name the entry.
func NewTTS(measured []Measured) (*TTS, error) {
	t := &TTS{at: map[Situation][]Measured{}}
	for i, m := range measured {
		switch {
		case !slices.Contains(methods, m.Method):
			return nil, fmt.Errorf("%w: measured[%d]: method %q: want one of %q", ErrOptions, i, m.Method, methods)
		case m.Tasks < 1 || m.Solved < 0 || m.Solved > m.Tasks:
			return nil, fmt.Errorf("%w: measured[%d]: %d solved of %d tasks: want at least one task and no more solved", ErrOptions, i, m.Solved, m.Tasks)
		case m.Budget < 1 || m.Budget > maxBudget:
			return nil, fmt.Errorf("%w: measured[%d]: budget: %d is outside [1,%d]", ErrOptions, i, m.Budget, maxBudget)
		case m.Difficulty > Hard:
			return nil, fmt.Errorf("%w: measured[%d]: difficulty: %d is none of easy, medium, hard", ErrOptions, i, m.Difficulty)
		}
		if t.at[m.Situation] == nil {
			t.all = append(t.all, m.Situation)
		}
		t.at[m.Situation] = append(t.at[m.Situation], m)
	}
	return t, nil
}

// Choose returns the method that solved most in a situation; known is false, and the method [BestOfN], where none was
// measured there. An unknown difficulty is best taken for [Medium].
func (t *TTS) Choose(s Situation) (method string, known bool) {
	best, high := BestOfN, -1.0
	for _, name := range methods {
		solved, tasks := 0, 0
		for _, m := range t.at[s] {
			if m.Method == name {
				solved, tasks = solved+m.Solved, tasks+m.Tasks
			}
		}
		if tasks > 0 && float64(solved)/float64(tasks) > high {
			best, high = name, float64(solved)/float64(tasks)
		}
	}
	return best, high >= 0
}

// Near returns the measured situation that is most like s, the first given of equally like ones: judge and policy by name,
// then any, then another one; then the nearest difficulty; then the nearest budget by ratio (inferred: the paper measures
// what it needs). false: nothing was measured.
func (t *TTS) Near(s Situation) (Situation, bool) {
	if len(t.all) == 0 {
		return s, false
	}
	return slices.MinFunc(t.all, func(a, b Situation) int { return slices.Compare(unlike(a, s), unlike(b, s)) }), true
}

// unlike is how far a measured situation is from s, what matters most first.
func unlike(m, s Situation) []float64 {
	named := func(m, s string) float64 {
		switch m {
		case s:
			return 0
		case "":
			return 1
		}
		return 2
	}
	return []float64{
		named(m.Judge, s.Judge), named(m.Policy, s.Policy), math.Abs(float64(m.Difficulty) - float64(s.Difficulty)),
		math.Abs(math.Log(float64(m.Budget) / float64(min(max(s.Budget, 1), maxBudget)))),
	}
}

// fanOut is M, how many steps a beam samples at a state.
const fanOut = 4

// Spend returns the strategy and its options for a method with a budget of n samples: bestofn makes n plans of one
// sample a step, beams keep n/4 states and sample 4 steps at each. With n = 1 all of them follow single samples. Other
// options are taken from o, which may be nil.
func Spend(method string, n int, o *Options) (name string, _ *Options) {
	var out Options
	if o != nil {
		out = *o
	}
	n = max(n, 1)
	if method == BestOfN {
		out.Plans, out.Base, out.Samples = n, Greedy, 1
		return BestOfN, &out
	}
	out.Samples, out.Width, out.Diverse = min(n, fanOut), max(n/fanOut, 1), method == DiverseBeam
	return Beam, &out
}
