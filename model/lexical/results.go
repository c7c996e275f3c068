package lexical

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// resolve gives the value of an argument that another action's answer holds: the value itself where the path has
// seen it, a reference where the call was made or will be but its answer is not known yet.
func (p *planner) resolve(b bound) (json.RawMessage, bool) {
	step := b.maker.step
	if step == 0 {
		step = p.find(b.maker)
	}
	if step == 0 {
		return nil, false
	}
	s := p.steps[step-1]
	if s.Status != model.Observed {
		return reference(step, b.path), true
	}
	return fromResult(s.Result, b)
}

// find returns the number of the step that carried an action out, 0 if none has.
func (p *planner) find(a *action) int {
	raw, known := a.render(p.resolve)
	if !known {
		return 0
	}
	for i, s := range p.steps {
		if !failed(s) && s.Call.Tool == a.fact.spec.Name && canon.Equal(raw, s.Call.Args) {
			return i + 1
		}
	}
	return 0
}

func reference(step int, path string) json.RawMessage {
	if path != "" {
		path = "." + path
	}
	return quote(fmt.Sprintf("${steps.%d%s}", step, path))
}

// fromResult takes a field of a structured answer; of plain text, the first thing of the kind that the slot wants,
// else all of it.
func fromResult(r tool.Result, b bound) (json.RawMessage, bool) {
	if doc := document(r); doc != nil && (len(r.Value) > 0 || b.path != "") {
		if b.path != "" {
			doc = dig(doc, []string{b.path})
		}
		return doc, doc != nil
	}
	if b.slot.wants[kindPath] >= 0.5 {
		if found := findPaths(cut(r.Content)); len(found) > 0 {
			return quote(found[0].text), true
		}
		return nil, false
	}
	return quote(r.Content), r.Content != ""
}

// onPath says whether the path has set a slot to what a mention says.
func (p *planner) onPath(s *slot, m *mention) bool {
	if !p.set[s.tool] {
		return false
	}
	want, ok := s.value(m)
	if l, made := s.constructor(); made && ok {
		maker := &action{fact: l.maker, args: makerArgs(l, m)}
		want, ok = p.resolve(bound{slot: s, maker: maker, path: l.path})
	}
	return ok && canon.Equal(want, p.argument(s))
}

// argument returns what the path's last call of a slot's tool put into the slot, nil if nothing.
func (p *planner) argument(s *slot) json.RawMessage {
	for i := len(p.steps) - 1; i >= 0; i-- {
		if st := p.steps[i]; st.Call.Tool == s.tool.spec.Name && !failed(st) {
			return dig(st.Call.Args, s.path)
		}
	}
	return nil
}

// dig follows keys into a document, nil where there is no such place.
func dig(raw json.RawMessage, path []string) json.RawMessage {
	for _, key := range path {
		if key == element {
			var list []json.RawMessage
			if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
				return nil
			}
			raw = list[0]
			continue
		}
		var m map[string]json.RawMessage
		if json.Unmarshal(raw, &m) != nil {
			return nil
		}
		raw = m[key]
	}
	return raw
}

// chosenBefore returns what the path has chosen for an enumeration.
func (p *planner) chosenBefore(s *slot) (json.RawMessage, chosen) {
	if !p.set[s.tool] {
		return nil, chosen{}
	}
	raw := p.argument(s)
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = strings.Trim(string(raw), `"`)
	}
	return raw, chosen{raw: raw, text: text, score: 3}
}

// document returns an answer as JSON: its value, or its text where that is an object or a list; nil otherwise.
func document(r tool.Result) json.RawMessage {
	raw := r.Value
	if text := strings.TrimSpace(r.Content); len(raw) == 0 && strings.IndexAny(text, "{[") == 0 && json.Valid([]byte(text)) {
		raw = json.RawMessage(text)
	}
	if len(raw) == 0 || canon.CheckDepth(raw) != nil {
		return nil
	}
	return raw
}

// fromResults looks for an argument in what the path has seen: a field of its name, or the id that a tool about the
// same thing answered.
func (p *planner) fromResults(s *slot) json.RawMessage {
	for _, st := range slices.Backward(p.steps) {
		doc := document(st.Result)
		if failed(st) || st.Status != model.Observed || doc == nil || genericNames[strings.ToLower(s.name)] {
			continue
		}
		f := p.fact(st.Call.Tool)
		for _, key := range []string{s.name, "id"} {
			if f == nil || !likeNamed(s, key, f) {
				continue
			}
			if v := search(doc, key, 0); v != nil && suits(s, v) {
				return v
			}
		}
	}
	return nil
}

// search returns the first value under a key, in the document itself or a few levels down.
func search(raw json.RawMessage, key string, depth int) json.RawMessage {
	var fields map[string]json.RawMessage
	var list []json.RawMessage
	switch {
	case depth > maxSlotDepth:
	case json.Unmarshal(raw, &fields) == nil:
		if v, ok := fields[key]; ok {
			return v
		}
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			if v := search(fields[name], key, depth+1); v != nil {
				return v
			}
		}
	case json.Unmarshal(raw, &list) == nil && len(list) > 0:
		return search(list[0], key, depth+1)
	}
	return nil
}

// suits says whether a scalar is of the slot's type.
func suits(s *slot, v json.RawMessage) bool {
	var x any
	if s.list || json.Unmarshal(v, &x) != nil {
		return false
	}
	switch x.(type) {
	case string:
		return s.schema.kind() == "string" || s.schema.kind() == ""
	case float64:
		return s.schema.kind() == "integer" || s.schema.kind() == "number" || s.schema.kind() == ""
	}
	return false
}
