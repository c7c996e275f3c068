package search

import (
	"fmt"
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

// Situation is what the best use of test-time compute depends on.
type Situation struct {
	Policy     string // which model proposes
	Judge      string // which model or check scores
	Difficulty Difficulty
	Budget     int // N, the samples that may be drawn at a step or the plans that may be made, 1 to 1000
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
	at map[Situation][]Measured
}

// NewTTS makes the table. Measurements of one method in one situation add up. Errors wrap [ErrOptions] and name the entry.
func NewTTS(measured []Measured) (*TTS, error) {
	t := &TTS{at: map[Situation][]Measured{}}
	for i, m := range measured {
		switch {
		case !slices.Contains(methods, m.Method):
			return nil, fmt.Errorf("%w: measured[%d]: method %q: want one of %q", ErrOptions, i, m.Method, methods)
		case m.Tasks < 1 || m.Solved < 0 || m.Solved > m.Tasks:
			return nil, fmt.Errorf("%w: measured[%d]: %d solved of %d tasks: want at least one task and no more solved", ErrOptions, i, m.Solved, m.Tasks)
		case m.Budget < 1 || m.Budget > 1000:
			return nil, fmt.Errorf("%w: measured[%d]: budget: %d is outside [1,1000]", ErrOptions, i, m.Budget)
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
