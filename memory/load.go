package memory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/tool"
)

// Format is how a file of demonstrations is written.
type Format string

// The formats of demonstration files.
const (
	YAML Format = "yaml"
	JSON Format = "json"
)

// FormatOf tells the format by the file name's ending: .json, .yaml or .yml.
func FormatOf(path string) (Format, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json":
		return JSON, nil
	case ".yaml", ".yml":
		return YAML, nil
	}
	return "", fmt.Errorf("%s: want a file of demonstrations that ends in .yaml, .yml or .json", path)
}

// MaxDemoBytes is the largest file of demonstrations that [Load] reads (16 MiB).
const MaxDemoBytes = 16 << 20

// Load reads demonstrations: a list of goals and the calls that reach them, in YAML
//
//	# people write this
//	- goal: Book the cheapest flight to Oslo on 2026-03-01
//	  calls:
//	    - tool: search_flights
//	      args: {to: OSL, date: "2026-03-01"}
//	    - tool: book
//	      args: {flight: SK123}
//
// or the same in JSON. Args may be left out where a call has none. Anything else is a [*LineError] that names the
// line, the entry and the field: unknown keys, a call without a tool, arguments that are no object. YAML anchors,
// aliases, tags and several documents in one file are refused. The plans have [SourceDemo] as their source.
func Load(r io.Reader, format Format) ([]Plan, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxDemoBytes+1))
	if err != nil {
		return nil, fmt.Errorf("demonstrations: %w", err)
	}
	if len(raw) > MaxDemoBytes {
		return nil, fmt.Errorf("demonstrations: more than %d MiB; split the file", MaxDemoBytes>>20)
	}
	var entries []entry
	switch format {
	case JSON:
		entries, err = jsonEntries(raw)
	case YAML:
		entries, err = yamlEntries(raw)
	default:
		err = fmt.Errorf("demonstrations: format %q: want yaml or json", format)
	}
	if err != nil {
		return nil, err
	}
	return demos(entries)
}

// entry is one demonstration as JSON, and where it begins in the file.
type entry struct {
	line int
	raw  []byte
}

func demos(entries []entry) ([]Plan, error) {
	plans := make([]Plan, 0, len(entries))
	for i, e := range entries {
		p, err := parsePlan(e.raw, demoKeys)
		if err != nil {
			return nil, &LineError{Line: e.line, Entry: i + 1, Err: err}
		}
		p.Source = SourceDemo
		plans = append(plans, p)
	}
	return plans, nil
}

func jsonEntries(raw []byte) ([]entry, error) {
	if err := canon.CheckDepth(raw); err != nil {
		return nil, &LineError{Line: 1, Err: err}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	fail := func(n int, err error) error {
		at := d.InputOffset()
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = syntax.Offset
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = errors.New("ends early")
		}
		return &LineError{Line: lineAt(raw, at), Entry: n, Err: err}
	}
	first, err := d.Token()
	if err == nil && first != json.Delim('[') {
		err = errors.New("want a list of {goal, calls}")
	}
	if err != nil {
		return nil, fail(0, err)
	}
	var entries []entry
	for d.More() {
		var e json.RawMessage
		if err := d.Decode(&e); err != nil {
			return nil, fail(len(entries)+1, err)
		}
		entries = append(entries, entry{lineAt(raw, d.InputOffset()-int64(len(e))), e})
	}
	if _, err := d.Token(); err != nil {
		return nil, fail(0, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fail(0, errors.New("something follows the list"))
	}
	return entries, nil
}

// lineAt is the line, from 1, of a byte offset.
func lineAt(raw []byte, offset int64) int {
	return 1 + bytes.Count(raw[:min(max(offset, 0), int64(len(raw)))], []byte("\n"))
}

// The keys of a plan, in a file of demonstrations and in a store.
var (
	demoKeys   = []string{"goal", "calls"}
	storedKeys = []string{"id", "goal", "calls", "source", "created"}
	callKeys   = []string{"tool", "args"}
)

// parsePlan reads one plan with these keys only, and returns it normal.
func parsePlan(raw []byte, keys []string) (Plan, error) {
	fields, err := object(raw, "", keys)
	if err != nil {
		return Plan{}, err
	}
	var p Plan
	var calls []json.RawMessage
	var created *time.Time
	for key, into := range map[string]any{"id": &p.ID, "goal": &p.Goal, "source": &p.Source, "calls": &calls, "created": &created} {
		if err := decode(fields[key], key, into); err != nil {
			return Plan{}, err
		}
	}
	if created != nil {
		p.Created = *created
	}
	for i, c := range calls {
		call, err := parseCall(c, fmt.Sprintf("calls[%d]", i))
		if err != nil {
			return Plan{}, err
		}
		p.Calls = append(p.Calls, call)
	}
	return p.normal()
}

func parseCall(raw []byte, path string) (tool.Call, error) {
	fields, err := object(raw, path, callKeys)
	if err != nil {
		return tool.Call{}, err
	}
	c := tool.Call{Args: fields["args"]}
	err = decode(fields["tool"], path+".tool", &c.Tool)
	return c, err
}

// object reads an object whose keys are all known. path is empty for the plan itself.
func object(raw []byte, path string, keys []string) (map[string]json.RawMessage, error) {
	if err := canon.CheckDepth(raw); err != nil {
		return nil, &PlanError{orPlan(path), err.Error()}
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil || fields == nil {
		return nil, &PlanError{orPlan(path), "want an object with " + strings.Join(keys, ", ") + syntaxOf(err)}
	}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(keys, key) {
			if path != "" {
				key = path + "." + key
			}
			return nil, &PlanError{key, "unknown key; want one of " + strings.Join(keys, ", ")}
		}
	}
	return fields, nil
}

func orPlan(path string) string {
	if path == "" {
		return "plan"
	}
	return path
}

// syntaxOf is what the JSON parser has to add where the text is not JSON at all.
func syntaxOf(err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf(": %v at byte %d", err, syntax.Offset)
	}
	return ""
}

// decode leaves into alone where the field is missing.
func decode(raw json.RawMessage, field string, into any) error {
	if raw == nil {
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		want := map[bool]string{true: "a list of calls", false: "a text"}[field == "calls"]
		if field == "created" {
			want = "a time such as 2026-03-01T12:00:00Z"
		}
		return &PlanError{field, "want " + want}
	}
	return nil
}
