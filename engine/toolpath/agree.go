package toolpath

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Unvoted is the lead of a list that nothing was voted on: more samples would not change it.
const Unvoted = math.MinInt

// maxRounds is how often [Agreed] aligns the samples anew; mostly nothing changes after the second time.
const maxRounds = 4

// Agreed returns the list on which samples agree. Where all are chains that is their consensus: beginning with the sample that
// the others share most with, each sample is aligned with the list; at each place stands what most samples have
// there, a place that most of them leave out is dropped, and what most of them have between two places is put there. So one that
// leaves a subtask out still votes for those behind it. A sample that ends early says nothing of what would follow: what a quarter
// of all have, and most of those that go on, stays (inferred). Where not all are chains it is the first sample that [Check] lets
// pass, whose error is returned where none does.
func Agreed(samples [][]Subtask, kinds []Kind) ([]Subtask, error) {
	list, _, err := Consensus(samples, kinds)
	return list, err
}

// Consensus is [Agreed] with how clear it is: the least lead, in votes, of what stands at a place over anything else that
// the samples that [Check] lets pass have there, leaving it out included; [Unvoted] where not all of them are chains.
func Consensus(samples [][]Subtask, kinds []Kind) (list []Subtask, lead int, err error) {
	good, err := usable(samples, kinds)
	if err != nil {
		return nil, 0, err
	}
	if slices.ContainsFunc(good, func(s []Subtask) bool { return !chain(s) }) {
		return good[0], Unvoted, nil
	}
	if len(good) == 1 {
		return good[0], 1, nil
	}
	lists := make([][]job, len(good))
	for i, s := range good {
		for _, x := range s {
			lists[i] = append(lists[i], job{x.Kind, x.About})
		}
	}
	now := middle(lists)
	for range maxRounds {
		next := consensus(columns(now, lists), len(now), len(lists))
		if len(next) == 0 || len(next) > MaxSubtasks || slices.Equal(next, now) {
			break
		}
		now = next
	}
	lead = len(good)
	for _, c := range columns(now, lists)[:len(now)] {
		lead = min(lead, c.lead())
	}
	return numbered(now), lead, nil
}

// usable are the samples that [Check] lets pass.
func usable(samples [][]Subtask, kinds []Kind) ([][]Subtask, error) {
	err := fmt.Errorf("%w: no sample", ErrSubtasks)
	var good [][]Subtask
	for _, s := range samples {
		if e := Check(s, kinds); e != nil {
			err = e
			continue
		}
		good = append(good, s)
	}
	if len(good) == 0 {
		return nil, err
	}
	return good, nil
}

// numbered is a chain of subtasks.
func numbered(list []job) []Subtask {
	out := make([]Subtask, len(list))
	for i, x := range list {
		out[i] = Subtask{ID: fmt.Sprintf("%s %d", x.kind, i+1), Kind: x.kind, About: x.about}
		if i > 0 {
			out[i].Parents = []string{out[i-1].ID}
		}
	}
	return out
}

// chain says whether each subtask follows the one before it in the list.
func chain(s []Subtask) bool {
	for i := range s {
		if i == 0 && len(s[i].Parents) > 0 || i > 0 && (len(s[i].Parents) != 1 || s[i].Parents[0] != s[i-1].ID) {
			return false
		}
	}
	return true
}

// job is a subtask without its place.
type job struct{ kind, about string }

// like is how much two subtasks have in common, from 0 to 4. The words of the goal say more than the kind that was made of them.
func (j job) like(o job) int {
	n := 0
	if j.about == o.about && j.about != "" {
		n += 2
	}
	if j.kind == o.kind {
		n++
	}
	if j == o {
		return 4
	}
	return n
}

// middle returns the list that the others share most with, the first of equals.
func middle(lists [][]job) []job {
	return slices.MaxFunc(lists, func(a, b []job) int { return cmp.Compare(shared(a, lists), shared(b, lists)) })
}

func shared(a []job, lists [][]job) int {
	n := 0
	for _, b := range lists {
		n += scores(a, b)[0][0]
	}
	return n
}

// scores are the greatest likeness of a[i:] and b[j:] when they are aligned.
func scores(a, b []job) [][]int {
	best := make([][]int, len(a)+1)
	for i := range best {
		best[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1], best[i+1][j+1]+a[i].like(b[j]))
		}
	}
	return best
}

// column is what samples have at a place, and right before it where the list has nothing; reach is how many go on to there.
type column struct {
	at, before ballot
	reach      int
}

// keeps says whether what a ballot is for belongs into the list.
func (c *column) keeps(b *ballot, samples int) bool { return 2*b.n > c.reach && 4*b.n >= samples }

// ballot counts votes. A sample has one at most.
type ballot struct {
	votes map[job]int
	order []job
	n     int
}

func (b *ballot) add(j job) {
	if b.votes == nil {
		b.votes = map[job]int{}
	}
	if b.votes[j]++; b.votes[j] == 1 {
		b.order = append(b.order, j)
	}
	b.n++
}

// top is what has most votes, the first one of equals.
func (b *ballot) top() job {
	return slices.MaxFunc(b.order, func(x, y job) int {
		return cmp.Or(cmp.Compare(b.votes[x], b.votes[y]), cmp.Compare(slices.Index(b.order, y), slices.Index(b.order, x)))
	})
}

// lead is by how many votes what stands at the place leads what comes next.
func (c *column) lead() int {
	if c.at.n == 0 {
		return 0
	}
	top, next := c.at.top(), c.reach-c.at.n
	for _, j := range c.at.order {
		if j != top {
			next = max(next, c.at.votes[j])
		}
	}
	return c.at.votes[top] - next
}

// columns are the votes of all samples.
func columns(list []job, samples [][]job) []column {
	cols := make([]column, len(list)+1)
	for _, s := range samples {
		vote(cols, list, s)
	}
	return cols
}

// consensus is the list of n places after each sample had its say.
func consensus(cols []column, n, samples int) []job {
	var out []job
	for i := range cols {
		if cols[i].keeps(&cols[i].before, samples) {
			out = append(out, cols[i].before.top())
		}
		if i < n && cols[i].keeps(&cols[i].at, samples) {
			out = append(out, cols[i].at.top())
		}
	}
	return out
}

// vote aligns a sample with the list and counts what it has.
func vote(cols []column, list, s []job) {
	best := scores(list, s)
	put, last := -1, 0 // the place before which the sample has had its say; the last at which it has anything
	for i, j := 0, 0; i < len(list) || j < len(s); {
		switch {
		case i < len(list) && j < len(s) && best[i][j] == best[i+1][j+1]+list[i].like(s[j]):
			cols[i].at.add(s[j])
			last = i
			i, j = i+1, j+1
		case i < len(list) && (j == len(s) || best[i][j] == best[i+1][j]):
			i++
		default:
			if put != i {
				cols[i].before.add(s[j])
			}
			put, last, j = i, i, j+1
		}
	}
	for i := range last + 1 {
		cols[i].reach++
	}
}
