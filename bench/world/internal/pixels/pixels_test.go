package pixels

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// random draws an image of noise.
func random(rt *rapid.T) *Image {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
	m := New(rapid.IntRange(1, 20).Draw(rt, "w"), rapid.IntRange(1, 20).Draw(rt, "h"))
	for i := range m.Pix {
		m.Pix[i] = uint8(r.IntN(256))
	}
	return m
}

func flat(w, h int, v [3]float64) *Image {
	return New(w, h).Map(func(_, _, c int) float64 { return v[c] })
}

// kernels are those that keep the size.
var kernels = map[string]func(*Image) *Image{
	"box": func(m *Image) *Image { return Box(m, 2) }, "gaussian": func(m *Image) *Image { return Gaussian(m, 1.3) },
	"median": func(m *Image) *Image { return Median(m, 1) }, "bilateral": func(m *Image) *Image { return Bilateral(m, 2, 30) },
	"unsharp": func(m *Image) *Image { return Unsharp(m, 1, 1) }, "laplacian": func(m *Image) *Image { return Laplacian(m, .5) },
	"deconvolve": func(m *Image) *Image { return Deconvolve(m, 1, 3) },
	"inpaint":    func(m *Image) *Image { return Inpaint(m, New(m.W, m.H), 5) },
	"fill":       func(m *Image) *Image { return MedianFill(m, New(m.W, m.H), 1) },
}

// No kernel touches its input, gives the same twice, changes the size, or changes a picture of one colour.
func TestKernels(t *testing.T) {
	for name, f := range kernels {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				m := random(rt)
				before := bytes.Clone(m.Pix)
				a, b := f(m), f(m)
				if !bytes.Equal(before, m.Pix) || a.Hash() != b.Hash() || a.W != m.W || a.H != m.H || len(a.Pix) != len(m.Pix) {
					rt.Fatalf("%d by %d became %d by %d, or something changed", m.W, m.H, a.W, a.H)
				}
				if plain := flat(m.W, m.H, [3]float64{9, 120, 250}); f(plain).Hash() != plain.Hash() {
					rt.Fatal("a picture of one colour changed")
				}
			})
		})
	}
}

func TestResize(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := random(rt)
		w, h := rapid.IntRange(1, 30).Draw(rt, "to w"), rapid.IntRange(1, 30).Draw(rt, "to h")
		for _, f := range []func(*Image, int, int) *Image{Nearest, Bilinear, Bicubic} {
			if out := f(m, w, h); out.W != w || out.H != h || f(m, m.W, m.H).Hash() != m.Hash() {
				rt.Fatalf("to %d by %d gives %d by %d, or the same size changes", w, h, out.W, out.H)
			}
		}
	})
}

func TestFramesComeOff(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := random(rt)
		width := rapid.IntRange(0, 3).Draw(rt, "width")
		framed := Frame(m, width, [3]uint8{1, 2, 3})
		if got := Crop(framed, Rect{width, width, m.W, m.H}); got.Hash() != m.Hash() {
			rt.Fatal("what was framed did not come back")
		}
		if r := Inside(framed, 3, 0); m.W > 8 && m.H > 8 && r != (Rect{width, width, m.W, m.H}) {
			rt.Fatalf("the frame of %d was found as %+v", width, r)
		}
		if (Rect{1, 0, m.W, m.H}).Within(m) || (Rect{0, 0, m.W, math.MaxInt}).Within(m) || (Rect{0, 0, 0, 1}).Within(m) || !(Rect{0, 0, m.W, m.H}).Within(m) {
			rt.Fatal("what is within is wrong")
		}
	})
}

func TestTextComesOff(t *testing.T) {
	m := flat(40, 20, [3]float64{40, 60, 200})
	text := Write(m, 3, 3, 2, 4, 0x123456789)
	if text.Hash() == m.Hash() {
		t.Fatal("nothing was written")
	}
	for name, got := range map[string]*Image{
		"fill": MedianFill(text, FindText(text, 5, 0), 1), "inpaint": Inpaint(text, FindText(text, 5, 1), 3),
	} {
		if got.Hash() != m.Hash() {
			t.Errorf("%s leaves likeness %v", name, SSIM(got, m))
		}
	}
	if all := FindText(Write(New(4, 4), 0, 0, 9, 1, math.MaxUint64), 5, 0); MedianFill(m, Bilinear(all, 40, 20), 1).Hash() != m.Hash() {
		t.Error("a mask over everything changed the picture")
	}
}

// MedianFill looks at one square of each covered pixel: the one that growing squares would come to.
func TestFillGoesByTheSmallestSquare(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m, r := random(rt), rapid.IntRange(0, 3).Draw(rt, "r")
		holes := rand.New(rand.NewPCG(uint64(m.W), uint64(rapid.IntRange(0, 99).Draw(rt, "holes"))))
		share := rapid.SampledFrom([]float64{0, .01, .1, .5}).Draw(rt, "share")
		mask := New(m.W, m.H).Map(func(_, _, _ int) float64 {
			if holes.Float64() < share {
				return 0
			}
			return 255
		})
		want := m.Map(func(x, y, c int) float64 {
			for reach := r; mask.At(x, y, c) != 0 && reach < max(r+1, m.W+m.H); reach++ {
				if v, ok := m.around(mask, x, y, c, reach); ok {
					return v
				}
			}
			return m.At(x, y, c)
		})
		if got := MedianFill(m, mask, r); got.Hash() != want.Hash() {
			rt.Fatalf("%d by %d, r %d, %v bare: another picture", m.W, m.H, r, share)
		}
	})
}

func TestColours(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := random(rt)
		if Cast(m, [3]float64{1, 1, 1}).Hash() != m.Hash() || GrayWorld(m, 0).Hash() != m.Hash() {
			rt.Fatal("gains of 1 change something")
		}
	})
	grey := New(16, 16).Map(func(x, y, _ int) float64 { return float64(16*x + y) })
	cast := Cast(grey, [3]float64{.6, 1, .8})
	for name, got := range map[string]*Image{"grey": GrayWorld(cast, 1), "white": WhitePatch(cast, 0), "stretch": Stretch(cast, 0)} {
		if was, is := SSIM(cast, grey), SSIM(got, grey); is < .98 || is <= was {
			t.Errorf("%s: likeness %v after %v", name, is, was)
		}
	}
}

func TestMeasures(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := random(rt)
		other := m.Map(func(x, y, c int) float64 { return 255 - m.At(x, y, c) })
		if s := SSIM(m, m); math.Abs(s-1) > 1e-9 || !math.IsInf(PSNR(m, m), 1) {
			rt.Fatalf("a picture is like itself by %v", s)
		}
		if a, b := SSIM(m, other), SSIM(other, m); math.Abs(a-b) > 1e-9 || a < 0 || a > 1 {
			rt.Fatalf("likeness is %v one way and %v the other", a, b)
		}
		if SSIM(m, New(m.W+1, m.H)) != 0 || PSNR(m, New(m.W+1, m.H)) != 0 {
			rt.Fatal("pictures of two sizes are alike")
		}
		if From(m.NRGBA()).Hash() != m.Hash() {
			rt.Fatal("it does not come back from the standard library's form")
		}
	})
	if got := PSNR(flat(4, 4, [3]float64{0, 0, 0}), flat(4, 4, [3]float64{255, 255, 255})); got != 0 {
		t.Errorf("black to white is %v dB, want 0", got)
	}
}
