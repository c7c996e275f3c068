package memory

import (
	"encoding/binary"
	"math"
	"sync"

	"github.com/azimuthdev/azimuth/internal/lcs"
	"github.com/azimuthdev/azimuth/tool"
)

// unknown is the symbol of a word that no plan holds.
const unknown = math.MaxUint32

// space is the plans as sequences of words: tool names, or whole calls. Equal sequences are kept once.
type space struct {
	word      func(tool.Call) string
	words     []string // by symbol, in memory order
	symbols   map[string]uint32
	seqs      [][]uint32 // distinct
	uniq      [][]uint32 // by sequence: its symbols without repeats
	weights   []float64  // by sequence: how many plans it stands for
	positions []float64  // by symbol: mean relative position
	set       *lcs.Set
	rows      *lru[string, *row]
	near      *lru[string, uint32]
}

// row is what is kept for a path.
type row struct {
	row  *lcs.Row
	next func() prior // computed when first asked for
}

// maxNear bounds the words whose closest symbol is remembered.
const maxNear = 1 << 12

func newSpace(plans []Plan, word func(tool.Call) string, cacheBytes int) *space {
	s := &space{word: word, symbols: map[string]uint32{}}
	known := map[string]int{}
	var buf []byte
	for _, p := range plans {
		seq := make([]uint32, len(p.Calls))
		buf = buf[:0]
		for i, c := range p.Calls {
			seq[i] = s.intern(word(c))
			buf = binary.LittleEndian.AppendUint32(buf, seq[i])
		}
		at, ok := known[string(buf)]
		if !ok {
			at = len(s.seqs)
			known[string(buf)] = at
			s.seqs, s.weights = append(s.seqs, seq), append(s.weights, 0)
			s.uniq = append(s.uniq, distinct(seq))
		}
		s.weights[at]++
	}
	s.positions = s.meanPositions()
	s.set = lcs.NewSet(s.seqs, len(s.words))
	s.rows = newLRU[string, *row](min(maxRows, max(minRows, cacheBytes/max(1, s.set.RowBytes()))))
	s.near = newLRU[string, uint32](maxNear)
	return s
}

func (s *space) intern(word string) uint32 {
	sym, ok := s.symbols[word]
	if !ok {
		sym = uint32(len(s.words))
		s.symbols[word] = sym
		s.words = append(s.words, word)
	}
	return sym
}

// distinct returns seq itself where nothing repeats. Plans are short: a scan beats a table.
func distinct(seq []uint32) []uint32 {
	if len(seq) > 64 {
		return distinctLong(seq)
	}
	for i, sym := range seq {
		for _, before := range seq[:i] {
			if sym == before {
				return distinctLong(seq)
			}
		}
	}
	return seq
}

func distinctLong(seq []uint32) []uint32 {
	seen := make(map[uint32]bool, len(seq))
	var out []uint32
	for _, sym := range seq {
		if !seen[sym] {
			seen[sym] = true
			out = append(out, sym)
		}
	}
	return out
}

func (s *space) meanPositions() []float64 {
	sum, n := make([]float64, len(s.words)), make([]float64, len(s.words))
	last := make([]float64, len(s.words))
	for i, seq := range s.seqs {
		for pos, sym := range seq {
			last[sym] = float64(pos+1) / float64(len(seq))
		}
		for _, sym := range s.uniq[i] {
			sum[sym] += s.weights[i] * last[sym]
			n[sym] += s.weights[i]
		}
	}
	for sym := range sum {
		sum[sym] /= n[sym]
	}
	return sum
}

func (s *space) symbol(c tool.Call) uint32 {
	if sym, ok := s.symbols[s.word(c)]; ok {
		return sym
	}
	return unknown
}

// row returns the path's row, from its parent's where that is at hand.
func (s *space) row(path []tool.Call) *row {
	key := make([]byte, 0, 64)
	for _, c := range path {
		key = binary.LittleEndian.AppendUint32(key, s.symbol(c))
	}
	return s.rowOf(string(key))
}

// rowOf is row for a path of symbols, four bytes each.
func (s *space) rowOf(path string) *row {
	return s.rows.get(path, func() *row {
		var r *lcs.Row
		if path == "" {
			r = s.set.Root()
		} else {
			cut := len(path) - 4
			r = s.set.Extend(s.rowOf(path[:cut]).row, binary.LittleEndian.Uint32([]byte(path[cut:])))
		}
		return &row{row: r, next: sync.OnceValue(func() prior { return s.prior(r, path) })}
	})
}

// maxWord is how much of a word the lexical comparison looks at, in bytes: arguments may be a megabyte long.
const maxWord = 1024

// closest returns the symbol of the word that is nearest to one that no plan holds.
func (s *space) closest(word string) uint32 {
	word = word[:min(len(word), maxWord)]
	return s.near.get(word, func() uint32 {
		pattern := lcs.NewPattern(word)
		best, bestRatio, bestEdits := 0, -1.0, 0
		for sym, other := range s.words {
			other = other[:min(len(other), maxWord)]
			ratio := pattern.Ratio(other)
			if ratio < bestRatio {
				continue
			}
			edits := lcs.Distance(word, other)
			if ratio > bestRatio || edits < bestEdits {
				best, bestRatio, bestEdits = sym, ratio, edits
			}
		}
		return uint32(best)
	})
}
