package papers

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/azimuthdev/azimuth/bench"
	"github.com/azimuthdev/azimuth/search"
)

// The exam: questions with 4 choices, of which the answerer takes the first out of habit in some of its calls.
const (
	choices   = 4
	habit     = .15
	shownMost = 5 // demonstrations
	topics    = 6 // dimensions of a question's embedding
)

// examinee answers a question right with sigmoid(skill - difficulty + gain*similarity of what it is shown).
type examinee struct{ skill, gain float64 }

// prompting is a way of asking.
type prompting struct {
	name  string
	demos string // none, random or nearest
	votes int
}

var promptings = []prompting{
	{"zero-shot", "none", 1},
	{"5 random demonstrations", "random", 1},
	{"5 nearest demonstrations", "nearest", 1},
	{"5 nearest, 5 shuffled votes", "nearest", 5},
	{"5 nearest, 15 shuffled votes", "nearest", 15},
	{"zero-shot, 5 shuffled votes", "none", 5},
}

// medprompt compares ways of asking (Nori et al., arXiv 2411.03590), for a model that demonstrations help and for one that
// they disturb.
func medprompt(ctx context.Context, o *Options, f *Finding) error {
	*f = Finding{
		Paper: "medprompt", Simulated: "SIMULATED answerer of questions with 4 choices",
		Claim:    "Nearest demonstrations and votes over shuffled choices raise accuracy step by step, with less and less to gain; a model that reasons by itself does better without any of it, and demonstrations harm it.",
		Expected: "for the plain model zero-shot < random < nearest < 5 votes, each beyond both intervals but the first, and 15 votes no less than 5; for the reasoning one zero-shot beats the plain model's best and its own with demonstrations",
		Notes:    []string{"The reasoning model's skill and its loss by demonstrations are put in, after the paper: what is shown is how that plays out in cost, not that it is so. Cost is in plain questions; 5 demonstrations cost 1.5 more. Calls are independent here, so that votes gain more than a real model's, which errs alike each time."},
	}
	exam := newExam(o.tasks(2000))
	at := map[string]bench.Interval{}
	for _, who := range []struct {
		name string
		examinee
	}{{"plain", examinee{0, 1.5}}, {"reasoning", examinee{3, -.8}}} {
		var costs, right []float64
		for _, p := range promptings {
			if err := ctx.Err(); err != nil {
				return err
			}
			n := exam.sit(who.examinee, p)
			s := bench.Wilson(n, len(exam.questions), bench.Z95)
			at[who.name+", "+p.name] = s
			costs, right = append(costs, p.cost()), append(right, s.At)
		}
		front := nonDominated(costs, right)
		for i, p := range promptings {
			s, note := at[who.name+", "+p.name], ""
			if front[i] {
				note = ", on the front"
			}
			f.Measured = append(f.Measured, Point{What: who.name + ", " + p.name, Got: fmt.Sprintf("%.1f %% [%.1f, %.1f] at %.1f%s", 100*s.At, 100*s.Lo, 100*s.Hi, costs[i], note)})
		}
	}
	above := func(a, b string, apart bool) {
		x, y := at[a], at[b]
		p := Point{What: a + ", less " + b, Got: fmt.Sprintf("%+.1f points", 100*(x.At-y.At)), Want: "at least 0", Holds: x.At >= y.At}
		if apart {
			p.Want, p.Holds = "intervals apart", x.Lo > y.Hi
		}
		f.Measured = append(f.Measured, p)
	}
	above("plain, "+promptings[1].name, "plain, "+promptings[0].name, false)
	above("plain, "+promptings[2].name, "plain, "+promptings[1].name, true)
	above("plain, "+promptings[3].name, "plain, "+promptings[2].name, true)
	above("plain, "+promptings[4].name, "plain, "+promptings[3].name, false)
	above("reasoning, "+promptings[0].name, "plain, "+promptings[4].name, true)
	above("reasoning, "+promptings[0].name, "reasoning, "+promptings[2].name, true)
	return nil
}

// cost is in questions without demonstrations.
func (p prompting) cost() float64 {
	one := 1.0
	if p.demos != "none" {
		one += 1.5
	}
	return one * float64(p.votes)
}

// nonDominated says of which no other costs no more and is no worse, one of both less or better.
func nonDominated(costs, right []float64) []bool {
	out := make([]bool, len(costs))
	for i := range costs {
		out[i] = true
		for j := range costs {
			if costs[j] <= costs[i] && right[j] >= right[i] && (costs[j] < costs[i] || right[j] > right[i]) {
				out[i] = false
			}
		}
	}
	return out
}

// exam is questions and a pool of solved ones.
type exam struct {
	questions, pool [][]float64
	difficulty      []float64
}

func newExam(n int) *exam {
	rng, e := rand.New(rand.NewPCG(2411, 3590)), &exam{}
	vector := func() []float64 {
		v := make([]float64, topics)
		for i := range v {
			v[i] = rng.NormFloat64()
		}
		return v
	}
	for range n {
		e.questions, e.difficulty = append(e.questions, vector()), append(e.difficulty, 1.2*rng.NormFloat64())
	}
	for range 300 {
		e.pool = append(e.pool, vector())
	}
	return e
}

// sit returns how many questions are answered right.
func (e *exam) sit(who examinee, p prompting) int {
	rng, right := rand.New(rand.NewPCG(9, uint64(p.votes))), 0
	for i, q := range e.questions {
		knows := 1 / (1 + math.Exp(e.difficulty[i]-who.skill-who.gain*e.similarity(q, p.demos, rng)))
		s, err := search.NewEnsemble(choices, &search.EnsembleOptions{Votes: p.votes, Seed: uint64(i)})
		if err != nil {
			return 0 // the numbers are constants
		}
		truth, positions := rng.IntN(choices), make([]int, s.Votes())
		for v := range positions {
			positions[v] = answer(rng, knows, slices.Index(s.Order(v), truth))
		}
		if c, _ := s.Decide(positions); c == truth {
			right++
		}
	}
	return right
}

// answer is the position that one call takes.
func answer(rng *rand.Rand, knows float64, right int) int {
	switch {
	case rng.Float64() < habit:
		return 0
	case rng.Float64() < knows:
		return right
	}
	return (right + 1 + rng.IntN(choices-1)) % choices
}

// similarity is the mean cosine of what is shown, at least 0; a demonstration of another kind neither helps nor harms.
func (e *exam) similarity(q []float64, demos string, rng *rand.Rand) float64 {
	var shown []int
	switch demos {
	case "none":
		return 0
	case "random":
		shown = rng.Perm(len(e.pool))[:shownMost]
	default:
		shown = search.Nearest(q, e.pool, shownMost)
	}
	total := 0.0
	for _, d := range shown {
		total += max(search.Cosine(q, e.pool[d]), 0) / shownMost
	}
	return total
}
