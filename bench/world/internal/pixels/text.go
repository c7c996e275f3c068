package pixels

import (
	"math"
	"slices"
	"sort"
)

// ink is the colour in which text is written.
var ink = [3]float64{250, 240, 20}

// Write puts glyphs on an image: upright and level bars of ink, each glyph 3 by 5 pixels of the given size, from x, y
// on. bits choose the bars.
func Write(m *Image, x, y, size, glyphs int, bits uint64) *Image {
	out := &Image{m.W, m.H, append([]uint8(nil), m.Pix...)}
	for g := range glyphs {
		for i := range 15 {
			if bits>>(uint(g*15+i)%64)&1 == 0 && i%3 != 0 {
				continue
			}
			out.fill(x+(4*g+i%3)*size, y+i/3*size, size)
		}
	}
	return out
}

func (m *Image) fill(x0, y0, size int) {
	for y := max(y0, 0); y < min(y0+size, m.H); y++ {
		for x := max(x0, 0); x < min(x0+size, m.W); x++ {
			for c := range 3 {
				m.set(x, y, c, ink[c])
			}
		}
	}
}

// FindText returns a mask, white where a pixel is within tol levels of ink, and around it by grow pixels.
func FindText(m *Image, tol float64, grow int) *Image {
	out := New(m.W, m.H)
	for y := range m.H {
		for x := range m.W {
			if m.inked(x, y, tol) {
				out.mark(x, y, grow)
			}
		}
	}
	return out
}

func (m *Image) inked(x, y int, tol float64) bool {
	for c := range 3 {
		if math.Abs(m.At(x, y, c)-ink[c]) > tol {
			return false
		}
	}
	return true
}

func (m *Image) mark(x0, y0, grow int) {
	for y := max(y0-grow, 0); y <= min(y0+grow, m.H-1); y++ {
		for x := max(x0-grow, 0); x <= min(x0+grow, m.W-1); x++ {
			for c := range 3 {
				m.set(x, y, c, 255)
			}
		}
	}
}

// Inpaint fills what the mask covers by diffusion from its edge: each round every covered pixel becomes the mean of its
// four neighbours. The mask must have the size of the image.
func Inpaint(m, mask *Image, rounds int) *Image {
	out := MedianFill(m, mask, 1)
	for range rounds {
		last := out
		out = last.Map(func(x, y, c int) float64 {
			if mask.At(x, y, c) == 0 {
				return last.At(x, y, c)
			}
			return (last.At(x-1, y, c) + last.At(x+1, y, c) + last.At(x, y-1, c) + last.At(x, y+1, c)) / 4
		})
	}
	return out
}

// MedianFill fills each pixel that the mask covers with the median of what it does not cover in the smallest square around
// it, from the radius r on, that has such pixels. The mask must have the size of the image.
func MedianFill(m, mask *Image, r int) *Image {
	var free *bare // counted when the first square is covered, as few are
	return m.Map(func(x, y, c int) float64 {
		if mask.At(x, y, c) == 0 {
			return m.At(x, y, c)
		}
		if v, ok := m.around(mask, x, y, c, r); ok {
			return v
		}
		if free == nil {
			free = count(mask)
		}
		v, ok := m.around(mask, x, y, c, free.reach(x, y, c, r))
		if !ok {
			return m.At(x, y, c)
		}
		return v
	})
}

// bare is a summed-area table of what a mask does not cover: how many pixels above and left of a corner, by channel. With
// it a mask over everything, which any picture can be taken for, costs no more than one over some letters.
type bare struct {
	w, h int
	sum  []int
}

func count(mask *Image) *bare {
	b := &bare{mask.W, mask.H, make([]int, 3*(mask.W+1)*(mask.H+1))}
	for y := range mask.H {
		for x := range mask.W {
			for c := range 3 {
				n := b.at(x+1, y, c) + b.at(x, y+1, c) - b.at(x, y, c)
				if mask.At(x, y, c) == 0 {
					n++
				}
				b.sum[3*((y+1)*(b.w+1)+x+1)+c] = n
			}
		}
	}
	return b
}

func (b *bare) at(x, y, c int) int { return b.sum[3*(y*(b.w+1)+x)+c] }

// reach returns the least radius above r whose square around a pixel has something bare, r where none has.
func (b *bare) reach(x, y, c, r int) int {
	if b.at(b.w, b.h, c) == 0 {
		return r
	}
	return r + 1 + sort.Search(b.w+b.h, func(more int) bool {
		x0, x1 := max(x-r-1-more, 0), min(x+r+2+more, b.w)
		y0, y1 := max(y-r-1-more, 0), min(y+r+2+more, b.h)
		return b.at(x1, y1, c)-b.at(x0, y1, c)-b.at(x1, y0, c)+b.at(x0, y0, c) > 0
	})
}

func (m *Image) around(mask *Image, x, y, c, r int) (float64, bool) {
	var free []float64
	for j := max(y-r, 0); j <= min(y+r, m.H-1); j++ {
		for i := max(x-r, 0); i <= min(x+r, m.W-1); i++ {
			if mask.At(i, j, c) == 0 {
				free = append(free, m.At(i, j, c))
			}
		}
	}
	if len(free) == 0 {
		return 0, false
	}
	slices.Sort(free)
	return free[len(free)/2], true
}
