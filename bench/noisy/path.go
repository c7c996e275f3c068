package noisy

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world/grade"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// path is what the simulation makes of the calls so far.
type path struct {
	task   *task
	gold   grade.Order // the gold plan that fits the calls best
	live   tool.World  // after the calls; nil in worlds that list no moves
	listed []tool.Call // moves from there, nil until they are asked for
	calls  []tool.Call
	filled []bool            // by index in the gold plan: some call of the path took this slot
	wrong  int               // entries that are not as in gold
	made   map[string]string // the handle on the path for a gold handle that was made otherwise
	known  map[string]bool   // handles that calls on the path made
	values []string          // what the calls that took the slots made
	last   string            // what the last call made
	digest []byte            // the path's content
	held   int               // calls that did not fail
	warned map[warning]bool  // what lessons warn of
}

// read returns the path of steps, by the gold plan with which it holds the fewest errors; of equal ones the first.
func (t *task) read(steps []model.Step) *path {
	var best *path
	for _, o := range t.orders {
		p := t.along(o, steps)
		if best == nil || p.wrong < best.wrong {
			best = p
		}
		if best.wrong == 0 {
			break
		}
	}
	return best
}

func (t *task) along(o grade.Order, steps []model.Step) *path {
	p := &path{
		task: t, gold: o, filled: make([]bool, len(o.Plan)), made: map[string]string{}, known: map[string]bool{},
		values: make([]string, len(o.Plan)),
	}
	if t.moves {
		p.live = t.world.Fork()
	}
	for _, s := range steps {
		p.add(s.Call, s.Status == model.Failed)
	}
	return p
}

func (p *path) clone() *path {
	c := *p
	c.calls, c.filled, c.values, c.digest = slices.Clone(p.calls), slices.Clone(p.filled), slices.Clone(p.values), slices.Clone(p.digest)
	c.made, c.known = maps.Clone(p.made), maps.Clone(p.known)
	if p.live != nil {
		c.live = p.live.Fork()
	}
	return &c
}

// replan takes the gold plan from where the path is, in worlds that know one.
func (p *path) replan() {
	if p.live == nil || p.task.gold.From == nil {
		return
	}
	if o, ok := p.task.from(p.live.State()); ok {
		p.gold, p.filled, p.values = o, make([]bool, len(o.Plan)), make([]string, len(o.Plan))
	}
}

// from is the label's From; each state is asked for once.
func (t *task) from(state json.RawMessage) (grade.Order, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	o, ok := t.known[string(state)]
	if !ok {
		if plan, found := t.gold.From(state); found {
			o = &plan
		}
		t.known[string(state)] = o
	}
	if o == nil {
		return grade.Order{}, false
	}
	return *o, true
}

// moves lists the calls that would not fail. It is for reading only: paths share it.
func (p *path) moves() []tool.Call {
	if m, ok := p.live.(mover); ok && p.listed == nil {
		p.listed = m.Moves()
	}
	return p.listed
}

// add appends a call. One that failed is seen to have failed: it is an error on the path and fills no slot; nor
// does a repetition, unless the plan has the very call again or it had failed before.
func (p *path) add(c tool.Call, failed bool) {
	again := slices.ContainsFunc(p.calls, func(x tool.Call) bool { return equal(x, c) })
	p.calls = append(p.calls, c)
	p.digest = append(p.digest, c.Key()...)
	if failed {
		p.digest = append(p.digest, "\x00failed"...)
		p.wrong++
		return
	}
	p.digest = append(p.digest, '\n')
	p.held++
	j, exact := p.slot(c)
	if p.live != nil && (!exact || !p.ready(j)) {
		j = -1 // anything else leads to another state
	}
	h := p.carryOut(c)
	if h != "" {
		p.known[h], p.last = true, h
	}
	if j < 0 || again && !exact && p.live == nil {
		p.wrong++
		p.replan()
		return
	}
	if !exact || !p.ready(j) {
		p.wrong++
	}
	p.filled[j], p.values[j] = true, h
	if gold := p.gold.Makes[j]; gold != "" && h != "" && !exact {
		p.made[gold] = h
	}
}

// slot returns the open slot of the gold plan that a call takes, -1 for none; exact says that it is what gold has
// there.
func (p *path) slot(c tool.Call) (j int, exact bool) {
	same := -1
	for i, g := range p.gold.Plan {
		if p.filled[i] || g.Tool != c.Tool {
			continue
		}
		if equal(g, c) {
			return i, true
		}
		if same < 0 || equal(p.call(i), c) {
			same = i
		}
	}
	return same, false
}

func equal(a, b tool.Call) bool { return a.Tool == b.Tool && bytes.Equal(a.Args, b.Args) }

// ready says whether all that a slot needs is filled.
func (p *path) ready(j int) bool {
	return !slices.ContainsFunc(p.gold.Needs[j], func(i int) bool { return !p.filled[i] })
}

// open returns the slots that are open and ready, and those that are open and not ready, in gold's order.
func (p *path) open() (ready, early []int) {
	for j := range p.filled {
		switch {
		case p.filled[j]:
		case p.ready(j):
			ready = append(ready, j)
		default:
			early = append(early, j)
		}
	}
	return ready, early
}

// call returns the call of a slot with what the path made in the place of what gold's calls made.
func (p *path) call(j int) tool.Call {
	if p.gold.Forms == nil {
		return p.resolve(p.gold.Plan[j])
	}
	return tool.Call{Tool: p.gold.Plan[j].Tool, Args: p.gold.Args(j, p.values)}
}

// guess is [path.call] for a call that needs what nothing has made yet: another number stands in for it.
func (p *path) guess(r *rand.Rand, j int) tool.Call {
	if p.gold.Forms == nil || len(p.task.said) == 0 {
		return p.call(j)
	}
	vals := slices.Clone(p.values)
	for _, i := range p.gold.Needs[j] {
		if vals[i] == "" {
			vals[i] = p.standIn(r, i)
		}
	}
	return tool.Call{Tool: p.gold.Plan[j].Tool, Args: p.gold.Args(j, vals)}
}

// standIn is what a model writes for what call i of the plan will make: the image at hand, or some number.
func (p *path) standIn(r *rand.Rand, i int) string {
	if !strings.HasPrefix(p.gold.Makes[i], "img-") {
		return pick(r, p.task.said)
	}
	if strings.HasPrefix(p.last, "img-") {
		return p.last
	}
	return textsOf(p.gold.Plan)[0]
}

// answer is the final answer: where one is asked for, what the last slot of the plan made, or what was calculated
// last, or some number.
func (p *path) answer(r *rand.Rand) string {
	if p.task.gold.Answer == "" {
		if plan := p.task.gold.Plan; len(plan) > 0 && plan[len(plan)-1].Tool == "search" {
			return searched
		}
		return done
	}
	if n := len(p.values); n > 0 && p.values[n-1] != "" {
		return p.values[n-1]
	}
	if p.last != "" {
		return p.last
	}
	return pick(r, append(slices.Clip(p.task.said), "0"))
}

// resolve puts the handles that the path made in the place of those that gold has.
func (p *path) resolve(c tool.Call) tool.Call {
	if len(p.made) == 0 {
		return c
	}
	for _, v := range values(c) {
		var s string
		if json.Unmarshal(v.raw, &s) != nil {
			continue
		}
		if made, ok := p.made[s]; ok {
			c, _ = with(c, v.name, made)
		}
	}
	return c
}

// loose says whether a call has a handle that no call on the path made, and returns the call with the bare
// content in its place.
func (p *path) loose(c tool.Call) (bare tool.Call, found bool) {
	if !p.task.takers[c.Tool] {
		return c, false
	}
	for _, v := range values(c) {
		var s string
		if p.task.schemas[c.Tool].Properties[v.name].handle() == "" || json.Unmarshal(v.raw, &s) != nil || p.known[s] {
			continue
		}
		_, s, _ = strings.Cut(s, ":")
		s, _, _ = strings.Cut(s, "#")
		c, _ = with(c, v.name, s)
		found = true
	}
	return c, found
}

// carryOut returns what a call makes. In worlds that list moves it is made there.
func (p *path) carryOut(c tool.Call) string {
	if p.live == nil {
		return p.task.handle(c)
	}
	p.listed = nil
	res, err := p.live.Call(context.Background(), c)
	if err != nil || res.IsError {
		return ""
	}
	return firstText(res.Value)
}

// handle returns what a constructor's call makes, "" for another call or one that makes nothing.
func (t *task) handle(c tool.Call) string {
	if !t.makers[c.Tool] {
		return ""
	}
	if i := slices.IndexFunc(t.gold.Plan, func(g tool.Call) bool { return equal(g, c) }); i >= 0 {
		return t.gold.Makes[i]
	}
	res, err := t.world.Fork().Call(context.Background(), c)
	if err != nil || res.IsError {
		return ""
	}
	return firstText(res.Value)
}

// firstText returns the first text of an object, by the order of the keys.
func firstText(obj json.RawMessage) string {
	for _, v := range values(tool.Call{Args: obj}) {
		if s, ok := v.text(); ok {
			return s
		}
	}
	return ""
}
