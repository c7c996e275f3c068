// Package pixels holds small colour images and what can be done to them: the kernels that the tools of the tool-path
// world are, and the measures that its grader goes by. Everything is a pure function of its arguments; no kernel
// changes the image that it is given.
package pixels

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"image"
	"image/color"
	"math"
)

// Image has three channels of 8 bits. Pix holds red, green and blue of each pixel, row by row.
type Image struct {
	W, H int
	Pix  []uint8
}

// New returns a black image.
func New(w, h int) *Image { return &Image{w, h, make([]uint8, 3*w*h)} }

// Hash names the content: 16 hexadecimal digits of a SHA-256 over size and pixels.
func (m *Image) Hash() string {
	var size [16]byte
	binary.BigEndian.PutUint64(size[:], uint64(m.W))
	binary.BigEndian.PutUint64(size[8:], uint64(m.H))
	h := sha256.New()
	h.Write(size[:])
	h.Write(m.Pix)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// NRGBA returns a copy for the standard library's encoders.
func (m *Image) NRGBA() *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, m.W, m.H))
	for y := range m.H {
		for x := range m.W {
			i := 3 * (y*m.W + x)
			out.SetNRGBA(x, y, color.NRGBA{m.Pix[i], m.Pix[i+1], m.Pix[i+2], 255})
		}
	}
	return out
}

// At reads a channel of a pixel; beyond the edge the edge goes on.
func (m *Image) At(x, y, c int) float64 {
	return float64(m.Pix[3*(min(max(y, 0), m.H-1)*m.W+min(max(x, 0), m.W-1))+c])
}

// set writes a channel, rounded and kept in range.
func (m *Image) set(x, y, c int, v float64) {
	m.Pix[3*(y*m.W+x)+c] = uint8(math.Round(min(max(v, 0), 255)))
}

// Map returns an image of this size, each channel of each pixel by f.
func (m *Image) Map(f func(x, y, c int) float64) *Image {
	out := New(m.W, m.H)
	for y := range m.H {
		for x := range m.W {
			for c := range 3 {
				out.set(x, y, c, f(x, y, c))
			}
		}
	}
	return out
}

// From takes over the colours of an image of the standard library.
func From(m *image.NRGBA) *Image {
	b := m.Bounds()
	out := New(b.Dx(), b.Dy())
	for y := range out.H {
		for x := range out.W {
			c := m.NRGBAAt(b.Min.X+x, b.Min.Y+y)
			copy(out.Pix[3*(y*out.W+x):], []uint8{c.R, c.G, c.B})
		}
	}
	return out
}
