package noisy

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"

	"github.com/azimuthdev/azimuth/bench/world/grade"
	"github.com/azimuthdev/azimuth/judge"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

var _ model.Decomposer = (*Model)(nil)

// Decompose draws r.N lists of subtasks (at most 64), as a chain: those of the gold answer, or where its world declares no
// kinds the tools of the gold plan, without what is done already. Each is right with probability p, lowered to
// p(1-e)^min(m,2) behind m wrong ones. A wrong one has another number where the goal says one, or is of another kind
// (.65 of the wrong mass), is left out (.25), or ends the list (.10). With [Skewed] errors each part of each task has its own p, as
// slots have, and one of these errors takes .7 of the wrong mass. Errors: [ErrUnknownGoal], an N below 1, the context's.
func (m *Model) Decompose(ctx context.Context, r model.DecomposeRequest) (model.DecomposeResponse, error) {
	if err := ctx.Err(); err != nil {
		return model.DecomposeResponse{}, err
	}
	t, ok := m.tasks[r.Goal]
	if !ok {
		return model.DecomposeResponse{}, ErrUnknownGoal
	}
	if r.N < 1 {
		return model.DecomposeResponse{}, fmt.Errorf("n: %d samples can't be drawn, ask for at least 1", r.N)
	}
	parts := t.parts(r.Steps)
	out := model.DecomposeResponse{Samples: make([][]model.Subtask, min(r.N, maxSamples))}
	out.Usage = model.Usage{Requests: 1, Samples: len(out.Samples), Prompt: 1500 + 40*len(r.Steps)}
	for i := range out.Samples {
		draw := source("decompose", r.Goal, num(len(r.Steps)), num(r.Seed), num(i), num(m.opts.Seed))
		out.Samples[i] = m.takeApart(r.Goal, draw, parts, r.Kinds)
		out.Usage.Completion += 30 * len(out.Samples[i])
	}
	return out, nil
}

// parts are what is left to do of the goal.
func (t *task) parts(done []model.Step) []grade.Part {
	parts := t.gold.Parts
	if len(parts) == 0 {
		for _, c := range t.gold.Plan {
			parts = append(parts, grade.Part{Kind: c.Tool})
		}
		return parts[min(len(done), len(parts)):]
	}
	return parts
}

func (m *Model) takeApart(goal string, r *rand.Rand, parts []grade.Part, kinds []model.SubtaskKind) []model.Subtask {
	var out []model.Subtask
	wrong := 0
	for i, p := range parts {
		if r.Float64() >= m.partRate(goal, i)*math.Pow(1-m.params.E, float64(min(wrong, 2))) {
			wrong++
			how := r
			if m.params.Errors == Skewed && r.Float64() < dominance {
				how = source("part's error", goal, num(i), num(m.opts.Seed))
			}
			switch x := how.Float64(); {
			case x >= .9 && len(out) > 0:
				return out
			case x >= .65 && len(parts) > 1:
				continue
			}
			p = misread(how, p, kinds)
		}
		s := model.Subtask{ID: fmt.Sprint(len(out) + 1), Kind: p.Kind, About: p.About}
		if len(out) > 0 {
			s.Parents = []string{out[len(out)-1].ID}
		}
		out = append(out, s)
	}
	return out
}

// partRate is how often a part of a task is read right, where the parts before it were.
func (m *Model) partRate(goal string, part int) float64 {
	if m.params.Errors != Skewed {
		return m.params.P
	}
	return beta(source("part", goal, num(part), num(m.opts.Seed)), 2.5*m.params.P, 2.5*(1-m.params.P))
}

var inWords = regexp.MustCompile(`[0-9]+`)

// misread returns a part with another number, or of another kind.
func misread(r *rand.Rand, p grade.Part, kinds []model.SubtaskKind) grade.Part {
	if n := inWords.FindAllStringIndex(p.About, -1); len(n) > 0 {
		at := pick(r, n)
		p.About = p.About[:at[0]] + otherNumeral(r, p.About[at[0]:at[1]]) + p.About[at[1]:]
		return p
	}
	others := slices.DeleteFunc(slices.Clone(kinds), func(k model.SubtaskKind) bool { return k.Name == p.Kind })
	if len(others) > 0 {
		p.Kind = pick(r, others).Name
	}
	return p
}

var _ judge.Stepper = (*Judge)(nil)

// Step says how much of the likeness to what ought to be there the last step keeps, where the world grades by likeness, and 1
// elsewhere. A step that keeps at least .8 is seen as such with probability TP, and another one with FP: what is misjudged has
// .5 of its quality, or 1.
func (j *Judge) Step(ctx context.Context, p judge.Part) (judge.Verdict, error) {
	if err := ctx.Err(); err != nil {
		return judge.Verdict{}, err
	}
	t, ok := j.tasks[p.Goal]
	if !ok {
		return judge.Verdict{}, ErrUnknownGoal
	}
	v := judge.Verdict{Accepted: true, Score: 1}
	if t.Gold.Looks == nil || len(p.Steps) == 0 {
		return v, nil
	}
	v.Usage = model.Usage{Requests: 1, Prompt: 600 + 40*len(p.Steps), Completion: 8}
	q := t.keeps(p)
	good := q >= .8
	rate := j.opts.FP
	if good {
		rate = j.opts.TP
	}
	v.Accepted = source("step", p.Goal, content(p.Steps), num(j.opts.Seed)).Float64() < rate
	switch {
	case v.Accepted == good:
		v.Score = q
	case good:
		v.Score = q / 2
	}
	return v, nil
}

// keeps is how like the last image is to what it ought to be, by how like the one before it was.
func (t Task) keeps(p judge.Part) float64 {
	done := 0
	for _, k := range p.Kinds {
		if k != "" {
			done++
		}
	}
	before := shownImage(p.Steps[:len(p.Steps)-1])
	after := shownImage(p.Steps)
	if done == 0 || after == "" {
		return 1
	}
	edits := len(t.Gold.Parts) - 1 // the last part delivers
	was := 1.0
	if before != "" {
		was = t.Gold.Looks(t.World, before, min(done-1, edits))
	}
	return min(1, t.Gold.Looks(t.World, after, min(done, edits))/max(was, .01))
}

// shownImage is the last image that steps made, empty for none.
func shownImage(steps []model.Step) string {
	for _, s := range slices.Backward(steps) {
		var a struct {
			Image string `json:"image"`
		}
		if json.Unmarshal(s.Result.Value, &a) == nil && a.Image != "" {
			return a.Image
		}
	}
	return ""
}

// images are the handles of images in the gold plan, for arguments that take one.
func (t *task) images(p prop) []string {
	var out []string
	for _, h := range append(slices.Clone(t.gold.Makes), textsOf(t.gold.Plan)...) {
		if p.fits(h) && !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out
}

func textsOf(plan []tool.Call) []string {
	var out []string
	for _, c := range plan {
		for _, v := range values(c) {
			if s, ok := v.text(); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// opaque says that an argument takes a name that nobody can guess, as that of an image.
func (p prop) opaque() bool { return p.Pattern == "^img-[0-9a-f]{16}$" }
