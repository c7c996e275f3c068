package puzzle

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/bench/puzzle/lightsout"
	"github.com/azimuthdev/azimuth/bench/puzzle/pancake"
	"github.com/azimuthdev/azimuth/bench/puzzle/rubik"
)

// Result is what [Run] measured.
type Result struct {
	Rows   []Row   `json:"rows"`
	Checks []Check `json:"checks"`
	o      Options
}

// Run measures all settings, which takes about ten seconds on one core with the defaults. The instances depend on the
// seed alone. Errors: those of [Options.Validate], or the context's.
func Run(ctx context.Context, o *Options) (*Result, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	r := &Result{o: o.withDefaults()}
	for i, part := range []func(context.Context, *rand.Rand) error{r.small, r.pancakes, r.lights, r.rubik} {
		if err := part(ctx, rand.New(rand.NewPCG(r.o.Seed, uint64(i)))); err != nil {
			return nil, err
		}
	}
	r.check()
	return r, nil
}

// small holds both methods to Dijkstra's algorithm where that can still be run.
func (r *Result) small(ctx context.Context, rng *rand.Rand) error {
	all := []string{Dijkstra, AStar, QStar}
	p, err := pancake.New(7)
	if err != nil {
		return err
	}
	stacks := newFamily(r.o.Instances, func() pancake.State { return p.Shuffled(rng) })
	err = measure(ctx, r, stacks, setting[pancake.State]{"pancake", p, p.H, p.Q, 1, 1, true}, all...)
	if err != nil {
		return err
	}
	l, err := lightsout.New(5)
	if err != nil {
		return err
	}
	lamps := newFamily(r.o.Instances, func() lightsout.State { return l.Scrambled(rng, 3) })
	err = measure(ctx, r, lamps, setting[lightsout.State]{"lights out, 3 presses", l, l.Count, l.CountQ, 1, 1, true}, all...)
	if err != nil {
		return err
	}
	c, e, err := cube(2, 1)
	if err != nil {
		return err
	}
	cubes := newFamily(r.o.Instances, func() rubik.State { return c.Scrambled(rng, 7) })
	return measure(ctx, r, cubes, setting[rubik.State]{"rubik 2x2x2", c, e.H, e.Q, 1, 1, true}, all...)
}

func (r *Result) pancakes(ctx context.Context, rng *rand.Rand) error {
	for _, n := range []int{10, 20, 35} {
		p, err := pancake.New(n)
		if err != nil {
			return err
		}
		f := newFamily(r.o.Instances, func() pancake.State { return p.Shuffled(rng) })
		err = measure(ctx, r, f, setting[pancake.State]{"pancake", p, p.H, p.Q, 1, 1, true}, AStar, QStar)
		if err != nil {
			return err
		}
	}
	return nil
}

// presses is how many of the lamps are pressed for the bound, which is weak.
const presses = 6

func (r *Result) lights(ctx context.Context, rng *rand.Rand) error {
	for _, n := range []int{5, 7} {
		p, err := lightsout.New(n)
		if err != nil {
			return err
		}
		f := newFamily(r.o.Instances, func() lightsout.State { return p.Scrambled(rng, presses) })
		err = measure(ctx, r, f, setting[lightsout.State]{fmt.Sprintf("lights out, %d presses", presses), p, p.Count, p.CountQ, 1, 1, true}, AStar, QStar)
		if err != nil {
			return err
		}
		h, q := p.Learned(0.3, r.o.Seed)
		f = newFamily(r.o.Instances, func() lightsout.State { return p.Scrambled(rng, n*n/2) })
		for i, s := range f.starts {
			f.least[i] = p.Distance(s)
		}
		err = measure(ctx, r, f, setting[lightsout.State]{"lights out, learned", p, h, q, 0.6, 1, false}, AStar, QStar)
		if err != nil {
			return err
		}
	}
	return nil
}

// cube returns a cube with its pattern databases.
func cube(size, length int) (*rubik.Cube, *rubik.Patterns, error) {
	c, err := rubik.New(size, length)
	if err != nil {
		return nil, nil, err
	}
	sets := [][]int{{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9, 10, 11}, {12, 13, 14, 15}, {16, 17, 18, 19}}
	if size == 2 {
		sets = sets[:2]
	}
	p, err := rubik.NewPatterns(c, sets...)
	return c, p, err
}

// rubik takes the same scrambles through all action sets. The paper's own setting is a weight of 0.6 and batches of
// 10,000; 100 is what scrambles this short leave room for.
func (r *Result) rubik(ctx context.Context, rng *rand.Rand) error {
	var f *family[rubik.State]
	for length := 1; length <= 3; length++ {
		c, p, err := cube(3, length)
		if err != nil {
			return err
		}
		if f == nil {
			f = newFamily(r.o.Instances, func() rubik.State { return c.Scrambled(rng, r.o.Turns) })
		}
		h, q := p.Learned(0.1, r.o.Seed)
		for _, s := range []setting[rubik.State]{
			{"rubik", c, p.H, p.Q, 1, 1, true},
			{"rubik", c, p.H, p.Q, 0.6, 1, true},
			{"rubik", c, p.H, p.Q, 0.6, 100, true},
			{"rubik, learned", c, h, q, 0.6, 1, false},
		} {
			if err := measure(ctx, r, f, s, AStar, QStar); err != nil {
				return err
			}
		}
	}
	return nil
}
