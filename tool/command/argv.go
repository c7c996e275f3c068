package command

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// arguments are a call's, each still in canonical JSON.
type arguments map[string]json.RawMessage

func decode(raw json.RawMessage) (arguments, error) {
	args, err := canon.Object(raw)
	if err != nil {
		return nil, fmt.Errorf("args: %w", err)
	}
	for name, v := range args {
		if string(v) == "null" { // as if it were not given
			delete(args, name)
		}
	}
	return args, nil
}

// argv fills the template's arguments, without the program. Errors are the arguments' fault.
func argv(template []string, args arguments) ([]string, error) {
	var out []string
	options := true // until "--"
	for _, el := range template {
		if el == "--" {
			options = false
		}
		filled, err := fill(el, args, options)
		if err != nil {
			return nil, err
		}
		out = append(out, filled...)
	}
	return out, nil
}

// fill returns what one element of the template becomes: nothing, if a parameter in it is not given; one element;
// or one an item, if it is nothing but an array.
func fill(el string, args arguments, options bool) ([]string, error) {
	places := placeholder.FindAllStringSubmatchIndex(el, -1)
	if len(places) == 0 {
		return []string{el}, nil
	}
	if name := el[places[0][2]:places[0][3]]; places[0][1]-places[0][0] == len(el) {
		return whole(name, args[name], options)
	}
	var b strings.Builder
	end := 0
	for _, p := range places {
		name := el[p[2]:p[3]]
		raw, ok := args[name]
		if !ok {
			return nil, nil
		}
		b.WriteString(el[end:p[0]])
		text, err := scalar(name, raw, options && b.Len() == 0)
		if err != nil {
			return nil, err
		}
		b.WriteString(text)
		end = p[1]
	}
	return []string{b.String() + el[end:]}, nil
}

// whole is an element that is nothing but a parameter.
func whole(name string, raw json.RawMessage, options bool) ([]string, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	items := []json.RawMessage{raw}
	if raw[0] == '[' {
		items = nil
		if err := json.Unmarshal(raw, &items); err != nil {
			return nil, err
		}
	}
	var out []string
	for _, it := range items {
		text, err := scalar(name, it, options)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}

// scalar is the text of a string, and JSON of everything else. With options, a string must not look like one.
func scalar(name string, raw json.RawMessage, options bool) (string, error) {
	if raw[0] != '"' {
		return string(raw), nil
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", err
	}
	if strings.ContainsRune(s, 0) {
		return "", fmt.Errorf("args.%s: a NUL byte can't be passed to a program", name)
	}
	if options && strings.HasPrefix(s, "-") {
		return "", fmt.Errorf("args.%s: %q begins with a dash and would be taken for an option", name, s)
	}
	return s, nil
}
