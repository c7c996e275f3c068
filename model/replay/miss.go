package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/model/endpoint"
	"github.com/azimuthdev/azimuth/tool"
)

// MissError says that a request was not recorded.
type MissError struct {
	Kind    string
	Model   string
	Request json.RawMessage // canonical
	Nearest *Entry          // the recording with the fewest differences, nil where there is none of this kind
	Diffs   []Diff          // all differences from Nearest, in order of path
	Entries int             // how many recordings there are
}

// Diff is a field in which a request and a recording differ. An empty value means that the field is not there.
type Diff struct {
	Path            string
	Recorded, Asked string
}

// shownDiffs is how many differences an error message shows.
const shownDiffs = 5

// Error shows what was asked for and where the nearest recording differs.
func (e *MissError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "replay: no recording of this %s request to %s among %d", e.Kind, e.Model, e.Entries)
	if e.Nearest == nil {
		b.WriteString("; record it first")
		return b.String()
	}
	fmt.Fprintf(&b, "; the nearest, %.12s, differs in %d fields:", e.Nearest.Key, len(e.Diffs))
	for _, d := range e.Diffs[:min(len(e.Diffs), shownDiffs)] {
		fmt.Fprintf(&b, "\n  %s: recorded %s, asked %s", d.Path, present(d.Recorded), present(d.Asked))
	}
	return b.String()
}

// Unwrap makes a miss final: asking again would miss again.
func (*MissError) Unwrap() error { return endpoint.ErrFinal }

func present(v string) string {
	if v == "" {
		return "nothing"
	}
	return tool.Clip(v, 120)
}

// miss describes a request that was not recorded.
func (t *Tape) miss(kind, name string, request json.RawMessage) *MissError {
	e := &MissError{Kind: kind, Model: name, Request: request, Entries: len(t.entries)}
	asked := leaves(request)
	if name != "" {
		asked["model name"] = strconv.Quote(name)
	}
	for i := range t.entries {
		entry := &t.entries[i]
		if entry.Kind != kind {
			continue
		}
		recorded := leaves(entry.Request)
		recorded["model name"] = strconv.Quote(entry.Model)
		diffs := compare(recorded, asked)
		if e.Nearest == nil || len(diffs) < len(e.Diffs) {
			e.Nearest, e.Diffs = entry, diffs
		}
	}
	return e
}

func compare(recorded, asked map[string]string) []Diff {
	var out []Diff
	for path, v := range recorded {
		if asked[path] != v {
			out = append(out, Diff{Path: path, Recorded: v, Asked: asked[path]})
		}
	}
	for path, v := range asked {
		if _, ok := recorded[path]; !ok {
			out = append(out, Diff{Path: path, Asked: v})
		}
	}
	slices.SortFunc(out, func(a, b Diff) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// leaves lists the scalars of a document by path.
func leaves(raw json.RawMessage) map[string]string {
	out := map[string]string{}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if d.Decode(&v) == nil {
		walk(v, "", out)
	}
	return out
}

func walk(v any, path string, out map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			walk(e, strings.TrimPrefix(path+"."+k, "."), out)
		}
	case []any:
		for i, e := range v {
			walk(e, path+"["+strconv.Itoa(i)+"]", out)
		}
	default:
		raw, err := json.Marshal(v)
		if err == nil {
			out[path] = string(raw)
		}
	}
}
