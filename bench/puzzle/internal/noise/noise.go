// Package noise makes errors that depend on a seed and on what they are about alone, as those of a trained network do.
package noise

import "github.com/azimuthdev/azimuth/internal/splitmix"

// Factor is a number in [1-eps, 1+eps) for key, much like a draw from all of them.
func Factor(eps float64, seed, key uint64) float64 {
	x := splitmix.Mix(key ^ seed*splitmix.Gamma)
	return 1 + eps*(float64(x>>11)/(1<<52)-1)
}
