package tool

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Slots says which parts of its world a call touches, as far as this matters for the order of calls: two calls may
// change places when neither sets what the other one sets or uses (Bernstein 1966). Nothing is guessed: a call that
// changes something and whose tool has no Slots keeps its place before and behind all others.
//
// A slot is any name, such as min_price. {parameter} in it stands for that argument of the call, {parameter:2} for a
// whole number of at least two digits, so that a tool that sets one of many things says which. Two slots are the same
// where one begins with the other: "open" stands for "open fridge" and "open oven".
//
// To declare Slots is to promise that in every state two calls which don't meet lead to the same state and answer the
// same in either order, failures included; package tooltest checks it. A promise that does not hold changes the order of
// calls in a plan where calls are merged, never which calls are in it.
type Slots struct {
	Sets []string `json:"sets,omitempty" yaml:"sets,omitempty"` // what a call changes, or makes for later calls
	Uses []string `json:"uses,omitempty" yaml:"uses,omitempty"` // what else its answer and its success depend on
}

// Footprint is what a call touches. The zero value meets everything.
type Footprint struct {
	safe, known bool
	sets, uses  []string
}

// Footprint returns what a call of the tool with these arguments touches.
func (s Spec) Footprint(args json.RawMessage) Footprint {
	f := Footprint{safe: s.Effect.Safe()}
	if s.Slots == nil {
		return f
	}
	var m map[string]json.RawMessage
	if json.Unmarshal(args, &m) != nil {
		return f
	}
	f.known, f.sets, f.uses = true, fill(s.Slots.Sets, m), fill(s.Slots.Uses, m)
	return f
}

// Commutes says whether two calls can change places: both only look, or both say what they touch and don't meet.
func (f Footprint) Commutes(g Footprint) bool {
	switch {
	case f.safe && g.safe:
		return !meet(f.sets, g.uses) && !meet(g.sets, f.uses)
	case !f.known || !g.known:
		return false
	}
	return !meet(f.sets, g.sets) && !meet(f.sets, g.uses) && !meet(f.uses, g.sets)
}

func meet(as, bs []string) bool {
	return slices.ContainsFunc(as, func(a string) bool {
		return slices.ContainsFunc(bs, func(b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) })
	})
}

var slotParam = regexp.MustCompile(`\{([^{}:]+)(?::([1-9]))?\}`)

// fill puts arguments in the place of parameters. One that is missing ends the name there, which then stands for all.
func fill(slots []string, args map[string]json.RawMessage) []string {
	out := make([]string, len(slots))
	for i, s := range slots {
		at := 0
		for _, m := range slotParam.FindAllStringSubmatchIndex(s, -1) {
			out[i] += s[at:m[0]]
			raw, ok := args[s[m[2]:m[3]]]
			if at = m[1]; !ok {
				at = len(s)
				break
			}
			out[i] += argument(raw, s[max(m[4], 0):max(m[5], 0)])
		}
		out[i] += s[at:]
	}
	return out
}

func argument(raw json.RawMessage, digits string) string {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = string(raw)
	}
	if n, err := strconv.Atoi(digits); err == nil && len(text) < n {
		return strings.Repeat("0", n-len(text)) + text
	}
	return text
}

// badSlots says which parameter in a slot is none of the tool's.
func badSlots(s *Slots, names []string) string {
	if s == nil {
		return ""
	}
	for _, slot := range slices.Concat(s.Sets, s.Uses) {
		for _, m := range slotParam.FindAllStringSubmatch(slot, -1) {
			if !slices.Contains(names, m[1]) {
				return fmt.Sprintf("%q names the parameter %q, which the tool does not have", slot, m[1])
			}
		}
		if strings.ContainsAny(slotParam.ReplaceAllString(slot, ""), "{}") {
			return fmt.Sprintf("%q has a brace that belongs to no parameter", slot)
		}
	}
	return ""
}
