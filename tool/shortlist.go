package tool

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/azimuthdev/azimuth/internal/bm25"
)

// Counter counts the tokens of a text.
type Counter func(text string) int

// EstimateTokens counts a token for every four bytes, which is near enough for English and JSON in the tokenizers
// of today, and needs no vocabulary.
func EstimateTokens(text string) int { return (len(text) + 3) / 4 }

// definitionOverhead is the tokens of a definition beside its texts: the braces and keys around them.
const definitionOverhead = 10

// DefinitionTokens counts what a model is charged for being told of a tool.
func DefinitionTokens(sp Spec, count Counter) int {
	return definitionOverhead + count(sp.Name) + count(sp.Description) + count(string(sp.Input))
}

// Shortlist picks the tools that a model is shown: at most limit of them, whose definitions together take at most
// tokenBudget tokens by [EstimateTokens]; 0 is no limit. What does not fit is left out from the bottom of a ranking
// by BM25 of the query (the goal) over names, descriptions, parameters' names and descriptions. A tool too large
// for what is left of the budget makes room for a smaller one below it. Equal ranks go by name.
//
// The result is sorted by name, never by rank, so that requests that share a shortlist share their prefix.
func Shortlist(specs []Spec, query string, limit, tokenBudget int) []Spec {
	return ShortlistBy(specs, query, limit, tokenBudget, EstimateTokens)
}

// ShortlistBy is [Shortlist] with another way of counting tokens, such as a model's own tokenizer.
func ShortlistBy(specs []Spec, query string, limit, tokenBudget int, count Counter) []Spec {
	sorted := slices.Clone(specs)
	slices.SortFunc(sorted, byName)
	if limit <= 0 {
		limit = len(sorted)
	}
	if limit >= len(sorted) && tokenBudget <= 0 {
		return sorted
	}
	var out []Spec
	left := tokenBudget
	for _, i := range rank(sorted, query) {
		if len(out) == limit {
			break
		}
		if tokenBudget > 0 {
			n := DefinitionTokens(sorted[i], count)
			if n > left {
				continue
			}
			left -= n
		}
		out = append(out, sorted[i])
	}
	slices.SortFunc(out, byName)
	return out
}

func byName(a, b Spec) int { return strings.Compare(a.Name, b.Name) }

// nameWeight is how many times a tool's name counts against its description (inferred).
const nameWeight = 3

// Words returns the words by which a tool is found: its name, three times, its description, and the names and
// descriptions of its parameters, as [bm25.Words] splits them.
func Words(sp Spec) []string {
	words := bm25.Words(sp.Description)
	for range nameWeight {
		words = append(words, bm25.Words(sp.Name)...)
	}
	var top struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	_ = json.Unmarshal(sp.Input, &top) // a schema without properties has no words
	for _, name := range sortedKeys(top.Properties) {
		var p struct {
			Description string `json:"description"`
		}
		_ = json.Unmarshal(top.Properties[name], &p) // nor has true
		words = append(append(words, bm25.Words(name)...), bm25.Words(p.Description)...)
	}
	return words
}

func rank(specs []Spec, query string) []int {
	docs := make([][]string, len(specs))
	for i, sp := range specs {
		docs[i] = Words(sp)
	}
	return bm25.New(docs).Rank(bm25.Words(query))
}
