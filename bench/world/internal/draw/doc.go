// Package draw holds what the request generators of the worlds share: a seeded source, the pools of places, and
// the many ways of writing a number, an amount, a date or a list.
//
// Requests come from two spaces, [Task] and [Demo]. They have different seeds and different places, so no
// demonstration is ever the answer to a task.
package draw

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
)

// Space says what a request is for.
type Space uint8

// The spaces of requests.
const (
	Task Space = iota // to be solved
	Demo              // to be shown, with its gold plan
)

// New returns the source of one request: it depends on all its arguments and on nothing else.
func New(world string, space Space, seed uint64, i int) *rand.Rand {
	sum := sha256.Sum256(fmt.Appendf(nil, "azimuth request\x00%s\x00%d\x00%d\x00%d", world, space, seed, i))
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])))
}

// ID names the request i of a seed, such as trip-7-12.
func ID(world string, space Space, seed uint64, i int) string {
	if space == Demo {
		return fmt.Sprintf("%s-demo-%d-%d", world, seed, i)
	}
	return fmt.Sprintf("%s-%d-%d", world, seed, i)
}

// Pick returns one of the items, which must not be none.
func Pick[T any](r *rand.Rand, items ...T) T { return items[r.IntN(len(items))] }

// Chance is true with probability p.
func Chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

// Shuffled returns the items in another order.
func Shuffled[T any](r *rand.Rand, items []T) []T {
	out := make([]T, len(items))
	for i, j := range r.Perm(len(items)) {
		out[i] = items[j]
	}
	return out
}

// cities alternate between the spaces: even places are for tasks, odd ones for demonstrations.
var cities = [...]string{
	"Boston", "Denver", "Seattle", "Austin", "Chicago", "Portland", "Atlanta", "Houston", "San Diego", "Miami",
	"Philadelphia", "Phoenix", "Nashville", "Dallas", "Columbus", "Charlotte", "Minneapolis", "Detroit", "Baltimore", "Memphis",
	"New Orleans", "Sacramento", "Kansas City", "Tampa", "Cleveland", "Pittsburgh", "Salt Lake City", "Omaha", "San Francisco", "Raleigh",
	"Los Angeles", "Milwaukee", "New York", "Tucson", "Las Vegas", "Oakland", "Honolulu", "Tulsa", "Albuquerque", "Richmond",
	"Vancouver", "Toronto", "Montreal", "Calgary", "Madison", "Boise", "Santa Fe", "Savannah", "Buffalo", "Anchorage",
}

// Cities returns the places of a space.
func Cities(s Space) []string {
	var out []string
	for i := int(s); i < len(cities); i += 2 {
		out = append(out, cities[i])
	}
	return out
}
