package cost_test

import (
	"flag"
	"testing"

	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/bench/world/grade"
	"github.com/azimuthdev/azimuth/cost"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// trial plans one task of a world against the simulated proposer, without an engine: nothing is observed, as in setting
// (i) of cost-findings.
type trial struct {
	t     testing.TB
	task  noisy.Task
	m     *noisy.Model
	judge *noisy.Judge // nil for none
	index *memory.Index
	seed  uint64
	cost  cost.Options
	calls []tool.Call // by action; the first is the final answer
	ids   map[string]search.ActionID
}

func (x *trial) id(c tool.Call) search.ActionID {
	id, ok := x.ids[c.Key()]
	if !ok {
		id = search.ActionID(len(x.calls))
		x.ids[c.Key()] = id
		x.calls = append(x.calls, c)
	}
	return id
}

func (x *trial) path(tree *search.Tree, n search.NodeID) []tool.Call {
	var out []tool.Call
	for _, p := range tree.Path(n) {
		if !tree.IsFinish(p) {
			out = append(out, x.calls[tree.Action(p)])
		}
	}
	return out
}

func steps(calls []tool.Call) []model.Step {
	out := make([]model.Step, len(calls))
	for i, c := range calls {
		out[i] = model.Step{Call: c, Status: model.Imagined}
	}
	return out
}

func (x *trial) answer(tree *search.Tree, r search.Request) search.Outcome {
	o := search.Outcome{Failed: search.None}
	path := x.path(tree, r.Node)
	if r.Kind == search.Judge {
		if x.judge != nil {
			v, err := x.judge.Judge(x.t.Context(), judge.Plan{Goal: x.task.Gold.Goal, Steps: steps(path)})
			if err != nil {
				x.t.Fatal(err)
			}
			o.Verdict, o.Score = search.Rejected, v.Score
			if v.Accepted {
				o.Verdict = search.Accepted
			}
		}
		return o
	}
	res, err := x.m.Propose(x.t.Context(), model.Request{
		Goal: x.task.Gold.Goal, Steps: steps(path), Outline: true, N: r.Samples, Seed: x.seed ^ r.ID*0x9e3779b97f4a7c15,
	})
	if err != nil {
		x.t.Fatal(err)
	}
	o.Samples = len(res.Samples)
	for _, s := range res.Samples {
		x.sample(&o, s)
	}
	x.parts(&o, path)
	return o
}

// sample adds one sample to the forest: its calls, its outline, and the finish.
func (x *trial) sample(o *search.Outcome, s model.Sample) {
	at, whole := int32(-1), append(append([]model.RawCall(nil), s.Calls...), s.Outline...)
	add := func(a search.ActionID, finish bool, remaining float64) {
		i := int32(0)
		for ; int(i) < len(o.Candidates); i++ {
			if c := &o.Candidates[i]; c.Parent == at && c.Action == a && c.Finish == finish {
				break
			}
		}
		if int(i) == len(o.Candidates) {
			o.Candidates = append(o.Candidates, search.Candidate{Parent: at, Action: a, Finish: finish, Imagined: at >= 0, Prior: -1})
		}
		c := &o.Candidates[i]
		c.Remaining = (c.Remaining*float64(c.Votes) + remaining) / float64(c.Votes+1)
		c.Votes++
		at = i
	}
	for i, c := range whole {
		if i > 0 && c.Args == "" {
			return
		}
		add(x.id(tool.Call{Tool: c.Tool, Args: []byte(c.Args)}), false, float64(len(whole)-1-i))
	}
	if s.Complete || len(whole) == 0 {
		add(0, true, 0)
	}
}

// parts fills in what memory says of the candidates.
func (x *trial) parts(o *search.Outcome, path []tool.Call) {
	for i := range o.Candidates {
		c := &o.Candidates[i]
		before := append([]tool.Call(nil), path...)
		var up []tool.Call
		for p := c.Parent; p >= 0; p = o.Candidates[p].Parent {
			up = append([]tool.Call{x.calls[o.Candidates[p].Action]}, up...)
		}
		before = append(before, up...)
		cc := cost.Candidate{Finish: c.Finish}
		c.Parts = []float64{1, 1}
		if !c.Finish {
			cc.Call = x.calls[c.Action]
			c.Parts = []float64{1 - x.index.ScoreNext(before, cc.Call), 1 - x.index.Position(cc.Call)}
		} else {
			c.Parts = []float64{1 - x.index.Score(before), 0}
		}
		pi, err := x.index.Prior().Next(x.t.Context(), &cost.State{Goal: x.task.Gold.Goal, Path: before}, []cost.Candidate{cc})
		if err != nil {
			x.t.Fatal(err)
		}
		c.Prior = pi[0]
	}
}

// run returns whether the plan is right, and the model's and the judge's calls.
func (x *trial) run(m method, budget int) (bool, int) {
	st := mustNew(x.t, m.name, &search.Options{Preset: m.preset, Samples: m.k, Scorer: mustScorer(x.t, m.preset, &x.cost)})
	tree := search.NewTree([]string{cost.PartMemory, cost.PartPosition})
	x.calls, x.ids = []tool.Call{{}}, map[string]search.ActionID{}
	used := 0
	for used < budget && !st.Done(tree) {
		r := st.Ask(tree, 1)[0]
		if r.Kind == search.Expand || x.judge != nil {
			used++
		}
		st.Tell(tree, r, x.answer(tree, r))
	}
	n, complete := st.Best(tree)
	if !complete {
		return false, used
	}
	g, err := grade.Plan(x.t.Context(), x.task.World, x.path(tree, n), x.task.Gold)
	if err != nil {
		x.t.Fatal(err)
	}
	return g.Success, used
}

type cell struct {
	world  string
	tasks  int
	params noisy.Params
	judged bool
	budget int
	cost   cost.Options
}

// rate returns success in percent and mean calls of a method.
func (c cell) rate(t testing.TB, m method) (percent, calls float64) {
	tasks, err := noisy.Tasks(c.world, 11, c.tasks)
	if err != nil {
		t.Fatal(err)
	}
	im := noisy.Lengths
	if m.preset == search.Outline || m.preset == search.Auto {
		im = noisy.Calls
	}
	nm, err := noisy.New(tasks, c.params, &noisy.Options{Imagination: im, Valid: true})
	if err != nil {
		t.Fatal(err)
	}
	var nj *noisy.Judge
	if c.judged {
		if nj, err = noisy.NewJudge(tasks, nil); err != nil {
			t.Fatal(err)
		}
	}
	demos, err := world.Demos(c.world, 3, 5)
	if err != nil {
		t.Fatal(err)
	}
	var plans []memory.Plan
	for _, d := range demos {
		plans = append(plans, memory.Plan{Goal: d.Goal, Calls: d.Calls})
	}
	ix, err := memory.NewIndex(plans, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.cost.Length = ix.MeanLen()
	for i, task := range tasks {
		x := &trial{t: t, cost: c.cost, task: task, m: nm, judge: nj, index: ix, seed: uint64(i)}
		ok, used := x.run(m, c.budget)
		if ok {
			percent += 100 / float64(c.tasks)
		}
		calls += float64(used) / float64(c.tasks)
	}
	return percent, calls
}

var cells = flag.Bool("cells", false, "run all cells of TestNoisy, with 100 tasks each: a minute")

// TestNoisy runs the presets on the worlds of package bench. Without -cells it is one cell, to see that the rooms fit
// together; with it the table of the package comment comes out.
func TestNoisy(t *testing.T) {
	if !*cells {
		c := cell{"home", 30, noisy.Params{P: .65, E: .3, Errors: noisy.Diffuse}, true, 20, cost.Options{}}
		paper, _ := c.rate(t, method{search.AStar, search.Paper, 5})
		auto, n := c.rate(t, method{search.AStar, search.Auto, 5})
		t.Logf("auto %.0f %% at %.1f calls, paper %.0f %%", auto, n, paper)
		if auto < paper+50 || n > 15 {
			t.Errorf("auto %.0f %% at %.1f calls, paper %.0f %%: want 50 points between them and at most 15 calls", auto, n, paper)
		}
		return
	}
	for _, w := range []string{"home", "trip"} {
		for _, judged := range []bool{false, true} {
			for _, errs := range []noisy.Errors{noisy.Diffuse, noisy.Skewed} {
				c := cell{w, 100, noisy.Params{P: .65, E: .3, Errors: errs}, judged, 40, cost.Options{}}
				for _, m := range methods {
					p, n := c.rate(t, m)
					t.Logf("%s judge=%v %v %s: %.0f %% at %.1f calls", w, judged, errs, m.key(), p, n)
				}
			}
		}
	}
}
