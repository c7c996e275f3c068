package toolpath

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	world "github.com/azimuthdev/azimuth/bench/world/toolpath"
	"github.com/azimuthdev/azimuth/bench/world/toolpath/grade"
	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// course is one request with all that runs over it share.
type course struct {
	task     world.Task
	gold     grade.Label
	subtasks []toolpath.Subtask
	world    *world.World
	call     func(toolpath.Step) (tool.Call, error)
	broken   string // a tool that fails, none if empty
	likeness map[seen]float64
}

// seen is an image after so many edits.
type seen struct {
	image string
	edits int
}

func newCourse(seed uint64, i, edits int) (*course, error) {
	o := &world.Options{Edits: edits}
	tasks, err := world.Generate(seed, i+1, o)
	if err != nil {
		return nil, err
	}
	c := &course{task: tasks[i], gold: grade.Gold(seed, i, o), likeness: map[seen]float64{}}
	if c.world, err = world.Open(c.task.ID, o); err != nil {
		return nil, err
	}
	if c.subtasks, err = toolpath.Clauses(c.task.Goal, world.Catalog().Kinds); err != nil {
		return nil, err
	}
	if len(c.subtasks) != len(c.gold.Kinds) {
		return nil, fmt.Errorf("%s: %d subtasks were read from the goal, there are %d", c.task.ID, len(c.subtasks), len(c.gold.Kinds))
	}
	c.call = world.Call(c.task.Image)
	return c, nil
}

// calls is how steps are called, with the tool that is broken.
func (c *course) calls(s toolpath.Step) (tool.Call, error) {
	if s.Tool == c.broken {
		return tool.Call{}, fmt.Errorf("%s is out of order", s.Tool)
	}
	return c.call(s)
}

// check is the simulated judge.
func (c *course) check(_ context.Context, s toolpath.Step, o toolpath.Output) (float64, error) {
	if !o.Final {
		return 1, nil
	}
	done := edits(s.Before)
	before, err := c.like(s.Before, done)
	if err != nil {
		return 0, err
	}
	after, err := c.like(append(slices.Clone(s.Before), o), done+1)
	return min(1, after/max(before, .01)), err
}

// edits counts the subtasks that are done.
func edits(way []toolpath.Output) int {
	n := 0
	for _, o := range way {
		if o.Final {
			n++
		}
	}
	return n
}

// like is the SSIM of what a way made to what it ought to be after so many edits.
func (c *course) like(way []toolpath.Output, done int) (float64, error) {
	call, err := world.Delivered(c.task.Image, way)
	if err != nil {
		return 0, err
	}
	var args struct{ Image string }
	if err := json.Unmarshal(call.Args, &args); err != nil {
		return 0, err
	}
	at := seen{args.Image, done}
	if v, ok := c.likeness[at]; ok {
		return v, nil
	}
	m, ok := c.world.Image(args.Image)
	if !ok {
		return 0, fmt.Errorf("%s: there is no image %s", c.task.ID, args.Image)
	}
	near, err := c.gold.After(done, m)
	c.likeness[at] = near.SSIM
	return near.SSIM, err
}

// outcome is what a way came to.
type outcome struct {
	cost, spent float64 // seconds, of the path and of all attempts
	likeness    float64 // of the result to the target, 0 where the chain was not finished
	good        float64 // share of the edits that passed the check
	whole       bool    // all did
	value       float64 // the objective at alpha 1
}

// grade rates a finished way. qualities are those of its steps.
func (c *course) grade(way []toolpath.Output, qualities []float64, cost, spent, alpha float64) (outcome, error) {
	out := outcome{cost: cost, spent: spent}
	product, good := 1.0, 0
	for i, o := range way {
		product *= qualities[i]
		if o.Final && qualities[i] >= search.CostaThreshold {
			good++
		}
	}
	n := len(c.gold.Kinds)
	out.good, out.whole = float64(good)/float64(n), good == n
	out.value = search.CostQuality(alpha, cost, product)
	if edits(way) < n {
		return out, nil
	}
	var err error
	out.likeness, err = c.like(way, n)
	return out, err
}

// plan runs the planner.
func (c *course) plan(ctx context.Context, t *toolpath.Table, o search.CostaOptions) (outcome, toolpath.Result, error) {
	res, err := toolpath.Run(ctx, toolpath.Task{
		Goal: c.task.Goal, Catalog: world.Catalog(), Table: t, Subtasks: c.subtasks, World: c.world, Call: c.calls, Check: c.check,
	}, &toolpath.Options{Search: o, Seconds: world.Seconds})
	if err != nil {
		return outcome{}, res, err
	}
	var qualities []float64
	for _, s := range res.ToolPath.Steps {
		qualities = append(qualities, s.Quality)
	}
	alpha := 1.0
	if o.Alpha != nil {
		alpha = *o.Alpha
	}
	out, err := c.grade(res.Steps, qualities, res.Cost, res.Spent, alpha)
	return out, res, err
}
