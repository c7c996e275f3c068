package lcs

// Pattern is a string made ready to be compared with many others, byte by byte.
type Pattern struct {
	text  string
	words int
	masks []uint64 // [byte][words]
}

// stackWords is how many words a comparison takes without an allocation.
const stackWords = 16

// NewPattern returns the pattern of s.
func NewPattern(s string) *Pattern {
	p := &Pattern{text: s, words: wordsFor(len(s))}
	p.masks = make([]uint64, 256*p.words)
	for i := range len(s) {
		p.masks[int(s[i])*p.words+i/64] |= 1 << (i % 64)
	}
	return p
}

// LCS returns the length in bytes of the longest common subsequence of the pattern and t.
func (p *Pattern) LCS(t string) int {
	var stack [stackWords]uint64
	v := stack[:]
	if p.words > stackWords {
		v = make([]uint64, p.words)
	}
	v = v[:p.words]
	for i := range v {
		v[i] = full
	}
	for i := range len(t) {
		m := p.masks[int(t[i])*p.words:][:p.words]
		if p.words == 1 {
			v[0] = step(v[0], m[0])
			continue
		}
		stepWords(v, m)
	}
	return length(v)
}

// Ratio returns LCS over the shorter of the two lengths, in [0,1]; 0 where one is empty.
func (p *Pattern) Ratio(t string) float64 {
	shorter := min(len(p.text), len(t))
	if shorter == 0 {
		return 0
	}
	return float64(p.LCS(t)) / float64(shorter)
}

// Distance returns the edit distance in bytes of a and b: insertions, deletions and replacements, each 1.
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
