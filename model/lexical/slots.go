package lexical

import (
	"encoding/json"
	"slices"
	"strings"
)

// element marks in a path that what follows lies in the first element of an array.
const element = "[]"

// slot is a place for an argument: a scalar, or a list of scalars, somewhere in a tool's input schema.
type slot struct {
	tool     *fact
	path     []string // keys from the top, [element] for an array's item
	name     string   // last key
	schema   *schema  // of the scalar
	list     bool
	required bool
	words    []weighted // concepts that speak for it
	title    []string   // the words of its name, of the tool's if that is all it takes
	qual     qualifier
	role     role
	wants    [kindText + 1]float64 // how well each kind of mention suits, below refuse: not at all
	makers   []link                // tools whose answers it takes, surest first
}

// refuse is what a slot wants of a kind of mention that can't go there.
const refuse = -9

// genericNames say nothing about what an argument means.
var genericNames = wordSet("value values val vals input inputs arg args data param parameter parameters x options item items argument")

// maxSlotDepth is how deep in a schema slots are looked for.
const maxSlotDepth = 4

// slotsOf flattens a schema.
func slotsOf(f *fact, s *schema, path []string, required bool) []*slot {
	if len(path) > maxSlotDepth {
		return nil
	}
	switch s.kind() {
	case "object":
		var out []*slot
		for _, name := range s.order() {
			out = append(out, slotsOf(f, s.Properties[name], append(slices.Clone(path), name), required && s.requires(name))...)
		}
		return out
	case "array":
		if item := s.Items; item != nil && item.kind() != "object" && item.kind() != "array" {
			in := *item
			in.Description = firstNonEmpty(s.Description, item.Description)
			return []*slot{newSlot(f, &in, path, required, true)}
		}
		if s.Items != nil {
			return slotsOf(f, s.Items, append(slices.Clone(path), element), required)
		}
		return nil
	}
	if len(path) == 0 {
		return nil
	}
	return []*slot{newSlot(f, s, path, required, false)}
}

func newSlot(f *fact, s *schema, path []string, required, list bool) *slot {
	out := &slot{tool: f, path: path, schema: s, list: list, required: required, name: lastKey(path)}
	if out.list && len(out.schema.Enum) == 0 && out.schema.kind() == "" {
		out.schema.Type = names{"string"}
	}
	return out
}

func lastKey(path []string) string {
	for _, p := range slices.Backward(path) {
		if p != element {
			return p
		}
	}
	return ""
}

func (s *slot) key() string { return s.tool.spec.Name + "." + strings.Join(s.path, ".") }

func (s *slot) choice() bool { return len(s.schema.Enum) > 0 }

// choices returns the texts of the enumeration.
func (s *slot) choices() []string {
	out := make([]string, 0, len(s.schema.Enum))
	for _, raw := range s.schema.Enum {
		var v string
		if json.Unmarshal(raw, &v) != nil {
			v = string(raw)
		}
		out = append(out, v)
	}
	return out
}

// describe works out what the slot is about. idf weighs words by how few of the tools' slots share them.
func (s *slot) describe(idf func(string) float64) {
	best := map[string]float64{}
	for _, src := range s.sources() {
		for _, c := range src.words {
			if w := src.weight * idf(c); w > best[c] {
				best[c] = w
			}
		}
	}
	for c, w := range best {
		s.words = append(s.words, weighted{c, w})
	}
	slices.SortFunc(s.words, func(a, b weighted) int { return strings.Compare(a.concept, b.concept) })
}

// source is a text about a slot and how much it counts.
type source struct {
	words  []string
	weight float64
}

// sources lists the texts about a slot, the surest first. The tool's name counts in full for its only argument.
func (s *slot) sources() []source {
	own := nameConcepts(s.name)
	if genericNames[strings.ToLower(s.name)] {
		own = nil
	}
	s.title = own
	if s.tool.single() {
		s.title = append(slices.Clone(own), s.tool.about...)
	}
	out := []source{{own, 1}}
	shared := 0.15
	if s.tool.single() {
		shared = 1
		out = append(out, source{s.tool.about, 1})
	}
	out = append(out, source{prose(s.schema.Title), 0.4}, source{prose(s.schema.Description), 0.4})
	return append(out, source{prose(firstSentence(s.tool.spec.Description)), 0.25 * shared})
}

// prose returns the concepts of a description without those that every description has.
func prose(text string) []string {
	return slices.DeleteFunc(concepts(text), func(c string) bool { return setterVerbs[c] || boundConcepts[c] || c == "number" })
}

// nameConcepts returns what an identifier is about, without words that say from which side a number binds or that
// only say that something is counted.
func nameConcepts(name string) []string {
	var out []string
	for _, t := range tokenise(splitName(name)) {
		if t.concept != "" && !stopWords[t.low] && !boundWords[t.low] && t.concept != "number" {
			out = append(out, t.concept)
		}
	}
	return out
}

var boundConcepts = conceptSet("minimum maximum most least lowest highest lower upper smallest largest longest shortest cheapest")

var boundWords = wordSet("min max minimum maximum most least lowest highest lower upper smallest largest longest shortest cheapest")

// qualifierOfSlot reads min and max off names and, failing that, off the argument's description.
func qualifierOfSlot(s *slot) qualifier {
	for _, text := range []string{splitName(s.name), splitName(s.tool.spec.Name), s.schema.Description} {
		for _, t := range tokenise(text) {
			switch t.low {
			case "min", "minimum", "least", "lowest", "lower", "smallest":
				return atLeast
			case "max", "maximum", "most", "highest", "upper", "largest", "longest":
				return atMost
			}
		}
	}
	return exact
}

var slotRoles = map[string]role{
	"origin": roleFrom, "source": roleFrom, "src": roleFrom, "from": roleFrom, "old": roleFrom,
	"destination": roleTo, "dest": roleTo, "to": roleTo, "target": roleTo, "new": roleTo, "dst": roleTo,
	"location": roleIn, "place": roleIn, "near": roleIn, "in": roleIn,
	"depart": roleStart, "checkin": roleStart, "begin": roleStart, "arrive": roleStart, "since": roleStart,
	"return": roleEnd, "checkout": roleEnd, "end": roleEnd, "due": roleEnd, "deadline": roleEnd,
}

// roleOfSlot reads the part that a place, date or path plays off names, then off descriptions.
func roleOfSlot(s *slot) role {
	for _, text := range []string{splitName(s.name), splitName(s.tool.spec.Name), s.schema.Description} {
		for _, t := range tokenise(text) {
			key := t.concept
			if stopWords[t.low] || slotRoles[t.low] != noRole {
				key = t.low
			}
			if r := slotRoles[key]; r != noRole && (!stopWords[key] || len(text) < 20) {
				return r
			}
		}
	}
	return noRole
}
