package toolpath

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/bm25"
)

var (
	border  = regexp.MustCompile(`(?i)[,;:.]\s+|\n|\b(?:and|then|first|next|finally|afterwards)\b`)
	ordered = regexp.MustCompile(`(?i)\b(?:then|first|next|finally|afterwards|before|after)\b`)
)

// Clauses takes a goal apart without a model, by its words alone. Each clause becomes a subtask of the kind whose name and
// description suit it best (BM25); clauses that suit none are left out. They are to be done as they stand; where
// the goal has no word for an order, such as then, the usual order of the kinds is offered as another branch.
//
// It is a stand-in: it knows neither synonyms that no description has, nor clauses that mean two things, nor "not". The
// error wraps [ErrSubtasks]: no clause suits any kind, or there are too many.
func Clauses(goal string, kinds []Kind) ([]Subtask, error) {
	docs := make([][]string, len(kinds))
	for i, k := range kinds {
		docs[i] = bm25.Words(k.Name + " " + k.Name + " " + k.Doc)
	}
	ix := bm25.New(docs)
	var found []part
	for _, clause := range border.Split(goal, -1) {
		words := bm25.Words(clause)
		if len(words) == 0 || len(kinds) == 0 {
			continue
		}
		if best := ix.Rank(words)[0]; ix.Scores(words)[best] > 0 {
			found = append(found, part{kinds[best], strings.TrimSpace(clause)})
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%w: no part of the goal has words of a kind of subtask: say it in other words, or use a model that writes text", ErrSubtasks)
	}
	out := line(nil, found)
	if !ordered.MatchString(goal) {
		usual := slices.Clone(found)
		slices.SortStableFunc(usual, func(a, b part) int { return a.kind.Rank - b.kind.Rank })
		out = line(out, usual)
	}
	return out, Check(out, kinds)
}

// part is a clause of the goal.
type part struct {
	kind  Kind
	about string
}

// line adds an order to the list. As far as it agrees with the one that is there from the start or from the end,
// it shares its subtasks.
func line(list []Subtask, order []part) []Subtask {
	n := len(order)
	old := slices.Clone(list)
	is := func(i int) bool {
		return len(old) == n && old[i].About == order[i].about && old[i].Kind == order[i].kind.Name
	}
	head, tail := 0, n
	for head < n && is(head) {
		head++
	}
	for tail > head && is(tail-1) {
		tail--
	}
	var made []Subtask
	last := ""
	if head > 0 {
		last = old[head-1].ID
	}
	for i := head; i < tail; i++ {
		s := Subtask{ID: fmt.Sprintf("%s %d", order[i].kind.Name, len(old)+len(made)+1), Kind: order[i].kind.Name, About: order[i].about}
		if last != "" {
			s.Parents = []string{last}
		}
		made, last = append(made, s), s.ID
	}
	if tail < len(list) && tail > head {
		list[tail].Parents = append(list[tail].Parents, last)
	}
	if tail > len(list) {
		tail = len(list)
	}
	return slices.Insert(list, tail, made...)
}
