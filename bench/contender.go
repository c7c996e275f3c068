package bench

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/internal/canon"
)

// Contender is a way of searching under a name.
type Contender struct {
	Name     string // as it was written, such as astar:preset=paper
	Settings azimuth.Settings
}

// ErrContender is what every error about a contender is.
var ErrContender = errors.New("bad contender")

// short are other names of options.
var short = map[string]string{"k": "samples", "reopen": "reopen_max"}

// ParseContender reads STRATEGY[:OPTION=VALUE]…, such as vote:k=10 or astar:preset=paper:alpha=0.25. The options are
// the fields of [azimuth.Settings] by their names in JSON, k for samples and reopen for reopen_max; the bench sets budget, seed and parallelism.
// Errors list what there is, or name the range of what is out of it.
func ParseContender(text string) (Contender, error) {
	c := Contender{Name: strings.TrimSpace(text)}
	words := strings.Split(c.Name, ":")
	if words[0] == "" {
		return c, fmt.Errorf("%w %q: no strategy; there are %s", ErrContender, text, azimuth.Strategies())
	}
	fields := map[string]json.RawMessage{"strategy": quoted(words[0])}
	for _, w := range words[1:] {
		key, value, ok := strings.Cut(w, "=")
		key = orDefault(short[key], key)
		switch _, twice := fields[key]; {
		case !ok:
			return c, fmt.Errorf("%w %q: %q is no OPTION=VALUE", ErrContender, text, w)
		case !slices.Contains(optionNames(), key):
			return c, fmt.Errorf("%w %q: there is no option %q; there are k, %s", ErrContender, text, key, strings.Join(optionNames(), ", "))
		case twice:
			return c, fmt.Errorf("%w %q: %s is given twice", ErrContender, text, key)
		}
		fields[key] = literal(value)
	}
	raw, err := canon.Marshal(fields)
	if err == nil {
		err = json.Unmarshal(raw, &c.Settings)
	}
	if err != nil {
		return c, fmt.Errorf("%w %q: %w", ErrContender, text, plain(err))
	}
	if err := c.Settings.Validate(); err != nil {
		return c, fmt.Errorf("%w %q: %w", ErrContender, text, err)
	}
	return c, nil
}

// ParseContenders reads several, of which no two may have one name.
func ParseContenders(texts []string) ([]Contender, error) {
	var out []Contender
	for _, t := range texts {
		c, err := ParseContender(t)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(out, func(o Contender) bool { return o.Name == c.Name }) {
			return nil, fmt.Errorf("%w %q: it is there twice", ErrContender, c.Name)
		}
		out = append(out, c)
	}
	return out, nil
}

// reserved are the settings that are the same for every contender.
var reserved = []string{"strategy", "budget", "seed", "parallel", "parallelism", "no_answer"}

// optionNames are the settings that a contender may have.
func optionNames() []string {
	var names []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[azimuth.Settings]()) { // those of embedded structs too
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" && !slices.Contains(reserved, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// literal is a value as JSON: what is not JSON already is text.
func literal(v string) json.RawMessage {
	if json.Valid([]byte(v)) {
		return json.RawMessage(v)
	}
	return quoted(v)
}

func quoted(s string) json.RawMessage {
	raw, _ := json.Marshal(s) // text always marshals
	return raw
}

// plain says of a wrong type what is wanted, without the words of package json.
func plain(err error) error {
	var t *json.UnmarshalTypeError
	if !errors.As(err, &t) {
		return err
	}
	want := "text"
	switch t.Type.Kind() {
	case reflect.Bool:
		want = "true or false"
	case reflect.Float64:
		want = "a number"
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint64:
		want = "a whole number"
	}
	field := t.Field[strings.LastIndexByte(t.Field, '.')+1:] // without the name of an embedded struct
	return fmt.Errorf("%s: %s is not %s", field, t.Value, want)
}
