package scene

import (
	"fmt"
	"math/rand/v2"

	"github.com/azimuthdev/azimuth/bench/world/internal/draw"
	"github.com/azimuthdev/azimuth/bench/world/internal/pixels"
)

// The kinds of edit.
const (
	Denoise  = "denoise"
	Sharpen  = "sharpen"
	Resize   = "resize"
	Recolour = "recolour"
	Crop     = "crop"
	Erase    = "erase text"
)

// Edit is one thing that is asked for.
type Edit struct {
	Kind string
	Ask  string // its words in the goal
}

// damage is what an edit undoes.
type damage struct {
	Edit
	spoil func(*pixels.Image) *pixels.Image
}

var damages = map[string]func(*rand.Rand, *pixels.Image) damage{
	Denoise: noise, Sharpen: blur, Resize: shrink, Recolour: cast, Crop: frame, Erase: write,
}

func noise(rng *rand.Rand, _ *pixels.Image) damage {
	seed, sigma, share := rng.Uint64(), 8+8*rng.Float64(), .02+.04*rng.Float64()
	d := damage{Edit: Edit{Ask: draw.Pick(rng, "remove the noise", "take the grain out", "denoise it")}}
	if rng.IntN(2) == 0 {
		d.spoil = func(m *pixels.Image) *pixels.Image {
			r := rand.New(rand.NewPCG(seed, 1))
			return m.Map(func(x, y, c int) float64 { return m.At(x, y, c) + sigma*r.NormFloat64() })
		}
		return d
	}
	d.spoil = func(m *pixels.Image) *pixels.Image {
		r := rand.New(rand.NewPCG(seed, 2))
		return m.Map(func(x, y, c int) float64 {
			if r.Float64() >= share {
				return m.At(x, y, c)
			}
			return 255 * float64(r.IntN(2))
		})
	}
	return d
}

func blur(rng *rand.Rand, _ *pixels.Image) damage {
	sigma := .7 + .4*rng.Float64()
	return damage{
		Edit:  Edit{Ask: draw.Pick(rng, "sharpen it", "make it less blurred", "bring the blurred edges back")},
		spoil: func(m *pixels.Image) *pixels.Image { return pixels.Gaussian(m, sigma) },
	}
}

func shrink(rng *rand.Rand, m *pixels.Image) damage {
	w, h := m.W*3/4, m.H*3/4
	return damage{
		Edit:  Edit{Ask: fmt.Sprintf(draw.Pick(rng, "resize it to %dx%d", "enlarge it to %dx%d", "scale it up to %dx%d"), m.W, m.H)},
		spoil: func(m *pixels.Image) *pixels.Image { return pixels.Bilinear(m, w, h) },
	}
}

func cast(rng *rand.Rand, _ *pixels.Image) damage {
	gains := [3]float64{.95, .95, .95}
	gains[rng.IntN(3)] = .6 + .2*rng.Float64()
	return damage{
		Edit:  Edit{Ask: draw.Pick(rng, "remove the colour cast", "correct the colours", "recolour it to neutral light")},
		spoil: func(m *pixels.Image) *pixels.Image { return pixels.Cast(m, gains) },
	}
}

func frame(rng *rand.Rand, _ *pixels.Image) damage {
	width, at := 3+rng.IntN(4), colour(rng)
	paint := [3]uint8{uint8(at[0]), uint8(at[1]), uint8(at[2])}
	return damage{
		Edit:  Edit{Ask: draw.Pick(rng, "crop the frame off", "cut the border away", "trim the frame")},
		spoil: func(m *pixels.Image) *pixels.Image { return pixels.Frame(m, width, paint) },
	}
}

func write(rng *rand.Rand, m *pixels.Image) damage {
	glyphs, size, bits := 4+rng.IntN(3), 1+rng.IntN(2), rng.Uint64()
	x, y := rng.IntN(max(1, m.W-4*glyphs*size)), rng.IntN(m.H-5*size)
	return damage{
		Edit:  Edit{Ask: draw.Pick(rng, "erase the text", "remove the writing", "take the yellow letters away")},
		spoil: func(m *pixels.Image) *pixels.Image { return pixels.Write(m, x, y, size, glyphs, bits) },
	}
}
