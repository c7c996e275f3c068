package toolpath

import (
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/bench/world/internal/pixels"
	"github.com/azimuthdev/azimuth/bench/world/internal/sandbox"
)

// MaxDistractors is how many further tools the world can have.
const MaxDistractors = sandbox.MaxDistractors

// mixed returns the tools with o's distractors strewn among them.
func mixed(o *Options) []gear {
	all := gears()
	if o == nil || o.Distractors == 0 {
		return all
	}
	return sandbox.Strew(rand.New(rand.NewPCG(o.Seed, 0x696d61676573)), all, distractors(), o.Distractors)
}

// dot is what a distractor makes of a pixel's colour c, at a strength from 1 to 3.
type dot func(m *pixels.Image, x, y, c int, k float64) float64

// distractors are tools that really work and that no request needs. They take about what a sharpening takes.
func distractors() []gear {
	var out []gear
	for _, d := range append(moves(), tones()...) {
		out = append(out, gear{name: d.name, doc: d.doc, perPixel: [Strengths]float64{100, 100, 100}, work: plain(func(in input) *pixels.Image {
			return in.m.Map(func(x, y, c int) float64 { return d.f(in.m, x, y, c, float64(in.strength+1)) })
		})})
	}
	return out
}

type odd struct {
	name, doc string
	f         dot
}

func moves() []odd {
	from := func(f func(m *pixels.Image, x, y int) (int, int)) dot {
		return func(m *pixels.Image, x, y, c int, _ float64) float64 {
			i, j := f(m, x, y)
			return m.At(i, j, c)
		}
	}
	return []odd{
		{"flip_horizontal", "Mirrors left and right.", from(func(m *pixels.Image, x, y int) (int, int) { return m.W - 1 - x, y })},
		{"flip_vertical", "Mirrors top and bottom.", from(func(m *pixels.Image, x, y int) (int, int) { return x, m.H - 1 - y })},
		{"rotate_half", "Turns an image upside down.", from(func(m *pixels.Image, x, y int) (int, int) { return m.W - 1 - x, m.H - 1 - y })},
		{"pixelate", "Shows an image in large squares.", from(func(_ *pixels.Image, x, y int) (int, int) { return x / 4 * 4, y / 4 * 4 })},
		{"kaleidoscope", "Repeats the left half on the right.", from(func(m *pixels.Image, x, y int) (int, int) { return min(x, m.W-1-x), y })},
		{"swap_red_blue", "Swaps red and blue.", func(m *pixels.Image, x, y, c int, _ float64) float64 { return m.At(x, y, 2-c) }},
	}
}

func tones() []odd {
	plus := func(by ...float64) dot {
		return func(m *pixels.Image, x, y, c int, k float64) float64 { return m.At(x, y, c) + k*by[c] }
	}
	scaled := func(mid, by float64) dot {
		return func(m *pixels.Image, x, y, c int, k float64) float64 { return mid + (m.At(x, y, c)-mid)*(1+k*by) }
	}
	gray := func(m *pixels.Image, x, y int) float64 { return (m.At(x, y, 0) + m.At(x, y, 1) + m.At(x, y, 2)) / 3 }
	return []odd{
		{"brighten", "Makes an image brighter.", plus(15, 15, 15)},
		{"darken", "Makes an image darker.", plus(-15, -15, -15)},
		{"warm_tone", "Gives an image a warm tone.", plus(12, 4, -12)},
		{"cool_tone", "Gives an image a cool tone.", plus(-12, 0, 12)},
		{"tint_red", "Tints an image red.", plus(20, 0, 0)},
		{"tint_green", "Tints an image green.", plus(0, 20, 0)},
		{"tint_blue", "Tints an image blue.", plus(0, 0, 20)},
		{"raise_contrast", "Raises the contrast.", scaled(128, .2)},
		{"lower_contrast", "Lowers the contrast.", scaled(128, -.2)},
		{"fade", "Fades an image towards white.", scaled(255, -.2)},
		{"dim", "Fades an image towards black.", scaled(0, -.2)},
		{"invert", "Turns an image into its negative.", scaled(127.5, -2)},
		{"black_and_white", "Takes all colour out.", func(m *pixels.Image, x, y, _ int, _ float64) float64 { return gray(m, x, y) }},
		{"sepia", "Makes an image look like an old photograph.", func(m *pixels.Image, x, y, c int, _ float64) float64 {
			return gray(m, x, y) * [3]float64{1.1, .95, .75}[c]
		}},
		{"threshold", "Leaves black and white only.", func(m *pixels.Image, x, y, _ int, k float64) float64 {
			if gray(m, x, y) > 64*k {
				return 255
			}
			return 0
		}},
		{"posterize", "Leaves a few colours only.", func(m *pixels.Image, x, y, c int, k float64) float64 {
			return float64(int(m.At(x, y, c)/(32*k))) * 32 * k
		}},
		{"solarize", "Inverts what is bright.", func(m *pixels.Image, x, y, c int, _ float64) float64 {
			return min(m.At(x, y, c), 255-m.At(x, y, c))
		}},
		{"vignette", "Darkens the corners.", func(m *pixels.Image, x, y, c int, k float64) float64 {
			dx, dy := float64(2*x-m.W)/float64(m.W), float64(2*y-m.H)/float64(m.H)
			return m.At(x, y, c) * (1 - .1*k*(dx*dx+dy*dy))
		}},
	}
}
