package papers

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/azimuthdev/azimuth/bench"
	"github.com/azimuthdev/azimuth/search"
)

// chains are tasks of a number of steps, each right with a probability; a chain with a wrong step has a wrong answer. A
// judge scores each step: 1 where all is right so far, 0 where not, with normal noise.
type chains struct {
	right, noise float64
	steps        int
	rng          *rand.Rand
}

// chain is a beginning of a solution.
type chain struct {
	wrong bool
	score float64 // of its last step
	least float64 // of all its steps
}

func (c *chains) step(from chain) chain {
	from.wrong = from.wrong || c.rng.Float64() >= c.right
	from.score = c.noise * c.rng.NormFloat64()
	if !from.wrong {
		from.score++
	}
	from.least = min(from.least, from.score)
	return from
}

// solved says whether the method's answer is right, with a budget of n samples at a step.
func (c *chains) solved(method string, n int) bool {
	kept := make([]chain, n)
	for i := range kept {
		kept[i].least = math.Inf(1)
	}
	if method != search.BestOfN {
		kept = kept[:max(n/4, 1)]
	}
	for range c.steps {
		kept = c.level(method, kept, n)
	}
	samples := make([]search.Scored, len(kept))
	for i, k := range kept {
		samples[i] = search.Scored{Answer: i, Score: k.least}
	}
	return !kept[search.Choose(search.ByScore, samples)].wrong
}

// level makes a step of all that are kept.
func (c *chains) level(method string, kept []chain, n int) []chain {
	var next []chain
	for _, from := range kept {
		if method == search.BestOfN {
			next = append(next, c.step(from))
			continue
		}
		var own []chain
		for range min(n, 4) {
			own = append(own, c.step(from))
		}
		if method == search.DiverseBeam {
			own = best(own, 1)
		}
		next = append(next, own...)
	}
	return best(next, len(kept))
}

func best(all []chain, n int) []chain {
	slices.SortStableFunc(all, func(a, b chain) int { return cmp.Compare(b.score, a.score) })
	return all[:min(n, len(all))]
}

// tts chooses between best-of-N and beams by what was measured on other tasks (Liu et al., arXiv 2502.06703).
func tts(ctx context.Context, o *Options, f *Finding) error {
	*f = Finding{
		Paper: "tts", Simulated: "SIMULATED policy and judge of chains of steps",
		Claim:    "Which method makes most of a budget depends on policy, judge and difficulty; choosing it by these on other tasks beats every fixed method; weak policies prefer search, strong ones best-of-N.",
		Expected: "the choice solves at least as much as every fixed method on the tasks for tuning, and at most 1 point less than the best of them on those for testing; not one method is best everywhere",
		Notes:    []string{"Steps fail independently and scores have independent noise; beams go by the last score, answers are chosen by the least. Real scores have biases, such as for length.", "That weak policies prefer search and strong ones best-of-N is not tested."},
	}
	tasks := o.tasks(400)
	tuning, err := measureChains(ctx, tasks, 1)
	if err != nil {
		return err
	}
	testing, err := measureChains(ctx, tasks, 2)
	if err != nil {
		return err
	}
	table, err := search.NewTTS(tuning)
	if err != nil {
		return err
	}
	chosen := map[string]int{}
	for _, m := range tuning {
		if name, _ := table.Choose(m.Situation); name == m.Method {
			chosen[name]++
		}
	}
	for _, name := range []string{search.BestOfN, search.Beam, search.DiverseBeam} {
		f.Measured = append(f.Measured, Point{What: name, Got: fmt.Sprintf("chosen in %d of %d situations", chosen[name], len(tuning)/3)})
	}
	f.fixed("tuning", tuning, table, 0)
	f.fixed("testing", testing, table, .01)
	f.Measured = append(f.Measured, Point{What: "methods that are chosen somewhere", Got: fmt.Sprint(len(chosen)), Want: "at least 2", Holds: len(chosen) > 1})
	return nil
}

// fixed compares the choice with each fixed method.
func (f *Finding) fixed(split string, measured []search.Measured, table *search.TTS, slack float64) {
	solved, tasks := map[string]int{}, 0
	for _, m := range measured {
		solved[m.Method] += m.Solved
		if name, _ := table.Choose(m.Situation); name == m.Method {
			solved["the choice"] += m.Solved
			tasks += m.Tasks
		}
	}
	own := bench.Wilson(solved["the choice"], tasks, bench.Z95)
	for _, name := range []string{search.BestOfN, search.Beam, search.DiverseBeam} {
		other := bench.Wilson(solved[name], tasks, bench.Z95)
		f.Measured = append(f.Measured, Point{
			What: split + ": the choice and always " + name, Got: fmt.Sprintf("%.1f %% and %.1f %%", 100*own.At, 100*other.At),
			Want: fmt.Sprintf("at most %.0f points less", 100*slack), Holds: own.At >= other.At-slack,
		})
	}
}

// measureChains measures all methods in all situations.
func measureChains(ctx context.Context, tasks int, seed uint64) ([]search.Measured, error) {
	var out []search.Measured
	for _, right := range []float64{.6, .85} {
		for _, steps := range []int{2, 5, 10} {
			for _, noise := range []float64{.2, .6, 1.5} {
				for _, n := range []int{4, 16, 64} {
					if err := ctx.Err(); err != nil {
						return nil, err
					}
					s := search.Situation{
						Policy: fmt.Sprintf("a step right in %v, %d steps", right, steps), Judge: fmt.Sprintf("noise %v", noise),
						Difficulty: search.DifficultyOf(math.Pow(right, float64(steps))), Budget: n,
					}
					for _, method := range []string{search.BestOfN, search.Beam, search.DiverseBeam} {
						c := chains{right, noise, steps, rand.New(rand.NewPCG(seed, uint64(len(out))))}
						m := search.Measured{Situation: s, Method: method, Tasks: tasks}
						for range tasks {
							if c.solved(method, n) {
								m.Solved++
							}
						}
						out = append(out, m)
					}
				}
			}
		}
	}
	return out, nil
}
