package noisy

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// path is what the simulation makes of the calls so far.
type path struct {
	task   *task
	calls  []tool.Call
	filled []bool            // by index in the gold plan: some call of the path took this slot
	wrong  int               // entries that are not as in gold
	made   map[string]string // the handle on the path for a gold handle that was made otherwise
	known  map[string]bool   // handles that calls on the path made
	digest strings.Builder   // the path's content
}

func (t *task) read(steps []model.Step) *path {
	p := &path{task: t, filled: make([]bool, len(t.gold.Plan)), made: map[string]string{}, known: map[string]bool{}}
	for _, s := range steps {
		p.add(s.Call, s.Status == model.Failed)
	}
	return p
}

// add appends a call. One that failed is seen to have failed: it is an error on the path and fills no slot; nor
// does a repetition.
func (p *path) add(c tool.Call, failed bool) {
	again := slices.ContainsFunc(p.calls, func(x tool.Call) bool { return equal(x, c) })
	p.calls = append(p.calls, c)
	p.digest.WriteString(c.Key())
	if failed {
		p.digest.WriteString("\x00failed")
		p.wrong++
		return
	}
	p.digest.WriteByte('\n')
	j, exact := p.slot(c)
	h := p.task.handle(c)
	if h != "" {
		p.known[h] = true
	}
	if j < 0 || again {
		p.wrong++
		return
	}
	if !exact || !p.ready(j) {
		p.wrong++
	}
	p.filled[j] = true
	if gold := p.task.gold.Makes[j]; gold != "" && h != "" && !exact {
		p.made[gold] = h
	}
}

// slot returns the open slot of the gold plan that a call takes, -1 for none; exact says that it is what gold has
// there.
func (p *path) slot(c tool.Call) (j int, exact bool) {
	same := -1
	for i, g := range p.task.gold.Plan {
		if p.filled[i] || g.Tool != c.Tool {
			continue
		}
		if equal(g, c) {
			return i, true
		}
		if same < 0 || equal(p.resolve(g), c) {
			same = i
		}
	}
	return same, false
}

func equal(a, b tool.Call) bool { return a.Tool == b.Tool && bytes.Equal(a.Args, b.Args) }

// ready says whether all that a slot needs is filled.
func (p *path) ready(j int) bool {
	return !slices.ContainsFunc(p.task.gold.Needs[j], func(i int) bool { return !p.filled[i] })
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
		if p.task.schemas[c.Tool].Properties[v.name].Pattern == "" || json.Unmarshal(v.raw, &s) != nil || p.known[s] {
			continue
		}
		_, s, _ = strings.Cut(s, ":")
		s, _, _ = strings.Cut(s, "#")
		c, _ = with(c, v.name, s)
		found = true
	}
	return c, found
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
	for _, v := range values(tool.Call{Args: res.Value}) {
		var s string
		if json.Unmarshal(v.raw, &s) == nil {
			return s
		}
	}
	return ""
}
