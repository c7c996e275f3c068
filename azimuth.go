package azimuth

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/azimuthdev/azimuth/effect"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/lexical"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// Options of an [Agent]. Nil and zero fields take the defaults.
type Options struct {
	Settings
	// Model proposes the calls; the built-in lexical model by default, which needs no key and no network.
	Model model.Model
	// Aligned is the model whose answers Settings.Decode = "transferq" goes by; refused without that.
	Aligned model.Model
	// World replaces the tools: a sandbox whose calls may all be made while searching, on copies. Each run gets one.
	World tool.World
	// Approve decides which effects need somebody's word; ask about all by default.
	Approve effect.Policy
	// Approver is asked; without one an effect that the policy does not approve ends the run as denied.
	Approver effect.Approver
	// Judge says whether a finished plan reaches the goal; nil takes every finished plan.
	Judge judge.Judge
	// Memory holds plans that succeeded. Runs whose plan the judge accepted and that were carried out are added to it.
	// Nil is an empty memory that forgets.
	Memory *memory.Store
	// Store keeps the journals; in memory by default.
	Store journal.Store
	// Secrets are values that must never reach a journal.
	Secrets []journal.Secret
	// Events are called as a run goes on.
	Events *engine.Events
	// Unknown decides about effects that were under way when an earlier process died; without it they end the run.
	Unknown func(context.Context, engine.Unfinished) (engine.Resolution, error)
	// Note is kept with every run for the caller, who gets it back from [Agent.Note]; JSON.
	Note json.RawMessage
	// Now is the clock; time.Now by default.
	Now func() time.Time
	// NewID returns the id of a new run; by default the time and eight random hexadecimal digits.
	NewID func() string
}

// Agent runs goals with one set of tools. Its methods may be called from several goroutines at once if the tools,
// the model and the stores allow it; each run is independent of the others.
type Agent struct {
	tools  *tool.Set
	opts   Options
	memory *memory.Store
}

// maxQuoted is how much of a wrong option an error quotes, in bytes.
const maxQuoted = 100

// New returns an agent with these tools; none when o has a World. An error names the tool or the option that is
// wrong.
func New(tools []tool.Tool, o *Options) (*Agent, error) {
	a := &Agent{}
	if o != nil {
		a.opts = *o
	}
	var err error
	switch {
	case a.opts.World != nil && len(tools) > 0:
		return nil, errors.New("tools and a world: a run has one or the other")
	case a.opts.World != nil:
		a.tools, err = tool.SetOf(a.opts.World)
	default:
		a.tools, err = tool.NewSet(tools...)
	}
	if err != nil {
		return nil, err
	}
	if a.tools.Len() == 0 {
		return nil, errors.New("tools: none; give at least one")
	}
	if n := a.opts.Note; len(n) > 0 && !json.Valid(n) { // it is kept with the settings, which would be lost with it
		return nil, fmt.Errorf("note: %q is not JSON", tool.Clip(string(n), maxQuoted))
	}
	if err := errors.Join(a.opts.Settings.Validate(), a.opts.Approve.Validate(), a.opts.checkAligned()); err != nil {
		return nil, err
	}
	if err := a.defaults(); err != nil {
		return nil, err
	}
	_, err = a.proposer(&a.opts.Settings, nil) // what the model can't do is said before anything is written
	return a, err
}

func (a *Agent) defaults() error {
	if a.opts.Now == nil {
		a.opts.Now = time.Now
	}
	if a.opts.NewID == nil {
		a.opts.NewID = func() string { return newID(a.opts.Now()) }
	}
	if a.opts.Model == nil {
		a.opts.Model = lexical.New(&lexical.Options{Now: a.opts.Now})
	}
	if a.opts.Store == nil {
		a.opts.Store = journal.NewMemory()
	}
	a.memory = a.opts.Memory
	if a.memory != nil {
		return nil
	}
	var err error
	a.memory, err = memory.New()
	return err
}

// newID sorts by time and is short enough to type.
func newID(now time.Time) string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails
	return now.UTC().Format("20060102-150405-") + hex.EncodeToString(b[:])
}

// Run searches for a plan that reaches the goal, has its effects approved, carries it out and repairs it where
// reality disagrees. The result's status says how it ended; an error means that the run could not be carried on and
// may be resumed: an interrupt, a journal that can't be written, a provider that gave up.
func (a *Agent) Run(ctx context.Context, goal string) (*Result, error) {
	return a.begin(ctx, goal, false, nil)
}

// Plan searches without any effect and returns the plan. A plan that was not found is in the result's status.
func (a *Agent) Plan(ctx context.Context, goal string) (*Plan, *Result, error) {
	r, err := a.begin(ctx, goal, true, nil)
	if err != nil || r.Status != engine.Succeeded {
		return nil, r, err
	}
	return a.planOf(r, goal), r, nil
}

// Apply carries out exactly the plan's calls. by names who reviewed it, for the journal: their word approves the
// effects that the plan lists, until the first step that does not go as planned; empty leaves every effect to the
// policy and the approver. An error names the step that does not fit the tools.
func (a *Agent) Apply(ctx context.Context, p *Plan, by string) (*Result, error) {
	g, err := p.given(a.tools)
	if err != nil {
		return nil, err
	}
	g.By = by
	r, err := a.begin(ctx, p.Goal, false, g)
	if r != nil && len(r.Steps) == len(p.Steps) {
		r.Cost = p.Cost // what the search that found it said
	}
	return r, err
}

// begin starts a new run.
func (a *Agent) begin(ctx context.Context, goal string, planOnly bool, g *engine.Given) (*Result, error) {
	h := header{Settings: a.opts.Settings.sampling(a.opts.Model.Capabilities()), PlanOnly: planOnly, Given: keepGiven(g), Note: a.opts.Note}
	id := a.opts.NewID()
	w, err := journal.Begin(ctx, a.opts.Store, journal.Run{ID: id, Goal: goal, Started: a.opts.Now(), Version: journal.Version},
		journal.NewScrubber(a.opts.Secrets...), &journal.WriterOptions{Now: a.opts.Now})
	if err != nil {
		return nil, err
	}
	unlock, err := a.opts.Store.Lock(ctx, id)
	if err != nil {
		return nil, err
	}
	r, err := a.assemble(ctx, id, goal, h, w)
	if err != nil { // nothing of it stays; a run that is locked can't be deleted
		return nil, errors.Join(err, unlock(), a.opts.Store.Delete(context.WithoutCancel(ctx), id))
	}
	defer unlock()
	return r.finish(ctx)
}

// header is what a run's journal keeps of how it was started.
type header struct {
	Settings Settings        `json:"settings"`
	PlanOnly bool            `json:"plan_only,omitempty"`
	Given    *given          `json:"given,omitempty"`
	Length   float64         `json:"length,omitempty"` // mean length of the plans that memory held when the run began
	Note     json.RawMessage `json:"note,omitempty"`
	// Shown is how many demonstrations the model is shown, and of which; nil in journals of before it was kept.
	Shown *shown `json:"shown,omitempty"`
	// Situation is what strategy tts chooses by; nil for the others.
	Situation *situation `json:"situation,omitempty"`
}

// situation is the part of a [search.Situation] that is known before a run begins. A run that is taken up elsewhere, or
// with more to spend, keeps its own, so that it chooses the same again.
type situation struct {
	Policy string `json:"policy,omitempty"`
	Judge  string `json:"judge,omitempty"`
	Budget int    `json:"budget,omitempty"`
}

// situation is that of a new run.
func (a *Agent) situation(s *Settings) *situation {
	if s.strategy() != search.ComputeOptimal {
		return nil
	}
	x := &situation{Policy: a.opts.Model.Capabilities().Name, Judge: search.NoJudge, Budget: int(cmp.Or(s.limits().ModelCalls, s.limits().Expansions))}
	if a.opts.Judge != nil {
		x.Judge = a.opts.Judge.Name()
	}
	return x
}

// searchOptions are those of the settings with what else the header says.
func (h *header) searchOptions(commutes func(a, b search.ActionID) bool) (*search.Options, error) {
	o, err := h.Settings.searchOptions(commutes, h.Length)
	if x := h.Situation; err == nil && x != nil {
		o.TTS.Policy, o.TTS.Judge, o.TTS.Budget = x.Policy, x.Judge, x.Budget
	}
	return o, err
}

// given is an [engine.Given] as a header keeps it.
type given struct {
	Plan   bool            `json:"plan,omitempty"`
	Answer string          `json:"answer,omitempty"`
	By     string          `json:"by,omitempty"`
	Steps  []model.Step    `json:"-"` // in journal.Started
	Fork   *journal.ForkOf `json:"fork,omitempty"`
}

func keepGiven(g *engine.Given) *given {
	if g == nil {
		return nil
	}
	return &given{Plan: g.Plan, Answer: g.Answer, By: g.By, Steps: g.Steps, Fork: g.ForkOf}
}

func (g *given) engine() *engine.Given {
	if g == nil {
		return nil
	}
	return &engine.Given{Plan: g.Plan, Answer: g.Answer, By: g.By, Steps: g.Steps, ForkOf: g.Fork}
}

func (h header) raw() (json.RawMessage, error) {
	b, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	return b, nil
}
