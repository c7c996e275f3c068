package search

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The names of the strategies.
const (
	AStar   = "astar"   // best-first by g + h; see [Options.Preset]
	Uniform = "uniform" // best-first by g alone: the cheapest plan of what is proposed (Dijkstra)
	Greedy  = "greedy"  // one sample a step, followed without branching (ReAct)
	Vote    = "vote"    // the majority of k samples a step, followed without branching
)

// The presets of [AStar]. Each belongs with the scorer of the same name in package cost.
const (
	Paper   = "paper"
	Azimuth = "azimuth"
	Outline = "outline"
	Auto    = "auto"
)

// The names of the strategies that are not best-first.
const (
	BestOfN    = "bestofn"    // whole plans one after another, of which the judge picks
	Majority   = "majority"   // whole plans, of which the most frequent is taken (self-consistency)
	Beam       = "beam"       // the best rated b of each level (ToT-BFS)
	DFS        = "dfs"        // the best rated first, and back (ToT-DFS, DFSDT)
	AdaPlanner = "adaplanner" // a whole plan, refined from where it fails
	Reflexion  = "reflexion"  // trials, each with the lessons of those before
	MCTS       = "mcts"       // tree search with rollouts; see [TreeOptions]
	RAP        = "rap"        // mcts with the settings of RAP
	LATS       = "lats"       // mcts with the settings of LATS
	CPL        = "cpl"        // mcts with the settings of CPL, over outlines
)

// Names returns the names that [New] knows.
func Names() []string {
	return []string{
		AStar, Uniform, QStar, Greedy, Vote, BestOfN, Majority, Beam, DFS, AdaPlanner, Reflexion, MCTS, RAP, LATS, CPL, VGPS,
		ComputeOptimal,
		CoSTA,
	}
}

// Presets returns the presets of [AStar].
func Presets() []string { return []string{Auto, Azimuth, Outline, Paper} }

// Errors that [New] and [Options.Validate] wrap.
var (
	ErrName    = errors.New("unknown strategy")
	ErrOptions = errors.New("bad search option")
)

// Options shapes a strategy. The zero value is ready to use but for Scorer, which [AStar] needs.
type Options struct {
	// Preset of AStar: "auto" when empty, "azimuth", "outline" or "paper".
	Preset string
	// Samples asked for in one request, 1 to 1000; 0 means 5 (1 for greedy).
	Samples int
	// MaxDepth is the greatest number of calls in a plan, 1 to 1000; 0 means 24.
	MaxDepth int
	// MaxExpansions ends the search after so many expansions; 0 means no limit.
	MaxExpansions int
	// Scorer prices nodes. A fresh one for each run. AStar needs one (see cost.New); for the others nil means that a
	// step costs the share of samples that did not propose it.
	Scorer Scorer
	// Gate accepts a step without branching when its lead over the next one is at least this share of the samples at
	// its place, in (0,1]; 0 means off (0.8 for auto), negative off for auto too. Lifted when a plan is rejected, auto turns or
	// nothing else is left. Measured: no effect on success, fewer nodes.
	Gate float64
	// MinSupport (m), Margin (mg) and MaxSupport (mmax) say when an outline's node needs no request of its own: m samples
	// and a lead of mg, or mmax samples. 0 means (Samples+1)/2, 3 and 25 (never below Samples). A negative Margin is none:
	// m samples are enough.
	MinSupport, Margin, MaxSupport int
	// Patience is by how many requests the outlines of preset auto may fall behind a walk, which asks once for each call,
	// before it turns to single steps: 1 to 1000; 0 means 4 where Samples is 10 or more, else 12 (ours, chosen by measurement);
	// negative is no limit: then only a rejected plan turns it.
	Patience int
	// ReopenMax is up to how many samples a node of astar offers "none of these" as a way on, which is also the way out
	// where every call that was proposed failed; 0 means 40, negative is off. Preset paper never asks a node twice.
	ReopenMax int
	// FirstAccepted keeps plans that the judge rejected from coming up again: the first one that is accepted is the answer, and
	// a rejected one is only taken when nothing else is left. Otherwise a rejected plan comes back by the judge's odds.
	// Measured over five worlds, preset azimuth: 1 point less with diffuse errors, 2 more with systematic ones.
	FirstAccepted bool
	// Adaptive asks for 2 samples first and for 3 more where they disagree. Off by default: it costs more calls and
	// tokens unless the backend caches prompts or can't return n samples at once.
	Adaptive bool
	// Commutes says whether two calls can change places, such as independent reads: symmetric, and always the same for the
	// same two. Samples that hold them in another order then share their votes, what they imagine to follow included, and
	// nodes that hold the same calls in another such order are kept once, but for strategies that walk, make passes or work
	// on outlines.
	// A call that does not commute with itself names earlier steps by their number: the steps before it keep their places.
	// It is not asked about final answers. nil is off.
	Commutes func(a, b ActionID) bool
	// Retries is how often a place is asked again whose every candidate failed, or where a walk was held up; 0 means 3. In
	// astar see ReopenMax.
	Retries int
	// Base is how bestofn and majority make a plan: greedy (a sample a step), vote (the majority of Samples a step) or
	// outline (a sample with all that it expects to follow). Empty means vote for bestofn and outline for majority.
	Base string
	// Select is how bestofn and majority choose among whole plans: [ByJudge], [ByVote] or [Weighted]. Empty means judge for
	// bestofn and vote for majority; the strategy of the same base and selection is the same under both names.
	Select string
	// Plans is how many plans bestofn and majority make, N, 1 to 1000; 0 means 5.
	Plans int
	// Width is how many states beam keeps at each level, b, 1 to 1000; 0 means 3.
	Width int
	// Diverse has beam keep the best of each subtree of the first level instead of the best of all (DVTS).
	Diverse bool
	// Threshold is the rating up to which dfs leaves a step out, below 1; 0 means 0.2, negative leaves none out (DFSDT).
	Threshold float64
	// Trials is how many reflexion makes, and how often adaplanner may refine its plan, 1 to 1000; 0 means 5.
	Trials int
	// Tree are the settings of mcts, rap, lats and cpl.
	Tree TreeOptions
	// Q are the settings of [QStar].
	Q QStarOptions
	// V are the settings of [VGPS].
	V VGPSOptions
	// TTS are the settings of [ComputeOptimal].
	TTS TTSOptions
	// C are the settings of [CoSTA].
	C CostaOptions
}

// Validate says which field is out of its range and what would be in it. The strategy's name matters for some.
func (o *Options) Validate(name string) error {
	if !slices.Contains(Names(), name) {
		return fmt.Errorf("%w %q: want one of %s", ErrName, name, strings.Join(Names(), ", "))
	}
	if o == nil {
		o = &Options{}
	}
	if o.Preset != "" && !slices.Contains(Presets(), o.Preset) {
		return fmt.Errorf("%w: preset %q: want one of %s", ErrOptions, o.Preset, strings.Join(Presets(), ", "))
	}
	if name == AStar {
		if err := o.validateAStar(); err != nil {
			return err
		}
	}
	if name == ComputeOptimal {
		if err := o.validateTTS(); err != nil {
			return err
		}
	}
	if err := o.validateCourse(); err != nil {
		return err
	}
	if err := o.Q.validate(); err != nil {
		return err
	}
	if err := o.V.validate(); err != nil {
		return err
	}
	if err := o.C.Validate(); err != nil {
		return err
	}
	return o.ranges()
}

func (o *Options) validateAStar() error {
	if o.Scorer == nil {
		return fmt.Errorf("%w: scorer: %s needs one: take cost.New(%q, nil)", ErrOptions, AStar, o.preset())
	}
	if o.Preset == Paper && o.Samples == 1 {
		return fmt.Errorf("%w: samples: 1 sample agrees with itself, so every step would cost nothing: use at least 2 with preset %s, or strategy %s",
			ErrOptions, Paper, Greedy)
	}
	if _, ok := o.Scorer.(Turner); !ok && o.preset() == Auto {
		return fmt.Errorf("%w: scorer: preset %s needs one that can turn: take cost.New(%q, nil)", ErrOptions, Auto, Auto)
	}
	return nil
}

func (o *Options) ranges() error {
	for _, f := range []struct {
		name      string
		v, lo, hi int
	}{
		{"samples", o.Samples, 0, 1000}, {"max depth", o.MaxDepth, 0, 1000}, {"max expansions", o.MaxExpansions, 0, 1 << 30},
		{"min support", o.MinSupport, 0, 1000}, {"margin", o.Margin, -1 << 30, 1000}, {"max support", o.MaxSupport, 0, 1 << 16},
		{"reopen max", o.ReopenMax, -1 << 30, 1 << 16}, {"patience", o.Patience, -1 << 30, 1000}, {"retries", o.Retries, 0, 1000},
		{"plans", o.Plans, 0, 1000}, {"width", o.Width, 0, 1000}, {"trials", o.Trials, 0, 1000},
	} {
		if f.v < f.lo || f.v > f.hi {
			return fmt.Errorf("%w: %s: %d is outside [%d,%d]; leave it out for the default", ErrOptions, f.name, f.v, max(f.lo, 0), f.hi)
		}
	}
	if !(o.Gate <= 1) {
		return fmt.Errorf("%w: gate: %v is above 1, the share of all samples; leave it out for the default, negative is off", ErrOptions, o.Gate)
	}
	return nil
}

func (o *Options) preset() string {
	if o.Preset == "" {
		return Auto
	}
	return o.Preset
}
