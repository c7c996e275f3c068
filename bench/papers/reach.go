package papers

import (
	"math"
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/learn/calql"
)

// The world of the critic's experiment: a hand on a plane of side x side places reaches for a thing behind a wall that has
// a gap on either side. It moves to one of eight neighbours, or grasps, which ends the episode: well where the thing is at
// most one place off.
const (
	side     = 24
	wall     = side / 2 // its row
	moves    = 8
	grasp    = moves // the action
	actions  = moves + 1
	patience = 60 // actions of an episode
	discount = .98
)

// place is where the hand is; ended after a grasp.
type place struct {
	x, y        int
	ended, held bool
}

// reach is one world: where the thing is, and what the policy learnt from its demonstrations.
type reach struct {
	thing  place
	policy [blocks * blocks][actions]float64 // likelihoods, in each block of places
}

// blocks of block x block places are what the policy can tell apart: too coarse to grasp well.
const (
	block  = 4
	blocks = side / block
)

func open(x, y int) bool {
	inside := x >= 0 && x < side && y >= 0 && y < side
	return inside && (y != wall || x >= 2 && x <= 4 || x >= side-5 && x <= side-3)
}

// step is where an action leads; against the wall the hand stays where it is.
func (w *reach) step(p place, action int) place {
	if action == grasp {
		p.ended, p.held = true, max(p.x-w.thing.x, w.thing.x-p.x, p.y-w.thing.y, w.thing.y-p.y) <= 1
		return p
	}
	turn := [moves][2]int{{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}[action]
	if x, y := p.x+turn[0], p.y+turn[1]; open(x, y) {
		p.x, p.y = x, y
	}
	return p
}

// start is a place to begin at, below the wall.
func start(rng *rand.Rand) place { return place{x: rng.IntN(side), y: rng.IntN(4)} }

func (w *reach) at(p place) *[actions]float64 { return &w.policy[p.y/block*blocks+p.x/block] }

// draw is what the policy does.
func (w *reach) draw(p place, rng *rand.Rand) int {
	u := rng.Float64()
	for a, likely := range w.at(p) {
		if u -= likely; u < 0 {
			return a
		}
	}
	return grasp - 1
}

// demo is one recorded episode: the places, and what was done at each.
type demo struct {
	at   []place
	done []int
	held bool
}

// newReach makes a world, has it demonstrated by people of unlike care, each by one of the two gaps, and has the policy
// copy how often each action was taken in each block.
func newReach(seed uint64, demos int) (*reach, []demo) {
	rng := rand.New(rand.NewPCG(seed, 0x4eac4))
	w := &reach{thing: place{x: 6 + rng.IntN(side-12), y: side - 6 + rng.IntN(4)}}
	out := make([]demo, demos)
	for i := range out {
		out[i] = w.demonstrate([]float64{0, .2, .5}[i%3], rng)
	}
	w.imitate(out)
	return w, out
}

// demonstrate goes to a gap and on to the thing. A share of what it does is careless: a move anywhere, and near the thing
// a grasp too early.
func (w *reach) demonstrate(careless float64, rng *rand.Rand) demo {
	gap := []int{3, side - 4}[rng.IntN(2)]
	p, d := start(rng), demo{}
	for len(d.done) < patience && !p.ended {
		to := w.thing
		switch {
		case p.y == wall, p.y < wall && p.x == gap: // straight through, then on
			to = place{x: p.x, y: wall + 1}
		case p.y < wall:
			to = place{x: gap, y: wall - 1}
		}
		action := towards(sign(to.x-p.x), sign(to.y-p.y))
		if slip := rng.Float64() < careless; slip && near(p, w.thing) {
			action = grasp
		} else if slip {
			action = rng.IntN(moves)
		}
		d.at, d.done = append(d.at, p), append(d.done, action)
		p = w.step(p, action)
	}
	d.held = p.held
	return d
}

func near(p, thing place) bool { return max(p.x-thing.x, thing.x-p.x, p.y-thing.y, thing.y-p.y) <= 4 }

func sign(x int) int { return min(1, max(-1, x)) }

// towards is the move by these signs, or the grasp where there is nothing left to go.
func towards(dx, dy int) int {
	if dx == 0 && dy == 0 {
		return grasp
	}
	return (int(math.Round(math.Atan2(float64(dy), float64(dx))/(math.Pi/4))) + moves) % moves
}

func (w *reach) imitate(demos []demo) {
	for _, d := range demos {
		for i, p := range d.at {
			w.at(p)[d.done[i]]++
		}
	}
	for i := range w.policy {
		sum := 0.0
		for _, n := range w.policy[i] {
			sum += n
		}
		for a := range w.policy[i] {
			if sum > 0 {
				w.policy[i][a] /= sum
			} else if a != grasp { // nobody was here: any move
				w.policy[i][a] = 1. / moves
			}
		}
	}
}

// Tile coding: tilings of the places, each shifted by one, and a weight for each tile and action.
const (
	tilings   = 4
	tiles     = side/tilings + 1
	reachable = tilings * tiles * tiles * actions
)

// phi are the features of a place and an action; their squares add up to 1.
func phi(p place, action int) []calql.Feature {
	out := make([]calql.Feature, tilings)
	for i := range out {
		tile := (i*tiles+(p.y+i)/tilings)*tiles + (p.x+i)/tilings
		out[i] = calql.Feature{At: tile*actions + action, By: .5}
	}
	return out
}

// steps are the demonstrations as a critic learns from them: 1 for a thing that was grasped, 0 for all else.
func (w *reach) steps(demos []demo) []calql.Step {
	var out []calql.Step
	for _, d := range demos {
		rewards := make([]float64, len(d.done))
		if d.held {
			rewards[len(rewards)-1] = 1
		}
		returns := calql.Returns(rewards, discount)
		for i, p := range d.at {
			s := calql.Step{Done: phi(p, d.done[i]), Reward: rewards[i], Return: returns[i], Here: w.options(p)}
			if next := w.step(p, d.done[i]); !next.ended {
				s.Next = w.options(next)
			}
			out = append(out, s)
		}
	}
	return out
}

func (w *reach) options(p place) []calql.Option {
	out := make([]calql.Option, 0, actions)
	for a, likely := range w.at(p) {
		if likely > 0 {
			out = append(out, calql.Option{Features: phi(p, a), P: likely})
		}
	}
	return out
}

// exact is the true Q of choosing the best at every place, by value iteration.
func (w *reach) exact() critic {
	var q [side][side][actions]float64
	for range 4 * side {
		old := q
		for y := range side {
			for x := range side {
				for a := range actions {
					next := w.step(place{x: x, y: y}, a)
					v := 0.0
					switch {
					case next.held:
						v = 1
					case !next.ended:
						for _, b := range old[next.y][next.x] {
							v = max(v, discount*b)
						}
					}
					q[y][x][a] = v
				}
			}
		}
	}
	return func(p place, action int) float64 { return q[p.y][p.x][action] }
}
