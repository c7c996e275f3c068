package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/bench/world/grade"
	"github.com/azimuthdev/azimuth/engine"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// options puts together what an agent gets for one task. Its memory is its own: what a run learns must not reach
// the next one, or rows would depend on their order.
func (o *outfit) options(task int, s azimuth.Settings, w *watcher, kept journal.Store, now func() time.Time) (*azimuth.Options, error) {
	m, err := memory.New(o.plans...)
	if err != nil {
		return nil, err
	}
	return &azimuth.Options{
		Settings: s, Model: o.model, World: o.fork(task), Judge: o.judge, Memory: m, Events: w.events(), Store: kept, Now: now,
	}, nil
}

// run lets an agent reach for the goal of a task; kept gets its journal, nil: it goes with the run.
func (o *outfit) run(ctx context.Context, k Key, s azimuth.Settings, kept journal.Store, now func() time.Time) (*azimuth.Result, *watcher, error) {
	s.Budget, s.Seed, s.Parallel, s.NoAnswer = k.Budget, k.Seed, 1, !o.words
	w := &watcher{calls: meanLength(o.plans)}
	opts, err := o.options(k.Task, s, w, kept, now)
	if err != nil {
		return nil, nil, err
	}
	w.effects = effects(opts.World)
	a, err := azimuth.New(nil, opts)
	if err != nil {
		return nil, nil, err
	}
	r, err := a.Run(ctx, o.goals[k.Task])
	return r, w, err
}

// effects are the tools that change the world.
func effects(w tool.World) map[string]bool {
	out := map[string]bool{}
	for _, s := range w.Specs() {
		out[s.Name] = !s.Effect.Safe()
	}
	return out
}

// watcher sees what a run's result does not say.
type watcher struct {
	effects map[string]bool
	whole   bool // the plan at hand leads to a final answer
	done    int  // effects carried out
	tree    *search.Tree
	margin  int // of the plan at hand, see [Measures]
	top     float64
	calls   float64
	looks   string // how difficult
}

// meanLength is how many calls a plan has.
func meanLength(plans []memory.Plan) float64 {
	n := 0
	for _, p := range plans {
		n += len(p.Calls)
	}
	return float64(n) / float64(max(len(plans), 1))
}

// look notes what a run's first request says of its task.
func (w *watcher) look(t journal.Told) {
	if w.looks != "" || t.Request.Kind != search.Expand {
		return
	}
	w.looks = search.Medium.String()
	if pass, ok := search.Pass(&t.Outcome, w.calls); ok {
		w.looks = search.DifficultyOf(pass).String()
	}
}

func (w *watcher) events() *engine.Events {
	return &engine.Events{
		Chosen: func(p engine.Plan) {
			w.whole = p.Complete
			w.margin, w.top = votes(w.tree, p.Nodes)
		},
		Told: func(tree *search.Tree, t journal.Told) { // the search went on
			w.tree = tree
			w.look(t)
			if t.Request.Kind == search.Expand || t.Outcome.Failed != search.None || t.Outcome.Changed {
				w.whole = false
			}
		},
		Finish: func(_ search.NodeID, s model.Step) {
			if w.effects[s.Call.Tool] && s.Status == model.Observed {
				w.done++
			}
		},
	}
}

// votes returns how clear the votes on a path were, see [Measures]. An outline votes on each step that it names.
func votes(t *search.Tree, path []search.NodeID) (margin int, top float64) {
	voted := 0
	for _, n := range path {
		own, all := int(t.Votes(n)), int(t.Samples(t.Parent(n)))
		if own == 0 || all == 0 {
			continue
		}
		best := 0
		for c := range t.Children(t.Parent(n)) {
			if c != n {
				best = max(best, int(t.Votes(c)))
			}
		}
		if voted == 0 || own-best < margin {
			margin = own - best
		}
		voted++
		top += min(1, float64(own)/float64(all))
	}
	if voted == 0 {
		return 0, 0
	}
	return margin, math.Round(top/float64(voted)*1e4) / 1e4 // a row's text stays short
}

// measure runs a contender on a task and grades what came of it.
func (e *environment) measure(ctx context.Context, k Key, c Contender, now func() time.Time) (Row, error) {
	known, err := e.lessons.learnt(ctx, k, c, now)
	if err != nil {
		return Row{}, err
	}
	start := now()
	r, w, err := e.run(ctx, k, c.Settings, e.after(known), now)
	if err != nil {
		return Row{}, fmt.Errorf("%s, %s, seed %d, task %d: %w", k.Condition, k.Contender, k.Seed, k.Task, err)
	}
	row := Row{Key: k, Measures: Measures{
		Finished: w.whole, Status: string(r.Status), Judged: judged(r),
		ModelCalls: r.Usage.ModelCalls, Samples: r.Usage.Samples, Prompt: r.Usage.PromptTokens, Completion: r.Usage.CompletionTokens,
		USD: r.Usage.USD, ToolCalls: r.Usage.ToolCalls, Effects: w.done, Expansions: r.Usage.Expansions, Nodes: r.Usage.Nodes,
		Steps: len(r.Steps), ToolMS: toolTime(r.Steps), Gold: len(e.gold[k.Task].Plan), Margin: w.margin, Top: w.top,
		Looks: w.looks, WallMS: float64(now().Sub(start).Microseconds()) / 1000, Error: tool.Clip(r.Error, errorLimit),
	}}
	if !w.whole {
		return row, nil
	}
	g, err := grade.Run(ctx, e.fork(k.Task), calls(r.Steps), r.Answer, e.gold[k.Task])
	row.Success, row.F1, row.PriceRatio = g.Success, g.F1, g.Ratio()
	return row, err
}

// after is the store of a run that learns from lessons; nil are none.
func (e *environment) after(lessons journal.Store) journal.Store {
	if lessons == nil {
		return e.journals
	}
	own := e.journals
	if own == nil {
		own = journal.NewMemory()
	}
	return taught{apart{own}, lessons}
}

// toolTime is what the calls of a plan took by their own word, in milliseconds, to a tenth of a microsecond.
func toolTime(steps []azimuth.Step) float64 {
	sum := 0.0
	for _, s := range steps {
		var said struct {
			Seconds float64 `json:"seconds"`
		}
		if json.Unmarshal(s.Value, &said) == nil && said.Seconds > 0 {
			sum += said.Seconds
		}
	}
	return math.Round(sum*1e7) / 1e4
}

// errorLimit is how much of an error a row keeps, in bytes.
const errorLimit = 200

func judged(r *azimuth.Result) string {
	switch {
	case r.Verdict == nil:
		return ""
	case r.Verdict.Accepted:
		return Accepted
	}
	return Rejected
}

func calls(steps []azimuth.Step) []tool.Call {
	out := make([]tool.Call, len(steps))
	for i, s := range steps {
		out[i] = tool.Call{Tool: s.Tool, Args: s.Args}
	}
	return out
}
