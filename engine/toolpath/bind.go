package toolpath

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// Bind makes the arguments of a tool at a subtask by rule, without a model. Each argument is, in this order,
//
//   - what the last step before it that answers a value of that name answered (or will answer: a reference);
//   - text of the subtask, or of the goal, that matches the argument's pattern, or is one of its enum;
//   - a number in the subtask: width and height of 64x48, the one beside the argument's name, or the only one there is;
//   - a setting: enums, booleans, and whole numbers of a range of at most [maxSettings]. Attempt 0 takes the default or
//     the middle, later ones what is next to it, and so on.
//
// Optional arguments that none of these gives are left out; missing are the required ones. outputs are the steps of the path with
// the specs of their tools.
func Bind(spec tool.Spec, goal string, s Subtask, attempt int, before []model.Step, outputs func(name string) json.RawMessage) (args json.RawMessage, missing []string, err error) {
	var in input
	if len(spec.Input) > 0 {
		if err := json.Unmarshal(spec.Input, &in); err != nil {
			return nil, nil, fmt.Errorf("%s: input schema: %w", spec.Name, err)
		}
	}
	b := binder{goal: goal, about: s.About, attempt: attempt, before: before, outputs: outputs, in: in}
	out := map[string]json.RawMessage{}
	for _, name := range slices.Sorted(maps.Keys(in.Properties)) {
		v, ok := b.value(name, in.Properties[name])
		switch {
		case ok:
			out[name] = v
		case slices.Contains(in.Required, name):
			missing = append(missing, name)
		}
	}
	args, err = canon.Marshal(out)
	return args, missing, err
}

// maxSettings is how many values a whole number may have to be taken for a setting.
const maxSettings = 10

// input is what is read of a tool's input schema.
type input struct {
	Properties map[string]property `json:"properties"`
	Required   []string            `json:"required"`
}

type property struct {
	Type    string            `json:"type"`
	Enum    []json.RawMessage `json:"enum"`
	Pattern string            `json:"pattern"`
	Default json.RawMessage   `json:"default"`
	Minimum *float64          `json:"minimum"`
	Maximum *float64          `json:"maximum"`
}

func (p property) number() bool { return p.Type == "integer" || p.Type == "number" }

type binder struct {
	goal, about string
	attempt     int
	before      []model.Step
	outputs     func(name string) json.RawMessage // output schema of a tool
	in          input
}

func (b *binder) value(name string, p property) (json.RawMessage, bool) {
	for _, from := range []func(string, property) (json.RawMessage, bool){b.made, b.said, b.numeral, b.setting} {
		if v, ok := from(name, p); ok {
			return v, true
		}
	}
	return nil, false
}

// made looks for what an earlier step answers under the name, the last first.
func (b *binder) made(name string, _ property) (json.RawMessage, bool) {
	for i, st := range slices.Backward(b.before) {
		if st.Status == model.Observed {
			if v, ok := within(st.Result.Value, name); ok {
				return v, true
			}
			continue
		}
		var schema input
		if st.Status == model.Deferred && json.Unmarshal(b.outputs(st.Call.Tool), &schema) == nil {
			if _, ok := schema.Properties[name]; ok {
				v, err := canon.Marshal(fmt.Sprintf("${steps.%d.%s}", i+1, name))
				return v, err == nil
			}
		}
	}
	return nil, false
}

// within finds a key in an object, or in an object that it holds.
func within(raw json.RawMessage, name string) (json.RawMessage, bool) {
	m, err := canon.Object(raw)
	if err != nil {
		return nil, false
	}
	if v, ok := m[name]; ok {
		return v, true
	}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if inner, err := canon.Object(m[k]); err == nil {
			if v, ok := inner[name]; ok {
				return v, true
			}
		}
	}
	return nil, false
}

// said looks for a text that the argument's pattern or enum allows.
func (b *binder) said(_ string, p property) (json.RawMessage, bool) {
	if p.Pattern != "" {
		re, err := regexp.Compile(strings.TrimSuffix(strings.TrimPrefix(p.Pattern, "^"), "$"))
		if err != nil {
			return nil, false
		}
		for _, text := range []string{b.about, b.goal} {
			if s := re.FindString(text); s != "" {
				v, err := canon.Marshal(s)
				return v, err == nil
			}
		}
	}
	for _, e := range p.Enum {
		var word string
		if json.Unmarshal(e, &word) == nil && hasWord(b.about, word) {
			return e, true
		}
	}
	return nil, false
}

func hasWord(text, word string) bool {
	fields := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ,.;:!?\"'()", r) })
	return slices.Contains(fields, strings.ToLower(word))
}

var (
	size   = regexp.MustCompile(`(\d+)\s*[x×]\s*(\d+)`)
	digits = regexp.MustCompile(`-?\d+(?:\.\d+)?`)
)

// numeral looks for a number that the subtask says.
func (b *binder) numeral(name string, p property) (json.RawMessage, bool) {
	if !p.number() {
		return nil, false
	}
	if m := size.FindStringSubmatch(b.about); m != nil {
		switch name {
		case "width":
			return p.fit(m[1])
		case "height":
			return p.fit(m[2])
		}
	}
	if len(p.settings()) > 0 { // they are tried one after another
		return nil, false
	}
	word := regexp.QuoteMeta(strings.ReplaceAll(name, "_", " "))
	near := regexp.MustCompile(`(?i)\b` + word + `\D{1,6}(-?\d+(?:\.\d+)?)|(-?\d+(?:\.\d+)?)\s+` + word + `\b`)
	if m := near.FindStringSubmatch(b.about); m != nil {
		return p.fit(m[1] + m[2])
	}
	if all := digits.FindAllString(b.about, -1); len(all) == 1 && b.only() {
		return p.fit(all[0])
	}
	return nil, false
}

// only says whether one number alone is asked for.
func (b *binder) only() bool {
	n := 0
	for _, p := range b.in.Properties {
		if p.number() && len(p.settings()) == 0 {
			n++
		}
	}
	return n == 1
}

// fit is a number as the argument takes it.
func (p property) fit(s string) (json.RawMessage, bool) {
	f, err := strconv.ParseFloat(s, 64)
	ok := err == nil && (p.Minimum == nil || f >= *p.Minimum) && (p.Maximum == nil || f <= *p.Maximum) &&
		(p.Type != "integer" || f == math.Trunc(f))
	if !ok {
		return nil, false
	}
	if json.Valid([]byte(s)) {
		return json.RawMessage(s), true
	}
	v, err := canon.Marshal(f) // 007 is no JSON
	return v, err == nil
}

// setting is the value that an attempt takes.
func (b *binder) setting(_ string, p property) (json.RawMessage, bool) {
	all := p.settings()
	if len(all) == 0 {
		return p.Default, len(p.Default) > 0
	}
	return all[b.attempt%len(all)], true
}

// settings are the values of an argument that may be varied, the usual one first; none where it is no setting.
func (p property) settings() []json.RawMessage {
	all := p.Enum
	switch {
	case p.Type == "boolean":
		all = []json.RawMessage{json.RawMessage("false"), json.RawMessage("true")}
	case p.Type == "integer" && p.Minimum != nil && p.Maximum != nil:
		all = outwards(math.Ceil(*p.Minimum), math.Floor(*p.Maximum))
	}
	if i := slices.IndexFunc(all, func(v json.RawMessage) bool { return string(v) == string(p.Default) }); i > 0 {
		all = append([]json.RawMessage{all[i]}, slices.Delete(slices.Clone(all), i, i+1)...)
	}
	return all
}

// outwards lists the whole numbers of a range from its middle; none of a range that is too wide, or too far out for its
// numbers to be told apart: schemas are foreign.
func outwards(least, most float64) []json.RawMessage {
	if most-least >= maxSettings || math.Abs(least) > maxWhole || math.Abs(most) > maxWhole {
		return nil
	}
	var out []json.RawMessage
	lo, hi := int64(least), int64(most)
	add := func(n int64) {
		if n >= lo && n <= hi {
			out = append(out, json.RawMessage(strconv.FormatInt(n, 10)))
		}
	}
	mid := (lo + hi) / 2
	add(mid)
	for d := int64(1); mid-d >= lo || mid+d <= hi; d++ {
		add(mid + d)
		add(mid - d)
	}
	return out
}

// maxWhole is up to where a float64 has every whole number.
const maxWhole = 1 << 53
