package papers

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth/bench"
)

// Paper is one paper and its place in Azimuth.
type Paper struct {
	Name  string // short, unique
	Title string
	ArXiv string // its number, empty for none
	Kind  string // what it is here: a strategy, an objective, a reward …
	Room  string // the folders where it belongs
	// Places are where it is in the code: a folder with a name in it (search.Paper, memory.Index.Step) or a file
	// (cost/paper.go). None: it is not in yet.
	Places []string
	// Experiment shows the paper's claim; nil when it is not in yet.
	Experiment Experiment
}

// Experiment measures what a paper claims. The error is for what kept it from being measured, not for a claim that
// does not hold.
type Experiment func(context.Context, *Options) (*Finding, error)

// Options of an [Experiment]; nil and zero fields take the defaults.
type Options struct {
	Parallel int // tasks at once; one a core by default
	// Scale multiplies the number of tasks, in (0,100]; 1 by default, for two cores in at most two minutes.
	Scale    float64
	Progress func(bench.Progress)
	Now      func() time.Time
}

// Finding is what came of an experiment.
type Finding struct {
	Paper     string   `json:"paper"`
	Claim     string   `json:"claim"`    // of the paper
	Expected  string   `json:"expected"` // the shape that the claim should have here
	Simulated string   `json:"simulated,omitempty"`
	Measured  []Point  `json:"measured"`
	Notes     []string `json:"notes,omitempty"` // what limits the experiment
	Holds     bool     `json:"holds"`           // every point that the claim rests on does
}

// Point is one thing that was measured and what the claim says of it.
type Point struct {
	What  string `json:"what"`
	Got   string `json:"got"`
	Want  string `json:"want,omitempty"` // empty: for information
	Holds bool   `json:"holds"`
}

// judge sets whether the claim holds: every point with a want must.
func (f *Finding) judge() *Finding {
	f.Holds = !slices.ContainsFunc(f.Measured, func(p Point) bool { return p.Want != "" && !p.Holds })
	return f
}

// Text writes the finding for a terminal.
func (f *Finding) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nclaim:    %s\nexpected: %s\n", f.Paper, f.Claim, f.Expected)
	if f.Simulated != "" {
		fmt.Fprintf(&b, "measured with a %s: no model's result\n", f.Simulated)
	}
	b.WriteString("measured:\n")
	for _, p := range f.Measured {
		mark := "  "
		switch {
		case p.Want == "":
		case p.Holds:
			mark = "✓ "
		default:
			mark = "✗ "
		}
		fmt.Fprintf(&b, "  %s%s: %s", mark, p.What, p.Got)
		if p.Want != "" {
			fmt.Fprintf(&b, " (wanted: %s)", p.Want)
		}
		b.WriteByte('\n')
	}
	for _, n := range f.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	fmt.Fprintf(&b, "verdict: %s\n", f.Verdict())
	_, err := io.WriteString(w, b.String())
	return err
}

// Verdict is the outcome in words.
func (f *Finding) Verdict() string {
	if f.Holds {
		return "the claim holds here"
	}
	return "the claim does NOT hold here"
}

// The words of [Paper.Status].
const (
	In     = "in"
	NotYet = "not yet"
)

// Status is in or not yet.
func (p Paper) Status() string {
	if len(p.Places) > 0 {
		return In
	}
	return NotYet
}

// Place is where the paper is in the code, or not yet.
func (p Paper) Place() string {
	if len(p.Places) == 0 {
		return NotYet
	}
	return strings.Join(p.Places, ", ")
}

// MarshalJSON writes name, title, arxiv, kind, place (empty when it is not in yet) and status.
func (p Paper) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Name   string `json:"name"`
		Title  string `json:"title"`
		ArXiv  string `json:"arxiv"`
		Kind   string `json:"kind"`
		Place  string `json:"place"`
		Status string `json:"status"`
	}{p.Name, p.Title, p.ArXiv, p.Kind, strings.Join(p.Places, ", "), p.Status()})
}

// Find returns a paper by its name. The error is a [*bench.UnknownError] that lists all names.
func Find(name string) (Paper, error) {
	var known []string
	for _, p := range All() {
		if p.Name == name {
			return p, nil
		}
		known = append(known, p.Name)
	}
	return Paper{}, &bench.UnknownError{Kind: "paper", Name: name, Known: known}
}

// FindExperiment returns a paper that has an experiment. The error lists those that have one.
func FindExperiment(name string) (Paper, error) {
	p, err := Find(name)
	if err != nil || p.Experiment != nil {
		return p, err
	}
	var known []string
	for _, q := range All() {
		if q.Experiment != nil {
			known = append(known, q.Name)
		}
	}
	return p, fmt.Errorf("paper %q is not in yet; experiments there are: %s", name, strings.Join(known, ", "))
}
