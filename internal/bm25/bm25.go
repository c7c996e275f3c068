// Package bm25 ranks short documents by the words of a query: Okapi BM25 (Robertson and Zaragoza, The Probabilistic
// Relevance Framework: BM25 and Beyond, 2009, equation 3.15) with the inverse document frequency kept positive, as
// Lucene does.
//
//	ix := bm25.New([][]string{bm25.Words("read_file Read a file"), bm25.Words("sendMail Send a message")})
//	best := ix.Rank(bm25.Words("what do the files say?")) // [0 1]
package bm25

import (
	"cmp"
	"math"
	"slices"
)

// The usual settings: K1 says how soon more of the same word stops to matter, B how much long documents are put
// back.
const (
	K1 = 1.2
	B  = 0.75
)

// Index is a collection of documents. It does not change and may be used from several goroutines at once.
type Index struct {
	postings map[string][]posting
	norm     []float64 // K1 * (1 - B + B * length / mean length), a document
}

type posting struct {
	doc   int
	count float64
}

// New indexes documents, each given as its words (see [Words]). A word that counts more, such as one of a title,
// may be given more than once.
func New(docs [][]string) *Index {
	ix := &Index{postings: map[string][]posting{}, norm: make([]float64, len(docs))}
	total := 0
	for d, words := range docs {
		total += len(words)
		for _, w := range words {
			ps := ix.postings[w]
			if n := len(ps); n > 0 && ps[n-1].doc == d {
				ps[n-1].count++
				continue
			}
			ix.postings[w] = append(ps, posting{d, 1})
		}
	}
	mean := float64(max(total, 1)) / float64(max(len(docs), 1))
	for d, words := range docs {
		ix.norm[d] = K1 * (1 - B + B*float64(len(words))/mean)
	}
	return ix
}

// Len returns the number of documents.
func (ix *Index) Len() int { return len(ix.norm) }

// IDF returns ln(1 + (N - n + 0.5) / (n + 0.5)) where n of N documents have the word: how telling the word is.
func (ix *Index) IDF(word string) float64 {
	n := float64(len(ix.postings[word]))
	return math.Log1p((float64(len(ix.norm)) - n + 0.5) / (n + 0.5))
}

// Scores returns the score of each document, 0 where it has no word of the query. A word that the query repeats
// counts once.
func (ix *Index) Scores(query []string) []float64 {
	scores := make([]float64, len(ix.norm))
	words := slices.Clone(query)
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		idf := ix.IDF(w)
		for _, p := range ix.postings[w] {
			scores[p.doc] += idf * p.count * (K1 + 1) / (p.count + ix.norm[p.doc])
		}
	}
	return scores
}

// Rank returns the documents' indexes, best first; of equal scores the lower index comes first.
func (ix *Index) Rank(query []string) []int {
	scores := ix.Scores(query)
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	return order
}
