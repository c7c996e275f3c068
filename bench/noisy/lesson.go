package noisy

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// warning names a call, or the finish, that was wrong after so many calls that did not fail.
type warning struct {
	after int
	key   string // of the call, "" for the finish
}

// text says it in a sentence, which [heard] reads. Whoever carries lessons carries no more than that.
func (w warning) text() string {
	name, args, ok := strings.Cut(w.key, "\x00")
	if !ok {
		return fmt.Sprintf("After %d calls it was wrong to finish. Do something else there.", w.after)
	}
	return fmt.Sprintf("After %d calls it was wrong to call %s %s. Do something else there.", w.after, name, args)
}

var sentence = regexp.MustCompile(`^After (\d+) calls it was wrong to (?:finish|call (\S+) (\{.*\}))\. Do something else there\.$`)

// heard returns what lessons warn of, nil for nothing. A lesson in other words, or one that was cut short, is not
// understood.
func heard(lessons []string) map[warning]bool {
	var out map[warning]bool
	for _, l := range lessons {
		m := sentence.FindStringSubmatch(l)
		if m == nil {
			continue
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			continue
		}
		w := warning{after: n}
		if m[2] != "" {
			w.key = tool.Call{Tool: m[2], Args: json.RawMessage(m[3])}.Key()
		}
		if out == nil {
			out = map[warning]bool{}
		}
		out[w] = true
	}
	return out
}

// warns says whether a lesson warns of this way on.
func (p *path) warns(c tool.Call, finish bool) bool {
	if len(p.warned) == 0 {
		return false
	}
	w := warning{after: p.held}
	if !finish {
		w.key = c.Key()
	}
	return p.warned[w]
}

// heed is [sampler.next] for one who was warned: of what a lesson warns of [Options.Heed] of the mass is left, and the
// other draws gain in proportion. Where there is nothing else the warning is of no use.
func (s *sampler) heed(r *rand.Rand, p *path, factor float64) (c tool.Call, finish bool) {
	c, finish = s.next(r, p, factor)
	if !p.warns(c, finish) || r.Float64() < s.opts.Heed {
		return c, finish
	}
	const tries = 50
	for range tries {
		if other, end := s.next(r, p, factor); !p.warns(other, end) {
			return other, end
		}
	}
	return c, finish
}

// attempt is what a request for a lesson shows.
type attempt struct {
	goal     string
	steps    []model.Step
	finished bool
}

var stepLine = regexp.MustCompile(`^\d+\. (\S+) (\{.*\})$`)

// readAttempt reads the words of prompt.ReflectText; false for a request of another kind.
func readAttempt(r model.TextRequest) (a attempt, ok bool) {
	rest, ok := strings.CutPrefix(r.Prompt, "Goal: ")
	if !ok || r.Schema != nil || !strings.HasPrefix(r.System, "You look back at an attempt") {
		return attempt{}, false
	}
	a.goal, rest, _ = strings.Cut(rest, "\n\n")
	rest, listed := strings.CutPrefix(rest, "Steps so far\n")
	for listed {
		line, after, _ := strings.Cut(rest, "\n<output>")
		m := stepLine.FindStringSubmatch(line)
		if m == nil {
			break
		}
		s := model.Step{Call: tool.Call{Tool: m[1], Args: json.RawMessage(m[2])}}
		if strings.HasPrefix(after, "failed: ") {
			s.Status = model.Failed
		}
		a.steps = append(a.steps, s)
		if _, rest, listed = strings.Cut(after, "</output>\n"); !listed {
			_, rest, _ = strings.Cut(after, "</output>")
		}
		if strings.HasPrefix(rest, "\n") {
			break
		}
	}
	a.finished = strings.Contains(rest, "\nFinal answer: ") || strings.HasPrefix(rest, "Final answer: ")
	return a, true
}

// errOtherText says that only lessons are simulated.
var errOtherText = errors.New("the simulated proposer writes lessons only")

// lesson names the first wrong call of an attempt with probability [Options.Lesson], else another one of its calls.
func (s *sampler) lesson(r *rand.Rand, t *task, a attempt) string {
	all := make([]warning, 0, len(a.steps)+1)
	after := 0
	for _, x := range a.steps {
		all = append(all, warning{after, x.Call.Key()})
		if x.Status != model.Failed {
			after++
		}
	}
	if a.finished {
		all = append(all, warning{after: after})
	}
	if len(all) == 0 {
		return "Nothing was tried yet."
	}
	first := t.mistake(a)
	if sees := r.Float64() < s.opts.Lesson; first >= 0 && (sees || len(all) == 1) {
		return all[first].text()
	}
	if first >= 0 {
		all = slices.Delete(all, first, first+1)
	}
	return pick(r, all).text()
}

// mistake is the index of the first wrong call of an attempt, the number of its calls where only the finish is wrong,
// and -1 where nothing is.
func (t *task) mistake(a attempt) int {
	for i := range a.steps {
		if t.read(a.steps[:i+1]).wrong > 0 {
			return i
		}
	}
	if ready, early := t.read(a.steps).open(); a.finished && len(ready)+len(early) > 0 {
		return len(a.steps)
	}
	return -1
}
