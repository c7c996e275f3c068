package toolpath

import (
	"fmt"
	"testing"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/pixels"
	"github.com/azimuthdev/azimuth/bench/world/internal/scene"
)

// BenchmarkTools measures the constants of prices.go: ns/pixel.
func BenchmarkTools(b *testing.B) {
	m := scene.Draw(draw.Demo, 1, 1, 3).Target()
	mask := pixels.FindText(pixels.Write(m, 4, 4, 1, 5, 12345), 30, 1)
	for _, g := range gears() {
		for s := range Strengths {
			b.Run(fmt.Sprintf("%s/%d", g.name, s), func(b *testing.B) {
				in := input{m: m, mask: mask, box: pixels.Rect{X: 4, Y: 4, W: m.W - 8, H: m.H - 8}, w: m.W, h: m.H, strength: s}
				for b.Loop() {
					if g.find != nil {
						g.find(in)
					} else if _, err := g.work(in); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(m.W*m.H), "ns/pixel")
			})
		}
	}
}
