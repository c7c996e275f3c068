// Package splitmix is the finaliser of SplitMix64 (Steele, Lea and Flood 2014), which spreads the bits of a number: seeds are
// derived by it, and trees hashed.
package splitmix

// Gamma is what SplitMix64 adds to its state before each number (the golden ratio's fraction, odd).
const Gamma = 0x9e3779b97f4a7c15

// Mix is a bijection of 64-bit numbers that leaves no bit of z where it can be guessed. 0 stays 0.
func Mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
