package toolpath

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/model"
)

// Subtask is a part of a goal that one tool does.
type Subtask = model.Subtask

// ErrSubtasks is wrapped by what [Check] returns.
var ErrSubtasks = errors.New("subtasks")

// MaxSubtasks is how many a list may have.
const MaxSubtasks = 64

func index(subtasks []Subtask, id string) int {
	return slices.IndexFunc(subtasks, func(s Subtask) bool { return s.ID == id })
}

// Check says what is wrong with a list of subtasks: none or too many, an id that stands there twice, an unknown kind, a
// parent that is not earlier in the list, or a way through it that does other kinds than the first one.
func Check(subtasks []Subtask, kinds []Kind) error {
	if len(subtasks) == 0 || len(subtasks) > MaxSubtasks {
		return fmt.Errorf("%w: there are %d, want 1 to %d", ErrSubtasks, len(subtasks), MaxSubtasks)
	}
	for i, s := range subtasks {
		if s.ID == "" || index(subtasks, s.ID) != i {
			return fmt.Errorf("%w: %d: id: %q is empty or stands there twice", ErrSubtasks, i, s.ID)
		}
		if !slices.ContainsFunc(kinds, func(k Kind) bool { return k.Name == s.Kind }) {
			return fmt.Errorf("%w: %q: kind: there is no %q", ErrSubtasks, s.ID, s.Kind)
		}
		for _, p := range s.Parents {
			if j := index(subtasks, p); j < 0 || j >= i {
				return fmt.Errorf("%w: %q: parents: %q is not an earlier subtask", ErrSubtasks, s.ID, p)
			}
		}
	}
	return sameKinds(subtasks)
}

// sameKinds checks that all ways do the same kinds of subtask. Ways to one place have done the same kinds then too, so
// one multiset a subtask is enough to know.
func sameKinds(subtasks []Subtask) error {
	done := make([]string, len(subtasks))
	leaf := make([]bool, len(subtasks))
	for i, s := range subtasks {
		leaf[i] = true
		before := ""
		for j, p := range s.Parents {
			at := index(subtasks, p)
			leaf[at] = false
			if j > 0 && done[at] != before {
				return fmt.Errorf("%w: %q: parents: ways to it do different kinds of subtask: %s, and %s", ErrSubtasks, s.ID, before, done[at])
			}
			before = done[at]
		}
		done[i] = with(before, s.Kind)
	}
	first := -1
	for i := range subtasks {
		switch {
		case !leaf[i]:
		case first < 0:
			first = i
		case done[i] != done[first]:
			return fmt.Errorf("%w: the ways to %q and %q do different kinds of subtask: %s, and %s",
				ErrSubtasks, subtasks[first].ID, subtasks[i].ID, done[first], done[i])
		}
	}
	return nil
}

// with adds a word to a sorted list of words.
func with(list, word string) string {
	words := []string{word}
	if list != "" {
		words = append(strings.Split(list, ", "), word)
	}
	slices.Sort(words)
	return strings.Join(words, ", ")
}
