package sheetsgen

import (
	"slices"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
)

// The request shows the whole table and says every value that an edit writes; tables and requests have the sizes that
// they are to have, and every kind of edit is drawn.
func TestNothingIsLeftUnsaid(t *testing.T) {
	kinds := map[string]int{}
	for i := range 1500 {
		q := Draw(draw.Space(i%2), 4, i)
		if n := q.Start.Height() - 1; n < 4 || n > 12 || len(q.edits) < 2 || len(q.edits) > 6 {
			t.Errorf("%s has %d rows and %d edits", q.ID, n, len(q.edits))
		}
		if !strings.HasSuffix(q.Goal, "\n"+q.Start.String()) || strings.Contains(q.Goal, "%!") {
			t.Errorf("the table is not in %q", q.Goal)
		}
		words, _, _ := strings.Cut(q.Goal, "\n")
		for _, e := range q.edits {
			kinds[e.tool]++
			for _, key := range []string{"value", "match_value", "find", "replace", "format"} {
				if v, ok := e.args[key].(string); ok && !strings.Contains(words, v) {
					t.Errorf("%s is not in %q", v, words)
				}
			}
			list, _ := e.args["values"].([]string)
			for _, v := range list {
				if !strings.Contains(words, v) {
					t.Errorf("%s is not in %q", v, words)
				}
			}
		}
	}
	if len(kinds) != 15 { // all tools but the two that only read
		t.Errorf("only these edits are drawn: %v", kinds)
	}
	for k, n := range kinds {
		if n < 30 {
			t.Errorf("%s is drawn %d times only", k, n)
		}
	}
}

func TestSpacesShareNoKey(t *testing.T) {
	for i := range 300 {
		task, demo := Draw(draw.Task, 1, i), Draw(draw.Demo, 1, i)
		for row := 1; row < task.Start.Height(); row++ {
			if k := task.Start.Text(row, 0); slices.Contains(strings.Split(demo.Start.String(), " | "), k) {
				t.Errorf("%s is in both spaces", k)
			}
		}
	}
}
