package lexical

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/bm25"
	"github.com/azimuthdev/azimuth/tool"
)

// fact is what is known of a tool from its spec alone.
type fact struct {
	spec       tool.Spec
	index      int
	verb       string   // concept of the first word of the name
	about      []string // concepts of the rest of the name
	slots      []*slot
	required   []*slot
	out        *schema
	setter     bool // states one criterion of something: called once
	terminal   bool // ends what the others prepare
	deprecated bool
	rank       int            // where its description puts it: firstRank+n for the n-th call, 0 anywhere, lastRank last
	after      map[*fact]bool // tools its description wants before it
	doc        []string       // the tool as a document, see words
	speaks     []string       // concepts of the description and the name
	demands    []*fact        // setters its description says are needed
}

const (
	firstRank = -100
	lastRank  = 100
)

// single says whether the tool takes one argument, so that the tool's name speaks about it.
func (f *fact) single() bool { return len(f.slots) == 1 }

var setterVerbs = conceptSet("set select choose pick specify")

// ender are verbs of tools without arguments that carry out what others prepared.
var enderVerbs = conceptSet("search submit finish confirm commit execute run book checkout complete done finalize apply")

// catalog is the tools of a request and an index over their words.
type catalog struct {
	facts []*fact
	index *bm25.Index
	verbs map[string]bool // concepts that names begin with
	known map[string]bool // concepts that names and enumerations hold
}

// newCatalog reads specs. What a schema gets wrong is read as no schema.
func newCatalog(specs []tool.Spec) *catalog {
	c := &catalog{verbs: map[string]bool{}, known: map[string]bool{}}
	for i, spec := range specs {
		c.facts = append(c.facts, newFact(spec, i))
	}
	c.describe()
	c.linkMakers()
	for _, f := range c.facts {
		f.readOrder(c.facts)
	}
	for _, f := range c.facts {
		f.speaks = append(concepts(f.spec.Description), f.about...)
		f.demands = c.demands(f.spec.Description)
	}
	c.findTerminals()
	docs := make([][]string, len(c.facts))
	for i, f := range c.facts {
		f.doc = f.words()
		docs[i] = f.doc
		c.verbs[f.verb] = true
		c.learn(f)
	}
	for v := range changing {
		c.verbs[v] = true // so that what no tool does is a clause of its own
	}
	c.index = bm25.New(docs)
	return c
}

// learn notes the words of a tool's name, of its arguments' names and of its enumerations.
func (c *catalog) learn(f *fact) {
	words := append([]string{f.verb}, f.about...)
	for _, s := range f.slots {
		words = append(words, nameConcepts(s.name)...)
		for _, text := range s.choices() {
			words = append(words, valueConcepts(text)...)
		}
	}
	for _, w := range words {
		c.known[w] = true
	}
}

func newFact(spec tool.Spec, i int) *fact {
	f := &fact{spec: spec, index: i, out: parseSchema(spec.Output), after: map[*fact]bool{}}
	words := tokenise(splitName(spec.Name))
	words = slices.DeleteFunc(words, func(t token) bool { return t.punct })
	if len(words) > 0 {
		f.verb = words[0].concept
		f.setter = setterVerbs[f.verb] && len(words) > 1
		f.about = nameConcepts(strings.TrimPrefix(splitName(spec.Name), words[0].text))
	}
	if len(words) == 1 {
		f.about = []string{f.verb}
	}
	f.deprecated = strings.Contains(strings.ToLower(spec.Description), "deprecated")
	f.slots = slotsOf(f, parseSchema(spec.Input), nil, true)
	for _, s := range f.slots {
		if s.required {
			f.required = append(f.required, s)
		}
	}
	return f
}

// words returns the tool as a document: its name counts three times.
func (f *fact) words() []string {
	name := append([]string{f.verb}, f.about...)
	out := slices.Concat(name, name, name, concepts(f.spec.Description))
	for _, s := range f.slots {
		out = append(out, nameConcepts(s.name)...)
		out = append(out, concepts(s.schema.Description)...)
	}
	return out
}

// describe gives every slot its words, weighed by how few slots share them, and what follows from them.
func (c *catalog) describe() {
	count, total := map[string]int{}, 0
	for _, f := range c.facts {
		for _, s := range f.slots {
			total++
			seen := slices.Concat(f.about, nameConcepts(s.name))
			slices.Sort(seen)
			for _, w := range slices.Compact(seen) {
				count[w]++
			}
		}
	}
	idf := func(w string) float64 {
		n := float64(max(count[w], 1))
		return math.Min(1, 0.3+0.7*math.Log1p(float64(total)/n)/math.Log1p(float64(total)))
	}
	for _, f := range c.facts {
		for _, s := range f.slots {
			s.describe(idf)
			s.qual, s.role = qualifierOfSlot(s), roleOfSlot(s)
			s.wish()
		}
	}
}

// findTerminals marks tools that go last: said so, or without arguments among setters and named like it.
func (c *catalog) findTerminals() {
	setters := 0
	for _, f := range c.facts {
		setters += b2i(f.setter)
	}
	for _, f := range c.facts {
		f.terminal = f.rank == lastRank || setters > 1 && len(f.required) == 0 && enderVerbs[f.verb] && len(f.about) <= 1
		if f.terminal {
			f.rank = lastRank
		}
	}
}

// named returns the tools whose names stand in a text as whole words.
func (c *catalog) named(text string) []*fact { return namedIn(text, c.facts) }

var identifier = regexp.MustCompile(`[A-Za-z_][\w.-]*\w`)

// namedIn finds identifiers that are tools' names; a name of one plain word counts only where it is marked as code
// or called, because "search" is a word of every description.
func namedIn(text string, facts []*fact) []*fact {
	var out []*fact
	for _, loc := range identifier.FindAllStringIndex(text, -1) {
		name := text[loc[0]:loc[1]]
		for _, f := range facts {
			if f.spec.Name == name && (distinctive(name) || marked(text, loc)) && !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// distinctive names are no word of plain text: they hold an underscore, a digit or a capital.
func distinctive(name string) bool {
	return strings.ToLower(name) != name || strings.ContainsAny(name, "_.-0123456789")
}

func marked(text string, loc []int) bool {
	before, after := text[:loc[0]], text[loc[1]:]
	return strings.HasPrefix(after, "(") || strings.HasSuffix(before, "`") && strings.HasPrefix(after, "`")
}

var sentenceRE = regexp.MustCompile(`[.!?;](?:\s+|$)|\n+`)

func sentences(text string) []string { return sentenceRE.Split(text, -1) }

func firstSentence(text string) string { return sentences(text)[0] }
