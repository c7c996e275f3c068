package lexical

import (
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/model"
)

// longestAnswer is how many bytes of a tool's text an answer repeats.
const longestAnswer = 2000

// answerFrom words what came of the path: what the last call found, what was done, or what went wrong. It claims
// nothing that the steps don't show.
func answerFrom(steps []model.Step, unmet []string) string {
	if len(unmet) > 0 && len(steps) > 0 {
		return clip(answerFrom(steps, nil) + "\n\nNot done, because no tool fits: " + strings.Join(unmet, "; ") + ".")
	}
	if len(steps) == 0 {
		return "None of the tools fits the goal, as far as its words can be matched; nothing was done."
	}
	last := steps[len(steps)-1]
	switch {
	case failed(last):
		return fmt.Sprintf("The goal was not reached: %s answered: %s", last.Call.Tool, clip(last.Result.Content))
	case last.Status == model.Observed && last.Result.Content != "":
		return clip(last.Result.Content)
	case last.Status == model.Observed && len(last.Result.Value) > 0:
		return clip(string(last.Result.Value))
	}
	return summary(steps)
}

// gaveUp says whether the answer admits that the goal, or a part of it, was not reached.
func gaveUp(steps []model.Step, unmet []string) bool {
	return len(steps) == 0 || len(unmet) > 0 || failed(steps[len(steps)-1])
}

func summary(steps []model.Step) string {
	var done, open []string
	for _, s := range steps {
		switch {
		case failed(s):
		case s.Status == model.Observed:
			done = append(done, s.Call.String())
		default:
			open = append(open, s.Call.String())
		}
	}
	var parts []string
	if len(done) > 0 {
		parts = append(parts, "Done: "+strings.Join(done, ", ")+".")
	}
	if len(open) > 0 {
		parts = append(parts, "Planned, not carried out yet: "+strings.Join(open, ", ")+".")
	}
	return clip(strings.Join(parts, " "))
}

func clip(s string) string {
	s = strings.TrimSpace(s)
	if len(s) <= longestAnswer {
		return s
	}
	return strings.ToValidUTF8(s[:longestAnswer], "") + " …"
}
