package noisy

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"strconv"
)

// source returns a generator that depends on the parts only.
func source(parts ...string) *rand.Rand {
	h := sha256.New()
	for _, p := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p))))
		h.Write([]byte(p))
	}
	sum := h.Sum(nil)
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])))
}

func num[T int | uint64](n T) string { return strconv.FormatUint(uint64(n), 10) }

func pick[T any](r *rand.Rand, items []T) T { return items[r.IntN(len(items))] }

// beta draws from Beta(a, b); 0 or 1 where one of them is 0.
func beta(r *rand.Rand, a, b float64) float64 {
	if a <= 0 || b <= 0 {
		return math.Min(1, math.Max(0, math.Ceil(a)))
	}
	x, y := gamma(r, a), gamma(r, b)
	return x / (x + y)
}

// gamma draws from Gamma(a, 1) by the method of Marsaglia and Tsang (2000), with their step for a < 1.
func gamma(r *rand.Rand, a float64) float64 {
	if a < 1 {
		return gamma(r, a+1) * math.Pow(1-r.Float64(), 1/a)
	}
	d := a - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := math.Pow(1+c*x, 3)
		if v <= 0 {
			continue
		}
		if math.Log(1-r.Float64()) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
