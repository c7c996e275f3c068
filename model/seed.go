package model

import "github.com/azimuthdev/azimuth/internal/splitmix"

// DefaultTemperature is what samples are drawn at when several are asked for and the request does not say.
const DefaultTemperature = 1.0

// DefaultMaxTokens is how many completion tokens one sample may take where neither the request nor the backend's
// options say. [Estimate] reserves by it.
const DefaultMaxTokens = 1024

// DeriveSeed returns the seed of the i-th part of whatever has this seed. Parts of one seed differ from each other and
// from the parts of every other seed, up to the chance of a 64-bit collision (SplitMix64's finalizer over both).
func DeriveSeed(seed uint64, i int) uint64 {
	return splitmix.Mix(splitmix.Mix(seed+splitmix.Gamma) ^ (uint64(i)+1)*0xd1342543de82ef95)
}

// Heat is the temperature to sample at: the request's own, else [DefaultTemperature] where several samples are
// wanted (at 0 they would all be the same), else 0.
func (r Request) Heat() float64 {
	if r.Temperature == 0 && r.N > 1 {
		return DefaultTemperature
	}
	return r.Temperature
}
