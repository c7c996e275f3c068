package bench

import "fmt"

// Results are the rows of one run, or of several that can stand beside one another.
type Results struct {
	Manifests []Manifest
	Rows      []Row // ordered as [Collected.Rows] orders them
	Missing   int   // rows of the specs that were not measured
}

// Specs are those of the runs.
func (r *Results) Specs() []Spec {
	var out []Spec
	for _, m := range r.Manifests {
		out = append(out, m.Spec)
	}
	return out
}

// Merge puts directories of results together. They must have the same model and the same numbers of solved requests in
// memory and of lessons, since a row does not say these; a row that several have is taken once. Errors: a [*Mismatch], or rows of
// the same task that differ.
func Merge(dirs ...*Dir) (*Results, error) {
	out := &Results{}
	for _, d := range dirs {
		m := d.Manifest
		out.Manifests = append(out.Manifests, m)
		out.Missing += max(0, m.Spec.size()-d.Len())
		if err := out.Manifests[0].beside(m); err != nil {
			return nil, fmt.Errorf("%s: %w", d.path, err)
		}
	}
	if len(dirs) == 1 {
		out.Rows = dirs[0].Rows()
		return out, nil
	}
	var all Collected
	for _, d := range dirs {
		for _, own := range d.cells {
			for _, r := range own.rows {
				if kept := all.add(r); kept.Timeless() != r.Timeless() {
					return nil, fmt.Errorf("%s: %s, %s, seed %d, task %d is another row than in the directories before it; report them one by one",
						d.path, r.Condition, r.Contender, r.Seed, r.Task)
				}
			}
		}
	}
	out.Rows = all.Rows()
	return out, nil
}

// size is how many rows the spec asks for.
func (s Spec) size() int { return len(s.Conditions()) * len(s.Strategies) * s.Seeds * s.Tasks }

// beside says whether rows of the two can stand in one report.
func (m Manifest) beside(o Manifest) error {
	var diffs []string
	if m.Model != o.Model {
		diffs = append(diffs, fmt.Sprintf("model was %s and is %s", m.Model, o.Model))
	}
	if m.Spec.Demos != o.Spec.Demos {
		diffs = append(diffs, fmt.Sprintf("demos was %d and is %d", m.Spec.Demos, o.Spec.Demos))
	}
	if m.Spec.Lessons != o.Spec.Lessons {
		diffs = append(diffs, fmt.Sprintf("lessons was %d and is %d", m.Spec.Lessons, o.Spec.Lessons))
	}
	if len(diffs) > 0 {
		return &Mismatch{diffs, "report them one by one"}
	}
	return nil
}
