package cost_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

// slots is a world of n calls that a plan must hold, each once, in an order that is mostly free, and a proposer that errs
// as in cost-findings section 1: with probability p it names a right next call, else something wrong. Where errors are
// skewed (D2), a slot has its own p and one wrong value that takes most of the errors.
type slots struct {
	n        int
	p, e     float64
	skewed   bool
	pOf      []float64
	favoured []search.ActionID
	rng      *rand.Rand
	judge    bool
}

const (
	finishID = search.ActionID(0)
	rightID  = search.ActionID(1) // 1..n: the call of a slot
	valueID  = search.ActionID(100)
	otherID  = search.ActionID(1000)
)

func newSlots(seed uint64, p, e float64, skewed, judge bool) *slots {
	rng := rand.New(rand.NewPCG(seed, 7))
	s := &slots{n: 7 + rng.IntN(5), p: p, e: e, skewed: skewed, judge: judge, rng: rng}
	for i := range s.n + 1 {
		q := p
		if skewed {
			q = beta(rng, 2.5*p, 2.5*(1-p))
		}
		s.pOf = append(s.pOf, q)
		s.favoured = append(s.favoured, s.wrong(i))
	}
	return s
}

// beta draws from a Beta distribution by comparing uniform powers (Jöhnk).
func beta(rng *rand.Rand, a, b float64) float64 {
	for {
		x, y := math.Pow(rng.Float64(), 1/a), math.Pow(rng.Float64(), 1/b)
		if x+y <= 1 && x+y > 0 {
			return x / (x + y)
		}
	}
}

// wrong draws an error at a slot: wrong value .4, wrong order .15, wrong tool .25, finish .1, something else .1.
func (s *slots) wrong(slot int) search.ActionID {
	switch u := s.rng.Float64(); {
	case u < .40:
		return valueID + search.ActionID(slot*10+s.rng.IntN(6))
	case u < .55:
		return otherID + search.ActionID(100+s.rng.IntN(s.n))
	case u < .80:
		return otherID + search.ActionID(s.rng.IntN(10))
	case u < .90:
		return finishID
	}
	return otherID + 999
}

// draw samples what could follow a path.
func (s *slots) draw(path []search.ActionID, p float64) search.ActionID {
	left, bad := s.left(path)
	slot := s.n
	if len(left) > 0 {
		slot = left[0]
		if s.rng.Float64() > .85 {
			slot = left[s.rng.IntN(len(left))]
		}
	}
	q := s.pOf[slot] * p
	for range min(bad, 2) {
		q *= 1 - s.e
	}
	switch {
	case s.rng.Float64() < q:
		if slot == s.n {
			return finishID
		}
		return rightID + search.ActionID(slot)
	case s.skewed && s.rng.Float64() < .7:
		return s.favoured[slot]
	}
	return s.wrong(slot)
}

func (s *slots) left(path []search.ActionID) (left []int, bad int) {
	done := make([]bool, s.n)
	for _, a := range path {
		i := int(a) - int(rightID)
		if i >= 0 && i < s.n && !done[i] {
			done[i] = true
		} else if a != finishID {
			bad++
		}
	}
	for i, d := range done {
		if !d {
			left = append(left, i)
		}
	}
	return left, bad
}

func (s *slots) solved(path []search.ActionID) bool {
	left, bad := s.left(path)
	return len(left) == 0 && bad == 0 && len(path) == s.n+1
}

func actions(t *search.Tree, n search.NodeID) []search.ActionID {
	var out []search.ActionID
	for _, x := range t.Path(n) {
		out = append(out, t.Action(x))
	}
	return out
}

// answer is the proposer with outlines, and the judge: true positives .9, false ones .2, by the plan.
func (s *slots) answer(t *search.Tree, r search.Request) search.Outcome {
	o := search.Outcome{Failed: search.None, Samples: r.Samples}
	path := actions(t, r.Node)
	if r.Kind == search.Judge {
		if s.judge {
			o.Verdict = search.Rejected
			if accept := map[bool]float64{true: .9, false: .2}[s.solved(path)]; s.rng.Float64() < accept {
				o.Verdict = search.Accepted
			}
		}
		return o
	}
	index := map[string]int32{}
	for range r.Samples {
		s.sample(&o, index, path)
	}
	for i := range o.Candidates {
		if c := &o.Candidates[i]; !c.Finish {
			c.Remaining /= float64(c.Votes)
		}
	}
	return o
}

// sample draws one whole outline and adds it to the forest; the first call is drawn at full quality, the rest at .9.
func (s *slots) sample(o *search.Outcome, index map[string]int32, path []search.ActionID) {
	left, _ := s.left(path)
	rest := float64(max(0, len(left)-1)) * math.Exp(.3*s.rng.NormFloat64())
	at, key, p := int32(-1), "", 1.0
	path = append([]search.ActionID(nil), path...)
	for len(path) < 24 {
		a := s.draw(path, p)
		key += fmt.Sprint(a, " ")
		i, ok := index[key]
		if !ok {
			i = int32(len(o.Candidates))
			index[key] = i
			o.Candidates = append(o.Candidates, search.Candidate{Parent: at, Action: a, Finish: a == finishID, Imagined: at >= 0, Prior: -1})
		}
		c := &o.Candidates[i]
		c.Votes++
		c.Remaining += max(0, rest)
		rest, at, p = rest-1, i, .9
		path = append(path, a)
		if a == finishID {
			return
		}
	}
}

type method struct {
	name, preset string
	k            int
}

var methods = []method{
	{search.Greedy, "", 1}, {search.Vote, "", 5}, {search.Uniform, "", 5},
	{search.AStar, search.Paper, 5}, {search.AStar, search.Azimuth, 5}, {search.AStar, search.Outline, 5}, {search.AStar, search.Auto, 5},
}

// trial returns whether a run with a budget of requests found a right plan, and how many it made.
func (m method) trial(t testing.TB, s *slots, budget int) (bool, int) {
	o := &search.Options{Preset: m.preset, Samples: m.k, Scorer: mustScorer(t, m.preset, nil)}
	if m.name == search.Uniform {
		o.Scorer = nil
	}
	st, tree := mustNew(t, m.name, o), search.NewTree(nil)
	calls := 0
	for calls < budget && !st.Done(tree) {
		r := st.Ask(tree, 1)[0]
		if r.Kind == search.Expand || s.judge {
			calls++
		}
		st.Tell(tree, r, s.answer(tree, r))
	}
	n, complete := st.Best(tree)
	return complete && s.solved(actions(tree, n)), calls
}

// rate is the success of a method in percent and its mean calls over so many tasks.
func (m method) rate(t testing.TB, tasks, budget int, p float64, skewed, judge bool) (percent, calls float64) {
	for i := range tasks {
		ok, c := m.trial(t, newSlots(uint64(i), p, .3, skewed, judge), budget)
		if ok {
			percent += 100 / float64(tasks)
		}
		calls += float64(c) / float64(tasks)
	}
	return percent, calls
}

// TestShape checks that the methods stand to each other as in cost-findings (home, p .65, budget 40, no judge, diffuse
// errors): paper and greedy far below the vote of each step, azimuth far above it, outline above azimuth in fewer calls.
// On 150 tasks: greedy 1 %, paper 0, vote 43, azimuth 81, outline 95; the findings have 4, 2, 42, 70 and 97.
func TestShape(t *testing.T) {
	got, calls := map[string]float64{}, map[string]float64{}
	for _, m := range methods {
		got[m.key()], calls[m.key()] = m.rate(t, 100, 40, .65, false, false)
		t.Logf("%-8s %3.0f %% at %4.1f calls", m.key(), got[m.key()], calls[m.key()])
	}
	for _, c := range []struct {
		better, worse string
		by            float64 // points
	}{
		{search.Vote, search.Greedy, 20}, {search.Vote, search.Paper, 20}, {search.Vote, search.Uniform, 20},
		{search.Azimuth, search.Vote, 15}, {search.Azimuth, search.Paper, 50}, {search.Outline, search.Azimuth, 3},
	} {
		if got[c.better] < got[c.worse]+c.by {
			t.Errorf("%s %.0f %%, %s %.0f %%: want %v points between them", c.better, got[c.better], c.worse, got[c.worse], c.by)
		}
	}
	if calls[search.Outline] > .75*calls[search.Azimuth] {
		t.Errorf("outline takes %.1f calls, azimuth %.1f", calls[search.Outline], calls[search.Azimuth])
	}
}

func (m method) key() string {
	if m.preset == "" {
		return m.name
	}
	return m.preset
}
