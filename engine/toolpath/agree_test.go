package toolpath_test

import (
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/engine/toolpath"
	"github.com/azimuthdev/azimuth/model"
)

// lists reads chains of subtasks: kinds with the words of the goal after a colon, samples apart by |.
func lists(text string) [][]toolpath.Subtask {
	var out [][]toolpath.Subtask
	for sample := range strings.SplitSeq(text, "|") {
		var list []toolpath.Subtask
		for i, w := range strings.Fields(sample) {
			kind, about, _ := strings.Cut(w, ":")
			s := toolpath.Subtask{ID: string(rune('a' + i)), Kind: kind, About: about}
			if i > 0 {
				s.Parents = []string{list[i-1].ID}
			}
			list = append(list, s)
		}
		out = append(out, list)
	}
	return out
}

func TestAgreed(t *testing.T) {
	for name, c := range map[string]struct {
		samples, want string
		lead          int
	}{
		"one sample":                   {"wash dry", "wash dry", 1},
		"at each place the most":       {"dry | wash dry | wash wash | wash dry", "wash dry", 2},
		"who leaves one out":           {"wash:1 dry:2 wash:3 | dry:2 wash:3 | wash:1 wash:3 | wash:1 dry:2 wash:3", "wash:1 dry:2 wash:3", 2},
		"who ends early says no more":  {"wash:1 | wash:1 | wash:1 dry:2 | wash:1 dry:2", "wash:1 dry:2", 2},
		"but one of many is not heard": {"wash:1 | wash:1 | wash:1 | wash:1 | wash:1 dry:2", "wash:1", 5},
		"what most put between":        {"wash:1 wash:3 | wash:1 dry:2 wash:3 | wash:1 dry:2 wash:3", "wash:1 dry:2 wash:3", 1},
		"another kind of one clause":   {"wash:1 dry:2 | dry:1 dry:2 | wash:1 wash:2 | wash:1 dry:2 | wash:1 dry:2", "wash:1 dry:2", 3},
		"unusable samples are no vote": {"iron | wash dry | iron", "wash dry", 1},
	} {
		got, lead, err := toolpath.Consensus(lists(c.samples), catalog.Kinds)
		want := lists(c.want)[0]
		same := err == nil && len(got) == len(want) && lead == c.lead
		for i := range min(len(got), len(want)) {
			same = same && got[i].Kind == want[i].Kind && got[i].About == want[i].About && (i == 0 || got[i].Parents[0] == got[i-1].ID)
		}
		if !same {
			t.Errorf("%s: %+v, a lead of %d, %v; want %s and %d", name, got, lead, err, c.want, c.lead)
		}
	}
	if _, err := toolpath.Agreed(lists("iron"), catalog.Kinds); err == nil {
		t.Error("an unknown kind is agreed on")
	}
}

// A model in words is told which list came to nothing, and why.
func TestRejectedListsAreShown(t *testing.T) {
	q, err := toolpath.DecomposeText(model.DecomposeRequest{
		Goal: "wash it", Kinds: catalog.Kinds, Rejected: lists("dry:it")[0], Reason: "it is dirty",
	}, nil)
	if err != nil || !strings.Contains(q.Prompt, "no good result (it is dirty)") || !strings.Contains(q.Prompt, "- dry: it\n") {
		t.Errorf("%s, %v", q.Prompt, err)
	}
}
