package engine

import (
	"github.com/azimuthdev/azimuth/internal/splitmix"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/search"
	"github.com/azimuthdev/azimuth/tool"
)

// observation is what is known of a node's call.
type observation struct {
	status model.Status
	result tool.Result
	epoch  int // how many effects had been made when it was looked at
}

// knowledge is everything about nodes that is not a number: what their calls answered, which were carried out for
// real, what was tried in vain. It is used by the run's own goroutine only.
type knowledge struct {
	seen      map[search.NodeID]observation
	committed map[search.NodeID]bool
	// tried are calls below a node that failed while searching; they are shown when that node is worked on again.
	tried map[search.NodeID][]model.Step
	// history are calls below a committed node that were made for real and failed, or that were rejected; they
	// happened, so whatever follows the node is shown them.
	history map[search.NodeID][]model.Step
	answers map[search.NodeID]string
	edited  map[search.NodeID]tool.Call // what an approver put in the place of a node's call
	lessons []string                    // of failed attempts, the last few
	learned int                         // how many there were in all
	worlds  *worldCache
	course  *course                  // of strategies that go by subtasks
	tools   map[search.NodeID][]int  // the nodes of its graph that nodes are at
	rated   map[search.NodeID]Rating // what calls came to
	judged  map[search.NodeID]Rating // as far as they were rated before the goal was taken apart again
	epoch   int                      // effects made so far
}

func newKnowledge(w tool.World) *knowledge {
	k := &knowledge{
		seen:      map[search.NodeID]observation{},
		committed: map[search.NodeID]bool{},
		tried:     map[search.NodeID][]model.Step{},
		history:   map[search.NodeID][]model.Step{},
		answers:   map[search.NodeID]string{},
		edited:    map[search.NodeID]tool.Call{},
	}
	if w != nil {
		k.worlds = newWorldCache(w)
	}
	return k
}

// maxLessons is how many lessons later requests are shown (Reflexion keeps three).
const maxLessons = 3

// learn keeps a lesson. The slice that jobs under way hold is not changed.
func (k *knowledge) learn(lesson string) {
	kept := append(k.lessons[:len(k.lessons):len(k.lessons)], lesson)
	k.lessons = kept[max(0, len(kept)-maxLessons):]
	k.learned++
}

// known returns what is known of a node's call, and whether that still holds.
func (k *knowledge) known(n search.NodeID) (observation, bool) {
	o, ok := k.seen[n]
	if !ok || k.committed[n] {
		return o, ok
	}
	return o, o.epoch == k.epoch || k.worlds != nil
}

// pathNode is a node of a path with all that is needed to work on it in another goroutine.
type pathNode struct {
	id        search.NodeID
	act       action
	obs       observation
	known     bool
	committed bool
	history   []model.Step
	tools     []int // nodes of the graph of the tools
}

// path returns the nodes from the root (excluded) to n.
func (e *Engine) path(n search.NodeID) []pathNode {
	ids := e.tree.Path(n)
	nodes := make([]pathNode, len(ids))
	for i, id := range ids {
		o, ok := e.know.known(id)
		nodes[i] = pathNode{
			id: id, act: e.actions.at(e.tree.Action(id)), obs: o, known: ok,
			committed: e.know.committed[id], history: e.know.history[id], tools: e.know.tools[id],
		}
		if c, ok := e.know.edited[id]; ok {
			nodes[i].act.call = c
		}
	}
	return nodes
}

// steps renders a path as a model is shown it: the calls and what came of them, with failed attempts where they
// happened. Plans number their steps without failed attempts and models see them numbered with, so references are
// renumbered on the way out by shown, and on the way in by planned.
func steps(history []model.Step, nodes []pathNode) (out []model.Step, n numbering) {
	out = append(make([]model.Step, 0, len(history)+len(nodes)+1), history...)
	n = make(numbering, 0, len(nodes))
	for _, p := range nodes {
		if p.act.finish {
			break
		}
		n = append(n, len(out)+1)
		c := p.act.call
		if n.shifted() {
			c.Args = tool.Renumber(c.Args, n.shown)
		}
		out = append(out, model.Step{Call: c, Result: p.obs.result, Status: p.obs.status})
		out = append(out, p.history...)
	}
	return out, n
}

// numbering maps a plan's step numbers (1-based, index+1) to the numbers that a model sees.
type numbering []int

func (n numbering) shifted() bool { return len(n) > 0 && n[len(n)-1] != len(n) }

func (n numbering) shown(planned int) int {
	if planned >= 1 && planned <= len(n) {
		return n[planned-1]
	}
	if len(n) > 0 { // a later step of the same outline
		return planned + n[len(n)-1] - len(n)
	}
	return planned
}

func (n numbering) planned(shown int) int {
	for i, s := range n {
		if s == shown {
			return i + 1
		}
	}
	if len(n) > 0 && shown > n[len(n)-1] {
		return shown - n[len(n)-1] + len(n)
	}
	return shown
}

// resolve replaces references to earlier outputs by their values; ok is false while one is not known yet.
func resolve(c tool.Call, nodes []pathNode) (tool.Call, bool, error) {
	refs := tool.Refs(c.Args)
	if len(refs) == 0 {
		return c, true, nil
	}
	for _, r := range refs {
		if r.Step >= 1 && r.Step <= len(nodes) && nodes[r.Step-1].obs.status != model.Observed {
			return c, false, nil
		}
	}
	args, err := tool.Resolve(c.Args, func(step int) (tool.Result, bool) {
		if step < 1 || step > len(nodes) {
			return tool.Result{}, false
		}
		return nodes[step-1].obs.result, true
	})
	return tool.Call{Tool: c.Tool, Args: args}, err == nil, err
}

// calls returns the calls of a path.
func calls(nodes []pathNode) []tool.Call {
	cs := make([]tool.Call, 0, len(nodes))
	for _, p := range nodes {
		if !p.act.finish {
			cs = append(cs, p.act.call)
		}
	}
	return cs
}

// seedOf derives a request's seed from the run's seed and everything that makes the request what it is, so that
// equal work gets equal samples whenever it is done, and no two requests repeat each other's by accident.
func (e *Engine) seedOf(nodes []pathNode, attempt uint64, tried int) uint64 {
	h := fnv(offset64, e.opts.Seed)
	for _, p := range nodes {
		h = fnvString(h, p.act.call.Tool)
		h = fnvString(h, string(p.act.call.Args))
		h = fnv(h, uint64(len(p.history)))
	}
	return splitmix.Mix(fnv(fnv(h, attempt), uint64(tried)))
}

const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func fnv(h, v uint64) uint64 {
	for range 8 {
		h = (h ^ v&0xff) * prime64
		v >>= 8
	}
	return h
}

func fnvString(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime64
	}
	return (h ^ 0xff) * prime64
}

// worldCache keeps the state of a world at nodes that were observed, as many as it has room for; the others are
// made again from the nearest ancestor.
type worldCache struct {
	root tool.World
	at   map[search.NodeID]tool.World
	ring []search.NodeID
	next int
}

const worldCacheSize = 4096

func newWorldCache(root tool.World) *worldCache {
	return &worldCache{root: root.Fork(), at: map[search.NodeID]tool.World{}}
}

// near returns a copy of the world at the deepest node of the path that it has, and how many calls of the path
// that copy has seen.
func (c *worldCache) near(nodes []pathNode) (tool.World, int) {
	for i := len(nodes) - 1; i >= 0; i-- {
		if w, ok := c.at[nodes[i].id]; ok {
			return w.Fork(), i + 1
		}
	}
	return c.root.Fork(), 0
}

func (c *worldCache) put(n search.NodeID, w tool.World) {
	if _, ok := c.at[n]; ok {
		return
	}
	if len(c.ring) < worldCacheSize {
		c.ring = append(c.ring, n)
	} else {
		delete(c.at, c.ring[c.next])
		c.ring[c.next] = n
		c.next = (c.next + 1) % worldCacheSize
	}
	c.at[n] = w
}
