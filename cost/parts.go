package cost

import "github.com/azimuthdev/azimuth/search"

// The names of the parts that candidates carry. What computes them is the caller's: memory and position come from
// plan memory, the others from [Price], [Latency] and [Health].
const (
	PartMemory   = "memory"   // 1 - g1, step: how unlike remembered plans the plan so far is
	PartPosition = "position" // 1 - h1, heuristic: how far from the end of remembered plans the call stands
	PartPrice    = "price"
	PartLatency  = "latency"
	PartHealth   = "health"
)

// columns finds parts by name in one tree.
type columns struct {
	tree             *search.Tree
	memory, position int
	extra            []extra
}

// extra is a part that adds to a step's cost.
type extra struct {
	name   string
	column int
	weight float64
}

func (c *columns) bind(t *search.Tree) {
	if c.tree == t {
		return
	}
	c.tree, c.memory, c.position = t, -1, -1
	for i := range c.extra {
		c.extra[i].column = -1
	}
	for i, name := range t.PartNames() {
		switch name {
		case PartMemory:
			c.memory = i
		case PartPosition:
			c.position = i
		}
		for j := range c.extra {
			if c.extra[j].name == name {
				c.extra[j].column = i
			}
		}
	}
}

// part reads a column of n; a part that the tree does not have is the worst, as an empty memory has it.
func part(t *search.Tree, n search.NodeID, column int) float64 {
	if column < 0 {
		return 1
	}
	return t.Part(n, column)
}

// extras is the weighted sum of price, latency and health of n.
func (c *columns) extras(t *search.Tree, n search.NodeID) float64 {
	sum := 0.0
	for i := range c.extra {
		if e := &c.extra[i]; e.column >= 0 {
			sum += e.weight * t.Part(n, e.column)
		}
	}
	return sum
}

func extrasOf(o *Options, price, latency, health float64) []extra {
	return []extra{
		{PartPrice, -1, value(o.Price, price)}, {PartLatency, -1, value(o.Latency, latency)}, {PartHealth, -1, value(o.Health, health)},
	}
}
