package bench

import (
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/bench/world"
)

// Suite is a named set of tasks: those of a world, by seed.
type Suite struct {
	Name    string
	World   string // one of [world.Names]
	Options world.Options
	About   string
}

// crowd is how many tools that no task needs the crowded form of a suite adds, where its world has as many.
const crowd = 12

// Suites returns a suite for each world, and one with tools that no task needs.
func Suites() []Suite {
	var out []Suite
	for _, w := range world.Names() {
		out = append(out,
			Suite{Name: w, World: w, About: world.About(w)},
			Suite{
				Name: w + "-crowded", World: w, Options: world.Options{Distractors: crowd, Seed: 1},
				About: fmt.Sprintf("the same with up to %d more tools that no task needs", crowd),
			})
	}
	return out
}

// UnknownError says that there is no suite, paper or the like of a name, and lists what there is.
type UnknownError struct {
	Kind, Name string
	Known      []string
}

// Error names what there is.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("%s %q: there is none; there are %s", e.Kind, e.Name, strings.Join(e.Known, ", "))
}

// FindSuite returns the suite of a name. The error is an [*UnknownError].
func FindSuite(name string) (Suite, error) {
	var known []string
	for _, s := range Suites() {
		if s.Name == name {
			return s, nil
		}
		known = append(known, s.Name)
	}
	return Suite{}, &UnknownError{Kind: "suite", Name: name, Known: known}
}
