package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/azimuthdev/azimuth"
)

// said is where the values of flags come from.
type said struct {
	places map[string]place // by flag name; flags that nobody set are not there
	file   string
}

// place is where a value stands, the nearest first.
type place int

const (
	onLine place = iota
	inEnvironment
	inFile
	nowhere
)

// sources finds out where the flags of a command have their values from.
func sources(k *kong.Context, e *env) said {
	s := said{places: map[string]place{}}
	s.file, _ = configPath(k, e)
	for _, p := range k.Path {
		if p.Flag == nil {
			continue
		}
		if s.places[p.Flag.Name] = onLine; p.Resolved {
			s.places[p.Flag.Name] = inFile
		}
	}
	for _, f := range k.Flags() {
		if _, there := s.places[f.Name]; !there && slices.ContainsFunc(f.Envs, func(name string) bool { return e.getenv(name) != "" }) {
			s.places[f.Name] = inEnvironment
		}
	}
	return s
}

func (s *said) place(flag string) place {
	if p, there := s.places[flag]; there {
		return p
	}
	return nowhere
}

// flagOf is the flag that sets an option.
func flagOf(option string) string {
	if option == "table" {
		return "tts-table"
	}
	if _, err := azimuth.ParseCosts(option + "=1"); err == nil {
		return "costs"
	}
	return strings.ReplaceAll(option, "_", "-")
}

// choices are the flags because of which an option may count for nothing.
func choices(option string) []string {
	switch option {
	case "decode_by", "decode_beta":
		return []string{"decode"}
	case "demo_tokens", "demo_controller":
		return []string{"demos"}
	case "shuffle":
		return []string{"strategy", "samples"}
	case "lambda":
		return []string{"strategy", "rollout"}
	}
	return []string{"strategy", "preset"}
}

// near returns the settings without options that count for nothing because of what was said nearer than they were, and says so: a
// file and an environment serve all strategies.
func (s *said) near(all azimuth.Settings) (azimuth.Settings, []string) {
	var notes []string
	for {
		var u *azimuth.UnreadError
		if !errors.As(all.Validate(), &u) {
			return all, notes
		}
		at := s.place(flagOf(u.Option))
		if at == nowhere || !slices.ContainsFunc(choices(u.Option), func(flag string) bool { return s.place(flag) < at }) {
			return all, notes
		}
		notes = append(notes, fmt.Sprintf("%s (%s) is left out: %s", u.Option, s.where(u.Option), u.Why))
		all = all.Without(u.Option)
	}
}

// where says where an option that was not typed stands.
func (s *said) where(option string) string {
	flag := flagOf(option)
	switch s.place(flag) {
	case inEnvironment:
		return "AZIMUTH_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
	case inFile:
		return s.file
	}
	return ""
}

// explain adds to what is wrong with an option where it stands, if nobody typed it.
func (s *said) explain(err error) error {
	var u *azimuth.UnreadError
	if s == nil || !errors.As(err, &u) {
		return err
	}
	if at := s.where(u.Option); at != "" {
		return fmt.Errorf("%w (it stands in %s)", err, at)
	}
	return err
}
