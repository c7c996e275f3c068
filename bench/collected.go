package bench

import (
	"cmp"
	"slices"
	"unique"
)

// Collected is a [Sink] in memory. The zero value is empty. Rows of one condition and contender stand together and
// share their texts, so that a million rows fit: about 400 bytes each.
type Collected struct {
	cells map[cellKey]*cell
	n     int
}

// cellKey names the rows that one line of a table is made of.
type cellKey struct {
	Condition
	contender string
}

// taskKey names a task of a condition.
type taskKey struct {
	seed uint64
	task int
}

func (k Key) taskKey() taskKey { return taskKey{k.Seed, k.Task} }

type cell struct {
	cellKey
	rows []Row
	at   map[taskKey]int32 // where in rows
}

// Has implements [Sink].
func (c *Collected) Has(k Key) bool {
	own := c.cells[cellKey{k.Condition, k.Contender}]
	if own == nil {
		return false
	}
	_, ok := own.at[k.taskKey()]
	return ok
}

// Put implements [Sink]. Of two rows of one key the first is kept.
func (c *Collected) Put(r Row) error {
	c.add(r)
	return nil
}

// add returns the row that is kept under the key of r.
func (c *Collected) add(r Row) *Row {
	if c.cells == nil {
		c.cells = map[cellKey]*cell{}
	}
	k := cellKey{r.Condition, r.Contender}
	own := c.cells[k]
	if own == nil {
		own = &cell{cellKey: k, at: map[taskKey]int32{}}
		c.cells[k] = own
	}
	if i, ok := own.at[r.taskKey()]; ok {
		return &own.rows[i]
	}
	own.at[r.taskKey()] = int32(len(own.rows))
	r.Condition, r.Contender, r.Status, r.Judged, r.Error = own.Condition, own.contender, shared(r.Status), shared(r.Judged), shared(r.Error)
	own.rows = append(own.rows, r)
	c.n++
	return &own.rows[len(own.rows)-1]
}

// shared returns the same text, kept once for all that hold it.
func shared(s string) string { return unique.Make(s).Value() }

// Len is how many rows there are.
func (c *Collected) Len() int { return c.n }

// Rows returns what is there, ordered by condition, contender, seed and task.
func (c *Collected) Rows() []Row {
	type named struct {
		*cell
		condition string
	}
	order := make([]named, 0, len(c.cells))
	for _, own := range c.cells {
		order = append(order, named{own, own.Condition.String()})
	}
	slices.SortFunc(order, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.condition, b.condition), cmp.Compare(a.contender, b.contender))
	})
	out := make([]Row, 0, c.n)
	for _, own := range order {
		out = append(out, own.rows...)
		sortTasks(out[len(out)-len(own.rows):])
	}
	return out
}

// sortTasks orders rows by seed and task.
func sortTasks(rows []Row) {
	if !slices.IsSortedFunc(rows, byTask) {
		slices.SortStableFunc(rows, byTask)
	}
}

func byTask(a, b Row) int { return a.compareTask(b.Key) }
