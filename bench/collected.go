package bench

import (
	"cmp"
	"slices"
)

// Collected is a [Sink] in memory. The zero value is empty.
type Collected struct{ rows map[Key]Row }

// Has implements [Sink].
func (c *Collected) Has(k Key) bool { _, ok := c.rows[k]; return ok }

// Put implements [Sink]. Of two rows of one key the first is kept.
func (c *Collected) Put(r Row) error {
	if c.rows == nil {
		c.rows = map[Key]Row{}
	}
	if _, ok := c.rows[r.Key]; !ok {
		c.rows[r.Key] = r
	}
	return nil
}

// Rows returns what is there, ordered by condition, contender, seed and task.
func (c *Collected) Rows() []Row {
	out := make([]Row, 0, len(c.rows))
	for _, r := range c.rows {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Condition.String(), b.Condition.String()), cmp.Compare(a.Contender, b.Contender), a.compareTask(b.Key))
	})
	return out
}
