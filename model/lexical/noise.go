package lexical

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// noise makes samples differ where evidence is close. Adding Gumbel noise of scale T to scores and taking the best is
// the same as drawing from the softmax of score/T (Gumbel 1954; Maddison et al. 2014, the Gumbel-max trick), so the
// frequency of a call among the samples is its softmax weight.
type noise struct {
	seed   uint64
	sample uint64
	scale  float64 // 0: none
}

// scoreUnit is how many points of score make a factor of e at temperature 1. A binding that all evidence supports
// leads by 3 points or more, 20 to 1 and above at temperature 1.
const scoreUnit = 0.4

func newNoise(seed uint64, sample int, temperature float64) *noise {
	if !(temperature > 0) {
		temperature = 0
	}
	return &noise{seed, uint64(sample), scoreUnit * math.Min(temperature, 5)}
}

// draw returns the noise of one alternative; the same alternative gets the same noise throughout a sample.
func (n *noise) draw(alternative string) float64 {
	if n.scale == 0 {
		return 0
	}
	h := fnv.New64a()
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], n.seed)
	h.Write(b[:])
	h.Write([]byte(alternative))
	r := rand.New(rand.NewPCG(h.Sum64(), n.sample))
	return n.scale * -math.Log(-math.Log(r.Float64()*(1-1e-12)+1e-13))
}
