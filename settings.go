package azimuth

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/decode"
	"github.com/azimuthdev/azimuth/model/demos"
	"github.com/azimuthdev/azimuth/search"
)

// Settings are the numbers and names that shape a run. They are kept in its journal, so that a run goes on with what
// it began with. The zero value is the default of every field.
type Settings struct {
	// Strategy is one of [search.Names]; "astar" by default.
	Strategy string `json:"strategy,omitempty" yaml:"strategy"`
	// Preset of astar: paper, azimuth, outline, or auto, the default. qstar prices by paper, or by azimuth, its default.
	Preset string `json:"preset,omitempty" yaml:"preset"`
	// Samples a request, k. By default 10 for presets azimuth, outline and auto of astar where one request returns as many,
	// 1 for greedy, and 5 else. In costa the lists of subtasks that are asked for at once: by default 10 of a model that returns
	// them in one request ([model.Decomposer]), else 1.
	Samples int `json:"samples,omitempty" yaml:"samples"`
	// Alpha weighs memory against self-consistency in preset paper, in [0,1]; 0.5 by default. In costa it is the trade-off of
	// cost against quality, in [0,2]: 0 is quality alone, 2 cost alone; 1 by default.
	Alpha *float64 `json:"alpha,omitempty" yaml:"alpha"`
	// Beta weighs the position in memory against the imagined rest in preset paper, in [0,1]; 0.5 by default.
	Beta *float64 `json:"beta,omitempty" yaml:"beta"`
	// Costs are the constants of the presets; their own by default.
	Costs `yaml:",inline"`
	// Gate accepts a step of astar, uniform or qstar without branching when its lead is at least this share of the samples,
	// in (0,1], until a plan is rejected or auto turns; off by default, 0.8 for preset auto; negative is off.
	Gate *float64 `json:"gate,omitempty" yaml:"gate"`
	// ReopenMax is up to how many samples a place of astar offers "none of these" as a way on, 1 to 65,536; 40 by default,
	// negative is off.
	ReopenMax *int `json:"reopen_max,omitempty" yaml:"reopen_max"`
	// MinSupport, Margin and MaxSupport say when a place of astar on an outline needs no request of its own: at that many
	// samples (1 to 1,000; half of Samples by default) with that lead (1 to 1,000; 3 by default, negative for none), or at
	// MaxSupport samples (1 to 65,536; 25 by default, never below Samples).
	MinSupport *int `json:"min_support,omitempty" yaml:"min_support"`
	Margin     *int `json:"margin,omitempty" yaml:"margin"`
	MaxSupport *int `json:"max_support,omitempty" yaml:"max_support"`
	// Patience is by how many requests the outlines of preset auto may fall behind a walk, which asks once for each call, before
	// it turns to single steps: 1 to 1,000; 4 by default where Samples is 10 or more, else 12; negative for no limit.
	Patience *int `json:"patience,omitempty" yaml:"patience"`
	// FirstAccepted has astar and qstar take the first plan that the judge accepts, and one that it rejected only when nothing
	// else is left, instead of letting rejected plans come back by the judge's odds.
	FirstAccepted bool `json:"first_accepted,omitempty" yaml:"first_accepted"`
	// Budget is what the run may spend; no limits by default but 24 calls of depth and 100 expansions.
	Budget budget.Limits `json:"budget,omitzero" yaml:"budget"`
	// Parallel is how many requests may be under way at once; 1 by default.
	Parallel int `json:"parallel,omitempty" yaml:"parallel"`
	// Parallelism is exact (the default: the same tree for every width) or batch.
	Parallelism engine.Parallelism `json:"parallelism,omitempty" yaml:"parallelism"`
	// Seed of the run; equal seeds give equal runs where the model keeps its promise.
	Seed uint64 `json:"seed,omitempty" yaml:"seed"`
	// Temperature of samples, 0 to 2; 1 by default.
	Temperature float64 `json:"temperature,omitempty" yaml:"temperature"`
	// MaxTokens is the completion limit of one sample; 1,024 by default.
	MaxTokens int `json:"max_tokens,omitempty" yaml:"max_tokens"`
	// Shortlist is how many tools a model is shown at most; 32 by default.
	Shortlist int `json:"shortlist,omitempty" yaml:"shortlist"`
	// ToolTokens bounds the definitions that a model is shown; 12,000 by default.
	ToolTokens int `json:"tool_tokens,omitempty" yaml:"tool_tokens"`
	// Demos is how many demonstrations from memory a model is shown, the nearest to the goal; 3 by default, negative for none,
	// [AutoDemos] for as many as are like the goal.
	Demos Demos `json:"demos,omitempty" yaml:"demos"`
	// DemoTokens bounds the tokens of demonstrations that a request is shown; no bound by default, 1,000 with [AutoDemos].
	DemoTokens int `json:"demo_tokens,omitempty" yaml:"demo_tokens"`
	// DemoController says for [AutoDemos] how many demonstrations a request needs ([Calibrate] fits one); by default it goes by
	// likeness alone.
	DemoController *demos.Controller `json:"demo_controller,omitempty" yaml:"demo_controller"`
	// Reason has the model think in words before each call, as Medprompt does: more tokens a sample, which --max-tokens bounds.
	Reason bool `json:"reason,omitempty" yaml:"reason"`
	// Shuffle draws the samples of a request in so many groups, each shown the tools in another order, 2 to 64, so that a liking
	// for a position cancels out; 0 and 1 are one order. Each group is a model call, and none has another one's cached prompt.
	Shuffle int `json:"shuffle,omitempty" yaml:"shuffle"`
	// Repairs is how often the search may go on after a plan met with reality; 8 by default.
	Repairs int `json:"repairs,omitempty" yaml:"repairs"`
	// Imagine asks for what would follow each candidate in a request of its own, as the ToolChain* paper does, instead of
	// together with the proposal. It costs a request a candidate and never paid where it was measured.
	Imagine bool `json:"imagine,omitempty" yaml:"imagine"`
	// Merge has orders of calls that commute share one node and one vote: independent reads, and calls whose tools say what
	// they touch (see [tool.Slots]).
	Merge bool `json:"merge,omitempty" yaml:"merge"`
	// NoAnswer does without an answer in words where the plan came from an outline and has none: one model call less for
	// those who look at the state only.
	NoAnswer bool `json:"no_answer,omitempty" yaml:"no_answer"`
	// Adaptive asks for 2 samples first and for 3 more where they disagree.
	Adaptive bool `json:"adaptive,omitempty" yaml:"adaptive"`
	// Base is how bestofn and majority make a plan: greedy, vote or outline; by default vote for bestofn and outline for
	// majority.
	Base string `json:"base,omitempty" yaml:"base"`
	// Plans is how many plans bestofn and majority make, 1 to 1,000; 5 by default.
	Plans int `json:"plans,omitempty" yaml:"plans"`
	// Select is how bestofn and majority choose among whole plans: judge, vote or weighted (votes count by the judge's score);
	// by default judge for bestofn and vote for majority.
	Select string `json:"select,omitempty" yaml:"select"`
	// Table is what tts chooses by, in the text form of [search.Table]; [search.DefaultTable] by default.
	Table search.Table `json:"table,omitempty" yaml:"table"`
	// Width is how many states beam keeps at each level, 1 to 1,000; 3 by default.
	Width int `json:"width,omitempty" yaml:"width"`
	// Diverse has beam keep the best of each subtree instead of the best of all.
	Diverse bool `json:"diverse,omitempty" yaml:"diverse"`
	// ValueBeta is the temperature by which vgps chooses among rated samples, 0 (the best) to 1,000,000; 0.1 by default.
	ValueBeta *float64 `json:"value_beta,omitempty" yaml:"value_beta"`
	// Threshold is the rating up to which dfs leaves a step out, below 1; 0.2 by default, negative for none. In costa it is the
	// least quality of a step that passes the check, up to 1; 0.8 by default, negative for none.
	Threshold float64 `json:"threshold,omitempty" yaml:"threshold"`
	// Trials is how many reflexion makes, and how often adaplanner may refine its plan, 1 to 1,000; 5 by default. In costa it is
	// how many settings of a tool are tried before another tool is; 2 by default.
	Trials int `json:"trials,omitempty" yaml:"trials"`
	// Iterations is how many passes mcts, rap, lats and cpl make; see [search.TreeOptions] for the defaults.
	Iterations int `json:"iterations,omitempty" yaml:"iterations"`
	// Explore is how much these weigh what was seldom tried, 0 to 1,000; 1 by default, 1.5 for cpl.
	Explore *float64 `json:"explore,omitempty" yaml:"explore"`
	// Lambda is how much a rating counts against the share of votes in lats, in [0,1]; 0.5 by default.
	Lambda *float64 `json:"lambda,omitempty" yaml:"lambda"`
	// Rollout is how mcts goes on from a new place: real, wide or value; real by default.
	Rollout string `json:"rollout,omitempty" yaml:"rollout"`
	// NoReflection has lats do without lessons: for models that write no text.
	NoReflection bool `json:"no_reflection,omitempty" yaml:"no_reflection"`
	// Weight is what the cost of the steps so far counts against what follows in qstar, in [0,1]; 1 by default, 0 is greedy.
	Weight *float64 `json:"weight,omitempty" yaml:"weight"`
	// Batch is how many steps qstar works on at a time, 1 to 1,048,576; as many as Parallel by default.
	Batch int `json:"batch,omitempty" yaml:"batch"`
	// Decode steers what the model proposes, token by token, by what memory knows: vas or transferq; not by default. It needs
	// a model that shows its next tokens, or draws them under a bias ([decode.Proposer]), and transferq a second one, [Options.Aligned].
	Decode string `json:"decode,omitempty" yaml:"decode"`
	// DecodeBy is how: logprobs, drawn here from what the model shows, or bias, drawn by its endpoint; logprobs by default.
	DecodeBy string `json:"decode_by,omitempty" yaml:"decode_by"`
	// DecodeBeta is how much memory counts there, 0 to 1,000,000; 3 by default.
	DecodeBeta *float64 `json:"decode_beta,omitempty" yaml:"decode_beta"`
	// Eager has costa carry out every tool that could come next, as the paper does, and not only the one that promises most.
	Eager bool `json:"eager,omitempty" yaml:"eager"`
	// ExactMemory compares whole calls with memory, arguments included, instead of tool names.
	ExactMemory bool `json:"exact_memory,omitempty" yaml:"exact_memory"`
}

const (
	defaultExpansions = 100
	defaultDemos      = 3
	manySamples       = 10
	noLength          = -1
)

// ErrSetting is what every error about a setting is.
var ErrSetting = errors.New("bad setting")

// Validate names the setting that is wrong and what would be right.
func (s *Settings) Validate() error {
	so, err := s.searchOptions(nil, 0)
	if err == nil {
		err = cmp.Or(s.finite(), s.zeros(), s.unread())
	}
	if err == nil {
		err = so.Validate(s.strategy())
	}
	if err == nil {
		err = s.engineOptions().Validate()
	}
	if err == nil {
		err = s.validateDemos()
	}
	if err == nil {
		err = s.Budget.Validate()
	}
	if err == nil {
		err = s.validateDecode()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSetting, err)
	}
	return nil
}

// finite refuses what JSON can't write: the settings stand at the head of a run's journal.
func (s *Settings) finite() error {
	fields := []constant{
		{name: "alpha", v: &s.Alpha}, {name: "beta", v: &s.Beta}, {name: "gate", v: &s.Gate}, {name: "value_beta", v: &s.ValueBeta},
		{name: "explore", v: &s.Explore}, {name: "lambda", v: &s.Lambda}, {name: "weight", v: &s.Weight}, {name: "decode_beta", v: &s.DecodeBeta},
		{name: "threshold", v: new(&s.Threshold)}, {name: "temperature", v: new(&s.Temperature)},
	}
	for _, f := range append(fields, s.constants()...) {
		if x := or(*f.v, 0); math.IsInf(x, 0) || math.IsNaN(x) {
			return fmt.Errorf("%s: %v is no finite number; leave it out for the default", f.name, x)
		}
	}
	return nil
}

func (s *Settings) validateDecode() error {
	if s.Decode == "" && s.DecodeBeta != nil {
		return unread("decode_beta", "nothing is steered", "set decode to vas or transferq")
	}
	if s.Decode == "" && s.DecodeBy != "" {
		return unread("decode_by", "nothing is steered", "set decode to vas or transferq")
	}
	if s.Decode != "" && s.Reason {
		return errors.New("decode: a steered answer begins with its call; leave reason out")
	}
	if err := (&decode.ProposerOptions{Rule: s.Decode, By: s.DecodeBy, Beta: s.DecodeBeta}).Validate(); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	return nil
}

func (s *Settings) strategy() string {
	if s.Strategy == "" {
		return search.AStar
	}
	return s.Strategy
}

// sampling decides how many samples a run asks for where nothing is said: ten in one request reached more goals than five,
// in fewer calls and, where samples err independently, fewer tokens; as ten requests they would be twice the calls.
func (s Settings) sampling(c model.Capabilities) Settings {
	if s.Samples == 0 && s.strategy() == search.AStar && s.Preset != search.Paper && !s.Adaptive && c.N >= manySamples {
		s.Samples = manySamples
	}
	return s
}

// limits returns the budget with the defaults that keep a run from going on for ever.
func (s *Settings) limits() budget.Limits {
	l := s.Budget
	if l == (budget.Limits{Depth: l.Depth}) {
		l.Expansions = defaultExpansions
	}
	return l
}

// searchOptions builds what [search.New] takes. The scorer is made afresh: it serves one run.
// length is the mean length of the plans in memory, noLength without any.
func (s *Settings) searchOptions(commutes func(a, b search.ActionID) bool, length float64) (*search.Options, error) {
	o := &search.Options{
		Preset: s.Preset, Samples: s.Samples, MaxDepth: s.Budget.Depth, Adaptive: s.Adaptive,
		Base: s.Base, Select: s.Select, Plans: s.Plans, Width: s.Width, Diverse: s.Diverse, Threshold: s.Threshold, Trials: s.Trials,
		FirstAccepted: s.FirstAccepted, Gate: or(s.Gate, 0), ReopenMax: or(s.ReopenMax, 0),
		MinSupport: or(s.MinSupport, 0), Margin: or(s.Margin, 0), MaxSupport: or(s.MaxSupport, 0), Patience: or(s.Patience, 0),
		V:   search.VGPSOptions{Beta: s.ValueBeta, Seed: s.Seed},
		TTS: search.TTSOptions{Table: s.Table, Calls: length},
		Tree: search.TreeOptions{
			Iterations: s.Iterations, Explore: s.Explore, Lambda: s.Lambda, Rollout: s.Rollout, NoReflection: s.NoReflection,
		},
	}
	if s.Merge {
		o.Commutes = commutes
	}
	preset := s.Preset
	switch s.strategy() {
	case search.AStar:
	case search.CoSTA:
		o.Threshold, o.Trials, o.C = 0, 0, s.toolPath()
		return o, nil
	case search.QStar:
		o.Q = search.QStarOptions{Weight: s.Weight, Batch: s.Batch}
		if preset != search.Paper {
			preset = search.Azimuth // the other ones price outlines, which are no edges here
		}
	default:
		return o, nil
	}
	co, err := s.costOptions(length)
	if err == nil {
		o.Scorer, err = cost.New(preset, co)
	}
	return o, err
}

// defaultAttempts is how many settings of a tool costa tries.
const defaultAttempts = 2

// toolPath are the settings of costa.
func (s *Settings) toolPath() search.CostaOptions {
	c := search.CostaOptions{Alpha: s.Alpha, Deferred: !s.Eager, Retries: -1}
	if n := cmp.Or(s.Trials, defaultAttempts); n > 1 {
		c.Retries = n - 1
	}
	if s.Threshold != 0 {
		c.Threshold = new(max(s.Threshold, 0))
	}
	return c
}

// outline says whether samples should carry what they expect to follow.
func (s *Settings) outline() bool {
	o := search.Options{Base: s.Base}
	switch s.strategy() {
	case search.QStar: // may price the rest by it
		return true
	case search.Vote, search.Uniform, search.BestOfN: // what a sample holds later votes too
		return s.Merge || o.Outlines(s.strategy())
	}
	return o.Outlines(s.strategy())
}

func (s *Settings) engineOptions() *engine.Options {
	o := &engine.Options{
		Shortlist: s.Shortlist, ToolTokens: s.ToolTokens, Parallel: s.Parallel, Parallelism: s.Parallelism, Seed: s.Seed,
		Temperature: s.Temperature, MaxTokens: s.MaxTokens, Outline: s.outline() && !s.Imagine, Imagine: s.Imagine, NoAnswer: s.NoAnswer,
		Repairs: s.Repairs, Reason: s.Reason, Shuffle: s.Shuffle,
	}
	if s.strategy() == search.CoSTA { // the plan says itself what it did
		o.NoAnswer, o.Decompositions, o.Attempts = true, s.Samples, cmp.Or(s.Trials, defaultAttempts)
		o.Threshold = max(cmp.Or(s.Threshold, search.CostaThreshold), 0)
	}
	return o
}

// Strategies lists the strategies that [Settings.Strategy] takes, in one line.
func Strategies() string { return strings.Join(search.Names(), ", ") }
