package cost_test

import (
	"math"
	"runtime"
	"syscall"
	"testing"

	"github.com/azimuthdev/azimuth/search"
)

// thread is the processor time of the calling thread in nanoseconds: other programs don't count in it.
func thread(b *testing.B) float64 {
	const rusageThread = 1
	var r syscall.Rusage
	if err := syscall.Getrusage(rusageThread, &r); err != nil {
		b.Skip("no processor time: ", err)
	}
	return float64(r.Utime.Nano() + r.Stime.Nano())
}

// BenchmarkCostPerNode reports the ratio of the performance page: what a node costs at 100,000 against one at 1,000, in
// processor time, which other programs disturb little.
func BenchmarkCostPerNode(b *testing.B) {
	for _, preset := range search.Presets() {
		b.Run(preset, func(b *testing.B) {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			small, large := math.Inf(1), math.Inf(1)
			for b.Loop() {
				small, large = min(small, perNode(b, preset, 1_000)), min(large, perNode(b, preset, 100_000))
			}
			b.ReportMetric(small, "ns/node@1k")
			b.ReportMetric(large, "ns/node@100k")
			b.ReportMetric(large/small, "ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// perNode grows 100,000 nodes in trees of so many.
func perNode(b *testing.B, preset string, nodes int) float64 {
	const total = 100_000
	start := thread(b)
	for range total / nodes {
		s, tree := newSearch(b, preset)
		grow(s, tree, newWide(), nodes)
	}
	return (thread(b) - start) / total
}
