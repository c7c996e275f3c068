package bench

import (
	"context"
	"fmt"
	"sync"

	"github.com/azimuthdev/azimuth/bench/noisy"
	"github.com/azimuthdev/azimuth/bench/world"
	"github.com/azimuthdev/azimuth/bench/world/grade"
	"github.com/azimuthdev/azimuth/budget"
	"github.com/azimuthdev/azimuth/journal"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/memory"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// place names what runs on one seed's tasks share, whatever their budget and their contender.
type place struct {
	Condition // without its budget
	seed      uint64
}

func placeOf(k Key) place {
	c := k.Condition
	c.Budget = budget.Limits{}
	return place{c, k.Seed}
}

// outfit is what a run is given. No answer can be reached from it but through a simulated proposer or judge.
type outfit struct {
	mu     sync.Mutex
	worlds []tool.World // by task, as they are before the first call; only ever forked
	goals  []string     // by task
	words  bool         // what counts is the final answer in words
	model  model.Model
	judge  judge.Judge
	plans  []memory.Plan // solved requests of other tasks

	journals journal.Store // nil: each goes with its run
}

// fork returns a task's world for one run.
func (o *outfit) fork(task int) tool.World {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.worlds[task].Fork()
}

// environment is an outfit with the answers beside it, for the grader.
type environment struct {
	outfit
	gold []grade.Label
	once sync.Once
	err  error
	left int // rows that still need it

	lessons *lessons // nil: none
}

// opener opens models and judges that are not simulated.
type opener struct {
	model func(name string) (model.Model, error)
	judge func(spec string, m model.Model) (judge.Judge, error)
}

// make fills the environment in; the runner calls it once.
func (e *environment) make(p place, s Spec, o opener) error {
	suite, err := FindSuite(p.Suite)
	if err != nil {
		return err
	}
	if err := e.ask(suite, p.seed, s.Tasks); err != nil {
		return err
	}
	if err := e.remember(suite.World, p.seed, s.Demos); err != nil {
		return err
	}
	if e.model, err = o.propose(p, e.solved()); err != nil {
		return err
	}
	if e.judge, err = o.decide(p.Judge, e.model, e.solved()); err != nil {
		return err
	}
	e.lessons, err = newLessons(p, s, o)
	return err
}

// ask draws the tasks and their answers.
func (e *environment) ask(suite Suite, seed uint64, n int) error {
	tasks, err := world.Tasks(suite.World, seed, n)
	if err != nil {
		return err
	}
	for i, t := range tasks {
		w, err := world.Open(t.ID, &suite.Options)
		if err != nil {
			return err
		}
		l, err := grade.Gold(suite.World, seed, i)
		if err != nil {
			return err
		}
		e.goals, e.worlds, e.gold = append(e.goals, t.Goal), append(e.worlds, w), append(e.gold, l)
		e.words = l.Rule == grade.Answer
	}
	return nil
}

func (e *environment) remember(name string, seed uint64, n int) error {
	demos, err := world.Demos(name, seed, max(n, 0))
	if err != nil {
		return err
	}
	for _, d := range demos {
		e.plans = append(e.plans, memory.Plan{Goal: d.Goal, Calls: d.Calls, Source: memory.SourceDemo})
	}
	return nil
}

// solved returns the tasks with their answers, as the simulation takes them.
func (e *environment) solved() []noisy.Task {
	out := make([]noisy.Task, len(e.gold))
	for i, g := range e.gold {
		out[i] = noisy.Task{Gold: g, World: e.worlds[i]}
	}
	return out
}

func (o opener) propose(p place, tasks []noisy.Task) (model.Model, error) {
	if p.Model != Noisy {
		return o.model(p.Model)
	}
	kind, err := errorsOf(p.Errors)
	if err != nil {
		return nil, err
	}
	return noisy.New(tasks, noisy.Params{P: p.P, E: p.E, Errors: kind}, &noisy.Options{Valid: p.Valid})
}

func (o opener) decide(spec string, m model.Model, tasks []noisy.Task) (judge.Judge, error) {
	switch spec {
	case None:
		return nil, nil
	case Noisy:
		j, err := noisy.NewJudge(tasks, nil)
		return simulatedJudge{j}, err
	}
	if o.judge == nil {
		return nil, fmt.Errorf("judge: %q: want %s or %s", spec, None, Noisy)
	}
	return o.judge(spec, m)
}

// simulatedJudge says what asking it takes, so that no run goes over its calls by asking.
type simulatedJudge struct{ noisy *noisy.Judge }

// Name implements [judge.Judge].
func (j simulatedJudge) Name() string { return j.noisy.Name() }

// Judge implements [judge.Judge].
func (j simulatedJudge) Judge(ctx context.Context, p judge.Plan) (judge.Verdict, error) {
	return j.noisy.Judge(ctx, p)
}

// Step implements [judge.Stepper].
func (j simulatedJudge) Step(ctx context.Context, p judge.Part) (judge.Verdict, error) {
	return j.noisy.Step(ctx, p)
}

// EstimateStep is one request.
func (simulatedJudge) EstimateStep(judge.Part) model.Usage { return model.Usage{Requests: 1} }

// Estimate is one request.
func (simulatedJudge) Estimate(judge.Plan) model.Usage { return model.Usage{Requests: 1} }
