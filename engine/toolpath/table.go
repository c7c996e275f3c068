package toolpath

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/azimuthdev/azimuth/search"
)

// Rating is what a tool took and was worth at a kind of subtask.
type Rating struct {
	Tool    string  `json:"tool"`
	Subtask string  `json:"subtask"` // the kind
	Count   int     `json:"count"`   // steps, whatever number of attempts each took
	Seconds float64 `json:"seconds"` // mean of a step, all its attempts together
	Quality float64 `json:"quality"` // mean of the last attempts, 0 where a step failed
	Failed  int     `json:"failed"`  // steps that came to nothing, or did not pass the check
}

// Table is what is known of tools from experience: the paper's benchmark table. The zero value is empty. It is for
// one goroutine.
type Table struct {
	ratings  map[pair]*Rating
	smoothed bool
}

type pair struct{ tool, subtask string }

// ErrTable is wrapped by what [ReadTable] returns.
var ErrTable = errors.New("table of ratings")

// minSeconds is the least price of a step: one of 0 would make a path free whatever its quality.
const minSeconds = 1e-9

// Add counts a step that a tool made at a kind of subtask: the seconds that its attempts took together, and the quality of
// the last of them, in [0,1].
func (t *Table) Add(tool, subtask string, seconds, quality float64, failed bool) {
	if t.ratings == nil {
		t.ratings = map[pair]*Rating{}
	}
	r := t.ratings[pair{tool, subtask}]
	if r == nil {
		r = &Rating{Tool: tool, Subtask: subtask}
		t.ratings[pair{tool, subtask}] = r
	}
	r.Count++
	n := float64(r.Count)
	r.Seconds += (seconds - r.Seconds) / n
	r.Quality += (quality - r.Quality) / n
	if failed {
		r.Failed++
	}
}

// Clone returns a copy, for runs that are not to learn from each other.
func (t *Table) Clone() *Table {
	c := &Table{ratings: map[pair]*Rating{}, smoothed: t.smoothed}
	for p, r := range t.ratings {
		own := *r
		c.ratings[p] = &own
	}
	return c
}

// Smoothed returns a copy whose graphs go by qualities after Laplace: (sum + 1) / (steps + 2), so that one lucky step is no
// proof and one failure no end, and what was never tried has a half. Without, they go by the mean, and by 1 for what was
// never tried (the paper's table has everything tried beforehand).
func (t *Table) Smoothed() *Table {
	c := &Table{ratings: map[pair]*Rating{}}
	if t != nil {
		c = t.Clone()
	}
	c.smoothed = true
	return c
}

// Rating returns what is known; ok is false where nothing is.
func (t *Table) Rating(tool, subtask string) (r Rating, ok bool) {
	if t == nil {
		return Rating{}, false
	}
	p, ok := t.ratings[pair{tool, subtask}]
	if !ok {
		return Rating{}, false
	}
	return *p, true
}

// rate is the rating that a search goes by: without experience, a quality of 1 and the stated latency, so that what was
// never tried is tried.
func (t *Table) rate(tl Tool, subtask string) Rating {
	r, ok := t.Rating(tl.Name, subtask)
	if !ok {
		r = Rating{Seconds: tl.Latency.Seconds(), Quality: 1}
	}
	if t != nil && t.smoothed {
		if !ok {
			r.Quality = 0
		}
		r.Quality = (float64(r.Count)*r.Quality + 1) / (float64(r.Count) + 2)
	}
	r.Seconds, r.Quality = min(max(r.Seconds, minSeconds), search.MaxToolCost), min(max(r.Quality, 0), 1)
	return r
}

// Ratings returns everything, by tool and subtask.
func (t *Table) Ratings() []Rating {
	var out []Rating
	for _, r := range t.ratings {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b Rating) int {
		return cmp.Or(cmp.Compare(a.Tool, b.Tool), cmp.Compare(a.Subtask, b.Subtask))
	})
	return out
}

// file is the form of a table on disk.
type file struct {
	Version int      `json:"version"`
	Ratings []Rating `json:"ratings"`
}

// Write writes the table as JSON, which [ReadTable] reads.
func (t *Table) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(file{1, t.Ratings()})
}

// ReadTable reads what Write wrote. Errors wrap [ErrTable] and say which rating is wrong.
func ReadTable(r io.Reader) (*Table, error) {
	var f file
	if err := json.NewDecoder(r).Decode(&f); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	if f.Version != 1 {
		return nil, fmt.Errorf("%w: version: %d is not 1, the one that this program reads", ErrTable, f.Version)
	}
	t := &Table{ratings: map[pair]*Rating{}}
	for i, r := range f.Ratings {
		if err := r.validate(); err != nil {
			return nil, fmt.Errorf("%w: rating %d: %w", ErrTable, i, err)
		}
		p := pair{r.Tool, r.Subtask}
		if t.ratings[p] != nil {
			return nil, fmt.Errorf("%w: rating %d: %s at %s stands there twice", ErrTable, i, r.Tool, r.Subtask)
		}
		t.ratings[p] = &r
	}
	return t, nil
}

func (r Rating) validate() error {
	switch {
	case r.Tool == "":
		return errors.New("tool: is missing")
	case r.Count < 1 || r.Failed < 0 || r.Failed > r.Count:
		return fmt.Errorf("count: %d with %d failed; want at least 1, and no more failed", r.Count, r.Failed)
	case r.Seconds < 0 || r.Seconds > 1e12:
		return fmt.Errorf("seconds: %v is not from 0 to 1e12", r.Seconds)
	case r.Quality < 0 || r.Quality > 1:
		return fmt.Errorf("quality: %v is outside [0,1]", r.Quality)
	}
	return nil
}
