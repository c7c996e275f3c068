package bench

import (
	"cmp"
	"fmt"
	"strconv"
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
func (c Condition) Simulated() string { return c.words().simulated() }

// String is the heading of the condition's table. It begins with what is simulated.
func (c Condition) String() string { return c.words().String() }

// words are a condition's parts as they are shown. Of conditions that are pooled, a part lists what they have.
type words struct {
	suite, model, p, e, errors, judge, budget string
	valid, judged                             bool // judged: a simulated judge
}

func (c Condition) words() words {
	return words{
		c.Suite, c.Model, strconv.FormatFloat(c.P, 'g', -1, 64), strconv.FormatFloat(c.E, 'g', -1, 64), c.Errors, c.Judge, c.Budget.String(),
		c.Valid, c.Judge == Noisy,
	}
}

func (w words) simulated() string {
	var what []string
	if w.model == Noisy {
		valid := ""
		if w.valid {
			valid = ", valid calls only"
		}
		what = append(what, fmt.Sprintf("proposer (p=%s, e=%s, %s errors%s)", w.p, w.e, w.errors, valid))
	}
	if w.judged {
		what = append(what, "judge")
	}
	if len(what) == 0 {
		return ""
	}
	return "SIMULATED " + strings.Join(what, " and ")
}

func (w words) String() string {
	who := "model " + w.model
	if s := w.simulated(); s != "" {
		who = s
	}
	if w.model != Noisy && w.judged {
		who += ", model " + w.model
	}
	if w.judge != Noisy {
		who += ", judge " + w.judge
	}
	return fmt.Sprintf("%s: %s; budget %s", w.suite, who, w.budget)
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
