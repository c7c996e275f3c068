package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Config is what a run is made of. Fields without a default are required.
type Config struct {
	Goal     string
	Tools    *tool.Set
	World    tool.World // nil: real tools. Otherwise its calls run on copies, and Tools describes the same tools
	Model    model.Model
	Strategy search.Strategy
	Ledger   *budget.Ledger
	Gate     *effect.Gate // nil only with a World
	Log      effect.Log   // where records go
	Costs    Costs
	Judge    judge.Judge   // nil: a finished plan is taken as it is
	Stepper  judge.Stepper // nil: what a step is worth is what its answer says, or 1 (strategies that go by subtasks)
}

// Costs are the named components whose values are kept with every node, in this order: steps, then heuristics.
type Costs struct {
	Steps      []cost.Step
	Heuristics []cost.Heuristic
	Prior      cost.Prior // nil: none
}

// Parts returns the names of the components, as [search.Options.Parts] wants them.
func (c Costs) Parts() []string {
	var names []string
	for _, s := range c.Steps {
		names = append(names, s.Name())
	}
	for _, h := range c.Heuristics {
		names = append(names, h.Name())
	}
	return names
}

// Parallelism is how results of work under way at once are told.
type Parallelism string

// The kinds of parallelism.
const (
	Exact Parallelism = "exact" // in the order of a serial run; the default
	Batch Parallelism = "batch" // as they come
)

// Options of an [Engine]; nil and zero fields take the defaults.
type Options struct {
	Demos       []model.Demo // shown to the model, nearest first
	Shortlist   int          // most tools that the model sees; default 32
	ToolTokens  int          // most tokens of tool definitions that the model sees; default 12,000
	Parallel    int          // requests under way at once; default 1
	Parallelism Parallelism  // default Exact
	Seed        uint64
	Temperature float64 // of samples; default 1
	MaxTokens   int     // completion tokens of one sample; default 1,024
	Outline     bool    // ask each sample for what it expects to follow
	Reason      bool    // have each sample think in words before it calls
	// Shuffle draws samples in so many groups, each shown the tools in another order; see [search.Ensemble]. 0 and 1: one order.
	Shuffle int
	// Imagine has what would follow each candidate imagined in a request of its own, as in the ToolChain* paper, instead
	// of together with the proposal. Measured: it never paid.
	Imagine bool
	// NoAnswer does without a final answer in words where a plan came from an outline and has none: one model call
	// less for those who look at the state only.
	NoAnswer bool
	// Repairs is how often the search may go on after a plan met with reality; default 8.
	Repairs int
	// PlanOnly ends the run with the chosen plan, before anything is approved.
	PlanOnly bool
	Events   *Events
	// Of strategies that go by subtasks: how many samples of the subtasks are asked for (default 10 of
	// a [model.Decomposer], which returns them in one request, else 1), how many settings of a
	// tool are proposed (default 1), and what is known of the tools (nil: nothing).
	Decompositions, Attempts int
	Table                    *toolpath.Table
	// Threshold is the least quality that passes there, in [0,1]; 0 is no check. Where nothing rates the steps, tools that the table
	// does not know to pass stand behind those that it does.
	Threshold float64
	// Unknown is asked about an effect that was under way when an earlier process ended. Nil: the run ends, denied.
	Unknown func(ctx context.Context, u Unfinished) (Resolution, error)
	// Health is told how every call to a tool went that the search made, as results are told, and of a rebuilt run again; nil: nobody
	// is. Calls in a world are not counted.
	Health *cost.Health
	// Given is a path to begin with: a plan to carry out, or the trunk of a fork.
	Given   *Given
	Started json.RawMessage // opaque configuration of the caller, kept in the journal's first record
}

// Given is a path that a run begins with.
type Given struct {
	Steps []model.Step
	// Plan says that the steps are a whole plan, to be carried out as it is; Answer is its final answer. Otherwise the
	// search goes on from the last of the steps.
	Plan   bool
	Answer string
	// By is who approved the plan's effects beforehand, empty for nobody. An approval ends with the first step that
	// does not go as the plan says.
	By     string
	ForkOf *journal.ForkOf
}

const (
	defaultShortlist   = 32
	defaultToolTokens  = 12_000
	defaultMaxTokens   = 1024
	defaultTemperature = 1.0
	defaultRepairs     = 8
	maxShuffle         = 64
)

func (o *Options) withDefaults() Options {
	var d Options
	if o != nil {
		d = *o
	}
	d.Shortlist = cmp.Or(d.Shortlist, defaultShortlist)
	d.ToolTokens = cmp.Or(d.ToolTokens, defaultToolTokens)
	d.Parallel = cmp.Or(d.Parallel, 1)
	d.MaxTokens = cmp.Or(d.MaxTokens, defaultMaxTokens)
	d.Repairs = cmp.Or(d.Repairs, defaultRepairs)
	if d.Parallelism == "" {
		d.Parallelism = Exact
	}
	if d.Temperature == 0 {
		d.Temperature = defaultTemperature
	}
	if d.Events == nil {
		d.Events = &Events{}
	}
	return d
}

// Validate names the field that is out of range.
func (o *Options) Validate() error {
	if o == nil {
		return nil
	}
	for _, f := range []struct {
		name string
		v    int
	}{{"shortlist", o.Shortlist}, {"tool tokens", o.ToolTokens}, {"parallel", o.Parallel}, {"max tokens", o.MaxTokens}, {"repairs", o.Repairs},
		{"decompositions", o.Decompositions}, {"attempts", o.Attempts}} {
		if f.v < 0 {
			return fmt.Errorf("%s: %d: want at least 1", f.name, f.v)
		}
	}
	if o.Temperature < 0 || o.Temperature > 2 {
		return fmt.Errorf("temperature: %g: want 0 to 2", o.Temperature)
	}
	if !(o.Threshold >= 0 && o.Threshold <= 1) {
		return fmt.Errorf("threshold: %g: want 0 to 1", o.Threshold)
	}
	if o.Shuffle < 0 || o.Shuffle > maxShuffle {
		return fmt.Errorf("shuffle: %d: want 1, one order, to %d", o.Shuffle, maxShuffle)
	}
	switch o.Parallelism {
	case "", Exact, Batch:
	default:
		return fmt.Errorf("parallelism: %q: want exact or batch", o.Parallelism)
	}
	return nil
}

func (c *Config) validate() error {
	switch {
	case c.Goal == "":
		return errors.New("goal: empty; say what is to be reached")
	case c.Tools == nil || c.Tools.Len() == 0:
		return errors.New("tools: none; connect at least one")
	case c.Model == nil:
		return errors.New("model: none")
	case c.Strategy == nil || c.Ledger == nil || c.Log == nil:
		return errors.New("strategy, ledger and log are required")
	case c.Gate == nil && c.World == nil:
		return errors.New("gate: required where the tools are not a world's")
	}
	return nil
}
