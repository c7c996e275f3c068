// Package noise makes errors that depend on a seed and on what they are about alone, as those of a trained network do.
package noise

// Factor is a number in [1-eps, 1+eps) for key, much like a draw from all of them.
func Factor(eps float64, seed, key uint64) float64 {
	x := key ^ seed*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9 // SplitMix64's finaliser
	x = (x ^ x>>27) * 0x94d049bb133111eb
	x ^= x >> 31
	return 1 + eps*(float64(x>>11)/(1<<52)-1)
}
