package search

import (
	"maps"
	"math"
	"slices"

	"github.com/azimuthdev/azimuth/internal/splitmix"
)

// Digest is a hash over all that was told and computed, node by node. A tree rebuilt by telling the same outcomes in
// the same order has the same digest; what is pending does not count.
func (t *Tree) Digest() uint64 {
	h := mix(uint64(t.Len())^uint64(t.turned)<<32) ^ mix(uint64(t.expansions)<<32|uint64(t.focus))
	for i := range t.Len() {
		nd := t.at(NodeID(i))
		for _, v := range [...]float64{nd.step, nd.g, nd.h, nd.charge, nd.remaining, nd.prior, nd.score, nd.value} {
			h = mix(h ^ math.Float64bits(v))
		}
		h = mix(h ^ uint64(nd.parent)<<32 ^ uint64(nd.action))
		h = mix(h ^ uint64(nd.votes)<<32 ^ uint64(nd.samples))
		h = mix(h ^ uint64(nd.order)<<32 ^ uint64(nd.told))
		h = mix(h ^ uint64(nd.asked)<<16 ^ uint64(nd.reflected))
		h = mix(h ^ nd.kept())
	}
	for _, n := range slices.Sorted(maps.Keys(t.early)) {
		for _, a := range t.early[n] {
			h = mix(h ^ uint64(n)<<32 ^ uint64(a))
		}
	}
	for i := range t.stats {
		h = t.stats[i].digest(h, i)
	}
	for _, chunk := range t.parts {
		for _, v := range chunk {
			h = mix(h ^ math.Float64bits(v))
		}
	}
	return h
}

// Shape is a hash over which steps stand where, with their votes and what became of them, but not over the order in
// which they were told, nor over costs. Outcomes told in another order give the same shape.
func (t *Tree) Shape() uint64 {
	sums := make([]uint64, t.Len())
	for i := t.Len() - 1; i > 0; i-- { // children come after their parents
		nd := t.at(NodeID(i))
		own := mix(uint64(nd.action)<<32^uint64(nd.votes)) ^ mix(uint64(nd.samples)<<32^uint64(nd.told)) ^ mix(nd.kept())
		sums[nd.parent] += mix(own + sums[i])
	}
	return mix(sums[0] ^ mix(uint64(t.at(0).samples)<<32^uint64(t.at(0).told)))
}

func (nd *node) kept() uint64 {
	return uint64(nd.flags&^liveFlags)<<32 | uint64(nd.why)<<8 | uint64(nd.verdict)
}

// mix is the number that SplitMix64 makes of a state.
func mix(x uint64) uint64 { return splitmix.Mix(x + splitmix.Gamma) }
