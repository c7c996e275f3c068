package papers

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/azimuthdev/azimuth/bench"
	"github.com/azimuthdev/azimuth/learn/calql"
	"github.com/azimuthdev/azimuth/search"
)

// The critics that are compared: the true values of the best choices, and what is learnt from demonstrations.
const (
	exactCritic = "the true Q"
	calibrated  = "Cal-QL"
	unfloored   = "CQL, without the floor"
	unheld      = "TD, without the term"
	heavier     = "Cal-QL, alpha 0.05 for 0.01"
	bestNext    = "Cal-QL of the best of all next actions (the paper's code: of 4 samples)"
)

var criticNames = []string{exactCritic, calibrated, unfloored, unheld, heavier, bestNext}

// samplesOf are the numbers of samples that success is measured against.
var samplesOf = []int{1, 2, 5, 10, 50}

// critic rates what could be done at a place, in [0,1].
type critic func(p place, action int) float64

// trial counts what came of the episodes of one critic.
type trial struct {
	won    []int // a number of samples
	rating float64
}

// reaching counts over worlds.
type reaching struct {
	episodes, held, demos int
	steps                 float64 // demonstrated
	alone                 int
	had                   float64 // returns of what was demonstrated
	of                    map[string]*trial
}

// measureCritics holds the critics against each other, worlds and episodes the same for all.
func measureCritics(ctx context.Context, o *Options) ([]Point, error) {
	r := reaching{of: map[string]*trial{}}
	for _, name := range criticNames {
		r.of[name] = &trial{won: make([]int, len(samplesOf))}
	}
	for seed := range o.tasks(6) {
		if err := r.world(ctx, uint64(seed), o.tasks(60)); err != nil {
			return nil, err
		}
	}
	return r.points(), nil
}

// world adds what comes of one world.
func (r *reaching) world(ctx context.Context, seed uint64, episodes int) error {
	w, demos := newReach(seed, 100)
	steps := w.steps(demos)
	none, five := 0.0, .05
	settings := map[string]*calql.Options{
		calibrated: {Seed: seed}, unfloored: {Seed: seed, NoFloor: true}, unheld: {Seed: seed, Alpha: &none},
		heavier: {Seed: seed, Alpha: &five}, bestNext: {Seed: seed, Backup: calql.BackupMax},
	}
	for _, name := range criticNames {
		q := w.exact()
		if o := settings[name]; o != nil {
			c, err := calql.Train(ctx, reachable, steps, o)
			if err != nil {
				return err
			}
			q = func(p place, action int) float64 { return c.Q(phi(p, action)) }
		}
		if err := r.steered(ctx, w, demos, name, q, seed, episodes); err != nil {
			return err
		}
	}
	for _, d := range demos {
		r.demos++
		if d.held {
			r.held++
		}
	}
	for i := range steps {
		r.steps++
		r.had += steps[i].Return
	}
	for e := range uint64(episodes) {
		r.episodes++
		if w.alone(seed<<32 | e) {
			r.alone++
		}
	}
	return nil
}

// steered adds the episodes of one critic.
func (r *reaching) steered(ctx context.Context, w *reach, demos []demo, name string, q critic, seed uint64, episodes int) error {
	t, unit := r.of[name], w.unit(q)
	for _, d := range demos {
		for _, p := range d.at {
			for a, likely := range w.at(p) {
				t.rating += likely * q(p, a)
			}
		}
	}
	for i, k := range samplesOf {
		for e := range uint64(episodes) {
			if err := ctx.Err(); err != nil {
				return err
			}
			held, err := w.episode(unit, k, seed<<32|e)
			if err != nil {
				return err
			}
			if held {
				t.won[i]++
			}
		}
	}
	return nil
}

// points are the successes, and what the claim says of them.
func (r *reaching) points() []Point {
	at := func(won int) bench.Interval { return bench.Wilson(won, r.episodes, bench.Z95) }
	shown := func(i bench.Interval) string { return fmt.Sprintf("%.1f (%.1f to %.1f)", 100*i.At, 100*i.Lo, 100*i.Hi) }
	out := []Point{
		{What: "reach: demonstrations that grasp", Got: fmt.Sprintf("%d of %d, mean return of their steps %.2f", r.held, r.demos, r.had/r.steps)},
		{What: "reach: the policy alone", Got: shown(at(r.alone)) + " %"},
	}
	worst := map[string]float64{}
	for _, name := range criticNames {
		t := r.of[name]
		var got []string
		for i, k := range samplesOf {
			got = append(got, fmt.Sprintf("K=%d %s", k, shown(at(t.won[i]))))
			if i > 0 {
				worst[name] = max(worst[name], at(t.won[i-1]).At-at(t.won[i]).At)
			}
		}
		out = append(out, Point{What: "reach: " + name, Got: fmt.Sprintf("%s %% of %d; the policy's actions rated %.2f on the mean", strings.Join(got, ", "), r.episodes, t.rating/r.steps)})
	}
	last := len(samplesOf) - 1
	one, most := at(r.of[calibrated].won[0]), at(r.of[calibrated].won[last])
	bare := at(r.of[unfloored].won[last])
	return append(out,
		same("reach: K = 1 is the policy alone", one, at(r.alone)),
		Point{What: "reach: gain of K = 50 over K = 1, Cal-QL", Got: fmt.Sprintf("%+.1f points", 100*(most.At-one.At)), Want: "intervals apart", Holds: most.Lo > one.Hi},
		Point{What: "reach: gain of the floor at K = 50", Got: fmt.Sprintf("%+.1f points", 100*(most.At-bare.At)), Want: "at least 0", Holds: most.At >= bare.At},
		fall("reach: greatest fall from K to K, Cal-QL", worst[calibrated]), fall("reach: greatest fall from K to K, the true Q", worst[exactCritic]),
	)
}

// fall holds the greatest loss of success from one number of samples to the next to what chance may do.
func fall(what string, by float64) Point {
	return Point{What: what, Got: fmt.Sprintf("%.1f points", 100*by), Want: "at most 3", Holds: by <= .03}
}

// episode is whether the policy, steered by a critic among k samples by [search.VGPS] itself at beta 0, grasps the thing. Nothing is
// taken back: the search is told of each place once, and stops where an episode does.
func (w *reach) episode(q critic, k int, seed uint64) (bool, error) {
	var best float64
	s, err := search.New(search.VGPS, &search.Options{Samples: k, MaxDepth: patience + 1, V: search.VGPSOptions{Beta: &best}})
	if err != nil {
		return false, err
	}
	t, rng := search.NewTree(nil), rand.New(rand.NewPCG(seed, 0x4eac5))
	at := map[search.NodeID]place{search.Root: start(rng)}
	for {
		asked := s.Ask(t, 1)
		if len(asked) == 0 {
			return false, fmt.Errorf("reach: %s has nothing to ask after %d steps", search.VGPS, len(at)-1)
		}
		r := asked[0]
		here, known := at[r.Node]
		if !known {
			here = w.step(at[t.Parent(r.Node)], int(t.Action(r.Node)))
			at[r.Node] = here
		}
		if here.ended || t.Depth(r.Node) == patience {
			return here.held, nil
		}
		o := search.Outcome{Failed: search.None}
		if r.Kind == search.Evaluate {
			for c := range t.Children(r.Node) {
				o.Values = append(o.Values, q(here, int(t.Action(c))))
			}
		} else {
			o.Samples, o.Candidates = k, w.sample(here, k, rng)
		}
		s.Tell(t, r, o)
	}
}

// unit is a critic in [0,1], which is what ratings are cut to: stretched by its own range, which changes no order.
func (w *reach) unit(q critic) critic {
	low, high := math.Inf(1), math.Inf(-1)
	for i := range side * side {
		p := place{x: i % side, y: i / side}
		for a, likely := range w.at(p) {
			if likely > 0 && open(p.x, p.y) {
				low, high = min(low, q(p, a)), max(high, q(p, a))
			}
		}
	}
	return func(p place, action int) float64 { return (q(p, action) - low) / (high - low) }
}

// sample is what the policy proposes in k samples.
func (w *reach) sample(p place, k int, rng *rand.Rand) []search.Candidate {
	var votes [actions]int32
	for range k {
		votes[w.draw(p, rng)]++
	}
	var out []search.Candidate
	for a, n := range votes {
		if n > 0 {
			out = append(out, search.Candidate{Parent: -1, Action: search.ActionID(a), Votes: n})
		}
	}
	return out
}

// alone is whether the policy grasps the thing by itself.
func (w *reach) alone(seed uint64) bool {
	rng := rand.New(rand.NewPCG(seed, 0x4eac5))
	p := start(rng)
	for i := 0; i < patience && !p.ended; i++ {
		p = w.step(p, w.draw(p, rng))
	}
	return p.held
}
