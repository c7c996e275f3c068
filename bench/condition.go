package bench

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/budget"
)

// Condition is what the contenders of one table have in common.
type Condition struct {
	Suite  string        `json:"suite"`
	Model  string        `json:"model"`
	P      float64       `json:"p,omitempty"`
	E      float64       `json:"e,omitempty"`
	Errors string        `json:"errors,omitempty"`
	Valid  bool          `json:"valid,omitempty"`
	Judge  string        `json:"judge"`
	Budget budget.Limits `json:"budget"`
}

// Simulated says what of a condition is a simulation, empty for nothing.
func (c Condition) Simulated() string {
	var what []string
	if c.Model == Noisy {
		valid := ""
		if c.Valid {
			valid = ", valid calls only"
		}
		what = append(what, fmt.Sprintf("proposer (p=%v, e=%v, %s errors%s)", c.P, c.E, c.Errors, valid))
	}
	if c.Judge == Noisy {
		what = append(what, "judge")
	}
	if len(what) == 0 {
		return ""
	}
	return "SIMULATED " + strings.Join(what, " and ")
}

// String is the heading of the condition's table. It begins with what is simulated.
func (c Condition) String() string {
	who := "model " + c.Model
	if s := c.Simulated(); s != "" {
		who = s
	}
	if c.Model != Noisy && c.Judge == Noisy {
		who += ", model " + c.Model
	}
	if c.Judge != Noisy {
		who += ", judge " + c.Judge
	}
	return fmt.Sprintf("%s: %s; budget %s", c.Suite, who, c.Budget)
}

// Conditions returns the conditions of a spec in the order in which they are reported. The budget runs fastest.
func (s Spec) Conditions() []Condition {
	s = s.WithDefaults()
	one := []Condition{{Model: s.Model, Valid: s.Valid}}
	one = times(one, s.Suites, func(c *Condition, v string) { c.Suite = v })
	if s.Model == Noisy {
		one = times(one, s.P, func(c *Condition, v float64) { c.P = v })
		one = times(one, s.E, func(c *Condition, v float64) { c.E = v })
		one = times(one, s.Errors, func(c *Condition, v string) { c.Errors = v })
	}
	one = times(one, s.Judges, func(c *Condition, v string) { c.Judge = v })
	return times(one, s.Budgets, func(c *Condition, v budget.Limits) { c.Budget = v })
}

// times returns each condition with each value.
func times[T any](cs []Condition, values []T, set func(*Condition, T)) []Condition {
	var out []Condition
	for _, c := range cs {
		for _, v := range values {
			set(&c, v)
			out = append(out, c)
		}
	}
	return out
}

// Key names a row: what was run on which task.
type Key struct {
	Condition
	Contender string `json:"contender"`
	Seed      uint64 `json:"seed"`
	Task      int    `json:"task"`
}

// task orders the tasks of a condition.
func (k Key) compareTask(o Key) int {
	return cmp.Or(cmp.Compare(k.Seed, o.Seed), cmp.Compare(k.Task, o.Task))
}

// keys calls yield for every row that the spec asks for, in order.
func (s Spec) keys(contenders []Contender, yield func(k Key, c int)) {
	for _, cond := range s.Conditions() {
		for i := range s.Seeds {
			for ci, c := range contenders {
				for t := range s.Tasks {
					yield(Key{cond, c.Name, s.First + uint64(i), t}, ci)
				}
			}
		}
	}
}
